package verify_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"fmt"
	"io"
	"math/big"

	"hookcheck/checker/cert"
)

// slowCurves are curves that OpenSSL has and Go has not.
var slowCurves = []struct{ name, oid string }{
	{"secp256k1", "1.3.132.0.10"}, {"secp224k1", "1.3.132.0.32"},
	{"prime239v1", "1.2.840.10045.3.1.4"},
	{"brainpoolP224r1", "1.3.36.3.3.2.8.1.1.5"}, {"brainpoolP256r1", "1.3.36.3.3.2.8.1.1.7"}, {"brainpoolP256t1", "1.3.36.3.3.2.8.1.1.8"},
	{"brainpoolP320r1", "1.3.36.3.3.2.8.1.1.9"}, {"brainpoolP384t1", "1.3.36.3.3.2.8.1.1.12"}, {"brainpoolP512r1", "1.3.36.3.3.2.8.1.1.13"},
}

// foreignCurves: an authority's key is on such a curve.
func (g *gen) foreignCurves() question {
	p := g.plan(1)
	at := g.Intn(2)
	curve := slowCurves[g.n%len(slowCurves)]
	key, spki := foreignKey(curve.oid)
	p.specs[at].key, p.specs[at].spki = key, spki
	note := curve.name
	if g.chance(25) {
		p.specs[at+1].forged, note = true, note+" forged"
	}
	return p.build().question(fmt.Sprint(note, " at ", at))
}

// foreignKey makes a key on a curve of which this test knows the identifier
// alone: the curve itself is the product's. SEC 1, C.3 for the public key.
func foreignKey(id string) (crypto.Signer, []byte) {
	curve := curveOf(id)
	d, err := rand.Int(rand.Reader, curve.Params().N)
	if err != nil {
		panic(err)
	}
	key := &ecdsa.PrivateKey{D: d, PublicKey: ecdsa.PublicKey{Curve: curve}}
	key.X, key.Y = curve.ScalarBaseMult(d.Bytes())
	point := elliptic.Marshal(curve, key.X, key.Y) //nolint:staticcheck // ecdh has no such curve
	return randomSigner{key}, seq(seq(oid("1.2.840.10045.2.1"), oid(id)), tlv(3, []byte{0}, point))
}

// randomSigner: the standard library signs deterministically on its own curves
// alone.
type randomSigner struct{ *ecdsa.PrivateKey }

func (s randomSigner) Sign(_ io.Reader, digest []byte, opts crypto.SignerOpts) ([]byte, error) {
	return s.PrivateKey.Sign(rand.Reader, digest, opts)
}

// curveOf reads a certificate whose key lies on the curve; x is tried until
// there is such a point.
func curveOf(id string) elliptic.Curve {
	for size := 20; size <= 64; size++ {
		for x := int64(1); x < 64; x++ {
			point := append([]byte{2}, big.NewInt(x).FillBytes(make([]byte, size))...)
			s := leafSpec(newGen(1).ecKey())
			s.spki = seq(seq(oid("1.2.840.10045.2.1"), oid(id)), tlv(3, []byte{0}, point))
			c, err := cert.Parse(sign(s, nil).der)
			if err != nil {
				panic(err)
			}
			if key, ok := c.Key.Public.(*ecdsa.PublicKey); ok {
				return key.Curve
			}
		}
	}
	panic("no point of " + id)
}
