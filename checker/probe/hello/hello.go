// Package hello makes TLS handshakes with servers that are not trusted.
//
// The first flight is read by a small bounded reader of its own, which sends
// the ClientHello of Telegram's published client (OpenSSL 3.0, the DEFAULT
// cipher list, tdnet/td/net/SslCtx.cpp), so that what the server answers is
// what Telegram would be answered. Nothing in it is verified: it is evidence.
// The whole handshake is then made by a library, see Finish.
package hello

import (
	"crypto/ecdh"
	"crypto/rand"
	"encoding/binary"
	"fmt"
	"net/netip"
)

// Protocol versions, as in the record header.
const (
	SSL30 uint16 = 0x0300
	TLS10 uint16 = 0x0301
	TLS11 uint16 = 0x0302
	TLS12 uint16 = 0x0303
	TLS13 uint16 = 0x0304
)

// Hello says what is asked of a server. The zero values of Min and Max are
// Telegram's own: TLS 1.0 to 1.3.
type Hello struct {
	SNI string // not sent where empty or an IP address
	Min uint16
	Max uint16
}

// VersionName is how evidence names a protocol version.
func VersionName(v uint16) string {
	switch v {
	case SSL30:
		return "ssl3"
	case TLS10:
		return "tls1.0"
	case TLS11:
		return "tls1.1"
	case TLS12:
		return "tls1.2"
	case TLS13:
		return "tls1.3"
	}
	return fmt.Sprintf("0x%04x", v)
}

// Extensions that OpenSSL's hello carries, or that a server may send back.
const (
	extServerName        uint16 = 0
	extSupportedGroups   uint16 = 10
	extPointFormats      uint16 = 11
	extSignatureAlgs     uint16 = 13
	extSCT               uint16 = 18
	extEncryptThenMAC    uint16 = 22
	extExtendedMaster    uint16 = 23
	extSessionTicket     uint16 = 35
	extSupportedVersions uint16 = 43
	extCookie            uint16 = 44
	extPSKModes          uint16 = 45
	extKeyShare          uint16 = 51
	extRenegotiation     uint16 = 0xff01
)

// clientHello is one hello and what is needed to send it again after a
// HelloRetryRequest (RFC 8446, 4.1.2: the same but for share and cookie).
type clientHello struct {
	sni      string
	min, max uint16
	random   [32]byte
	session  []byte
	share    keyShare
	cookie   []byte
}

func newClientHello(h Hello) (*clientHello, error) {
	c := &clientHello{min: h.Min, max: h.Max}
	if c.min == 0 {
		c.min = TLS10
	}
	if c.max == 0 {
		c.max = TLS13
	}
	if c.min > c.max || c.min < TLS10 || c.max > TLS13 {
		return nil, fmt.Errorf("making a hello: no versions between %#04x and %#04x", c.min, c.max)
	}
	// SslStream.cpp sends no name for an address; OpenSSL takes none over 255 bytes.
	if _, err := netip.ParseAddr(h.SNI); err != nil && len(h.SNI) <= 255 {
		c.sni = h.SNI
	}
	if _, err := rand.Read(c.random[:]); err != nil {
		return nil, fmt.Errorf("making a hello: %w", err)
	}
	if c.max < TLS13 {
		return c, nil
	}
	c.session = make([]byte, 32) // middlebox compatibility (RFC 8446, D.4)
	if _, err := rand.Read(c.session); err != nil {
		return nil, fmt.Errorf("making a hello: %w", err)
	}
	key, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("making a key share: %w", err)
	}
	c.share = ecdhShare{id: groupX25519, key: key}
	return c, nil
}

// single tells whether one version alone is probed.
func (c *clientHello) single() bool { return c.min == c.max }

// message is the handshake message, header included.
func (c *clientHello) message() []byte {
	legacy := min(c.max, TLS12)
	b := []byte{1, 0, 0, 0}
	b = binary.BigEndian.AppendUint16(b, legacy)
	b = append(b, c.random[:]...)
	b = append(b, byte(len(c.session)))
	b = append(b, c.session...)
	suites := c.suites()
	b = binary.BigEndian.AppendUint16(b, uint16(2*len(suites)))
	b = appendUint16s(b, suites)
	b = append(b, 1, 0) // no compression
	exts := c.extensions()
	b = binary.BigEndian.AppendUint16(b, uint16(len(exts)))
	b = append(b, exts...)
	n := len(b) - 4
	b[1], b[2], b[3] = byte(n>>16), byte(n>>8), byte(n)
	return b
}

// suites is OpenSSL's DEFAULT list cut to the versions asked for. A probe of
// one old version adds suites that OpenSSL 3 no longer builds, so that a
// server which speaks the version with those alone is not called deaf to it.
func (c *clientHello) suites() []uint16 {
	var ids []uint16
	for _, s := range suiteTable {
		if s.offered && s.max >= c.min && s.min <= c.max {
			ids = append(ids, s.id)
		}
	}
	if c.single() && c.max < TLS13 {
		for _, s := range suiteTable {
			if s.legacy {
				ids = append(ids, s.id)
			}
		}
	}
	return append(ids, scsvRenegotiation)
}

func (c *clientHello) extensions() []byte {
	var b []byte
	if c.sni != "" {
		name := binary.BigEndian.AppendUint16(nil, uint16(len(c.sni)+3))
		name = append(name, 0)
		name = binary.BigEndian.AppendUint16(name, uint16(len(c.sni)))
		b = appendExtension(b, extServerName, append(name, c.sni...))
	}
	b = appendExtension(b, extPointFormats, []byte{3, 0, 1, 2})
	groups := append([]uint16(nil), ecGroups...)
	if c.max >= TLS13 {
		groups = append(groups, ffdheGroups...)
	}
	b = appendExtension(b, extSupportedGroups, vector16(groups))
	b = appendExtension(b, extSessionTicket, nil)
	b = appendExtension(b, extEncryptThenMAC, nil)
	b = appendExtension(b, extExtendedMaster, nil)
	if c.max >= TLS12 {
		b = appendExtension(b, extSignatureAlgs, vector16(c.signatureAlgs()))
	}
	if c.max < TLS13 {
		return b
	}
	versions := []byte{0}
	for v := c.max; v >= c.min; v-- {
		versions = binary.BigEndian.AppendUint16(versions, v)
	}
	versions[0] = byte(len(versions) - 1)
	b = appendExtension(b, extSupportedVersions, versions)
	b = appendExtension(b, extPSKModes, []byte{1, 1})
	pub := c.share.public()
	entry := binary.BigEndian.AppendUint16(nil, uint16(len(pub)+4))
	entry = binary.BigEndian.AppendUint16(entry, c.share.group())
	entry = binary.BigEndian.AppendUint16(entry, uint16(len(pub)))
	b = appendExtension(b, extKeyShare, append(entry, pub...))
	if len(c.cookie) > 0 {
		cookie := binary.BigEndian.AppendUint16(nil, uint16(len(c.cookie)))
		b = appendExtension(b, extCookie, append(cookie, c.cookie...))
	}
	return b
}

// signatureAlgs is OpenSSL's list at security level 2, without what only TLS
// 1.2 can use where TLS 1.3 alone is asked for.
func (c *clientHello) signatureAlgs() []uint16 {
	if c.min >= TLS13 {
		return sigAlgs
	}
	return append(append([]uint16(nil), sigAlgs...), sigAlgsTLS12...)
}

func appendExtension(b []byte, id uint16, data []byte) []byte {
	b = binary.BigEndian.AppendUint16(b, id)
	b = binary.BigEndian.AppendUint16(b, uint16(len(data)))
	return append(b, data...)
}

func appendUint16s(b []byte, list []uint16) []byte {
	for _, v := range list {
		b = binary.BigEndian.AppendUint16(b, v)
	}
	return b
}

func vector16(list []uint16) []byte {
	return appendUint16s(binary.BigEndian.AppendUint16(nil, uint16(2*len(list))), list)
}
