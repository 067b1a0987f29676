package lang

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]struct {
		lang Lang
		ok   bool
	}{
		"ru": {RU, true}, "RU": {RU, true}, "ru_RU.UTF-8": {RU, true}, "ru-RU": {RU, true}, " ru ": {RU, true}, "ru.KOI8-R": {RU, true},
		"en": {EN, true}, "en_GB": {EN, true}, "en-US.UTF-8": {EN, true},
		"": {EN, false}, "C": {EN, false}, "C.UTF-8": {EN, false}, "POSIX": {EN, false}, "de_DE": {EN, false}, "rus": {EN, false}, "*": {EN, false},
	} {
		if l, ok := Parse(in); l != want.lang || ok != want.ok {
			t.Errorf("Parse(%q) = %s, %v", in, l, ok)
		}
	}
}

func TestText(t *testing.T) {
	both := Text{EN: "chain", RU: "цепочка"}
	for _, tc := range []struct {
		text Text
		lang Lang
		want string
	}{
		{both, EN, "chain"}, {both, RU, "цепочка"}, {both, "de", "chain"}, {both, "", "chain"},
		{Text{EN: "chain"}, RU, "chain"}, {Both("curl"), RU, "curl"}, {Both("curl"), EN, "curl"},
	} {
		if got := tc.text.In(tc.lang); got != tc.want {
			t.Errorf("%+v in %q: %q", tc.text, tc.lang, got)
		}
	}
	if both.IsZero() || (Text{RU: "x"}).IsZero() || !(Text{}).IsZero() {
		t.Error("IsZero")
	}
	if all := All(); len(all) != 2 || all[0] != EN || all[1] != RU {
		t.Errorf("All() = %v", all)
	}
}

func TestFromLocale(t *testing.T) {
	for _, tc := range []struct {
		env  map[string]string
		want Lang
	}{
		{nil, EN},
		{map[string]string{"LANG": "ru_RU.UTF-8"}, RU},
		{map[string]string{"LANG": "ru_RU.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, EN},
		{map[string]string{"LANG": "ru_RU.UTF-8", "LC_ALL": "C"}, EN},
		{map[string]string{"LANG": "C", "LC_ALL": "ru_RU"}, RU},
		{map[string]string{"LANG": "ru_RU.UTF-8", "LC_ALL": ""}, RU},
		{map[string]string{"LANG": "de_DE.UTF-8"}, EN},
	} {
		if got := FromLocale(func(name string) string { return tc.env[name] }); got != tc.want {
			t.Errorf("FromLocale(%v) = %s", tc.env, got)
		}
	}
}

func TestFromAcceptLanguage(t *testing.T) {
	for header, want := range map[string]Lang{
		"":                                    EN,
		"ru":                                  RU,
		"ru-RU,ru;q=0.9,en-US;q=0.8,en;q=0.7": RU,
		"en-US,en;q=0.9,ru;q=0.8":             EN,
		"en;q=0.5, ru;q=0.9":                  RU,
		"de, fr;q=0.9, ru;q=0.1":              RU,
		"de":                                  EN,
		"ru;q=0":                              EN,
		"ru;q=0, en;q=0.1":                    EN,
		"ru;q=x, en":                          EN,
		"ru;q=2, en;q=0.1":                    EN,
		"ru;q=NaN, en;q=0.1":                  EN,
		"ru; q=0.9, en;q=0.1":                 RU,
		";;;,,,=":                             EN,
		strings.Repeat("de,", 1000) + "ru":    EN,
	} {
		if got := FromAcceptLanguage(header); got != want {
			t.Errorf("FromAcceptLanguage(%.60q) = %s", header, got)
		}
	}
}

func TestPlural(t *testing.T) {
	for n, want := range map[int]string{
		0: "дней", 1: "день", 2: "дня", 4: "дня", 5: "дней", 11: "дней", 12: "дней", 14: "дней", 15: "дней", 21: "день",
		22: "дня", 25: "дней", 101: "день", 111: "дней", 112: "дней", 122: "дня", 1011: "дней", -1: "день", -3: "дня",
	} {
		if got := Plural(RU, n, "день", "дня", "дней"); got != want {
			t.Errorf("%d %s", n, got)
		}
	}
	for n, want := range map[int]string{0: "days", 1: "day", 2: "days", 11: "days", 21: "days", -1: "day"} {
		if got := Plural(EN, n, "day", "", "days"); got != want {
			t.Errorf("%d %s", n, got)
		}
	}
}
