package rules

import (
	"fmt"
	"strings"
	"text/template"
	"unicode"

	"hookcheck/checker/remedy"
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
	t, err := template.New(name).Option("missingkey=error").
		Funcs(textFuncs(l)).Funcs(template.FuncMap{"version": versionName, "versions": versionNames, "telegram": telegramNets}).
		Parse(text)
	if err != nil {
		return "", fmt.Errorf("parsing text: %w", err)
	}
	var b strings.Builder
	if err := t.Execute(&b, args); err != nil {
		return "", fmt.Errorf("filling in text: %w", err)
	}
	return strings.Map(harmless, b.String()), nil
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

func versionNames(vs []string) string {
	names := make([]string, len(vs))
	for i, v := range vs {
		names[i] = versionName(v)
	}
	return strings.Join(names, ", ")
}

// telegramNets are the networks that the guide documents, which may change.
func telegramNets() []string {
	var nets []string
	for _, p := range remedy.TelegramRanges() {
		nets = append(nets, p.String())
	}
	return nets
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
