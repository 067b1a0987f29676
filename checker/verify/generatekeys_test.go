package verify_test

import (
	"crypto"
	"crypto/ecdh"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"fmt"
	"math/big"
	"os"

	"hookcheck/internal/testpki"
)

func (g *gen) strength() question {
	p := g.plan(1)
	at := g.Intn(3)
	kinds := []string{"rsa1024", "rsa1962", "rsa1963", "rsa1967", "rsa2048", "p224", "p256", "p384", "p521", "ed25519"}
	kind := kinds[g.n%len(kinds)]
	var key crypto.Signer
	switch kind {
	case "p224":
		key = testpki.CurveKey(elliptic.P224(), "weak")
	case "p256":
		key = testpki.CurveKey(elliptic.P256(), "weak")
	case "p384":
		key = testpki.CurveKey(elliptic.P384(), "weak")
	case "p521":
		key = testpki.CurveKey(elliptic.P521(), "weak")
	case "ed25519":
		key = testpki.Ed25519Key("weak")
	case "rsa1962", "rsa1963":
		key = boundaryRSA(kind)
	default:
		key = testpki.CommittedRSA(kind)
	}
	p.specs[at].key = key
	note := fmt.Sprint(kind, " at ", at)
	if g.chance(50) { // a digest of the signature that is made with some key
		i := g.Intn(3)
		signer := p.specs[max(i-1, 0)].key
		alg := usualAlg(signer)
		switch alg {
		case "sha256-rsa":
			alg = pick(g, "sha1-rsa", "md5-rsa", "sha224-rsa", "sha384-rsa", "sha512-rsa")
		case "ecdsa-sha256", "ecdsa-sha384":
			alg = pick(g, "ecdsa-sha1", "ecdsa-sha224", "ecdsa-sha384", "ecdsa-sha512")
		}
		p.specs[i].alg = alg
		note += fmt.Sprint(", ", alg, " on ", i)
	}
	return p.build().question(note)
}

func (g *gen) oddSignatures() question {
	p := g.plan(1)
	at := 1 + g.Intn(2)
	rsaKey := testpki.CommittedRSA("rsa2048")
	s := &p.specs[at]
	note := []string{"forged", "identifiers differ", "unused bits", "PSS", "PSS SHA-1", "PSS without parameters", "PSS trailer",
		"no NULL", "unknown algorithm", "key of another kind", "unknown key", "explicit curve", "brainpool leaf", "RSA-PSS key",
		"explicit curve alone", "X25519 leaf"}[g.n%16]
	switch note {
	case "forged":
		s.forged = true
		if g.chance(50) {
			p.specs[at-1].key = rsaKey
		}
	case "identifiers differ":
		p.specs[at-1].key, s.alg, s.innerAlg = rsaKey, "sha256-rsa", pick(g, "noparams-rsa", "sha384-rsa", "pss-sha256")
	case "unused bits":
		s.unusedSig = true
	case "PSS":
		p.specs[at-1].key, s.alg = rsaKey, "pss-sha256"
	case "PSS SHA-1":
		p.specs[at-1].key, s.alg = rsaKey, "pss-sha1"
	case "PSS without parameters":
		p.specs[at-1].key, s.alg = rsaKey, "pss-absent"
	case "PSS trailer":
		p.specs[at-1].key, s.alg = rsaKey, "pss-trailer"
	case "no NULL":
		p.specs[at-1].key, s.alg = rsaKey, "noparams-rsa"
	case "unknown algorithm":
		s.alg = "unknown"
	case "key of another kind":
		p.specs[at-1].key, s.alg = rsaKey, "ecdsa-sha256"
	case "unknown key":
		s.spki = seq(seq(oid("1.2.3.4")), tlv(3, []byte{0, 1, 2, 3}))
	case "explicit curve":
		s.spki = explicitP256(s.key)
	case "explicit curve alone":
		leaf := leafSpec(g.ecKey())
		leaf.spki = explicitP256(leaf.key)
		n := sign(leaf, nil)
		return question{note: note, leaf: n.der, trusted: [][]byte{n.der}, host: host}
	case "brainpool leaf":
		p.specs[2].spki = seq(seq(oid("1.2.840.10045.2.1"), oid("1.3.36.3.3.2.8.1.1.7")), tlv(3, []byte{0}, brainpoolG))
	case "RSA-PSS key":
		p.specs[at-1].key, s.alg = rsaKey, pick(g, "pss-sha256", "sha256-rsa")
		plain, err := x509.MarshalPKIXPublicKey(rsaKey.Public())
		if err != nil {
			panic(err)
		}
		p.specs[at-1].spki = asPSSKey(plain, pick(g, nil, testAlgs["pss-sha256"].params, testAlgs["pss-sha384"].params, testAlgs["pss-longsalt"].params))
		p.specs[0].alg = pick(g, "", "")
		if at == 1 {
			p.specs[0].alg = "pss-sha256"
		}
	case "X25519 leaf":
		k, err := ecdh.X25519().GenerateKey(rand.Reader)
		if err != nil {
			panic(err)
		}
		p.specs[2].spki = seq(seq(oid("1.3.101.110")), tlv(3, []byte{0}, k.PublicKey().Bytes()))
	}
	return p.build().question(fmt.Sprint(note, " at ", at))
}

// boundaryRSA reads a test key of this package: the largest that OpenSSL finds
// too weak, and the smallest that it does not.
func boundaryRSA(name string) *rsa.PrivateKey {
	data, err := os.ReadFile("testdata/test-key-" + name + ".pem")
	if err != nil {
		panic(err)
	}
	block, _ := pem.Decode(data)
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		panic(err)
	}
	return key.(*rsa.PrivateKey)
}

// asPSSKey says that an RSA key is for RSASSA-PSS alone; params restrict it.
func asPSSKey(spki, params []byte) []byte {
	var parsed struct {
		Algorithm asn1.RawValue
		Key       asn1.RawValue
	}
	if _, err := asn1.Unmarshal(spki, &parsed); err != nil {
		panic(err)
	}
	return seq(seq(oid("1.2.840.113549.1.1.10"), params), parsed.Key.FullBytes)
}

// brainpoolG is the generator of brainpoolP256r1: a public key like another.
var brainpoolG = func() []byte {
	x, _ := new(big.Int).SetString("8BD2AEB9CB7E57CB2C4B482FFC81B7AFB9DE27E1E3BD23C23A4453BD9ACE3262", 16)
	y, _ := new(big.Int).SetString("547EF835C3DAC4FD97F8461A14611DC9C27745132DED8E545C1D54C72F046997", 16)
	return append(append([]byte{4}, x.Bytes()...), y.Bytes()...)
}()

func explicitP256(key crypto.Signer) []byte {
	c := elliptic.P256().Params()
	spki, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		panic(err)
	}
	point := spki[len(spki)-65:]
	a := new(big.Int).Sub(c.P, big.NewInt(3))
	g := append(append([]byte{4}, c.Gx.Bytes()...), c.Gy.Bytes()...)
	return seq(seq(oid("1.2.840.10045.2.1"), seq(integer(big.NewInt(1)),
		seq(oid("1.2.840.10045.1.1"), integer(c.P)),
		seq(tlv(4, a.Bytes()), tlv(4, c.B.Bytes())),
		tlv(4, g), integer(c.N), integer(big.NewInt(1)))), tlv(3, []byte{0}, point))
}
