package cert

import (
	"crypto/dsa" //nolint:staticcheck // OpenSSL still verifies DSA
	"crypto/ed25519"
	"crypto/rsa"
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
)

// Bounds of OpenSSL: beyond the first it computes with no RSA key, beyond the
// second with no DSA key.
const (
	maxRSABits = 16384
	maxDSABits = 10000
)

// parseKey reads a SubjectPublicKeyInfo. A key that does not decode is no
// reason to refuse the certificate: OpenSSL does not either until it needs
// the key.
func parseKey(r *reader) (Key, error) {
	start := r.rest
	seq, e, err := r.sequence()
	if err != nil {
		return Key{}, fmt.Errorf("reading the public key: %w", err)
	}
	k := Key{RawSPKI: start[:len(e.full)]}
	alg, err := seq.algorithm()
	if err != nil {
		return k, fmt.Errorf("reading the public key's algorithm: %w", err)
	}
	value, err := seq.take(universal, tagBitString)
	if err != nil {
		return k, fmt.Errorf("reading the public key: %w", err)
	}
	bits, _, err := value.bits()
	if err != nil {
		return k, fmt.Errorf("reading the public key: %w", err)
	}
	if err := seq.done(); err != nil {
		return k, fmt.Errorf("reading the public key: %w", err)
	}
	k.Algorithm = alg.oid
	k.Err = k.decode(alg, bits)
	return k, nil
}

func (k *Key) decode(alg algorithm, bits []byte) error {
	switch alg.oid {
	case "1.2.840.113549.1.1.1", "2.5.8.1.1":
		k.Algorithm = "RSA"
		return k.decodeRSA(bits)
	case oidPSS:
		k.Algorithm = "RSA-PSS"
		return k.decodePSS(alg, bits)
	case "1.2.840.10045.2.1":
		k.Algorithm = "EC"
		return k.decodeEC(alg, bits)
	case "1.2.840.10040.4.1", "1.3.14.3.2.12":
		k.Algorithm = "DSA"
		return k.decodeDSA(alg, bits)
	case "1.3.101.112":
		return k.decodeEdwards(alg, bits, edwards{"Ed25519", 32, 256, 128})
	case "1.3.101.113":
		return k.decodeEdwards(alg, bits, edwards{"Ed448", 57, 456, 224})
	case "1.3.101.110":
		return k.decodeEdwards(alg, bits, edwards{"X25519", 32, 253, 128})
	case "1.3.101.111":
		return k.decodeEdwards(alg, bits, edwards{"X448", 56, 448, 224})
	}
	return errors.New("unknown public key algorithm " + alg.oid)
}

func (k *Key) decodeRSA(bits []byte) error {
	outer := reader{bits}
	seq, _, err := outer.sequence()
	if err != nil {
		return fmt.Errorf("reading an RSA key: %w", err)
	}
	n, err := seq.number()
	if err != nil {
		return fmt.Errorf("reading an RSA modulus: %w", err)
	}
	e, err := seq.number()
	if err != nil {
		return fmt.Errorf("reading an RSA exponent: %w", err)
	}
	if err := seq.done(); err != nil {
		return fmt.Errorf("reading an RSA key: %w", err)
	}
	k.Bits = n.BitLen()
	k.SecurityBits = rsaSecurityBits(k.Bits)
	k.exponentBits = e.BitLen()
	if k.Bits > maxRSABits || n.Sign() == 0 || !e.IsInt64() || e.Int64() > math.MaxInt {
		return nil
	}
	k.Public = &rsa.PublicKey{N: n, E: int(e.Int64())}
	return nil
}

// Unusable says why OpenSSL verifies no signature with a key that it can read,
// as in a handshake; "" where it does (crypto/rsa/rsa_ossl.c).
func (k *Key) Unusable() string {
	const smallModulus, maxExponent = 3072, 64
	switch {
	case k.exponentBits == 0:
		return ""
	case k.Bits > maxRSABits:
		return fmt.Sprintf("an RSA modulus of %d bits; OpenSSL uses none over %d", k.Bits, maxRSABits)
	case k.Bits > smallModulus && k.exponentBits > maxExponent:
		return fmt.Sprintf("an RSA exponent of %d bits; OpenSSL uses none over %d with such a modulus", k.exponentBits, maxExponent)
	}
	return ""
}

func (r *reader) number() (*big.Int, error) {
	e, err := r.take(universal, tagInteger)
	if err != nil {
		return nil, err
	}
	return e.unsigned()
}

func (k *Key) decodePSS(alg algorithm, bits []byte) error {
	if alg.hasParams {
		if alg.paramClass != universal || alg.paramTag != tagSequence {
			return errors.New("reading an RSA-PSS key: parameters are not a sequence")
		}
		p, err := ParsePSS(alg.paramsFull)
		if err != nil {
			return err
		}
		k.PSS = p
	}
	return k.decodeRSA(bits)
}

// rsaSteps are the sizes of the modulus at which OpenSSL's estimate
// (ossl_ifc_ffc_compute_security_bits, SP 800-56B's formula in fixed-point
// arithmetic) grows by eight bits: 1962 is still 104, 1963 is 112.
var rsaSteps = []int{
	16, 41, 81, 138, 213, 308, 425, 566, 729, 920, 1137, 1383, 1657, 1963, 2301, 2671, 3076,
	3514, 3991, 4502, 5054, 5642, 6274, 6947, 7681, 8418, 9216, 10064, 10953, 11893, 12877,
	13914, 15361, 16132,
}

func rsaSecurityBits(n int) int {
	steps, exact := slices.BinarySearch(rsaSteps, n)
	if exact {
		steps++
	}
	return 8 * steps
}

type edwards struct {
	name                   string
	size, bits, securities int
}

func (k *Key) decodeEdwards(alg algorithm, bits []byte, kind edwards) error {
	k.Algorithm = kind.name
	if alg.hasParams {
		return fmt.Errorf("reading an %s key: parameters must be absent", kind.name)
	}
	if len(bits) != kind.size {
		return fmt.Errorf("reading an %s key: %d bytes, want %d", kind.name, len(bits), kind.size)
	}
	k.Bits, k.SecurityBits = kind.bits, kind.securities
	switch kind.name {
	case "Ed25519":
		k.Public = ed25519.PublicKey(bits)
	case "Ed448":
		k.Public = Ed448PublicKey(bits)
	}
	return nil
}

func (k *Key) decodeDSA(alg algorithm, bits []byte) error {
	value := reader{bits}
	y, err := value.number()
	if err != nil {
		return fmt.Errorf("reading a DSA key: %w", err)
	}
	if !alg.hasParams || alg.paramTag == tagNull && alg.paramClass == universal {
		return nil // the parameters are the issuer's
	}
	outer := reader{alg.paramsFull}
	seq, _, err := outer.sequence()
	if err != nil {
		return fmt.Errorf("reading DSA parameters: %w", err)
	}
	var pqg [3]*big.Int
	for i := range pqg {
		if pqg[i], err = seq.number(); err != nil {
			return fmt.Errorf("reading DSA parameters: %w", err)
		}
	}
	if err := seq.done(); err != nil {
		return fmt.Errorf("reading DSA parameters: %w", err)
	}
	k.Bits = pqg[0].BitLen()
	k.SecurityBits = dsaSecurityBits(k.Bits, pqg[1].BitLen())
	if k.Bits <= maxDSABits && pqg[0].Sign() > 0 && pqg[1].Sign() > 0 {
		k.Public = &dsa.PublicKey{Parameters: dsa.Parameters{P: pqg[0], Q: pqg[1], G: pqg[2]}, Y: y}
	}
	return nil
}

// dsaSecurityBits is BN_security_bits: the weaker of the two sizes counts.
func dsaSecurityBits(p, q int) int {
	bits := 0
	switch {
	case p >= 15360:
		bits = 256
	case p >= 7680:
		bits = 192
	case p >= 3072:
		bits = 128
	case p >= 2048:
		bits = 112
	case p >= 1024:
		bits = 80
	}
	if q/2 < 80 {
		return 0
	}
	return min(bits, q/2)
}
