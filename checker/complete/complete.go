// Package complete finds the chain that a server should present where the one
// it presents leads nowhere: through whatever certificates are at hand, the
// shortest way to a trusted root that verifies.
//
// OpenSSL takes the first issuer that fits and never turns back; here all of
// them are tried, since an archive of a CA, or a cross-sign, may hold several
// of one name and key. What is found is then put before verify alone, which
// judges it as OpenSSL would.
package complete

import (
	"hookcheck/checker/cert"
	"hookcheck/checker/verify"
)

// Bounds of one search. Candidates come from strangers.
const (
	maxLinks   = 10  // intermediates in a chain, as Telegram's client takes them
	maxStates  = 300 // partial chains looked at
	maxAsked   = 12  // whole chains verified
	maxOpen    = 20
	maxFitting = 60 // candidates of one name
)

// Input is a search.
type Input struct {
	Leaf       *cert.Cert
	Candidates []*cert.Cert // in order of preference
	Trusted    verify.Store
	// Ask verifies a chain as if it were presented in this order.
	Ask func(presented []*cert.Cert) verify.Result
}

// Found is what came of a search.
type Found struct {
	// Chain is what to present: leaf first, every intermediate, no root. nil
	// where no root can be reached.
	Chain []*cert.Cert
	// Result is what OpenSSL says of Chain. It may still hold faults, such as
	// an expired leaf, but reaches a root.
	Result verify.Result
	// Open are the certificates at which ways end because no issuer of theirs
	// is at hand.
	Open []*cert.Cert
}

// Find searches. The chain with the fewest faults is preferred, then the
// shortest, then the one whose links come first among the candidates.
func Find(in Input) Found {
	if in.Leaf == nil || in.Leaf.SelfSigned() {
		return Found{}
	}
	s := search{in: in, byName: map[string][]*cert.Cert{}, open: map[string]bool{}}
	seen := map[string]bool{in.Leaf.SHA256: true}
	for _, c := range in.Candidates {
		name := string(c.Subject.Canonical)
		if c.SelfSigned() || seen[c.SHA256] || len(s.byName[name]) == maxFitting {
			continue
		}
		seen[c.SHA256] = true
		s.byName[name] = append(s.byName[name], c)
	}
	s.run()
	return s.found
}

type search struct {
	in     Input
	byName map[string][]*cert.Cert
	found  Found
	asked  int
	open   map[string]bool
}

// run looks at shorter chains before longer ones, and stops at the first one
// without a fault.
func (s *search) run() {
	queue := [][]*cert.Cert{{s.in.Leaf}}
	for states := 0; len(queue) > 0 && states < maxStates; states++ {
		chain := queue[0]
		queue = queue[1:]
		top := chain[len(chain)-1]
		anchored := s.anchored(top)
		if anchored && s.ask(chain) {
			return
		}
		next := s.issuers(chain)
		if len(next) == 0 && !anchored {
			s.end(top)
		}
		if len(chain) > maxLinks {
			continue
		}
		for _, c := range next {
			queue = append(queue, append(chain[:len(chain):len(chain)], c))
		}
	}
}

func (s *search) anchored(top *cert.Cert) bool {
	for _, r := range s.in.Trusted.BySubject(top.Issuer.Canonical) {
		if r.SelfSigned() && r.LikelyIssued(top) {
			return true
		}
	}
	return false
}

// issuers are the candidates that may have signed the end of the chain. A name
// and key that the chain has already would lead round in a circle.
func (s *search) issuers(chain []*cert.Cert) []*cert.Cert {
	top := chain[len(chain)-1]
	var out []*cert.Cert
	for _, c := range s.byName[string(top.Issuer.Canonical)] {
		if c.LikelyIssued(top) && !holds(chain, c) {
			out = append(out, c)
		}
	}
	return out
}

func holds(chain []*cert.Cert, c *cert.Cert) bool {
	for _, in := range chain {
		if string(in.Subject.Canonical) == string(c.Subject.Canonical) && string(in.Key.RawSPKI) == string(c.Key.RawSPKI) {
			return true
		}
	}
	return false
}

// ask verifies a whole chain and says whether the search is over.
func (s *search) ask(chain []*cert.Cert) bool {
	if s.asked == maxAsked {
		return true
	}
	s.asked++
	r := s.in.Ask(chain)
	if !r.Trusted || forged(r) {
		return false
	}
	if s.found.Chain == nil || len(r.Problems) < len(s.found.Result.Problems) {
		s.found.Chain, s.found.Result = links(r), r
	}
	return r.OK()
}

// forged: a candidate that bears the issuer's name and another key.
func forged(r verify.Result) bool {
	for _, p := range r.Problems {
		switch p.Kind {
		case verify.BadSignature, verify.BadKey, verify.BudgetExhausted, verify.InvalidCA, verify.NoCertSign:
			return true
		}
	}
	return false
}

// links are the verified chain without its root. It may be shorter than what
// was asked about: OpenSSL prefers a trusted issuer to a presented one.
func links(r verify.Result) []*cert.Cert { return r.Chain[: len(r.Chain)-1 : len(r.Chain)-1] }

func (s *search) end(top *cert.Cert) {
	if len(s.found.Open) < maxOpen && !s.open[top.SHA256] {
		s.open[top.SHA256] = true
		s.found.Open = append(s.found.Open, top)
	}
}
