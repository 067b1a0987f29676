package facts

import (
	"slices"
	"strings"

	"hookcheck/checker/cert"
	"hookcheck/checker/d2i"
)

// Telegram's client prints the whole error queue of OpenSSL, so a verification
// that fails inside a parser or a signature leaves more than one line behind
// (td/net/SslCtx.cpp, create_openssl_error). Seen with OpenSSL 3.0.
const (
	errVerify    = "{error:0A000086:SSL routines::certificate verify failed}"
	errASN1      = "{error:0A08000D:SSL routines::ASN1 lib}"
	errExtension = "{error:1100009E:X509 V3 routines::invalid certificate}"
	errPublicKey = "{error:03000072:digital envelope routines::decode error}"
)

// Predicted is the text that Telegram's client reports for a fault that leaves
// more in OpenSSL's error queue than the failed verification; "" for all
// others, and where an earlier fault ends the verification first.
func (c *Chain) Predicted(ft *Fault) string {
	var queue string
	switch {
	case ft.Kind == Unparsable && ft.Cert == nil:
		queue = c.undecodable(ft.Position)
		if queue == "" {
			return ""
		}
		return "SSL error " + queue
	case ft.Invalid > 0:
		queue = strings.Repeat(errExtension, ft.Invalid)
	case ft.Kind == Unparsable && len(ft.Cert.BrokenExtensions) > 0:
		queue = errExtension
	case ft.Kind == Unparsable && ft.Cert.Key.Err != nil:
		queue = errPublicKey
	case ft.Kind == Unparsable && badDate(ft.Cert) && c.Fault(BadSignature) != nil:
		return c.Predicted(c.Fault(BadSignature))
	case ft.Kind == BadSignature && ft.Cert != nil && (ft.Cert.Signature.TBSMismatch || ft.Cert.Signature.SecurityBits < 0):
		// X509_verify compares the identifiers without a word (x_all.c), and the
		// strength of an unknown one is refused before.
	case ft.Kind == BadSignature && !c.endsBefore(ft):
		queue = c.signatureErrors(ft.Cert)
	}
	if queue == "" {
		return ""
	}
	return "SSL error " + queue + errVerify
}

// undecodable is what OpenSSL says of a certificate that it cannot read, "" where
// it can and only we cannot.
func (c *Chain) undecodable(position int) string {
	var der []byte
	for _, p := range c.Presented {
		if p.Position == position {
			der = p.DER
		}
	}
	errors, rest := d2i.CertificateRest(der)
	switch {
	case errors != "":
		return errors + errASN1
	case len(rest) > 0:
		return "{error:0A000087:SSL routines::cert length mismatch}"
	}
	return ""
}

// endsBefore tells whether another fault is met before a signature is. The
// client's callback stops at the first: path, extensions, strength and names
// come first; then, from the root downwards, each signature and its dates
// (x509_vfy.c, verify_chain and internal_verify).
func (c *Chain) endsBefore(bad *Fault) bool {
	dates := []FaultKind{Expired, NotYetValid, IntermediateExpired, IntermediateNotYet, RootExpired}
	for i := range c.Faults {
		other := &c.Faults[i]
		switch {
		case other == bad, other.Kind == NameConstraint:
		case slices.Contains(dates, other.Kind), other.Kind == BadSignature, other.Kind == Unparsable && badDate(other.Cert):
			if c.depth(other.Cert) > c.depth(bad.Cert) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

func badDate(c *cert.Cert) bool { return c != nil && (c.BadNotBefore || c.BadNotAfter) }

func (c *Chain) depth(at *cert.Cert) int {
	return slices.IndexFunc(c.Path, func(p *cert.Cert) bool { return at != nil && p.SHA256 == at.SHA256 })
}
