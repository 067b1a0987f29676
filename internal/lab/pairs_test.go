package lab_test

import (
	"crypto/tls"

	"hookcheck/internal/lab"
	"hookcheck/internal/testpki"
)

// fault is one of the independent faults that are tried in pairs.
type fault string

const (
	expired   fault = "cert.expired"
	wrongName fault = "cert.name_mismatch"
	missing   fault = "chain.intermediate_missing"
	oldTLS    fault = "tls.version_too_old"
	selfSign  fault = "cert.self_signed"
	notFound  fault = "http.not_found"
)

// pairCases: two independent faults give two blockers. What cannot coexist is
// left out: a self-signed certificate has no intermediate. A 404 behind another
// fault is seen by nobody: no update is sent where Telegram would not send one.
// The certificate comes first: the client judges it before it meets the
// signature that TLS 1.1 makes with SHA-1.
func pairCases() []labCase {
	faults := []fault{missing, selfSign, wrongName, expired, oldTLS, notFound}
	var out []labCase
	for i, a := range faults {
		for _, b := range faults[i+1:] {
			switch {
			case a == missing && b == selfSign:
			case b == notFound:
				out = append(out, hidden(a))
			default:
				out = append(out, pairCase(a, b))
			}
		}
	}
	return out
}

// hidden: a server that would answer 404 and that Telegram never asks. One
// blocker, and nothing is claimed of the answer.
func hidden(f fault) labCase {
	c := pairCase(f, notFound)
	c.blockers = []string{string(f)}
	switch f {
	case selfSign:
		c.verdict = "works_if_uploaded"
	case oldTLS:
		c.predicted = "SSL error {error:0A00014D:SSL routines::legacy sigalg disallowed or unsupported}"
	}
	return c
}

func pairCase(a, b fault) labCase {
	has := func(f fault) bool { return a == f || b == f }
	name := testpki.Host
	if has(wrongName) {
		name = "www.example.org"
	}
	var opts []testpki.Option
	if has(expired) {
		opts = append(opts, testpki.Valid(testpki.Epoch.AddDate(-1, 0, 0), testpki.Epoch.AddDate(0, 0, -5)))
	}
	ca := testpki.PublicCA()
	leaf := ca.LeafWith([]string{name}, opts...)
	presented := []*testpki.Node{leaf, ca}
	switch {
	case has(missing):
		presented = presented[:1]
	case has(selfSign):
		leaf = testpki.SelfSigned([]string{name}, opts...)
		presented = []*testpki.Node{leaf}
	}
	c := config(leaf, presented...)
	if has(oldTLS) {
		c.MinVersion, c.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
	}
	answer := lab.OK
	if has(notFound) {
		answer = status("404 Not Found")
	}
	return labCase{
		name: string(a) + " and " + string(b), start: tlsServer(c, answer), path: "/",
		verdict: "fails", predicted: verifyFailed, blockers: []string{string(a), string(b)},
	}
}
