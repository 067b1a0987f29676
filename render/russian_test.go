package render

import (
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"hookcheck/internal/lang"
	"hookcheck/internal/langtest"
)

// TestWords: each word of the interface is there in both languages, each in
// its own, and used.
func TestWords(t *testing.T) {
	source := sources(t)
	for _, pair := range [][2]any{{english, russian}, {explainIn[lang.EN], explainIn[lang.RU]}} {
		en, ru := reflect.ValueOf(pair[0]), reflect.ValueOf(pair[1])
		for i := range en.NumField() {
			name := en.Type().Field(i).Name
			if en.Field(i).String() == "" || !langtest.Cyrillic(ru.Field(i).String()) || langtest.Cyrillic(en.Field(i).String()) {
				t.Errorf("%s: %q, %q", name, en.Field(i), ru.Field(i))
			}
			if run := langtest.EnglishRun(ru.Field(i).String()); run != "" {
				t.Errorf("%s: English in the Russian word: %q", name, run)
			}
			if !regexp.MustCompile(`\.` + name + `\b`).MatchString(source) {
				t.Errorf("%s is used nowhere", name)
			}
		}
	}
}

func sources(t *testing.T) string {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range entries {
		if name := e.Name(); strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			data, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			b.Write(data)
		}
	}
	return b.String()
}
