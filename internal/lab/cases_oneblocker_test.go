package lab_test

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"net"
	"strings"
	"time"

	"hookcheck/internal/lab"
	"hookcheck/internal/testpki"
)

// oneBlockerCases are single faults that look like two, and pairs that look
// like one.
func oneBlockerCases() []labCase {
	ca, leaf := pki()
	day := func(n int) time.Time { return testpki.Epoch.AddDate(0, 0, n) }
	backwards := ca.LeafWith([]string{testpki.Host}, testpki.Valid(day(10), day(-10)))
	oldCA := testpki.PrivateRoot().Intermediate("Expired private CA", testpki.Valid(day(-800), day(-3)))
	// ecdsa-with-SHA256 becomes an algorithm that nobody knows, inside and outside.
	known, unknown := []byte{0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2}, []byte{0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 0x7f}
	odd := &testpki.Node{DER: bytes.ReplaceAll(leaf.DER, known, unknown), Key: leaf.Key}
	// A key identifier that is not its own: OpenSSL looks for another issuer.
	denied := testpki.SelfSigned([]string{testpki.Host}, testpki.Edit(func(t *x509.Certificate) {
		t.SubjectKeyId = []byte("own")
		t.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{2, 5, 29, 35}, Value: []byte("\x30\x05\x80\x03abc")}}
	}))
	return []labCase{
		verified("one fault: names itself as issuer, signed by a key of another kind", serve(foreign()), "chain.bad_signature"),
		verified("one fault: self-signed, and denies it", serve(denied), "cert.unparsable"),
		verified("one fault: self-signed, and denies it, uploaded", serve(denied), "cert.unparsable").uploaded(denied.PEM()),
		verified("one fault: over before it begins", serve(backwards, ca), "cert.expired"),
		verified("one fault: a signature of a kind that nobody knows", serve(odd, ca), "chain.bad_signature"),
		verified("two faults: a private CA, its intermediate expired", serve(oldCA.Leaf(testpki.Host), oldCA), "chain.untrusted_root", "chain.intermediate_expired"),
		{name: "close_notify in place of an answer, and no end", timeout: 1500 * time.Millisecond, verdict: "fails", predicted: "Read timeout expired", blockers: []string{"tls.timeout"},
			start: raw(func(c net.Conn) {
				c.Read(make([]byte, 4096))
				c.Write([]byte{21, 3, 3, 0, 2, 1, 0})
				c.Read(make([]byte, 1))
			})},
		{name: "close_notify in place of an answer, and the end", verdict: "fails", predicted: "Webhook connection closed", blockers: []string{"tls.closed"},
			start: raw(func(c net.Conn) { c.Read(make([]byte, 4096)); c.Write([]byte{21, 3, 3, 0, 2, 1, 0}) })},
		{name: "an answer without an end", path: "/hook", verdict: "unknown", blockers: []string{"http.undecided"},
			start: raw(lab.OverTLS(healthy(), func(c net.Conn) {
				lab.Answer(c, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
				chunk := []byte("10000\r\n" + strings.Repeat("a", 1<<16) + "\r\n")
				for err := error(nil); err == nil; {
					_, err = c.Write(chunk)
				}
			}))},
		stray("before the answer", ccs, lab.OK, badRecord, "http.not_http"),
		stray("behind the answer", "", lab.OK+ccs, ""),
		{name: "an echo", path: "/hook?a=%41", verdict: "fails", blockers: []string{"http.not_http"},
			predicted: "Wrong response from the webhook: POST:/hook:[a:A]:[update_id:0]:keep-alive\nhost=bot.example.org:8443\ncontent-type=application/json\n" +
				"content-length=15\nconnection=keep-alive\naccept-encoding=gzip, deflate\nBEGIN CONTENT\nEND CONTENT\n",
			start: raw(func(c net.Conn) {
				s := tls.Server(c, healthy())
				if s.Handshake() == nil {
					s.Write([]byte(lab.Answer(s, "")))
					s.Read(make([]byte, 1))
				}
			})},
	}
}

// ccs is a ChangeCipherSpec, out of place once TLS 1.3 has shaken hands.
const (
	ccs       = "\x14\x03\x03\x00\x01\x01"
	badRecord = "SSL error {error:0A0001BB:SSL routines::bad record type}"
)

// stray is a server of TLS 1.3 that sends a record in the clear beside the
// answer.
func stray(name, before, answer, predicted string, ids ...string) labCase {
	after := strings.HasSuffix(answer, ccs)
	c := labCase{name: "stray ChangeCipherSpec " + name, path: "/hook", verdict: "works", predicted: predicted, blockers: ids}
	if len(ids) > 0 {
		c.verdict = "fails"
	}
	c.start = raw(func(conn net.Conn) {
		out := &heldConn{Conn: conn}
		s := tls.Server(out, healthy())
		if s.Handshake() != nil {
			return
		}
		out.held, out.holding = []byte(before), true
		lab.Answer(s, strings.TrimSuffix(answer, ccs))
		if after {
			out.held = append(out.held, ccs...)
		}
		conn.Write(out.held)
		conn.Read(make([]byte, 1))
	})
	return c
}

// heldConn can keep back what is written, so that it goes out at once.
type heldConn struct {
	net.Conn
	held    []byte
	holding bool
}

func (c *heldConn) Write(p []byte) (int, error) {
	if !c.holding {
		return c.Conn.Write(p)
	}
	c.held = append(c.held, p...)
	return len(p), nil
}

// damagedFlightCases: the server's last records of the handshake are damaged on
// the way, as by a device that rewrites traffic.
func damagedFlightCases() []labCase {
	damaged := func(name string, at int, predicted string) labCase {
		config := with(healthy(), func(c *tls.Config) { c.MaxVersion = tls.VersionTLS12 })
		start := raw(func(c net.Conn) { lab.Answer(tls.Server(damagedConn{c, at}, config), lab.OK) })
		return labCase{name: "the server's Finished damaged: " + name, start: start, path: "/", verdict: "fails",
			predicted: predicted, blockers: []string{"tls.malformed"}}
	}
	return []labCase{
		damaged("version", 2, "SSL error {error:0A00010B:SSL routines::wrong version number}"),
		damaged("content", 20, "SSL error {error:1C800066:Provider routines::cipher operation failed}{error:0A000119:SSL routines::decryption failed or bad record mac}"),
	}
}

// damagedConn changes one byte of the record behind ChangeCipherSpec.
type damagedConn struct {
	net.Conn
	at int
}

func (c damagedConn) Write(p []byte) (int, error) {
	ccs := []byte{20, 3, 3, 0, 1, 1}
	if i := bytes.Index(p, ccs); i >= 0 {
		p = bytes.Clone(p)
		p[i+len(ccs)+c.at] ^= 0x40
	}
	return c.Conn.Write(p)
}

// foreign is a certificate of an RSA key that names itself as its issuer and
// bears the signature of an EC key.
func foreign() *testpki.Node {
	key := testpki.CommittedRSA("rsa2048")
	own := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: testpki.Host}, DNSNames: []string{testpki.Host},
		NotBefore: testpki.Epoch.AddDate(0, 0, -1), NotAfter: testpki.Epoch.AddDate(0, 0, 90),
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(nil, own, own, key.Public(), testpki.ECKey("foreign"))
	if err != nil {
		panic(err)
	}
	return &testpki.Node{DER: der, Key: key}
}
