package proving

import (
	"strings"
	"testing"
	"time"

	"hookcheck/internal/testpki"
)

// pki are the files that set-ups use, below /srv.
func pki(t *testing.T) map[string]string {
	t.Helper()
	now := time.Now()
	valid := testpki.Valid(now.AddDate(0, 0, -1), now.AddDate(0, 2, 0))
	ca := testpki.PublicCA()
	leaf := ca.LeafWith([]string{testpki.Host}, valid, testpki.AIA("http://198.18.7.1/ca.der"))
	shop := ca.LeafWith([]string{"shop.example.net"}, valid)
	rsa := ca.LeafWith([]string{testpki.Host}, valid, testpki.WithKey(testpki.CommittedRSA("rsa2048")))
	files := map[string][]byte{
		"leaf.pem": leaf.PEM(), "full.pem": testpki.Bundle(leaf, ca), "wrong.pem": testpki.Bundle(ca, leaf), "key.pem": leaf.KeyPEM(), "ca.pem": ca.PEM(),
		"rsa.pem": testpki.Bundle(rsa, ca), "rsa.key": rsa.KeyPEM(), "rsa+key.pem": append(testpki.Bundle(rsa, ca), rsa.KeyPEM()...),
		"shop.pem": testpki.Bundle(shop, ca), "shop.key": shop.KeyPEM(),
		"leaf+key.pem": append(leaf.PEM(), leaf.KeyPEM()...), "full+key.pem": append(testpki.Bundle(leaf, ca), leaf.KeyPEM()...),
		"shop+key.pem": append(testpki.Bundle(shop, ca), shop.KeyPEM()...),
	}
	out := map[string]string{}
	for name, data := range files {
		out["/etc/pki-test/"+name] = string(data)
	}
	return out
}

// issued puts the host's certificate where certbot keeps it.
func issued(files map[string]string) map[string]string {
	live := "/etc/letsencrypt/live/" + testpki.Host + "/"
	files[live+"fullchain.pem"] = files["/etc/pki-test/full.pem"]
	files[live+"privkey.pem"] = files["/etc/pki-test/key.pem"]
	return files
}

func with(files map[string]string, name, text string) map[string]string {
	text = strings.NewReplacer("@CERT@", "/etc/pki-test", "@HOST@", testpki.Host).Replace(text)
	files[name] = text
	return files
}

const (
	nginxSite = "/etc/nginx/sites-enabled/bot"
	answers   = "location / { return 200 ok; }"
)

// shortDH makes parameters of 1024 bits.
const shortDH = "openssl dhparam -dsaparam -out /etc/dh.pem 1024 2>/dev/null\n"

func nginxTrials(t *testing.T) []trial {
	site := func(text string) map[string]string { return with(pki(t), nginxSite, text) }
	const pair = "ssl_certificate @CERT@/full.pem;\n    ssl_certificate_key @CERT@/key.pem;"
	block := func(more string) string {
		return "server {\n    listen 8443 ssl;\n    server_name @HOST@;\n    " + pair + "\n    " + more + "\n}\n"
	}
	trials := []trial{
		{name: "intermediate", finding: "chain.intermediate_missing", remedy: "nginx.fullchain",
			files: site("server {\n    listen 8443 ssl;\n    server_name @HOST@;\n    ssl_certificate @CERT@/leaf.pem; # from the CA\n    ssl_certificate_key @CERT@/key.pem;\n    " + answers + "\n}\n")},
		{name: "plain HTTP", finding: "tls.plaintext_http", remedy: "nginx.listen_ssl",
			files: issued(site("server { listen 8443; server_name @HOST@; " + answers + " }\n"))},
		{name: "old versions", finding: "tls.version_too_old", remedy: "nginx.tls_versions",
			files: site(block("ssl_protocols TLSv1 TLSv1.1; ssl_ciphers ALL:@SECLEVEL=0; " + answers))},
		{name: "ciphers", finding: "tls.no_common_cipher", remedy: "nginx.ciphers",
			files: site(block("ssl_protocols TLSv1.2;\n    ssl_ciphers CAMELLIA:ARIA256-GCM-SHA384:ECDHE-ECDSA-ARIA256-GCM-SHA384;\n    " + answers))},
		{name: "client certificate", finding: "tls.client_certificate_required", remedy: "nginx.client_certificate",
			files: site(block("ssl_client_certificate @CERT@/ca.pem;\n    ssl_verify_client on;\n    " + answers))},
		{name: "strict SNI", finding: "tls.name_rejected", remedy: "nginx.server_name",
			files: issued(site("server { listen 8443 ssl default_server; ssl_reject_handshake on; }\nserver {\n    listen 8443 ssl;\n    server_name shop.example.net;\n    ssl_certificate @CERT@/shop.pem;\n    ssl_certificate_key @CERT@/shop.key;\n    " + answers + "\n}\n"))},
		{name: "wrong site", finding: "tls.wrong_site", remedy: "nginx.server_name",
			files: issued(site("server {\n    listen 8443 ssl;\n    server_name _;\n    ssl_certificate @CERT@/shop.pem;\n    ssl_certificate_key @CERT@/shop.key;\n    " + answers + "\n}\n"))},
		{name: "redirect of the server", finding: "http.redirect", remedy: "nginx.no_redirect", bot: "127.0.0.1:5001",
			files: site(block("return 301 https://www.example.org$request_uri;"))},
		{name: "trailing slash", finding: "http.redirect", remedy: "nginx.no_redirect", bot: "127.0.0.1:8080",
			files: site(block("location /webhook/ { proxy_pass http://127.0.0.1:8080; }"))},
		{name: "bad gateway", finding: "http.bad_gateway", remedy: "nginx.upstream", bot: "127.0.0.1:5001",
			files: site(block("location / {\n        proxy_pass http://127.0.0.1:9;\n    }"))},
		{name: "not found", finding: "http.not_found", remedy: "nginx.location", bot: "127.0.0.1:5001",
			files: site(block("location /bot1 { return 200; }"))},
		{name: "forbidden", finding: "http.unauthorized", remedy: "nginx.allow_telegram", bot: "127.0.0.1:8080",
			files: site(block("location = /webhook {\n        allow 10.0.0.0/8;\n        deny all;\n        proxy_pass http://127.0.0.1:8080;\n    }"))},
		{name: "PROXY protocol", finding: "tcp.reset", remedy: "nginx.proxy_protocol",
			files: site("server { listen 8443 ssl proxy_protocol; server_name @HOST@; " + pair + " " + answers + " }\n")},
	}
	trials = append(trials, trial{name: "short Diffie-Hellman", finding: "tls.dh_too_small", remedy: "nginx.dh", start: shortDH + "nginx",
		files: site("server {\n    listen 8443 ssl;\n    server_name @HOST@;\n    ssl_certificate @CERT@/rsa.pem;\n    ssl_certificate_key @CERT@/rsa.key;\n    ssl_protocols TLSv1.2;\n    ssl_ciphers DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0;\n    ssl_dhparam /etc/dh.pem;\n    " + answers + "\n}\n")})
	for i := range trials {
		if trials[i].start == "" {
			trials[i].start = "nginx"
		}
	}
	return trials
}

func TestNginxRemedies(t *testing.T) {
	need(t, "nginx")
	proveAll(t, nginxTrials(t))
}

func proveAll(t *testing.T, trials []trial) {
	for _, c := range trials {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.prove(t, newGround(t, strings.HasPrefix(c.finding, "chain.")))
		})
	}
}
