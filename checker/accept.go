package checker

import (
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/rules"
)

// accepts tells whether Telegram's client would send its request over the
// connection seen so far. Path, credentials and secret token travel only then.
func (c *Checker) accepts(ev *evidence.Evidence) bool {
	res, err := judge(ev, c.Roots)
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
func (c *Checker) wants(ev *evidence.Evidence) []string {
	f := facts.Derive(ev, c.Roots)
	var urls []string
	for _, m := range f.Chain.Missing {
		if m.Cert == nil {
			urls = append(urls, m.AIA...)
		}
	}
	return urls
}
