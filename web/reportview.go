package web

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"time"

	"hookcheck/checker/evidence"
	"hookcheck/checker/remedy"
	"hookcheck/checker/report"
	"hookcheck/internal/lang"
	"hookcheck/web/templates"
)

// viewOptions are what a report's page shows beside the report.
type viewOptions struct {
	path     string // of the page
	platform string // whose fixes come first; "" as the report orders them
	asked    asked
	form     templates.Form
	now      time.Time
	files    []string // names of the files that were judged
}

// reportView settles what the report page shows.
func reportView(page templates.Page, r *report.Report, o viewOptions) templates.Report {
	m := page.M
	v := templates.Report{
		Page: page, Form: o.form, Target: targetText(r, o.files), CheckedAt: dateTime(r.CheckedAt), Took: fmt.Sprintf("%d\u00a0%s", r.DurationMS, m.Milliseconds),
		Summary: r.Summary, Predicted: r.Telegram.PredictedError, ReportedBy: r.Telegram.ReportedBy,
		SetWebhook: r.Telegram.SetWebhook, ThisPath: o.path, FromFiles: r.Kind == string(evidence.Files),
		TookFor: tookFor(m, r, o.asked),
	}
	v.Class, v.Symbol, v.Word = verdictLook(m, r.Verdict)
	v.Title = v.Target + ": " + v.Word + " · " + m.Title
	v.Form.Compact = true
	if strings.Contains(v.Form.Target, "<TOKEN>") || strings.Contains(v.Form.Target, "***@") {
		v.Form.Note = m.TokenMissing
	}
	if o.asked.uploadUnknown {
		v.UploadNote, v.Form.Upload = m.UploadUnknownNote, "unknown"
	}
	if f := o.asked.found; f != nil {
		if f.Uploads && o.asked.uploadUnknown {
			v.UploadNote = m.UploadInCall
		}
		for _, other := range f.Others {
			v.Others = append(v.Others, templates.Link{Href: page.Root + "/?target=" + url.QueryEscape(other), Text: other})
		}
	}
	stageViews(&v, r)
	for i, f := range r.Findings {
		v.Findings = append(v.Findings, findingView(page, f, o.platform, i == 0 && f.Severity != "notice"))
	}
	fixView(&v, r, o.platform)
	chainView(&v, r, o.now)
	networkView(&v, r)
	v.Next = next(m, r)
	v.Silent = r.Verdict == report.Works && r.Kind != string(evidence.Files)
	v.Downloads = downloads(m, r, o.path)
	if corrected(r) {
		v.Bundle, v.Changes = r.Chain.CorrectedPEM, r.Chain.Changes
	}
	return v
}

func dateTime(t time.Time) string { return t.Format("2006-01-02 15:04:05 UTC") }

func tookFor(m *templates.Messages, r *report.Report, a asked) string {
	var said []string
	switch f := a.found; {
	case f != nil && f.Call:
		said = append(said, m.TookForCall)
	case f != nil:
		said = append(said, m.TookForText)
	}
	switch {
	case a.redacted:
		said = append(said, m.StoppedAfterTLS)
	case r.Kind == string(evidence.Files):
		said = append(said, m.TookForPEM)
	case r.Target.URL != "":
		said = append(said, m.TookForURL)
	default:
		said = append(said, m.TookForHost)
	}
	return strings.Join(said, " ")
}

// targetText is what was checked: an address, or files by name.
func targetText(r *report.Report, files []string) string {
	switch {
	case r.Target.URL != "":
		return r.Target.URL
	case r.Target.Host != "":
		return r.Target.Input
	}
	const shown = 3
	if n := len(files); n > shown {
		return strings.Join(files[:shown], ", ") + fmt.Sprintf(" … +%d", n-shown)
	}
	return cmp.Or(strings.Join(files, ", "), "PEM")
}

func stageViews(v *templates.Report, r *report.Report) {
	for _, s := range r.Stages {
		share := 0
		if r.DurationMS > 0 {
			share = int(min(10, 10*s.DurationMS/r.DurationMS))
		}
		v.Stages = append(v.Stages, templates.Stage{
			ID: s.ID, Name: stageName(v.M, s.ID), Status: string(s.Status), Symbol: statusSymbol(s.Status), Word: statusWord(v.M, s.Status),
			Summary: s.Summary, Duration: fmt.Sprintf("%d\u00a0%s", s.DurationMS, v.M.Milliseconds), Share: fmt.Sprintf("share-%d", share),
		})
	}
}

// fixView is the root cause's fix, open and in steps; what else can be done
// is folded below.
func fixView(v *templates.Report, r *report.Report, platform string) {
	if len(r.Findings) == 0 || r.Findings[0].Severity != "blocker" {
		return
	}
	root := r.Findings[0]
	fix := &templates.Fix{Cause: root.Title, ApplyStep: v.M.StepApply}
	if strings.HasSuffix(strings.ToLower(v.Summary), strings.ToLower(sentence(root.Title))) {
		fix.Cause = "" // the verdict ends with it
	}
	fixes := chosenFirst(root.Remedies, platform)
	if len(fixes) > 0 && fixes[0].Platform == remedy.Telegram {
		fix.ApplyStep = v.M.StepSee
	}
	for i, one := range fixes {
		view := remedyView(v.M, one)
		if i == 0 {
			view.Aside = ownSentence(view.Aside)
			fix.First = &view
		} else {
			fix.Others = append(fix.Others, view)
		}
	}
	v.Fix = fix
	v.Platforms = choices(v.M, fixes)
	v.Findings[0].Remedies = nil // they stand above, as steps
	// A call is a step where Telegram has to be told something new; elsewhere
	// it tries again by itself.
	told := fix.First != nil && strings.Contains(fix.First.Body, "/setWebhook")
	v.CallNow = v.SetWebhook != "" && !told && (r.Telegram.Upload != report.UploadNone || root.Stage == "upload" || root.Stage == "url")
}

func findingView(page templates.Page, f report.Finding, platform string, open bool) templates.Finding {
	v := templates.Finding{
		ID: f.ID, Href: page.Root + "/rules/" + f.ID,
		Title: f.Title, Detail: f.Detail, Evidence: indent(f.Evidence), Vantage: f.Vantage, Open: open,
	}
	v.Severity, v.Word = severityLook(page.M, f.Severity, f.Undecided)
	for _, s := range f.Sources {
		v.Sources = append(v.Sources, templates.Pair{Label: sourceText(page.M, s.Name, s.URL), Value: s.URL})
	}
	for _, r := range chosenFirst(f.Remedies, platform) {
		v.Remedies = append(v.Remedies, remedyView(page.M, r))
	}
	return v
}

func indent(raw json.RawMessage) string {
	var b bytes.Buffer
	if json.Indent(&b, raw, "", "  ") != nil {
		return string(raw)
	}
	return b.String()
}

func networkView(v *templates.Report, r *report.Report) {
	m := v.M
	if h := r.Handshake; h.Version != "" {
		words := map[string]string{"accepted": m.Accepted, "refused": m.Refused}
		for _, p := range report.Protocols() {
			word := words[r.Protocols[p]]
			if word == "" {
				word = m.NotKnown
			}
			v.Protocols = append(v.Protocols, templates.Pair{Label: versionText(p), Value: word})
		}
		sni := m.SNINotSent
		if h.SNISent {
			sni = m.SNISent
		}
		for _, p := range []templates.Pair{{Label: m.Version, Value: versionText(h.Version)}, {Label: m.Cipher, Value: h.Cipher}, {Label: m.Group, Value: h.Group}, {Label: m.SNI, Value: sni}} {
			if p.Value != "" {
				v.Handshake = append(v.Handshake, p)
			}
		}
	}
	for _, a := range r.Addresses {
		v.Addresses = append(v.Addresses, templates.Pair{Label: a.IP, Value: addressWord(m, a.TCP)})
	}
	for _, h := range r.Hints {
		v.Hints = append(v.Hints, templates.Pair{Label: platformText(m, h.Platform), Value: h.Sign})
	}
	for _, l := range r.Lint {
		v.Lint = append(v.Lint, templates.Pair{Label: l.ID, Value: l.Detail})
	}
}

func versionText(v string) string { return strings.Replace(v, "tls", "TLS ", 1) }

func next(m *templates.Messages, r *report.Report) []string {
	if r.Kind == string(evidence.Files) {
		return nil
	}
	if r.Verdict == report.Works {
		return []string{m.NextSet, m.NextWatch, m.NextOld}
	}
	out := []string{m.NextRetry, m.NextWatch, m.NextOld}
	if r.Verdict == report.WorksIfUploaded {
		out = append(out, m.NextUpload)
	}
	return out
}

// corrected tells whether the chain is offered: a server that sends it as it
// should be needs no other, and files may have been converted.
func corrected(r *report.Report) bool {
	return r.Chain.CorrectedPEM != "" && (len(r.Chain.Changes) > 0 || ofFiles(r))
}

func downloads(m *templates.Messages, r *report.Report, path string) []templates.Link {
	out := []templates.Link{
		{Href: path + "/report.json", Text: m.DownloadJSON}, {Href: path + "/report.md", Text: m.DownloadMarkdown},
		{Href: path + "/evidence.json", Text: m.DownloadEvidence},
	}
	if corrected(r) {
		out = append([]templates.Link{{Href: path + "/bundle.pem", Text: m.DownloadBundle}}, out...)
	}
	return out
}

// duration is a rough length of time in words.
func duration(l lang.Lang, d time.Duration) string {
	if d < 0 {
		d = -d
	}
	hours := int(d / time.Hour)
	days := hours / 24
	switch {
	case days >= 730:
		return plural(l, days/365, [3]string{"year", "", "years"}, [3]string{"год", "года", "лет"})
	case days >= 1:
		return plural(l, days, [3]string{"day", "", "days"}, [3]string{"день", "дня", "дней"})
	case hours >= 1:
		return plural(l, hours, [3]string{"hour", "", "hours"}, [3]string{"час", "часа", "часов"})
	}
	return plural(l, int(d/time.Minute), [3]string{"minute", "", "minutes"}, [3]string{"минуту", "минуты", "минут"})
}

func plural(l lang.Lang, n int, en, ru [3]string) string {
	forms := en
	if l == lang.RU {
		forms = ru
	}
	return fmt.Sprintf("%d %s", n, lang.Plural(l, n, forms[0], forms[1], forms[2]))
}
