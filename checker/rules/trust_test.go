package rules

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"

	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

// fired runs the rules of this part of the catalogue one by one.
func fired(f *facts.Facts) map[string]*Hit {
	hits := map[string]*Hit{}
	for _, r := range trustRules() {
		if h := r.Check(f); h != nil {
			hits[r.ID] = h
		}
	}
	return hits
}

func trustRule(t *testing.T, id string) Rule {
	t.Helper()
	for _, r := range trustRules() {
		if r.ID == id {
			return r
		}
	}
	t.Fatalf("no rule %s", id)
	return Rule{}
}

func TestHealthyChainFiresNothing(t *testing.T) {
	for id := range fired(newTrustWorld().Facts) {
		t.Errorf("%s fires on a healthy chain", id)
	}
}

// TestTrustRules holds every rule to one situation: it alone fires, its
// evidence holds the observed values, and both languages show them.
func TestTrustRules(t *testing.T) {
	seen := map[string]bool{}
	for _, tc := range slices.Concat(chainCases(), chainFaultCases(), certCases(), uploadCases()) {
		t.Run(tc.rule+" "+tc.name, func(t *testing.T) {
			w := newTrustWorld()
			tc.change(w)
			hits := fired(w.Facts)
			if tc.silent {
				if hits[tc.rule] != nil {
					t.Errorf("fires with %+v", hits[tc.rule].Args)
				}
				return
			}
			seen[tc.rule] = true
			for id := range hits {
				if id != tc.rule && !slices.Contains(tc.beside, id) {
					t.Errorf("%s fires as well", id)
				}
			}
			hit := hits[tc.rule]
			if hit == nil {
				t.Fatal("does not fire")
			}
			expectEvidence(t, hit.Args, tc.evidence)
			r := trustRule(t, tc.rule)
			expectText(t, r, lang.EN, hit.Args, tc.en)
			expectText(t, r, lang.RU, hit.Args, tc.ru)
			if tc.predicted != "" && hit.Predicted != tc.predicted {
				t.Errorf("predicted %q, want %q", hit.Predicted, tc.predicted)
			}
		})
	}
	for _, r := range trustRules() {
		if !seen[r.ID] {
			t.Errorf("no case makes %s fire", r.ID)
		}
	}
}

func expectEvidence(t *testing.T, args any, want []string) {
	t.Helper()
	data, err := json.Marshal(args)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(data), ":null") {
		t.Errorf("evidence holds null: %s", data)
	}
	for _, w := range want {
		if !strings.Contains(string(data), w) {
			t.Errorf("evidence lacks %s: %s", w, data)
		}
	}
}

func expectText(t *testing.T, r Rule, l lang.Lang, args any, want []string) {
	t.Helper()
	title, detail, err := r.Texts(l, args)
	if err != nil {
		t.Fatal(err)
	}
	all := title + "\n" + detail
	for _, w := range want {
		if !strings.Contains(all, w) {
			t.Errorf("%s text lacks %q:\n%s", l, w, all)
		}
	}
	wellFormed(t, l, all)
}

// wellFormed finds the marks that a badly filled template leaves.
func wellFormed(t *testing.T, l lang.Lang, text string) {
	t.Helper()
	for _, bad := range []string{"{{", "%!", "<no value>", "  ", " . ", " ,", "..", "\"\"", "«»", ": .", "no. 0", "№ 0"} {
		if strings.Contains(text, bad) {
			t.Errorf("%s text holds %q:\n%s", l, bad, text)
		}
	}
	cyrillic := strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
	if cyrillic != (l == lang.RU) {
		t.Errorf("%s text in the wrong language:\n%s", l, text)
	}
}

func TestTrustRulesAreComplete(t *testing.T) {
	ids, ranks := map[string]bool{}, map[int]string{}
	for _, r := range trustRules() {
		if ids[r.ID] {
			t.Errorf("%s is listed twice", r.ID)
		}
		ids[r.ID] = true
		if other := ranks[r.Rank]; other != "" {
			t.Errorf("%s and %s share rank %d", r.ID, other, r.Rank)
		}
		ranks[r.Rank] = r.ID
		prefix, _, _ := strings.Cut(r.ID, ".")
		if !strings.HasPrefix(string(r.Stage), prefix) {
			t.Errorf("%s is in stage %s", r.ID, r.Stage)
		}
		if len(r.Sources) == 0 || r.Check == nil || r.Example == nil {
			t.Errorf("%s lacks sources, check or example", r.ID)
		}
		if r.Severity == Blocker && !r.Undecided && (r.Predicted == "" || r.Reporter == "") {
			t.Errorf("%s predicts nothing", r.ID)
		}
		if r.Remedies == nil || len(r.Remedies(remedy.Sample())) == 0 {
			t.Errorf("%s has no remedy", r.ID)
		}
		for _, l := range lang.All() {
			expectText(t, r, l, r.Example, nil)
			wellFormed(t, l, r.Meaning.In(l))
		}
		expectEvidence(t, r.Example, nil)
	}
}

// TestEveryFaultHasItsRule: a fault that no rule asks for would leave a broken
// webhook without a finding.
func TestEveryFaultHasItsRule(t *testing.T) {
	kinds := []facts.FaultKind{
		facts.IntermediateMissing, facts.LeafNotFirst, facts.UntrustedRoot, facts.TooDeep, facts.IntermediateExpired,
		facts.IntermediateNotYet, facts.RootExpired, facts.NotACA, facts.PathLength, facts.NameConstraint,
		facts.BadSignature, facts.IntermediateUsage, facts.ChainBudget, facts.SelfSigned, facts.Expired,
		facts.NotYetValid, facts.NameMismatch, facts.CommonNameIgnored, facts.IPNeedsSAN, facts.IPNeedsCommonName,
		facts.Usage, facts.CriticalExtension, facts.Unparsable, facts.WeakKey, facts.WeakSignature,
		facts.UploadNotNeeded, facts.UploadNotAnAnchor, facts.UploadOther, facts.UploadNotPEM, facts.UploadEmpty,
		facts.UploadTooBig, facts.UploadRejected,
	}
	for _, k := range kinds {
		r := trustRule(t, string(k))
		if r.Severity != Blocker {
			t.Errorf("%s is no blocker", k)
		}
		// A fault may come without a certificate and without the chain that
		// it was found in; no rule may fall over that.
		f := newTrustWorld().Facts
		f.Chain = facts.Chain{RootIncluded: -1, Faults: []facts.Fault{{Kind: k, Position: -1}}}
		f.Leaf = nil
		if h := r.Check(f); h == nil {
			t.Errorf("%s does not fire without a certificate", k)
		} else if _, _, err := r.Texts(lang.RU, h.Args); err != nil {
			t.Error(err)
		}
	}
}

// TestWouldFailPhrases: what would still fail after an upload is told in
// words, whichever fault it is.
func TestWouldFailPhrases(t *testing.T) {
	for _, r := range trustRules() {
		afterUpload := r.Stage == StageCertificate && r.ID != "cert.self_signed" ||
			r.Stage == StageChain && r.ID != "chain.intermediate_missing" && r.ID != "chain.leaf_not_first"
		if r.Severity != Blocker || !afterUpload {
			continue
		}
		for _, l := range lang.All() {
			if got := faultPhrases(l, []string{r.ID}); got == r.ID {
				t.Errorf("%s has no %s phrase", r.ID, l)
			} else {
				wellFormed(t, l, got)
			}
		}
	}
	if got := faultPhrases(lang.EN, []string{"cert.expired", "cert.usage"}); !strings.Contains(got, "; ") {
		t.Errorf("two faults are not told apart: %q", got)
	}
}

// TestRootCauseOrder: the ranks put what explains more before what it
// explains.
func TestRootCauseOrder(t *testing.T) {
	order := []string{
		"upload.too_big", "upload.empty", "upload.not_pem", "upload.not_needed", "upload.different_certificate",
		"chain.leaf_not_first", "cert.unparsable", "cert.self_signed", "chain.intermediate_missing", "chain.untrusted_root",
		"chain.intermediate_expired", "cert.name_mismatch", "cert.expired", "cert.usage", "cert.weak_key",
	}
	last := math.MinInt
	for _, id := range order {
		r := trustRule(t, id)
		if r.Rank <= last {
			t.Errorf("%s has rank %d after %d", id, r.Rank, last)
		}
		last = r.Rank
	}
}

// TestHostileValues: a stranger's subject neither steers a terminal nor fills
// the page.
func TestHostileValues(t *testing.T) {
	w := newTrustWorld()
	w.leaf.Subject.Text = "CN = \x1b[2J\u202e{{.Cert}}" + strings.Repeat("A", 5000)
	w.fault(facts.Expired, w.leaf, 0, "")
	hit := fired(w.Facts)["cert.expired"]
	title, detail, err := trustRule(t, "cert.expired").Texts(lang.EN, hit.Args)
	if err != nil {
		t.Fatal(err)
	}
	if text := title + detail; len(text) > 2000 || strings.ContainsAny(text, "\x1b\u202e") {
		t.Errorf("hostile subject comes through: %q", text)
	}
}

// TestRemediesFollowTheSituation: an upload is offered first only where it
// would help, and a self-signed certificate is not renewed with certbot.
func TestRemediesFollowTheSituation(t *testing.T) {
	first := func(id string, change func(*remedy.Params)) string {
		p := remedy.Sample()
		p.Upload = "leaf"
		change(p)
		return trustRule(t, id).Remedies(p)[0].ID
	}
	upload := first("cert.self_signed", func(p *remedy.Params) { p.SelfSigned = true })
	remake := first("cert.self_signed", func(p *remedy.Params) { p.SelfSigned, p.WouldFail = true, []string{"cert.ip_needs_common_name"} })
	if !strings.HasPrefix(upload, "telegram.") || !strings.HasPrefix(remake, "openssl.") {
		t.Errorf("first remedies %s and %s", upload, remake)
	}
	for _, id := range []string{"cert.expired", "cert.name_mismatch", "cert.usage", "cert.weak_key"} {
		own := first(id, func(p *remedy.Params) { p.SelfSigned = true })
		public := first(id, func(*remedy.Params) {})
		if !strings.HasPrefix(own, "openssl.") || !strings.HasPrefix(public, "certbot.") {
			t.Errorf("%s: first remedies %s and %s", id, own, public)
		}
	}
}
