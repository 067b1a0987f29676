package rules

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
)

// Finding is a rule that had something to say, with the values that hold for
// this check where a Hit is more exact than its rule.
type Finding struct {
	Rule Rule
	Hit
	Severity  Severity
	Predicted string
	Undecided bool
	Vantage   bool
	Rank      int
}

// Run judges the facts by every rule. The first blocker is the root cause;
// what it explains away is left out. An error is a fault of a rule, named in
// it, and no verdict may be drawn from such a run.
func Run(f *facts.Facts) ([]Finding, error) {
	return run(All(), f)
}

func run(catalogue []Rule, f *facts.Facts) ([]Finding, error) {
	if f.Ev == nil || f.Target == nil {
		return nil, errors.New("running rules: facts without evidence or target")
	}
	var found []Finding
	for _, r := range catalogue {
		if !inScope(f, r.Stage) && !ofFiles(f, r) {
			continue
		}
		hit, err := check(r, f)
		if err != nil {
			return nil, err
		}
		if hit != nil {
			found = append(found, newFinding(r, *hit))
		}
	}
	found = unsilenced(found)
	slices.SortStableFunc(found, precedence)
	return found, nil
}

// check runs one rule and turns its panic into an error that names it.
func check(r Rule, f *facts.Facts) (hit *Hit, err error) {
	defer func() {
		if p := recover(); p != nil {
			hit, err = nil, fmt.Errorf("running rule %s: panic: %v", r.ID, p)
		}
	}()
	return r.Check(f), nil
}

func newFinding(r Rule, h Hit) Finding {
	return Finding{
		Rule: r, Hit: h,
		Severity:  cmp.Or(h.Severity, r.Severity),
		Predicted: cmp.Or(h.Predicted, r.Predicted),
		Undecided: h.Undecided || r.Undecided,
		Vantage:   h.Vantage || r.Vantage,
		Rank:      cmp.Or(h.Rank, r.Rank),
	}
}

// inScope tells whether the evidence of a stage exists.
func inScope(f *facts.Facts, s Stage) bool {
	live := f.Ev.Kind == evidence.Live
	switch s {
	case StageURL:
		return live
	case StageDNS:
		return live && f.Ev.DNS != nil
	case StageTCP, StageTLS:
		return live && (f.Ev.DNS != nil || len(f.Ev.Addresses) > 0 || f.Ev.TLS != nil)
	case StageHTTP:
		return live && f.Ev.TLS != nil
	case StageChain, StageCertificate:
		return len(f.Chain.Presented) > 0 || len(f.Ev.Presented) > 0 || len(f.Chain.Faults) > 0
	}
	return true
}

// ofFiles: what files hold besides certificates is told even where they hold
// none.
func ofFiles(f *facts.Facts, r Rule) bool {
	return f.Files.Given && strings.HasPrefix(r.ID, "pem.")
}

// precedence puts blockers first, the root cause before its consequences and
// what is certain before what is not, then warnings, then notices.
func precedence(a, b Finding) int {
	if c := cmp.Compare(weight(a.Severity), weight(b.Severity)); c != 0 {
		return c
	}
	if a.Severity != Blocker {
		return byStageAndRank(a.Rule, b.Rule)
	}
	return cmp.Or(
		cmp.Compare(a.Rank, b.Rank),
		cmp.Compare(doubt(a), doubt(b)),
		byStageAndRank(a.Rule, b.Rule),
	)
}

func weight(s Severity) int { return slices.Index([]Severity{Blocker, Warning, Notice}, s) }

func doubt(f Finding) int {
	if f.Undecided {
		return 1
	}
	return 0
}

// unsilenced leaves out the findings that another one explains away. Only a
// finding that itself stands silences; where two silence each other, the one
// nearer to the root cause stands.
func unsilenced(found []Finding) []Finding {
	stands := make([]standingState, len(found))
	var out []Finding
	for i := range found {
		if standing(found, stands, i) {
			out = append(out, found[i])
		}
	}
	return out
}

// standingState is what is known about one finding while silences are resolved.
type standingState int

const (
	unresolved standingState = iota
	resolving
	standsUp
	silenced
)

func standing(found []Finding, known []standingState, i int) bool {
	switch known[i] {
	case standsUp:
		return true
	case resolving, silenced: // a ring of silences, which a test forbids, ends here
		return false
	}
	known[i] = resolving
	for j := range found {
		if j == i || !silences(found[j].Rule, found[i].Rule) {
			continue
		}
		if mutual := silences(found[i].Rule, found[j].Rule); mutual && found[i].Rank < found[j].Rank {
			continue
		}
		if standing(found, known, j) {
			known[i] = silenced
			return false
		}
	}
	known[i] = standsUp
	return true
}

// silences tells whether rule a explains rule b away. No rule silences itself.
func silences(a, b Rule) bool {
	if a.ID == b.ID {
		return false
	}
	return slices.ContainsFunc(a.Silences, func(pattern string) bool {
		if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
			return strings.HasPrefix(b.ID, prefix)
		}
		return pattern == b.ID
	})
}
