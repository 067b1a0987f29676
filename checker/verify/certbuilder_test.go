package verify_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	_ "crypto/md5"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/x509"
	"fmt"
	"math/big"
	"time"

	"hookcheck/checker/cert"
)

// A certificate builder that builds what crypto/x509 refuses: every part is
// plain DER, and can be replaced by something odd.

type ext struct {
	oid      string
	critical bool
	value    []byte
}

// certSpec is a certificate to be made. Zero fields have sound values.
type certSpec struct {
	version   int // 3 where 0
	serial    *big.Int
	subject   []byte // DER of a Name
	from, to  time.Time
	validity  []byte // instead of from and to
	key       crypto.Signer
	spki      []byte // instead of key's
	alg       string // of the signature; "" is the usual one of the signer's key
	innerAlg  string // what the signed part says; "" is alg
	exts      []ext
	noKeyIDs  bool // neither key identifier
	forged    bool // the signature is damaged
	unusedSig bool // the signature claims unused bits
}

// node is a made certificate with its key.
type node struct {
	der     []byte
	spec    certSpec
	subject []byte
	key     crypto.Signer
	keyID   []byte
	serial  *big.Int
	issuer  []byte
}

func (n *node) cert() (*cert.Cert, error) { return cert.Parse(n.der) }

var (
	builderNow    = time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	builderSerial = int64(1000)
)

func (s certSpec) with(x ...ext) certSpec {
	out := s
	out.exts = append([]ext(nil), s.exts...)
	for _, e := range x {
		replaced := false
		for i := range out.exts {
			if out.exts[i].oid == e.oid {
				out.exts[i], replaced = e, true
			}
		}
		if !replaced {
			out.exts = append(out.exts, e)
		}
	}
	return out
}

func (s certSpec) without(oids ...string) certSpec {
	out := s
	out.exts = nil
	for _, e := range s.exts {
		keep := true
		for _, oid := range oids {
			keep = keep && e.oid != oid
		}
		if keep {
			out.exts = append(out.exts, e)
		}
	}
	return out
}

// sign makes the certificate; by is nil where it signs itself.
func sign(s certSpec, by *node) *node {
	n := &node{spec: s, subject: s.subject, key: s.key, serial: s.serial}
	if n.serial == nil {
		builderSerial++
		n.serial = big.NewInt(builderSerial)
	}
	spki := s.spki
	if spki == nil {
		var err error
		if spki, err = x509.MarshalPKIXPublicKey(s.key.Public()); err != nil {
			panic(err)
		}
	}
	sum := sha1.Sum(spki)
	n.keyID = sum[:]
	signer, signerID := s.key, n.keyID
	n.issuer = s.subject
	if by != nil {
		signer, signerID, n.issuer = by.key, by.keyID, by.subject
	}
	outer := s.alg
	if outer == "" {
		outer = usualAlg(signer)
	}
	inner := s.innerAlg
	if inner == "" {
		inner = outer
	}
	tbs := s.tbs(n, spki, signerID, algID(inner))
	signature := makeSignature(signer, outer, tbs)
	if s.forged {
		signature[len(signature)/2] ^= 0x55
	}
	unused := byte(0)
	if s.unusedSig {
		unused = 4
	}
	n.der = seq(tbs, algID(outer), tlv(3, []byte{unused}, signature))
	return n
}

func (s certSpec) tbs(n *node, spki, signerID, alg []byte) []byte {
	version := s.version
	if version == 0 {
		version = 3
	}
	validity := s.validity
	if validity == nil {
		from, to := s.from, s.to
		if from.IsZero() {
			from = builderNow.Add(-30 * 24 * time.Hour)
		}
		if to.IsZero() {
			to = builderNow.Add(300 * 24 * time.Hour)
		}
		validity = seq(utc(from), utc(to))
	}
	var v, x []byte
	if version != 1 {
		v = tlv(0xa0, integer(big.NewInt(int64(version-1))))
	}
	exts := s.exts
	if !s.noKeyIDs {
		exts = append(append([]ext{}, exts...),
			ext{oid: "2.5.29.14", value: tlv(4, n.keyID)},
			ext{oid: "2.5.29.35", value: seq(tlv(0x80, signerID))})
	}
	var list []byte
	seen := map[string]bool{}
	for _, e := range exts {
		key := e.oid + string(e.value)
		auto := e.oid == "2.5.29.14" || e.oid == "2.5.29.35"
		if auto && seen[e.oid] {
			continue
		}
		seen[e.oid], seen[key] = true, true
		if e.value == nil {
			continue
		}
		var crit []byte
		if e.critical {
			crit = tlv(1, []byte{0xff})
		}
		list = append(list, seq(oid(e.oid), crit, tlv(4, e.value))...)
	}
	if version == 3 && len(list) > 0 {
		x = tlv(0xa3, seq(list))
	}
	return seq(v, integer(n.serial), alg, n.issuer, validity, s.subject, spki, x)
}

func usualAlg(k crypto.Signer) string {
	switch k := k.(type) {
	case *rsa.PrivateKey:
		return "sha256-rsa"
	case ed25519.PrivateKey:
		return "ed25519"
	case *ecdsa.PrivateKey:
		if k.Curve.Params().BitSize > 256 {
			return "ecdsa-sha384"
		}
	}
	return "ecdsa-sha256"
}

type testAlg struct {
	oid    string
	hash   crypto.Hash
	params []byte
	pss    bool
}

var (
	sha256ID = seq(oid("2.16.840.1.101.3.4.2.1"), tlv(5))
	sha384ID = seq(oid("2.16.840.1.101.3.4.2.2"), tlv(5))
)

func pssParams(digest []byte, salt int64) []byte {
	return seq(tlv(0xa0, digest), tlv(0xa1, seq(oid("1.2.840.113549.1.1.8"), digest)),
		tlv(0xa2, integer(big.NewInt(salt))))
}

var testAlgs = map[string]testAlg{
	"sha256-rsa":   {"1.2.840.113549.1.1.11", crypto.SHA256, tlv(5), false},
	"sha384-rsa":   {"1.2.840.113549.1.1.12", crypto.SHA384, tlv(5), false},
	"sha512-rsa":   {"1.2.840.113549.1.1.13", crypto.SHA512, tlv(5), false},
	"sha224-rsa":   {"1.2.840.113549.1.1.14", crypto.SHA224, tlv(5), false},
	"sha1-rsa":     {"1.2.840.113549.1.1.5", crypto.SHA1, tlv(5), false},
	"md5-rsa":      {"1.2.840.113549.1.1.4", crypto.MD5, tlv(5), false},
	"noparams-rsa": {"1.2.840.113549.1.1.11", crypto.SHA256, nil, false},
	"pss-sha256":   {"1.2.840.113549.1.1.10", crypto.SHA256, pssParams(sha256ID, 32), true},
	"pss-sha384":   {"1.2.840.113549.1.1.10", crypto.SHA384, pssParams(sha384ID, 48), true},
	"pss-longsalt": {"1.2.840.113549.1.1.10", crypto.SHA256, pssParams(sha256ID, 33), true},
	"pss-sha1":     {"1.2.840.113549.1.1.10", crypto.SHA1, seq(), true},
	"pss-absent":   {"1.2.840.113549.1.1.10", crypto.SHA256, nil, true},
	"pss-trailer":  {"1.2.840.113549.1.1.10", crypto.SHA256, seq(tlv(0xa3, integer(big.NewInt(2)))), true},
	"ecdsa-sha1":   {"1.2.840.10045.4.1", crypto.SHA1, nil, false},
	"ecdsa-sha224": {"1.2.840.10045.4.3.1", crypto.SHA224, nil, false},
	"ecdsa-sha256": {"1.2.840.10045.4.3.2", crypto.SHA256, nil, false},
	"ecdsa-sha384": {"1.2.840.10045.4.3.3", crypto.SHA384, nil, false},
	"ecdsa-sha512": {"1.2.840.10045.4.3.4", crypto.SHA512, nil, false},
	"ed25519":      {"1.3.101.112", 0, nil, false},
	"unknown":      {"1.3.6.1.4.1.99999.7", crypto.SHA256, nil, false},
}

func algID(name string) []byte {
	a, ok := testAlgs[name]
	if !ok {
		panic("no algorithm " + name)
	}
	return seq(oid(a.oid), a.params)
}

func makeSignature(k crypto.Signer, name string, tbs []byte) []byte {
	a := testAlgs[name]
	var opts crypto.SignerOpts = a.hash
	data := tbs
	if _, ed := k.(ed25519.PrivateKey); ed {
		opts = crypto.Hash(0)
	} else {
		h := a.hash
		if h == 0 {
			h, opts = crypto.SHA256, crypto.SHA256
		}
		d := h.New()
		d.Write(tbs)
		data = d.Sum(nil)
	}
	if r, ok := k.(*rsa.PrivateKey); ok {
		return rsaSign(r, a, data)
	}
	out, err := k.Sign(nil, data, opts)
	if err != nil {
		panic(fmt.Sprintf("signing with %s: %v", name, err))
	}
	return out
}

// rsaSign computes by itself where crypto/rsa refuses small keys; the
// fixtures are no secrets.
func rsaSign(k *rsa.PrivateKey, a testAlg, digest []byte) []byte {
	if a.pss {
		out, err := rsa.SignPSS(constantReader{}, k, a.hash, digest,
			&rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash, Hash: a.hash})
		if err != nil {
			panic(err)
		}
		return out
	}
	ids := map[crypto.Hash]string{
		crypto.MD5: "1.2.840.113549.2.5", crypto.SHA1: "1.3.14.3.2.26", crypto.SHA224: "2.16.840.1.101.3.4.2.4",
		crypto.SHA256: "2.16.840.1.101.3.4.2.1", crypto.SHA384: "2.16.840.1.101.3.4.2.2",
		crypto.SHA512: "2.16.840.1.101.3.4.2.3",
	}
	t := seq(seq(oid(ids[a.hash]), tlv(5)), tlv(4, digest))
	size := (k.N.BitLen() + 7) / 8
	em := make([]byte, size)
	em[1] = 1
	for i := 2; i < size-len(t)-1; i++ {
		em[i] = 0xff
	}
	copy(em[size-len(t):], t)
	return new(big.Int).Exp(new(big.Int).SetBytes(em), k.D, k.N).FillBytes(make([]byte, size))
}

type constantReader struct{}

func (constantReader) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 7
	}
	return len(p), nil
}
