package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"hookcheck/checker/remedy"
	"hookcheck/checker/report"
	"hookcheck/web/templates"
)

// shownNames bounds how many names of a certificate a page lists.
const shownNames = 50

// reportView settles what the report page shows.
func reportView(page templates.Page, r *report.Report, form templates.Form) templates.Report {
	v := templates.Report{
		Page: page, Form: form, Target: targetText(r), CheckedAt: r.CheckedAt.Format("2006-01-02 15:04:05 UTC"),
		Summary: r.Summary, Predicted: r.Telegram.PredictedError, ReportedBy: r.Telegram.ReportedBy,
		SetWebhook: r.Telegram.SetWebhook, Bundle: r.Chain.CorrectedPEM,
	}
	v.Class, v.Symbol, v.Word = verdictLook(page.M, r.Verdict)
	v.Title = v.Target + ": " + v.Word + " · " + page.M.Title
	for _, s := range r.Stages {
		v.Stages = append(v.Stages, templates.Stage{
			ID: s.ID, Status: string(s.Status), Symbol: statusSymbol(s.Status), Summary: s.Summary, Duration: fmt.Sprintf("%d ms", s.DurationMS),
		})
	}
	for i, f := range r.Findings {
		v.Findings = append(v.Findings, findingView(page, f, i == 0))
	}
	for _, c := range r.Chain.Presented {
		v.Certificates = append(v.Certificates, certificateView(c))
	}
	for _, m := range r.Chain.Missing {
		v.Missing = append(v.Missing, strings.TrimSpace(m.Subject+" "+strings.Join(m.AIA, " ")))
	}
	if root := r.Chain.Root; root.Subject != "" {
		v.Root = root.Subject + " (" + strings.Join(root.Lists, ", ") + ")"
	}
	networkView(&v, r)
	return v
}

func targetText(r *report.Report) string {
	switch {
	case r.Target.URL != "":
		return r.Target.URL
	case r.Target.Host != "":
		return r.Target.Input
	}
	return "PEM"
}

func networkView(v *templates.Report, r *report.Report) {
	if r.Handshake.Version != "" {
		for _, p := range report.Protocols() {
			v.Protocols = append(v.Protocols, templates.Pair{Label: p, Value: r.Protocols[p]})
		}
	}
	for _, a := range r.Addresses {
		v.Addresses = append(v.Addresses, templates.Pair{Label: a.IP, Value: a.TCP})
	}
	for _, h := range r.Hints {
		v.Hints = append(v.Hints, templates.Pair{Label: h.Platform, Value: h.Sign})
	}
}

// verdictLook gives a verdict a colour, a shape and a word, so that none of
// them stands alone.
func verdictLook(m *templates.Messages, v report.Verdict) (class, symbol, word string) {
	switch v {
	case report.Works:
		return "works", "✓", m.Works
	case report.WorksIfUploaded:
		return "if-uploaded", "▲", m.WorksIfUploaded
	case report.Fails:
		return "fails", "✕", m.Fails
	}
	return "unknown", "?", m.Unknown
}

func statusSymbol(s report.Status) string {
	switch s {
	case report.Pass:
		return "✓"
	case report.Warn:
		return "▲"
	case report.Fail:
		return "✕"
	case report.Skip:
		return "–"
	}
	return "?"
}

func findingView(page templates.Page, f report.Finding, open bool) templates.Finding {
	v := templates.Finding{
		ID: f.ID, Href: page.Root + "/rules/" + f.ID, Severity: f.Severity, Word: severityWord(page.M, f.Severity),
		Title: f.Title, Detail: f.Detail, Evidence: indent(f.Evidence), Vantage: f.Vantage, Open: open,
	}
	for _, s := range f.Sources {
		v.Sources = append(v.Sources, templates.Pair{Label: s.Name, Value: s.URL})
	}
	for i, r := range f.Remedies {
		one := templates.Remedy{
			Title: r.Title, Platform: r.Platform, Where: r.Where, Body: r.Body, Apply: r.Apply, Undo: r.Undo, Prose: r.Kind == remedy.Note,
		}
		if i == 0 {
			v.First = append(v.First, one)
		} else {
			v.Others = append(v.Others, one)
		}
	}
	return v
}

func severityWord(m *templates.Messages, severity string) string {
	switch severity {
	case "blocker":
		return m.Blocker
	case "warning":
		return m.Warning
	}
	return m.Notice
}

func indent(raw json.RawMessage) string {
	var b bytes.Buffer
	if json.Indent(&b, raw, "", "  ") != nil {
		return string(raw)
	}
	return b.String()
}

func certificateView(c report.Certificate) templates.Certificate {
	names := c.Names
	more := ""
	if len(names) > shownNames {
		more = fmt.Sprintf(" … +%d", len(names)-shownNames)
		names = names[:shownNames]
	}
	return templates.Certificate{
		Position: fmt.Sprint(c.Position), Subject: c.Subject, Issuer: c.Issuer,
		Valid: c.NotBefore.Format("2006-01-02") + " – " + c.NotAfter.Format("2006-01-02 15:04 UTC"),
		Key:   c.Key, Signature: c.Signature, Names: strings.Join(names, ", ") + more, SHA256: c.SHA256, Role: c.Role,
	}
}
