package lang

import (
	"sort"
	"strconv"
	"strings"
)

// FromLocale chooses by the variables that POSIX gives for messages, in their
// order of precedence. getenv is os.Getenv outside tests.
func FromLocale(getenv func(string) string) Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		if v := getenv(name); v != "" {
			l, _ := Parse(v)
			return l
		}
	}
	return EN
}

// FromAcceptLanguage chooses by a browser's header (RFC 9110, 12.5.4).
func FromAcceptLanguage(header string) Lang {
	type choice struct {
		lang Lang
		q    float64
	}
	var choices []choice
	for i, part := range strings.Split(header, ",") {
		if i == 20 {
			break
		}
		tag, params, _ := strings.Cut(part, ";")
		l, ok := Parse(tag)
		if !ok {
			continue
		}
		q := 1.0
		if v, found := strings.CutPrefix(strings.TrimSpace(params), "q="); found {
			parsed, err := strconv.ParseFloat(v, 64)
			if err != nil || !(parsed > 0 && parsed <= 1) { // NaN is neither
				continue
			}
			q = parsed
		}
		choices = append(choices, choice{l, q})
	}
	sort.SliceStable(choices, func(i, j int) bool { return choices[i].q > choices[j].q })
	if len(choices) == 0 {
		return EN
	}
	return choices[0].lang
}

// Plural chooses the form that agrees with n: one, few and many as Russian
// counts them. English uses one and many and needs no few.
func Plural(l Lang, n int, one, few, many string) string {
	if n < 0 {
		n = -n
	}
	if l != RU {
		if n == 1 {
			return one
		}
		return many
	}
	switch {
	case n%10 == 1 && n%100 != 11:
		return one
	case n%10 >= 2 && n%10 <= 4 && (n%100 < 12 || n%100 > 14):
		return few
	}
	return many
}
