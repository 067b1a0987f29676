package conformance

import (
	"crypto"
	"crypto/dsa" //nolint:staticcheck // the suite asks for it
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509/pkix"
	_ "embed"
	"encoding/asn1"
	"encoding/pem"
	"io"
	"math/big"
	"sync"

	"hookcheck/internal/testpki"
)

// oddKey is a key whose public half crypto/x509 does not write.
type oddKey interface {
	crypto.Signer
	spki() []byte
	algorithm() asn1.ObjectIdentifier // of a signature over SHA-256
}

type publicKeyInfo struct {
	Algorithm pkix.AlgorithmIdentifier
	Key       asn1.BitString
}

// spkiOf is SubjectPublicKeyInfo.
func spkiOf(id asn1.ObjectIdentifier, parameters, key []byte) []byte {
	return marshal(publicKeyInfo{
		pkix.AlgorithmIdentifier{Algorithm: id, Parameters: raw(parameters)},
		asn1.BitString{Bytes: key, BitLength: 8 * len(key)},
	})
}

type signature struct{ R, S *big.Int }

var oidECKey = asn1.ObjectIdentifier{1, 2, 840, 10045, 2, 1}

// p192Key is a key on the curve that the standard library leaves out.
type p192Key struct{ d *big.Int }

func (p192Key) algorithm() asn1.ObjectIdentifier { return oidECDSA256 }
func (k p192Key) Public() crypto.PublicKey       { return k }

// curve is FIPS 186-4, D.1.2.1.
func (p192Key) curve() *elliptic.CurveParams {
	number := func(s string) *big.Int {
		n, _ := new(big.Int).SetString(s, 16)
		return n
	}
	return &elliptic.CurveParams{
		Name: "P-192", BitSize: 192,
		P:  number("fffffffffffffffffffffffffffffffeffffffffffffffff"),
		N:  number("ffffffffffffffffffffffff99def836146bc9b1b4d22831"),
		B:  number("64210519e59c80e70fa7e9ab72243049feb8deecc146b9b1"),
		Gx: number("188da80eb03090f67cbf20eb43a18800f4ff0afd82ff1012"),
		Gy: number("07192b95ffc8da78631011ed6b24cdd573f977a11e794811"),
	}
}

func (k p192Key) spki() []byte {
	c := k.curve()
	x, y := c.ScalarBaseMult(k.d.Bytes()) //nolint:staticcheck // no other way to this curve
	name := marshal(asn1.ObjectIdentifier{1, 2, 840, 10045, 3, 1, 1})
	return spkiOf(oidECKey, name, elliptic.Marshal(c, x, y)) //nolint:staticcheck // as above
}

// Sign is FIPS 186-4, 6.4, with a secret number that is none.
func (k p192Key) Sign(_ io.Reader, digest []byte, _ crypto.SignerOpts) ([]byte, error) {
	c, once := k.curve(), big.NewInt(0xfeedbeef)
	x, _ := c.ScalarBaseMult(once.Bytes()) //nolint:staticcheck // as above
	r := x.Mod(x, c.N)
	s := new(big.Int).SetBytes(digest[:c.BitSize/8])
	s.Add(s, new(big.Int).Mul(r, k.d))
	s.Mul(s, new(big.Int).ModInverse(once, c.N))
	return marshal(signature{r, s.Mod(s, c.N)}), nil
}

// explicitKey is a key on P-256 with the curve written out in numbers.
type explicitKey struct{ *ecdsa.PrivateKey }

func (explicitKey) algorithm() asn1.ObjectIdentifier { return oidECDSA256 }

func (k explicitKey) spki() []byte {
	c := k.Curve.Params()
	fixed := func(n *big.Int) []byte { return n.FillBytes(make([]byte, 32)) }
	type field struct {
		ID    asn1.ObjectIdentifier
		Prime *big.Int
	}
	type coefficients struct{ A, B []byte }
	parameters := marshal(struct {
		Version  int
		Field    field
		Curve    coefficients
		Base     []byte
		Order    *big.Int
		Cofactor int
	}{
		1, field{asn1.ObjectIdentifier{1, 2, 840, 10045, 1, 1}, c.P},
		coefficients{fixed(new(big.Int).Sub(c.P, big.NewInt(3))), fixed(c.B)},
		elliptic.Marshal(k.Curve, c.Gx, c.Gy), c.N, 1, //nolint:staticcheck // for an encoding
	})
	return spkiOf(oidECKey, parameters, elliptic.Marshal(k.Curve, k.X, k.Y)) //nolint:staticcheck // as above
}

// dsaKey is a key of the algorithm that nobody uses any more.
type dsaKey struct{ *dsa.PrivateKey }

//go:embed testdata/dsa3072.pem
var dsaPEM []byte

var readDSA = sync.OnceValue(func() dsaKey {
	block, _ := pem.Decode(dsaPEM)
	var n struct {
		Version       int
		P, Q, G, Y, X *big.Int
	}
	if _, err := asn1.Unmarshal(block.Bytes, &n); err != nil {
		panic(err)
	}
	public := dsa.PublicKey{Parameters: dsa.Parameters{P: n.P, Q: n.Q, G: n.G}, Y: n.Y}
	return dsaKey{&dsa.PrivateKey{PublicKey: public, X: n.X}}
})

func (dsaKey) algorithm() asn1.ObjectIdentifier {
	return asn1.ObjectIdentifier{2, 16, 840, 1, 101, 3, 4, 3, 2}
}

func (k dsaKey) Public() crypto.PublicKey { return &k.PublicKey }

func (k dsaKey) spki() []byte {
	parameters := marshal(struct{ P, Q, G *big.Int }{k.P, k.Q, k.G})
	return spkiOf(asn1.ObjectIdentifier{1, 2, 840, 10040, 4, 1}, parameters, marshal(k.Y))
}

// Sign is FIPS 186-4, 4.6, with a secret number that is none.
func (k dsaKey) Sign(_ io.Reader, digest []byte, _ crypto.SignerOpts) ([]byte, error) {
	once := big.NewInt(0xfeedbeef)
	r := new(big.Int).Exp(k.G, once, k.P)
	r.Mod(r, k.Q)
	s := new(big.Int).SetBytes(digest)
	s.Add(s, new(big.Int).Mul(r, k.X))
	s.Mul(s, new(big.Int).ModInverse(once, k.Q))
	return marshal(signature{r, s.Mod(s, k.Q)}), nil
}

// oddKeyCases are those of limbo's group webpki that ask for such keys.
func oddKeyCases() []testCase {
	r := root()
	seed := sha256.Sum256([]byte("limbo P-192"))
	small := p192Key{new(big.Int).SetBytes(seed[:23])}
	explicit := explicitKey{testpki.ECKey("limbo explicit")}
	return []testCase{
		chain("webpki::forbidden-p192-leaf", bad, leaf(r, with(small)), r),
		rooted("webpki::forbidden-p192-root", bad, root(with(small))),
		chain("webpki::forbidden-dsa-leaf", bad, leaf(r, with(readDSA())), r),
		rooted("webpki::forbidden-dsa-root", bad, root(with(readDSA()))),
		rooted("webpki::explicit-curve", bad, root(with(explicit))),
	}
}
