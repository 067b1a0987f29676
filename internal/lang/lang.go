// Package lang holds the languages of the texts that people read, and the
// small things that differ between them.
package lang

import "strings"

// Lang is a language of texts, named as in BCP 47.
type Lang string

// The languages that every text is written in.
const (
	EN Lang = "en"
	RU Lang = "ru"
)

// All lists the languages in the order in which they are offered.
func All() []Lang { return []Lang{EN, RU} }

// Text is one text in every language. Code inside it is the same in each.
type Text struct {
	EN string
	RU string
}

// Both is a text that reads the same in every language, such as a command.
func Both(s string) Text { return Text{EN: s, RU: s} }

// In returns the text in a language; English stands in for a missing one.
func (t Text) In(l Lang) string {
	if l == RU && t.RU != "" {
		return t.RU
	}
	return t.EN
}

// IsZero tells whether the text says nothing at all.
func (t Text) IsZero() bool { return t.EN == "" && t.RU == "" }

// Parse reads a language name such as "ru", "ru_RU.UTF-8" or "en-GB". ok is
// false where the language is not one that texts are written in.
func Parse(s string) (l Lang, ok bool) {
	base, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(s)), ".")
	base, _, _ = strings.Cut(strings.ReplaceAll(base, "_", "-"), "-")
	switch base {
	case "en":
		return EN, true
	case "ru":
		return RU, true
	}
	return EN, false
}
