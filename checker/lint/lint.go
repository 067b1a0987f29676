// Package lint tells where presented certificates depart from the rules for
// certificates: RFC 5280, the CA/Browser Forum's requirements, the policies of
// root programs. It is advice and never part of a verdict. The checks are
// zlint's; nothing else in the program sees that library, which was not
// written for strangers' certificates and is kept within bounds here.
package lint

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/zmap/zcrypto/x509"
	zlint "github.com/zmap/zlint/v3/lint"
	_ "github.com/zmap/zlint/v3/lints/apple"
	_ "github.com/zmap/zlint/v3/lints/cabf_br"
	_ "github.com/zmap/zlint/v3/lints/cabf_ev"
	_ "github.com/zmap/zlint/v3/lints/chrome"
	_ "github.com/zmap/zlint/v3/lints/community"
	_ "github.com/zmap/zlint/v3/lints/mozilla"
	_ "github.com/zmap/zlint/v3/lints/rfc"

	"hookcheck/checker/cert"
	"hookcheck/checker/facts"
)

// Bounds of one check.
const (
	maxCertificates = 20
	maxFindings     = 200
	maxDetail       = 300 // runes
	timeForAll      = 2 * time.Second
	timeForReplay   = time.Minute
	seats           = 4 // certificates being linted at once, in all checks
)

// Linter lints certificates. It is safe for use by many goroutines.
type Linter struct {
	public, private []check
	time            time.Duration
	seats           chan struct{}
}

// check is one lint.
type check struct {
	name, source, description string
	run                       func(*x509.Certificate) (status zlint.LintStatus, details string)
}

// New makes a Linter.
func New() *Linter {
	l := &Linter{time: timeForAll, seats: make(chan struct{}, seats)}
	all := zlint.GlobalRegistry().CertificateLints().Lints()
	config := zlint.NewEmptyConfig()
	for _, in := range all {
		if _, out := leftOut[in.Name]; out {
			continue
		}
		c := check{name: in.Name, source: string(in.Source), description: in.Description}
		c.run = func(x *x509.Certificate) (zlint.LintStatus, string) {
			r := in.Execute(x, config) // looks at the effective dates too
			return r.Status, r.Details
		}
		if publicSource(in.Source) {
			l.public = append(l.public, c)
		}
		if privateSource(in.Source) {
			l.private = append(l.private, c)
		}
	}
	byName := func(a, b check) int { return cmp.Compare(a.name, b.name) }
	slices.SortFunc(l.public, byName)
	slices.SortFunc(l.private, byName)
	return l
}

// leftOut are lints that cost more than they tell.
var leftOut = map[string]string{
	"e_cert_issued_by_compromised_emudhra_ca": "it alone costs seventeen times as much as all others together",
	"w_sub_cert_aia_contains_internal_names":  "it asks the clock of the machine, so that a replay could differ",
}

// publicSource: what holds for publicly trusted server certificates. S/MIME,
// code signing and qualified certificates are another matter.
func publicSource(s zlint.LintSource) bool {
	switch s {
	case zlint.CABFBaselineRequirements, zlint.CABFEVGuidelines,
		zlint.MozillaRootStorePolicy, zlint.AppleRootStorePolicy, zlint.ChromeRootStorePolicy:
		return true
	}
	return privateSource(s)
}

// privateSource: what holds for every certificate, one's own included.
func privateSource(s zlint.LintSource) bool {
	switch s {
	case zlint.RFC3279, zlint.RFC5280, zlint.RFC5480, zlint.RFC5891, zlint.RFC6960, zlint.RFC6962, zlint.RFC8813, zlint.Community:
		return true
	}
	return false
}

// Why a certificate could not be linted, as the detail of facts.NotLinted.
const (
	hostile      = "bounds"
	unreadable   = "unreadable"
	tooSlow      = "time"
	tooMany      = "count"
	ownSource    = "hookcheck"
	statusError  = "error"
	statusWarn   = "warn"
	statusNotice = "notice"
)

// Patient is the linter for a replay: what the check had time for has to come
// out again on a slower machine.
func (l *Linter) Patient() *Linter {
	p := *l
	p.time = timeForReplay
	return &p
}

// Run lints everything that was presented, each certificate once. The order
// is by certificate, then by weight, then by id. A check takes a millisecond a
// certificate; the bound is for hostile ones. A certificate that there was no
// time for when the evidence was gathered is left out again, see Late.
func (l *Linter) Run(ctx context.Context, f *facts.Facts) []facts.Lint {
	ctx, cancel := context.WithTimeout(ctx, l.time)
	defer cancel()
	var out []facts.Lint
	seen := map[string]bool{}
	for i, p := range f.Chain.Presented {
		if p.Cert != nil && seen[p.Cert.SHA256] {
			continue
		}
		if i == maxCertificates || len(out) >= maxFindings {
			out = append(out, notLinted(p.Position, tooMany))
			break
		}
		if p.Cert != nil {
			seen[p.Cert.SHA256] = true
		}
		if slices.Contains(f.Ev.Request.LintLate, p.Position) {
			out = append(out, notLinted(p.Position, tooSlow))
			continue
		}
		found := l.certificate(ctx, p, isPublic(f, p.Cert))
		slices.SortStableFunc(found, func(a, b facts.Lint) int {
			return cmp.Or(cmp.Compare(weight(a.Status), weight(b.Status)), cmp.Compare(a.ID, b.ID))
		})
		out = append(out, found...)
	}
	return out[:min(len(out), maxFindings)]
}

// Late lists the positions of certificates that there was no time for.
func Late(found []facts.Lint) []int {
	var out []int
	for _, x := range found {
		if x.ID == facts.NotLinted && x.Detail == tooSlow {
			out = append(out, x.Certificate)
		}
	}
	return out
}

func weight(status string) int {
	return slices.Index([]string{statusError, statusWarn, statusNotice}, status)
}

func notLinted(position int, why string) facts.Lint {
	return facts.Lint{ID: facts.NotLinted, Status: statusNotice, Source: ownSource, Certificate: position, Detail: why, Group: facts.LintOther}
}

// isPublic tells whether the rules for publicly trusted certificates hold: for
// what leads to a public root, and for what claims to follow those rules where
// the path is cut short. One's own certificate would collect false errors.
func isPublic(f *facts.Facts, c *cert.Cert) bool {
	if c == nil {
		return false
	}
	if f.Chain.Public && slices.ContainsFunc(f.Chain.Path, func(p *cert.Cert) bool { return p.SHA256 == c.SHA256 }) {
		return true
	}
	return !c.SelfSigned() && (c.SCTs > 0 || slices.ContainsFunc(c.Policies, reservedPolicy))
}

// reservedPolicy: the identifiers by which a CA asserts that it follows the
// Baseline Requirements or the EV guidelines (BR 7.1.6.1).
func reservedPolicy(oid string) bool {
	switch oid {
	case "2.23.140.1.1", "2.23.140.1.2.1", "2.23.140.1.2.2", "2.23.140.1.2.3":
		return true
	}
	return false
}
