// Package evidence is what a check observed, as plain data: everything that a
// verdict rests on, and nothing secret. The same evidence gives the same
// report, so a saved file replays a user's case without a network.
package evidence

import (
	"time"

	"hookcheck/checker/target"
)

// Schema names the format of a saved evidence file.
const Schema = "hookcheck-evidence/1"

// Kind tells where certificates came from.
type Kind string

// The kinds of evidence.
const (
	Live  Kind = "check" // a server was contacted
	Files Kind = "files" // certificate files were read, as if a server presented them
)

// Evidence is one check's observations. Pointers are nil for what was not
// reached or not asked for.
type Evidence struct {
	Schema     string        `json:"schema"`
	Tool       string        `json:"tool"`
	ID         string        `json:"id"`
	Kind       Kind          `json:"kind"`
	CheckedAt  time.Time     `json:"checked_at"` // UTC; also the clock that validity is judged by
	DurationMS int64         `json:"duration_ms"`
	Target     target.Target `json:"target"`
	Request    Request       `json:"request"`
	Upload     *Upload       `json:"upload,omitempty"`
	DNS        *DNS          `json:"dns,omitempty"`
	Addresses  []Address     `json:"addresses,omitempty"` // in DNS order; the first IPv4 address is Telegram's
	TLS        *TLS          `json:"tls,omitempty"`
	Presented  [][]byte      `json:"presented,omitempty"` // DER, as the server (or the files) gave it, at most MaxPresented
	Files      *FileInput    `json:"files,omitempty"`
	HTTP       *HTTP         `json:"http,omitempty"`
	Fetched    []Fetched     `json:"fetched,omitempty"` // by AIA, for the missing part of a chain
	GivenRoots [][]byte      `json:"given_roots,omitempty"`
	Stages     []StageTime   `json:"stages,omitempty"`
}

// MaxPresented bounds how many certificates of one server are kept: about as
// many as fit into the 100 KiB that OpenSSL takes.
const MaxPresented = 400

// Request is what the check was asked to do.
type Request struct {
	Post        bool   `json:"post"`                   // deliver a test update where TLS allows it
	ConnectTo   string `json:"connect_to,omitempty"`   // address dialled in place of resolving
	SecretGiven bool   `json:"secret_given,omitempty"` // a secret token was sent with the update
	RootsGiven  bool   `json:"roots_given,omitempty"`  // GivenRoots replace the embedded lists
	Guarded     bool   `json:"guarded,omitempty"`      // forbidden addresses were not dialled
	AnyPort     bool   `json:"any_port,omitempty"`     // the port rule is reported but the port is dialled all the same
	Lint        bool   `json:"lint,omitempty"`
	LintLate    []int  `json:"lint_late,omitempty"` // positions of the certificates that there was no time to lint
	Hostname    bool   `json:"hostname,omitempty"`  // files: names are to be judged
	TimeoutMS   int64  `json:"timeout_ms,omitempty"`
}

// StageTime is how long a stage of the check took.
type StageTime struct {
	ID         string `json:"id"`
	DurationMS int64  `json:"duration_ms"`
}

// Trust settings of an uploaded certificate.
const (
	TrustGranted  = "granted"
	TrustRejected = "rejected"
)

// Upload is the file handed to setWebhook as `certificate`, reduced to what
// may be kept: private keys are dropped and only counted.
type Upload struct {
	Name         string   `json:"name,omitempty"`
	Size         int64    `json:"size"`
	Format       string   `json:"format"` // see certfile.Format: pem, der-certificate, pkcs12, csr, empty, text, …
	Certificates [][]byte `json:"certificates,omitempty"`
	PrivateKeys  int      `json:"private_keys,omitempty"`
	// Trust holds, by position in Certificates, what TRUSTED CERTIFICATE blocks
	// say of servers: TrustGranted or TrustRejected.
	Trust map[int]string `json:"trust,omitempty"`
	// OpenSSLAccepts tells whether Telegram's client can load the file at
	// all: whether it holds at least one readable PEM certificate or CRL.
	OpenSSLAccepts bool     `json:"openssl_accepts"`
	OpenSSLError   string   `json:"openssl_error,omitempty"` // what Telegram's client says of a file it refuses, in braces; "" where that cannot be told
	Notes          []string `json:"notes,omitempty"`         // what else was found, for people
}

// FileInput is what `hookcheck pem` read.
type FileInput struct {
	Names       []string `json:"names,omitempty"`
	PrivateKeys int      `json:"private_keys,omitempty"`
	Problems    []string `json:"problems,omitempty"`

	Read []FileRead `json:"read,omitempty"` // one for each of Names
	Left int        `json:"left,omitempty"` // certificates beyond MaxPresented, which are not judged
	Key  *FileKey   `json:"key,omitempty"`  // the local key that was compared with them
}

// FileKey is what became of a local private key. Nothing of it is kept.
type FileKey struct {
	Name      string `json:"name"`
	Outcome   string `json:"outcome"`
	Algorithm string `json:"algorithm,omitempty"` // "RSA 2048", "EC P-256", "Ed25519"
	Position  int    `json:"position"`            // of the presented certificate that it belongs to, -1 for none
}

// Outcomes of reading a local key.
const (
	KeyRead        = "read"
	KeyNone        = "none"        // no private key in the file
	KeyLocked      = "locked"      // the password does not open it
	KeyDamaged     = "damaged"     // a key, but it cannot be read
	KeyUnsupported = "unsupported" // a kind or form that cannot be compared
	KeyCostly      = "costly"      // more rounds of key derivation than are spent
	KeyPutty       = "putty"       // in the form of PuTTY, which no server reads
)

// Whether a local key belongs to a request.
const (
	KeyOwn   = "own"
	KeyOther = "other"
)

// FileRead is what one file was.
type FileRead struct {
	Name           string        `json:"name"`
	Size           int64         `json:"size"`
	Format         string        `json:"format"` // see certfile.Format
	Certificates   int           `json:"certificates"`
	PrivateKeys    int           `json:"private_keys,omitempty"`
	OpenSSLAccepts bool          `json:"openssl_accepts"` // a server's OpenSSL can load it as it stands
	Items          []FileItem    `json:"items,omitempty"`
	MoreItems      int           `json:"more_items,omitempty"` // that were left out
	Requests       []FileRequest `json:"requests,omitempty"`
}

// FileItem is one thing found in a file, and where.
type FileItem struct {
	Kind    string `json:"kind"` // see certfile.Kind
	Path    string `json:"path,omitempty"`
	Block   int    `json:"block"`
	Line    int    `json:"line,omitempty"`
	BadLine int    `json:"bad_line,omitempty"` // in which the damage is, where that can be told
	Offset  int64  `json:"offset"`             // -1 where it was encrypted
	Name    string `json:"name,omitempty"`
	Subject string `json:"subject,omitempty"`
	Problem string `json:"problem,omitempty"` // see certfile.Problem
}

// FileRequest is what a signing request asks for.
type FileRequest struct {
	Subject    string   `json:"subject,omitempty"`
	CommonName string   `json:"common_name,omitempty"`
	DNSNames   []string `json:"dns_names,omitempty"`
	IPs        []string `json:"ips,omitempty"`
	Key        string   `json:"key,omitempty"` // "RSA 2048", "EC P-256"
	Signature  string   `json:"signature"`
	KeySHA256  string   `json:"key_sha256,omitempty"` // of the public key
	LocalKey   string   `json:"local_key,omitempty"`  // whether the local key belongs to it: own or other
}

// What is known of a request's signature.
const (
	SignatureGood    = "good"
	SignatureBad     = "bad"
	SignatureUnknown = "unknown" // a kind that is not checked
	SignatureUnread  = "unread"  // the request could not be read at all
)

// Fetched is one attempt to get an issuer by the AIA extension.
type Fetched struct {
	URL          string   `json:"url"`
	ForSHA256    string   `json:"for_sha256"`
	Certificates [][]byte `json:"certificates,omitempty"`
	Error        string   `json:"error,omitempty"` // short code: refused, timeout, forbidden, status, size, format
}
