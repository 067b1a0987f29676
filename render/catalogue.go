package render

import (
	"fmt"
	"io"

	"hookcheck/checker/remedy"
	"hookcheck/checker/rules"
	"hookcheck/internal/lang"
)

// Catalogue lists rules, one line each.
func Catalogue(out io.Writer, all []rules.Rule, l lang.Lang, o Options) error {
	w := newWriter(out, o)
	words := wordsIn(l)
	wide, severity := 0, 0
	for _, r := range all {
		wide, severity = max(wide, len(r.ID)), max(severity, len([]rune(words.rule(r))))
	}
	for _, r := range all {
		title, _, err := r.Texts(l, r.Example)
		if err != nil {
			return fmt.Errorf("writing rule %s: %w", r.ID, err)
		}
		w.hanging(pad(r.ID, wide)+"  "+pad(words.rule(r), severity+1)+"  ", "", title)
	}
	return flush(w)
}

// Rule shows one rule in full: what it means, an example of its texts, and
// its fixes for a made-up endpoint.
func Rule(out io.Writer, r rules.Rule, l lang.Lang, o Options) error {
	w := newWriter(out, o)
	words := wordsIn(l)
	title, detail, err := r.Texts(l, r.Example)
	if err != nil {
		return fmt.Errorf("writing rule %s: %w", r.ID, err)
	}
	w.line(w.paint(bold, r.ID), "  ", words.rule(r), " · ", string(r.Stage), " · ", words.basis(r.Basis))
	w.line()
	w.prose("", r.Meaning.In(l))
	w.line()
	w.line(words.example, ":")
	w.hanging("  ", "", title)
	w.prose("  ", detail)
	if r.Predicted != "" {
		w.line()
		w.line(words.telegramSays, " (", r.Reporter, "):")
		w.code("  ", r.Predicted)
	}
	t := &text{writer: w, words: words}
	for _, x := range r.SampleRemedies() {
		w.line()
		t.sample(x, l)
	}
	if len(r.Sources) > 0 {
		w.line()
		w.line(words.sources, ":")
		for _, s := range r.Sources {
			w.line("  ", s.Name, ": ", s.URL)
		}
	}
	return flush(w)
}

// sample is a remedy of the catalogue, before any check.
func (t *text) sample(x remedy.Remedy, l lang.Lang) {
	t.fixBody(fixText{
		title: x.Title.In(l), where: x.Where.In(l),
		body: x.Body.In(l), apply: x.Apply, undo: x.Undo, prose: x.Kind == remedy.Note,
	})
}

func flush(w *writer) error {
	if err := w.out.Flush(); err != nil {
		return fmt.Errorf("writing text: %w", err)
	}
	return nil
}
