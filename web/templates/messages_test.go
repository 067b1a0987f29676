package templates

import (
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// TestMessagesAreThereAndUsed: no word is empty in a language, none the same in
// both without a reason, none unused.
func TestMessagesAreThereAndUsed(t *testing.T) {
	en, ru := reflect.ValueOf(english), reflect.ValueOf(russian)
	used := map[string]bool{}
	for _, m := range regexp.MustCompile(`\b(?:M|m)\.([A-Z]\w*)`).FindAllStringSubmatch(sources(t), -1) {
		used[m[1]] = true
	}
	cyrillic := regexp.MustCompile(`\p{Cyrillic}`)
	same := regexp.MustCompile(`^(Title|OtherLang|TargetExample|Secret|Fingerprint|PlatformDNS|InfoURL|Stage(URL|DNS|TCP|TLS|HTTP))$`)
	for i := range en.NumField() {
		name := en.Type().Field(i).Name
		e, r := en.Field(i).String(), ru.Field(i).String()
		switch {
		case strings.TrimSpace(e) == "" || strings.TrimSpace(r) == "":
			t.Errorf("%s is empty in a language", name)
		case strings.Count(e, "%s") != strings.Count(r, "%s"):
			t.Errorf("%s takes other values in Russian", name)
		case !same.MatchString(name) && !cyrillic.MatchString(r):
			t.Errorf("%s is not Russian: %s", name, r)
		case !same.MatchString(name) && cyrillic.MatchString(e):
			t.Errorf("%s is not English: %s", name, e)
		}
		if !used[name] {
			t.Errorf("%s is used nowhere", name)
		}
	}
}

// sources is the code of the pages, but for what is generated and for tests.
func sources(t *testing.T) string {
	t.Helper()
	var all strings.Builder
	for _, pattern := range []string{"*.templ", "views.go", "../*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", pattern, err)
		}
		for _, f := range files {
			if strings.HasSuffix(f, "_test.go") {
				continue
			}
			text, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			all.Write(text)
		}
	}
	return all.String()
}

func TestPieces(t *testing.T) {
	for in, want := range map[string]int{"plain": 1, "a `b` c": 3, "`b`": 1, "odd ` one": 1, "": 0, "`a``b`": 2} {
		if got := pieces(in); len(got) != want {
			t.Errorf("%q: %v", in, got)
		}
	}
}
