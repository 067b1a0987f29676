package web

import (
	"strings"

	"hookcheck/checker/remedy"
	"hookcheck/checker/report"
	"hookcheck/web/templates"
)

// remedyView is a fix as a page shows it.
func remedyView(m *templates.Messages, r report.Remedy) templates.Remedy {
	v := templates.Remedy{
		ID: r.ID, Platform: platformText(m, r.Platform), Where: r.Where, Body: r.Body,
		Apply: r.Apply, Undo: r.Undo, Prose: r.Kind == remedy.Note,
	}
	v.Title, v.Aside = headline(withoutPlatform(r.Title, v.Platform))
	v.Gist, v.GistLabel = gist(m, r.Body)
	if steps := remedy.Steps(r.Apply); steps != r.Apply {
		v.ApplyGist = strings.TrimSpace(steps)
	}
	return v
}

// gist is what an administrator wants to see of a command with a program in
// it before running it: what it comes to, else the command without the program.
func gist(m *templates.Messages, body string) (text, label string) {
	if text, ok := remedy.Gist(body); ok {
		return strings.TrimSpace(text), m.Gist
	}
	if outline := remedy.Outline(body); outline != body {
		return strings.TrimSpace(outline), m.GistShort
	}
	return "", ""
}

// withoutPlatform is a fix's title without the name that stands before it as
// a badge anyway.
func withoutPlatform(title, platform string) string {
	if len(title) <= len(platform) || !strings.EqualFold(title[:len(platform)], platform) {
		return title
	}
	switch rest := title[len(platform):]; {
	case strings.HasPrefix(rest, ": "):
		return rest[2:]
	case strings.HasPrefix(rest, " ") && rest[1] >= '0' && rest[1] <= '9': // "Apache 2.4.8 and newer: …"
		return rest[1:]
	}
	return title
}

// ownSentence is an aside that stands by itself: out of its brackets.
func ownSentence(aside string) string {
	inner, open := strings.CutPrefix(aside, "(")
	inner, closed := strings.CutSuffix(inner, ")")
	if !open || !closed || strings.ContainsAny(inner, "()") {
		return aside
	}
	return sentence(inner)
}

// headline parts what a fix is called from what is said beside it: the first
// aside, or second clause, that stands outside of code. All of it is shown, the
// rest in small.
func headline(s string) (head, rest string) {
	const short = 12 // a head of a word or two says nothing
	code := false
	for i := range len(s) {
		switch {
		case s[i] == '`':
			code = !code
		case code || i < short:
		case strings.HasPrefix(s[i:], " ("):
			return s[:i], s[i+1:]
		case strings.HasPrefix(s[i:], "; "), strings.HasPrefix(s[i:], ". "):
			return s[:i], capital(s[i+2:])
		}
	}
	return s, ""
}
