package explain

import (
	"slices"
	"strings"

	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

// entry is one meaning and how it is recognised.
type entry struct {
	id   string
	kind Kind
	any  []string                             // pieces of folded text, each of which is enough
	when func(reading) bool                   // beside any, where pieces are not enough
	also []string                             // rules that cause this text and predict another, or none
	text lang.Text                            // what it means
	head lang.Text                            // the title
	fix  func(*remedy.Params) []remedy.Remedy // what helps whatever the cause is
}

// remedies are those of an entry that need to know no target.
func (e *entry) remedies() []remedy.Remedy {
	if e.fix == nil {
		return nil
	}
	return forAnyTarget(e.fix(remedy.Sample()))
}

// forAnyTarget drops how to undo a fix: that would name the sample's URL.
func forAnyTarget(rs []remedy.Remedy) []remedy.Remedy {
	for i := range rs {
		rs[i].Undo = ""
	}
	return rs
}

func (e *entry) matches(r reading) bool {
	return slices.ContainsFunc(e.any, func(piece string) bool { return strings.Contains(r.text, piece) }) ||
		e.when != nil && e.when(r)
}

// reading is a piece of input in the form that entries are compared with.
type reading struct {
	text   string // folded
	shown  string // as pasted, redacted
	status int    // of the webhook's answer, 0 where none is told
	access bool   // that status stands in an access log
	code   int    // error_code of an answer of the API, 0 where unknown
}

func read(piece string) reading {
	r := reading{text: folded(piece), shown: excerpt(piece)}
	r.status, r.access = statusIn(r.text)
	return r
}

// fromTelegram tells whether the client's own way to print TLS errors is in
// the text, which no server's log has.
func (r reading) fromTelegram() bool {
	return strings.Contains(r.text, "ssl error {") || strings.Contains(r.text, "{error:") || numberFirst.MatchString(r.text)
}

// fromLog tells whether something in the text stands in servers' logs alone.
func (r reading) fromLog() bool {
	return containsAny(r.text, "alert number", "remote error", "fatal alert", "client:", "[client", "while ssl", "ssl_do_handshake", "ssl_accept",
		"ssl_read", "ssl handshake failure", "tls handshake error", "ah0", "[error]", "[crit]", "[info]", "haproxy[", "sslhandshakeexception")
}

// fromTool tells whether a program or a browser wrote the text with which
// somebody tried the webhook by hand.
func (r reading) fromTool() bool {
	return containsAny(r.text, "curl: (", "wget:", "openssl s_client", "err_", "dns_probe_", "sec_error_", "mozilla_pkix_", "ssl_error_", "verify return code", "verify error:num", "unable to establish ssl")
}

// status makes a condition on the status of the webhook's answer.
func status(from, to int, but ...int) func(reading) bool {
	return func(r reading) bool { return r.status >= from && r.status <= to && !slices.Contains(but, r.status) }
}

// whole makes a condition on the whole text, for words too common to be looked
// for inside a sentence.
func whole(texts ...string) func(reading) bool {
	return func(r reading) bool { return slices.Contains(texts, strings.Trim(r.text, ` ".`)) }
}
