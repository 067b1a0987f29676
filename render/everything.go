package render

import (
	"fmt"
	"strings"
	"time"

	"hookcheck/checker/evidence"
	"hookcheck/checker/report"
)

// everything is what --verbose adds: all that was seen.
func (t *text) everything(r *report.Report) {
	t.certificateList(r)
	if r.Kind != string(evidence.Files) {
		t.network(r)
	}
	if r.Telegram.SetWebhook != "" {
		t.heading(t.setWebhook)
		t.code("  ", r.Telegram.SetWebhook)
	}
	if r.Chain.CorrectedPEM != "" {
		t.heading(t.correctedChain + " (" + t.correctedHint + ")")
		for _, x := range r.Chain.Changes {
			t.hanging("  – ", dim, x)
		}
		t.code("  ", r.Chain.CorrectedPEM)
	}
	t.line()
	t.line(t.paint(dim, fmt.Sprintf("%s · %s · %s · %d %s", oneLine(r.Tool), oneLine(r.ID),
		r.CheckedAt.Format(time.RFC3339), r.DurationMS, t.ms)))
}

func (t *text) heading(s string) {
	t.line()
	t.line(t.paint(bold, s))
}

func (t *text) certificateList(r *report.Report) {
	if len(r.Chain.Presented) == 0 {
		return
	}
	t.heading(t.certificates)
	for _, c := range r.Chain.Presented {
		t.hanging(fmt.Sprintf("  %d. ", c.Position+1), bold, t.named(c.Subject))
		t.hanging("    ← ", dim, c.Issuer)
		if t.explained(&c) {
			continue
		}
		t.prose("    ", fmt.Sprintf("%s; %s: %s … %s; %s: %s, %s", c.Role, t.valid,
			c.NotBefore.Format(time.DateOnly), c.NotAfter.Format(time.DateOnly), t.key, c.Key, c.Signature))
		if len(c.Names) > 0 {
			t.prose("    ", t.names+": "+namesList(c.Names))
		}
		t.line("    ", t.paint(dim, "SHA-256 "+c.SHA256))
	}
	for _, m := range r.Chain.Missing {
		t.hanging("  "+t.missing+": ", yellow, m.Subject+" "+strings.Join(m.AIA, " "))
	}
	if r.Chain.Root.SHA256 != "" {
		t.hanging("  "+t.root+": ", bold, r.Chain.Root.Subject+" ("+t.lists+": "+t.listNames(r.Chain.Root.Lists)+")")
	}
}

// namesList shows the first names of a certificate that may carry thousands.
func namesList(names []string) string {
	const most = 20
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(", … (%d)", len(names))
	}
	return strings.Join(names, ", ")
}

// listNames says in words which lists hold a root.
func (w *words) listNames(ids []string) string {
	if len(ids) == 0 {
		return "–"
	}
	var out []string
	for _, id := range ids {
		switch id {
		case "mozilla":
			id = w.listMozilla
		case "documented":
			id = w.listDocumented
		case "given":
			id = w.listGiven
		}
		out = append(out, id)
	}
	return strings.Join(out, ", ")
}

// named is a subject, or that there is none.
func (w *words) named(subject string) string {
	if subject == "" {
		return w.noSubject
	}
	return subject
}

func (w *words) lintStatus(status string) string {
	switch status {
	case "error":
		return w.lintError
	case "warn":
		return w.warning
	case "notice":
		return w.notice
	}
	return oneLine(status)
}

func (t *text) network(r *report.Report) {
	if len(r.Addresses) > 0 {
		t.heading(t.addresses)
		for i, a := range r.Addresses {
			note := ""
			switch {
			case i > 0 && a.SameAsFirst:
				note = t.sameAsFirst
			case i > 0:
				note = t.answersOtherwise
			}
			t.line("  ", strings.TrimRight(pad(oneLine(a.IP), 40)+pad(oneLine(a.TCP), 12)+note, " "))
		}
	}
	t.heading(t.protocols)
	for _, p := range report.Protocols() {
		t.line("  ", pad(p, 8), oneLine(r.Protocols[p]))
	}
	if h := r.Handshake; h.Version != "" {
		t.heading(t.handshake)
		t.prose("  ", strings.Join(filled(h.Version, h.Cipher, h.Group, h.ALPN), ", "))
	}
	if r.HTTP.Status != 0 {
		t.heading(t.answer)
		t.prose("  ", fmt.Sprintf("%d %s (%d %s) %s", r.HTTP.Status, r.HTTP.Reason, r.HTTP.DurationMS, t.ms, r.HTTP.Location))
	}
	for _, h := range r.Hints {
		t.hanging("  "+t.looksLike+" "+h.Platform+": ", dim, h.Sign)
	}
}

func filled(values ...string) []string {
	var out []string
	for _, v := range values {
		if v != "" {
			out = append(out, v)
		}
	}
	return out
}
