package target

import (
	"errors"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"hookcheck/internal/lang"
	"hookcheck/internal/langtest"
)

// TestRussianErrors: every way to go wrong says so in Russian.
func TestRussianErrors(t *testing.T) {
	for _, in := range []string{
		"", " ", strings.Repeat("a", 5000), "\xff", "a\x00b", "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1", "://x", "1x://h", "https:/h", "http:h",
		"https://", "host:", "host:x", "host:0", "host:99999", strings.Repeat("abc.", 80), "a..b", strings.Repeat("a", 64) + ".org", "[::1", "[x]:1",
		"a b", "a:b:c", "a%zz", "a<b", "https://u ser@h/", "xn--a.org", "https://123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1.org/",
	} {
		_, err := Parse(in)
		var e *Error
		if !errors.As(err, &e) {
			continue
		}
		got := e.In(lang.RU)
		if !langtest.Cyrillic(strings.SplitN(got, ";", 2)[0]) || langtest.EnglishRun(got) != "" || strings.Contains(got, " it ") || strings.Contains(got, " or ") || strings.Contains(got, "character") {
			t.Errorf("%.40q: %s", in, got)
		}
		if e.In(lang.EN) != e.Error() {
			t.Errorf("%.40q: %s", in, e.In(lang.EN))
		}
	}
	e := fault("port", "it is over 65535", "a number from 1 to 65535")
	if got, want := e.In(lang.RU), "порт: больше 65535; ожидается число от 1 до 65535"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestEveryFaultIsTranslated reads the source, so that a new fault is not
// forgotten.
func TestEveryFaultIsTranslated(t *testing.T) {
	call := regexp.MustCompile(`fault\([a-z"]+, ("(?:[^"\\]|\\.)*"), ("(?:[^"\\]|\\.)*"|[a-zA-Z]+)\)`)
	n := 0
	for _, name := range []string{"parse.go", "host.go", "ipv4.go", "build.go"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range call.FindAllStringSubmatch(string(data), -1) {
			for _, quoted := range m[1:] {
				text, err := strconv.Unquote(quoted)
				if err != nil { // a constant
					continue
				}
				n++
				if _, ok := russian[text]; !ok {
					t.Errorf("%s: %q has no Russian", name, text)
				}
			}
		}
	}
	if n < 25 {
		t.Fatalf("only %d texts of faults were found", n)
	}
}
