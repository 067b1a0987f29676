package drawing

import (
	"strings"
	"unicode"
)

// Shorten keeps both ends of a long text.
func Shorten(s string, n int) string {
	r := []rune(harmless(s))
	if len(r) <= n {
		return string(r)
	}
	head := n * 2 / 3
	return string(r[:head]) + "…" + string(r[len(r)-(n-head-1):])
}

// harmless replaces what could turn a line around or steer a terminal that a
// name is copied into.
func harmless(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return '\uFFFD'
		}
		return r
	}, s)
}

// fit shortens a text to a width. SVG neither wraps nor cuts a line, and the
// reader's typeface is not known: letters are taken for rather wide.
func fit(s string, width, size float64) string {
	n := len([]rune(s))
	for n > 4 && length(s, size) > width {
		n = min(n-1, int(float64(n)*width/length(s, size))+2)
		s = Shorten(s, n)
	}
	return s
}

// wrap breaks a text into two lines at most.
func wrap(s string, width, size float64) []string {
	if length(s, size) <= width {
		return []string{s}
	}
	first := ""
	for i, r := range s {
		if r == ' ' && length(s[:i], size) <= width {
			first = s[:i]
		}
	}
	if first == "" {
		return []string{fit(s, width, size)}
	}
	return []string{first, fit(strings.TrimSpace(s[len(first):]), width, size)}
}

// length estimates the width of a line in the sans-serif faces of today's
// systems, by classes of letters.
func length(s string, size float64) float64 {
	var ems float64
	for _, r := range s {
		switch {
		case strings.ContainsRune(" .,:;'|!()[]iIjlftr-/", r):
			ems += 0.38
		case strings.ContainsRune("mMwWжюыфЖЮЫФМД@%…—", r):
			ems += 1
		case strings.ContainsRune("шщШЩ", r):
			ems += 1.1
		case r > 0x1100 && !unicode.Is(unicode.Cyrillic, r): // Hangul, Kana, Han and the like
			ems += 1.05
		case unicode.IsUpper(r):
			ems += 0.72
		default:
			ems += 0.62
		}
	}
	return ems * size
}
