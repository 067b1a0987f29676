package proving

import (
	"testing"

	"hookcheck/internal/testpki"
)

// at443 is the webhook on the port that needs no number.
const at443 = "https://" + testpki.Host + "/webhook"

const fullPair = "ssl_certificate @CERT@/full.pem; ssl_certificate_key @CERT@/key.pem; "

// othersThere is the finding that several sites on a port leave.
var othersThere = []string{"tls.default_certificate_differs"}

// nginxLayouts are sites whose webhook is served in a roundabout way.
func nginxLayouts(t *testing.T) []trial {
	site := func(text string) map[string]string { return with(pki(t), nginxSite, text) }
	server := func(more string) map[string]string {
		return site("server { listen 8443 ssl; server_name @HOST@; " + fullPair + "\n" + more + "\n}\n")
	}
	const shops = "server {\n  listen 8443 ssl;\n  server_name s%d.example.net;\n  ssl_certificate @CERT@/shop.pem;\n  ssl_certificate_key @CERT@/shop.key;\n  location / { proxy_pass http://127.0.0.1:70%[1]d0; }\n}\n"
	caFirst := "cat /etc/pki-test/ca.pem > /etc/pki-test/mixed.pem; awk '/BEGIN/{n++} n==1' /etc/pki-test/rsa.pem >> /etc/pki-test/mixed.pem; nginx"
	asks := with(server("ssl_client_certificate @CERT@/ca.pem; ssl_verify_client optional; include snippets/asks.conf; "+answers), "/etc/nginx/snippets/asks.conf", "if ($ssl_client_verify != SUCCESS) { return 496; }\n")
	return []trial{
		{name: "bad gateway, named location and two members", finding: "http.bad_gateway", remedy: "nginx.upstream", bot: "127.0.0.1:5001",
			files: site("upstream app { server 127.0.0.1:9 fail_timeout=0; server 127.0.0.1:10 backup; }\nserver { listen 8443 ssl; server_name @HOST@; " + fullPair + "\n  root /nonexistent;\n  location / { try_files $uri @app; }\n  location @app { proxy_pass http://app; }\n}\n")},
		{name: "bad gateway, front controller", finding: "http.bad_gateway", remedy: "nginx.upstream", bot: "127.0.0.1:5001",
			files: server("root /etc/www; location / { try_files $uri /index.php?$args; }\n location ~ \\.php$ { fastcgi_pass unix:/run/none.sock; }")},
		{name: "wrong site, ten that hand on to others", finding: "tls.wrong_site", remedy: "nginx.server_name", bot: "127.0.0.1:8080", left: othersThere, alike: []string{"s3.example.net"}, files: issued(site(neighbours(shops)))},
		{name: "a check of the client certificate, in a snippet", finding: "tls.client_certificate_required", remedy: "nginx.client_certificate", files: asks},
		{name: "CA's certificate first, keys of two kinds", finding: "tls.no_common_cipher", remedy: "nginx.ciphers", start: caFirst,
			files: site("server { listen 8443 ssl; server_name @HOST@; ssl_certificate @CERT@/mixed.pem; ssl_certificate_key @CERT@/rsa.key; " + answers + " }\n")},
		{name: "proxy before a bot without TLS", finding: "url.port_unsupported", remedy: "nginx.proxy", bot: "0.0.0.0:5000", target: oddURL, after: at443, files: issued(pki(t))},
		{name: "proxy before a bot without TLS, on loopback", finding: "url.port_unsupported", remedy: "nginx.proxy", bot: "127.0.0.1:5000", target: oddURL, after: at443, files: issued(pki(t))},
	}
}

// oddURL is a webhook on a port that Telegram does not call.
const oddURL = "https://" + testpki.Host + ":5000/webhook"

func apacheLayouts(t *testing.T) []trial {
	site := func(text string) map[string]string {
		return with(with(pki(t), apacheSite, text), "/etc/apache2/conf-enabled/port.conf", "ServerName localhost\n")
	}
	const pair = "SSLEngine on\n  SSLCertificateFile @CERT@/full.pem\n  SSLCertificateKeyFile @CERT@/key.pem\n"
	host := func(more string) map[string]string {
		return site("<VirtualHost *:443>\n  ServerName @HOST@\n  " + pair + more + "</VirtualHost>\n")
	}
	const shops = "<VirtualHost *:443>\n  ServerName s%d.example.net\n  SSLEngine on\n  SSLCertificateFile @CERT@/shop.pem\n  SSLCertificateKeyFile @CERT@/shop.key\n  ProxyPass / http://127.0.0.1:7%[1]d00/\n</VirtualHost>\n"
	trials := []trial{
		{name: "client certificate of a section, TLS 1.3", finding: "http.unauthorized", remedy: "apache.allow_telegram", bot: "127.0.0.1:8080",
			files: host("  SSLCACertificateFile @CERT@/ca.pem\n  ProxyPass / http://127.0.0.1:8080/\n  <Location /webhook>\n    SSLVerifyClient require\n    SSLVerifyDepth 2\n  </Location>\n")},
		{name: "client certificate of the root section", finding: "http.unauthorized", remedy: "apache.allow_telegram", bot: "127.0.0.1:8080",
			files: host("  SSLCACertificateFile @CERT@/ca.pem\n  ProxyPass / http://127.0.0.1:8080/\n  <Location />\n    SSLVerifyClient require\n  </Location>\n")},
		{name: "redirect of a section", finding: "http.redirect", remedy: "apache.no_redirect", bot: "127.0.0.1:8080", files: host("  <Location />\n    Redirect 301 https://www.example.org/hook\n  </Location>\n")},
		{name: "bad gateway, socket that is not there", finding: "http.bad_gateway", remedy: "apache.upstream", bot: "127.0.0.1:5001", files: host("  ProxyPass /webhook unix:/run/bot.sock|http://localhost/webhook\n")},
		{name: "bad gateway, rules for web sockets before", finding: "http.bad_gateway", remedy: "apache.upstream", bot: "127.0.0.1:5001",
			files: host("  RewriteEngine On\n  RewriteCond %{HTTP:Upgrade} =websocket\n  RewriteRule /(.*) ws://localhost:9/$1 [P,L]\n  RewriteRule /(.*) http://localhost:9/$1 [P,L]\n")},
		{name: "wrong site, ten that hand on to others", finding: "tls.wrong_site", remedy: "apache.server_name", bot: "127.0.0.1:8080", left: othersThere, files: issued(site(neighbours(shops)))},
		{name: "plain HTTP on 443, with a Listen of one's own", finding: "tls.plaintext_http", remedy: "apache.ssl_engine",
			start: "a2enmod -q rewrite; sed -i 's/^Listen 80/&\\nListen 443/' /etc/apache2/ports.conf; apachectl start", files: issued(site("<VirtualHost _default_:443>\n  ServerName @HOST@:443\n" + answer + "</VirtualHost>\n"))},
		{name: "proxy before a bot without TLS", finding: "url.port_unsupported", remedy: "apache.proxy", bot: "127.0.0.1:5000", target: oddURL, after: at443, files: issued(pki(t))},
	}
	for i := range trials {
		if trials[i].target == "" {
			trials[i].target = at443
		}
	}
	return trials
}

func haproxyLayouts(t *testing.T) []trial {
	const defaults = "defaults\n\tmode http\n\ttimeout connect 2s\n\ttimeout client 5s\n\ttimeout server 5s\n"
	conf := func(text string) map[string]string {
		return issued(with(pki(t), "/etc/haproxy/haproxy.cfg", "global\n\tdaemon\n"+defaults+text))
	}
	tlsBot := func(all map[string]string) map[string]string {
		return with(all, nginxSite, "server { listen 5000 ssl; server_name @HOST@; "+fullPair+answers+" }\n")
	}
	const shop = "frontend web\n\tbind *:8443 ssl crt @CERT@/shop+key.pem\n\tdefault_backend shop\nbackend shop\n\thttp-request return status 404\n"
	// As Debian's unit starts it; the master has a number that sorts after its worker's.
	const master = "setsid haproxy -Ws -f /etc/haproxy/haproxy.cfg -p /run/haproxy.pid </dev/null >/var/log/haproxy.log 2>&1 &\nsleep 1\n"
	const late = "echo 998 > /proc/sys/kernel/ns_last_pid\n" + master
	const atTen = "frontend web\n\tbind *:8443 ssl crt @CERT@/full+key.pem\n"
	return []trial{
		{name: "master and workers", finding: "chain.intermediate_missing", remedy: "haproxy.pem", bot: "127.0.0.1:8080", start: late,
			files: conf("frontend web\n\tbind :::8443 v4v6 ssl crt @CERT@/leaf+key.pem alpn h2,http/1.1\n\tdefault_backend bot\nbackend bot\n\tserver bot 127.0.0.1:8080 check\n")},
		{name: "wrong site, bot not in HAProxy yet", finding: "tls.wrong_site", remedy: "haproxy.crt_list", bot: "127.0.0.1:5001", left: othersThere, alike: []string{"shop.example.net"}, start: master, files: conf(shop)},
		{name: "not found, denied before", finding: "http.not_found", remedy: "haproxy.route", bot: "127.0.0.1:5001", start: master,
			files: conf(atTen + "\thttp-request deny deny_status 404 unless { path_beg /api }\n\tdefault_backend other\nbackend other\n\tserver s 127.0.0.1:10\n")},
		{name: "proxy, a frontend passes TLS by name", finding: "url.port_unsupported", remedy: "haproxy.proxy", target: oddURL, after: at443, start: "rm -f /etc/nginx/sites-enabled/default; nginx\n" + master,
			files: tlsBot(conf("frontend web\n\tmode tcp\n\tbind *:443\n\ttcp-request inspect-delay 5s\n\ttcp-request content accept if { req_ssl_hello_type 1 }\n\tuse_backend shop if { req_ssl_sni -i shop.example.net }\n\tdefault_backend shop\nbackend shop\n\tmode tcp\n\tserver w 127.0.0.1:7000\n"))},
		{name: "proxy, a frontend ends TLS of another site", finding: "url.port_unsupported", remedy: "haproxy.proxy", target: oddURL, after: at443, left: othersThere, start: "rm -f /etc/nginx/sites-enabled/default; nginx\n" + master,
			files: tlsBot(conf("frontend web\n\tbind *:80\n\tbind *:443 ssl crt @CERT@/shop+key.pem alpn h2,http/1.1\n\thttp-request redirect scheme https unless { ssl_fc }\n\tdefault_backend shop\nbackend shop\n\tserver w 127.0.0.1:7000\n"))},
		{name: "proxy before a bot without TLS", finding: "url.port_unsupported", remedy: "haproxy.proxy", bot: "127.0.0.1:5000", target: oddURL, after: at443, start: master, files: conf("frontend other\n\tbind :81\n")},
	}
}

func caddyLayouts(t *testing.T) []trial {
	conf := func(text string) map[string]string { return with(pki(t), caddyConf, "{\n\tauto_https off\n}\n"+text) }
	return []trial{
		{name: "names from the environment", finding: "chain.intermediate_missing", remedy: "caddy.fullchain", target: at443, start: "export CERTS=/etc/pki-test; " + caddyStart,
			files: conf("@HOST@ {\n\ttls {$CERTS}/leaf.pem {$CERTS:/none}/key.pem\n\trespond ok\n}\n")},
		{name: "names as arguments of a snippet", finding: "chain.intermediate_missing", remedy: "caddy.fullchain", target: at443,
			files: conf("(pair) {\n\ttls {args.0} {args.1}\n}\n@HOST@ {\n\timport pair @CERT@/leaf.pem @CERT@/key.pem\n\trespond ok\n}\n")},
		{name: "proxy before a bot without TLS", finding: "url.port_unsupported", remedy: "caddy.proxy", bot: "127.0.0.1:5000", target: oddURL, after: at443, files: issued(conf(":81 {\n}\n"))},
	}
}

// TestLayouts: configurations that lead to the fault by a way round.
func TestLayouts(t *testing.T) {
	for server, c := range map[string]struct {
		trials []trial
		start  string
	}{
		"nginx":   {nginxLayouts(t), "nginx"},
		"apache2": {apacheLayouts(t), "rm -f /etc/nginx/sites-enabled/default; a2enmod -q ssl rewrite proxy proxy_http\napachectl start"},
		"haproxy": {haproxyLayouts(t), ""},
		"caddy":   {caddyLayouts(t), caddyStart},
	} {
		for i := range c.trials {
			if c.trials[i].start == "" {
				c.trials[i].start = c.start
			}
		}
		t.Run(server, func(t *testing.T) {
			need(t, server)
			proveAll(t, c.trials)
		})
	}
}
