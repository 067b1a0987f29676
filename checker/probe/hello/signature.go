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
	"strings"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// Bounds of the keys that a signature is checked with. Below the first
// crypto/rsa refuses to work; OpenSSL refuses such certificates anyway.
const (
	minCheckedRSA = 1024
	maxCheckedRSA = 16384
)

// wrongSignature tells whether the first certificate's key did not make the
// signature: the server presents a certificate that is not its own. It is
// false where no code here can tell, as with Ed448 and RSA-PSS keys.
func wrongSignature(leaf []byte, alg uint16, content, signature []byte) bool {
	hash := signatureHash(alg)
	key := parseKey(leaf)
	digest := content
	if hash != 0 {
		h := hash.New()
		h.Write(content)
		digest = h.Sum(nil)
	}
	switch key := key.(type) {
	case *rsa.PublicKey:
		if bits := key.N.BitLen(); bits < minCheckedRSA || bits > maxCheckedRSA || hash == 0 {
			return false
		}
		if alg>>8 == 8 {
			return errors.Is(rsa.VerifyPSS(key, hash, digest, signature, nil), rsa.ErrVerification)
		}
		return errors.Is(rsa.VerifyPKCS1v15(key, hash, digest, signature), rsa.ErrVerification)
	case *ecdsa.PublicKey:
		return hash != 0 && !ecdsa.VerifyASN1(key, digest, signature)
	case ed25519.PublicKey:
		return !ed25519.Verify(key, content, signature)
	}
	return false
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
