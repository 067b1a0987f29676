package hello

import (
	"math/big"

	"github.com/cloudflare/circl/dh/x448"
	"golang.org/x/crypto/cryptobyte"

	"hookcheck/checker/clienterror"
)

// flight12 reads the clear messages of TLS 1.2 and before, in the order that
// ossl_statem_client_read_transition allows.
func (f *flight) flight12() error {
	msg, err := f.msgs.next(msgCertificate)
	if err != nil {
		return err
	}
	if err := f.certificates(msg.body, false); err != nil {
		return err
	}
	if !f.hello.single() && !suiteFitsKey(f.suite, f.leafKey) {
		return refWrongCertType
	}
	if f.suite.kx != kxRSA {
		if msg, err = f.msgs.next(msgServerKeyExchange); err != nil {
			return err
		}
		if err := f.keyExchange(msg.body); err != nil {
			return err
		}
	}
	msg, err = f.msgs.next(msgCertificateRequest, msgServerHelloDone)
	if err != nil {
		return err
	}
	if msg.kind == msgCertificateRequest {
		f.got.ClientCertRequested = true
		if err := f.certificateRequest(msg.body); err != nil {
			return err
		}
		_, err = f.msgs.next(msgServerHelloDone)
	}
	return err
}

// certificateRequest only checks the form (RFC 5246, 7.4.4).
func (f *flight) certificateRequest(body []byte) error {
	s := cryptobyte.String(body)
	var kinds, algs, names cryptobyte.String
	if !s.ReadUint8LengthPrefixed(&kinds) {
		return refLengthMismatch
	}
	if f.msgs.rec.version >= TLS12 && !s.ReadUint16LengthPrefixed(&algs) {
		return refLengthMismatch
	}
	if !s.ReadUint16LengthPrefixed(&names) || !s.Empty() {
		return refLengthMismatch
	}
	return nil
}

// keyExchange reads the parameters and checks their signature, in the order
// of tls_process_key_exchange.
func (f *flight) keyExchange(body []byte) error {
	s := cryptobyte.String(body)
	var err error
	var alg uint16
	if f.suite.kx == kxECDHE {
		err = f.ecParameters(&s)
	} else {
		err = f.dhParameters(&s)
	}
	if err != nil {
		return err
	}
	parameters := body[:len(body)-len(s)]
	if f.msgs.rec.version >= TLS12 {
		if !s.ReadUint16(&alg) {
			return refLengthShort
		}
		if !f.knownSignature(alg) || !f.hello.single() && !fitsKey(alg, f.leafKey, false) {
			return refWrongSignature
		}
	}
	var signature cryptobyte.String
	if !s.ReadUint16LengthPrefixed(&signature) || !s.Empty() {
		return refLengthMismatch
	}
	if f.msgs.rec.version < TLS12 || f.hello.single() || len(f.got.Chain) == 0 || clienterror.Parameters(f.got) != "" {
		return nil // the client has given up before it looks at the signature
	}
	content := append(append(append([]byte(nil), f.hello.random[:]...), f.serverRandom...), parameters...)
	return f.signedBy(alg, content, signature)
}

func (f *flight) ecParameters(s *cryptobyte.String) error {
	var kind uint8
	var group uint16
	var point cryptobyte.String
	if !s.ReadUint8(&kind) || !s.ReadUint16(&group) {
		return refLengthShort
	}
	const namedCurve = 3
	if kind != namedCurve {
		return refWrongCurve
	}
	f.got.Group = groupName(group)
	if !contains16(ecGroups, group) {
		return refWrongCurve
	}
	if !s.ReadUint8LengthPrefixed(&point) {
		return refLengthMismatch
	}
	curve := ecdhCurve(group)
	if curve == nil && len(point) != x448.Size {
		return refBadECPoint
	}
	if curve != nil {
		if _, err := curve.NewPublicKey(point); err != nil {
			return refBadECPoint
		}
	}
	return nil
}

func (f *flight) dhParameters(s *cryptobyte.String) error {
	var p, g, y cryptobyte.String
	if !s.ReadUint16LengthPrefixed(&p) || !s.ReadUint16LengthPrefixed(&g) || !s.ReadUint16LengthPrefixed(&y) {
		return refLengthMismatch
	}
	prime := new(big.Int).SetBytes(p)
	f.got.DHBits = prime.BitLen()
	f.got.Group = knownPrime(prime)
	switch {
	case prime.Sign() == 0:
		return refBadDH
	case prime.BitLen() > maxOpenSSLDH:
		return refModulusLarge
	}
	return nil
}

// maxOpenSSLDH is OPENSSL_DH_MAX_MODULUS_BITS.
const maxOpenSSLDH = 10000

// knownPrime names the finite-field groups of RFC 7919.
func knownPrime(p *big.Int) string {
	for _, id := range ffdheGroups {
		bits, x := ffdheParameters(id)
		if p.BitLen() == int(bits) && p.Cmp(ffdhePrime(bits, x)) == 0 {
			return groupName(id)
		}
	}
	return ""
}

// knownSignature tells whether the hello offered the algorithm.
func (f *flight) knownSignature(alg uint16) bool {
	if contains16(sigAlgs, alg) || f.hello.min < TLS13 && contains16(sigAlgsTLS12, alg) {
		return true
	}
	return f.hello.single() // a probe of a version does not judge the rest
}

func contains16(list []uint16, v uint16) bool {
	for _, x := range list {
		if x == v {
			return true
		}
	}
	return false
}
