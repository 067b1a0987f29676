package render

import (
	"fmt"

	"hookcheck/checker/report"
)

// explained writes what a certificate is, a line for each thing, where the
// report says it.
func (t *text) explained(c *report.Certificate) bool {
	for _, line := range c.Explained {
		t.labelled("    ", line.Label+": ", dim, line.Value)
	}
	return len(c.Explained) > 0
}

// lintList stands in the report only where lint was asked for.
func (t *text) lintList(r *report.Report) {
	if len(r.Lint) == 0 {
		return
	}
	t.heading(t.lint + " (" + t.lintHint + ")")
	for _, x := range r.Lint {
		color := dim
		if x.Status != "notice" {
			color = yellow
		}
		t.hanging(fmt.Sprintf("  %d. %s: ", x.Certificate+1, t.lintStatus(x.Status)), color, x.Detail)
		t.line("     ", t.paint(dim, oneLine(x.ID+" · "+x.Source)))
	}
}

// certificates are folded away, since a chat wants the verdict first.
func (m *markdown) certificates(r *report.Report) {
	if len(r.Chain.Presented) == 0 || len(r.Chain.Presented[0].Explained) == 0 {
		return
	}
	m.add("\n<details><summary>%s</summary>\n", m.words.certificates)
	for _, c := range r.Chain.Presented {
		m.add("\n**%d. %s**\n\n", c.Position+1, escape(oneLine(m.named(c.Subject))))
		for _, line := range c.Explained {
			m.add("- %s: %s\n", escape(line.Label), escape(oneLine(line.Value)))
		}
	}
	m.add("\n</details>\n")
}

func (m *markdown) lintList(r *report.Report) {
	if len(r.Lint) == 0 {
		return
	}
	m.add("\n<details><summary>%s (%s)</summary>\n\n", m.lint, m.lintHint)
	for _, x := range r.Lint {
		m.add("- %d. %s, `%s`: %s\n", x.Certificate+1, escape(m.lintStatus(x.Status)), x.ID, escape(oneLine(x.Detail)))
	}
	m.add("\n</details>\n")
}
