// Package sigerror says what OpenSSL's error queue holds after a signature that
// does not verify: Telegram's client prints the whole queue. It is pure.
package sigerror

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"encoding/asn1"
	"math/big"
	"slices"
)

// Entries of the queue, each of one reason.
const (
	errProvider = "{error:1C880004:Provider routines::RSA lib}"
	errECRange  = "{error:0800009C:elliptic curve routines::bad signature}"

	errRSALength  = "{error:02000077:rsa routines::wrong signature length}"
	errRSALonger  = "{error:0200006C:rsa routines::data greater than mod len}"
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

// RSA opens a signature as far as its padding (OpenSSL's rsa_ossl.c, rsa_pk1.c
// and rsa_pss.c; RFC 8017, 8.1.2 and 8.2.2). pss is nil for PKCS #1 v1.5 and
// otherwise tells OpenSSL's reason for refusing what was opened.
func RSA(key *rsa.PublicKey, signature []byte, pss func(opened []byte) string) string {
	return opened(key, signature, pss) + errProvider
}

func opened(key *rsa.PublicKey, signature []byte, pss func([]byte) string) string {
	number := new(big.Int).SetBytes(signature)
	switch {
	case pss == nil && len(signature) != key.Size():
		return errRSALength
	case len(signature) > key.Size():
		return errRSALonger
	case number.Cmp(key.N) >= 0:
		return errRSALarge
	}
	block := number.Exp(number, big.NewInt(int64(key.E)), key.N).FillBytes(make([]byte, key.Size()))
	if pss != nil {
		return pssErrors[pss(block)]
	}
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

// ECDSA has an entry where a half of the signature is out of range.
func ECDSA(key *ecdsa.PublicKey, bits []byte) string {
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
