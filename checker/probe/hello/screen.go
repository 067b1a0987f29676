package hello

import (
	"encoding/binary"
	"errors"
	"io"
	"net"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// errScreened is why a flight is kept from a parser that would spend minutes
// on it, or panic.
var errScreened = errors.New("screening the server's flight: outside the bounds")

// Bounds of what zcrypto gets to see: it checks signatures along every path
// of the chain whether asked to or not, and its time is cubic in these.
const (
	maxScreened     = 256 << 10
	maxScreenedCert = 16
	maxScreenedRSA  = 8192
	maxScreenedDH   = 8192
)

// screenedConn holds the server's first flight, which is in the clear up to
// TLS 1.2, until it is whole and within bounds, and then lets all pass.
type screenedConn struct {
	net.Conn
	held []byte
	msgs []byte
	dhe  bool
	open bool
	err  error
}

// Read is net.Conn's.
func (c *screenedConn) Read(p []byte) (int, error) {
	for !c.open && c.err == nil {
		c.err = c.hold()
	}
	if c.err != nil {
		return 0, c.err
	}
	if len(c.held) > 0 {
		n := copy(p, c.held)
		c.held = c.held[n:]
		return n, nil
	}
	return c.Conn.Read(p)
}

// hold reads one more record.
func (c *screenedConn) hold() error {
	var header [headerLen]byte
	if _, err := io.ReadFull(c.Conn, header[:]); err != nil {
		return err
	}
	size := int(binary.BigEndian.Uint16(header[3:]))
	if len(c.held)+headerLen+size > maxScreened {
		return errScreened
	}
	data := make([]byte, size)
	if _, err := io.ReadFull(c.Conn, data); err != nil {
		return err
	}
	c.held = append(append(c.held, header[:]...), data...)
	switch header[0] {
	case typeAlert:
		// A fatal one ends the handshake; after a warning more is held.
		c.open = len(data) != 2 || data[0] != alertWarning || data[1] == 0
		return nil
	case typeHandshake:
		c.msgs = append(c.msgs, data...)
		return c.screen()
	}
	return errScreened // nothing else is due before ServerHelloDone
}

// screen looks at the messages that are whole.
func (c *screenedConn) screen() error {
	for len(c.msgs) >= 4 && !c.open {
		kind, size := c.msgs[0], int(c.msgs[1])<<16|int(c.msgs[2])<<8|int(c.msgs[3])
		if len(c.msgs) < 4+size {
			return nil
		}
		body := c.msgs[4 : 4+size]
		c.msgs = c.msgs[4+size:]
		ok := true
		switch kind {
		case msgServerHello:
			sh, err := parseServerHello(message{body: body})
			if err != nil {
				return errScreened
			}
			s, _ := suiteByID(sh.suite)
			c.dhe = s.kx == kxDHE
		case msgCertificate:
			ok = screenCertificates(body)
		case msgServerKeyExchange:
			ok = !c.dhe || screenDH(body)
		case msgServerHelloDone:
			c.open = true
		}
		if !ok {
			return errScreened
		}
	}
	return nil
}

// screenDH bounds prime, generator and public value alike.
func screenDH(body []byte) bool {
	s := cryptobyte.String(body)
	for range 3 {
		var v cryptobyte.String
		if !s.ReadUint16LengthPrefixed(&v) || len(v) == 0 || len(v) > maxScreenedDH/8 {
			return false
		}
	}
	return true
}

func screenCertificates(body []byte) bool {
	s := cryptobyte.String(body)
	var list cryptobyte.String
	if !s.ReadUint24LengthPrefixed(&list) || !s.Empty() {
		return false
	}
	for n := 0; !list.Empty(); n++ {
		var der cryptobyte.String
		if n == maxScreenedCert || !list.ReadUint24LengthPrefixed(&der) || !screenKey(der) {
			return false
		}
	}
	return true
}

// Object identifiers of keys, as DER content.
const (
	oidRSA       = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01"
	oidRSAPSS    = "\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a"
	oidEC        = "\x2a\x86\x48\xce\x3d\x02\x01"
	oidX25519    = "\x2b\x65\x6e"
	oidEd25519   = "\x2b\x65\x70"
	oidEd448     = "\x2b\x65\x71"
	edwardsKey   = 32
	maxExponent  = 4 // bytes
	maxECPoint   = 133
	maxOtherBits = 1 << 10
)

// publicKey finds the kind and the bits of a certificate's public key (RFC
// 5280, 4.1) without looking at anything else in it.
func publicKey(raw []byte) (kind string, key []byte, ok bool) {
	var spki, algorithm, oid cryptobyte.String
	tbs, ok := beforeKey(raw)
	ok = ok && tbs.ReadASN1(&spki, asn1.SEQUENCE) && spki.ReadASN1(&algorithm, asn1.SEQUENCE) &&
		algorithm.ReadASN1(&oid, asn1.OBJECT_IDENTIFIER) && spki.ReadASN1BitStringAsBytes(&key)
	return string(oid), key, ok
}

// beforeKey is a certificate from its SubjectPublicKeyInfo on.
func beforeKey(raw []byte) (tbs cryptobyte.String, ok bool) {
	der := cryptobyte.String(raw)
	var cert cryptobyte.String
	version := asn1.Tag(0).Constructed().ContextSpecific()
	ok = der.ReadASN1(&cert, asn1.SEQUENCE) && cert.ReadASN1(&tbs, asn1.SEQUENCE) &&
		tbs.SkipOptionalASN1(version) && tbs.SkipASN1(asn1.INTEGER)
	for range 4 { // signature, issuer, validity, subject
		ok = ok && tbs.SkipASN1(asn1.SEQUENCE)
	}
	return tbs, ok
}

// screenKey tells whether a certificate's key is safe to parse and to verify
// with.
func screenKey(der cryptobyte.String) bool {
	kind, key, ok := publicKey(der)
	if !ok {
		return false
	}
	switch kind {
	case oidRSA, oidRSAPSS:
		return screenRSA(key)
	case oidEd25519, oidX25519:
		return len(key) == edwardsKey
	case oidEC:
		return len(key) <= maxECPoint
	case oidEd448:
		return len(key) <= maxECPoint
	}
	return len(key) <= maxOtherBits
}

func screenRSA(key []byte) bool {
	s := cryptobyte.String(key)
	var seq, n, e cryptobyte.String
	if !s.ReadASN1(&seq, asn1.SEQUENCE) || !seq.ReadASN1(&n, asn1.INTEGER) || !seq.ReadASN1(&e, asn1.INTEGER) {
		return false
	}
	if len(n) == 0 || n[0]&0x80 != 0 || len(n) > maxScreenedRSA/8+1 {
		return false
	}
	return len(e) > 0 && len(e) <= maxExponent && e[0]&0x80 == 0
}
