// Package target turns what a user typed into the endpoint that Telegram
// would call, and keeps the secrets of a webhook URL out of everything shown.
package target

// Target is the endpoint under test. Every exported field is safe to show:
// bot tokens and userinfo are redacted. The secrets that the test request
// needs stay in Secret, which is never written to JSON.
type Target struct {
	Input     string `json:"input"`      // as typed, redacted
	URL       string `json:"url"`        // canonical URL, redacted; "" where only host and port were given
	Scheme    string `json:"scheme"`     // lower case; "https" where none was given
	Host      string `json:"host"`       // lower case, as typed (IDN in Unicode); an IPv6 address without brackets
	ASCIIHost string `json:"ascii_host"` // what is resolved, sent as SNI and compared with names
	// ClientHost is what Telegram's client resolves in place of ASCIIHost: its
	// IDN conversion does not fold letters first. "" where both are the same.
	ClientHost string `json:"client_host,omitempty"`
	Port       int    `json:"port"`
	Path       string `json:"path"` // path, query and fragment as sent, redacted; "" where only host and port were given
	IsIP       bool   `json:"is_ip"`
	IsURL      bool   `json:"is_url"` // a URL was given, so a test update is delivered too
	// TokenInPath tells that something shaped like a bot token stood in the URL.
	TokenInPath bool `json:"token_in_path,omitempty"`
	// HasUserinfo tells that the URL carries credentials for Basic authorization.
	HasUserinfo bool   `json:"has_userinfo,omitempty"`
	Secret      Secret `json:"-"`
}

// Secret is the part of a target that is sent to the server and shown to
// nobody.
type Secret struct {
	Path     string // path, query and fragment exactly as Telegram sends them
	Userinfo string // as it stands in the URL, undecoded
}

// String says nothing of the secret, so that a stray %v cannot leak it.
func (Secret) String() string { return "[redacted]" }

// GoString says nothing of the secret either.
func (Secret) GoString() string { return "[redacted]" }
