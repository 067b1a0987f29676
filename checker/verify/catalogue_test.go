package verify_test

import (
	"fmt"
	"net"
	"sort"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"hookcheck/checker/cert"
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/report"
	"hookcheck/checker/rules"
	"hookcheck/checker/target"
	"hookcheck/checker/verify"
	"hookcheck/internal/lang"
	"hookcheck/internal/testtable"
)

// enough is how often each verdict and each blocker about certificates has to
// be reached, so that the comparison says something about it.
const (
	enoughVerdicts = 60
	enoughBlockers = 5
)

// catalogue counts what the rules made of the generated chains.
type catalogue struct {
	verdicts, blockers map[string]int
}

// setup is a question together with how the webhook is set up: what counts as
// a public root, and what was uploaded. The question's trust store is the one
// of the two that Telegram's client uses.
type setup struct {
	question
	roots    [][]byte
	uploaded bool
}

// judgeByRules puts every case before facts and rules, as a chain with public
// roots and as one with an uploaded file in turn, and demands that the verdict
// is `works` exactly where the openssl command accepts.
func judgeByRules(t *testing.T, openssl string, questions []question, theirs []answer) {
	var setups []setup
	var asked []answer
	for i, q := range questions {
		if strings.Contains(q.host, ":") {
			continue // Telegram's client compares an IPv6 host in its brackets, the command without
		}
		s := setup{question: q, uploaded: uploadedHere(q, i)}
		if !s.uploaded {
			s.roots = q.trusted
		}
		setups, asked = append(setups, s), append(asked, theirs[i])
	}
	more := mistakes(questions, theirs)
	var besides []question
	for _, s := range more {
		besides = append(besides, s.question)
	}
	compareReports(t, append(setups, more...), append(asked, askOpenSSL(t, openssl, besides)...))
}

// mistakes turns sound set-ups into what people do to them: the leaf not
// first, a needless upload, an upload forgotten.
func mistakes(questions []question, theirs []answer) []setup {
	var out []setup
	stranger := questions[0].trusted
	for i, q := range questions {
		if !theirs[i].ok || len(q.trusted) == 0 || q.ip != "" || net.ParseIP(q.host) != nil {
			continue
		}
		if len(q.presented) > 0 && q.host != "" && len(out) < 150 {
			swapped, needless := q, q
			swapped.leaf, swapped.presented = q.presented[0], [][]byte{q.leaf}
			needless.trusted = [][]byte{q.leaf}
			out = append(out, setup{question: swapped, roots: q.trusted}, setup{question: needless, roots: q.trusted, uploaded: true})
		}
		if len(q.presented) == 0 || q.family == "uploads" || q.family == "strength" {
			forgotten := q
			forgotten.trusted = stranger
			out = append(out, setup{question: forgotten, roots: stranger})
		}
	}
	return out
}

func compareReports(t *testing.T, setups []setup, theirs []answer) {
	c := catalogue{verdicts: map[string]int{}, blockers: map[string]int{}}
	shown := 0
	for i, q := range setups {
		rep := reportOn(t, q)
		c.count(rep)
		if works := rep.Verdict == report.Works; works != theirs[i].ok && shown < 20 {
			shown++
			t.Errorf("%s (%s): the report says %s %v, openssl says %s", q.family, q.note, rep.Verdict, blockersOf(rep), theirs[i])
		}
		if !theirs[i].ok {
			wantReason(t, q, theirs[i], blockersOf(rep))
		}
	}
	testtable.Publish(t, "openssl-verify-rules", "What the rules made of the same chains:\n"+c.table())
	c.demand(t)
}

// uploadedHere: an address compared with iPAddress entries means no upload,
// one compared as a name means an upload; names are judged alike in both.
func uploadedHere(q question, i int) bool {
	if q.ip != "" {
		return false
	}
	return net.ParseIP(q.host) != nil || i%2 == 1
}

// asRoots is a case's trust store in the place of the public roots.
type asRoots struct{ verify.Store }

func (asRoots) List(string) verify.Store           { return nil }
func (asRoots) ListsOf(*cert.Cert) []string        { return []string{"given"} }
func (asRoots) DistrustAfter(*cert.Cert) time.Time { return time.Time{} }

func reportOn(t *testing.T, q setup) *report.Report {
	t.Helper()
	host := q.host + q.ip
	ev := &evidence.Evidence{
		Kind: evidence.Files, CheckedAt: q.at, Presented: append([][]byte{q.leaf}, q.presented...),
		Target:  target.Target{Scheme: "https", Host: host, ASCIIHost: host, Port: 443, IsIP: net.ParseIP(host) != nil},
		Request: evidence.Request{Hostname: host != ""},
	}
	if q.uploaded {
		ev.Upload = &evidence.Upload{Size: 1000, Format: "pem", OpenSSLAccepts: true, Certificates: q.trusted}
	}
	f := facts.Derive(ev, asRoots{verify.NewStore(parseAll(q.roots))})
	found, err := rules.Run(f)
	if err != nil {
		t.Fatal(err)
	}
	rep, err := report.Build(report.Input{Evidence: ev, Facts: f, Findings: found, Lang: lang.EN})
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

// parseAll leaves out what cannot be read, as loading a file of roots does.
func parseAll(ders [][]byte) []*cert.Cert {
	var out []*cert.Cert
	for _, der := range ders {
		if c, err := cert.Parse(der); err == nil {
			out = append(out, c)
		}
	}
	return out
}

func blockersOf(rep *report.Report) []string {
	var out []string
	for _, f := range rep.Findings {
		if f.Severity == string(rules.Blocker) {
			out = append(out, f.ID)
		}
	}
	return out
}

func (c catalogue) count(rep *report.Report) {
	c.verdicts[string(rep.Verdict)]++
	for _, id := range blockersOf(rep) {
		c.blockers[id]++
	}
}

func (c catalogue) table() string {
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	for _, m := range []map[string]int{c.verdicts, c.blockers} {
		var names []string
		for n := range m {
			names = append(names, n)
		}
		sort.Strings(names)
		for _, n := range names {
			fmt.Fprintf(w, "%s\t%d\n", n, m[n])
		}
		fmt.Fprintln(w)
	}
	w.Flush()
	return b.String()
}

// notGenerated are blockers that chains alone cannot show, and why.
var notGenerated = map[string]bool{
	"chain.too_complex": true, // asks for more certificates than OpenSSL is asked about here
	"upload.too_big":    true, // files, not chains
	"upload.empty":      true,
	"upload.not_pem":    true,
	// settings beside a certificate, see certfile's TestTrustSettings and this package's
	"upload.trust_settings": true,
}

func (c catalogue) demand(t *testing.T) {
	for _, v := range []report.Verdict{report.Works, report.WorksIfUploaded, report.Fails} {
		if c.verdicts[string(v)] < enoughVerdicts {
			t.Errorf("verdict %s only %d times", v, c.verdicts[string(v)])
		}
	}
	for _, r := range rules.All() {
		if strings.HasPrefix(r.ID, "pem.") {
			continue // about files
		}
		about := r.Stage == rules.StageChain || r.Stage == rules.StageCertificate || r.Stage == rules.StageUpload
		if about && r.Severity == rules.Blocker && !notGenerated[r.ID] && c.blockers[r.ID] < enoughBlockers {
			t.Errorf("blocker %s only %d times", r.ID, c.blockers[r.ID])
		}
	}
}
