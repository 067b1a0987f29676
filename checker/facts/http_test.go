package facts

import (
	"testing"

	"hookcheck/checker/evidence"
)

func TestPredictedEndsAtNUL(t *testing.T) {
	for _, h := range []evidence.HTTP{
		{Outcome: evidence.HTTPResponse, Status: 404, Reason: "a\x00b"},
		{Outcome: evidence.HTTPBadHead, Error: "Wrong response from the webhook: 404 a\x00 and more"},
	} {
		got := deriveHTTP(&evidence.Evidence{HTTP: &h}, &TLS{Problem: TLSFine})
		if got.Predicted != "Wrong response from the webhook: 404 a" {
			t.Errorf("%s: %q", h.Outcome, got.Predicted)
		}
	}
}

func TestEdgesOfGatewayStatuses(t *testing.T) {
	for status, want := range map[int]HTTPProblem{501: HTTPServerError, 502: HTTPBadGateway, 504: HTTPBadGateway,
		505: HTTPServerError, 519: HTTPServerError, 520: HTTPBadGateway, 530: HTTPBadGateway, 531: HTTPServerError} {
		if got, _ := statusProblem(&evidence.HTTP{Status: status}); got != want {
			t.Errorf("%d is %v, want %v", status, got, want)
		}
	}
}
