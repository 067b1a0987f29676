package certfile

import (
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"hookcheck/checker/evidence"
)

// Uses that a TRUSTED CERTIFICATE may name, as DER content: any, and a server's.
const (
	oidAnyUsage   = "\x55\x1d\x25\x00"
	oidServerAuth = "\x2b\x06\x01\x05\x05\x07\x03\x01"
)

// serverTrust reads what follows the certificate in a TRUSTED CERTIFICATE block
// (OpenSSL's X509_CERT_AUX): uses that it is trusted for and uses that it is
// not, which outweigh the form of the certificate (x509_trust.c, obj_trust).
func serverTrust(aux []byte) string {
	s := cryptobyte.String(aux)
	var settings, trusted, rejected cryptobyte.String
	var hasTrusted, hasRejected bool
	if !s.ReadASN1(&settings, asn1.SEQUENCE) ||
		!settings.ReadOptionalASN1(&trusted, &hasTrusted, asn1.SEQUENCE) ||
		!settings.ReadOptionalASN1(&rejected, &hasRejected, asn1.Tag(0).ContextSpecific().Constructed()) {
		return ""
	}
	switch {
	case hasRejected && namesServers(rejected):
		return evidence.TrustRejected
	case hasTrusted && namesServers(trusted):
		return evidence.TrustGranted
	case hasTrusted:
		return evidence.TrustRejected
	}
	return ""
}

func namesServers(uses cryptobyte.String) bool {
	for !uses.Empty() {
		var use cryptobyte.String
		if !uses.ReadASN1(&use, asn1.OBJECT_IDENTIFIER) {
			return false
		}
		if string(use) == oidAnyUsage || string(use) == oidServerAuth {
			return true
		}
	}
	return false
}
