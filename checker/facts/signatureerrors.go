package facts

import (
	"crypto/ecdsa"
	"crypto/rsa"

	"hookcheck/checker/cert"
	"hookcheck/checker/sigerror"
	"hookcheck/checker/verify"
)

// What the parser of certificates adds to OpenSSL's error queue.
const (
	errSignature = "{error:06880006:asn1 encoding routines::EVP lib}"
	errBitsLeft  = "{error:068000DC:asn1 encoding routines::invalid bit string bits left}"
)

// signatureErrors is what the check of a signature leaves behind, by the kind
// of key that it is held against.
func (c *Chain) signatureErrors(signed *cert.Cert) string {
	at := c.depth(signed)
	if at < 0 || at+1 >= len(c.Path) {
		return ""
	}
	if signed.Signature.UnusedBits > 0 {
		return errBitsLeft
	}
	switch key := c.Path[at+1].Key.Public.(type) {
	case *rsa.PublicKey:
		return rsaErrors(key, signed) + errSignature
	case *ecdsa.PublicKey:
		return sigerror.ECDSA(key, signed.Signature.Bits) + errSignature
	}
	return errSignature
}

func rsaErrors(key *rsa.PublicKey, signed *cert.Cert) string {
	if signed.Signature.PSSParams == nil {
		return sigerror.RSA(key, signed.Signature.Bits, nil)
	}
	return sigerror.RSA(key, signed.Signature.Bits, func([]byte) string { return verify.PSSReason(signed, key) })
}
