package explain

import (
	"encoding/json"
	"regexp"
	"testing"
	"unicode/utf8"

	"hookcheck/internal/lang"
)

var tokenShape = regexp.MustCompile(`[0-9]{6,12}:[A-Za-z0-9_-]{30,}`)

// FuzzDecode: whatever is pasted, there is an answer that can be shown, and no
// bot token in it.
func FuzzDecode(f *testing.F) {
	for _, s := range []string{
		"", result, `{"ok":true,"result":` + result + `}`, "SSL error {337047686, error:1416F086}", "{{{{", "\xff\xfe",
		"remote error: tls: unknown certificate authority 91.108.6.97", `"POST / HTTP/1.1" 404 1`,
		"url=x has_custom_certificate=True last_error_date=datetime.datetime(99999, 99, 99, 99, 99)",
		"123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1 Connection refused", `{"description":"\u0031","ok":0}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a := Decode(text, Options{Now: now})
		if !a.Recognised() && (a.Hint.EN == "" || len(a.Meanings) > 0) {
			t.Errorf("%s without a hint, or with meanings", a.Kind)
		}
		if a.Recognised() && a.Webhook == nil && len(a.Meanings) == 0 {
			t.Errorf("%s means nothing", a.Kind)
		}
		for _, l := range lang.All() {
			data, err := json.Marshal(a.In(l))
			if err != nil {
				t.Fatal(err)
			}
			if !utf8.Valid(data) {
				t.Error("not UTF-8")
			}
			if m := tokenShape.Find(data); m != nil {
				t.Errorf("a token: %s", m)
			}
		}
	})
}
