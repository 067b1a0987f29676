package cert

import (
	"crypto/dsa" //nolint:staticcheck // OpenSSL still verifies DSA
	"crypto/ed25519"
	"crypto/rsa"
	"errors"
	"fmt"
	"math"
	"math/big"
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
	if k.Bits > maxRSABits || n.Sign() == 0 || !e.IsInt64() || e.Int64() > math.MaxInt {
		return nil
	}
	k.Public = &rsa.PublicKey{N: n, E: int(e.Int64())}
	return nil
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

// rsaSecurityBits estimates strength by section 7.5 of FIPS 140-2's
// implementation guidance, rounded to a multiple of eight, with the values
// that SP 800-56B fixes.
func rsaSecurityBits(n int) int {
	fixed := map[int]int{2048: 112, 3072: 128, 4096: 152, 6144: 176, 7680: 192, 8192: 200, 15360: 256}
	if bits, ok := fixed[n]; ok {
		return bits
	}
	if n < 8 {
		return 0
	}
	if n >= 687737 {
		return 1200
	}
	x := float64(n) * math.Ln2
	l := math.Log(x)
	bits := (int((1.923*math.Cbrt(x*l*l)-4.69)/math.Ln2) + 4) &^ 7
	switch {
	case n <= 7680:
		return min(bits, 192)
	case n <= 15360:
		return min(bits, 256)
	}
	return min(bits, 1200)
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
