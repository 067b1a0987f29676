package web_test

import (
	"encoding/pem"
	"math/rand/v2"
	"strings"
	"testing"

	"hookcheck/internal/testpki"
)

// TestHostileCertificates: whatever a certificate holds, there is an answer,
// and the process lives.
func TestHostileCertificates(t *testing.T) {
	s := newSite(t, nil)
	ca := testpki.PublicCA()
	chain := [][]byte{ca.Leaf(testpki.Host).Cert.Raw, ca.Cert.Raw, testpki.SelfSigned([]string{testpki.Host}, testpki.WithKey(testpki.Ed25519Key("x"))).Cert.Raw}
	random := rand.New(rand.NewPCG(1, 2))
	send := func(der []byte) {
		t.Helper()
		file := string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
		if w := s.post("/api/v1/pem?hostname="+testpki.Host, "application/x-pem-file", file); w.Code != 200 {
			t.Errorf("status %d for %x", w.Code, der)
		}
	}
	for range 200 {
		der := append([]byte(nil), chain[random.IntN(len(chain))]...)
		for range 1 + random.IntN(4) {
			der[random.IntN(len(der))] = byte(random.Uint32())
		}
		send(der)
		send(der[:random.IntN(len(der))])
	}
	// An Ed25519 key cut short: the certificate that makes a parser panic.
	der := chain[2]
	key := strings.Index(string(der), "\x2b\x65\x70\x03\x21\x00")
	if key < 0 {
		t.Fatal("no Ed25519 key in the certificate")
	}
	short := append([]byte(nil), der...)
	short[key+4], short[key+5] = 0x01, 0x00
	send(short)
	if text := s.log.String(); strings.Contains(text, "panic") {
		t.Errorf("the log tells of a panic: %.600s", text)
	}
}
