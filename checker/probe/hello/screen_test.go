package hello

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"io"
	"math/big"
	"net"
	"slices"
	"testing"
)

// bareCert is a certificate of nothing but a public key.
func bareCert(t testing.TB, oid asn1.ObjectIdentifier, key []byte) []byte {
	t.Helper()
	empty := asn1.RawValue{FullBytes: []byte{0x30, 0}}
	type spki struct {
		Algorithm pkix.AlgorithmIdentifier
		Key       asn1.BitString
	}
	type tbs struct {
		Version                          int `asn1:"explicit,tag:0"`
		Serial                           int
		Algorithm, Issuer, Validity, Sub asn1.RawValue
		Key                              spki
	}
	type certificate struct{ TBS tbs }
	der, err := asn1.Marshal(certificate{tbs{2, 1, empty, empty, empty, empty,
		spki{pkix.AlgorithmIdentifier{Algorithm: oid}, asn1.BitString{Bytes: key, BitLength: 8 * len(key)}}}})
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func rsaBits(t testing.TB, bits uint, e *big.Int) []byte {
	t.Helper()
	n := new(big.Int).Lsh(big.NewInt(1), bits-1)
	der, err := asn1.Marshal(struct{ N, E *big.Int }{n.Add(n, big.NewInt(1)), e})
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func TestScreenKey(t *testing.T) {
	ed25519 := asn1.ObjectIdentifier{1, 3, 101, 112}
	rsaEncryption := asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	e := big.NewInt(65537)
	tests := []struct {
		name string
		der  []byte
		want bool
	}{
		{"Ed25519", bareCert(t, ed25519, make([]byte, 32)), true},
		{"short Ed25519, on which zcrypto panics", bareCert(t, ed25519, make([]byte, 31)), false},
		{"RSA 2048", bareCert(t, rsaEncryption, rsaBits(t, 2048, e)), true},
		{"RSA 8192", bareCert(t, rsaEncryption, rsaBits(t, 8192, e)), true},
		{"RSA 8200", bareCert(t, rsaEncryption, rsaBits(t, 8200, e)), false},
		{"exponent of 31 bits", bareCert(t, rsaEncryption, rsaBits(t, 2048, big.NewInt(1<<31-1))), true},
		{"exponent of 32 bits", bareCert(t, rsaEncryption, rsaBits(t, 2048, big.NewInt(1<<31+1))), false},
		{"negative modulus", bareCert(t, rsaEncryption, []byte{0x30, 6, 2, 1, 0x81, 2, 1, 3}), false},
		{"no certificate", []byte{0x30, 0}, false},
		{"nothing", nil, false},
	}
	for _, test := range tests {
		if got := screenKey(test.der); got != test.want {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

// TestScreenedConn: a flight passes whole and unchanged, or not at all.
func TestScreenedConn(t *testing.T) {
	leaf, _ := testLeaf(t)
	hello := serverHelloMsg(helloSpec{suite: 0x9e})
	good := join(recs(TLS12, hello, certMsg(leaf), dhParams(2048), done), rec(typeCCS, TLS12, []byte{1}))
	tests := []struct {
		name   string
		flight []byte
		pass   bool
	}{
		{"good", good, true},
		{"warning first", join(alertRec(1, 112), good), true},
		{"alert", alertRec(2, 40), true},
		{"alert after hello", join(recs(TLS12, hello), alertRec(2, 40)), true},
		{"prime over the bound", recs(TLS12, hello, certMsg(leaf), dhParams(8200), done), false},
		{"bad key", recs(TLS12, hello, certMsg(leaf, []byte{0x30, 0}), dhParams(2048), done), false},
		{"too many certificates", recs(TLS12, hello, certMsg(slices.Repeat([][]byte{leaf}, 17)...), dhParams(2048), done), false},
		{"too large", recs(TLS12, hs(msgServerHello, make([]byte, 300<<10)...)), false},
		{"not a handshake", rec(typeAppData, TLS12, []byte("x")), false},
		{"garbled hello", recs(TLS12, hs(msgServerHello, 3)), false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			client, server := net.Pipe()
			go func() { _, _ = server.Write(test.flight); _ = server.Close() }()
			defer client.Close()
			got, err := io.ReadAll(&screenedConn{Conn: client})
			switch {
			case test.pass && (err != nil || !bytes.Equal(got, test.flight)):
				t.Errorf("%d of %d bytes passed: %v", len(got), len(test.flight), err)
			case !test.pass && (!errors.Is(err, errScreened) || len(got) > 0):
				t.Errorf("%d bytes passed, %v", len(got), err)
			}
		})
	}
}

type panicking struct{ net.Conn }

func (panicking) Read([]byte) (int, error)  { panic("read") }
func (panicking) Write([]byte) (int, error) { panic("write") }
func (panicking) Close() error              { panic("close") }

func TestGuardedConn(t *testing.T) {
	g := &guardedConn{Conn: panicking{}}
	if _, err := g.Read(nil); !errors.Is(err, errPanicked) {
		t.Error("read:", err)
	}
	if _, err := g.Write(nil); !errors.Is(err, errPanicked) {
		t.Error("write:", err)
	}
	if err := g.Close(); !errors.Is(err, errPanicked) {
		t.Error("close:", err)
	}
	if err := g.handshake(nil); !errors.Is(err, errPanicked) {
		t.Error("handshake:", err)
	}
}

func FuzzScreen(f *testing.F) {
	leaf, _ := testLeaf(f)
	f.Add(leaf)
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		f.Fatal(err)
	}
	spki, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(spki)
	f.Fuzz(func(t *testing.T, der []byte) {
		screenKey(der)
		screenDH(der)
		wrongSignature(der, 0x0804, nil, der)
		if kind, bits, ok := publicKey(der); ok && len(bits)+len(kind) > len(der) {
			t.Errorf("a key of %d bytes in a certificate of %d", len(bits), len(der))
		}
	})
}
