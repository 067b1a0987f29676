package checker

import (
	"slices"

	"hookcheck/checker/cert"
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/probe"
	"hookcheck/checker/rules"
)

// accepts tells whether Telegram's client would send its request over the
// connection seen so far. Path, credentials and secret token travel only then.
func (c *Checker) accepts(ev *evidence.Evidence) bool {
	res, err := judge(ev, c.Roots, nil)
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
	for _, m := range f.Chain.Missing {
		if m.Cert != nil {
			continue
		}
		for _, url := range m.AIA {
			wants = append(wants, probe.Want{URL: url, ForSHA256: below(&f.Chain, m.Subject, url)})
		}
	}
	return wants
}

// below is the fingerprint of the certificate that names an issuer and where
// it can be had, among those that were presented or found since.
func below(c *facts.Chain, issuer, url string) string {
	names := func(x *cert.Cert) bool {
		return x != nil && x.Issuer.Text == issuer && slices.Contains(x.IssuerURLs, url)
	}
	for _, p := range c.Presented {
		if names(p.Cert) {
			return p.Cert.SHA256
		}
	}
	for _, m := range c.Missing {
		if names(m.Cert) {
			return m.Cert.SHA256
		}
	}
	return ""
}
