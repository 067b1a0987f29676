package verify

import (
	"hookcheck/checker/cert"
)

// Limits of Telegram's client: SSL_CTX_set_verify_depth(10), and security
// level 2 with its 112 bits.
const (
	defaultDepth      = 10
	defaultSignatures = 100
	minSecurityBits   = 112
)

// Run verifies as X509_verify_cert does with a callback that never stops:
// every fault is in the result, the first one is what OpenSSL reports.
func Run(in Input) Result {
	v := &verifier{in: in, depth: in.Depth, budget: in.Budget}
	if v.depth <= 0 {
		v.depth = defaultDepth
	}
	if v.budget == nil {
		v.budget = new(Budget)
	}
	v.budget.start()
	if in.Leaf == nil {
		return Result{Problems: []Problem{{Kind: NoIssuer, Code: "INVALID_CALL"}}}
	}
	v.chain, v.untrusted = []*cert.Cert{in.Leaf}, 1
	if !strongKey(in.Leaf) {
		v.report(WeakKey, 0, "EE_KEY_TOO_SMALL")
	}
	v.buildChain()
	v.checkExtensions()
	v.checkStrength()
	v.checkIdentity()
	v.checkSignatures()
	v.checkNameConstraints()
	v.checkResources()
	return Result{Chain: v.chain, Untrusted: v.untrusted, Trusted: v.trusted, Problems: v.problems}
}

// verifier is one run.
type verifier struct {
	in        Input
	depth     int
	budget    *Budget
	chain     []*cert.Cert
	untrusted int // how many of chain were presented
	trusted   bool
	rejected  bool
	problems  []Problem
}

func (v *verifier) report(kind Kind, depth int, code string) {
	v.problems = append(v.problems, Problem{Kind: kind, Depth: depth, Cert: v.chain[depth], Code: code})
}

// exhausted is what every budget that has run out is set to: zero would mean
// a fresh one.
const exhausted = -1

func (b *Budget) start() {
	if b.Signatures == 0 {
		b.Signatures = defaultSignatures
	}
	if b.Comparisons == 0 {
		b.Comparisons = defaultComparisons
	}
}

func spend(left *int, n int) bool {
	if *left < n {
		*left = exhausted
		return false
	}
	if *left -= n; *left == 0 {
		*left = exhausted
	}
	return true
}
