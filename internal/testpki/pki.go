// Package testpki makes certificates for tests: whole trust graphs from a few
// lines, identical to the byte on every run. Nothing here is fit for use
// outside tests, since every key follows from its name.
package testpki

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"slices"
	"time"

	"filippo.io/keygen"
)

// Epoch is the moment at which the certificates of this package are valid.
var Epoch = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

// Node is a certificate with its key.
type Node struct {
	Cert   *x509.Certificate
	DER    []byte
	Key    crypto.Signer
	Issuer *Node // nil for a self-signed one
}

// Option changes a template before it is signed.
type Option func(*spec)

type spec struct {
	template *x509.Certificate
	key      crypto.Signer
	keyName  string
}

// ECKey is the P-256 key that belongs to a name.
func ECKey(name string) *ecdsa.PrivateKey { return CurveKey(elliptic.P256(), name) }

// CurveKey is the key on a curve that belongs to a name.
func CurveKey(curve elliptic.Curve, name string) *ecdsa.PrivateKey {
	seed := sha256.Sum256([]byte("hookcheck test key " + name))
	key, err := keygen.ECDSA(curve, seed[:])
	if err != nil {
		panic(fmt.Sprintf("testpki: deriving the key of %s: %v", name, err))
	}
	return key
}

// Ed25519Key is the Ed25519 key that belongs to a name.
func Ed25519Key(name string) ed25519.PrivateKey {
	seed := sha256.Sum256([]byte("hookcheck test key " + name))
	return ed25519.NewKeyFromSeed(seed[:])
}

// Root makes a self-signed CA.
func Root(cn string, opts ...Option) *Node { return sign(nil, caSpec(cn), opts) }

// Intermediate makes a CA below n.
func (n *Node) Intermediate(cn string, opts ...Option) *Node { return sign(n, caSpec(cn), opts) }

// Leaf makes a server certificate below n for DNS names, the first of which is
// the common name too.
func (n *Node) Leaf(names ...string) *Node { return sign(n, leafSpec(names), nil) }

// LeafWith is Leaf with changes.
func (n *Node) LeafWith(names []string, opts ...Option) *Node { return sign(n, leafSpec(names), opts) }

// SelfSigned makes a server certificate that signs itself, as `openssl req
// -x509` does.
func SelfSigned(names []string, opts ...Option) *Node { return sign(nil, leafSpec(names), opts) }

// Twin is the same subject and key signed by another CA: a cross-sign.
func (n *Node) Twin(by *Node, opts ...Option) *Node {
	t := *n.Cert
	t.SerialNumber = serial("twin " + by.Cert.Subject.CommonName + n.Cert.Subject.CommonName)
	t.AuthorityKeyId, t.SignatureAlgorithm = nil, 0
	return sign(by, &spec{template: &t, key: n.Key}, opts)
}

// PEM is the certificate alone.
func (n *Node) PEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: n.DER})
}

// TrustedPEM is the certificate as OpenSSL writes it with a use that it is
// trusted for ("openssl x509 -addtrust").
func (n *Node) TrustedPEM(use asn1.ObjectIdentifier) []byte {
	settings, err := asn1.Marshal(struct{ Trust []asn1.ObjectIdentifier }{[]asn1.ObjectIdentifier{use}})
	if err != nil {
		panic(fmt.Sprintf("testpki: encoding trust settings: %v", err))
	}
	return pem.EncodeToMemory(&pem.Block{Type: "TRUSTED CERTIFICATE", Bytes: append(slices.Clone(n.DER), settings...)})
}

// KeyPEM is the private key in PKCS#8.
func (n *Node) KeyPEM() []byte {
	der, err := x509.MarshalPKCS8PrivateKey(n.Key)
	if err != nil {
		panic(fmt.Sprintf("testpki: encoding a key: %v", err))
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
}

// Bundle joins certificates in order.
func Bundle(nodes ...*Node) []byte {
	var b bytes.Buffer
	for _, n := range nodes {
		b.Write(n.PEM())
	}
	return b.Bytes()
}

// DERs are the certificates in order.
func DERs(nodes ...*Node) [][]byte {
	out := make([][]byte, len(nodes))
	for i, n := range nodes {
		out[i] = n.DER
	}
	return out
}

func caSpec(cn string) *spec {
	return &spec{keyName: cn, template: &x509.Certificate{
		SerialNumber: serial(cn), Subject: pkix.Name{Organization: []string{"Hookcheck Test"}, CommonName: cn},
		NotBefore: Epoch.AddDate(-5, 0, 0), NotAfter: Epoch.AddDate(10, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}}
}

func leafSpec(names []string) *spec {
	cn := ""
	if len(names) > 0 {
		cn = names[0]
	}
	return &spec{keyName: "leaf " + cn, template: &x509.Certificate{
		SerialNumber: serial("leaf " + cn), Subject: pkix.Name{CommonName: cn}, DNSNames: names,
		NotBefore: Epoch.AddDate(0, -1, 0), NotAfter: Epoch.AddDate(0, 2, 0), BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}}
}

func serial(s string) *big.Int {
	sum := sha256.Sum256([]byte(s))
	sum[0] &= 0x7f
	return new(big.Int).SetBytes(sum[:12])
}

func sign(by *Node, s *spec, opts []Option) *Node {
	for _, o := range opts {
		o(s)
	}
	if s.key == nil {
		s.key = ECKey(s.keyName)
	}
	parent, signer := s.template, s.key
	if by != nil {
		parent, signer = by.Cert, by.Key
	}
	if s.template.SubjectKeyId == nil && s.template.IsCA {
		s.template.SubjectKeyId = keyID(s.key)
	}
	der, err := x509.CreateCertificate(nil, s.template, parent, s.key.Public(), signer)
	if err != nil {
		panic(fmt.Sprintf("testpki: signing %s: %v", s.template.Subject.CommonName, err))
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		panic(fmt.Sprintf("testpki: reading %s back: %v", s.template.Subject.CommonName, err))
	}
	return &Node{Cert: c, DER: der, Key: s.key, Issuer: by}
}

func keyID(k crypto.Signer) []byte {
	der, err := x509.MarshalPKIXPublicKey(k.Public())
	if err != nil {
		panic(fmt.Sprintf("testpki: encoding a public key: %v", err))
	}
	sum := sha256.Sum256(der)
	return sum[:20]
}

// Valid sets the period of validity.
func Valid(from, to time.Time) Option {
	return func(s *spec) { s.template.NotBefore, s.template.NotAfter = from, to }
}

// WithKey signs with, or for, this key.
func WithKey(k crypto.Signer) Option { return func(s *spec) { s.key = k } }

// Edit changes anything else of the template.
func Edit(f func(*x509.Certificate)) Option { return func(s *spec) { f(s.template) } }

// NoSAN leaves the name in the CN alone.
func NoSAN() Option { return Edit(func(t *x509.Certificate) { t.DNSNames = nil }) }

// IP names addresses in the SAN and nothing else there.
func IP(ips ...string) Option {
	return Edit(func(t *x509.Certificate) {
		t.DNSNames = nil
		for _, ip := range ips {
			t.IPAddresses = append(t.IPAddresses, net.ParseIP(ip))
		}
	})
}

// AIA names where the issuer's certificate can be had.
func AIA(urls ...string) Option {
	return Edit(func(t *x509.Certificate) { t.IssuingCertificateURL = urls })
}
