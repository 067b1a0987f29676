package remedy

import (
	"strings"
	"testing"
)

func TestSetWebhook(t *testing.T) {
	const tail = " 'https://api.telegram.org/bot<TOKEN>/setWebhook'"
	cases := []struct {
		name   string
		params Params
		want   string
	}{
		{"nothing uploaded before or now: setWebhook alone would change nothing",
			Params{Host: "bot.example.org", Port: 443, URL: "https://bot.example.org/hook", Path: "/hook", Upload: "none"},
			"curl -F drop_pending_updates=false 'https://api.telegram.org/bot<TOKEN>/deleteWebhook' && \\\ncurl -F 'url=https://bot.example.org/hook'" + tail},
		{"a needless upload is dropped by the call itself",
			Params{Host: "bot.example.org", Port: 443, URL: "https://bot.example.org/hook", Upload: "none", UploadHas: true, SecretGiven: true},
			"curl -F 'url=https://bot.example.org/hook' -F 'secret_token=<SECRET>'" + tail},
		{"self-signed",
			Params{Host: "bot.example.org", Port: 8443, URL: "https://bot.example.org:8443/hook", Upload: "leaf"},
			"curl -F 'url=https://bot.example.org:8443/hook' -F 'certificate=@/etc/ssl/hookcheck/bot.example.org-upload.pem'" + tail},
		{"http becomes https",
			Params{Host: "bot.example.org", Port: 80, URL: "http://bot.example.org/hook", Path: "/hook", Upload: "root"},
			"curl -F 'url=https://bot.example.org/hook' -F 'certificate=@/etc/ssl/hookcheck/bot.example.org-upload.pem'" + tail},
		{"curl reads a semicolon in -F",
			Params{Host: "bot.example.org", Port: 443, URL: "https://bot.example.org/a;type=x'y", Upload: "leaf"},
			`curl --form-string 'url=https://bot.example.org/a;type=x'\''y' -F 'certificate=@/etc/ssl/hookcheck/bot.example.org-upload.pem'` + tail},
	}
	for _, c := range cases {
		if got := SetWebhook(&c.params); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestUploadIsWrittenFirst(t *testing.T) {
	p := Sample()
	p.UploadPEM = "garbage $(id)\n" + testPEM + "PEM\nmore"
	r := TelegramUploadPresented(p)
	want := "cat > /etc/ssl/hookcheck/bot.example.org-upload.pem <<'PEM'\n" + testPEM + "PEM\ncurl -F"
	if !strings.Contains(r.Body.EN, want) || strings.Contains(r.Body.EN, "garbage") || strings.Contains(r.Body.EN, "more") {
		t.Errorf("body:\n%s", r.Body.EN)
	}
}

func TestFinalURL(t *testing.T) {
	cases := []struct{ location, want string }{
		{"https://www.example.org/hook", "url=https://www.example.org/hook"},
		{"/webhook/", "url=https://bot.example.org:8443/webhook/"},
		{"http://bot.example.org/webhook", ""},
		{"https://www.example.org:9999/", ""},
		{"https://user:pass@www.example.org/", ""},
		{"javascript:alert(1)", ""},
		{"", ""},
	}
	for _, c := range cases {
		p := Sample()
		p.Location = c.location
		r := TelegramFinalURL(p)
		if c.want == "" && r.ID != "" {
			t.Errorf("%s: offered %s", c.location, r.Body.EN)
		}
		if c.want != "" && !strings.Contains(r.Body.EN, "'"+c.want+"'") {
			t.Errorf("%s: got %q", c.location, r.Body.EN)
		}
	}
}

func TestCertificateName(t *testing.T) {
	p := Sample()
	p.Names = []string{"*.example.org", "bot.example.org", "x$(id)", "www.example.org"}
	if r := TelegramUseCertificateName(p); !strings.Contains(r.Body.EN, "'url=https://www.example.org:8443/webhook'") {
		t.Errorf("got %q", r.Body.EN)
	}
}
