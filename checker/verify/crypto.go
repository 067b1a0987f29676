package verify

import (
	"crypto"
	"crypto/dsa" //nolint:staticcheck // OpenSSL still verifies DSA
	"crypto/ecdsa"
	"crypto/ed25519"
	_ "crypto/md5" // digests that certificates may use
	"crypto/rsa"
	_ "crypto/sha1" // of which some are weak: checkStrength says so
	_ "crypto/sha256"
	_ "crypto/sha3"
	_ "crypto/sha512"
	"math/big"

	"github.com/cloudflare/circl/sign/ed448"
	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"hookcheck/checker/cert"
)

type signatureVerdict int

const (
	signatureGood signatureVerdict = iota
	signatureBad
	signatureUnknown // OpenSSL may know the algorithm; we do not
)

func verdict(ok bool) signatureVerdict {
	if ok {
		return signatureGood
	}
	return signatureBad
}

// checkSignature is X509_verify: what the certificate says inside and outside
// about its signature must agree, and the key must be of the kind.
func checkSignature(c, issuer *cert.Cert) signatureVerdict {
	s := &c.Signature
	if s.TBSMismatch || s.UnusedBits != 0 || s.KeyAlgorithm == "" {
		return signatureBad
	}
	key := &issuer.Key
	if s.PSS == nil && len(s.PSSParams) > 0 || s.Name == "RSAPSS" {
		return signatureBad
	}
	if key.Algorithm != s.KeyAlgorithm && (s.PSS == nil || key.Algorithm != "RSA-PSS") {
		return signatureBad
	}
	if key.Algorithm == "RSA" || key.Algorithm == "RSA-PSS" {
		return checkRSA(c, key)
	}
	if key.Public == nil {
		return signatureUnknown
	}
	switch pub := key.Public.(type) {
	case ed25519.PublicKey:
		return verdict(ed25519.Verify(pub, c.RawTBS, s.Bits))
	case cert.Ed448PublicKey:
		return verdict(ed448.Verify(ed448.PublicKey(pub), c.RawTBS, s.Bits, ""))
	}
	digest, ok := digestOf(s.Hash, c.RawTBS)
	if !ok {
		return signatureUnknown
	}
	switch pub := key.Public.(type) {
	case *ecdsa.PublicKey:
		return verdict(ecdsa.VerifyASN1(pub, digest, s.Bits))
	case *dsa.PublicKey:
		return checkDSA(pub, digest, s.Bits)
	}
	return signatureUnknown
}

func digestOf(h crypto.Hash, data []byte) ([]byte, bool) {
	if h == 0 || !h.Available() {
		return nil, false
	}
	d := h.New()
	d.Write(data)
	return d.Sum(nil), true
}

// checkDSA: OpenSSL takes three sizes of Q, and a signature in DER alone.
func checkDSA(pub *dsa.PublicKey, digest, signature []byte) signatureVerdict {
	switch pub.Q.BitLen() {
	case 160, 224, 256:
	default:
		return signatureBad
	}
	var inner cryptobyte.String
	r, s, in := new(big.Int), new(big.Int), cryptobyte.String(signature)
	if !in.ReadASN1(&inner, asn1.SEQUENCE) || !in.Empty() ||
		!inner.ReadASN1Integer(r) || !inner.ReadASN1Integer(s) || !inner.Empty() ||
		pub.P.Bit(0) == 0 || pub.Y.Sign() <= 0 || pub.G.Sign() <= 0 {
		return signatureBad
	}
	if n := pub.Q.BitLen() / 8; len(digest) > n {
		digest = digest[:n]
	}
	return verdict(dsa.Verify(pub, digest, r, s))
}

// checkRSA computes by itself: crypto/rsa refuses keys below 1024 bits and
// digests that OpenSSL takes, and a weak key must not look like a forged
// signature as well.
func checkRSA(c *cert.Cert, key *cert.Key) signatureVerdict {
	s := &c.Signature
	if key.Bits > 16384 {
		return signatureBad // too large for OpenSSL
	}
	pub, ok := key.Public.(*rsa.PublicKey)
	if !ok {
		return signatureUnknown
	}
	em, ok := rsaOpen(pub, s.Bits)
	if !ok {
		return signatureBad
	}
	digest, ok := digestOf(s.Hash, c.RawTBS)
	if !ok {
		return signatureUnknown
	}
	if s.PSS == nil {
		return checkPKCS1(em, s.Hash, digest)
	}
	if r := key.PSS; r != nil && (r.Hash != s.PSS.Hash || r.MGFHash != s.PSS.MGFHash || s.PSS.SaltLen < r.SaltLen) {
		return signatureBad
	}
	if !s.PSS.MGFHash.Available() {
		return signatureUnknown
	}
	return verdict(PSSMismatch(em, digest, pub.N.BitLen(), s.PSS) == "")
}

// rsaOpen computes s^e mod n, as long as the modulus, with OpenSSL's
// conditions on the numbers.
func rsaOpen(pub *rsa.PublicKey, signature []byte) ([]byte, bool) {
	size := (pub.N.BitLen() + 7) / 8
	e := big.NewInt(int64(pub.E))
	s := new(big.Int).SetBytes(signature)
	if len(signature) != size || pub.N.Bit(0) == 0 || pub.N.Cmp(e) <= 0 || e.Sign() <= 0 || s.Cmp(pub.N) >= 0 {
		return nil, false
	}
	return new(big.Int).Exp(s, e, pub.N).FillBytes(make([]byte, size)), true
}
