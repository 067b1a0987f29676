package explain

import (
	"cmp"
	"slices"
	"strings"

	"hookcheck/checker/rules"
	"hookcheck/internal/lang"
)

// index leads from a text to its meaning and to the rules behind it.
type index struct {
	rules   []rules.Rule
	entries []entry
	byEntry map[string][]string // rules by the entry that their Predicted text has
}

// newIndex is made from a catalogue. A rule whose predicted text means nothing
// to the tables here brings an entry of its own.
func newIndex(all []rules.Rule) *index {
	ix := &index{rules: all, byEntry: make(map[string][]string)}
	// What is more specific stands before what is more common.
	ix.entries = slices.Concat(httpErrors, outbound, toolLines(), logLines, ownLines, tlsErrors, setWebhookAnswers, networkErrors, otherAnswers)
	for _, r := range all {
		if r.Predicted == "" {
			continue
		}
		e, ok := ix.find(read(r.Predicted))
		if !ok {
			e = ownEntry(r)
			ix.entries = append(ix.entries, *e)
		}
		ix.byEntry[e.id] = append(ix.byEntry[e.id], r.ID)
	}
	for _, e := range ix.entries {
		for _, id := range e.also {
			if !slices.Contains(ix.byEntry[e.id], id) {
				ix.byEntry[e.id] = append(ix.byEntry[e.id], id)
			}
		}
	}
	return ix
}

// ownEntry is the meaning of a rule that predicts a text of its own.
func ownEntry(r rules.Rule) *entry {
	kind := DeliveryError
	if r.Reporter == rules.BySetWebhook {
		kind = SetWebhook
	}
	return &entry{
		id: "finding." + r.ID, kind: kind, any: []string{folded(r.Predicted)},
		head: lang.Text{EN: FirstSentence(r.Meaning.EN), RU: FirstSentence(r.Meaning.RU)}, text: r.Meaning,
	}
}

// FirstSentence is a text up to its first full stop, colon or semicolon.
func FirstSentence(s string) string {
	for i, r := range s {
		if (r == '.' || r == ';') && (i+1 == len(s) || s[i+1] == ' ') {
			return s[:i]
		}
	}
	return s
}

func (ix *index) find(r reading) (*entry, bool) {
	for i := range ix.entries {
		if ix.entries[i].matches(r) {
			return &ix.entries[i], true
		}
	}
	return nil, false
}

// meaning says what a piece of text means.
func (ix *index) meaning(r reading) (Meaning, Kind, bool) {
	if r.text == "" {
		return Meaning{}, Unknown, false
	}
	if m, ok := ix.logAlert(r); ok {
		return m, ServerLog, true
	}
	e, ok := ix.find(r)
	if !ok {
		return Meaning{}, Unknown, false
	}
	kind := e.kind
	switch {
	case r.access:
		kind = ServerLog
	case r.fromTool() && !r.fromTelegram() && (kind == DeliveryError || kind == SetWebhook):
		kind = ToolOutput
	case kind == DeliveryError && strings.Contains(r.text, "bad webhook:"):
		kind = SetWebhook
	}
	found := byFrequency(ix.byEntry[e.id], ix.rules)
	return Meaning{ID: e.id, Title: e.head, Text: e.text, Matched: r.shown, Findings: found, Remedies: e.remedies()}, kind, true
}

// logAlert reads an alert that a server received from its client. The same
// words inside Telegram's own text are an alert that the server sent.
func (ix *index) logAlert(r reading) (Meaning, bool) {
	if r.fromTelegram() || r.status != 0 {
		return Meaning{}, false
	}
	code := alertIn(r)
	if code < 0 || !aboutCertificates(code) && !r.fromLog() {
		return Meaning{}, false
	}
	m, ok := alertMeaning(code, ix.rules)
	m.Matched = r.shown
	return m, ok
}

// frequency is how often a finding was the cause in about 110 public threads
// about webhooks, in tenths. Those below 30 were not counted apart: they are
// placed by how often such set-ups are met.
var frequency = map[string]int{
	"chain.intermediate_missing": 81, "upload.not_needed": 80, "cert.self_signed": 70, "cert.name_mismatch": 40,
	"dns.unresolvable": 90, "url.port_unsupported": 90, "url.not_https": 80, "tcp.timeout": 70, "tcp.refused": 60,
	"http.timeout": 60, "tls.plaintext_http": 50,
	"tls.wrong_site": 25, "upload.different_certificate": 24, "cert.expired": 23, "chain.untrusted_root": 15,
	"chain.leaf_not_first": 12, "cert.ip_needs_san": 11, "cert.ip_needs_common_name": 11, "upload.not_an_anchor": 10,
	"http.bad_gateway": 20, "http.not_found": 20, "http.client_error": 20, "tls.name_rejected": 10, "tls.timeout": 10, "tls.no_common_cipher": 20, "upload.not_pem": 20, "tls.client_certificate_required": 12,
}

// byFrequency orders rules: the commonest cause first, then as the catalogue
// ranks them. Ids without a rule are left out.
func byFrequency(ids []string, all []rules.Rule) []string {
	place := make(map[string]int, len(all))
	for i, r := range all {
		place[r.ID] = i
	}
	out := make([]string, 0, len(ids))
	for _, id := range ids {
		if _, ok := place[id]; ok {
			out = append(out, id)
		}
	}
	slices.SortStableFunc(out, func(a, b string) int {
		return cmp.Or(cmp.Compare(frequency[b], frequency[a]), cmp.Compare(place[a], place[b]))
	})
	return out
}
