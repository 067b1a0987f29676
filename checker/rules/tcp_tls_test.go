package rules

import (
	"testing"

	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
)

func tcpCases() []reachCase {
	ends := func(outcome string) func(*facts.Facts) {
		return func(f *facts.Facts) { dead(f, outcome) }
	}
	return []reachCase{
		{name: "refused", change: ends(evidence.TCPRefused), want: []string{"tcp.refused"}, predicted: "Connection refused", vantage: true},
		{name: "no answer", change: ends(evidence.TCPTimeout), want: []string{"tcp.timeout"}, predicted: "Connection timed out", undecided: true, vantage: true},
		{name: "no route", change: ends(evidence.TCPNoRoute), want: []string{"tcp.unreachable"}, predicted: "No route to host", vantage: true},
		{name: "network unreachable", change: ends(evidence.TCPNetUnreachable), want: []string{"tcp.unreachable"}, predicted: "Network is unreachable", vantage: true},
		{name: "no such protocol", change: ends(evidence.TCPNoProtocol), want: []string{"tcp.unreachable"}, predicted: "Protocol not available", vantage: true},
		{name: "host down", change: ends(evidence.TCPHostDown), want: []string{"tcp.unreachable"}, predicted: "Host is down", vantage: true},
		{name: "reset on connect", change: ends(evidence.TCPReset), want: []string{"tcp.reset"}, predicted: "Connection reset by peer", vantage: true},
		{name: "reset in the handshake", change: func(f *facts.Facts) {
			broken(f, facts.TLSReset, "Connection reset by peer")
		}, want: []string{"tcp.reset"}, predicted: "Connection reset by peer", vantage: true},
		{name: "forbidden by the guard", change: ends(evidence.TCPForbidden), want: []string{"tcp.forbidden"}, undecided: true, vantage: true},
		{name: "an error without a name", change: ends(evidence.TCPError), want: []string{"tcp.failed"}, undecided: true, vantage: true},
		{name: "time over after DNS", change: func(f *facts.Facts) {
			dead(f, "")
			f.Net.First, f.Ev.Addresses = nil, nil
		}, want: []string{"tcp.undecided"}, undecided: true, vantage: true},
		{name: "the machine itself", change: func(f *facts.Facts) { f.Net.FromItself = true },
			want: []string{"tcp.checked_from_itself"}, undecided: true, vantage: true},
		{name: "the machine itself, and nothing listens", change: func(f *facts.Facts) {
			dead(f, evidence.TCPRefused)
			f.Net.FromItself = true
		}, want: []string{"tcp.refused", "tcp.checked_from_itself"}, predicted: "Connection refused", vantage: true},
	}
}

func tlsCases() []reachCase {
	fails := func(name string, p facts.TLSProblem, id string) reachCase {
		return reachCase{
			name: name, change: func(f *facts.Facts) { broken(f, p, "SSL error of "+name) },
			want: []string{id}, predicted: "SSL error of " + name,
		}
	}
	const verifyFailed = "SSL error {error:0A000086:SSL routines::certificate verify failed}"
	return []reachCase{
		fails("plain HTTP", facts.TLSPlainHTTP, "tls.plaintext_http"),
		fails("SSH", facts.TLSNotTLS, "tls.not_tls"),
		fails("TLS 1.1", facts.TLSTooOld, "tls.version_too_old"),
		fails("3DES", facts.TLSNoCipher, "tls.no_common_cipher"),
		fails("strict SNI", facts.TLSNameRejected, "tls.name_rejected"),
		fails("closed", facts.TLSClosed, "tls.closed"),
		fails("silence", facts.TLSTimeout, "tls.timeout"),
		fails("weak DH", facts.TLSWeakDH, "tls.dh_too_small"),
		fails("alert 47", facts.TLSOtherAlert, "tls.alert"),
		fails("garbled", facts.TLSMalformed, "tls.malformed"),
		fails("mutual TLS", facts.TLSClientCert, "tls.client_certificate_required"),
		{name: "strict SNI, fine without", change: func(f *facts.Facts) {
			broken(f, facts.TLSNameRejected, "x")
			f.Ev.TLS.NoSNI = &evidence.Handshake{Outcome: evidence.HelloOK}
			f.TLS.DefaultNames = []string{"www.example.org"}
		}, want: []string{"tls.name_rejected"}, predicted: "x"},
		{name: "mutual TLS as nginx says it", change: func(f *facts.Facts) {
			answer(f, facts.HTTPClientError, 400, "Bad Request")
			f.TLS.Problem, f.TLS.Predicted = facts.TLSClientCert, "Wrong response from the webhook: 400 Bad Request"
		}, want: []string{"tls.client_certificate_required"}, predicted: "Wrong response from the webhook: 400 Bad Request"},
		{name: "the hello's connection failed", change: func(f *facts.Facts) { broken(f, facts.TLSSlow, "x") },
			want: []string{"tls.undecided"}, undecided: true, vantage: true},
		{name: "time over after the connection", change: func(f *facts.Facts) { dead(f, evidence.TCPOpen) },
			want: []string{"tls.undecided"}, undecided: true, vantage: true},
		{name: "certificates unseen", change: func(f *facts.Facts) {
			f.TLS.Unfinished, f.TLS.NoChain, f.Ev.Presented, f.Ev.HTTP = true, true, nil, nil
			f.Chain, f.HTTP = facts.Chain{}, facts.HTTP{}
		}, want: []string{"tls.no_chain"}, undecided: true},
		{name: "beyond our libraries", change: func(f *facts.Facts) {
			f.TLS.Unfinished, f.Ev.HTTP, f.HTTP = true, nil, facts.HTTP{}
		}, want: []string{"tls.unfinished"}},
		{name: "another site", change: func(f *facts.Facts) {
			f.TLS.WrongSite, f.Names.Match, f.Chain.Trusted = true, false, false
			f.Names.All, f.HTTP = []string{"www.example.net"}, facts.HTTP{}
		}, want: []string{"tls.wrong_site"}, predicted: verifyFailed},
		{name: "TLS 1.1 with RSA key exchange", change: func(f *facts.Facts) {
			f.TLS.BelowDocumented, f.Ev.TLS.Main.Version = true, "tls1.1"
		}, want: []string{"tls.below_documented"}},
		{name: "old versions besides", change: func(f *facts.Facts) { f.TLS.Old = []string{"tls1.0", "tls1.1"} },
			want: []string{"tls.old_versions_enabled"}},
		{name: "another default certificate", change: func(f *facts.Facts) {
			f.TLS.DefaultDiffers, f.TLS.DefaultNames = true, []string{"www.example.net"}
		}, want: []string{"tls.default_certificate_differs"}},
	}
}

// TestLateHandshakeFaults: the client verifies the certificate as it comes, so
// what breaks after it is not what Telegram reports first.
func TestLateHandshakeFaults(t *testing.T) {
	expired := fake("cert.expired", 720, Blocker)
	for _, tt := range []struct {
		problem facts.TLSProblem
		outcome string
		version string
		first   string
	}{
		{facts.TLSTooOld, evidence.HelloAlert, "", "tls.version_too_old"},
		{facts.TLSTooOld, evidence.HelloOK, "ssl3", "tls.version_too_old"},
		{facts.TLSTooOld, evidence.HelloOK, "tls1.1", "cert.expired"},
		{facts.TLSWeakDH, evidence.HelloOK, "tls1.2", "cert.expired"},
		{facts.TLSClientCert, evidence.HelloOK, "tls1.3", "cert.expired"},
		{facts.TLSClosed, evidence.HelloClosed, "", "tls.closed"},
		{facts.TLSClosed, evidence.HelloOK, "tls1.2", "cert.expired"},
		{facts.TLSReset, evidence.HelloOK, "tls1.2", "cert.expired"},
		{facts.TLSTimeout, evidence.HelloOK, "tls1.2", "cert.expired"},
		{facts.TLSOtherAlert, evidence.HelloOK, "tls1.2", "cert.expired"},
		{facts.TLSNoCipher, evidence.HelloAlert, "", "tls.no_common_cipher"},
	} {
		f := healthy()
		f.TLS.Problem, f.TLS.Predicted = tt.problem, "x"
		f.Ev.TLS.Main.Outcome, f.Ev.TLS.Main.Version = tt.outcome, tt.version
		got := idsOf(t, append(reachRules(), expired), f)
		if len(got) != 2 || got[0] != tt.first {
			t.Errorf("%s after %s %s: got %v, want %s first of two", tt.problem, tt.outcome, tt.version, got, tt.first)
		}
	}
}

// TestWrongSiteSilences: what ails another site's certificate is no news.
func TestWrongSiteSilences(t *testing.T) {
	f := healthy()
	f.TLS.WrongSite, f.HTTP, f.Chain.Trusted = true, facts.HTTP{}, false
	others := []Rule{fake("chain.x", 1, Blocker), fake("cert.x", 2, Warning), fake("upload.not_needed", 3, Notice), fake("dns.x", 4, Notice)}
	got := idsOf(t, append(reachRules(), others...), f)
	if len(got) != 2 || got[0] != "tls.wrong_site" || got[1] != "dns.x" {
		t.Errorf("got %v", got)
	}
}
