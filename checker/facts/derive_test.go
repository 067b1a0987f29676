package facts_test

import (
	"testing"
	"time"

	"hookcheck/checker/cert"
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/target"
	"hookcheck/checker/verify"
	"hookcheck/internal/testpki"
)

// roots is a store of test roots under one list name.
type roots struct {
	verify.Store
	certs []*cert.Cert
}

func newRoots(t testing.TB, nodes ...*testpki.Node) roots {
	t.Helper()
	var r roots
	for _, n := range nodes {
		c, err := cert.Parse(n.DER)
		if err != nil {
			t.Fatal(err)
		}
		r.certs = append(r.certs, c)
	}
	r.Store = verify.NewStore(r.certs)
	return r
}

func (r roots) List(string) verify.Store { return nil }

func (r roots) ListsOf(c *cert.Cert) []string {
	for _, own := range r.certs {
		if own.SHA256 == c.SHA256 {
			return []string{"given"}
		}
	}
	return nil
}

func (r roots) DistrustAfter(*cert.Cert) time.Time { return time.Time{} }

func fromFiles(t testing.TB, c testpki.Case) *evidence.Evidence {
	t.Helper()
	ev := &evidence.Evidence{Kind: evidence.Files, CheckedAt: testpki.Epoch, Presented: c.Chain}
	if c.Host != "" {
		tg, err := target.Parse(c.Host)
		if err != nil {
			t.Fatal(err)
		}
		ev.Target, ev.Request.Hostname = tg, true
	}
	if c.Upload != nil {
		up, err := cert.ParsePEM(c.Upload, 10)
		ev.Upload = &evidence.Upload{Size: int64(len(c.Upload)), Format: "pem", OpenSSLAccepts: err == nil && len(up) > 0}
		for _, u := range up {
			ev.Upload.Certificates = append(ev.Upload.Certificates, u.Raw)
		}
	}
	return ev
}

// TestFaultsExplainVerdict: whatever OpenSSL refuses has a named fault, and
// what it accepts has none.
func TestFaultsExplainVerdict(t *testing.T) {
	public := newRoots(t, testpki.PublicRoot())
	for _, c := range testpki.Cases() {
		t.Run(c.Name, func(t *testing.T) {
			f := facts.Derive(fromFiles(t, c), public)
			if f.Chain.Trusted != (len(f.Chain.Faults) == 0) {
				t.Errorf("trusted %v with faults %v", f.Chain.Trusted, f.Chain.Faults)
			}
			for _, fault := range f.Chain.Faults {
				t.Logf("%s at %d: %s %s", fault.Kind, fault.Position, fault.Code, fault.Detail)
			}
		})
	}
}
