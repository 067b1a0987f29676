package facts

import (
	"testing"

	"hookcheck/checker/cert"
	"hookcheck/checker/evidence"
)

// TestLateAlerts: what a server says once the first flight was fine.
func TestLateAlerts(t *testing.T) {
	ok := evidence.Handshake{Outcome: evidence.HelloOK, Version: "tls1.2", KeyExchange: "ECDHE"}
	asked := ok
	asked.ClientCertRequested = true
	done := &evidence.Session{Outcome: evidence.SessionOK, Version: "tls1.2"}
	alert := func(code int) *evidence.Alert { return &evidence.Alert{Level: 2, Code: code} }
	answer := func(code int) *evidence.HTTP {
		return &evidence.HTTP{Outcome: evidence.HTTPClientAlert, Alert: alert(code)}
	}
	const (
		failure  = "SSL error {error:0A000410:SSL routines::sslv3 alert handshake failure}"
		badCert  = "SSL error {error:0A000412:SSL routines::sslv3 alert bad certificate}"
		required = "SSL error {error:0A00045C:SSL routines::tlsv13 alert certificate required}"
	)
	for _, tc := range []struct {
		name    string
		main    evidence.Handshake
		session *evidence.Session
		http    *evidence.HTTP
		problem TLSProblem
		text    string
	}{
		{"for an answer, after a second handshake", ok, done, answer(40), TLSClientCert, failure},
		{"for an answer, a certificate demanded", asked, done, answer(116), TLSClientCert, required},
		{"for an answer, of its own accord", ok, done, answer(42), TLSOtherAlert, badCert},
		{"in the handshake", ok, &evidence.Session{Outcome: evidence.SessionAlert, Alert: alert(42)}, nil, TLSOtherAlert, badCert},
		{"in the handshake, a certificate demanded", asked, &evidence.Session{Outcome: evidence.SessionAlert, Alert: alert(40)}, nil, TLSClientCert, failure},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := deriveTLS(&evidence.Evidence{TLS: &evidence.TLS{Main: tc.main, Session: tc.session}, HTTP: tc.http})
			if got.Problem != tc.problem || got.Predicted != tc.text {
				t.Errorf("got %s %q, want %s %q", got.Problem, got.Predicted, tc.problem, tc.text)
			}
		})
	}
}

// TestPredictedDamage: what the error queue holds beside a failed verification
// depends on how often, and how far, OpenSSL read.
func TestPredictedDamage(t *testing.T) {
	const invalid = "{error:1100009E:X509 V3 routines::invalid certificate}"
	broken := &cert.Cert{BrokenExtensions: []string{"2.5.29.15"}, SHA256: "leaf"}
	differs, unused := &cert.Cert{SHA256: "leaf"}, &cert.Cert{SHA256: "leaf"}
	differs.Signature.TBSMismatch, unused.Signature.UnusedBits = true, 3
	issuer := &cert.Cert{SHA256: "issuer"}
	for _, tc := range []struct {
		name  string
		fault Fault
		want  string
	}{
		{"a broken extension", Fault{Kind: Unparsable, Cert: broken}, "SSL error " + invalid + errVerify},
		{"a broken extension, uploaded too", Fault{Kind: Unparsable, Cert: broken, Invalid: 2}, "SSL error " + invalid + invalid + errVerify},
		{"a broken extension in the trusted root", Fault{Kind: UntrustedRoot, Cert: issuer, Invalid: 1}, "SSL error " + invalid + errVerify},
		{"two algorithm identifiers", Fault{Kind: BadSignature, Cert: differs}, ""},
		{"unused bits", Fault{Kind: BadSignature, Cert: unused}, "SSL error {error:068000DC:asn1 encoding routines::invalid bit string bits left}" + errVerify},
	} {
		c := Chain{Path: []*cert.Cert{tc.fault.Cert, issuer}, Faults: []Fault{tc.fault}}
		if got := c.Predicted(&c.Faults[0]); got != tc.want {
			t.Errorf("%s: got %q, want %q", tc.name, got, tc.want)
		}
	}
}
