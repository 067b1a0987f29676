package lint

import (
	"context"
	"errors"
	"strings"
	"unicode"

	"github.com/zmap/zcrypto/x509"
	zlint "github.com/zmap/zlint/v3/lint"

	"hookcheck/checker/cert"
	"hookcheck/checker/facts"
)

// certificate lints one certificate in a goroutine of its own, and leaves it
// behind when the time is up: a lint cannot be stopped, but it can be counted.
// Its seat is free again only once it has really ended.
func (l *Linter) certificate(ctx context.Context, p facts.Presented, public bool) []facts.Lint {
	late := []facts.Lint{notLinted(p.Position, tooSlow)}
	if p.Cert == nil {
		return []facts.Lint{notLinted(p.Position, unreadable)}
	}
	if !harmless(p.Cert) {
		return []facts.Lint{notLinted(p.Position, hostile)}
	}
	select {
	case l.seats <- struct{}{}:
	case <-ctx.Done():
		return late
	}
	checks := l.private
	if public {
		checks = l.public
	}
	done := make(chan []facts.Lint, 1)
	go func() {
		defer func() { <-l.seats }()
		defer close(done)
		if found, whole := lintAll(ctx, p, checks); whole {
			done <- found
		}
	}()
	select {
	case found, whole := <-done:
		if !whole {
			return late
		}
		return found
	case <-ctx.Done():
		return late
	}
}

// lintAll is all or nothing: half of it would depend on the machine.
func lintAll(ctx context.Context, p facts.Presented, checks []check) (out []facts.Lint, whole bool) {
	x, err := parse(p.Cert.Raw)
	if err != nil {
		return []facts.Lint{notLinted(p.Position, unreadable)}, true
	}
	for _, c := range checks {
		if ctx.Err() != nil {
			return nil, false
		}
		status, details := runOne(c, x)
		if name := statusName(status); name != "" {
			out = append(out, facts.Lint{
				ID: c.name, Status: name, Source: c.source, Certificate: p.Position,
				Group: groupOf(c.name), Detail: tidy(c.description, details),
			})
		}
	}
	return out, true
}

var errPanic = errors.New("the parser gave up")

// parse recovers in the goroutine that calls: zcrypto panics on some keys.
func parse(der []byte) (x *x509.Certificate, err error) {
	defer func() {
		if recover() != nil {
			x, err = nil, errPanic
		}
	}()
	return x509.ParseCertificate(der)
}

// runOne runs a lint; one that panics says nothing.
func runOne(c check, x *x509.Certificate) (status zlint.LintStatus, details string) {
	defer func() {
		if recover() != nil {
			status, details = zlint.Fatal, ""
		}
	}()
	return c.run(x)
}

// statusName is "" for what is not worth telling: passed, not applicable, not
// in force when the certificate was issued, or a lint that failed itself.
func statusName(s zlint.LintStatus) string {
	switch s {
	case zlint.Error:
		return statusError
	case zlint.Warn:
		return statusWarn
	case zlint.Notice:
		return statusNotice
	}
	return ""
}

// tidy makes zlint's words fit to be kept; details hold strangers' values.
func tidy(description, details string) string {
	s := strings.TrimSpace(description)
	if details = strings.TrimSpace(details); details != "" && details != s {
		s += " (" + details + ")"
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > maxDetail {
		return string(r[:maxDetail-1]) + "…"
	}
	return s
}

// Bounds of a certificate that zcrypto gets to parse. It verifies the
// signature of whatever names itself as issuer, at a cost that is cubic in the
// size of the key, and it trusts the length of keys.
const (
	maxDER      = 64 << 10
	maxRSABits  = 8192
	maxExponent = 1<<31 - 1
	maxNames    = 2000
)

// harmless screens a certificate by the project's own reading of it.
func harmless(c *cert.Cert) bool {
	if c.Trailing > 0 || len(c.Raw) > maxDER {
		return false
	}
	if c.SAN != nil && len(c.SAN.Names) > maxNames {
		return false
	}
	return harmlessKey(&c.Key)
}
