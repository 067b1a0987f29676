package render

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"hookcheck/checker/explain"
	"hookcheck/internal/lang"
	"hookcheck/internal/langtest"
)

var pasted = map[string]string{
	"info": `{"url":"https://bot.example.org/hook","has_custom_certificate":true,"pending_update_count":21,"last_error_date":1796000000,` +
		`"last_error_message":"SSL error {error:0A000086:SSL routines::certificate verify failed}","max_connections":1,"ip_address":"198.51.100.7"}`,
	"green":   `{"url":"https://bot.example.org/hook","has_custom_certificate":false,"pending_update_count":0}`,
	"log":     "http: TLS handshake error from 91.108.6.97:42000: remote error: tls: bad certificate",
	"unknown": "nothing `of` [this](http://x) *is* <b>known</b> @all",
	"markup":  "Connection refused [x](http://evil.example) `` @all \x1b[31m",
}

// TestExplainForms: each form holds what matters, cannot steer a terminal or
// become markup, and is Russian where it should be.
func TestExplainForms(t *testing.T) {
	for name, text := range pasted {
		a := explain.Decode(text, explain.Options{Now: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)})
		for _, l := range lang.All() {
			d := a.In(l)
			var plain, marked bytes.Buffer
			if err := ExplainText(&plain, d, Options{Width: 60}); err != nil {
				t.Fatal(err)
			}
			if err := ExplainMarkdown(&marked, d); err != nil {
				t.Fatal(err)
			}
			for form, out := range map[string]string{"text": plain.String(), "markdown": marked.String()} {
				for _, m := range d.Meanings {
					if !strings.Contains(out, strings.Fields(m.Title)[0]) || len(m.Findings) > 0 && !strings.Contains(out, m.Findings[0].ID) {
						t.Errorf("%s %s %s: %s is missing in\n%s", name, l, form, m.ID, out)
					}
				}
				if strings.ContainsAny(out, "\x1b\x00") {
					t.Errorf("%s %s %s: a control character", name, l, form)
				}
				if l == lang.RU && !langtest.Cyrillic(out) {
					t.Errorf("%s %s is not Russian:\n%s", name, form, out)
				}
			}
			for line := range strings.Lines(plain.String()) {
				if n := len([]rune(line)); n > 61 && strings.Contains(strings.TrimSpace(line), " ") && !strings.HasPrefix(line, "  ") {
					t.Errorf("%s %s: a line of %d: %q", name, l, n, line)
				}
			}
			if strings.Contains(marked.String(), "\n[x](") || strings.Contains(marked.String(), "<b>") {
				t.Errorf("%s %s: markup came through:\n%s", name, l, marked.String())
			}
		}
	}
}

// TestExplainColor: colours only where they are asked for.
func TestExplainColor(t *testing.T) {
	d := explain.Decode(pasted["info"], explain.Options{Now: time.Now()}).In(lang.EN)
	for _, color := range []bool{false, true} {
		var b bytes.Buffer
		if err := ExplainText(&b, d, Options{Color: color}); err != nil {
			t.Fatal(err)
		}
		if got := strings.Contains(b.String(), "\x1b["); got != color {
			t.Errorf("colour %v gives %v", color, got)
		}
	}
}
