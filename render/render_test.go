package render

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"hookcheck/checker/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sample is a server without its intermediate, in one language.
func sample(l string) *report.Report {
	in := func(en, ru string) string {
		if l == "ru" {
			return ru
		}
		return en
	}
	return &report.Report{
		Schema: report.Schema, ID: "11111111-2222-3333-4444-555555555555", Tool: "hookcheck 0.1.0",
		CheckedAt: time.Date(2026, 11, 24, 3, 0, 0, 0, time.UTC), DurationMS: 212, Lang: l, Kind: "check",
		Target:  report.Target{Input: "bot.example.org:8443", Host: "bot.example.org", ASCIIHost: "bot.example.org", Port: 8443},
		Verdict: report.Fails,
		Summary: in("Telegram cannot deliver updates to bot.example.org:8443: an intermediate certificate is missing.",
			"Telegram не может доставлять обновления на bot.example.org:8443: не хватает промежуточного сертификата."),
		Telegram: report.Telegram{
			PredictedError: "SSL error {error:0A000086:SSL routines::certificate verify failed}", ReportedBy: "getWebhookInfo",
			Upload: "none", SetWebhook: "curl -F url=https://bot.example.org:8443/ 'https://api.telegram.org/bot<TOKEN>/setWebhook'",
		},
		Stages: []report.Stage{
			{ID: "url", Status: report.Pass, Summary: in("Fine.", "Хорошо.")},
			{ID: "tls", Status: report.Pass, DurationMS: 20, Summary: "TLS 1.3."},
			{ID: "chain", Status: report.Fail, Summary: in("An intermediate certificate is missing.", "Не хватает промежуточного сертификата.")},
			{ID: "http", Status: report.Skip, Summary: in("Not sent | *yet*.", "Не отправлено | *ещё*.")},
		},
		Findings:  findings(in),
		Addresses: []report.Address{{IP: "198.51.100.7", TCP: "open", SameAsFirst: true}, {IP: "198.51.100.8", TCP: "refused"}},
		Protocols: map[string]string{"tls1.0": "refused", "tls1.1": "refused", "tls1.2": "accepted", "tls1.3": "accepted"},
		Handshake: report.Handshake{Version: "tls1.3", Cipher: "TLS_AES_256_GCM_SHA384", Group: "x25519", SNISent: true},
		Chain: report.Chain{
			Presented: []report.Certificate{{
				Subject: "CN = bot.example.org", Issuer: "CN = CA\x1b[31m 1", Key: "RSA 2048", Signature: "SHA256-RSA",
				NotBefore: time.Date(2026, 10, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2026, 12, 30, 0, 0, 0, 0, time.UTC),
				SHA256: strings.Repeat("ab", 32), Names: []string{"bot.example.org"}, Role: "leaf",
			}},
			Path: []string{}, Missing: []report.Missing{{Subject: "CN = CA 1", AIA: []string{"http://ca.example.net/1.der"}}},
			Root: report.Root{Subject: "CN = Root", SHA256: "cc", Lists: []string{"mozilla"}},
		},
		Lint: []report.Lint{}, Hints: []report.Hint{{Platform: "nginx", Sign: "Server: nginx/1.24.0"}},
	}
}

func findings(in func(en, ru string) string) []report.Finding {
	return []report.Finding{
		{
			ID: "chain.intermediate_missing", Severity: "blocker", Stage: "chain", Basis: "documented", Vantage: true,
			Title: in("An intermediate certificate is missing", "Не хватает промежуточного сертификата"),
			Detail: in("The server sends CN = bot.example.org alone. Its issuer <CN = CA 1> is not in Telegram's list, and Telegram does not fetch it @somebody.",
				"Сервер отдаёт только CN = bot.example.org. Издателя <CN = CA 1> нет в списке Telegram, а сам Telegram его не скачивает @somebody."),
			Evidence: json.RawMessage(`{"missing":"CN = CA 1"}`),
			Sources:  []report.Source{{Name: "guide", URL: "https://core.telegram.org/bots/webhooks"}},
			Remedies: []report.Remedy{
				{
					ID: "nginx.fullchain", Title: in("Serve the whole chain", "Отдавайте цепочку целиком"), Platform: "nginx", Kind: "config",
					Where: "/etc/nginx/sites-enabled/bot", Body: "ssl_certificate /etc/ssl/" + strings.Repeat("long-", 20) + "fullchain.pem;\n\nssl_certificate_key /etc/ssl/key.pem;",
					Apply: "nginx -t && systemctl reload nginx", Undo: "cp bot.bak bot",
				},
				{ID: "other.note", Title: in("Ask", "Спросите"), Platform: "other", Kind: "note", Body: in("Ask the CA.", "Спросите удостоверяющий центр.")},
			},
		},
		{
			ID: "cert.wildcard", Severity: "warning", Stage: "certificate", Basis: "documented",
			Title: in("Matched by a wildcard", "Подошло только по маске"), Detail: "*.example.org",
			Remedies: []report.Remedy{{ID: "certbot.reissue", Title: in("Reissue", "Перевыпустите"), Platform: "certbot", Kind: "command", Body: "certbot"}},
		},
		{ID: "tls.old_versions_enabled", Severity: "notice", Stage: "tls", Title: in("TLS 1.0 is on", "Включён TLS 1.0"), Detail: "tls1.0"},
	}
}

func TestGolden(t *testing.T) {
	for _, l := range []string{"en", "ru"} {
		r := sample(l)
		for name, write := range map[string]func(io.Writer) error{
			"text":     func(w io.Writer) error { return Text(w, r, Options{}) },
			"verbose":  func(w io.Writer) error { return Text(w, r, Options{Verbose: true}) },
			"quiet":    func(w io.Writer) error { return Text(w, r, Options{Quiet: true}) },
			"color":    func(w io.Writer) error { return Text(w, r, Options{Color: true, Width: 60}) },
			"markdown": func(w io.Writer) error { return Markdown(w, r) },
			"json":     func(w io.Writer) error { return JSON(w, r) },
		} {
			t.Run(l+"/"+name, func(t *testing.T) {
				var b bytes.Buffer
				if err := write(&b); err != nil {
					t.Fatal(err)
				}
				golden(t, name+"."+l+".golden", b.Bytes())
			})
		}
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; got\n%s", path, got)
	}
}

// TestProseIsWrappedAndCodeIsNot: a command that was broken over two lines can
// no longer be pasted.
func TestProseIsWrappedAndCodeIsNot(t *testing.T) {
	var b bytes.Buffer
	if err := Text(&b, sample("ru"), Options{Width: 50}); err != nil {
		t.Fatal(err)
	}
	code := false
	for _, l := range strings.Split(b.String(), "\n") {
		if strings.Contains(l, "fullchain.pem;") {
			code = true
			continue
		}
		if n := utf8.RuneCountInString(l); n > 50 && !strings.HasPrefix(strings.TrimLeft(l, " "), "SSL error") {
			t.Errorf("%d columns: %s", n, l)
		}
	}
	if !code {
		t.Error("the line of code was broken")
	}
}

// TestHostileValuesCannotSteer: names in a certificate may hold anything.
func TestHostileValuesCannotSteer(t *testing.T) {
	r := sample("en")
	evil := "a\x1b]0;x\x07\u202eb\r\nc```\n[x](javascript:y)<img>"
	fenced := regexp.MustCompile("(?s)````.*?````|`[^`\n]*`")
	r.Summary, r.Target.Host, r.HTTP = evil, evil, report.HTTP{Status: 302, Location: evil, Reason: evil}
	r.Findings[0].Title, r.Findings[0].Detail, r.Findings[0].Remedies[0].Body = evil, evil, evil
	r.Addresses[0].IP, r.Chain.Presented[0].Names, r.Hints[0].Sign = evil, []string{evil}, evil
	for name, write := range map[string]func(io.Writer) error{
		"text":     func(w io.Writer) error { return Text(w, r, Options{Verbose: true}) },
		"quiet":    func(w io.Writer) error { return Text(w, r, Options{Quiet: true}) },
		"markdown": func(w io.Writer) error { return Markdown(w, r) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		if i := strings.IndexAny(b.String(), "\x1b\x07\r\u202e"); i >= 0 {
			t.Errorf("%s: control character at byte %d", name, i)
		}
		if name == "quiet" && strings.Count(b.String(), "\n") != 1 {
			t.Errorf("quiet takes more than a line: %q", b.String())
		}
		if name == "markdown" && strings.Contains(fenced.ReplaceAllString(b.String(), ""), "[x](javascript") {
			t.Errorf("a link got through:\n%s", b.String())
		}
	}
}
