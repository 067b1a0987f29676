package rules

import (
	"fmt"
	"strconv"
	"strings"
	"text/template"
	"time"
	"unicode"

	"hookcheck/internal/lang"
)

// Texts fills in title and detail of a rule with the values of a hit. Control
// characters that a server put into a value come out as U+FFFD, so that no
// text can steer a terminal or turn the reading direction.
func (r Rule) Texts(l lang.Lang, args any) (title, detail string, err error) {
	if title, err = fill(r.ID+" title", r.Title.In(l), l, args); err != nil {
		return "", "", err
	}
	if detail, err = fill(r.ID+" detail", r.Detail.In(l), l, args); err != nil {
		return "", "", err
	}
	return title, detail, nil
}

func fill(name, text string, l lang.Lang, args any) (string, error) {
	t, err := template.New(name).Option("missingkey=error").Funcs(functions(l)).Parse(text)
	if err != nil {
		return "", fmt.Errorf("parsing text: %w", err)
	}
	var b strings.Builder
	if err := t.Execute(&b, args); err != nil {
		return "", fmt.Errorf("filling in text: %w", err)
	}
	return strings.Map(harmless, b.String()), nil
}

// functions are what a text may call besides those of text/template.
func functions(l lang.Lang) template.FuncMap {
	return template.FuncMap{
		"list":    list,
		"version": versionName,
		"day":     func(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") },
		"plural": func(n int, one, few, many string) string {
			return lang.Plural(l, n, one, few, many)
		},
	}
}

// maxListed bounds how many values of a certificate or a server one sentence
// takes; all of them stand in the evidence.
const maxListed = 10

func list(values []string) string {
	if len(values) <= maxListed {
		return strings.Join(values, ", ")
	}
	return strings.Join(values[:maxListed], ", ") + " … (+" + strconv.Itoa(len(values)-maxListed) + ")"
}

// versionName turns "tls1.2" into "TLS 1.2" and "ssl3" into "SSL 3.0".
func versionName(v string) string {
	switch {
	case v == "ssl3":
		return "SSL 3.0"
	case strings.HasPrefix(v, "tls"):
		return "TLS " + strings.TrimPrefix(v, "tls")
	}
	return v
}

func harmless(r rune) rune {
	switch {
	case r == '\n':
		return r
	case unicode.IsControl(r), r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0x200e, r == 0x200f:
		return unicode.ReplacementChar
	}
	return r
}
