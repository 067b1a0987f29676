// Package rules is the catalogue of findings: one value a rule, one file each.
// A rule looks at facts and nothing else; order, scope and precedence belong
// to the engine in run.go.
package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

// Stage is the part of the check that a rule belongs to.
type Stage string

// The stages, in the order in which a check passes them.
const (
	StageURL         Stage = "url"
	StageDNS         Stage = "dns"
	StageTCP         Stage = "tcp"
	StageTLS         Stage = "tls"
	StageChain       Stage = "chain"
	StageCertificate Stage = "certificate"
	StageUpload      Stage = "upload"
	StageHTTP        Stage = "http"
)

// Stages lists them in order.
func Stages() []Stage {
	return []Stage{StageURL, StageDNS, StageTCP, StageTLS, StageChain, StageCertificate, StageUpload, StageHTTP}
}

// Severity tells what a finding means for delivery.
type Severity string

// The severities.
const (
	Blocker Severity = "blocker" // Telegram does not deliver, or it cannot be decided
	Warning Severity = "warning" // delivers today; forbidden by the guide, or it will break
	Notice  Severity = "notice"
)

// Basis tells how a rule is known.
type Basis string

// The bases.
const (
	Documented Basis = "documented" // guide, FAQ, API page
	FromSource Basis = "source"     // Telegram's published client
	Observed   Basis = "observed"   // that client, run on Debian 12's OpenSSL 3.0
)

// Who reports a predicted error.
const (
	BySetWebhook     = "setWebhook"
	ByGetWebhookInfo = "getWebhookInfo"
)

// VerifyFailed is the one line in which Telegram reports every trust fault.
const VerifyFailed = "SSL error {error:0A000086:SSL routines::certificate verify failed}"

// Source cites where a rule comes from.
type Source struct {
	Name string `json:"name"` // guide, faq, api, self-signed, client, rfc
	URL  string `json:"url"`
}

// Rule is one row of the catalogue.
type Rule struct {
	ID        string
	Stage     Stage
	Rank      int // order among all blockers: the smaller one is nearer to the root cause
	Severity  Severity
	Basis     Basis
	Vantage   bool   // may be due to where we check from
	Undecided bool   // leaves the verdict unknown
	Predicted string // what Telegram reports; a Hit may be more exact
	Reporter  string // BySetWebhook or ByGetWebhookInfo
	Sources   []Source
	// Silences names rules, or whole stages as "chain.*", whose findings this
	// one explains away.
	Silences []string

	// Title and Detail are text/template texts over the Args of a Hit, with
	// the functions of texts.go and textfuncs.go. Meaning
	// is prose for the catalogue: when it fires and why Telegram minds.
	Title   lang.Text
	Detail  lang.Text
	Meaning lang.Text

	// Example is a value of the Args type, so that the catalogue and the
	// tests can show the texts without a check.
	Example any

	// Check returns nil where the rule has nothing to say.
	Check func(*facts.Facts) *Hit
	// Remedies are in order of likelihood; the engine moves the platform that
	// the evidence hints at to the front. nil where there is nothing to do.
	Remedies func(*remedy.Params) []remedy.Remedy
}

// Hit is what a rule saw. Args is a struct with JSON tags: it fills in the
// texts and is the finding's machine-readable evidence.
type Hit struct {
	Args      any
	Severity  Severity // "" keeps the rule's
	Predicted string   // "" keeps the rule's
	Undecided bool     // in addition to the rule's
	Vantage   bool     // in addition to the rule's
	Rank      int      // 0 keeps the rule's; the same fault may strike before or after the certificate is judged
}
