// Package langtest tells the languages of texts apart, for tests of the rooms
// that write them.
package langtest

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	code  = regexp.MustCompile("`[^`]*`|«[^»]*»|\"[^\"]*\"|'[^']*'|\\{\\{[^}]*\\}\\}|https?://\\S+|@[A-Z0-9]+@")
	words = regexp.MustCompile(`[A-Za-z][A-Za-z'’]*|[\p{Cyrillic}]+|\S`)
)

// WithoutCode drops what stands in quotes or backticks, templates, URLs and
// marks that are filled in.
func WithoutCode(s string) string { return code.ReplaceAllString(s, " ; ") }

// EnglishRun is the first run of four English words outside code: lower case,
// so no names. It is empty where there is none.
func EnglishRun(s string) string {
	var run []string
	for _, w := range words.FindAllString(WithoutCode(s), -1) {
		switch r := []rune(w); {
		case unicode.Is(unicode.Latin, r[0]) && strings.ToLower(w) == w:
			run = append(run, w)
		case unicode.Is(unicode.Latin, r[0]): // a name, which stands in either language
		default:
			run = nil
		}
		if len(run) == 4 {
			return strings.Join(run, " ")
		}
	}
	return ""
}

// Cyrillic tells whether anything in a text is written in Cyrillic.
func Cyrillic(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
}
