package verify

import (
	"hookcheck/checker/cert"
)

// checkSignatures is internal_verify: from the anchor down to the leaf, every
// signature and every period of validity. The anchor's own signature does not
// count.
func (v *verifier) checkSignatures() {
	n := len(v.chain) - 1
	issuer := v.chain[n]
	if !issuer.LikelyIssued(issuer) && n > 0 {
		// The last certificate is not self-issued: it is only an issuer.
		n--
	}
	for ; n >= 0; n-- {
		subject := v.chain[n]
		if subject != issuer || n < len(v.chain)-1 {
			v.checkSigned(n, issuer)
		}
		v.checkTime(n)
		issuer = subject
	}
}

func (v *verifier) checkSigned(n int, issuer *cert.Cert) {
	subject := v.chain[n]
	if u := issuer.KeyUsage; u != nil {
		switch {
		case subject.Proxy != nil && !u.DigitalSignature:
			v.report(InvalidPurpose, n+1, "KEYUSAGE_NO_DIGITAL_SIGNATURE")
		case subject.Proxy == nil && !u.CertSign:
			v.report(NoCertSign, n+1, "KEYUSAGE_NO_CERTSIGN")
		}
	}
	if issuer.Key.Err != nil {
		v.report(BadKey, n+1, "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY")
		return
	}
	if !spend(&v.budget.Signatures, cost(&issuer.Key)) {
		v.report(BudgetExhausted, n, "")
		return
	}
	switch checkSignature(subject, issuer) {
	case signatureBad:
		v.report(BadSignature, n, "CERT_SIGNATURE_FAILURE")
	case signatureUnknown:
		v.report(SignatureUnverified, n, "")
	}
}

// slowCost keeps the work of a chain on the slow curves bounded too.
const slowCost = 5

func cost(k *cert.Key) int {
	if k.Slow {
		return slowCost
	}
	return 1
}

func (v *verifier) checkTime(n int) {
	c, now := v.chain[n], v.now()
	switch {
	case c.BadNotBefore:
		v.report(BadValidity, n, "ERROR_IN_CERT_NOT_BEFORE_FIELD")
	case c.NotBefore.After(now):
		v.report(NotYetValid, n, "CERT_NOT_YET_VALID")
	}
	switch {
	case c.BadNotAfter:
		v.report(BadValidity, n, "ERROR_IN_CERT_NOT_AFTER_FIELD")
	case !c.NotAfter.After(now):
		v.report(Expired, n, "CERT_HAS_EXPIRED")
	}
}

// SignedItself tells whether a certificate's own key made its signature,
// whatever its names and identifiers say of the issuer.
func SignedItself(c *cert.Cert, b *Budget) bool {
	b.start()
	return c.Key.Err == nil && spend(&b.Signatures, cost(&c.Key)) && checkSignature(c, c) == signatureGood
}
