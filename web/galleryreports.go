package web

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"hookcheck/checker/evidence"
	"hookcheck/checker/remedy"
	"hookcheck/checker/report"
	"hookcheck/checker/rules"
	"hookcheck/internal/lang"
)

var galleryTime = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// galleryReports are reports by name: what differs from one where all is well.
func galleryReports() map[string]func(*report.Report) {
	all := map[string]func(*report.Report){
		"works": func(*report.Report) {},
		"works_if_uploaded": func(r *report.Report) {
			r.Verdict, r.Telegram.Upload = report.WorksIfUploaded, report.UploadLeaf
			r.Telegram.SetWebhook = "curl -F url=https://bot.example.org/hook -F certificate=@bot.pem \\\n  'https://api.telegram.org/bot<TOKEN>/setWebhook'"
			gallerySelfSigned(r)
			galleryFail(r, "cert.self_signed", "chain")
		},
		"fails": func(r *report.Report) {
			r.Verdict = report.Fails
			galleryMissing(r)
			galleryFail(r, "chain.intermediate_missing", "chain", "tls.old_versions_enabled", "cert.wildcard")
		},
		"unknown": func(r *report.Report) {
			r.Verdict, r.Chain, r.Protocols, r.Handshake = report.Unknown, report.Chain{}, nil, report.Handshake{}
			r.Addresses[0].TCP = evidence.TCPTimeout
			galleryFail(r, "tcp.timeout", "tcp")
		},
		"many_findings": func(r *report.Report) {
			r.Verdict = report.Fails
			galleryFail(r, "cert.expired", "certificate", "cert.name_mismatch", "http.redirect", "dns.addresses_differ", "chain.order", "chain.duplicate", "cert.lint", "tls.default_certificate_differs")
		},
		"empty": func(r *report.Report) {
			*r = report.Report{Verdict: report.Unknown, CheckedAt: galleryTime, Kind: r.Kind}
		},
		"files": func(r *report.Report) { r.Kind, r.Target = string(evidence.Files), report.Target{} },
		"unread": func(r *report.Report) {
			r.Kind, r.Target, r.Verdict, r.Chain = string(evidence.Files), report.Target{}, report.Fails, report.Chain{Presented: []report.Certificate{{Role: "leaf"}}}
			galleryFail(r, "pem.truncated", "certificate")
		},
		"redacted": func(r *report.Report) {
			r.Target.URL, r.Target.Input = "https://bot.example.org/bot<TOKEN>/", "https://bot.example.org/bot<TOKEN>/"
		},
		"upload_unknown": func(*report.Report) {},
		"long_names":     galleryLongNames,
	}
	for name, change := range galleryChains() {
		all["chain_"+name] = change
	}
	return all
}

// galleryReport is a report by the name of its state, or one whose only
// finding is a rule's example; nil where there is neither.
func galleryReport(state string, l lang.Lang) (*report.Report, error) {
	r := galleryBase()
	if change, ok := galleryReports()[strings.TrimPrefix(state, "report_")]; ok && strings.HasPrefix(state, "report_") {
		change(r)
	} else if rule, ok := rules.Get(state); ok {
		r.Verdict = report.Fails
		if rule.Undecided || rule.Severity != rules.Blocker {
			r.Verdict = report.Unknown
		}
		galleryFail(r, rule.ID, string(rule.Stage))
	} else {
		return nil, nil
	}
	for i := range r.Findings {
		if err := galleryFinding(&r.Findings[i], r, l); err != nil {
			return nil, err
		}
	}
	for i := range r.Chain.Presented {
		r.Chain.Presented[i].Position = i
	}
	return r, nil
}

func galleryBase() *report.Report {
	const u = "https://bot.example.org:8443/webhook"
	r := &report.Report{
		CheckedAt: galleryTime, DurationMS: 212, Verdict: report.Works, Kind: string(evidence.Live), Summary: u,
		Target:    report.Target{Input: u, URL: u, Host: "bot.example.org", Port: 8443, Path: "/webhook"},
		Addresses: []report.Address{{IP: "198.51.100.7", TCP: evidence.TCPOpen}},
		Protocols: map[string]string{"tls1.0": "refused", "tls1.1": "refused", "tls1.2": "accepted", "tls1.3": "accepted"},
		Handshake: report.Handshake{Version: "tls1.3", Cipher: "TLS_AES_256_GCM_SHA384", Group: "X25519", SNISent: true},
		Hints:     []report.Hint{{Platform: remedy.Nginx, Sign: "Server: nginx/1.24.0"}},
		Lint:      []report.Lint{{ID: "w_rsa_mod_factors_smaller_than_752", Status: "warn", Detail: "RSA: Modulus SHOULD also have no factors smaller than 752"}},
	}
	for i, id := range rules.Stages() {
		r.Stages = append(r.Stages, report.Stage{ID: string(id), Status: report.Pass, DurationMS: int64(4 + 9*i)})
	}
	galleryPath(r, "bot.example.org", "Example CA 1")
	return r
}

// galleryFail puts findings into a report and the marks of the first on its
// stages.
func galleryFail(r *report.Report, id, stage string, others ...string) {
	for _, id := range append([]string{id}, others...) {
		r.Findings = append(r.Findings, report.Finding{ID: id})
	}
	failed := false
	for i := range r.Stages {
		switch {
		case failed:
			r.Stages[i].Status, r.Stages[i].DurationMS = report.Skip, 0
		case r.Stages[i].ID == stage:
			r.Stages[i].Status, failed = report.Fail, true
		}
	}
}

// galleryFinding fills in a finding from its rule's example.
func galleryFinding(f *report.Finding, r *report.Report, l lang.Lang) error {
	rule, ok := rules.Get(f.ID)
	if !ok {
		return fmt.Errorf("the gallery has no rule %s", f.ID)
	}
	doc, err := docOf(rule, l, true)
	if err != nil {
		return err
	}
	_, detail, err := rule.Texts(l, rule.Example)
	if err != nil {
		return err
	}
	raw, err := json.Marshal(rule.Example)
	if err != nil {
		return err
	}
	*f = report.Finding{
		ID: doc.ID, Severity: doc.Severity, Stage: doc.Stage, Basis: doc.Basis, Vantage: doc.Vantage, Undecided: doc.Undecided,
		Title: doc.Title, Detail: detail, Evidence: raw,
	}
	for _, s := range doc.Sources {
		f.Sources = append(f.Sources, report.Source{Name: s.Name, URL: s.URL})
	}
	for _, m := range doc.Remedies {
		f.Remedies = append(f.Remedies, report.Remedy(m))
	}
	if r.Telegram.PredictedError == "" {
		r.Telegram.PredictedError, r.Telegram.ReportedBy = doc.PredictedError, doc.ReportedBy
		r.Summary = doc.Title
	}
	return nil
}

func galleryLongNames(r *report.Report) {
	long := strings.Repeat("a-very-long-label-", 14) + ".example.org"
	r.Target.URL, r.Chain.Presented[0].Subject = "https://"+long+"/hook", "CN = "+long
	for i := range 1000 {
		r.Chain.Presented[0].Names = append(r.Chain.Presented[0].Names, fmt.Sprintf("n%d.%s", i, long))
	}
	r.Chain.Presented[1].Subject = "CN = " + strings.Repeat("Щ", 200)
}
