package facts

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"encoding/asn1"
	"math/big"
	"slices"

	"hookcheck/checker/cert"
	"hookcheck/checker/verify"
)

// What OpenSSL's error queue holds after a signature that does not verify.
const (
	errSignature = "{error:06880006:asn1 encoding routines::EVP lib}"
	errBitsLeft  = "{error:068000DC:asn1 encoding routines::invalid bit string bits left}"
	errProvider  = "{error:1C880004:Provider routines::RSA lib}"
	errECRange   = "{error:0800009C:elliptic curve routines::bad signature}"

	errRSALength  = "{error:02000077:rsa routines::wrong signature length}"
	errRSALarge   = "{error:02000084:rsa routines::data too large for modulus}"
	errRSADigest  = "{error:02000068:rsa routines::bad signature}"
	errRSAZero    = "{error:0200008A:rsa routines::invalid padding}"
	errRSAType    = "{error:0200006A:rsa routines::block type is not 01}"
	errRSAFixed   = "{error:02000066:rsa routines::bad fixed header decrypt}"
	errRSANoEnd   = "{error:02000071:rsa routines::null before block missing}"
	errRSAShort   = "{error:02000067:rsa routines::bad pad byte count}"
	errRSAPadding = "{error:02000072:rsa routines::padding check failed}"
)

// pssErrors are those of RSASSA-PSS, by OpenSSL's reason.
var pssErrors = map[string]string{
	"first octet invalid":         "{error:02000085:rsa routines::first octet invalid}",
	"last octet invalid":          "{error:02000086:rsa routines::last octet invalid}",
	"salt length recovery failed": "{error:02000087:rsa routines::salt length recovery failed}",
	"salt length check failed":    "{error:02000088:rsa routines::salt length check failed}",
	"data too large":              "{error:0200006D:rsa routines::data too large}",
	"bad signature":               errRSADigest,
}

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
		return rsaErrors(key, signed) + errProvider + errSignature
	case *ecdsa.PublicKey:
		return ecErrors(key, signed.Signature.Bits) + errSignature
	}
	return errSignature
}

// rsaErrors opens the signature as far as its padding (OpenSSL's rsa_ossl.c,
// rsa_pk1.c and rsa_pss.c; RFC 8017, 8.1.2 and 8.2.2).
func rsaErrors(key *rsa.PublicKey, signed *cert.Cert) string {
	sig := &signed.Signature
	if len(sig.Bits) != key.Size() {
		return errRSALength
	}
	number := new(big.Int).SetBytes(sig.Bits)
	if number.Cmp(key.N) >= 0 {
		return errRSALarge
	}
	if sig.PSSParams != nil {
		return pssErrors[verify.PSSReason(signed, key)]
	}
	block := number.Exp(number, big.NewInt(int64(key.E)), key.N).FillBytes(make([]byte, key.Size()))
	if bad := pkcs1Errors(block); bad != "" {
		return bad + errRSAPadding
	}
	return errRSADigest
}

// pkcs1Errors looks for 00 01 FF … FF 00 with at least eight FF.
func pkcs1Errors(block []byte) string {
	if block[0] != 0 {
		return errRSAZero
	}
	if block[1] != 1 {
		return errRSAType
	}
	filled := slices.IndexFunc(block[2:], func(b byte) bool { return b != 0xff })
	switch {
	case filled < 0:
		return errRSANoEnd
	case block[2+filled] != 0:
		return errRSAFixed
	case filled < 8:
		return errRSAShort
	}
	return ""
}

func ecErrors(key *ecdsa.PublicKey, bits []byte) string {
	var sig struct{ R, S *big.Int }
	if _, err := asn1.Unmarshal(bits, &sig); err != nil {
		return ""
	}
	for _, n := range []*big.Int{sig.R, sig.S} {
		if n.Sign() <= 0 || n.Cmp(key.Curve.Params().N) >= 0 {
			return errECRange
		}
	}
	return ""
}
