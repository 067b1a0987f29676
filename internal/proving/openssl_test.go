package proving

import (
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"hookcheck/checker/report"
	"hookcheck/internal/testpki"
)

// TestOpenSSLRemedies: OpenSSL's own server, by its options and by the
// system's configuration.
func TestOpenSSLRemedies(t *testing.T) {
	const section = "[openssl_init]\nssl_conf = tls\n[tls]\nsystem_default = own\n[own]\nMinProtocol = TLSv1\n"
	const serve = "start openssl s_server -quiet -www -accept 8443 -key /etc/pki-test/key.pem "
	const full = "-cert /etc/pki-test/full.pem -cert_chain /etc/pki-test/full.pem"
	for _, c := range []struct{ name, finding, remedy, conf, options string }{
		{"chain", "chain.intermediate_missing", "openssl.fullchain", "", "-cert /etc/pki-test/full.pem"},
		{"versions", "tls.version_too_old", "openssl.tls_versions", section + "MaxProtocol = TLSv1.1\nCipherString = ALL:@SECLEVEL=0\n", full},
		{"suites", "tls.no_common_cipher", "openssl.ciphers", section + "MaxProtocol = TLSv1.2\nCipherString = ECDHE-ECDSA-ARIA256-GCM-SHA384\n", full},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g := newGround(t, c.conf == "")
			for name, text := range pki(t) {
				g.bot.write(t, name, []byte(text))
			}
			if c.conf != "" {
				// Debian's file names the section, and says nothing in it.
				g.bot.run(t, "sed -i '/^\\[openssl_init\\]/d' /etc/ssl/openssl.cnf")
				g.bot.run(t, "cat >> /etc/ssl/openssl.cnf <<'EOT'\n"+c.conf+"EOT")
			}
			g.bot.run(t, startProgram+serve+c.options)
			target := trial{target: testpki.Host + ":8443"}
			broken := target.awaitLong(t, g, func(r result) bool { return r.finding(c.finding) != nil })
			fix := broken.remedy(t, c.finding, c.remedy)
			original := g.bot.etc(t)
			if c.conf == "" {
				c.options = strings.TrimSpace(fix.Body)
			} else {
				g.bot.run(t, fix.Body)
			}
			g.bot.run(t, fix.Apply)
			once := g.bot.etc(t)
			g.bot.run(t, startProgram+serve+c.options)
			target.awaitLong(t, g, func(r result) bool { return r.report.Verdict == report.Works })
			if c.conf != "" {
				g.bot.run(t, fix.Body)
			}
			if names := changed(once, g.bot.etc(t)); len(names) > 0 {
				t.Errorf("applied twice it changes %v", names)
			}
			g.bot.run(t, fix.Undo)
			if names := changed(original, g.bot.etc(t)); len(names) > 0 {
				t.Errorf("after undo %v differ", names)
			}
			if !t.Failed() {
				proven(c.finding, c.remedy)
			}
		})
	}
}

// TestFetchedIntermediate: the chain cannot be built by the check, as the CA's
// server is out of its reach; the command on the bot's host fetches it.
func TestFetchedIntermediate(t *testing.T) {
	need(t, "curl")
	g := newGround(t, false)
	now := time.Now()
	leaf := testpki.PublicCA().LeafWith([]string{testpki.Host}, testpki.Valid(now.AddDate(0, 0, -1), now.AddDate(0, 2, 0)), testpki.AIA("http://127.0.0.1:8099/ca.der"))
	g.bot.write(t, "/etc/bot/leaf.pem", leaf.PEM())
	g.bot.write(t, "/etc/bot/key.pem", leaf.KeyPEM())
	g.bot.write(t, "/etc/hosts", []byte("127.0.0.1 localhost "+testpki.Host+"\n"))
	g.bot.write(t, nginxSite, []byte("server { listen 8443 ssl; server_name "+testpki.Host+"; ssl_certificate /etc/bot/leaf.pem; ssl_certificate_key /etc/bot/key.pem; "+answers+" }\n"))
	g.bot.run(t, "nginx")
	g.bot.startBot(t, "127.0.0.1:8099") // serves the intermediate
	broken := trial{}.await(t, g, hookURL, "the finding", func(r result) bool { return r.finding("chain.intermediate_missing") != nil })
	fetch := broken.remedy(t, "chain.intermediate_missing", "openssl.fetch_intermediate")
	install := broken.remedy(t, "chain.intermediate_missing", "nginx.fullchain")
	original := g.bot.etc(t)
	for range 2 {
		g.bot.run(t, fetch.Body)
		g.bot.run(t, fetch.Apply)
		g.bot.run(t, install.Body)
		g.bot.run(t, install.Apply)
	}
	trial{}.await(t, g, hookURL, "it to work", func(r result) bool { return r.report.Verdict == report.Works })
	g.bot.run(t, install.Undo)
	g.bot.run(t, fetch.Undo)
	if names := changed(original, g.bot.etc(t)); len(names) > 0 {
		t.Errorf("after undo %v differ", names)
	}
	if !t.Failed() {
		proven("chain.intermediate_missing", "openssl.fetch_intermediate")
	}
}

// TestRequests: a request that the recipe writes covers the host, as our own
// reader sees it.
func TestRequests(t *testing.T) {
	now := time.Now()
	ca := testpki.PublicCA()
	for _, c := range []struct{ remedy, host string }{
		{"openssl.csr", testpki.Host}, {"openssl.csr", botIP}, {"keytool.csr", testpki.Host}, {"keytool.csr", botIP},
	} {
		t.Run(c.remedy+" "+c.host, func(t *testing.T) {
			need(t, "keytool")
			t.Parallel()
			g := newGround(t, false)
			leaf := ca.LeafWith([]string{"www.example.org"}, testpki.Valid(now.AddDate(0, 0, -1), now.AddDate(0, 2, 0)))
			g.bot.write(t, "/etc/bot/leaf.pem", testpki.Bundle(leaf, ca))
			g.bot.write(t, "/etc/bot/key.pem", leaf.KeyPEM())
			own := "/etc/ssl/hookcheck/" + c.host
			g.bot.write(t, nginxSite, []byte("server { listen 8443 ssl; ssl_certificate /etc/bot/leaf.pem; ssl_certificate_key /etc/bot/key.pem; "+answers+" }\n"))
			g.bot.run(t, "nginx; mkdir -p /etc/ssl/hookcheck\n"+
				"openssl pkcs12 -export -name own -in /etc/bot/leaf.pem -inkey /etc/bot/key.pem -passout pass:changeit -out "+own+".p12")
			finding := "cert.name_mismatch"
			broken := trial{}.await(t, g, "https://"+c.host+":8443/webhook", "the finding", func(r result) bool { return r.finding(finding) != nil || r.finding("cert.ip_needs_san") != nil })
			if broken.finding(finding) == nil {
				finding = "cert.ip_needs_san"
			}
			fix := broken.remedy(t, finding, c.remedy)
			original := g.bot.etc(t)
			g.bot.run(t, fix.Body)
			data, err := os.ReadFile(g.bot.path(own + ".csr"))
			if err != nil {
				t.Fatal(err)
			}
			out, _ := exec.Command(command(t), "pem", "--lang", "en", "--hostname", c.host, store(t, data)).CombinedOutput()
			if _, covers, _ := strings.Cut(strings.Join(strings.Fields(string(out)), " "), "would cover "); !strings.Contains(covers, c.host) {
				t.Errorf("our reader says:\n%s", out)
			}
			g.bot.run(t, fix.Undo)
			if names := changed(original, g.bot.etc(t)); len(names) > 0 {
				t.Errorf("after undo %v differ", names)
			}
			if !t.Failed() {
				proven(finding, c.remedy)
			}
		})
	}
}
