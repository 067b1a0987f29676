package web

import (
	"fmt"
	"strings"
	"time"

	"hookcheck/checker/evidence"
	"hookcheck/checker/report"
	"hookcheck/internal/lang"
	"hookcheck/web/drawing"
	"hookcheck/web/templates"
)

// shownNames and moreNames bound how many names of a certificate a page lists.
const (
	shownNames = 12
	moreNames  = 200
	longName   = 100 // characters of one name or subject
)

// soon is when an expiry is near, as the rule cert.expires_soon has it.
const soon = 14 * 24 * time.Hour

func chainView(v *templates.Report, r *report.Report, now time.Time) {
	d := draw(v.Page, r, now)
	v.Drawing = drawing.SVG(d)
	v.DrawingText = chainText(v.M, r)
	for _, c := range r.Chain.Presented {
		v.Certificates = append(v.Certificates, certificateView(v.Page, c, now))
	}
	if root := r.Chain.Root; root.Subject != "" {
		v.RootText = root.Subject + " (" + fmt.Sprintf(v.M.InLists, lists(v.M, root.Lists)) + ")"
	}
}

func lists(m *templates.Messages, in []string) string {
	var out []string
	for _, l := range in {
		out = append(out, listWord(m, l))
	}
	return strings.Join(out, ", ")
}

// draw lays the chain out: the path from the server's certificate to the root,
// gaps included, then whatever else was sent.
func draw(page templates.Page, r *report.Report, now time.Time) drawing.Chain {
	m := page.M
	out := drawing.Chain{ID: "chain-drawing", Title: m.Chain, AlsoSent: m.AlsoSent, Text: strings.Join(chainText(m, r), " ")}
	if ofFiles(r) {
		out.Title, out.AlsoSent = m.ChainFiles, m.AlsoInFiles
	}
	onPath := map[string]bool{}
	missing := r.Chain.Missing
	for _, sha := range r.Chain.Path {
		onPath[sha] = true
		if c, ok := presented(r, sha); ok {
			out.Rows = append(out.Rows, sentRow(page, r, c, now))
			continue
		}
		if sha == r.Chain.Root.SHA256 {
			out.Rows = append(out.Rows, drawing.Row{Kind: drawing.Anchor, Label: m.RootNotSent, Name: shortName(r.Chain.Root.Subject), Note: fmt.Sprintf(m.InLists, lists(m, r.Chain.Root.Lists))})
			continue
		}
		var gap report.Missing
		if len(missing) > 0 {
			gap, missing = missing[0], missing[1:]
		}
		out.Rows = append(out.Rows, missingRow(m, r, gap))
	}
	if len(r.Chain.Path) == 0 {
		out.Rows = noPath(page, r, now, onPath)
	}
	for _, c := range r.Chain.Presented {
		if !onPath[c.SHA256] || c.Role == "duplicate" {
			row := sentRow(page, r, c, now)
			row.Kind = drawing.Extra
			out.Rows = append(out.Rows, row)
		}
	}
	return out
}

// noPath draws what is known where nothing leads to a root.
func noPath(page templates.Page, r *report.Report, now time.Time, shown map[string]bool) []drawing.Row {
	var rows []drawing.Row
	for _, c := range r.Chain.Presented {
		if (c.Role == "leaf" || c.Role == "intermediate" || c.Role == "root") && !shown[c.SHA256] {
			shown[c.SHA256] = true
			rows = append(rows, sentRow(page, r, c, now))
		}
	}
	for _, gap := range r.Chain.Missing {
		rows = append(rows, missingRow(page.M, r, gap))
	}
	if len(rows) > 0 && !selfSigned(r.Chain.Presented) {
		rows = append(rows, drawing.Row{Kind: drawing.Unknown, Label: page.M.RoleRoot, Name: page.M.UnknownIssuer})
	}
	return rows
}

func selfSigned(cs []report.Certificate) bool {
	for _, c := range cs {
		if c.Role != "unrelated" && c.Role != "duplicate" && c.Subject == c.Issuer {
			return true
		}
	}
	return false
}

func presented(r *report.Report, sha string) (report.Certificate, bool) {
	for _, c := range r.Chain.Presented {
		if c.SHA256 == sha {
			return c, true
		}
	}
	return report.Certificate{}, false
}

func sentRow(page templates.Page, r *report.Report, c report.Certificate, now time.Time) drawing.Row {
	life := lifeOf(page, c, now)
	name := shortName(nameOf(page.M, c))
	row := drawing.Row{Kind: drawing.Sent, Label: fmt.Sprintf("%d · %s", c.Position+1, roleWord(page.M, c.Role)), Name: name, Loop: c.Subject != "" && c.Subject == c.Issuer, Life: life}
	row.Bad = life != nil && (life.State == "over" || life.State == "future") || row.Loop && r.Chain.Root.SHA256 != c.SHA256 && r.Verdict != report.Works || unread(c)
	return row
}

// ofFiles tells a report about files from one about a server.
func ofFiles(r *report.Report) bool { return r.Kind == string(evidence.Files) }

// unread tells a certificate that was there and could not be read.
func unread(c report.Certificate) bool { return c.Key == "" && c.NotAfter.IsZero() }

// nameOf is what a certificate is called; many have names and no subject.
func nameOf(m *templates.Messages, c report.Certificate) string {
	switch {
	case unread(c):
		return m.Unreadable
	case c.Subject == "" && len(c.Names) > 0:
		return c.Names[0]
	}
	return c.Subject
}

// shortName is the common name where there is one: a drawing has little room.
func shortName(subject string) string {
	if _, cn, ok := strings.Cut(subject, "CN = "); ok && cn != "" {
		return cn
	}
	return subject
}

func missingRow(m *templates.Messages, r *report.Report, gap report.Missing) drawing.Row {
	row := drawing.Row{Kind: drawing.Missing, Label: m.MissingCert, Name: shortName(gap.Subject)}
	if ofFiles(r) {
		row.Label = m.MissingInFiles
	}
	if len(gap.AIA) > 0 {
		row.Note = m.MissingFrom + " " + gap.AIA[0]
	}
	return row
}

// lifeOf is how much of a certificate's time is over; nil where its dates
// could not be read.
func lifeOf(page templates.Page, c report.Certificate, now time.Time) *drawing.Life {
	if c.NotAfter.IsZero() || !c.NotAfter.After(c.NotBefore) {
		return nil
	}
	l, m := lang.Lang(page.Lang), page.M
	left := c.NotAfter.Sub(now)
	life := &drawing.Life{Elapsed: now.Sub(c.NotBefore).Seconds() / c.NotAfter.Sub(c.NotBefore).Seconds()}
	switch {
	case now.Before(c.NotBefore):
		life.State, life.Text = "future", fmt.Sprintf(m.LifeFuture, duration(l, c.NotBefore.Sub(now)))
	case left < 0:
		life.State, life.Text = "over", fmt.Sprintf(m.LifeOver, duration(l, left))
	case left < min(soon, c.NotAfter.Sub(c.NotBefore)/3):
		life.State, life.Text = "soon", fmt.Sprintf(m.LifeSoon, duration(l, left))
	default:
		life.State, life.Text = "ok", fmt.Sprintf(m.LifeOK, duration(l, left))
	}
	return life
}

// chainText says what the drawing shows.
func chainText(m *templates.Messages, r *report.Report) []string {
	var names, out []string
	for i, c := range r.Chain.Presented {
		if i == 12 {
			names = append(names, "…")
			break
		}
		names = append(names, drawing.Shorten(nameOf(m, c), 60)+" ("+roleWord(m, c.Role)+")")
	}
	if len(names) > 0 {
		sent := m.ChainTextSent
		if ofFiles(r) {
			sent = m.ChainTextFiles
		}
		out = append(out, fmt.Sprintf(sent, strings.Join(names, "; ")))
	}
	for _, gap := range r.Chain.Missing {
		text := fmt.Sprintf(m.ChainTextMissing, drawing.Shorten(gap.Subject, longName))
		if len(gap.AIA) > 0 {
			text += " " + fmt.Sprintf(m.ChainTextOffered, strings.Join(gap.AIA, ", "))
		}
		out = append(out, text)
	}
	if root := r.Chain.Root; root.Subject != "" {
		out = append(out, fmt.Sprintf(m.ChainTextRoot, root.Subject, lists(m, root.Lists)))
	} else if len(names) > 0 {
		out = append(out, m.ChainTextNoPath)
	}
	return out
}

func certificateView(page templates.Page, c report.Certificate, now time.Time) templates.Certificate {
	names, more := make([]string, len(c.Names)), ""
	for i, n := range c.Names {
		names[i] = drawing.Shorten(n, longName)
	}
	if len(names) > shownNames {
		rest := names[shownNames:min(len(names), moreNames)]
		more = strings.Join(rest, ", ")
		if cut := len(names) - shownNames - len(rest); cut > 0 {
			more += fmt.Sprintf(" … +%d", cut)
		}
		names = names[:shownNames]
	}
	v := templates.Certificate{
		Position: fmt.Sprint(c.Position + 1), Subject: drawing.Shorten(c.Subject, longName), Issuer: drawing.Shorten(c.Issuer, longName),
		Valid: c.NotBefore.Format("2006-01-02") + " – " + c.NotAfter.Format("2006-01-02 15:04 UTC"),
		Key:   c.Key, Signature: c.Signature, Names: strings.Join(names, ", "), MoreNames: more, SHA256: c.SHA256, Role: roleWord(page.M, c.Role),
	}
	if v.Unread = unread(c); v.Unread {
		v.Subject = page.M.Unreadable
	}
	if life := lifeOf(page, c, now); life != nil {
		v.Life, v.LifeClass = life.Text, "d-"+life.State
	}
	return v
}
