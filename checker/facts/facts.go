// Package facts derives from evidence what Telegram's client would say: which
// path it builds, what it finds wrong, which names it accepts. It is pure; the
// rules only read it.
package facts

import (
	"time"

	"hookcheck/checker/cert"
	"hookcheck/checker/evidence"
	"hookcheck/checker/target"
)

// Facts is what the rules look at. Nothing in it is written after Derive, but
// Lint, which is filled in where it was asked for.
type Facts struct {
	Ev     *evidence.Evidence
	Target *target.Target
	Now    time.Time
	Host   string // as Telegram's client compares it
	Port   int
	IsIP   bool
	Live   bool // a server was contacted, not files read

	Net    Net
	TLS    TLS
	Chain  Chain
	Leaf   *cert.Cert // the server's certificate as judged; nil where none was seen
	Names  Names
	Upload Upload
	HTTP   HTTP
	Lint   []Lint
	Files  Files
}

// Net is about addresses and the connection.
type Net struct {
	First      *evidence.Address  // the address that Telegram uses; nil where there is none
	FirstIP    string             // the same where it was not dialled either
	Reserved   string             // the reserved block that holds FirstIP, "" otherwise or where skipped
	Differ     []evidence.Address // other IPv4 addresses that do not answer like the first
	FromItself bool               // the address is this machine's own and was not asked for by --connect-to
}

// TLSProblem is why no handshake comes about.
type TLSProblem string

// The TLS problems; each has a rule.
const (
	TLSFine         TLSProblem = ""
	TLSPlainHTTP    TLSProblem = "plaintext_http"
	TLSNotTLS       TLSProblem = "not_tls"
	TLSTooOld       TLSProblem = "version_too_old"
	TLSNoCipher     TLSProblem = "no_common_cipher"
	TLSClientCert   TLSProblem = "client_certificate_required"
	TLSNameRejected TLSProblem = "name_rejected"
	TLSClosed       TLSProblem = "closed"
	TLSTimeout      TLSProblem = "timeout"
	TLSReset        TLSProblem = "reset" // tcp.reset
	TLSWeakDH       TLSProblem = "dh_too_small"
	TLSOtherAlert   TLSProblem = "alert"
	TLSMalformed    TLSProblem = "malformed"
	TLSSlow         TLSProblem = "undecided" // our own time ran out before the handshake could be tried
)

// TLS is about the handshake.
type TLS struct {
	Problem     TLSProblem
	Predicted   string // what Telegram's client reports for Problem
	Alert       *evidence.Alert
	AlertName   string   // "handshake_failure (40)"
	BestVersion string   // best version that the server speaks, "" unknown
	Old         []string // tls1.0, tls1.1 where accepted beside a newer one
	// BelowDocumented: the handshake comes about, but below TLS 1.2, the floor
	// that the guide documents (RSA key exchange only).
	BelowDocumented bool
	// Unfinished: Telegram's client can finish this handshake and no library
	// here can; certificates were judged, the HTTP answer was not seen.
	Unfinished bool
	// NoChain: the handshake is fine but the certificates could not be seen.
	NoChain        bool
	FirstBytes     string // printable form of what came in place of TLS
	Service        string // what FirstBytes look like: HTTP, SSH, SMTP, …
	DHBits         int
	DefaultDiffers bool     // without SNI another certificate is shown
	DefaultNames   []string // names of that other certificate
	WrongSite      bool     // tls.wrong_site holds
	SNISent        bool
}

// FaultKind is a fault of trust, naming or strength. Each has one rule.
type FaultKind string

// The faults.
const (
	IntermediateMissing FaultKind = "chain.intermediate_missing"
	LeafNotFirst        FaultKind = "chain.leaf_not_first"
	UntrustedRoot       FaultKind = "chain.untrusted_root"
	TooDeep             FaultKind = "chain.too_deep"
	IntermediateExpired FaultKind = "chain.intermediate_expired"
	IntermediateNotYet  FaultKind = "chain.intermediate_not_yet_valid"
	RootExpired         FaultKind = "chain.root_expired"
	NotACA              FaultKind = "chain.not_a_ca"
	PathLength          FaultKind = "chain.path_length"
	NameConstraint      FaultKind = "chain.name_constraint"
	BadSignature        FaultKind = "chain.bad_signature"
	IntermediateUsage   FaultKind = "chain.intermediate_usage"
	ChainBudget         FaultKind = "chain.too_complex"
	SelfSigned          FaultKind = "cert.self_signed"
	Expired             FaultKind = "cert.expired"
	NotYetValid         FaultKind = "cert.not_yet_valid"
	NameMismatch        FaultKind = "cert.name_mismatch"
	CommonNameIgnored   FaultKind = "cert.common_name_ignored"
	IPNeedsSAN          FaultKind = "cert.ip_needs_san"
	IPNeedsCommonName   FaultKind = "cert.ip_needs_common_name"
	Usage               FaultKind = "cert.usage"
	CriticalExtension   FaultKind = "cert.critical_extension"
	Unparsable          FaultKind = "cert.unparsable"
	WeakKey             FaultKind = "cert.weak_key"
	WeakSignature       FaultKind = "cert.weak_signature"
	UploadNotNeeded     FaultKind = "upload.not_needed"
	UploadNotAnAnchor   FaultKind = "upload.not_an_anchor"
	UploadOther         FaultKind = "upload.different_certificate"
	UploadRejected      FaultKind = "upload.trust_settings"
	UploadNotPEM        FaultKind = "upload.not_pem"
	UploadEmpty         FaultKind = "upload.empty"
	UploadTooBig        FaultKind = "upload.too_big"
)

// Fault is one independent fault. The first of Chain.Faults is the root cause
// among them.
type Fault struct {
	Kind     FaultKind
	Cert     *cert.Cert // the certificate at fault, nil where none is
	Position int        // where it was presented, -1 where it was not
	Code     string     // OpenSSL's X509_V_ERR name without the prefix
	Detail   string     // a value for the text: an OID, a limit, a key usage; never a sentence
	Invalid  int        // of the certificates that OpenSSL read for the path, how many have a broken extension
	Denied   bool       // Unparsable: self-signed, and its authority key identifier names another key
}

// Role of a presented certificate.
type Role string

// The roles, as the report names them.
const (
	RoleLeaf         Role = "leaf"
	RoleIntermediate Role = "intermediate"
	RoleRoot         Role = "root"
	RoleUnrelated    Role = "unrelated"
	RoleDuplicate    Role = "duplicate"
)

// Presented is one certificate as the server sent it.
type Presented struct {
	Position int
	Cert     *cert.Cert // nil where not even the outer structure could be read
	DER      []byte
	Role     Role
	Err      string
	Lost     bool // it stood in a file and could not be read there: DER is no more than its place
}

// Missing is a certificate that the path wants and nobody sent.
type Missing struct {
	Subject string     // of the missing certificate: the issuer name of the one below it
	KeyID   string     // hex, where the certificate below names it
	AIA     []string   // where the certificate below says it can be had
	Cert    *cert.Cert // where it was found all the same
}

// Wanted is an address at which a certificate says that its issuer lies.
type Wanted struct {
	URL string
	For *cert.Cert
}

// Chain is about trust in the presented certificates.
type Chain struct {
	Presented []Presented
	Trusted   bool         // Telegram's client accepts path, names, usage and strength
	Path      []*cert.Cert // leaf to root as it is, or would be with Missing supplied; nil where there is none
	Root      *cert.Cert   // the trust anchor of Path, nil where there is none
	RootLists []string     // mozilla, documented, system, given
	Public    bool         // Path ends at a public root (without regard to the upload)
	Missing   []Missing
	Wanted    []Wanted // where certificates can be had that may complete the chain
	Faults    []Fault

	Corrected []*cert.Cert // leaf first, every intermediate, no root; nil where it cannot be built

	// Remarks about what was presented; they matter only where Path exists.
	OutOfOrder     bool
	Duplicates     []int     // positions
	Unrelated      []int     // positions
	RootIncluded   int       // position of a root that was sent, -1
	NotInOlderList bool      // trusted by today's list alone
	DistrustAfter  time.Time // Mozilla distrusts certificates of Root issued after this date, and the leaf is one
	// WouldFail names what would still fail once the self-signed certificate
	// or the root were uploaded; empty where works_if_uploaded is the verdict.
	WouldFail []FaultKind
}

// Fault returns the first fault of a kind, nil where there is none.
func (c *Chain) Fault(k FaultKind) *Fault {
	for i := range c.Faults {
		if c.Faults[i].Kind == k {
			return &c.Faults[i]
		}
	}
	return nil
}

// How a near miss differs from the host.
const (
	NearWWW      = "www"      // with or without www.
	NearApex     = "apex"     // the parent name without a wildcard
	NearWildcard = "wildcard" // a wildcard that covers another level
	NearSibling  = "sibling"  // same registrable domain
	NearTypo     = "typo"     // one or two letters differ
	NearIP       = "ip"       // the certificate names the address
)

// Names is about the host and the names in the leaf.
type Names struct {
	Judged      bool
	Match       bool
	All         []string // names that count for Telegram: dNSNames, or the CN where there is none; IPs where the host is one
	DNS         []string
	IPs         []string
	CommonName  []string
	ViaWildcard string // the pattern that matched, "" for an exact name
	ViaCN       bool   // matched by CN because there is no dNSName
	Near        string // the nearest name in the certificate, "" where none is near
	NearKind    string
}

// Upload is about the file handed to setWebhook.
type Upload struct {
	Given        bool
	Known        bool // we know whether something was uploaded: always false unless a file was given
	Certificates []*cert.Cert
	Usable       bool // Telegram's client can load it
	HasKey       bool
	Holds        string // what it holds of this chain: leaf, intermediate, root, nothing
	Needed       string // what belongs into `certificate`: none, leaf, root, given
	NeededPEM    string // that file, "" for none
}

// HTTPProblem is what is wrong with the answer to the test update.
type HTTPProblem string

// The HTTP problems; each has a rule.
const (
	HTTPFine         HTTPProblem = ""
	HTTPRedirect     HTTPProblem = "redirect"
	HTTPUnauthorized HTTPProblem = "unauthorized"
	HTTPNotFound     HTTPProblem = "not_found"
	HTTPMethod       HTTPProblem = "method_not_allowed"
	HTTPGone         HTTPProblem = "gone"
	HTTPClientError  HTTPProblem = "client_error"
	HTTPServerError  HTTPProblem = "server_error"
	HTTPBadGateway   HTTPProblem = "bad_gateway"
	HTTPOddStatus    HTTPProblem = "odd_status" // 1xx or outside 100-599
	HTTPTimeout      HTTPProblem = "timeout"
	HTTPClosed       HTTPProblem = "closed"
	HTTPReset        HTTPProblem = "reset"
	HTTPNotHTTP      HTTPProblem = "not_http"
	HTTPEncoding     HTTPProblem = "encoding" // compressed or chunked in a way that the client refuses
	HTTPRequestLong  HTTPProblem = "request_too_long"
)

// HTTP is about the test update.
type HTTP struct {
	Tried     bool
	Problem   HTTPProblem
	Predicted string
	Status    int
	Reason    string
	Location  string
	Slow      bool // over 5 s
	Seconds   float64
	// BodyHint names a product whose error page the body looks like, such as
	// "nginx", "cloudflare"; "" unknown.
	BodyHint string
}
