package proving

import (
	"crypto/tls"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hookcheck/internal/testpki"
)

// apiVariable makes the test's own program a stand-in for api.telegram.org.
const apiVariable = "HOOKCHECK_PROVING_API"

const (
	botToken = "123456:ABC-def"
	secret   = "Secret_1-x"
	apiLog   = "/run/api.json"
)

// call is one setWebhook as it arrived.
type call struct {
	Method      string
	URL         string
	Secret      string
	Address     string
	Certificate string // PEM, of a file part alone
	Fault       string
}

// serveAPI checks what setWebhook is sent as Telegram's server does, and keeps
// each call on a line of apiLog.
func serveAPI(addr string) {
	now := time.Now()
	leaf := testpki.PublicCA().LeafWith([]string{"api.telegram.org"}, testpki.Valid(now.AddDate(0, 0, -1), now.AddDate(0, 1, 0)))
	http.HandleFunc("/bot"+botToken+"/{method}", func(w http.ResponseWriter, r *http.Request) {
		c := read(r)
		line, _ := json.Marshal(c)
		log, err := os.OpenFile(apiLog, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err == nil {
			fmt.Fprintf(log, "%s\n", line)
			log.Close()
		}
		fmt.Fprintf(w, `{"ok":%t,"result":true,"description":%q}`, c.Fault == "", c.Fault)
	})
	s := http.Server{Addr: addr, TLSConfig: &tls.Config{Certificates: []tls.Certificate{testpki.TLSCertificate(leaf, leaf, testpki.PublicCA())}}}
	fmt.Fprintln(os.Stderr, s.ListenAndServeTLS("", ""))
	os.Exit(1)
}

func read(r *http.Request) call {
	c := call{Method: r.PathValue("method")}
	if err := r.ParseMultipartForm(4 << 20); err != nil && err != http.ErrNotMultipart {
		c.Fault = err.Error()
		return c
	}
	c.URL, c.Secret, c.Address = r.FormValue("url"), r.FormValue("secret_token"), r.FormValue("ip_address")
	if r.MultipartForm == nil {
		return c
	}
	if len(r.MultipartForm.Value["certificate"]) > 0 {
		c.Fault = "certificate is a string"
	}
	for _, part := range r.MultipartForm.File["certificate"] {
		f, err := part.Open()
		if err != nil {
			c.Fault = err.Error()
			return c
		}
		data, _ := io.ReadAll(f)
		f.Close()
		c.Certificate = string(data)
		if block, _ := pem.Decode(data); block == nil || block.Type != "CERTIFICATE" || strings.Contains(c.Certificate, "PRIVATE KEY") {
			c.Fault = "no PEM certificate, or a key with it"
		}
	}
	return c
}

// startAPI leads api.telegram.org to the stand-in on this machine.
func (h *host) startAPI(t *testing.T) {
	t.Helper()
	h.write(t, "/etc/hosts", []byte("127.0.0.1 localhost api.telegram.org\n"))
	bundle := "/etc/ssl/certs/ca-certificates.crt"
	h.write(t, bundle, testpki.PublicRoot().PEM())
	h.startSelf(t, apiVariable, "127.0.0.1:443")
}

// calls are those since the start.
func (h *host) calls(t *testing.T) []call {
	t.Helper()
	data, err := os.ReadFile(h.path(apiLog))
	if err != nil {
		t.Fatal(err)
	}
	var out []call
	for line := range strings.Lines(string(data)) {
		var c call
		if err := json.Unmarshal([]byte(line), &c); err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

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
		{name: "another name", finding: "cert.name_mismatch", remedy: "telegram.use_certificate_name", chain: testpki.Bundle(www, ca), key: www.KeyPEM(), url: "https://www.example.org:8443/webhook"},
		{name: "secret asked for", finding: "http.unauthorized", remedy: "telegram.send_secret", chain: full, key: public.KeyPEM(),
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
	g.bot.write(t, nginxSite, []byte("server { listen 8443 ssl; ssl_certificate /etc/pki-test/chain.pem; ssl_certificate_key /etc/pki-test/chain.key; "+w.answer+" }\n"))
	g.bot.run(t, "nginx")
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
	calls := g.bot.calls(t)
	var sent call
	for _, c := range calls {
		if c.Fault != "" {
			t.Errorf("%s: %s", c.Method, c.Fault)
		}
		if c.Method == "setWebhook" {
			sent = c
		}
	}
	if sent.URL != w.url || (sent.Certificate != "") != w.file || w.secret && sent.Secret != secret {
		t.Errorf("sent %+v", sent)
	}
	if last := calls[len(calls)-1]; last.Method != "getWebhookInfo" {
		t.Errorf("the last call is %s", last.Method)
	}
	flags = nil
	if sent.Certificate != "" {
		flags = append(flags, "--certificate", store(t, []byte(sent.Certificate)))
	}
	if sent.Secret != "" {
		flags = append(flags, "--secret-token", sent.Secret)
	}
	g.check(t, sent.URL, flags...).expect(t, "works", 0, nil)
	if !t.Failed() {
		proven(w.finding, w.remedy)
	}
}

func store(t *testing.T, data []byte) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "upload")
	if err := os.WriteFile(name, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}
