package checker

import (
	"context"
	"fmt"

	"hookcheck/checker/evidence"
	"hookcheck/checker/report"
	"hookcheck/checker/rules"
	"hookcheck/internal/lang"
	"hookcheck/rootstore"
)

// StageEnd tells that a stage of a check has ended.
type StageEnd struct {
	ID string

	ev    *evidence.Evidence
	roots *rootstore.Store
}

// Report says how the stage went, as far as can be said by now; a later stage
// may throw another light on it. It may be called only while OnStage runs:
// afterwards the evidence grows on.
func (s StageEnd) Report(l lang.Lang) (report.Stage, error) {
	if s.ev == nil {
		return report.Stage{ID: s.ID, Status: report.Undecided}, nil
	}
	res, err := judge(context.Background(), s.ev, s.roots, nil)
	if err != nil {
		return report.Stage{}, err
	}
	st, err := report.StageOf(report.Input{Evidence: s.ev, Facts: res.Facts, Findings: res.Findings, Lang: l}, rules.Stage(s.ID))
	if err != nil {
		return report.Stage{}, fmt.Errorf("telling of stage %s: %w", s.ID, err)
	}
	return st, nil
}
