package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"hookcheck/internal/lang"
)

// sprint fills in the same values in every language.
func sprint(en, ru string, args ...any) lang.Text {
	return lang.Text{EN: fmt.Sprintf(en, args...), RU: fmt.Sprintf(ru, args...)}
}

// sentence ends with a full stop.
func sentence(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

// lowerFirst makes a title the end of a sentence: "The port …" becomes
// "the port …". Names and abbreviations keep their capitals.
func lowerFirst(s string) string {
	word, _, _ := strings.Cut(s, " ")
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	rest := word[min(size, len(word)):]
	if strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLower(r) && r != '\'' && r != '-' && r != ',' }) >= 0 {
		return s
	}
	switch word {
	case "Telegram", "Telegram's", "Mozilla", "Mozilla's", "Let's", "Basic":
		return s
	}
	return string(unicode.ToLower(r)) + s[size:]
}

func nonEmpty(values ...string) []string {
	var out []string
	for _, v := range values {
		if v != "" {
			out = append(out, v)
		}
	}
	return out
}

// atMost keeps the first n values and tells that there were more.
func atMost(values []string, n int) []string {
	if len(values) <= n {
		return values
	}
	return append(append([]string(nil), values[:n]...), "…")
}

// versionName turns "tls1.3" into "TLS 1.3".
func versionName(v string) string {
	if number, ok := strings.CutPrefix(v, "tls"); ok {
		return "TLS " + number
	}
	return v
}
