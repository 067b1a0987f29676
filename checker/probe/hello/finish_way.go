package hello

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"slices"

	"hookcheck/checker/evidence"
)

// way is how a session is to be made.
type way struct {
	none     bool // no library will do
	zcrypto  bool
	exact    bool // the library has the suite, the group and the key in question
	min, max uint16
	suites   []uint16
}

// maxStandardRSA is the largest key that crypto/tls takes from a server.
const maxStandardRSA = 8192

// choose picks the library by what the server chose for Telegram's hello.
func choose(first evidence.Handshake) way {
	version := versionByName(first.Version)
	chosen, _ := suiteByName(first.Cipher)
	w := way{min: version, max: version, suites: []uint16{chosen.id}}
	group := hasGroup(first)
	chain, key := standardChain(first.Chain)
	if chain && key && (version == TLS13 || hasStandardSuite(chosen.id)) {
		w.exact = group
		if !group && version < TLS13 {
			w.suites = standardSuites()
		}
		return w
	}
	if chain && !key {
		w.none = true // neither library can verify with such a key
		return w
	}
	w.zcrypto = true
	w.exact = version < TLS13 && hasZcryptoSuite(chosen.id) && (group || chosen.kx == kxDHE)
	if !w.exact {
		w.min, w.max = min(version, TLS12), TLS12
		w.suites = zcryptoSuites()
	}
	return w
}

// libraryGroups are the groups of Telegram's hello that the libraries have.
// All are offered always: up to TLS 1.2 they also say which curves the
// server's certificate may be of (RFC 8422, 5.1).
var libraryGroups = []uint16{groupX25519, groupP256, groupP521, groupP384}

// hasGroup tells whether the libraries have the negotiated group.
func hasGroup(first evidence.Handshake) bool {
	for _, id := range libraryGroups {
		if groupName(id) == first.Group {
			return true
		}
	}
	return first.KeyExchange == kxRSA
}

// standardChain tells whether crypto/tls can read every certificate, and use
// the key of the first.
func standardChain(chain [][]byte) (parses, usable bool) {
	for i, der := range chain {
		cert, err := x509.ParseCertificate(der)
		if err != nil {
			return false, false
		}
		if i > 0 {
			continue
		}
		switch key := cert.PublicKey.(type) {
		case *rsa.PublicKey:
			usable = key.N.BitLen() <= maxStandardRSA
		case *ecdsa.PublicKey, ed25519.PublicKey:
			usable = true
		}
	}
	return len(chain) > 0, usable
}

// standardSuites are the suites up to TLS 1.2 that Telegram's client and
// crypto/tls share.
func standardSuites() []uint16 {
	var ids []uint16
	for _, s := range suiteTable {
		if s.offered && hasStandardSuite(s.id) {
			ids = append(ids, s.id)
		}
	}
	return ids
}

func hasStandardSuite(id uint16) bool {
	has := func(s *tls.CipherSuite) bool { return s.ID == id }
	return slices.ContainsFunc(tls.CipherSuites(), has) || slices.ContainsFunc(tls.InsecureCipherSuites(), has)
}

func versionByName(name string) uint16 {
	for _, v := range []uint16{TLS10, TLS11, TLS12, TLS13} {
		if VersionName(v) == name {
			return v
		}
	}
	return TLS12
}
