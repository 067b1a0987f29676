// Package report turns evidence, facts and findings into the one document that
// every view shows: the report, schema hookcheck/1. The same evidence gives
// the same report, byte for byte.
package report

import (
	"encoding/json"
	"time"

	"hookcheck/checker/certinfo"
)

// Schema names the format of a report. A change of meaning needs a new number.
const Schema = "hookcheck/1"

// Verdict is the answer to the one question: would Telegram deliver?
type Verdict string

// The verdicts.
const (
	Works           Verdict = "works"
	WorksIfUploaded Verdict = "works_if_uploaded"
	Fails           Verdict = "fails"
	Unknown         Verdict = "unknown"
)

// Status of a stage.
type Status string

// The statuses.
const (
	Pass      Status = "pass"
	Warn      Status = "warn"
	Fail      Status = "fail"
	Skip      Status = "skip"
	Undecided Status = "unknown"
)

// What belongs in setWebhook's `certificate`.
const (
	UploadNone  = "none"
	UploadLeaf  = "leaf"
	UploadRoot  = "root"
	UploadGiven = "given"
)

// Report is one check's result in one language. Every field is always present
// in JSON; lists are empty rather than null, objects that were not reached
// hold zero values.
type Report struct {
	Schema     string            `json:"schema"`
	ID         string            `json:"id"`
	CheckedAt  time.Time         `json:"checked_at"` // UTC
	DurationMS int64             `json:"duration_ms"`
	Tool       string            `json:"tool"`
	Target     Target            `json:"target"`
	Verdict    Verdict           `json:"verdict"`
	Summary    string            `json:"summary"`
	Telegram   Telegram          `json:"telegram"`
	Stages     []Stage           `json:"stages"`
	Findings   []Finding         `json:"findings"`
	Addresses  []Address         `json:"addresses"`
	Protocols  map[string]string `json:"protocols"` // in Protocols() order: accepted, refused, unknown
	Handshake  Handshake         `json:"handshake"`
	Chain      Chain             `json:"chain"`
	Lint       []Lint            `json:"lint"`
	HTTP       HTTP              `json:"http"`

	// Lang is the language of the texts, Kind where the certificates came
	// from (evidence.Live or evidence.Files), Hints what the server looks
	// like. They are for the views; the JSON does not carry them.
	Lang  string `json:"-"`
	Kind  string `json:"-"`
	Hints []Hint `json:"-"`
}

// Protocols lists the keys of Report.Protocols in order.
func Protocols() []string { return []string{"tls1.0", "tls1.1", "tls1.2", "tls1.3"} }

// Target is the endpoint, with bot tokens and credentials redacted.
type Target struct {
	Input     string `json:"input"`
	URL       string `json:"url"`
	Host      string `json:"host"`
	ASCIIHost string `json:"ascii_host"`
	Port      int    `json:"port"`
	Path      string `json:"path"`
	IsIP      bool   `json:"is_ip"`
}

// Telegram is what its users see of the fault, and the call that sets the
// webhook as this set-up needs it.
type Telegram struct {
	PredictedError string `json:"predicted_error"` // "" when it works
	ReportedBy     string `json:"reported_by"`     // setWebhook, getWebhookInfo or ""
	Upload         string `json:"upload"`          // none, leaf, root, given
	SetWebhook     string `json:"set_webhook"`     // "" where no call would help
}

// Stage is one part of the check.
type Stage struct {
	ID         string `json:"id"`
	Status     Status `json:"status"`
	DurationMS int64  `json:"duration_ms"`
	Summary    string `json:"summary"`
}

// Finding is one thing that was found, with its fixes.
type Finding struct {
	ID       string          `json:"id"`
	Severity string          `json:"severity"`
	Stage    string          `json:"stage"`
	Basis    string          `json:"basis"`
	Vantage  bool            `json:"vantage"`
	Title    string          `json:"title"`
	Detail   string          `json:"detail"`
	Evidence json.RawMessage `json:"evidence"` // an object
	Sources  []Source        `json:"sources"`
	Remedies []Remedy        `json:"remedies"`

	// Undecided blockers and warnings leave the verdict open.
	Undecided bool `json:"-"`
}

// Source cites where a rule comes from.
type Source struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

// Remedy is one fix, filled in with the user's own values.
type Remedy struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Platform string `json:"platform"`
	Kind     string `json:"kind"` // command, config, note
	Where    string `json:"where"`
	Body     string `json:"body"`
	Apply    string `json:"apply"`
	Undo     string `json:"undo"`
}

// Address is one address of the host and how it answered.
type Address struct {
	IP          string `json:"ip"`
	TCP         string `json:"tcp"`
	SameAsFirst bool   `json:"same_as_first"`
}

// Handshake is the TLS connection that Telegram's client would get.
type Handshake struct {
	Version                   string `json:"version"`
	Cipher                    string `json:"cipher"`
	Group                     string `json:"group"`
	ALPN                      string `json:"alpn"`
	SNISent                   bool   `json:"sni_sent"`
	DefaultCertificateDiffers bool   `json:"default_certificate_differs"`
}

// Chain is what was presented and what becomes of it.
type Chain struct {
	Presented    []Certificate `json:"presented"`
	Path         []string      `json:"path"` // SHA-256, leaf to root; empty where there is none
	Missing      []Missing     `json:"missing"`
	Root         Root          `json:"root"`
	CorrectedPEM string        `json:"corrected_pem"`

	// Changes says in words how CorrectedPEM differs from Presented; empty
	// where it does not.
	Changes []string `json:"changes,omitempty"`
}

// Certificate is one presented certificate.
type Certificate struct {
	Position  int       `json:"position"`
	Subject   string    `json:"subject"`
	Issuer    string    `json:"issuer"`
	NotBefore time.Time `json:"not_before"`
	NotAfter  time.Time `json:"not_after"`
	SHA256    string    `json:"sha256"`
	Key       string    `json:"key"`
	Signature string    `json:"signature"`
	Names     []string  `json:"names"`
	Role      string    `json:"role"`

	Explained []certinfo.Line `json:"-"` // for the views
}

// Missing is a certificate that the path wants and nobody sent.
type Missing struct {
	Subject string   `json:"subject"`
	AIA     []string `json:"aia"`

	KeyID string `json:"-"` // hex, where the certificate below names it
}

// Root is the trust anchor of the path; empty where there is none.
type Root struct {
	Subject string   `json:"subject"`
	SHA256  string   `json:"sha256"`
	Lists   []string `json:"lists"` // mozilla, documented, system, given
}

// Lint is advice on one certificate; it never touches the verdict.
type Lint struct {
	ID          string `json:"id"`
	Status      string `json:"status"` // error, warn, notice
	Source      string `json:"source"`
	Certificate int    `json:"certificate"`
	Detail      string `json:"detail"`
}

// HTTP is the answer to the test update; Status is 0 where there was none.
type HTTP struct {
	Status     int    `json:"status"`
	Reason     string `json:"reason"`
	DurationMS int64  `json:"duration_ms"`
	Location   string `json:"location"`
}

// Hint is a sign of the software that answers, such as a Server header.
type Hint struct {
	Platform string // see remedy
	Sign     string // "Server: nginx/1.24.0"
}
