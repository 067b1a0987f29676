package web

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"hookcheck/checker/evidence"
	"hookcheck/checker/report"
	"hookcheck/checker/rules"
	"hookcheck/web/templates"
)

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

func statusWord(m *templates.Messages, s report.Status) string {
	switch s {
	case report.Pass:
		return m.Pass
	case report.Warn:
		return m.Warn
	case report.Fail:
		return m.Fail
	case report.Skip:
		return m.Skip
	}
	return m.Undecided
}

// severityLook gives a finding a colour and a word; open says that it leaves
// the verdict open, so that it is not called a fault.
func severityLook(m *templates.Messages, severity string, open bool) (class, word string) {
	switch {
	case severity == "blocker" && open:
		return "undecided", m.Undecided
	case severity == "blocker":
		return severity, m.Blocker
	case severity == "warning":
		return severity, m.Warning
	}
	return severity, m.Notice
}

func stageName(m *templates.Messages, id string) string {
	return map[rules.Stage]string{
		rules.StageURL: m.StageURL, rules.StageDNS: m.StageDNS, rules.StageTCP: m.StageTCP, rules.StageTLS: m.StageTLS,
		rules.StageChain: m.StageChain, rules.StageCertificate: m.StageCertificate, rules.StageUpload: m.StageUpload, rules.StageHTTP: m.StageHTTP,
	}[rules.Stage(id)]
}

func basisText(m *templates.Messages, basis string) string {
	switch basis {
	case "documented":
		return m.BasisDocumented
	case "source":
		return m.BasisSource
	}
	return m.BasisObserved
}

func addressWord(m *templates.Messages, tcp string) string {
	switch tcp {
	case evidence.TCPOpen:
		return m.AddressOpen
	case evidence.TCPRefused:
		return m.AddressRefused
	case evidence.TCPTimeout:
		return m.AddressTimeout
	case evidence.TCPForbidden:
		return m.AddressForbidden
	}
	return m.AddressOther
}

func roleWord(m *templates.Messages, role string) string {
	switch role {
	case "leaf":
		return m.RoleLeaf
	case "intermediate":
		return m.RoleIntermediate
	case "root":
		return m.RoleRoot
	case "duplicate":
		return m.RoleDuplicate
	}
	return m.RoleUnrelated
}

func listWord(m *templates.Messages, list string) string {
	switch list {
	case "mozilla":
		return m.ListMozilla
	case "documented":
		return m.ListDocumented
	case "given":
		return m.ListGiven
	}
	return m.ListSystem
}

// sourceText names where a finding comes from: what it is, and where that is
// one of many, which.
func sourceText(m *templates.Messages, name, url string) string {
	page, section, _ := strings.Cut(url, "#")
	last := page[strings.LastIndexByte(page, '/')+1:]
	switch name {
	case "client":
		return m.SourceClient + ", " + last
	case "rfc":
		text := "RFC " + strings.TrimPrefix(last, "rfc")
		if section = strings.TrimPrefix(section, "section-"); section != "" {
			text += ", " + section
		}
		return text
	}
	text := map[string]string{
		"guide": m.SourceGuide, "self-signed": m.SourceSelfSigned, "faq": m.SourceFAQ, "api": "Bot API", "openssl": "OpenSSL",
		"mozilla": "Mozilla", "letsencrypt": "Let's Encrypt", "zlint": "zlint", "baseline": "CA/Browser Forum, Baseline Requirements",
	}[name]
	if text == "" {
		return name
	}
	return text
}

// sentence makes a sentence of a line that elsewhere stands after a colon.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	return strings.TrimSuffix(capital(s), ".") + "."
}

// capital is a text with its first letter made a capital.
func capital(s string) string {
	if s == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[size:]
}
