package render

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"hookcheck/checker/explain"
	"hookcheck/internal/lang"
)

// maxCauses is how many causes of a text are described; the others are named.
const maxCauses = 6

// explainWords are the words of an explanation in one language.
type explainWords struct {
	takenFor, causes, moreCauses, fix, checkNow, redacted, silent, hint, truncated string
}

var explainIn = map[lang.Lang]explainWords{
	lang.EN: {
		takenFor: "Taken for", causes: "What can cause it, most frequent first", moreCauses: "Rarer", fix: "Fix", checkNow: "Check it now",
		redacted: "put what was hidden back in first", silent: "When nothing is reported and the bot is silent", hint: "Hint",
		truncated: "Only the first 64 KiB of the text were read.",
	},
	lang.RU: {
		takenFor: "Это", causes: "Возможные причины, начиная с самой частой", moreCauses: "Реже", fix: "Исправление", checkNow: "Проверьте сейчас",
		redacted: "сначала верните на место скрытое", silent: "Если ошибок нет, а бот молчит", hint: "Подсказка",
		truncated: "Прочитаны только первые 64 КиБ текста.",
	},
}

// ExplainJSON writes an explanation as one object and nothing else.
func ExplainJSON(w io.Writer, d explain.Document) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(d); err != nil {
		return fmt.Errorf("writing JSON: %w", err)
	}
	return nil
}

// ExplainText writes an explanation for people.
func ExplainText(out io.Writer, d explain.Document, o Options) error {
	w := newWriter(out, o)
	words := explainIn[d.Lang]
	w.prose("", words.takenFor+": "+d.TakenFor)
	w.prose("", d.Summary)
	if d.Truncated {
		w.prose("", words.truncated)
	}
	for i, s := range d.Meanings {
		if i > 0 || d.Webhook != nil || len(d.Meanings) > 1 {
			w.line()
			w.hanging("✗ ", red, s.Title)
		}
		w.explained(s, words)
	}
	for _, s := range d.Notes {
		w.line()
		w.hanging("· ", dim, s.Title)
		w.explained(explain.Section{Text: s.Text, Remedies: s.Remedies}, words)
	}
	if len(d.Silent) > 0 {
		w.line()
		w.line(w.paint(bold, words.silent), ":")
		for _, s := range d.Silent {
			w.hanging("  – ", dim, s.Title+". "+s.Text)
		}
	}
	if d.Check != nil {
		w.line()
		label := words.checkNow
		if d.Check.Redacted {
			label += " (" + words.redacted + ")"
		}
		w.line(label, ":")
		w.code("  ", d.Check.Command)
	}
	if d.Hint != "" {
		w.prose("", words.hint+": "+d.Hint)
	}
	return flush(w)
}

func (w *writer) explained(s explain.Section, words explainWords) {
	if s.Matched != "" {
		w.code("  ", s.Matched)
	}
	w.prose("  ", s.Text)
	if len(s.Findings) > 0 {
		w.line()
		w.line("  ", words.causes, ":")
		for _, f := range s.Findings[:min(maxCauses, len(s.Findings))] {
			w.hanging("  – ", dim, f.ID+": "+explain.FirstSentence(f.Meaning)+".")
		}
		if rest := ids(s.Findings[min(maxCauses, len(s.Findings)):]); rest != "" {
			w.hanging("  – ", dim, words.moreCauses+": "+rest)
		}
	}
	for _, x := range s.Remedies {
		w.line()
		w.labelled("  ", words.fix+": ", green, x.Title)
		w.code("    ", x.Body)
	}
}

func ids(fs []explain.Finding) string {
	names := make([]string, len(fs))
	for i, f := range fs {
		names[i] = f.ID
	}
	return strings.Join(names, ", ")
}

// ExplainMarkdown writes an explanation for an issue or a chat.
func ExplainMarkdown(out io.Writer, d explain.Document) error {
	m := &markdown{}
	words := explainIn[d.Lang]
	m.add("## %s\n\n%s: %s\n", escape(d.Summary), words.takenFor, escape(d.TakenFor))
	if d.Truncated {
		m.add("\n%s\n", words.truncated)
	}
	for _, s := range d.Meanings {
		m.add("\n### %s\n", escape(s.Title))
		if s.Matched != "" {
			m.add("\n%s", fence("", s.Matched))
		}
		m.explained(s, words)
	}
	for _, s := range d.Notes {
		m.add("\n### %s\n", escape(s.Title))
		m.explained(explain.Section{Text: s.Text, Remedies: s.Remedies}, words)
	}
	if len(d.Silent) > 0 {
		m.add("\n### %s\n\n", words.silent)
		for _, s := range d.Silent {
			m.add("- **%s.** %s\n", escape(s.Title), escape(s.Text))
		}
	}
	if d.Check != nil {
		m.add("\n%s:\n\n%s", words.checkNow, fence("bash", d.Check.Command))
	}
	if d.Hint != "" {
		m.add("\n%s: %s\n", words.hint, escape(d.Hint))
	}
	if _, err := io.WriteString(out, m.b.String()); err != nil {
		return fmt.Errorf("writing markdown: %w", err)
	}
	return nil
}

func (m *markdown) explained(s explain.Section, words explainWords) {
	m.add("\n%s\n", escape(s.Text))
	if len(s.Findings) > 0 {
		m.add("\n%s:\n\n", words.causes)
		for _, f := range s.Findings[:min(maxCauses, len(s.Findings))] {
			m.add("- `%s`: %s.\n", f.ID, escape(explain.FirstSentence(f.Meaning)))
		}
		if rest := ids(s.Findings[min(maxCauses, len(s.Findings)):]); rest != "" {
			m.add("- %s: %s\n", words.moreCauses, escape(rest))
		}
	}
	for _, x := range s.Remedies {
		m.add("\n**%s: %s**\n\n%s", words.fix, escape(oneLine(x.Title)), fence("bash", x.Body))
	}
}
