package checker

import (
	"strings"

	"hookcheck/checker/evidence"
	"hookcheck/checker/target"
)

// shortestEcho is the length from which a secret token is looked for in an
// answer; a shorter one would be found by chance.
const shortestEcho = 4

// redact hides secrets that a server sent back: bot tokens, credentials in
// URLs, the secret token of this check. It is the last gate before evidence is
// judged, shown or saved.
func redact(ev *evidence.Evidence, secret string) {
	h := ev.HTTP
	if h == nil {
		return
	}
	clean := func(s string) string {
		if len(secret) >= shortestEcho {
			s = strings.ReplaceAll(s, secret, "<SECRET>")
		}
		return target.Redact(s)
	}
	h.Reason, h.Location, h.Server = clean(h.Reason), clean(h.Location), clean(h.Server)
	h.BodyStart, h.Error = clean(h.BodyStart), clean(h.Error)
	for name, value := range h.Headers {
		h.Headers[name] = clean(value)
	}
}
