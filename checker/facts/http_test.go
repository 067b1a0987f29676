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
