package probe

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"hookcheck/checker/evidence"
	"hookcheck/checker/target"
)

// What is kept of an answer, in bytes.
const (
	maxReason    = 4096 // stands in the error text to the letter
	maxErrorText = 4096
	maxLocation  = 2048
	maxField     = 256
	maxBodyStart = 512
)

// keptFields hint at the platform and are kept; no other field is, since it
// may hold a cookie or a token.
var keptFields = [...]string{
	"server", "via", "x-powered-by", "cf-ray", "x-vercel-id", "x-render-origin-server", "fly-request-id", "retry-after", "content-type", "content-encoding",
}

// scrubber hides what was sent in secret, should the answer echo it.
type scrubber struct{ secrets *strings.Replacer }

// shortest is the length from which on a secret is looked for: shorter ones
// stand in every text by chance.
const shortest = 4

func newScrubber(p *plan) scrubber {
	var pairs []string
	hide := func(s string) {
		if len(s) >= shortest {
			pairs = append(pairs, s, "***")
		}
	}
	hide(p.SecretToken)
	if user := p.Target.Secret.Userinfo; user != "" {
		hide(base64.StdEncoding.EncodeToString([]byte(user)))
		hide(user)
		if _, password, ok := strings.Cut(user, ":"); ok {
			hide(password)
		}
	}
	return scrubber{strings.NewReplacer(pairs...)}
}

// text makes a text fit to be kept: no secrets, valid UTF-8, bounded. It is
// cut twice, so that no half of a secret survives at the end.
func (s scrubber) text(in string, most int) string {
	in = cutText(in, 4*most+4096)
	in = s.secrets.Replace(target.Redact(string([]rune(in)))) // a byte that is no UTF-8 reads as one sign
	return cutText(in, most)
}

// cutText cuts at a character's boundary.
func cutText(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// keep is the answer as evidence.
func (a *answer) keep(s scrubber) *evidence.HTTP {
	out := &evidence.HTTP{Outcome: evidence.HTTPResponse}
	if h := a.head; h != nil {
		out.Status = h.status
		out.Reason = s.text(h.reason, maxReason)
		out.Location = s.text(h.get("location"), maxLocation)
		out.RetryAfter = s.text(h.get("retry-after"), maxField)
		out.Server = s.text(h.get("server"), maxField)
		out.BodyStart = s.text(string(a.content[:min(len(a.content), 8*maxBodyStart)]), maxBodyStart)
		for _, name := range keptFields {
			if v := h.get(name); v != "" {
				if out.Headers == nil {
					out.Headers = map[string]string{}
				}
				out.Headers[name] = s.text(v, maxField)
			}
		}
	}
	if err := a.verdict(); err != nil {
		out.Outcome, out.Error = err.outcome, s.text(err.text, maxErrorText)
	}
	return out
}
