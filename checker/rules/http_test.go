package rules

import (
	"strings"
	"testing"

	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

func httpCases() []reachCase {
	status := func(p facts.HTTPProblem, code int, reason, id string) reachCase {
		line := reason
		return reachCase{
			name: string(p) + " " + reason,
			change: func(f *facts.Facts) {
				answer(f, p, code, reason)
				f.Ev.Request.SecretGiven = true
				f.HTTP.Predicted = "Wrong response from the webhook: " + line
			},
			want: []string{id}, predicted: "Wrong response from the webhook: " + line,
		}
	}
	ends := func(p facts.HTTPProblem, outcome, predicted, id string) reachCase {
		return reachCase{
			name: string(p) + " " + outcome,
			change: func(f *facts.Facts) {
				answer(f, p, 0, "")
				f.Ev.HTTP.Outcome, f.HTTP.Predicted = outcome, predicted
			},
			want: []string{id}, predicted: predicted,
		}
	}
	refused := status(facts.HTTPUnauthorized, 403, "403 Forbidden", "http.unauthorized")
	refused.vantage = true
	failing := status(facts.HTTPServerError, 500, "500 Internal Server Error", "http.server_error")
	failing.vantage, failing.undecided = true, true
	reset := ends(facts.HTTPReset, evidence.HTTPReset, "Connection reset by peer", "http.reset")
	reset.vantage = true

	return []reachCase{
		status(facts.HTTPRedirect, 302, "302 Found", "http.redirect"), refused,
		status(facts.HTTPNotFound, 404, "404 Not Found", "http.not_found"),
		status(facts.HTTPMethod, 405, "405 Method Not Allowed", "http.method_not_allowed"),
		status(facts.HTTPGone, 410, "410 Gone", "http.gone"),
		status(facts.HTTPClientError, 415, "415 Unsupported Media Type", "http.client_error"),
		status(facts.HTTPOddStatus, 600, "600 Odd", "http.odd_status"), failing,
		status(facts.HTTPBadGateway, 502, "502 Bad Gateway", "http.bad_gateway"),
		ends(facts.HTTPTimeout, evidence.HTTPTimeout, "Read timeout expired", "http.timeout"),
		ends(facts.HTTPClosed, evidence.HTTPClosed, "Webhook connection closed", "http.closed"), reset,
		ends(facts.HTTPNotHTTP, evidence.HTTPNotHTTP, "Not Implemented", "http.not_http"),
		ends(facts.HTTPNotHTTP, evidence.HTTPVersion, "HTTP Version Not Supported", "http.not_http"),
		ends(facts.HTTPEncoding, evidence.HTTPBadEncoding, "Unsupported Media Type: unsupported content-encoding", "http.encoding"),
		ends(facts.HTTPEncoding, evidence.HTTPBadTransfer, "Unimplemented: unsupported transfer-encoding", "http.encoding"),
		ends(facts.HTTPEncoding, evidence.HTTPBadBody, "Bad Request: x", "http.encoding"),
		ends(facts.HTTPRequestLong, evidence.HTTPRequestTooLong, "", "http.request_too_long"),
		{name: "403 without a secret token", change: func(f *facts.Facts) {
			answer(f, facts.HTTPUnauthorized, 403, "Forbidden")
			f.HTTP.Predicted = "Wrong response from the webhook: 403 Forbidden"
		}, want: []string{"http.unauthorized"}, predicted: "Wrong response from the webhook: 403 Forbidden", undecided: true, vantage: true},
		{name: "404 without a secret token", change: func(f *facts.Facts) {
			answer(f, facts.HTTPNotFound, 404, "Not Found")
			f.HTTP.Predicted = "Wrong response from the webhook: 404 Not Found"
		}, want: []string{"http.not_found"}, predicted: "Wrong response from the webhook: 404 Not Found", vantage: true},
		{name: "slow", change: func(f *facts.Facts) { f.HTTP.Slow, f.HTTP.Seconds = true, 6.5 }, want: []string{"http.slow"}},
		{name: "never sent", change: func(f *facts.Facts) { f.Ev.HTTP, f.HTTP = nil, facts.HTTP{} },
			want: []string{"http.undecided"}, undecided: true, vantage: true},
		{name: "answered with an alert", change: func(f *facts.Facts) {
			f.Ev.HTTP = &evidence.HTTP{Outcome: evidence.HTTPClientAlert, Alert: &evidence.Alert{Level: 2, Code: 49}}
			f.HTTP = facts.HTTP{}
		}, want: []string{"http.undecided"}, undecided: true, vantage: true},
		{name: "not asked for", change: func(f *facts.Facts) {
			f.Ev.Request.Post, f.Ev.HTTP, f.HTTP = false, nil, facts.HTTP{}
		}},
		{name: "kept back for the certificate's sake", change: func(f *facts.Facts) {
			f.Chain.Trusted = false
			f.Ev.HTTP, f.HTTP = &evidence.HTTP{Outcome: evidence.HTTPNotSent}, facts.HTTP{}
		}},
	}
}

func TestRedirectNamesItsTarget(t *testing.T) {
	f := healthy()
	answer(f, facts.HTTPRedirect, 301, "Moved Permanently")
	f.HTTP.Location = "https://www.example.org/\x1b[2J"
	found, err := run(reachRules(), f)
	if err != nil || len(found) != 1 {
		t.Fatalf("got %v, %v", found, err)
	}
	for _, l := range lang.All() {
		title, _, err := found[0].Rule.Texts(l, found[0].Args)
		if err != nil || !strings.Contains(title, "https://www.example.org/\uFFFD[2J") {
			t.Errorf("%s: %q, %v", l, title, err)
		}
	}
}

func TestFirstLine(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "OK": "OK", "OK\r\nmore": "OK", strings.Repeat("я", 50): strings.Repeat("я", 30),
	} {
		if got := firstLine(in); got != want {
			t.Errorf("firstLine(%q) = %q, want %q", in, got, want)
		}
	}
}
