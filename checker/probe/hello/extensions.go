package hello

import (
	"golang.org/x/crypto/cryptobyte"
)

// Places where a server's extension may stand.
const (
	inServerHello12 = 1 << iota
	inServerHello13
	inRetry
	inEncrypted
	inCertificate
)

// extensionPlaces are the extensions that OpenSSL knows and where it lets a
// server send them (ssl/statem/extensions.c); it ignores all others.
var extensionPlaces = map[uint16]int{
	extRenegotiation:     inServerHello12,
	extServerName:        inServerHello12 | inEncrypted,
	1:                    inServerHello12 | inEncrypted, // max_fragment_length
	5:                    inServerHello12 | inCertificate,
	extSupportedGroups:   inServerHello12 | inEncrypted,
	extPointFormats:      inServerHello12,
	12:                   0, // srp
	extSignatureAlgs:     0,
	14:                   inServerHello12 | inEncrypted, // use_srtp
	16:                   inServerHello12 | inEncrypted, // ALPN
	extSCT:               inServerHello12 | inCertificate,
	21:                   0, // padding
	extEncryptThenMAC:    inServerHello12,
	extExtendedMaster:    inServerHello12,
	extSessionTicket:     inServerHello12,
	41:                   inServerHello13, // pre_shared_key
	42:                   inEncrypted,     // early_data
	extSupportedVersions: inServerHello12 | inServerHello13 | inRetry,
	extCookie:            inRetry,
	extPSKModes:          0,
	47:                   0, // certificate_authorities
	49:                   0, // post_handshake_auth
	50:                   0, // signature_algorithms_cert
	extKeyShare:          inServerHello13 | inRetry,
	13172:                inServerHello12, // next_proto_neg
}

// parseExtensions reads a server's list as tls_collect_extensions does.
func (c *clientHello) parseExtensions(list cryptobyte.String, place int) (map[uint16][]byte, error) {
	found := map[uint16][]byte{}
	for !list.Empty() {
		var id uint16
		var data cryptobyte.String
		if !list.ReadUint16(&id) || !list.ReadUint16LengthPrefixed(&data) {
			return nil, refBadExtension
		}
		places, known := extensionPlaces[id]
		if !known {
			continue
		}
		if _, twice := found[id]; twice || places&place == 0 {
			return nil, refBadExtension
		}
		if !c.sent(id) {
			return nil, refUnsolicited
		}
		found[id] = data
	}
	return found, nil
}

// sent tells whether a server may send the extension: the hello carried it,
// or it needs no asking.
func (c *clientHello) sent(id uint16) bool {
	switch id {
	case extRenegotiation, extCookie, extSCT:
		return true
	case extServerName:
		return c.sni != ""
	case extPointFormats, extSupportedGroups, extSessionTicket, extEncryptThenMAC, extExtendedMaster:
		return true
	case extSignatureAlgs:
		return c.max >= TLS12
	case extSupportedVersions, extPSKModes, extKeyShare:
		return c.max >= TLS13
	}
	return false
}
