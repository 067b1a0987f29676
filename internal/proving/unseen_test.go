package proving

import (
	"fmt"
	"strings"
	"testing"

	"hookcheck/internal/testpki"
)

// neighbours are nine other sites on the port, and what they answer.
func neighbours(format string) string {
	var b strings.Builder
	for i := range 9 {
		fmt.Fprintf(&b, format, i)
	}
	return b.String()
}

// crowdedTrials are servers as they are found: many sites, shared snippets,
// Debian's own layout.
func crowdedTrials(t *testing.T) []trial {
	const shop = "ssl_certificate @CERT@/shop.pem; ssl_certificate_key @CERT@/shop.key;"
	ten := func(bot string) string {
		all := neighbours("server {\n\tlisten 443 ssl;\n\tlisten [::]:443 ssl;\n\tlisten 8443 ssl;\n\tserver_name s%d.example.net *.s%[1]d.example.net;\n\t" + shop + "\n\tlocation / { return 200 \"site %[1]d; {}\"; } # }\n}\n")
		return strings.Replace(all, "server {\n", "server {\n    "+strings.ReplaceAll(bot, "\n", "\n    ")+"\n}\nserver {\n", 1)
	}
	const own = "listen 8443 ssl;\nserver_name other.example.org @HOST@;\ninclude snippets/bot-tls.conf;\n"
	snippet := func(files map[string]string) map[string]string {
		return with(files, "/etc/nginx/snippets/bot-tls.conf", "# shared\nssl_certificate @CERT@/leaf.pem;\nssl_certificate_key @CERT@/key.pem;\nssl_protocols TLSv1 TLSv1.1;\nssl_ciphers ALL:@SECLEVEL=0;\nssl_session_timeout 5m;\n")
	}
	modern := func(files map[string]string) map[string]string {
		return with(files, "/etc/nginx/snippets/bot-tls.conf", "ssl_certificate @CERT@/leaf.pem;\nssl_certificate_key @CERT@/key.pem;\n")
	}
	nginx := func(text string) map[string]string { return with(pki(t), "/etc/nginx/sites-available/all", text) }
	const link = "ln -s ../sites-available/all /etc/nginx/sites-enabled/all; nginx"
	// Debian's default-ssl.conf, with the snake-oil certificate replaced.
	stock := "sed -e 's#/etc/ssl/certs/ssl-cert-snakeoil.pem#/etc/pki-test/leaf.pem#' -e 's#/etc/ssl/private/ssl-cert-snakeoil.key#/etc/pki-test/key.pem#' -i /etc/apache2/sites-available/default-ssl.conf\n" +
		"a2enmod -q ssl rewrite; a2ensite -q default-ssl; sed -i 's#^\\(\\s*\\)ServerAdmin.*#&\\n\\1RewriteEngine on\\n\\1RewriteRule ^/webhook$ - [R=200]#' /etc/apache2/sites-available/default-ssl.conf; apachectl start"
	apacheTen := neighbours("<VirtualHost *:8443>\n  ServerName s%d.example.net\n  ServerAlias *.s%[1]d.example.net\n  SSLEngine on\n  SSLCertificateFile @CERT@/shop.pem\n  SSLCertificateKeyFile @CERT@/shop.key\n</VirtualHost>\n")
	at443 := "https://" + testpki.Host + "/webhook"
	return []trial{
		{name: "ten sites in nginx, the directive in a shared snippet", finding: "chain.intermediate_missing", remedy: "nginx.fullchain", start: link,
			files: modern(nginx(ten(own + "location / { return 200; }"))), alike: []string{"s3.example.net"}},
		{name: "ten sites in nginx, old versions in a snippet", finding: "tls.version_too_old", remedy: "nginx.tls_versions", start: link, left: []string{"chain.intermediate_missing"},
			files: with(snippet(nginx("server {\n"+own+answers+"\n}\n")), "/etc/pki-test/leaf.pem", pki(t)["/etc/pki-test/full.pem"])},
		{name: "ten sites in nginx, the bot's path in one", finding: "tls.wrong_site", remedy: "nginx.server_name", start: link, left: []string{"tls.default_certificate_differs"},
			files: issued(nginx(ten("listen 8443 ssl;\nserver_name shop.example.net;\n" + shop + "\nlocation = /webhook { return 200; }"))), alike: []string{"shop.example.net", "s8.example.net"}},
		{name: "one port to redirect, one to serve", finding: "http.redirect", remedy: "nginx.no_redirect", start: link, bot: "127.0.0.1:8080",
			files: nginx("map $http_upgrade $u { default upgrade; '' close; }\nserver { listen 80; server_name @HOST@; return 301 https://$host$request_uri; }\nserver {\n  listen 8443 ssl; server_name @HOST@; ssl_certificate @CERT@/full.pem; ssl_certificate_key @CERT@/key.pem;\n  if ($host != \"www.@HOST@\") {\n    return 301 https://www.@HOST@$request_uri;\n  }\n  location / { proxy_pass http://127.0.0.1:8080; }\n}\n")},
		{name: "Debian's default-ssl.conf", finding: "chain.intermediate_missing", remedy: "apache.fullchain", target: at443, files: pki(t), start: stock},
		{name: "ten virtual hosts in Apache", finding: "chain.intermediate_missing", remedy: "apache.fullchain", start: "a2enmod -q ssl rewrite\napachectl start", left: []string{"tls.default_certificate_differs"},
			files: with(with(pki(t), "/etc/apache2/conf-enabled/port.conf", "Listen 8443\nServerName localhost\n"), apacheSite,
				apacheTen+"<VirtualHost *:8443>\n  ServerName other.example.org\n  ServerAlias x.example.org \\\n    @HOST@\n  SSLEngine on\n  SSLCertificateFile @CERT@/leaf.pem\n  SSLCertificateKeyFile @CERT@/key.pem\n"+answer+"</VirtualHost>\n"),
			alike: []string{"s3.example.net"}},
		{name: "HAProxy with several frontends", finding: "chain.intermediate_missing", remedy: "haproxy.pem", bot: "127.0.0.1:8080", start: "haproxy -D -f /etc/haproxy/haproxy.cfg -p /run/haproxy.pid",
			files: with(with(with(pki(t), "/etc/haproxy/certs/bot.pem", pki(t)["/etc/pki-test/leaf+key.pem"]), "/etc/haproxy/certs/a.pem", pki(t)["/etc/pki-test/shop+key.pem"]),
				"/etc/haproxy/haproxy.cfg", "defaults\n  mode http\n  timeout connect 2s\n  timeout client 5s\n  timeout server 5s\nfrontend a\n  bind :8081\n  http-request return status 200\nfrontend b\n  bind *:8443 ssl crt /etc/haproxy/certs/ # all of them\n  default_backend bot\nbackend bot\n  server bot 127.0.0.1:8080\n"), alike: []string{"shop.example.net"}},
	}
}

func TestCrowdedServers(t *testing.T) { proveAll(t, crowdedTrials(t)) }

// shown is what the port presents and answers for a name.
func (g ground) shown(t *testing.T, name string) string {
	t.Helper()
	out, err := g.telegram.try(t, "curl -sk --max-time 3 --resolve "+name+":8443:"+botIP+" -o /dev/null -w '%{http_code} ' https://"+name+":8443/ || true\n"+
		"openssl s_client -connect "+botIP+":8443 -servername "+name+" </dev/null 2>/dev/null | openssl x509 -noout -fingerprint")
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return out
}
