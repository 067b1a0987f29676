package proving

import (
	"strings"
	"testing"
	"time"

	"hookcheck/internal/testpki"
)

// TestCallsOfPrograms runs the setWebhook calls of PHP, Python and a browser
// against the stand-in.
func TestCallsOfPrograms(t *testing.T) {
	for _, name := range []string{"php", "python3", "curl"} {
		need(t, name)
	}
	now := time.Now()
	valid := testpki.Valid(now.AddDate(0, 0, -1), now.AddDate(1, 0, 0))
	self := testpki.SelfSigned([]string{testpki.Host}, valid)
	public := testpki.PublicCA().LeafWith([]string{testpki.Host}, valid)
	// An odd path, and a secret with every kind of character.
	const target = "https://" + testpki.Host + ":8443/a;type=x'y%20z/$HOME/ü?q=1&r=%26"
	const every = "AZaz09_-"
	run := map[string]string{
		"php.set_webhook":       "cat > /run/call.php <<'EOT'\n<?php\n@BODY@\nEOT\nphp /run/call.php",
		"python.set_webhook":    "cat > /run/call.py <<'EOT'\n@BODY@\nEOT\n/usr/bin/python3 /run/call.py",
		"telegram.browser_link": "curl -sS '@LINK@'",
	}
	for _, c := range []struct {
		finding, remedy string
		upload          []byte
		chain           *testpki.Node
		file            bool
	}{
		{"cert.self_signed", "php.set_webhook", nil, self, true},
		{"cert.self_signed", "python.set_webhook", nil, self, true},
		{"upload.not_needed", "php.set_webhook", public.PEM(), public, false},
		{"upload.not_needed", "python.set_webhook", public.PEM(), public, false},
		{"upload.not_needed", "telegram.browser_link", public.PEM(), public, false},
	} {
		t.Run(c.finding+" "+c.remedy, func(t *testing.T) {
			t.Parallel()
			g := newGround(t, false)
			chain := testpki.Bundle(c.chain, testpki.PublicCA())
			if c.chain == self {
				chain = self.PEM()
			}
			g.bot.write(t, "/etc/pki-test/chain.pem", chain)
			g.bot.write(t, "/etc/pki-test/chain.key", c.chain.KeyPEM())
			g.bot.write(t, nginxSite, []byte("server { listen 8443 ssl; ssl_certificate /etc/pki-test/chain.pem; ssl_certificate_key /etc/pki-test/chain.key; "+answers+" }\n"))
			g.bot.run(t, "nginx")
			before := hook{URL: hookURL, Certificate: c.upload != nil, Connections: 77, Updates: `["message"]`}
			g.bot.webhook(t, before)
			g.bot.startAPI(t)
			flags := []string{"--secret-token", every}
			if c.upload != nil {
				flags = append(flags, "--certificate", store(t, c.upload))
			}
			broken := trial{flags: flags}.await(t, g, target, "the finding", func(r result) bool { return r.finding(c.finding) != nil })
			fix := broken.remedy(t, c.finding, c.remedy)
			g.bot.run(t, fix.Apply) // writes the file, where one is sent
			_, link, _ := strings.Cut(fix.Body, "`")
			link, _, _ = strings.Cut(link, "`")
			script := strings.NewReplacer("@BODY@", fix.Body, "@LINK@", link).Replace(run[c.remedy])
			out := g.bot.run(t, strings.NewReplacer("<TOKEN>", botToken, "<SECRET>", every).Replace(script))
			if !strings.Contains(out, "Webhook was set") {
				t.Errorf("the answer is %s", out)
			}
			sent := g.bot.sent(t)
			want := hook{URL: target, Certificate: c.file, Connections: 77, Secret: every, Updates: before.Updates}
			if c.remedy == "telegram.browser_link" {
				want.Connections = 40 // a link cannot ask first, and says so
			}
			if sent.Now != want || (sent.Certificate != "") != c.file {
				t.Errorf("the webhook is\n%+v, want\n%+v", sent.Now, want)
			}
			g.check(t, sent.URL, sent.flags(t)...).expect(t, "works", 0, nil)
			if !t.Failed() {
				proven(c.finding, c.remedy)
			}
		})
	}
}
