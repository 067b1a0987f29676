package hello

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"math/big"
	"strings"
	"testing"

	"hookcheck/checker/clienterror"
	"hookcheck/checker/evidence"
)

const providerRSA = "{error:1C880004:Provider routines::RSA lib}"

func certificateOf(t *testing.T, key crypto.Signer) []byte {
	t.Helper()
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{SerialNumber: big.NewInt(1)},
		&x509.Certificate{SerialNumber: big.NewInt(1)}, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func rsaKey(t *testing.T, bits int) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// A key that does not belong to the certificate: what OpenSSL notes of its
// signature before "bad signature", seen with Telegram's client.
func TestWrongSignatureOfRSA(t *testing.T) {
	own, other, long := rsaKey(t, 2048), rsaKey(t, 2048), rsaKey(t, 3072)
	leaf := certificateOf(t, own)
	content := []byte("what a server signs")
	digest := sha256.Sum256(content)
	elsewhere := sha256.Sum256([]byte("something else"))
	pss := func(key *rsa.PrivateKey, digest []byte, salt int) []byte {
		s, err := rsa.SignPSS(rand.Reader, key, crypto.SHA256, digest, &rsa.PSSOptions{SaltLength: salt})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	pkcs1 := func(key *rsa.PrivateKey, digest []byte) []byte {
		s, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, digest)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	tests := []struct {
		name      string
		alg       uint16
		signature []byte
		wrong     bool
		queue     string
	}{
		{"right", 0x0804, pss(own, digest[:], 32), false, ""},
		{"another key", 0x0804, pss(other, digest[:], 32), true, "{error:02000086:rsa routines::last octet invalid}"},
		{"a longer key", 0x0804, pss(long, digest[:], 32), true, "{error:0200006C:rsa routines::data greater than mod len}"},
		{"of something else", 0x0804, pss(own, elsewhere[:], 32), true, "{error:02000068:rsa routines::bad signature}"},
		{"PKCS #1 right", 0x0401, pkcs1(own, digest[:]), false, ""},
		{"PKCS #1 of something else", 0x0401, pkcs1(own, elsewhere[:]), true, "{error:02000068:rsa routines::bad signature}"},
		{"PKCS #1 of a longer key", 0x0401, pkcs1(long, digest[:]), true, "{error:02000077:rsa routines::wrong signature length}"},
	}
	for _, test := range tests {
		wrong, queue := wrongSignature(leaf, test.alg, content, test.signature)
		if wrong != test.wrong {
			t.Errorf("%s: wrong is %t", test.name, wrong)
		}
		if test.wrong && queue != test.queue+providerRSA {
			t.Errorf("%s: %q, want %q", test.name, queue, test.queue+providerRSA)
		}
	}
	// The noise of another key is given one text, however it falls out.
	for range 20 {
		if _, queue := wrongSignature(leaf, 0x0804, content, pss(other, digest[:], 32)); strings.Contains(queue, "first octet") || strings.Contains(queue, "too large") {
			t.Errorf("noise reads %q", queue)
		}
	}
}

func TestSignedByAnotherKey(t *testing.T) {
	own, other := rsaKey(t, 2048), rsaKey(t, 2048)
	digest := sha256.Sum256(nil)
	signature, err := rsa.SignPSS(rand.Reader, other, crypto.SHA256, digest[:], &rsa.PSSOptions{SaltLength: 32})
	if err != nil {
		t.Fatal(err)
	}
	f := &flight{got: evidence.Handshake{Outcome: evidence.HelloMalformed, Chain: [][]byte{certificateOf(t, own)}}}
	if err := f.signedBy(0x0804, nil, signature); err != refBadSignature {
		t.Fatalf("signed by another key: %v", err)
	}
	f.got.Error = string(refBadSignature)
	const want = "SSL error {error:02000086:rsa routines::last octet invalid}" + providerRSA + "{error:0A00007B:SSL routines::bad signature}"
	if got := clienterror.Text(f.got, nil); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestCurveOfTheAlgorithm(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	leaf := certificateOf(t, key)
	for alg, want := range map[uint16]bool{0x0403: false, 0x0503: true, 0x0603: true, 0x0203: false} {
		if got := wrongCurve(leaf, alg); got != want {
			t.Errorf("%04x with a key of P-256: wrong curve %t", alg, got)
		}
	}
	// Of a signature by a key of a longer curve the halves are out of range.
	long, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signature, err := ecdsa.SignASN1(rand.Reader, long, make([]byte, 48))
	if err != nil {
		t.Fatal(err)
	}
	if wrong, queue := wrongSignature(leaf, 0x0503, nil, signature); !wrong || queue != "{error:0800009C:elliptic curve routines::bad signature}" {
		t.Errorf("wrong %t, %q", wrong, queue)
	}
}
