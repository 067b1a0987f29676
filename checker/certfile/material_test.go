package certfile

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"sync"
	"testing"
	"time"
)

// material is one of each kind of thing, in DER.
type material struct {
	cert, other, crl, csr, pkcs8, ec, spki []byte
}

var makeMaterial = sync.OnceValues(func() (material, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return material{}, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "bot.example.org"}, DNSNames: []string{"bot.example.org"},
		NotBefore: time.Unix(1_700_000_000, 0), NotAfter: time.Unix(1_900_000_000, 0), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCRLSign | x509.KeyUsageCertSign, SubjectKeyId: []byte{1},
	}
	var m material
	steps := []func() error{
		func() (err error) {
			m.cert, err = x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
			return err
		},
		func() (err error) {
			second := *template
			second.SerialNumber = big.NewInt(2)
			m.other, err = x509.CreateCertificate(rand.Reader, &second, &second, key.Public(), key)
			return err
		},
		func() (err error) {
			list := &x509.RevocationList{Number: big.NewInt(1), ThisUpdate: template.NotBefore, NextUpdate: template.NotAfter}
			m.crl, err = x509.CreateRevocationList(rand.Reader, list, template, key)
			return err
		},
		func() (err error) {
			m.csr, err = x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{Subject: template.Subject}, key)
			return err
		},
		func() (err error) { m.pkcs8, err = x509.MarshalPKCS8PrivateKey(key); return err },
		func() (err error) { m.ec, err = x509.MarshalECPrivateKey(key); return err },
		func() (err error) { m.spki, err = x509.MarshalPKIXPublicKey(key.Public()); return err },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return m, err
		}
	}
	return m, nil
})

func testMaterial(t testing.TB) material {
	t.Helper()
	m, err := makeMaterial()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func block64(name string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: name, Bytes: der}))
}

// withHeader is a block with lines between BEGIN and a blank line.
func withHeader(name, header string, der []byte) string {
	begin := "-----BEGIN " + name + "-----\n"
	body := bytes.TrimPrefix([]byte(block64(name, der)), []byte(begin))
	return begin + header + "\n" + string(body)
}

// sequenceOf is a SEQUENCE of what it is given.
func sequenceOf(parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	return append([]byte{tagSequence, 0x82, byte(len(body) >> 8), byte(len(body))}, body...)
}
