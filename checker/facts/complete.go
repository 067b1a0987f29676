package facts

import (
	"hookcheck/checker/cert"
	"hookcheck/checker/complete"
	"hookcheck/checker/verify"
)

// complete looks for a chain through everything at hand, and leaves in fetched
// only what belongs to it: of two certificates of one name OpenSSL takes the
// first that fits, which need not be the one that leads to a root. Where there
// is no such chain it tells what might be asked for.
func (j *judge) complete(m mode) []Wanted {
	if connected(j.ask(j.certs, nil, j.public())) {
		return nil
	}
	found := j.find(j.public())
	if found.Chain != nil {
		j.whole = &found.Result
	} else if m.uploaded {
		if up := j.find(m); up.Chain != nil {
			found.Chain = up.Chain
		}
	}
	if found.Chain != nil {
		j.fetched = onlyIn(found.Chain, j.fetched)
		return nil
	}
	var out []Wanted
	for _, c := range found.Open {
		for _, url := range c.IssuerURLs {
			out = append(out, Wanted{URL: url, For: c})
		}
	}
	return out
}

func (j *judge) find(m mode) complete.Found {
	return complete.Find(complete.Input{
		Leaf:       j.certs[0],
		Candidates: append(append([]*cert.Cert(nil), j.certs[1:]...), j.fetched...),
		Trusted:    m.store,
		Ask:        func(chain []*cert.Cert) verify.Result { return j.ask(chain, nil, m) },
	})
}

// onlyIn keeps of candidates what a chain holds, in the chain's order.
func onlyIn(chain, candidates []*cert.Cert) []*cert.Cert {
	at := map[string]bool{}
	for _, c := range candidates {
		at[c.SHA256] = true
	}
	var out []*cert.Cert
	for _, c := range chain {
		if at[c.SHA256] {
			out = append(out, c)
		}
	}
	return out
}
