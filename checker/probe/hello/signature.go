package hello

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	_ "crypto/sha256" // the hashes that signature algorithms name
	_ "crypto/sha512"
	"crypto/x509"
	"errors"
	"math/big"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"hookcheck/checker/cert"
	"hookcheck/checker/sigerror"
	"hookcheck/checker/verify"
)

// Bounds of the keys that a signature is checked with. Below the first
// crypto/rsa refuses to work; OpenSSL refuses such certificates anyway.
const (
	minCheckedRSA = 1024
	maxCheckedRSA = 16384
)

// signedBy checks a signature with the key of the first certificate; where that
// key did not make it, the server presents a certificate that is not its own.
// It finds nothing wrong where no code here can tell, as with Ed448 and RSA-PSS
// keys.
func (f *flight) signedBy(alg uint16, content, signature []byte) error {
	wrong, queue := wrongSignature(f.got.Chain[0], alg, content, signature)
	if !wrong {
		return nil
	}
	f.got.ErrorQueue = queue
	return refBadSignature
}

// wrongSignature also tells what OpenSSL notes of a wrong one.
func wrongSignature(leaf []byte, alg uint16, content, signature []byte) (wrong bool, queue string) {
	hash := signatureHash(alg)
	digest := content
	if hash != 0 {
		h := hash.New()
		h.Write(content)
		digest = h.Sum(nil)
	}
	switch key := parseKey(leaf).(type) {
	case *rsa.PublicKey:
		if bits := key.N.BitLen(); bits < minCheckedRSA || bits > maxCheckedRSA || hash == 0 {
			return false, ""
		}
		if alg>>8 == 8 {
			err := rsa.VerifyPSS(key, hash, digest, signature, nil)
			return errors.Is(err, rsa.ErrVerification), pssQueue(key, hash, digest, signature)
		}
		err := rsa.VerifyPKCS1v15(key, hash, digest, signature)
		return errors.Is(err, rsa.ErrVerification), sigerror.RSA(key, below(signature, key), nil)
	case *ecdsa.PublicKey:
		return hash != 0 && !ecdsa.VerifyASN1(key, digest, signature), sigerror.ECDSA(key, signature)
	case ed25519.PublicKey:
		return !ed25519.Verify(key, content, signature), ""
	}
	return false, ""
}

// pssQueue: TLS wants a salt of the length of the hash (RFC 8446, 4.2.3).
// Another key's signature opens to noise, new in every handshake: what OpenSSL
// most likely says of noise is given, whichever this one was.
func pssQueue(key *rsa.PublicKey, hash crypto.Hash, digest, signature []byte) string {
	p := &cert.PSS{Hash: hash, MGFHash: hash, SaltLen: hash.Size()}
	return sigerror.RSA(key, below(signature, key), func(opened []byte) string {
		reason := verify.PSSMismatch(opened, digest, key.N.BitLen(), p)
		if reason == "first octet invalid" {
			return "last octet invalid"
		}
		return reason
	})
}

// below takes the modulus off a signature of the right length that is not
// below it: that, too, is chance.
func below(signature []byte, key *rsa.PublicKey) []byte {
	n := new(big.Int).SetBytes(signature)
	if len(signature) != key.Size() || n.Cmp(key.N) < 0 {
		return signature
	}
	return n.Mod(n, key.N).FillBytes(make([]byte, key.Size()))
}

// wrongCurve: from TLS 1.3 on an algorithm of ECDSA names the curve, too (RFC
// 8446, 4.2.3; OpenSSL's tls12_check_peer_sigalg).
func wrongCurve(leaf []byte, alg uint16) bool {
	key, ok := parseKey(leaf).(*ecdsa.PublicKey)
	if !ok {
		return false
	}
	bits := map[uint16]int{0x0403: 256, 0x0503: 384, 0x0603: 521}[alg]
	return bits != 0 && bits != key.Curve.Params().BitSize
}

// parseKey reads the public key alone, so that a certificate that crypto/x509
// refuses for another reason has its signature checked too.
func parseKey(leaf []byte) any {
	kind, bits, ok := publicKey(leaf)
	if !ok || kind == oidRSA && len(bits) > maxCheckedRSA/8+32 {
		return nil
	}
	spki, ok := publicKeyInfo(leaf)
	if !ok {
		return nil
	}
	key, err := x509.ParsePKIXPublicKey(spki)
	if err != nil {
		return nil
	}
	return key
}

// signatureHash is the hash of a signature algorithm (RFC 8446, 4.2.3); 0 for
// those that have none of their own.
func signatureHash(alg uint16) crypto.Hash {
	switch alg {
	case 0x0301, 0x0303:
		return crypto.SHA224
	case 0x0401, 0x0403, 0x0804:
		return crypto.SHA256
	case 0x0501, 0x0503, 0x0805:
		return crypto.SHA384
	case 0x0601, 0x0603, 0x0806:
		return crypto.SHA512
	}
	return 0
}

// verifyContent is what a TLS 1.3 server signs (RFC 8446, 4.4.3).
func verifyContent(transcriptHash []byte) []byte {
	const context = "TLS 1.3, server CertificateVerify\x00"
	return append([]byte(strings.Repeat(" ", 64)+context), transcriptHash...)
}

// publicKeyInfo is the SubjectPublicKeyInfo of a certificate, as it stands.
func publicKeyInfo(raw []byte) (spki []byte, ok bool) {
	tbs, ok := beforeKey(raw)
	var element cryptobyte.String
	ok = ok && tbs.ReadASN1Element(&element, asn1.SEQUENCE)
	return element, ok
}
