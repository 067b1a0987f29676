package proving

import (
	"crypto/x509"
	"strings"
	"testing"
	"time"

	"hookcheck/checker/report"
	"hookcheck/internal/testpki"
)

// remade is a self-signed certificate that has to be made anew, and where a
// server reads it.
type remade struct {
	name, finding, remedy, host string
	cert                        *testpki.Node
	files                       map[string]string
	start                       string
	alike                       []string
}

func noCommonName(c *x509.Certificate) { c.Subject.CommonName = "" }

func remades(t *testing.T) []remade {
	now := time.Now()
	old := testpki.Valid(now.AddDate(-1, 0, 0), now.AddDate(0, 0, -3))
	valid := testpki.Valid(now.AddDate(0, 0, -1), now.AddDate(1, 0, 0))
	expired := testpki.SelfSigned([]string{testpki.Host}, old)
	address := testpki.SelfSigned(nil, valid, testpki.IP(botIP), testpki.Edit(noCommonName))
	other := testpki.SelfSigned([]string{"www.example.org"}, valid)
	leaked := testpki.SelfSigned([]string{testpki.Host}, valid)
	weak := testpki.SelfSigned([]string{testpki.Host}, valid, testpki.WithKey(testpki.CommittedRSA("rsa1024")))
	const own = "/etc/ssl/hookcheck/"
	nginx := func(crt, key, name string) map[string]string {
		return map[string]string{nginxSite: "server {\n  listen 8443 ssl;\n  server_name " + name + ";\n  ssl_certificate " + crt + "; # by hand\n  ssl_certificate_key " + key + ";\n  " + answers + "\n}\n"}
	}
	apache := map[string]string{
		"/etc/apache2/conf-enabled/port.conf": "Listen 8443\nServerName localhost\n",
		apacheSite:                            "<VirtualHost *:8443>\n  ServerName " + testpki.Host + "\n  SSLEngine on\n  SSLCertificateFile /etc/bot/old.pem\n  SSLCertificateKeyFile /etc/bot/old.key\n" + answer + "</VirtualHost>\n",
	}
	shop := "server { listen 8443 ssl; server_name shop.example.net; ssl_certificate /etc/pki-test/shop.pem; ssl_certificate_key /etc/pki-test/shop.key; " + answers + " }\n"
	beside := nginx("/etc/bot/old.pem", "/etc/bot/old.key", "www.example.org")
	beside[nginxSite] += shop
	const proxy = "defaults\n  mode http\n  timeout connect 2s\n  timeout client 5s\n  timeout server 5s\nfrontend a\n  bind :8443 ssl crt /etc/bot/joined.pem crt /etc/pki-test/shop+key.pem\n  http-request return status 200\n"
	haproxy := map[string]string{"/etc/haproxy/haproxy.cfg": proxy}
	caddy := map[string]string{caddyConf: "https://shop.example.net:8443 {\n\ttls /etc/pki-test/shop.pem /etc/pki-test/shop.key\n\trespond shop\n}\n" + testpki.Host + ":8443 {\n\ttls /etc/bot/old.pem /etc/bot/old.key\n\trespond ok\n}\n"}
	const startHAProxy = "cat /etc/bot/old.pem /etc/bot/old.key > /etc/bot/joined.pem; haproxy -D -f /etc/haproxy/haproxy.cfg -p /run/haproxy.pid"
	const startApache = "sed -i 's/Listen 443/Listen 127.0.0.9:443/' /etc/apache2/ports.conf\na2enmod -q ssl rewrite\napachectl start"
	return []remade{
		{"where nginx reads it", "cert.expired", "openssl.self_signed", testpki.Host, expired, nginx(own+testpki.Host+".pem", own+testpki.Host+".key", "_"), "nginx", nil},
		{"the same for an address", "cert.ip_needs_common_name", "openssl.self_signed", botIP, address, nginx(own+botIP+".pem", own+botIP+".key", "_"), "nginx", nil},
		{"a leaked key", "upload.contains_private_key", "openssl.new_key", testpki.Host, leaked, nginx(own+testpki.Host+".pem", own+testpki.Host+".key", "_"), "nginx", nil},
		{"nginx: a name", "cert.expired", "nginx.self_signed", testpki.Host, expired, nginx("/etc/bot/old.pem", "/etc/bot/old.key", testpki.Host), "nginx", nil},
		{"nginx: an address", "cert.ip_needs_common_name", "nginx.self_signed", botIP, address, nginx("/etc/bot/old.pem", "/etc/bot/old.key", "_"), "nginx", nil},
		{"nginx: another name, beside a shop", "cert.name_mismatch", "nginx.self_signed", testpki.Host, other, beside, "nginx", []string{"shop.example.net"}},
		{"nginx: a short key", "cert.weak_key", "nginx.self_signed", testpki.Host, weak, nginx("/etc/bot/old.pem", "/etc/bot/old.key", testpki.Host), "sed -i 's/ssl_certificate /ssl_ciphers DEFAULT:@SECLEVEL=0; ssl_certificate /' " + nginxSite + "; nginx", nil},
		{"Apache: a name", "cert.expired", "apache.self_signed", testpki.Host, expired, apache, startApache, nil},
		{"HAProxy: a name, beside a shop", "cert.expired", "haproxy.self_signed", testpki.Host, expired, haproxy, startHAProxy, []string{"shop.example.net"}},
		{"HAProxy: an address", "cert.ip_needs_common_name", "haproxy.self_signed", botIP, address, haproxy, startHAProxy, nil},
		{"Caddy: a name, beside a shop", "cert.expired", "caddy.self_signed", testpki.Host, expired, caddy, caddyStart, []string{"shop.example.net"}},
	}
}

// TestSelfSignedRemedies: what the recipe makes, served and uploaded by the
// call that follows, works.
func TestSelfSignedRemedies(t *testing.T) {
	for _, name := range []string{"nginx", "apache2", "haproxy", "caddy", "curl"} {
		need(t, name)
	}
	for _, c := range remades(t) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.prove(t, newGround(t, false))
		})
	}
}

func (c remade) prove(t *testing.T, g ground) {
	t.Helper()
	pair := "/etc/bot/old"
	upload := c.cert.PEM()
	if c.finding == "upload.contains_private_key" {
		upload = append(upload, c.cert.KeyPEM()...)
	}
	if strings.HasPrefix(c.remedy, "openssl.") {
		pair = "/etc/ssl/hookcheck/" + c.host
	}
	c.files = with(c.files, pair+".pem", string(c.cert.PEM()))
	for name, text := range with(c.files, pair+".key", string(c.cert.KeyPEM())) {
		g.bot.write(t, name, []byte(text))
	}
	for name, text := range pki(t) {
		g.bot.write(t, name, []byte(text))
	}
	g.bot.startAPI(t)
	g.bot.run(t, c.start)
	target := "https://" + c.host + ":8443/webhook"
	broken := trial{flags: []string{"--certificate", store(t, upload)}}.await(t, g, target, "the finding", func(r result) bool { return r.finding(c.finding) != nil })
	fix := broken.remedy(t, c.finding, c.remedy)
	original := g.bot.etc(t)
	others := map[string]string{}
	for _, name := range c.alike {
		others[name] = g.shown(t, name)
	}
	g.bot.run(t, fix.Body)
	g.bot.run(t, fix.Apply)
	once := g.bot.etc(t)
	uploadMade(t, g, broken, c.finding, target)
	for name, before := range others {
		if now := g.shown(t, name); now != before {
			t.Errorf("%s showed %q, now %q", name, before, now)
		}
	}
	g.bot.run(t, fix.Body)
	g.bot.run(t, fix.Apply)
	if names := changed(once, g.bot.etc(t)); len(names) > 0 {
		t.Errorf("applied twice it changes %v", names)
	}
	if out, err := g.bot.try(t, fix.Undo); err != nil {
		t.Logf("undo: %v\n%s", err, out) // a server may refuse what was there
	}
	if names := changed(original, g.bot.etc(t)); len(names) > 0 {
		t.Errorf("after undo %v differ", names)
	}
	if !t.Failed() {
		proven(c.finding, c.remedy)
	}
}

// uploadMade makes the call that the report offers for the new certificate, and
// checks with what arrived.
func uploadMade(t *testing.T, g ground, broken result, finding, target string) {
	t.Helper()
	const call = "telegram.upload_made"
	fix := broken.remedy(t, finding, call)
	g.bot.run(t, strings.ReplaceAll(fix.Body, "<TOKEN>", botToken))
	g.bot.run(t, strings.ReplaceAll(fix.Apply, "<TOKEN>", botToken))
	sent := g.bot.sent(t)
	now := trial{flags: sent.flags(t)}.await(t, g, target, "it to work", func(r result) bool { return r.report.Verdict == report.Works })
	for _, f := range now.report.Findings {
		if broken.finding(f.ID) == nil && f.ID != "tls.default_certificate_differs" && f.ID != "cert.lint" {
			t.Errorf("%s came new", f.ID)
		}
	}
	proven(finding, call)
}
