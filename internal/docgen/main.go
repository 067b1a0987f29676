// Command docgen writes docs/findings.md from the catalogue.
package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"hookcheck/checker/remedy"
	"hookcheck/checker/rules"
	"hookcheck/internal/lang"
)

//go:generate go run . ../../docs/findings.md

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: docgen FILE")
		os.Exit(2)
	}
	text, err := findings(rules.All())
	if err == nil {
		err = os.WriteFile(os.Args[1], []byte(text), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

const head = `# Findings

Made from the catalogue by ` + "`go generate ./internal/docgen`" + `; not to be edited by hand.

The values in titles and fixes are examples: a report fills in those of the endpoint. ` + "`hookcheck rules ID`" + ` shows the same in English and Russian.
`

// findings is the catalogue as one page.
func findings(all []rules.Rule) (string, error) {
	var b strings.Builder
	b.WriteString(head)
	stage := rules.Stage("")
	for _, r := range all {
		if r.Stage != stage {
			stage = r.Stage
			fmt.Fprintf(&b, "\n## %s\n", stage)
		}
		if err := finding(&b, r); err != nil {
			return "", err
		}
	}
	catalogue(&b, all)
	return b.String(), nil
}

func finding(b *strings.Builder, r rules.Rule) error {
	title, _, err := r.Texts(lang.EN, r.Example)
	if err != nil {
		return fmt.Errorf("texts of %s: %w", r.ID, err)
	}
	fmt.Fprintf(b, "\n### %s\n\n**%s** · %s · basis: %s", r.ID, title, r.Severity, r.Basis)
	if r.Undecided {
		b.WriteString(" · leaves the verdict open")
	}
	fmt.Fprintf(b, "\n\n%s\n", strings.TrimSpace(r.Meaning.EN))
	if r.Predicted != "" {
		fmt.Fprintf(b, "\nTelegram says (%s):\n\n%s", r.Reporter, fence(r.Predicted))
	}
	for i, s := range r.Sources {
		if i == 0 {
			b.WriteString("\nSources: ")
		} else {
			b.WriteString(", ")
		}
		fmt.Fprintf(b, "[%s](%s)", s.Name, s.URL)
	}
	if len(r.Sources) > 0 {
		b.WriteString("\n")
	}
	if r.Remedies == nil {
		return nil
	}
	b.WriteString("\nFixes:\n\n")
	for _, x := range r.SampleRemedies() {
		fmt.Fprintf(b, "- [`%s`](#%s) %s\n", x.ID, anchor(x.ID), escape(x.Title.EN))
	}
	return nil
}

// anchor is how a heading is linked to: dots drop out.
func anchor(id string) string { return strings.ReplaceAll(id, ".", "") }

// catalogue is every fix in full, once, by platform.
func catalogue(b *strings.Builder, all []rules.Rule) {
	byID := map[string]remedy.Remedy{}
	for _, r := range all {
		for _, x := range r.SampleRemedies() {
			if _, seen := byID[x.ID]; !seen {
				byID[x.ID] = x
			}
		}
	}
	b.WriteString("\n## Fixes\n")
	for _, id := range slices.Sorted(maps.Keys(byID)) {
		fix(b, byID[id])
	}
}

func fix(b *strings.Builder, x remedy.Remedy) {
	fmt.Fprintf(b, "\n### %s\n\n%s\n", x.ID, escape(x.Title.EN))
	if x.Kind == remedy.Note {
		fmt.Fprintf(b, "\n%s\n", escape(strings.TrimSpace(x.Body.EN)))
		return
	}
	fmt.Fprintf(b, "\nWhere: %s\n\n%s", escape(x.Where.EN), fence(remedy.Outline(x.Body.EN)))
	if x.Apply != "" {
		fmt.Fprintf(b, "\nThen:\n\n%s", fence(x.Apply))
	}
	if x.Undo != "" {
		fmt.Fprintf(b, "\nUndo:\n\n%s", fence(remedy.Outline(x.Undo)))
	}
}

func fence(code string) string {
	return "```\n" + strings.TrimSuffix(code, "\n") + "\n```\n"
}

func escape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}
