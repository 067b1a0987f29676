package hello

import (
	"crypto/ecdh"
	"crypto/rand"
	"fmt"
	"math/big"
)

// keyShare is the client's half of a TLS 1.3 key exchange.
type keyShare interface {
	group() uint16
	public() []byte
	shared(peer []byte) ([]byte, error)
}

// newKeyShare makes the share that a HelloRetryRequest asks for.
func newKeyShare(group uint16) (keyShare, error) {
	if curve := ecdhCurve(group); curve != nil {
		key, err := curve.GenerateKey(rand.Reader)
		if err != nil {
			return nil, fmt.Errorf("making a key share: %w", err)
		}
		return ecdhShare{id: group, key: key}, nil
	}
	if group == groupX448 {
		return newX448Share()
	}
	if bits, x := ffdheParameters(group); bits != 0 {
		return newFFDHEShare(group, ffdhePrime(bits, x))
	}
	return nil, fmt.Errorf("making a key share: no code for group %s", groupName(group))
}

func ecdhCurve(group uint16) ecdh.Curve {
	switch group {
	case groupX25519:
		return ecdh.X25519()
	case groupP256:
		return ecdh.P256()
	case groupP384:
		return ecdh.P384()
	case groupP521:
		return ecdh.P521()
	}
	return nil
}

type ecdhShare struct {
	id  uint16
	key *ecdh.PrivateKey
}

func (s ecdhShare) group() uint16  { return s.id }
func (s ecdhShare) public() []byte { return s.key.PublicKey().Bytes() }

func (s ecdhShare) shared(peer []byte) ([]byte, error) {
	pub, err := s.key.Curve().NewPublicKey(peer)
	if err != nil {
		return nil, fmt.Errorf("reading the server's key share: %w", err)
	}
	return s.key.ECDH(pub)
}

// ffdheShare is a share of a finite-field group (RFC 7919). The keys that
// come of it read one flight and are thrown away, so math/big's timing leaks
// nothing of worth.
type ffdheShare struct {
	id   uint16
	p, x *big.Int
}

func newFFDHEShare(group uint16, p *big.Int) (keyShare, error) {
	x, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 400))
	if err != nil {
		return nil, fmt.Errorf("making a key share: %w", err)
	}
	return ffdheShare{id: group, p: p, x: x.Add(x, big.NewInt(2))}, nil
}

func (s ffdheShare) group() uint16 { return s.id }

func (s ffdheShare) public() []byte {
	y := new(big.Int).Exp(big.NewInt(2), s.x, s.p)
	return y.FillBytes(make([]byte, len(s.p.Bytes())))
}

func (s ffdheShare) shared(peer []byte) ([]byte, error) {
	size := len(s.p.Bytes())
	y := new(big.Int).SetBytes(peer)
	top := new(big.Int).Sub(s.p, big.NewInt(1))
	if len(peer) != size || y.Cmp(big.NewInt(1)) <= 0 || y.Cmp(top) >= 0 {
		return nil, fmt.Errorf("reading the server's key share: out of range")
	}
	return y.Exp(y, s.x, s.p).FillBytes(make([]byte, size)), nil
}

// ffdheParameters gives the size of a group of RFC 7919 and the number X of
// its appendix A.
func ffdheParameters(group uint16) (bits uint, x int64) {
	switch group {
	case 0x0100:
		return 2048, 560316
	case 0x0101:
		return 3072, 2625351
	case 0x0102:
		return 4096, 5736041
	case 0x0103:
		return 6144, 15705020
	case 0x0104:
		return 8192, 10965728
	}
	return 0, 0
}

// ffdhePrime computes 2^b - 2^(b-64) + (floor(2^(b-130) e) + X) 2^64 - 1, the
// definition of RFC 7919, appendix A.
func ffdhePrime(bits uint, x int64) *big.Int {
	one := big.NewInt(1)
	const guard = 64
	term := new(big.Int).Lsh(one, bits-130+guard)
	e := new(big.Int)
	for n := int64(1); term.Sign() != 0; n++ {
		e.Add(e, term)
		term.Quo(term, big.NewInt(n))
	}
	e.Rsh(e, guard)
	e.Add(e, big.NewInt(x)).Lsh(e, 64)
	p := new(big.Int).Lsh(one, bits)
	p.Sub(p, new(big.Int).Lsh(one, bits-64))
	return p.Add(p, e).Sub(p, one)
}
