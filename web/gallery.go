package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"hookcheck/checker/evidence"
	"hookcheck/checker/report"
	"hookcheck/checker/rules"
	"hookcheck/web/templates"
)

// The gallery shows the report page in states that are hard to bring about. It
// is for eyes in development and for tests; its reports are made up.

var galleryTime = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

// galleryStates are the states by name, in the order of the list.
func galleryStates() []string {
	return []string{"works", "works_if_uploaded", "fails", "unknown", "ten_deep", "long_names", "many_findings", "empty", "files", "redacted"}
}

func (s *server) gallery(c echo.Context) error {
	page := s.page(c, "")
	page.NoIndex = true
	v := templates.Gallery{Page: page}
	for _, name := range galleryStates() {
		v.States = append(v.States, templates.Link{Href: page.Root + "/gallery/" + name, Text: name})
	}
	return renderPage(c, http.StatusOK, templates.GalleryPage(v))
}

func (s *server) galleryState(c echo.Context) error {
	page := s.page(c, "")
	page.NoIndex = true
	r := galleryReport(c.Param("state"))
	if r == nil {
		return echo.ErrNotFound
	}
	o := viewOptions{path: page.Root + "/gallery/" + c.Param("state"), platform: platformCookie(c), form: s.form(page, r.Target.Input), now: galleryTime}
	o.asked.redacted = c.Param("state") == "redacted"
	return renderPage(c, http.StatusOK, templates.ReportPage(reportView(page, r, o)))
}

func galleryReport(state string) *report.Report {
	r := &report.Report{
		CheckedAt: galleryTime, DurationMS: 212, Verdict: report.Works, Summary: "bot.example.org",
		Target:    report.Target{Input: "https://bot.example.org/hook", URL: "https://bot.example.org/hook", Host: "bot.example.org", Port: 443},
		Protocols: map[string]string{"tls1.2": "accepted", "tls1.3": "accepted"}, Handshake: report.Handshake{Version: "tls1.3", SNISent: true},
	}
	for _, id := range rules.Stages() {
		r.Stages = append(r.Stages, report.Stage{ID: string(id), Status: report.Pass, DurationMS: 25})
	}
	galleryChain(r, 2)
	switch state {
	case "works", "files", "redacted":
		if state == "files" {
			r.Kind, r.Target = string(evidence.Files), report.Target{}
		}
	case "works_if_uploaded", "fails", "unknown":
		r.Verdict = report.Verdict(state)
		galleryFindings(r, 1)
	case "ten_deep":
		galleryChain(r, 11)
	case "long_names":
		long := strings.Repeat("a-very-long-label-", 14) + ".example.org"
		r.Target.URL, r.Chain.Presented[0].Subject = "https://"+long+"/hook", "CN = "+long
		for i := range 1000 {
			r.Chain.Presented[0].Names = append(r.Chain.Presented[0].Names, fmt.Sprintf("n%d.%s", i, long))
		}
	case "many_findings":
		r.Verdict = report.Fails
		galleryFindings(r, 12)
	case "empty":
		r.Verdict, r.Chain, r.Protocols, r.Handshake = report.Unknown, report.Chain{}, nil, report.Handshake{}
	default:
		return nil
	}
	return r
}

func galleryChain(r *report.Report, n int) {
	r.Chain = report.Chain{Root: report.Root{Subject: "CN = Example Root", SHA256: "root", Lists: []string{"mozilla", "documented"}}}
	for i := range n {
		role := "intermediate"
		if i == 0 {
			role = "leaf"
		}
		sha := strings.Repeat(fmt.Sprintf("%02x", i), 32)
		r.Chain.Presented = append(r.Chain.Presented, report.Certificate{
			Position: i, Subject: fmt.Sprintf("CN = Example %d", i), Issuer: fmt.Sprintf("CN = Example %d", i+1), SHA256: sha, Role: role,
			NotBefore: galleryTime.AddDate(0, -1, 0), NotAfter: galleryTime.AddDate(0, 2, 0), Key: "EC P-256", Signature: "ECDSA-SHA256",
		})
		r.Chain.Path = append(r.Chain.Path, sha)
	}
	r.Chain.Path = append(r.Chain.Path, "root")
}

func galleryFindings(r *report.Report, n int) {
	severities := []string{"blocker", "warning", "notice"}
	for i := range n {
		r.Findings = append(r.Findings, report.Finding{
			ID: "chain.intermediate_missing", Severity: severities[i%3], Stage: "chain", Title: "CN = Example 1", Detail: "CN = Example 1",
			Evidence: json.RawMessage("{}"), Remedies: []report.Remedy{
				{ID: "nginx.x", Title: "nginx", Platform: "nginx", Kind: "config", Body: "ssl_certificate /etc/ssl/x.pem;", Apply: "nginx -t"},
				{ID: "apache.x", Title: "Apache", Platform: "apache", Kind: "config", Body: "SSLCertificateFile /etc/ssl/x.pem"},
			},
		})
	}
	r.Telegram.PredictedError, r.Telegram.ReportedBy = "SSL error {error:0A000086:SSL routines::certificate verify failed}", "getWebhookInfo"
}
