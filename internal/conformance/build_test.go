package conformance

import (
	"crypto"
	"crypto/dsa" //nolint:staticcheck // the suite asks for it
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"net"
	"time"

	"hookcheck/internal/testpki"
)

// now is when everything is judged, unless a case says otherwise.
var now = testpki.Epoch

// spec is a certificate to be made. It can be what crypto/x509 refuses to make.
type spec struct {
	cn       string // the subject, unless name is set
	name     []byte // DER
	issuer   []byte // DER; the signer's name where nil
	keyName  string // cn where ""
	key      crypto.Signer
	serial   *big.Int
	from, to time.Time
	exts     []pkix.Extension
	noSKI    bool
	noAKI    bool
	sha1     bool                  // ECDSA with SHA-1
	outer    asn1.ObjectIdentifier // another algorithm outside than inside
	version1 bool
}

// node is a made certificate.
type node struct {
	der, name []byte
	key       crypto.Signer
}

type tbsCertificate struct {
	Version    int `asn1:"optional,explicit,default:0,tag:0"`
	Serial     *big.Int
	Algorithm  pkix.AlgorithmIdentifier
	Issuer     asn1.RawValue
	Validity   struct{ NotBefore, NotAfter time.Time }
	Subject    asn1.RawValue
	PublicKey  asn1.RawValue
	Extensions []pkix.Extension `asn1:"omitempty,optional,explicit,tag:3"`
}

var (
	oidECDSA256 = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 2}
	oidECDSA1   = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 1}
	oidRSA256   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 11}
)

// sign makes a certificate; by is nil where it signs itself.
func sign(s spec, by *node) *node {
	if s.name == nil {
		s.name = named(s.cn)
	}
	if s.keyName == "" {
		s.keyName = s.cn
	}
	if s.key == nil {
		s.key = testpki.ECKey(s.keyName)
	}
	signer := &node{name: s.name, key: s.key}
	if by != nil {
		signer = by
	}
	if s.issuer == nil {
		s.issuer = signer.name
	}
	alg, hash := pkix.AlgorithmIdentifier{Algorithm: oidECDSA256}, crypto.SHA256
	if odd, ok := signer.key.(oddKey); ok {
		alg.Algorithm = odd.algorithm()
	} else if _, ok := signer.key.(*rsa.PrivateKey); ok {
		alg = pkix.AlgorithmIdentifier{Algorithm: oidRSA256, Parameters: asn1.NullRawValue}
	} else if s.sha1 {
		alg, hash = pkix.AlgorithmIdentifier{Algorithm: oidECDSA1}, crypto.SHA1
	}
	tbs := s.tbs(signer, alg)
	h := hash.New()
	h.Write(tbs)
	signature, err := signer.key.Sign(nil, h.Sum(nil), hash)
	if err != nil {
		panic(fmt.Sprintf("signing %s: %v", s.cn, err))
	}
	if s.outer != nil {
		alg.Algorithm = s.outer
	}
	der := marshal(struct {
		TBS       asn1.RawValue
		Algorithm pkix.AlgorithmIdentifier
		Signature asn1.BitString
	}{raw(tbs), alg, asn1.BitString{Bytes: signature, BitLength: 8 * len(signature)}})
	return &node{der: der, name: s.name, key: s.key}
}

func (s *spec) tbs(signer *node, alg pkix.AlgorithmIdentifier) []byte {
	spki := publicInfo(s.key)
	t := tbsCertificate{Version: 2, Serial: s.serial, Algorithm: alg, Issuer: raw(s.issuer), Subject: raw(s.name), PublicKey: raw(spki)}
	if t.Serial == nil {
		sum := sha256.Sum256(append(append([]byte(s.cn), s.issuer...), spki...))
		t.Serial = new(big.Int).SetBytes(sum[:8])
	}
	t.Validity.NotBefore, t.Validity.NotAfter = now.AddDate(-1, 0, 0), now.AddDate(5, 0, 0)
	if !s.from.IsZero() {
		t.Validity.NotBefore = s.from
	}
	if !s.to.IsZero() {
		t.Validity.NotAfter = s.to
	}
	t.Extensions = s.exts
	if !s.noSKI {
		t.Extensions = append(t.Extensions, ext(14, false, keyID(s.key)))
	}
	if !s.noAKI {
		t.Extensions = append(t.Extensions, ext(35, false, struct {
			ID []byte `asn1:"tag:0"`
		}{keyID(signer.key)}))
	}
	if s.version1 {
		t.Version, t.Extensions = 0, nil
	}
	return marshal(t)
}

func publicInfo(k crypto.Signer) []byte {
	if odd, ok := k.(oddKey); ok {
		return odd.spki()
	}
	spki, err := x509.MarshalPKIXPublicKey(k.Public())
	if err != nil {
		panic(err)
	}
	return spki
}

func keyID(k crypto.Signer) []byte {
	var point []byte
	switch pub := k.Public().(type) {
	case *ecdsa.PublicKey:
		point = elliptic.Marshal(pub.Curve, pub.X, pub.Y) //nolint:staticcheck // for a key identifier
	case p192Key:
		point = pub.spki()
	case *dsa.PublicKey:
		point = pub.Y.Bytes()
	case *rsa.PublicKey:
		point = x509.MarshalPKCS1PublicKey(pub)
	}
	sum := sha1.Sum(point)
	return sum[:]
}

func marshal(v any) []byte {
	der, err := asn1.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("encoding %T: %v", v, err))
	}
	return der
}

func raw(der []byte) asn1.RawValue { return asn1.RawValue{FullBytes: der} }

func named(cn string) []byte { return marshal(pkix.Name{CommonName: cn}.ToRDNSequence()) }

// ext is an extension of id-ce; a []byte is encoded as an OCTET STRING.
func ext(id int, critical bool, value any) pkix.Extension {
	return pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, id}, Critical: critical, Value: marshal(value)}
}

func extRaw(id asn1.ObjectIdentifier, critical bool, value []byte) pkix.Extension {
	return pkix.Extension{Id: id, Critical: critical, Value: value}
}

func critical(x pkix.Extension) pkix.Extension { x.Critical = true; return x }

// isCA is basicConstraints; a length below 0 is left out.
func isCA(pathLen int) pkix.Extension {
	if pathLen < 0 {
		return ext(19, true, struct{ CA bool }{true})
	}
	return ext(19, true, struct {
		CA  bool
		Len int
	}{true, pathLen})
}

func notCA() pkix.Extension { return ext(19, true, struct{}{}) }

// usage is keyUsage, bits counted from digitalSignature = 0.
func usage(bits ...int) pkix.Extension {
	var b [2]byte
	most := 0
	for _, n := range bits {
		b[n/8] |= 0x80 >> (n % 8)
		most = max(most, n+1)
	}
	return ext(15, false, asn1.BitString{Bytes: b[:(most+7)/8], BitLength: most})
}

const (
	signData  = 0
	signCerts = 5
	signCRLs  = 6
)

func extUsage(ids ...int) pkix.Extension {
	list := []asn1.ObjectIdentifier{}
	for _, id := range ids {
		if id == 0 {
			list = append(list, asn1.ObjectIdentifier{2, 5, 29, 37, 0})
			continue
		}
		list = append(list, asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, id})
	}
	return ext(37, false, list)
}

const (
	serverAuth = 1
	clientAuth = 2
	mailUse    = 4
)

// general names

func general(tag int, value []byte) asn1.RawValue {
	return asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: tag, Bytes: value}
}

func dns(s string) asn1.RawValue   { return general(2, []byte(s)) }
func email(s string) asn1.RawValue { return general(1, []byte(s)) }
func dir(cn string) asn1.RawValue {
	return asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 4, IsCompound: true, Bytes: named(cn)}
}

func ip(s string) asn1.RawValue {
	b := net.ParseIP(s)
	if v4 := b.To4(); v4 != nil {
		b = v4
	}
	return general(7, b)
}

func network(s string) asn1.RawValue {
	_, n, err := net.ParseCIDR(s)
	if err != nil {
		panic(err)
	}
	return general(7, append(append([]byte{}, n.IP...), n.Mask...))
}

func other() asn1.RawValue {
	oid := marshal(asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 55738, 666, 3})
	return asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 0, IsCompound: true, Bytes: append(oid, 0xa0, 2, 5, 0)}
}

func san(names ...asn1.RawValue) pkix.Extension { return ext(17, false, names) }

// constraints is nameConstraints, critical; nil leaves a list out.
func constraints(permitted, excluded []asn1.RawValue) pkix.Extension {
	type subtree struct{ Base asn1.RawValue }
	list := func(names []asn1.RawValue) []subtree {
		var out []subtree
		for _, n := range names {
			out = append(out, subtree{n})
		}
		return out
	}
	return ext(30, true, struct {
		Permitted []subtree `asn1:"optional,omitempty,tag:0"`
		Excluded  []subtree `asn1:"optional,omitempty,tag:1"`
	}{list(permitted), list(excluded)})
}

func names(n ...asn1.RawValue) []asn1.RawValue { return n }
