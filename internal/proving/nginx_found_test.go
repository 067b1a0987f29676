package proving

import (
	"strings"
	"testing"

	"hookcheck/internal/testpki"
)

// foundInNginx are configurations as people have them.
func foundInNginx(t *testing.T) []trial {
	files := func(text string) map[string]string { return with(pki(t), nginxSite, text) }
	const pair = "ssl_certificate @CERT@/full.pem;\n  ssl_certificate_key @CERT@/key.pem;\n  "
	server := func(more string) map[string]string {
		return files("server {\n  listen [::]:8443 ssl http2 ipv6only=on;\n  listen 8443 ssl http2;\n  server_name @HOST@;\n  " + pair + more + "\n}\n")
	}
	live := "/etc/letsencrypt/live/" + testpki.Host
	certbot := func(text string) map[string]string {
		all := files("server {\n    server_name @HOST@;\n    location / { return 200 ok; }\n\n    listen 8443 ssl; # managed by Certbot\n" +
			"    ssl_certificate " + live + "/cert.pem; # managed by Certbot\n    ssl_certificate_key " + live + "/privkey.pem; # managed by Certbot\n" +
			"    include /etc/letsencrypt/options-ssl-nginx.conf; # managed by Certbot\n" + text + "\n}\n" +
			"server {\n    if ($host = @HOST@) {\n        return 301 https://$host$request_uri;\n    } # managed by Certbot\n\n    listen 80;\n    server_name @HOST@;\n    return 404; # managed by Certbot\n}\n")
		all[live+"/cert.pem"], all[live+"/privkey.pem"], all[live+"/fullchain.pem"] = all["/etc/pki-test/leaf.pem"], all["/etc/pki-test/key.pem"], all["/etc/pki-test/full.pem"]
		return with(all, "/etc/letsencrypt/options-ssl-nginx.conf", "ssl_session_cache shared:le_nginx_SSL:10m;\nssl_protocols TLSv1.2 TLSv1.3;\nssl_prefer_server_ciphers off;\n")
	}
	oldOptions := func(all map[string]string) map[string]string {
		all[live+"/cert.pem"] = all["/etc/pki-test/full.pem"]
		return with(all, "/etc/letsencrypt/options-ssl-nginx.conf", "ssl_session_timeout 1440m;\nssl_protocols TLSv1 TLSv1.1;\nssl_ciphers \"ALL:@SECLEVEL=0\"; # no final newline")
	}
	const shop = "ssl_certificate @CERT@/shop.pem; ssl_certificate_key @CERT@/shop.key;"
	own := func(all map[string]string) map[string]string { // a certificate where nothing names it
		all["/etc/nginx/ssl/bot/fullchain.crt"], all["/etc/nginx/ssl/bot/private.key"] = all["/etc/pki-test/full.pem"], all["/etc/pki-test/key.pem"]
		for _, name := range []string{"full.pem", "key.pem", "full+key.pem", "leaf+key.pem", "wrong.pem", "leaf.pem", "rsa.pem", "rsa.key", "rsa+key.pem"} {
			delete(all, "/etc/pki-test/"+name)
		}
		return all
	}
	crlf := func(all map[string]string) map[string]string {
		all[nginxSite] = strings.ReplaceAll(all[nginxSite], "\n", "\r\n")
		return all
	}
	return []trial{
		{name: "certbot: cert.pem in place of fullchain.pem", finding: "chain.intermediate_missing", remedy: "nginx.fullchain", files: certbot("")},
		{name: "certbot: old options", finding: "tls.version_too_old", remedy: "nginx.tls_versions", files: oldOptions(certbot(""))},
		{name: "RSA and ECDSA, the ECDSA chain broken", finding: "chain.intermediate_missing", remedy: "nginx.fullchain",
			files: files("server {\n\tlisten\t8443 ssl\n\t\tdefault_server;\n\tserver_name\t\"@HOST@\" www.@HOST@;\n\t# ssl_certificate @CERT@/old.pem;\n\tssl_certificate '@CERT@/rsa.pem'; ssl_certificate_key @CERT@/rsa.key;\n\tssl_certificate @CERT@/leaf.pem; ssl_certificate_key @CERT@/key.pem;\n\tlocation / { return 200 \"{ok}\"; }\n}\n")},
		{name: "certificate named in http", finding: "chain.intermediate_missing", remedy: "nginx.fullchain",
			files: with(files("server { listen 8443 ssl; server_name ~^(?<who>bot)\\.example\\.org$; location / { return 200 ok; } }\n"), "/etc/nginx/conf.d/tls.conf", "ssl_certificate @CERT@/leaf.pem;\nssl_certificate_key @CERT@/key.pem;\n")},
		{name: "lines end as on Windows", finding: "chain.intermediate_missing", remedy: "nginx.fullchain", files: crlf(files("server {\n  listen 8443 ssl;\n  server_name @HOST@;\n  ssl_certificate @CERT@/leaf.pem;\n  ssl_certificate_key @CERT@/key.pem;\n  location / { return 200 ok; }\n}\n"))},
		{name: "variable in the certificate's name", finding: "chain.intermediate_missing", remedy: "nginx.fullchain",
			files: with(with(files("server { listen 8443 ssl; server_name @HOST@; ssl_certificate /etc/nginx/certs/$ssl_server_name.pem; ssl_certificate_key /etc/nginx/certs/$ssl_server_name.key; location / { return 200 ok; } }\n"),
				"/etc/nginx/certs/@.pem", ""), "/etc/nginx/certs/"+testpki.Host+".pem", pki(t)["/etc/pki-test/leaf.pem"]), start: "cp /etc/pki-test/leaf.pem /etc/nginx/certs/" + testpki.Host + ".pem; cp /etc/pki-test/key.pem /etc/nginx/certs/" + testpki.Host + ".key; chmod 644 /etc/nginx/certs/*; chmod 755 /etc/nginx/certs; nginx"},
		{name: "plain HTTP though a certificate is named", finding: "tls.plaintext_http", remedy: "nginx.listen_ssl", files: files("server {\n  listen 8443 default_server;\n  listen [::]:8443 default_server;\n  server_name @HOST@;\n  " + pair + answers + "\n}\n")},
		{name: "plain HTTP, a certificate somewhere", finding: "tls.plaintext_http", remedy: "nginx.listen_ssl", files: own(files("server {\n  listen 8443;\n  server_name _;\n  " + answers + "\n}\n"))},
		{name: "address of its own beside all addresses", finding: "tls.version_too_old", remedy: "nginx.tls_versions",
			files: files("server { listen 8443 ssl default_server; server_name @HOST@; " + shop + " return 200 no; }\nserver { listen " + botIP + ":8443 ssl; server_name _; " + pair + "ssl_protocols TLSv1.1; ssl_ciphers ALL:@SECLEVEL=0; " + answers + " }\n")},
		{name: "strict SNI, no bot in nginx yet", finding: "tls.name_rejected", remedy: "nginx.server_name", bot: "127.0.0.1:5001", alike: []string{"shop.example.net"},
			files: own(files("server { listen 8443 ssl default_server; listen [::]:8443 ssl default_server ipv6only=on; server_name _; ssl_reject_handshake on; }\nserver { listen 8443 ssl; server_name shop.example.net; " + shop + " location / { return 404; } }\n"))},
		{name: "strict SNI, nothing else there", finding: "tls.name_rejected", remedy: "nginx.server_name", bot: "127.0.0.1:5001",
			files: own(files("server { listen 8443 ssl default_server; ssl_reject_handshake on; }\n"))},
		{name: "wrong site, options that stand only once", finding: "tls.wrong_site", remedy: "nginx.server_name", bot: "127.0.0.1:5001", left: []string{"tls.default_certificate_differs"}, alike: []string{"shop.example.net"},
			files: own(files("server {\n  listen 8443 ssl http2 default_server reuseport backlog=64;\n  server_name shop.example.net;\n  " + shop + "\n  location / { proxy_pass http://127.0.0.1:5001; }\n}\n"))},
		{name: "redirect in the location", finding: "http.redirect", remedy: "nginx.no_redirect", bot: "127.0.0.1:8080", files: server("location / {\n    if ($scheme = https) { return 308 https://www.example.org$request_uri; }\n    proxy_pass http://127.0.0.1:8080;\n    proxy_set_header X-A b;\n  }")},
		{name: "redirect by rewrite to www", finding: "http.redirect", remedy: "nginx.no_redirect", bot: "127.0.0.1:8080", files: server("rewrite ^(.*)$ https://www.@HOST@$1 permanent;\n  location /webhook { proxy_pass http://127.0.0.1:8080; }")},
		{name: "redirect from a shared snippet", finding: "http.redirect", remedy: "nginx.no_redirect", bot: "127.0.0.1:8080", files: with(server("include snippets/www.conf;\n  location / { proxy_pass http://127.0.0.1:8080; }"), "/etc/nginx/snippets/www.conf", "if ($host !~* ^www\\.) { return 301 https://www.$host$request_uri; }\n")},
		{name: "redirect of a folder", finding: "http.redirect", remedy: "nginx.no_redirect", bot: "127.0.0.1:5001", start: "mkdir -p /etc/www/webhook; nginx", files: server("root /etc/www;\n  index index.html;")},
		{name: "bad gateway, upstream block", finding: "http.bad_gateway", remedy: "nginx.upstream", bot: "127.0.0.1:5001", files: with(server("location /webhook { proxy_pass http://bot; }"), "/etc/nginx/conf.d/up.conf", "upstream bot {\n    server 127.0.0.1:9; # the bot\n    keepalive 8;\n}\n")},
		{name: "bad gateway, variable and regular expression", finding: "http.bad_gateway", remedy: "nginx.upstream", bot: "127.0.0.1:5001", files: server("set $bot 127.0.0.1:9;\n  location / { return 404; }\n  location ~ ^/(webhook|hook)$ { proxy_pass http://$bot; }")},
		{name: "bad gateway, socket that is not there", finding: "http.bad_gateway", remedy: "nginx.upstream", bot: "127.0.0.1:5001", files: server("location ^~ /webhook { include proxy_params; proxy_pass http://unix:/run/bot.sock; }")},
		{name: "bad gateway, uwsgi", finding: "http.bad_gateway", remedy: "nginx.upstream", bot: "127.0.0.1:5001", files: server("location = /webhook { include uwsgi_params; uwsgi_pass 127.0.0.1:9; }")},
		{name: "bad gateway, TLS to a bot that has none", finding: "http.bad_gateway", remedy: "nginx.upstream", bot: "127.0.0.1:5001", files: server("location /webhook { proxy_pass https://127.0.0.1:5001; }")},
		{name: "several bots by path, one is missing", finding: "http.not_found", remedy: "nginx.location", bot: "127.0.0.1:5002", start: "python3 -m http.server 5001 --bind 127.0.0.1 >/dev/null 2>&1 & nginx",
			files: server("location /bot1 { proxy_pass http://127.0.0.1:5001/; }\n  location /bot3/ { proxy_pass http://127.0.0.1:5003/; }\n  location ~ \\.php$ { return 404; }")},
		{name: "forbidden, in a location of the whole site", finding: "http.unauthorized", remedy: "nginx.allow_telegram", bot: "127.0.0.1:8080", alike: []string{testpki.Host}, files: server("location / {\n    auth_basic \"members\";\n    auth_basic_user_file /etc/nginx/none;\n    allow 10.0.0.0/8; deny all;\n    proxy_pass http://127.0.0.1:8080;\n  }")},
		{name: "this machine alone", finding: "tcp.refused", remedy: "nginx.listen_public", files: files("server { listen 127.0.0.1:8443 ssl; listen [::1]:8443 ssl; server_name @HOST@; " + pair + answers + " }\n")},
		{name: "IPv6 alone", finding: "tcp.refused", remedy: "nginx.listen_public", files: files("server { listen [::]:8443 ssl; server_name @HOST@; " + pair + answers + " }\n")},
		{name: "a configuration elsewhere", finding: "tls.client_certificate_required", remedy: "nginx.client_certificate", start: "nginx -c /etc/own/bot.conf",
			files: with(pki(t), "/etc/own/bot.conf", "pid /run/own.pid;\nevents {}\nhttp {\n  ssl_client_certificate @CERT@/ca.pem;\n  ssl_verify_client on;\n  server { listen 8443 ssl; "+pair+answers+" }\n}\n")},
	}
}

func TestNginxAsFound(t *testing.T) {
	need(t, "nginx")
	trials := foundInNginx(t)
	for i := range trials {
		if trials[i].start == "" {
			trials[i].start = "nginx"
		}
	}
	proveAll(t, trials)
}
