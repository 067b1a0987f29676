package proving

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"hookcheck/checker/report"
	"hookcheck/internal/testpki"
)

// startCA runs Let's Encrypt's test server in the machine, with certbot
// pointed to it, and gives its root.
func (h *host) startCA(t *testing.T) []byte {
	t.Helper()
	need(t, "certbot")
	pebble := need(t, "pebble")
	own := testpki.PublicCA().LeafWith([]string{"localhost"}, testpki.Valid(time.Now().AddDate(0, 0, -1), time.Now().AddDate(0, 1, 0)), testpki.IP("127.0.0.1"))
	h.write(t, "/etc/pebble/cert.pem", testpki.Bundle(own, testpki.PublicCA()))
	h.write(t, "/etc/pebble/key.pem", own.KeyPEM())
	h.write(t, "/etc/pebble/config.json", []byte(`{"pebble":{"listenAddress":"127.0.0.1:14000","managementListenAddress":"127.0.0.1:15000",
		"certificate":"/etc/pebble/cert.pem","privateKey":"/etc/pebble/key.pem","httpPort":80,"tlsPort":443}}`))
	h.write(t, "/etc/letsencrypt/cli.ini", []byte("server = https://127.0.0.1:14000/dir\nno-verify-ssl = true\n"))
	h.write(t, "/etc/hosts", []byte("127.0.0.1 localhost "+testpki.Host+"\n"))
	h.run(t, "PEBBLE_VA_NOSLEEP=1 PEBBLE_WFE_NONCEREJECT=0 "+pebble+" -config /etc/pebble/config.json > /var/log/pebble 2>&1 &\n"+
		"for i in $(seq 200); do if curl -skf https://127.0.0.1:15000/roots/0 > /etc/pebble/root.pem; then exit; fi; sleep 0.1; done; cat /var/log/pebble; exit 1")
	return []byte(h.run(t, "cat /etc/pebble/root.pem"))
}

// keep puts a pair where certbot keeps the one that it issued.
func (h *host) keep(t *testing.T, leaf *testpki.Node) {
	t.Helper()
	archive := "/etc/letsencrypt/archive/" + testpki.Host + "/"
	h.write(t, archive+"cert1.pem", leaf.PEM())
	h.write(t, archive+"chain1.pem", testpki.PublicCA().PEM())
	h.write(t, archive+"fullchain1.pem", testpki.Bundle(leaf, testpki.PublicCA()))
	h.write(t, archive+"privkey1.pem", leaf.KeyPEM())
}

const issue = "certbot certonly --standalone --non-interactive --agree-tos --register-unsafely-without-email -d " + testpki.Host

// siteReading are servers that read a pair, and how they start.
func siteReading(crt, key string) map[string]struct{ file, text, start string } {
	joined := "cat " + crt + " " + key + " > /etc/bot.pem\n"
	return map[string]struct{ file, text, start string }{
		"nginx": {nginxSite, "server { listen 8443 ssl; server_name " + testpki.Host + "; ssl_certificate " + crt + "; ssl_certificate_key " + key + "; " + answers + " }\n", "nginx"},
		"apache": {apacheSite, "Listen 8443\nServerName localhost\n<VirtualHost *:8443>\n  ServerName " + testpki.Host + "\n  SSLEngine on\n  SSLCertificateFile " + crt + "\n  SSLCertificateKeyFile " + key + "\n" + answer + "</VirtualHost>\n",
			"sed -i 's/^Listen 80$//; s/Listen 443//' /etc/apache2/ports.conf; a2dissite -q 000-default; a2enmod -q ssl rewrite\napachectl start"},
		"haproxy": {"/etc/haproxy/haproxy.cfg", "defaults\n  mode http\n  timeout connect 2s\n  timeout client 5s\n  timeout server 5s\nfrontend a\n  bind :8443 ssl crt /etc/bot.pem\n  http-request return status 200\n",
			joined + "haproxy -D -f /etc/haproxy/haproxy.cfg -p /run/haproxy.pid"},
	}
}

// TestCertbotRemedies issues and renews at a CA of its own.
func TestCertbotRemedies(t *testing.T) {
	now := time.Now()
	ca := testpki.PublicCA()
	expired := ca.LeafWith([]string{testpki.Host}, testpki.Valid(now.AddDate(0, -3, 0), now.AddDate(0, 0, -1)))
	soon := ca.LeafWith([]string{testpki.Host}, testpki.Valid(now.AddDate(0, -3, 0), now.AddDate(0, 0, 5)))
	good := ca.LeafWith([]string{testpki.Host}, testpki.Valid(now.AddDate(0, 0, -1), now.AddDate(0, 3, 0)))
	www := ca.LeafWith([]string{"www.example.org"}, testpki.Valid(now.AddDate(0, 0, -1), now.AddDate(0, 3, 0)))
	self := testpki.SelfSigned([]string{testpki.Host}, testpki.Valid(now.AddDate(0, 0, -1), now.AddDate(0, 3, 0)))
	for _, c := range []struct {
		name, server, finding string
		cert, then            *testpki.Node // then: what certbot has put there since the server read it
		remedies              []string
		upload                *testpki.Node
	}{
		{name: "expired", server: "nginx", finding: "cert.expired", cert: expired, remedies: []string{"certbot.renew"}},
		{name: "expired, HAProxy", server: "haproxy", finding: "cert.expired", cert: expired, remedies: []string{"certbot.renew"}},
		{name: "renewed, but not reloaded", server: "nginx", finding: "cert.expired", cert: expired, then: good, remedies: []string{"certbot.renew"}},
		{name: "expires soon", server: "apache", finding: "cert.expires_soon", cert: soon, remedies: []string{"certbot.timer"}},
		{name: "another name", server: "nginx", finding: "cert.name_mismatch", cert: www, remedies: []string{"certbot.reissue", "nginx.certificate"}},
		{name: "another name, HAProxy", server: "haproxy", finding: "cert.name_mismatch", cert: www, remedies: []string{"certbot.reissue", "haproxy.certificate"}},
		{name: "self-signed", server: "apache", finding: "cert.self_signed", cert: self, remedies: []string{"certbot.public_ca", "apache.certificate"}},
		{name: "a leaked key", server: "nginx", finding: "upload.contains_private_key", cert: good, upload: good, remedies: []string{"certbot.new_key"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g := newGround(t, false)
			root := g.bot.startCA(t)
			crt, key := "/etc/bot/old.pem", "/etc/bot/old.key"
			if strings.HasPrefix(c.remedies[0], "certbot.renew") || c.remedies[0] == "certbot.timer" || c.remedies[0] == "certbot.new_key" {
				g.bot.run(t, issue)
				if c.upload == nil {
					g.bot.keep(t, c.cert)
				}
				crt, key = "/etc/letsencrypt/live/"+testpki.Host+"/fullchain.pem", "/etc/letsencrypt/live/"+testpki.Host+"/privkey.pem"
			} else {
				g.bot.write(t, crt, testpki.Bundle(c.cert, ca))
				if c.cert == self {
					g.bot.write(t, crt, c.cert.PEM())
				}
				g.bot.write(t, key, c.cert.KeyPEM())
			}
			s := siteReading(crt, key)[c.server]
			g.bot.write(t, s.file, []byte(s.text))
			g.bot.run(t, "rm -f /etc/nginx/sites-enabled/default\n"+s.start)
			if c.then != nil {
				g.bot.keep(t, c.then)
			}
			flags := []string{"--roots", store(t, append(root, testpki.PublicRoot().PEM()...))}
			if c.upload != nil {
				flags = append(flags, "--certificate", store(t, append(root, []byte(g.bot.run(t, "cat "+key))...)))
			}
			broken := trial{flags: flags}.await(t, g, hookURL, "the finding", func(r result) bool { return r.finding(c.finding) != nil })
			before := presented(broken)
			for range 2 {
				for _, id := range c.remedies {
					fix := broken.remedy(t, c.finding, id)
					g.bot.run(t, fix.Body)
					g.bot.run(t, fix.Apply)
				}
			}
			mended := trial{flags: flags[:2]}.await(t, g, hookURL, "it to work", func(r result) bool {
				return r.report.Verdict == report.Works && presented(r) != before && r.finding(c.finding) == nil
			})
			for _, f := range mended.report.Findings {
				if broken.finding(f.ID) == nil && f.ID != "cert.lint" {
					t.Errorf("%s came new", f.ID)
				}
			}
			if n := strings.TrimSpace(g.bot.run(t, "ls /etc/letsencrypt/archive/"+testpki.Host+"/cert*.pem | wc -l")); n > "2" {
				t.Errorf("applied twice: %s certificates were issued", n)
			}
			g.bot.run(t, "test -x /etc/letsencrypt/renewal-hooks/deploy/reload-web-server")
			g.bot.run(t, broken.remedy(t, c.finding, c.remedies[0]).Undo)
			g.bot.run(t, "test ! -e /etc/letsencrypt/renewal-hooks/deploy/reload-web-server")
			if !t.Failed() {
				for _, id := range c.remedies {
					proven(c.finding, id)
				}
			}
		})
	}
}

// presented is the digest of the server's certificate.
func presented(r result) string { return fmt.Sprint(r.report.Chain.Presented[0].SHA256) }
