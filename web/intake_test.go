package web_test

import (
	"context"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"html"
	"strings"
	"testing"

	"hookcheck/checker"
	"hookcheck/internal/lab"
	"hookcheck/internal/testpki"
	"hookcheck/web"
)

// recorder keeps what a check was asked for and makes none.
type recorder struct {
	web.Checker
	asked []checker.CheckRequest
}

func (r *recorder) Check(_ context.Context, req checker.CheckRequest) (*checker.Result, error) {
	r.asked = append(r.asked, req)
	return nil, errors.New("not in this test")
}

const pastedToken = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"

// TestBoxChecks: what the one box finds to check in whatever is pasted, and
// that it sends a path on only where it is whole.
func TestBoxChecks(t *testing.T) {
	const api, hook = "https://api.telegram.org/bot" + pastedToken, "https://bot.example.org:8443/hook"
	for _, tc := range []struct {
		text, host, path string
		port             int
		post             bool // a test update is not ruled out
	}{
		{"bot.example.org", "bot.example.org", "", 443, true},
		{" \t\"bot.example.org:8443\",\r\n", "bot.example.org", "", 8443, true},
		{"<" + hook + ">", "bot.example.org", "/hook", 8443, true},
		{"URL: " + hook, "bot.example.org", "/hook", 8443, true},
		{"it is this one:\n\n  " + hook + "\n\nplease look", "bot.example.org", "/hook", 8443, true},
		{"curl -F 'url=https://bot.example.org/bot" + pastedToken + "' " + api + "/setWebhook", "bot.example.org", "/bot" + pastedToken, 443, true},
		{api + "/setWebhook?url=https%3A%2F%2Fbot.example.org%2Fhook%3Fa%3D1", "bot.example.org", "/hook?a=1", 443, true},
		{"await bot.set_webhook(f\"https://bot.example.org/{TOKEN}\")", "bot.example.org", "", 443, false},
		{"https://bot.example.org/bot<TOKEN>/x", "bot.example.org", "", 443, false},
		{"http://bot.example.org/<TOKEN>", "bot.example.org", "/", 80, false},
		{"a.example.org\nb.example.org:88", "a.example.org", "", 443, true},
	} {
		rec := &recorder{}
		s := newSite(t, nil, func(o *web.Options) { o.Checker = rec })
		w := s.postForm("/checks", field{key: "target", value: tc.text})
		if len(rec.asked) != 1 {
			t.Errorf("%q: %d checks, status %d", tc.text, len(rec.asked), w.Code)
			continue
		}
		got := rec.asked[0]
		path := got.Target.Secret.Path
		if got.Target.ASCIIHost != tc.host || got.Target.Port != tc.port || path != tc.path || (got.Post == nil) != tc.post {
			t.Errorf("%q: host %s, port %d, path %q, post %v", tc.text, got.Target.ASCIIHost, got.Target.Port, path, got.Post)
		}
	}
}

// TestBoxExplains: what is no address is explained, and nothing is dialled,
// least of all Telegram with somebody's token.
func TestBoxExplains(t *testing.T) {
	for text, want := range map[string]string{
		"ERR_SSL_TLSV1_ALERT_UNKNOWN_CA": "unknown_ca", "error:0A000086": "certificate", "Unauthorized": "bot token is wrong",
		"https://api.telegram.org/bot" + pastedToken + "/getWebhookInfo":          "not a webhook",
		"curl https://api.telegram.org/bot" + pastedToken + "/getMe":              "not a webhook",
		"$ curl … /setWebhook\n{\"ok\":true,\"description\":\"Webhook was set\"}": "is registered",
		"https://bot.example.org/hook says: Read timeout expired":                 "https://bot.example.org/hook",
	} {
		rec := &recorder{}
		s := newSite(t, nil, func(o *web.Options) { o.Checker = rec })
		w := s.postForm("/checks", field{key: "target", value: text})
		if w.Code != 200 || len(rec.asked) != 0 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%q: status %d, %d checks, %q not said", text, w.Code, len(rec.asked), want)
		}
		if strings.Contains(w.Body.String(), "AAHdqTcv") {
			t.Errorf("%q: the token comes back", text)
		}
	}
}

// TestBoxTakesCertificates: PEM among other text, and bare base64.
func TestBoxTakesCertificates(t *testing.T) {
	leaf := testpki.PublicCA().Leaf(testpki.Host).PEM()
	block, _ := pem.Decode(leaf)
	for _, text := range []string{
		string(leaf), "here it is:\n" + string(leaf) + "thanks", strings.ReplaceAll(string(leaf), "\n", "\r\n"),
		base64.StdEncoding.EncodeToString(block.Bytes),
	} {
		w := newSite(t, nil).postForm("/checks", field{key: "target", value: text})
		if w.Code != 200 || !strings.Contains(w.Body.String(), "Taken for certificate files") || !strings.Contains(w.Body.String(), testpki.Host) {
			t.Errorf("%.40q: status %d", text, w.Code)
		}
	}
}

// TestBoxEchoesNoKey: a private key in any form that can be pasted does not come
// back, whatever stands around it.
func TestBoxEchoesNoKey(t *testing.T) {
	key := string(testpki.PublicCA().Leaf(testpki.Host).KeyPEM())
	block, _ := pem.Decode([]byte(key))
	secret := key[60:90]
	for _, text := range []string{
		key, "my key\n" + key + "and an error: Connection refused", strings.ReplaceAll(key, "\n", " "), base64.StdEncoding.EncodeToString(block.Bytes), key[:90],
		"PuTTY-User-Key-File-3: ecdsa-sha2-nistp256\nPrivate-Lines: 1\n" + secret + "\nSSL error {error:0A000086:SSL routines::certificate verify failed}",
	} {
		for _, path := range []string{"/checks", "/explain", "/pem"} {
			w := newSite(t, nil).postForm(path, field{key: "target", value: text}, field{key: "text", value: text})
			if strings.Contains(w.Body.String(), secret) || w.Code >= 500 {
				t.Errorf("%s shows the key in %.40q: %d", path, text, w.Code)
			}
		}
	}
}

// TestBoxKeepsWhatWasTyped: a mistake leaves the rest of the form as it was,
// but for what is secret.
func TestBoxKeepsWhatWasTyped(t *testing.T) {
	s := newSite(t, nil)
	long := strings.Repeat("no idea at all ", 500)
	w := s.postForm("/checks", field{key: "target", value: long + pastedToken + " <b>"}, field{key: "upload", value: "unknown"}, field{key: "secret_token", value: "s3cret-s3cret"})
	body := w.Body.String()
	if w.Code != 422 || !strings.Contains(body, long+"&lt;TOKEN&gt; &lt;b&gt;") || !strings.Contains(body, `value="unknown" checked`) {
		t.Errorf("status %d", w.Code)
	}
	if strings.Contains(body, "AAHdqTcv") || strings.Contains(body, "s3cret") {
		t.Error("a secret comes back")
	}
	form, kind := form(field{key: "target", value: "no idea"})
	w = s.post("/ru/checks", kind, form, "Accept", "text/event-stream")
	if w.Code != 422 || w.Header().Get("Content-Type") != "application/problem+json" || !strings.Contains(w.Body.String(), "Это не адрес") {
		t.Errorf("for the script: %d %s", w.Code, w.Body)
	}
	if strings.Contains(w.Body.String(), "Unprocessable") {
		t.Errorf("the script of a Russian page is told in English: %s", w.Body)
	}
	w = s.postForm("/checks", field{key: "target", value: "bot.example.org"}, field{key: "secret_token", value: "a b"})
	if body = w.Body.String(); w.Code != 422 || !strings.Contains(body, ">bot.example.org<") || !strings.Contains(body, "<details open>") {
		t.Errorf("a mistaken secret_token: status %d", w.Code)
	}
}

// TestBoxKeepsTheUpload: the file of the last check need not be chosen again,
// unless it held a key.
func TestBoxKeepsTheUpload(t *testing.T) {
	self := testpki.SelfSigned([]string{"self.example.org"})
	s := newSite(t, map[string]string{"self.example.org": lab.TLS(t, serverConfig(self, self), lab.OK)})
	check := func(fields ...field) string {
		all := append(fields, field{key: "target", value: "https://self.example.org/hook"}, field{key: "upload", value: "yes"})
		return s.postForm("/checks", all...).Body.String()
	}
	first := check(field{"certificate", "bot.pem", string(self.PEM())})
	_, id, ok := strings.Cut(first, `name="again" value="`)
	if !ok || !strings.Contains(first, "bot.pem") || !strings.Contains(first, `class="verdict works"`) {
		t.Fatalf("the file is not offered again: %.300s", first)
	}
	id, _, _ = strings.Cut(id, `"`)
	if again := check(field{key: "again", value: id}); !strings.Contains(again, `class="verdict works"`) || !strings.Contains(again, `name="again"`) {
		t.Error("the kept file is not used")
	}
	if none := check(field{key: "again", value: "x"}); !strings.Contains(none, "No file was chosen") {
		t.Error("a forgotten file is not asked for")
	}
	leaked := check(field{"certificate", "both.pem", string(self.PEM()) + string(self.KeyPEM())})
	if strings.Contains(leaked, `name="again"`) {
		t.Error("a file with a key is kept")
	}
}

// TestFilesAgain: a container with a password leads to the page that takes
// one; a mistake there keeps what was pasted.
func TestFilesAgain(t *testing.T) {
	s := newSite(t, nil)
	leaf := string(testpki.PublicCA().Leaf(testpki.Host).PEM())
	body := s.postForm("/ru/checks", field{"file", "x.p12", "\x30\x82\x01"}, field{key: "target"}).Body.String()
	if !strings.Contains(body, `href="/ru/pem"`) || strings.Contains(body, `type="submit" form="check"`) {
		t.Error("files are to be given again where files are taken")
	}
	w := s.postForm("/pem", field{key: "text", value: leaf}, field{key: "hostname", value: "a..b"})
	if w.Code != 422 || !strings.Contains(w.Body.String(), leaf[30:90]) {
		t.Errorf("status %d, or the pasted text is gone", w.Code)
	}
	unknown := s.postForm("/ru/checks", field{key: "target", value: "localhost"}, field{key: "upload", value: "unknown"}).Body.String()
	if !strings.Contains(unknown, `href="/ru/explain">`) {
		t.Error("no link to where getWebhookInfo is read")
	}
}

// TestBoxSaysWhatIsMissing: what cannot be a webhook's address is told for what
// it is, and no check is made.
func TestBoxSaysWhatIsMissing(t *testing.T) {
	const variable = "A variable stands where the address belongs"
	for text, want := range map[string]string{
		"@my_bot":               "This names a bot",
		"MyShopBot":             "This names a bot",
		"https://t.me/my_bot":   "This names a bot",
		" telegram.me/my_bot\n": "This names a bot",
		`await bot.set_webhook(f"https://{HOST}/hook")`: variable,
		"bot.set_webhook(WEBHOOK_URL)":                  variable,
		"$bot->setWebhook(['url' => $url]);":            variable,
		pastedToken:                                     "This is a bot token",
		`curl -F "url=https://$DOMAIN/hook" https://api.telegram.org/bot$TOKEN/setWebhook`: variable,
		"good.example.org:0": "Port: it is 0",
	} {
		rec := &recorder{}
		s := newSite(t, nil, func(o *web.Options) { o.Checker = rec })
		w := s.postForm("/checks", field{key: "target", value: text})
		if body := html.UnescapeString(w.Body.String()); w.Code != 422 || !strings.Contains(body, want) || len(rec.asked) > 0 {
			t.Errorf("%q: %d, %d checks; expected %q", text, w.Code, len(rec.asked), want)
		}
	}
}
