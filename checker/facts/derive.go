package facts

import (
	"time"

	"hookcheck/checker/cert"
	"hookcheck/checker/evidence"
	"hookcheck/checker/verify"
)

// Roots are the public trust anchors: the embedded lists, or those that the
// user gave in their place.
type Roots interface {
	verify.Store
	// List is one list alone, by its name.
	List(name string) verify.Store
	// ListsOf names the lists that hold a root.
	ListsOf(*cert.Cert) []string
	// DistrustAfter is the date after which Mozilla distrusts what a root
	// issues, zero where there is none.
	DistrustAfter(*cert.Cert) time.Time
}

// DocumentedList names the older root list that Telegram's guide links.
const DocumentedList = "documented"

// Derive says what Telegram's client would make of the evidence.
func Derive(ev *evidence.Evidence, roots Roots) *Facts {
	f := &Facts{
		Ev: ev, Target: &ev.Target, Now: ev.CheckedAt,
		Host: ev.Target.ASCIIHost, Port: ev.Target.Port, IsIP: ev.Target.IsIP,
		Live: ev.Kind == evidence.Live,
	}
	f.Net = deriveNet(ev)
	f.Upload = deriveUpload(ev)
	f.TLS = deriveTLS(ev)
	j := newJudge(f, roots)
	j.derive(f)
	f.deriveSites()
	f.HTTP = deriveHTTP(ev, &f.TLS)
	f.Files = deriveFiles(f)
	return f
}
