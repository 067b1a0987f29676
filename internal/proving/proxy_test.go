package proving

import (
	"cmp"
	"testing"

	"hookcheck/internal/testpki"
)

// proxyTrials lead a port that Telegram connects to, to a bot on another.
func proxyTrials(t *testing.T) []trial {
	const tlsBot = "server { listen 5000 ssl; server_name @HOST@; ssl_certificate @CERT@/full.pem; ssl_certificate_key @CERT@/key.pem; " + answers + " }\n"
	const plainBot = "server { listen 80; server_name @HOST@; " + answers + " }\n"
	odd, http, after := "https://"+testpki.Host+":5000/webhook", "http://"+testpki.Host+"/webhook", "https://"+testpki.Host+"/webhook"
	files := func(text string) map[string]string { return issued(with(pki(t), nginxSite, text)) }
	const pair = "ssl_certificate @CERT@/full.pem; ssl_certificate_key @CERT@/key.pem;"
	const haproxyDefaults = "defaults\n    mode http\n    timeout connect 2s\n    timeout client 5s\n    timeout server 5s\n"
	caddy := func(text, conf string) map[string]string { return with(files(text), caddyConf, conf) }
	haproxy := func(text string) map[string]string {
		return with(files(text), "/etc/haproxy/haproxy.cfg", haproxyDefaults+"frontend other\n    bind :9999")
	}
	noPlain := "sed -i 's/^Listen 80$/Listen 81/' /etc/apache2/ports.conf; rm -f /etc/nginx/sites-enabled/default\n"
	trials := []trial{
		{name: "nginx before TLS", finding: "url.port_unsupported", remedy: "nginx.proxy", files: files(tlsBot), start: "nginx"},
		{name: "Apache before TLS", finding: "url.port_unsupported", remedy: "apache.proxy", files: files(tlsBot), start: noPlain + "nginx; apachectl start"},
		{name: "HAProxy before TLS", finding: "url.port_unsupported", remedy: "haproxy.proxy", files: haproxy(tlsBot), start: "nginx"},
		{name: "nginx before HTTP", finding: "url.not_https", remedy: "nginx.proxy", target: http, files: files(plainBot), start: "nginx"},
		{name: "Apache before HTTP", finding: "url.not_https", remedy: "apache.proxy", target: http, files: files(plainBot), start: noPlain + "nginx; apachectl start"},
		{name: "HAProxy before HTTP", finding: "url.not_https", remedy: "haproxy.proxy", target: http, files: haproxy(plainBot), start: "rm -f /etc/nginx/sites-enabled/default; nginx"},
		{name: "Caddy before TLS", finding: "url.port_unsupported", remedy: "caddy.proxy", files: caddy(tlsBot, ":81 {\n\trespond other\n}\n"), start: "rm -f /etc/nginx/sites-enabled/default; nginx; " + caddyStart},
		{name: "Caddy before HTTP", finding: "url.not_https", remedy: "caddy.proxy", target: http, files: caddy(plainBot, "# nothing yet\n:81 {\n}\n"), start: "rm -f /etc/nginx/sites-enabled/default; nginx; " + caddyStart},
		{name: "nginx has a site of the name", finding: "url.port_unsupported", remedy: "nginx.proxy", files: files(tlsBot + "server {\n  listen 443 ssl;\n  server_name www.@HOST@ @HOST@;\n  " + pair + "\n  location / { return 404; }\n}\n"), start: "nginx"},
		{name: "Apache has a site of the name", finding: "url.port_unsupported", remedy: "apache.proxy", start: noPlain + "a2enmod -q ssl; nginx; apachectl start",
			files: with(files(tlsBot), apacheSite, "<VirtualHost *:443>\n  ServerName @HOST@\n  SSLEngine on\n  SSLCertificateFile @CERT@/full.pem\n  SSLCertificateKeyFile @CERT@/key.pem\n</VirtualHost>\n")},
		{name: "HAProxy has the port", finding: "url.port_unsupported", remedy: "haproxy.proxy", start: "nginx; haproxy -D -f /etc/haproxy/haproxy.cfg -p /run/haproxy.pid",
			files: with(files(tlsBot), "/etc/haproxy/haproxy.cfg", haproxyDefaults+"frontend web\n    bind :443 ssl crt @CERT@/full+key.pem\n    default_backend none\nbackend none\n    http-request return status 404\n")},
		{name: "Caddy has a site of the name", finding: "url.port_unsupported", remedy: "caddy.proxy", start: "rm -f /etc/nginx/sites-enabled/default; nginx; " + caddyStart,
			files: caddy(tlsBot, "@HOST@ {\n\ttls @CERT@/full.pem @CERT@/key.pem\n\trespond 404\n}\n")},
	}
	for i := range trials {
		trials[i].after = after
		if trials[i].target == "" {
			trials[i].target = odd
		}
	}
	return trials
}

// redirectTrials lead a port to a bot that keeps its own TLS: on every address
// and on loopback alone, and beside a site that holds port 443.
func redirectTrials(t *testing.T) []trial {
	bot := func(listen, more string) map[string]string {
		return with(pki(t), nginxSite, "server { listen "+listen+" ssl; server_name @HOST@; ssl_certificate @CERT@/full.pem; ssl_certificate_key @CERT@/key.pem; "+answers+" }\n"+more)
	}
	const site = "server { listen 443 ssl; server_name shop.example.net; ssl_certificate @CERT@/shop.pem; ssl_certificate_key @CERT@/shop.key; return 404; }\n"
	const noSite = "rm -f /etc/nginx/sites-enabled/default; "
	policy := stateful + "iptables -P INPUT DROP; iptables -A INPUT -p tcp --dport 443 -j ACCEPT; nginx"
	drop := nft("table inet filter {\n"+input("0; policy drop;", "tcp dport 443 accept")+"}\n") + "nginx"
	var trials []trial
	for tool, start := range map[string]string{"iptables": policy, "nftables": drop} {
		for _, c := range []trial{
			{name: "every address", files: bot("5000", "")},
			{name: "loopback", files: bot("127.0.0.1:5000", "")},
			{name: "443 and 8443 in use", files: bot("5000", site+"server { listen 8443; }\n"), after: "https://" + testpki.Host + ":88/webhook"},
		} {
			c.name, c.finding, c.remedy = tool+", "+c.name, "url.port_unsupported", tool+".redirect"
			c.target, c.after = "https://"+testpki.Host+":5000/webhook", cmp.Or(c.after, "https://"+testpki.Host+"/webhook")
			c.start, c.boot = noSite+start, tools[tool].flush+tools[tool].boot
			trials = append(trials, c)
		}
	}
	return trials
}

func TestRedirectRemedies(t *testing.T) { proveAll(t, redirectTrials(t)) }

func TestProxyRemedies(t *testing.T) {
	for _, name := range []string{"nginx", "apache2", "haproxy", "caddy"} {
		need(t, name)
	}
	proveAll(t, proxyTrials(t))
}
