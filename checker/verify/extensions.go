package verify

import (
	"slices"

	"hookcheck/checker/cert"
)

// Extended key usages that let a certificate serve TLS. The two of the
// 1990s are OpenSSL's doing (XKU_SGC).
var serverUsages = []string{"1.3.6.1.5.5.7.3.1", "1.3.6.1.4.1.311.10.3.3", "2.16.840.1.113730.4.1"}

// What the next certificate of the chain has to be.
type caDemand int

const (
	caOrNot caDemand = iota // the leaf
	notCA                   // the issuer of a proxy certificate
	mustCA
)

// checkExtensions follows check_extensions: critical extensions, CA flags,
// purpose and path length, from the leaf upwards.
func (v *verifier) checkExtensions() {
	demand, length, proxies := caOrNot, 0, 0
	for i, c := range v.chain {
		if len(c.CriticalUnknown) > 0 {
			v.report(CriticalExtension, i, "UNHANDLED_CRITICAL_EXTENSION")
		}
		if c.Proxy != nil {
			v.report(InvalidExtension, i, "PROXY_CERTIFICATES_NOT_ALLOWED")
		}
		v.checkCA(i, demand)
		v.checkCurve(i)
		if c.Valid() && !servesTLS(c, demand == mustCA) {
			v.report(InvalidPurpose, i, "INVALID_PURPOSE")
		}
		if b := c.BasicConstraints; i > 1 && b != nil && b.PathLen >= 0 && length > b.PathLen+proxies {
			v.report(PathLength, i, "PATH_LENGTH_EXCEEDED")
		}
		if i > 0 && !c.SelfIssued() {
			length++
		}
		demand = mustCA
		if p := c.Proxy; p != nil {
			if p.PathLen != -1 {
				if proxies > p.PathLen {
					v.report(PathLength, i, "PROXY_PATH_LENGTH_EXCEEDED")
				}
				proxies = p.PathLen
			}
			proxies++
			demand = notCA
		}
	}
}

// checkCA: an intermediate must be a CA by basicConstraints; the last
// certificate may be one by older means.
func (v *verifier) checkCA(i int, demand caDemand) {
	kind := v.chain[i].CA()
	switch {
	case demand == notCA && kind != cert.NotCA:
		v.report(InvalidCA, i, "INVALID_NON_CA")
	case demand == mustCA && (kind == cert.NotCA || i+1 < len(v.chain) && kind != cert.RealCA):
		v.report(InvalidCA, i, "INVALID_CA")
	}
}

// checkCurve: curves must be named, except where a certificate stands alone.
func (v *verifier) checkCurve(i int) {
	if len(v.chain) == 1 {
		return
	}
	switch c := v.chain[i]; {
	case c.Key.Err != nil:
		v.report(BadKey, i, "UNSPECIFIED")
	case c.Key.Explicit:
		v.report(BadKey, i, "EC_KEY_EXPLICIT_PARAMS")
	}
}

// servesTLS is check_purpose_ssl_server.
func servesTLS(c *cert.Cert, ca bool) bool {
	if c.ExtKeyUsage != nil && !slices.ContainsFunc(c.ExtKeyUsage, func(oid string) bool {
		return slices.Contains(serverUsages, oid)
	}) {
		return false
	}
	if ca {
		kind := c.CA()
		return kind != cert.NotCA && (kind != cert.NetscapeCA || *c.NetscapeType&0x04 != 0)
	}
	if c.NetscapeType != nil && *c.NetscapeType&0x40 == 0 {
		return false
	}
	u := c.KeyUsage
	return u == nil || u.DigitalSignature || u.KeyEncipherment || u.KeyAgreement
}

// checkStrength is check_auth_level. The leaf's key was the first check of
// all; the signature on the last certificate does not count.
func (v *verifier) checkStrength() {
	for i, c := range v.chain {
		if i > 0 && !strongKey(c) {
			v.report(WeakKey, i, "CA_KEY_TOO_SMALL")
		}
		if i < len(v.chain)-1 && c.Signature.SecurityBits < minSecurityBits {
			v.report(WeakSignature, i, "CA_MD_TOO_WEAK")
		}
	}
}

func strongKey(c *cert.Cert) bool {
	return c.Key.Err == nil && c.Key.SecurityBits >= minSecurityBits
}

// checkResources walks the address and AS number extensions of RFC 3779 only
// as far as a web server's certificate needs: one that has them needs issuers
// that have them.
func (v *verifier) checkResources() {
	leaf := v.chain[0]
	for i, c := range v.chain[1:] {
		if leaf.ASResources && !c.ASResources || leaf.IPResources && !c.IPResources {
			v.report(InvalidExtension, i+1, "UNNESTED_RESOURCE")
			return
		}
	}
}
