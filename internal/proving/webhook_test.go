package proving

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hookcheck/internal/testpki"
)

// webhook is one set-up that a setWebhook call mends.
type webhook struct {
	name, finding, remedy string
	chain, key            []byte
	upload                []byte // what was uploaded before
	target                string
	answer                string
	secret                bool
	url                   string // that the call must set; target where empty
	file                  bool   // a file must be sent
	sets                  func(*hook)
}

func webhooks() []webhook {
	now := time.Now()
	valid := testpki.Valid(now.AddDate(0, 0, -1), now.AddDate(1, 0, 0))
	self := testpki.SelfSigned([]string{testpki.Host}, valid)
	old := testpki.SelfSigned([]string{testpki.Host}, valid, testpki.WithKey(testpki.ECKey("before the renewal")))
	root := testpki.PrivateRoot()
	private := root.LeafWith([]string{testpki.Host}, valid)
	ca := testpki.PublicCA()
	public := ca.LeafWith([]string{testpki.Host}, valid)
	www := ca.LeafWith([]string{"www.example.org"}, valid)
	full := testpki.Bundle(public, ca)
	return []webhook{
		{name: "self-signed", finding: "cert.self_signed", remedy: "telegram.upload_presented", chain: self.PEM(), key: self.KeyPEM(), file: true},
		{name: "self-signed, with a secret", finding: "cert.self_signed", remedy: "telegram.upload_presented", chain: self.PEM(), key: self.KeyPEM(), file: true, secret: true},
		{name: "renewed", finding: "upload.different_certificate", remedy: "telegram.upload_presented", chain: self.PEM(), key: self.KeyPEM(), upload: old.PEM(), file: true},
		{name: "private root", finding: "chain.untrusted_root", remedy: "telegram.upload_root", chain: testpki.Bundle(private, root), key: private.KeyPEM(), file: true},
		{name: "leaf uploaded", finding: "upload.not_an_anchor", remedy: "telegram.upload_root", chain: testpki.Bundle(private, root), key: private.KeyPEM(), upload: private.PEM(), file: true},
		{name: "needless upload", finding: "upload.not_needed", remedy: "telegram.clear_certificate", chain: full, key: public.KeyPEM(), upload: public.PEM(), secret: true},
		{name: "DER uploaded", finding: "upload.not_pem", remedy: "telegram.upload_needed", chain: self.PEM(), key: self.KeyPEM(), upload: testpki.DERs(self)[0], file: true},
		{name: "empty upload", finding: "upload.empty", remedy: "telegram.upload_needed", chain: self.PEM(), key: self.KeyPEM(), upload: []byte{}, file: true},
		{name: "redirect", finding: "http.redirect", remedy: "telegram.final_url", chain: full, key: public.KeyPEM(), answer: "location = /hook { return 308 /webhook; } location / { return 200; }",
			target: "https://" + testpki.Host + ":8443/hook", url: hookURL},
		{name: "http", finding: "url.not_https", remedy: "telegram.https_url", chain: full, key: public.KeyPEM(), target: "http://" + testpki.Host + ":8443/webhook", url: "https://" + testpki.Host + "/webhook"},
		{name: "an odd port", finding: "url.port_unsupported", remedy: "telegram.supported_port", chain: full, key: public.KeyPEM(), target: "https://" + testpki.Host + ":5000/webhook", url: "https://" + testpki.Host + "/webhook"},
		{name: "the token in the path", finding: "url.token_in_path", remedy: "telegram.secret_token", chain: full, key: public.KeyPEM(), sets: func(h *hook) { h.Secret = secret },
			target: "https://" + testpki.Host + ":8443/123456789:AAEhBOweik6ad9r_QXMENQjcrGbqCr4K-bc", url: hookURL},
		{name: "another name", finding: "cert.name_mismatch", remedy: "telegram.use_certificate_name", chain: testpki.Bundle(www, ca), key: www.KeyPEM(), url: "https://www.example.org:8443/webhook"},
		{name: "secret asked for", finding: "http.unauthorized", remedy: "telegram.send_secret", chain: full, key: public.KeyPEM(), sets: func(h *hook) { h.Secret = secret },
			answer: "if ($http_x_telegram_bot_api_secret_token != " + secret + ") { return 401; } location / { return 200; }"},
	}
}

// TestSetWebhookCalls runs the calls against a server that checks them, and
// then the check again with what was sent.
func TestSetWebhookCalls(t *testing.T) {
	need(t, "curl")
	for _, w := range webhooks() {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			w.prove(t, newGround(t, false))
		})
	}
}

func (w webhook) prove(t *testing.T, g ground) {
	t.Helper()
	if w.target == "" {
		w.target = hookURL
	}
	if w.url == "" {
		w.url = w.target
	}
	if w.answer == "" {
		w.answer = answers
	}
	g.bot.write(t, "/etc/pki-test/chain.pem", w.chain)
	g.bot.write(t, "/etc/pki-test/chain.key", w.key)
	g.bot.write(t, nginxSite, []byte("server { listen 8443 ssl; listen "+botIP+":443 ssl; ssl_certificate /etc/pki-test/chain.pem; ssl_certificate_key /etc/pki-test/chain.key; "+w.answer+" }\n"))
	g.bot.run(t, "nginx")
	// What the user set besides must stay. The secret is told to the check.
	before := hook{URL: w.target, Certificate: len(w.upload) > 0, Connections: 77, Address: botIP, Updates: `["message","chat_member"]`}
	if w.secret {
		before.Secret = secret
	}
	g.bot.webhook(t, before)
	if w.sets != nil {
		w.sets(&before)
	}
	g.bot.startAPI(t)
	var flags []string
	if w.upload != nil {
		flags = append(flags, "--certificate", store(t, w.upload))
	}
	if w.secret {
		flags = append(flags, "--secret-token", secret)
	}
	broken := trial{flags: flags}.await(t, g, w.target, "the finding", func(r result) bool { return r.finding(w.finding) != nil })
	fix := broken.remedy(t, w.finding, w.remedy)
	fill := strings.NewReplacer("<TOKEN>", botToken, "<SECRET>", secret)
	g.bot.run(t, fill.Replace(fix.Body))
	g.bot.run(t, fill.Replace(fix.Apply))
	sent := g.bot.sent(t)
	if (sent.Certificate != "") != w.file {
		t.Errorf("a file was sent: %t", sent.Certificate != "")
	}
	want := before
	want.URL, want.Certificate = w.url, w.file
	if sent.Now != want {
		t.Errorf("the webhook is\n%+v, want\n%+v", sent.Now, want)
	}
	g.check(t, sent.URL, sent.flags(t)...).expect(t, "works", 0, nil)
	if !t.Failed() {
		proven(w.finding, w.remedy)
	}
}

// sent is the last setWebhook; no call may be at fault.
func (h *host) sent(t *testing.T) call {
	t.Helper()
	var last call
	for _, c := range h.calls(t) {
		if c.Fault != "" || strings.Contains(c.Answer, "already") {
			t.Errorf("%s: %s", c.Method, c.Answer)
		}
		if strings.EqualFold(c.Method, "setWebhook") {
			last = c
		}
	}
	return last
}

// flags tell a check of what was sent.
func (c call) flags(t *testing.T) []string {
	t.Helper()
	var flags []string
	if c.Certificate != "" {
		flags = append(flags, "--certificate", store(t, []byte(c.Certificate)))
	}
	if c.Now.Secret != "" {
		flags = append(flags, "--secret-token", c.Now.Secret)
	}
	return flags
}

func store(t *testing.T, data []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "upload")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}
