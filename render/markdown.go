package render

import (
	"fmt"
	"io"
	"strings"

	"hookcheck/checker/remedy"
	"hookcheck/checker/report"
)

// Markdown writes the report for an issue or a chat: short, with the code in
// fences.
func Markdown(out io.Writer, r *report.Report) error {
	m := &markdown{words: wordsFor(r)}
	m.head(r)
	for i := range r.Findings {
		m.finding(&r.Findings[i])
	}
	m.stageTable(r)
	m.certificates(r)
	m.lintList(r)
	m.add("\n<sub>%s · %s · %s</sub>\n", escape(r.Tool), escape(r.ID), r.CheckedAt.Format("2006-01-02T15:04:05Z07:00"))
	if _, err := io.WriteString(out, m.b.String()); err != nil {
		return fmt.Errorf("writing markdown: %w", err)
	}
	return nil
}

type markdown struct {
	*words
	b strings.Builder
}

func (m *markdown) add(format string, args ...any) { fmt.Fprintf(&m.b, format, args...) }

func (m *markdown) head(r *report.Report) {
	title := m.verdict(r.Verdict)
	if p := endpoint(r); p != "" {
		title = inline(p) + ": " + title
	}
	m.add("## %s\n\n%s\n", title, escape(r.Summary))
	if e := r.Telegram.PredictedError; e != "" {
		by := ""
		if r.Telegram.ReportedBy != "" {
			by = " (`" + r.Telegram.ReportedBy + "`)"
		}
		label := m.telegramSays
		if r.Verdict == report.Unknown {
			label = m.telegramWouldSay
		}
		m.add("\n%s%s:\n\n%s", label, by, fence("", e))
	}
}

func (m *markdown) finding(f *report.Finding) {
	sign, _ := mark(f)
	m.add("\n### %s %s\n\n`%s` · %s\n", sign, escape(oneLine(f.Title)), f.ID, m.severity(f))
	if f.Detail != "" {
		m.add("\n%s\n", escape(f.Detail))
	}
	if f.Vantage {
		m.add("\n_%s_\n", m.vantage)
	}
	if f.Severity == "notice" {
		return
	}
	for i := range f.Remedies {
		if i == 0 && f.Severity == "blocker" {
			m.remedy(&f.Remedies[i])
			continue
		}
		if i <= 1 {
			m.add("\n")
		}
		m.add("- %s\n", escape(oneLine(f.Remedies[i].Title)))
	}
}

func (m *markdown) remedy(x *report.Remedy) {
	m.add("\n**%s: %s**\n", m.fix, escape(oneLine(x.Title)))
	if gist, ok := remedy.Brief(x.Body); ok {
		m.add("\n%s: %s\n\n%s", m.where, escape(remedy.Place(x.Where)), fence("", gist))
		if remedy.WritesChain(x.Body) {
			m.add("\n_%s_\n", m.chainByFlag)
		}
		m.add("\n_%s_\n", m.wholeElsewhere)
		return
	}
	if x.Where != "" {
		m.add("\n%s: %s\n", m.where, escape(x.Where))
	}
	if x.Kind == "note" {
		m.add("\n%s\n", escape(x.Body))
	} else {
		m.command(x)
	}
	if x.Apply != "" {
		m.add("\n%s:\n\n%s", m.apply, fence("bash", x.Apply))
	}
	if x.Undo != "" {
		m.add("\n%s:\n\n%s", m.undo, fence("bash", remedy.Outline(x.Undo)))
	}
}

func (m *markdown) command(x *report.Remedy) {
	short := remedy.Outline(x.Body)
	m.add("\n%s", fence(language(x), short))
	if short != x.Body {
		m.add("\n_%s_\n", m.shortened)
	}
}

func (m *markdown) stageTable(r *report.Report) {
	m.add("\n| %s | %s | %s |\n|---|---|---|\n", m.stage, m.status, m.result)
	for _, s := range r.Stages {
		m.add("| %s | %s | %s |\n", s.ID, m.stageStatus(s.Status), escape(oneLine(s.Summary)))
	}
}

func language(x *report.Remedy) string {
	switch {
	case x.Kind == "command":
		return "bash"
	case x.Platform == "nginx" || x.Platform == "apache":
		return x.Platform
	}
	return ""
}

// fence puts text into a code block that no run of backticks in it can close.
func fence(lang, text string) string {
	text = strings.TrimRight(clean(text), "\n")
	ticks := "```"
	for strings.Contains(text, ticks) {
		ticks += "`"
	}
	return ticks + lang + "\n" + text + "\n" + ticks + "\n"
}

// inline puts a short value into a code span.
func inline(s string) string { return "`" + strings.ReplaceAll(oneLine(s), "`", "'") + "`" }

// escape makes prose safe: values from certificates and answers must not
// become markup, links or mentions.
func escape(s string) string {
	var b strings.Builder
	for _, r := range clean(s) {
		switch r {
		case '\\', '`', '*', '_', '[', ']', '<', '>', '#', '|', '~', '@':
			if r == '<' {
				b.WriteString("&lt;")
				continue
			}
			if r == '@' {
				b.WriteString("&#64;")
				continue
			}
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
