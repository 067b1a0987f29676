package report

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/lint"
	"hookcheck/internal/lang"
)

// lints are the remarks on every certificate, in the reader's language where
// there are words for them.
func lints(f *facts.Facts, l lang.Lang) []Lint {
	out := []Lint{}
	for _, x := range f.Lint {
		out = append(out, Lint{
			ID: x.ID, Status: x.Status, Source: x.Source, Certificate: x.Certificate, Detail: lint.Describe(l, x),
		})
	}
	return out
}
