// Package cert reads X.509 certificates as leniently as the OpenSSL library
// of Telegram's client does, so that a verdict never rests on what another
// library refuses to parse. Everything is bounded; nothing panics.
package cert

import (
	"crypto"
	"math/big"
	"net"
	"time"
)

// Trust is a setting that a trust store keeps with a certificate.
type Trust int

// The settings: none leaves it to the certificate's form.
const (
	TrustByForm   Trust = iota
	TrustGranted        // for servers, self-signed or not
	TrustRejected       // not for servers
)

// Cert is one certificate, read as far as it could be.
type Cert struct {
	Raw    []byte
	SHA256 string // lower-case hex of the DER
	Trust  Trust  // what a trust store says of it, beside it

	Version            int // 1, 2 or 3
	Serial             *big.Int
	Subject            Name
	Issuer             Name
	NotBefore          time.Time
	NotAfter           time.Time
	Key                Key
	Signature          Signature
	RawTBS             []byte
	SubjectKeyID       []byte
	AuthorityKeyID     *AuthorityKeyID
	BasicConstraints   *BasicConstraints // nil where absent
	KeyUsage           *KeyUsage         // nil where absent
	ExtKeyUsage        []string          // dotted OIDs; nil where absent
	SAN                *SAN              // nil where absent
	NameConstraints    *NameConstraints  // nil where absent
	IssuerURLs         []string          // AIA caIssuers with http or https
	OCSPURLs           []string
	Policies           []string // dotted OIDs
	SCTs               int
	CriticalUnknown    []string // dotted OIDs of critical extensions that OpenSSL does not know
	BrokenExtensions   []string // dotted OIDs of known extensions that do not parse
	DuplicateExtension bool

	Trailing     int  // bytes of input after the certificate: OpenSSL minds them in a handshake, not in a file
	BadNotBefore bool // not in RFC 5280's form: OpenSSL cannot compare it with a clock
	BadNotAfter  bool
	NetscapeType *byte      // nsCertType, nil where absent
	Proxy        *ProxyInfo // RFC 3820's extension, nil where absent
	IPResources  bool       // there are addresses of its own (RFC 3779)
	ASResources  bool       // there are AS numbers of its own
}

// ProxyInfo is the extension of RFC 3820, 3.8.
type ProxyInfo struct {
	PathLen int // -1 where absent
}

// Name is a distinguished name.
type Name struct {
	Raw         []byte   // DER of the whole name
	Canonical   []byte   // as OpenSSL compares names: case folded, spaces collapsed, string types unified
	Text        string   // for people, RFC 4514 order reversed as OpenSSL prints it: "C = US, O = Let's Encrypt, CN = R11"
	CommonNames []string // every CN in order of appearance, as UTF-8
	Org         []string
	Attributes  []Attribute // every entry in order
}

// Key is the public key. Public is nil where the algorithm or its parameters
// are not supported here; Algorithm and Bits are filled in as far as known.
type Key struct {
	Algorithm    string // RSA, RSA-PSS, EC, Ed25519, Ed448, DSA, or a dotted OID
	Curve        string // P-256 …, or a dotted OID
	Bits         int
	SecurityBits int // as OpenSSL rounds them: RSA 2048 is 112, 1963 is 112, 1962 is 104
	exponentBits int // of an RSA key
	Public       crypto.PublicKey
	RawSPKI      []byte
	Err          error // why OpenSSL could not decode it either, nil otherwise
	PSS          *PSS  // what an RSA-PSS key is restricted to, nil where it is not
	Explicit     bool  // the curve is written out instead of named
	Slow         bool  // verifying with it takes long: big.Int arithmetic of our own
}

// Signature is how the certificate was signed.
type Signature struct {
	OID          string
	Name         string // "SHA256-RSA", "ECDSA-SHA384", "Ed25519", "SHA256-RSAPSS", or a dotted OID
	Hash         crypto.Hash
	KeyAlgorithm string // what kind of key must have made it: RSA, EC, Ed25519, Ed448, DSA
	SecurityBits int    // of the digest, as OpenSSL's check_sig_level sees it; -1 unknown
	PSSParams    []byte // DER of the parameters where it is RSASSA-PSS
	Bits         []byte
	TBSMismatch  bool // the inner and outer algorithm identifiers differ

	PSS               *PSS   // PSSParams, nil where OpenSSL refuses them
	UnusedBits        int    // OpenSSL verifies none that has any
	InnerPSS          bool   // the identifier inside is RSASSA-PSS: either kind of RSA key fits
	InnerKeyAlgorithm string // KeyAlgorithm by the identifier inside, which chooses the issuer
}

// AuthorityKeyID is the extension of RFC 5280, 4.2.1.1.
type AuthorityKeyID struct {
	KeyID  []byte
	Issuer []byte // canonical form of the directoryName, nil where absent
	Serial *big.Int
}

// BasicConstraints is the extension of RFC 5280, 4.2.1.9.
type BasicConstraints struct {
	CA      bool
	PathLen int // -1 where absent
}

// KeyUsage holds the bits of RFC 5280, 4.2.1.3.
type KeyUsage struct {
	DigitalSignature, ContentCommitment, KeyEncipherment, DataEncipherment,
	KeyAgreement, CertSign, CRLSign bool
}

// SAN is the subject alternative name extension. Entries keep their bytes as
// they stand: a trailing dot or an embedded NUL is not tidied away.
type SAN struct {
	DNS    []string
	IP     []net.IP
	Email  []string
	URI    []string
	Others int

	Names []GeneralName // all of them in order
}

// GeneralName is one name of RFC 5280, 4.2.1.6.
type GeneralName struct {
	Tag   int    // of the choice: 1 rfc822Name, 2 dNSName, 4 directoryName, 6 URI, 7 iPAddress …
	Value []byte // octets of the string forms and of iPAddress; canonical form of a directoryName
	OID   string // type of an otherName
	UTF8  bool   // an otherName that holds a UTF8String, in Value
}

// NameConstraints holds the subtrees that are judged (RFC 5280, 4.2.1.10).
type NameConstraints struct {
	Permitted, Excluded []Subtree
}

// Subtree is one permitted or excluded subtree.
type Subtree struct {
	Kind  string     // dns, ip, email, uri, dir, other
	Value string     // dns, email, uri as they stand
	Net   *net.IPNet // ip
	Dir   []byte     // canonical form of a directoryName

	Base      GeneralName // what the fields above are made of
	BadMinMax bool        // has a minimum other than 0, or a maximum
}
