package verify

import (
	"bytes"
	"time"

	"hookcheck/checker/cert"
)

// buildChain extends the chain greedily, as build_chain of
// crypto/x509/x509_vfy.c does: a trusted issuer first, else a presented one,
// and no way back from either. In a handshake OpenSSL finds the leaf among the
// presented certificates as well; it makes no difference, since only a leaf
// that is self-signed could be its own issuer, and then none is looked for.
func (v *verifier) buildChain() {
	rest := append([]*cert.Cert(nil), v.in.Untrusted...)
	limit := v.depth + 1
	trustedOnly := false
	for !v.trusted && !v.rejected {
		top := v.chain[len(v.chain)-1]
		if len(v.chain) <= limit && v.extendTrusted(top) {
			trustedOnly = true
			continue
		}
		if trustedOnly {
			break
		}
		var issuer *cert.Cert
		if !top.SelfSigned() && len(v.chain) <= limit {
			issuer = v.presentedIssuer(rest, top)
		}
		if issuer == nil {
			break
		}
		rest = without(rest, issuer)
		v.chain = append(v.chain, issuer)
		v.untrusted++
	}
	switch {
	case v.rejected:
		v.report(Rejected, len(v.chain)-1, "CERT_REJECTED")
	case !v.trusted:
		v.reportOpenEnd(limit)
	}
}

// extendTrusted looks for a trusted issuer of top. One that is self-signed
// ends the chain; a self-signed top must itself be in the store.
func (v *verifier) extendTrusted(top *cert.Cert) bool {
	issuer := v.trustedIssuer(top)
	if issuer == nil {
		return false
	}
	if top.SelfSigned() {
		if !bytes.Equal(top.Raw, issuer.Raw) {
			return false
		}
		v.chain[len(v.chain)-1] = issuer
		v.untrusted = min(v.untrusted, len(v.chain)-1)
		v.anchor(issuer)
		return true
	}
	v.chain = append(v.chain, issuer)
	v.anchor(issuer)
	return true
}

// anchor is check_trust for one more trusted certificate: what the store says of
// it outweighs its form (x509_trust.c, obj_trust).
func (v *verifier) anchor(c *cert.Cert) {
	v.trusted = c.Trust == cert.TrustGranted || c.Trust == cert.TrustByForm && c.SelfSigned()
	v.rejected = c.Trust == cert.TrustRejected
}

func (v *verifier) reportOpenEnd(limit int) {
	last := len(v.chain) - 1
	selfSigned := v.chain[last].SelfSigned()
	switch {
	case len(v.chain) > limit:
		v.report(ChainTooLong, last, "CERT_CHAIN_TOO_LONG")
	case selfSigned && last == 0:
		v.report(SelfSignedLeaf, last, "DEPTH_ZERO_SELF_SIGNED_CERT")
	case selfSigned:
		v.report(SelfSignedInChain, last, "SELF_SIGNED_CERT_IN_CHAIN")
	case v.untrusted < len(v.chain):
		v.report(NoIssuer, last, "UNABLE_TO_GET_ISSUER_CERT")
	default:
		v.report(NoIssuer, last, "UNABLE_TO_GET_ISSUER_CERT_LOCALLY")
	}
}

func (v *verifier) trustedIssuer(c *cert.Cert) *cert.Cert {
	if v.in.Trusted == nil {
		return nil
	}
	return v.best(c, v.in.Trusted.BySubject(c.Issuer.Canonical), false)
}

func (v *verifier) presentedIssuer(list []*cert.Cert, c *cert.Cert) *cert.Cert {
	return v.best(c, list, true)
}

// best takes the first candidate that is valid now, else the one that expired
// last.
func (v *verifier) best(c *cert.Cert, candidates []*cert.Cert, unused bool) *cert.Cert {
	var best *cert.Cert
	for _, issuer := range candidates {
		if !issuer.LikelyIssued(c) || unused && v.inChain(issuer) {
			continue
		}
		if v.timely(issuer) {
			return issuer
		}
		if best == nil || issuer.NotAfter.After(best.NotAfter) {
			best = issuer
		}
	}
	return best
}

func (v *verifier) inChain(c *cert.Cert) bool {
	for _, in := range v.chain {
		if in.SHA256 == c.SHA256 {
			return true
		}
	}
	return false
}

func (v *verifier) timely(c *cert.Cert) bool {
	now := v.now()
	return !c.BadNotBefore && !c.BadNotAfter && !c.NotBefore.After(now) && c.NotAfter.After(now)
}

// now has whole seconds, as a time_t.
func (v *verifier) now() time.Time { return v.in.Now.Truncate(time.Second) }

func without(list []*cert.Cert, c *cert.Cert) []*cert.Cert {
	for i, in := range list {
		if in == c {
			return append(list[:i:i], list[i+1:]...)
		}
	}
	return list
}
