package proving

import (
	"testing"

	"hookcheck/internal/testpki"
)

// proxyTrials lead a port that Telegram connects to, to a bot on another.
func proxyTrials(t *testing.T) []trial {
	const tlsBot = "server { listen 5000 ssl; server_name @HOST@; ssl_certificate @CERT@/full.pem; ssl_certificate_key @CERT@/key.pem; " + answers + " }\n"
	const plainBot = "server { listen 80; server_name @HOST@; " + answers + " }\n"
	odd, http, after := "https://"+testpki.Host+":5000/webhook", "http://"+testpki.Host+"/webhook", "https://"+testpki.Host+"/webhook"
	files := func(text string) map[string]string { return issued(with(pki(t), nginxSite, text)) }
	haproxy := func(text string) map[string]string {
		return with(files(text), "/etc/haproxy/haproxy.cfg", "defaults\n    mode http\n    timeout connect 2s\n    timeout client 5s\n    timeout server 5s\nfrontend other\n    bind :9999")
	}
	noPlain := "sed -i 's/^Listen 80$/Listen 81/' /etc/apache2/ports.conf; rm -f /etc/nginx/sites-enabled/default\n"
	trials := []trial{
		{name: "nginx before TLS", finding: "url.port_unsupported", remedy: "nginx.proxy", files: files(tlsBot), start: "nginx"},
		{name: "Apache before TLS", finding: "url.port_unsupported", remedy: "apache.proxy", files: files(tlsBot), start: noPlain + "nginx; apachectl start"},
		{name: "HAProxy before TLS", finding: "url.port_unsupported", remedy: "haproxy.proxy", files: haproxy(tlsBot), start: "nginx"},
		{name: "nginx before HTTP", finding: "url.not_https", remedy: "nginx.proxy", target: http, files: files(plainBot), start: "nginx"},
		{name: "Apache before HTTP", finding: "url.not_https", remedy: "apache.proxy", target: http, files: files(plainBot), start: noPlain + "nginx; apachectl start"},
		{name: "HAProxy before HTTP", finding: "url.not_https", remedy: "haproxy.proxy", target: http, files: haproxy(plainBot), start: "rm -f /etc/nginx/sites-enabled/default; nginx"},
		{name: "iptables redirect", finding: "url.port_unsupported", remedy: "iptables.redirect", files: files(tlsBot), start: "iptables -P INPUT DROP; iptables -A INPUT -i lo -j ACCEPT; nginx",
			boot: tools["iptables"].flush + tools["iptables"].boot, stays: []string{"/iptables/rules.v4"}},
		{name: "nftables redirect", finding: "url.port_unsupported", remedy: "nftables.redirect", files: files(tlsBot), boot: tools["nftables"].flush + tools["nftables"].boot,
			start: nft("table inet filter {\n chain input {\n  type filter hook input priority 0; policy drop;\n  ct state established counter accept\n }\n}\n") + "nginx"},
	}
	for i := range trials {
		trials[i].after = after
		if trials[i].target == "" {
			trials[i].target = odd
		}
	}
	return trials
}

func TestProxyRemedies(t *testing.T) {
	for _, name := range []string{"nginx", "apache2", "haproxy", "iptables", "nft"} {
		need(t, name)
	}
	proveAll(t, proxyTrials(t))
}
