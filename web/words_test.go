package web

import (
	"strings"
	"testing"
	"unicode/utf8"

	"hookcheck/checker/rules"
	"hookcheck/internal/lang"
	"hookcheck/web/templates"
)

// TestSourcesAreNamed: a source is called what it is, in either language.
func TestSourcesAreNamed(t *testing.T) {
	for _, l := range []lang.Lang{lang.EN, lang.RU} {
		m := templates.For(l)
		for _, r := range rules.All() {
			for _, src := range r.Sources {
				if text := sourceText(m, src.Name, src.URL); text == src.Name && text != "zlint" {
					t.Errorf("%s: the source %q has no name", r.ID, src.Name)
				}
			}
		}
	}
	m := templates.For(lang.EN)
	for url, want := range map[string]string{
		"https://www.rfc-editor.org/rfc/rfc5280#section-6.1": "RFC 5280, 6.1",
		"https://www.rfc-editor.org/rfc/rfc8446":             "RFC 8446",
	} {
		if got := sourceText(m, "rfc", url); got != want {
			t.Errorf("%s is called %q, not %q", url, got, want)
		}
	}
}

func TestHeadline(t *testing.T) {
	for title, want := range map[string][2]string{
		"fullchain.pem, and not cert.pem":                                          {"fullchain.pem, and not cert.pem", ""},
		"the whole chain in `tls`, leaf first (otherwise it stops); the key stays": {"the whole chain in `tls`, leaf first", "(otherwise it stops); the key stays"},
		"a keystore with the chain; then restart the program":                      {"a keystore with the chain", "Then restart the program"},
		"the line `a (b); c` goes away":                                            {"the line `a (b); c` goes away", ""},
		"Да (нет): всё остальное":                                                  {"Да (нет): всё остальное", ""},
		"хранилище ключей; затем перезапустите":                                    {"хранилище ключей", "Затем перезапустите"},
	} {
		if head, rest := headline(title); head != want[0] || rest != want[1] {
			t.Errorf("%q is %q and %q", title, head, rest)
		}
	}
}

func TestOwnSentence(t *testing.T) {
	for aside, want := range map[string]string{
		"(otherwise it stops)":  "Otherwise it stops.",
		"(иначе не загрузит)":   "Иначе не загрузит.",
		"(one) and (two)":       "(one) and (two)",
		"Then restart":          "Then restart",
		"(otherwise); the rest": "(otherwise); the rest",
		"":                      "",
	} {
		if got := ownSentence(aside); got != want {
			t.Errorf("%q becomes %q, not %q", aside, got, want)
		}
	}
}

// TestFileNames: a name is shown as it was chosen, as far as it is fit to be.
func TestFileNames(t *testing.T) {
	for name, want := range map[string]string{
		"сертификат.pem":       "сертификат.pem",
		"a %22b%22.pem":        `a "b".pem`,
		"a%0D%0Ab\r\n\x00.pem": "ab.pem",
		"a\u202egnp.pem":       "agnp.pem",
		"100%.pem":             "100%.pem",
	} {
		if got := cleanName(name); got != want {
			t.Errorf("%q is shown as %q, not %q", name, got, want)
		}
	}
	for n := range 4 {
		got := cleanName(strings.Repeat("a", n) + strings.Repeat("я", 100) + strings.Repeat("证", 100))
		if !utf8.ValidString(got) || len(got) > 103 {
			t.Errorf("a long name is cut to %q", got)
		}
	}
}
