package checker

import (
	"context"

	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/probe"
	"hookcheck/checker/rules"
)

// accepts tells whether Telegram's client would send its request over the
// connection seen so far. Path, credentials and secret token travel only then.
func (c *Checker) accepts(ev *evidence.Evidence) bool {
	res, err := judge(context.Background(), ev, c.Roots, nil)
	if err != nil || !res.Facts.Chain.Trusted {
		return false
	}
	for _, x := range res.Findings {
		if x.Severity == rules.Blocker && beforeHTTP(x.Rule.Stage) {
			return false
		}
	}
	return true
}

func beforeHTTP(s rules.Stage) bool { return s != rules.StageHTTP }

// wants names where the missing part of the chain can be fetched. It is asked
// again after each fetch, until the path is whole or nothing new is named.
func (c *Checker) wants(ev *evidence.Evidence) []probe.Want {
	f := facts.Derive(ev, c.Roots)
	var wants []probe.Want
	for _, w := range f.Chain.Wanted {
		wants = append(wants, probe.Want{URL: w.URL, ForSHA256: w.For.SHA256})
	}
	return wants
}
