package proving

import "testing"

const (
	caddyConf  = "/etc/caddy/Caddyfile"
	caddyStart = "mkdir -p /var/lib/caddy; caddy start --config " + caddyConf + " --adapter caddyfile </dev/null"
)

func caddyTrials(t *testing.T) []trial {
	conf := func(text string) map[string]string { return with(pki(t), caddyConf, text) }
	const pair = "tls @CERT@/full.pem @CERT@/key.pem"
	site := func(more string) map[string]string {
		return conf("{\n\tlog {\n\t\tlevel ERROR\n\t}\n}\n\n@HOST@:8443 {\n\t" + pair + "\n\t" + more + "\n}\n")
	}
	trials := []trial{
		{name: "intermediate", finding: "chain.intermediate_missing", remedy: "caddy.fullchain",
			files: conf("@HOST@:8443 {\n\ttls \"@CERT@/leaf.pem\" @CERT@/key.pem # from the CA\n\trespond ok\n}\n")},
		{name: "intermediate, in a snippet, beside other sites", finding: "chain.intermediate_missing", remedy: "caddy.fullchain", left: []string{"tls.default_certificate_differs"}, alike: []string{"shop.example.net"},
			files: conf("(bot) {\n\ttls @CERT@/leaf.pem @CERT@/key.pem\n}\nhttps://shop.example.net:8443 {\n\ttls @CERT@/shop.pem @CERT@/shop.key\n\trespond shop\n}\nhttps://other.example.org:8443, https://@HOST@:8443 {\n\timport bot\n\trespond ok\n}\n")},
		{name: "plain HTTP", finding: "tls.plaintext_http", remedy: "caddy.site", files: issued(conf("http://@HOST@:8443 {\n\trespond ok\n}\n"))},
		{name: "plain HTTP on a port, without braces", finding: "tls.plaintext_http", remedy: "caddy.site", files: issued(conf(":8443\nrespond ok\n"))},
		{name: "ciphers", finding: "tls.no_common_cipher", remedy: "caddy.ciphers",
			files: conf("@HOST@:8443 {\n\t" + pair + " {\n\t\tprotocols tls1.2 tls1.2\n\t\tciphers TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\n\t}\n\trespond ok\n}\n")},
		{name: "client certificate", finding: "tls.client_certificate_required", remedy: "caddy.client_certificate",
			files: conf("@HOST@:8443 {\n\t" + pair + " {\n\t\tclient_auth {\n\t\t\tmode require_and_verify\n\t\t\ttrusted_ca_cert_file @CERT@/ca.pem\n\t\t}\n\t}\n\trespond ok\n}\n")},
		{name: "client certificate, no mode", finding: "tls.client_certificate_required", remedy: "caddy.client_certificate",
			files: conf("@HOST@:8443 {\n\t" + pair + " {\n\t\tclient_auth {\n\t\t\ttrusted_ca_cert_file @CERT@/ca.pem\n\t\t}\n\t}\n\trespond ok\n}\n")},
		{name: "no site of the name", finding: "tls.name_rejected", remedy: "caddy.site", bot: "127.0.0.1:5001", left: []string{"tls.default_certificate_differs"}, alike: []string{"shop.example.net"},
			files: issued(conf("https://shop.example.net:8443 {\n\ttls @CERT@/shop.pem @CERT@/shop.key\n\trespond shop\n}\n"))},
		{name: "wrong site", finding: "tls.wrong_site", remedy: "caddy.site", bot: "127.0.0.1:5001", left: []string{"tls.default_certificate_differs"},
			files: issued(conf("https://:8443, https://shop.example.net:8443 {\n\ttls @CERT@/shop.pem @CERT@/shop.key\n\trespond shop\n}\n"))},
		{name: "redirect of everything", finding: "http.redirect", remedy: "caddy.no_redirect", bot: "127.0.0.1:5001", files: site("redir https://www.example.org{uri} permanent")},
		{name: "trailing slash", finding: "http.redirect", remedy: "caddy.no_redirect", bot: "127.0.0.1:8080",
			files: site("@bare path_regexp [^/]$\n\tredir @bare {path}/ 308\n\treverse_proxy 127.0.0.1:8080 {\n\t\theader_up X-A b\n\t}")},
		{name: "bad gateway", finding: "http.bad_gateway", remedy: "caddy.upstream", bot: "127.0.0.1:5001", files: site("reverse_proxy localhost:9")},
		{name: "bad gateway, in a handle", finding: "http.bad_gateway", remedy: "caddy.upstream", bot: "127.0.0.1:5001",
			files: site("handle /webhook* {\n\t\treverse_proxy {\n\t\t\tto 127.0.0.1:9\n\t\t\theader_up X-A b\n\t\t}\n\t}\n\thandle {\n\t\treverse_proxy 127.0.0.1:10\n\t}")},
		{name: "not found", finding: "http.not_found", remedy: "caddy.route", bot: "127.0.0.1:5001", files: site("handle /bot1 {\n\t\trespond ok\n\t}\n\thandle {\n\t\trespond 404\n\t}")},
		{name: "this machine alone", finding: "tcp.refused", remedy: "caddy.listen_public", files: site("bind 127.0.0.1\n\trespond ok")},
	}
	for i := range trials {
		trials[i].start = caddyStart
	}
	return trials
}

func TestCaddyRemedies(t *testing.T) {
	need(t, "caddy")
	proveAll(t, caddyTrials(t))
}
