package explain

import (
	"time"

	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

// Kind is what a text was taken for.
type Kind string

// The kinds.
const (
	Empty         Kind = "empty"
	Unknown       Kind = "unknown"
	WebhookInfo   Kind = "webhook_info"   // the answer of getWebhookInfo
	SetWebhook    Kind = "set_webhook"    // the answer of setWebhook or deleteWebhook
	DeliveryError Kind = "delivery_error" // what stands in last_error_message
	ServerLog     Kind = "server_log"     // a line of the log of the bot's server
	ToolOutput    Kind = "tool_output"    // what curl or openssl printed
	APIAnswer     Kind = "api_answer"     // an answer to getUpdates or any method
	WebhookCall   Kind = "webhook_call"   // a call of setWebhook: a command, a link, a line of code
	APICall       Kind = "api_call"       // a call of another method
)

// Kinds lists all of them.
func Kinds() []Kind {
	return []Kind{WebhookInfo, SetWebhook, DeliveryError, ServerLog, ToolOutput, APIAnswer, WebhookCall, APICall, Unknown, Empty}
}

// Answer is what a text means. Everything in it is redacted and may be shown.
type Answer struct {
	Kind     Kind
	Meanings []Meaning
	Notes    []Meaning // about the other fields of getWebhookInfo, or about a log's peers
	Silent   []Meaning // why a bot may be silent although nothing is reported
	Webhook  *Webhook  // nil unless Kind is WebhookInfo
	Check    *Check    // nil where no URL is known
	Peers    []Peer
	Cut      bool // the input was longer than MaxInput
	Hint     lang.Text
}

// Recognised tells whether the text means anything to us.
func (a *Answer) Recognised() bool { return a.Kind != Empty && a.Kind != Unknown }

// Meaning is one thing that the text says.
type Meaning struct {
	ID       string // stable
	Title    lang.Text
	Text     lang.Text
	Matched  string   // the piece of the input that says so
	Findings []string // ids of the rules that can cause it, most frequent first
	Remedies []remedy.Remedy
}

// Webhook is what getWebhookInfo said. Pointers are nil where a field was
// missing.
type Webhook struct {
	URL                  string     `json:"url"`
	HasCustomCertificate *bool      `json:"has_custom_certificate"`
	PendingUpdateCount   *int64     `json:"pending_update_count"`
	MaxConnections       *int64     `json:"max_connections"`
	IPAddress            string     `json:"ip_address"`
	AllowedUpdates       []string   `json:"allowed_updates"`
	LastError            *LastError `json:"last_error"`
	LastSyncErrorDate    *time.Time `json:"last_synchronization_error_date"`
}

// State tells whether a reported error still holds.
type State string

// The states of an error.
const (
	Recent  State = "recent"
	Old     State = "old"     // a success does not clear it
	Unclear State = "unclear" // no date, or a date that does not fit
)

// LastError is last_error_date and last_error_message.
type LastError struct {
	Date       *time.Time `json:"date"`
	AgeSeconds int64      `json:"age_seconds"`
	Message    string     `json:"message"`
	State      State      `json:"state"`
}

// Check is what to check now.
type Check struct {
	Target    string `json:"target"`   // redacted
	Redacted  bool   `json:"redacted"` // a secret was hidden, so the target cannot be called as it stands
	Upload    string `json:"upload"`   // none, given, unknown
	IPAddress string `json:"ip_address"`
	Command   string `json:"command"`
}

// Peer is an address in a log line.
type Peer struct {
	IP       string `json:"ip"`
	Telegram bool   `json:"telegram"` // in the networks that Telegram documents
}
