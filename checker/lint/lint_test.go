package lint

import (
	"cmp"
	"context"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	zx509 "github.com/zmap/zcrypto/x509"
	zlint "github.com/zmap/zlint/v3/lint"

	"hookcheck/checker/cert"
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
	"hookcheck/internal/testpki"
	"hookcheck/rootstore"
)

func derived(t *testing.T, ders ...[]byte) *facts.Facts {
	t.Helper()
	roots, err := rootstore.FromPEM("test roots", testpki.PublicRoot().PEM())
	if err != nil {
		t.Fatal(err)
	}
	ev := &evidence.Evidence{Kind: evidence.Files, CheckedAt: testpki.Epoch, Presented: ders, Files: &evidence.FileInput{}}
	return facts.Derive(ev, roots)
}

// patient has time enough on the slowest machine: the first certificate of a
// curve makes zlint compute a table.
func patient() *Linter {
	l := New()
	l.time = time.Minute
	return l
}

func run(t *testing.T, l *Linter, f *facts.Facts) []facts.Lint {
	t.Helper()
	return l.Run(t.Context(), f)
}

func ids(found []facts.Lint) []string {
	var out []string
	for _, x := range found {
		out = append(out, x.ID)
	}
	return out
}

func TestSourcesByKindOfCertificate(t *testing.T) {
	l := patient()
	ca := testpki.PublicCA()
	public := run(t, l, derived(t, ca.Leaf(testpki.Host).DER, ca.DER))
	if !slices.Contains(ids(public), "e_sub_cert_aia_missing") || !slices.Contains(ids(public), "e_ca_country_name_missing") {
		t.Errorf("a chain to a public root is not judged by the rules for public CAs: %v", ids(public))
	}
	for _, x := range run(t, l, derived(t, testpki.SelfSigned([]string{testpki.Host}).DER)) {
		if x.Source == "CABF_BR" || x.Source == "Mozilla" || x.Source == "Apple" {
			t.Errorf("a self-signed certificate is judged by a rule for public CAs: %s", x.ID)
		}
	}
	private := testpki.PrivateRoot().Intermediate("Private CA")
	for _, x := range run(t, l, derived(t, private.Leaf(testpki.Host).DER, private.DER, testpki.PrivateRoot().DER)) {
		if strings.HasPrefix(x.Source, "CABF") {
			t.Errorf("a private CA is judged by a rule for public CAs: %s", x.ID)
		}
	}
}

func TestCutShortPublicChain(t *testing.T) {
	dv := testpki.Edit(func(x *x509.Certificate) {
		oid, err := x509.OIDFromInts([]uint64{2, 23, 140, 1, 2, 1})
		if err != nil {
			t.Fatal(err)
		}
		x.Policies = []x509.OID{oid}
	})
	f := derived(t, testpki.Root("Some Public Root").Intermediate("Some Public CA").LeafWith([]string{testpki.Host}, dv).DER)
	if got := ids(run(t, patient(), f)); !slices.Contains(got, "e_sub_cert_aia_missing") {
		t.Errorf("a domain-validated certificate without its chain is judged as private: %v", got)
	}
}

func TestEffectiveDates(t *testing.T) {
	long := func(year int) []string {
		from := time.Date(year, 1, 10, 0, 0, 0, 0, time.UTC)
		leaf := testpki.PublicCA().LeafWith([]string{testpki.Host}, testpki.Valid(from, from.AddDate(0, 0, 380)))
		f := derived(t, leaf.DER, testpki.PublicCA().DER)
		return ids(run(t, patient(), f))
	}
	const rule = "e_server_cert_valid_time_longer_than_200_days"
	if got := long(2027); !slices.Contains(got, rule) {
		t.Errorf("380 days from 2027 pass: %v", got)
	}
	if got := long(2024); slices.Contains(got, rule) {
		t.Errorf("the 200-day rule is applied to a certificate of 2024: %v", got)
	}
}

func TestOrderAndRepetition(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.Leaf(testpki.Host)
	l := patient()
	found := run(t, l, derived(t, leaf.DER, ca.DER, ca.DER))
	sorted := slices.IsSortedFunc(found, func(a, b facts.Lint) int {
		return cmp.Or(cmp.Compare(a.Certificate, b.Certificate), cmp.Compare(weight(a.Status), weight(b.Status)), cmp.Compare(a.ID, b.ID))
	})
	if !sorted {
		t.Errorf("not in order: %v", found)
	}
	for _, x := range found {
		if x.Certificate == 2 {
			t.Errorf("a duplicate is linted again: %v", x)
		}
		if !slices.Contains(facts.LintGroups(), x.Group) {
			t.Errorf("%s: group %q", x.ID, x.Group)
		}
	}
	if again := run(t, l, derived(t, leaf.DER, ca.DER, ca.DER)); !reflect.DeepEqual(found, again) {
		t.Error("the same certificates give another result")
	}
}

// TestContained runs lints that panic, hang and fail among sound ones.
func TestContained(t *testing.T) {
	release := make(chan struct{})
	defer close(release)
	sound := func(name string) check {
		return check{name: name, source: "test", run: func(*zx509.Certificate) (zlint.LintStatus, string) { return zlint.Error, "x\x1b[31m" }}
	}
	panics := check{name: "b", run: func(*zx509.Certificate) (zlint.LintStatus, string) { panic("lint") }}
	hangs := check{name: "d", run: func(*zx509.Certificate) (zlint.LintStatus, string) { <-release; return zlint.Error, "" }}
	f := derived(t, testpki.SelfSigned([]string{testpki.Host}).DER)

	l := &Linter{private: []check{sound("a"), panics, sound("c")}, time: time.Minute, seats: make(chan struct{}, 1)}
	found := run(t, l, f)
	if !slices.Equal(ids(found), []string{"a", "c"}) {
		t.Errorf("around a panic: %v", ids(found))
	}
	if strings.ContainsRune(found[0].Detail, 0x1b) {
		t.Errorf("a control character stays: %q", found[0].Detail)
	}
	l = &Linter{private: []check{sound("a"), hangs}, time: 50 * time.Millisecond, seats: make(chan struct{}, 1)}
	for range 2 { // the second time no seat is free
		if found = run(t, l, f); !slices.Equal(ids(found), []string{facts.NotLinted}) || found[0].Detail != tooSlow {
			t.Errorf("with a lint that hangs: %v", found)
		}
	}
}

// TestHostile: what would cost seconds or panic in the linter's parser never
// reaches it.
func TestHostile(t *testing.T) {
	huge := testpki.SelfSigned([]string{testpki.Host})
	spki := mustMarshal(t, struct {
		Algorithm pkix.AlgorithmIdentifier
		Key       asn1.BitString
	}{pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}, Parameters: asn1.NullRawValue}, bits(mustMarshal(t, struct{ N, E *big.Int }{
		new(big.Int).SetBit(big.NewInt(1), 16000, 1), new(big.Int).SetBit(big.NewInt(1), 15000, 1),
	}))})
	short := mustMarshal(t, struct {
		Algorithm pkix.AlgorithmIdentifier
		Key       asn1.BitString
	}{pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 3, 101, 112}}, bits([]byte{1, 2, 3})})
	for name, key := range map[string][]byte{"giant exponent": spki, "short Ed25519": short} {
		der := withSPKI(t, huge.DER, key)
		c, err := cert.Parse(der)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		f := &facts.Facts{Ev: &evidence.Evidence{}}
		f.Chain.Presented = []facts.Presented{{Cert: c, DER: der}}
		found := run(t, patient(), f)
		if !slices.Equal(ids(found), []string{facts.NotLinted}) || found[0].Detail != hostile {
			t.Errorf("%s: %v", name, found)
		}
	}
	if _, err := parse([]byte{0x30, 0x03, 0x02, 0x01}); err == nil {
		t.Error("half a certificate is parsed")
	}
}

func bits(b []byte) asn1.BitString { return asn1.BitString{Bytes: b, BitLength: 8 * len(b)} }

func mustMarshal(t *testing.T, v any) []byte {
	t.Helper()
	der, err := asn1.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

// withSPKI puts another public key into a certificate.
func withSPKI(t *testing.T, der, spki []byte) []byte {
	t.Helper()
	var outer struct {
		TBS struct {
			Version           int `asn1:"explicit,tag:0"`
			Serial            *big.Int
			Algorithm         pkix.AlgorithmIdentifier
			Issuer            asn1.RawValue
			Validity, Subject asn1.RawValue
			PublicKey         asn1.RawValue
			Extensions        asn1.RawValue `asn1:"tag:3,explicit"`
		}
		Algorithm pkix.AlgorithmIdentifier
		Signature asn1.BitString
	}
	if _, err := asn1.Unmarshal(der, &outer); err != nil {
		t.Fatal(err)
	}
	outer.TBS.PublicKey = asn1.RawValue{FullBytes: spki}
	return mustMarshal(t, outer)
}

// TestFrequentLintsHaveWords counts what fires on all fixtures.
func TestFrequentLintsHaveWords(t *testing.T) {
	counts := map[string]int{}
	l := patient()
	for _, c := range testpki.Cases() {
		for _, x := range run(t, l, derived(t, c.Chain...)) {
			counts[x.ID]++
		}
	}
	var frequent []string
	for id := range counts {
		frequent = append(frequent, id)
	}
	slices.SortFunc(frequent, func(a, b string) int { return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a, b)) })
	if len(frequent) < 30 {
		t.Fatalf("only %d lints fire on the fixtures", len(frequent))
	}
	for _, id := range frequent[:30] {
		if _, ok := words[id]; !ok && id != facts.NotLinted {
			t.Errorf("%s fires %d times and has no words", id, counts[id])
		}
	}
}

func TestWords(t *testing.T) {
	known := map[string]bool{}
	for _, c := range New().public {
		known[c.name] = true
	}
	for _, id := range Worded() {
		if !known[id] && !strings.HasPrefix(id, facts.NotLinted+".") {
			t.Errorf("%s: no such lint", id)
		}
		w := words[id]
		cyrillic := func(s string) bool {
			return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
		}
		if w.EN == "" || cyrillic(w.EN) || !cyrillic(w.RU) {
			t.Errorf("%s: %q / %q", id, w.EN, w.RU)
		}
	}
	plain := facts.Lint{ID: "e_of_no_fame", Detail: "zlint's text"}
	if got := Describe(lang.RU, plain); got != "zlint's text" {
		t.Errorf("a rare lint: %q", got)
	}
}

// TestLate: a certificate that there was no time for is left out by a replay
// too, however much time that has, and nothing of it half.
func TestLate(t *testing.T) {
	f := derived(t, testpki.SelfSigned([]string{testpki.Host}).DER)
	done, cancel := context.WithCancel(context.Background())
	cancel()
	l := New()
	found := l.Run(done, f)
	late := Late(found)
	if !slices.Equal(ids(found), []string{facts.NotLinted}) || !slices.Equal(late, []int{0}) {
		t.Fatalf("without time: %v, late %v", ids(found), late)
	}
	whole := l.Run(context.Background(), f)
	if len(whole) < 2 || len(Late(whole)) != 0 {
		t.Fatalf("with time: %v", ids(whole))
	}
	f.Ev.Request.LintLate = late
	if again := l.Patient().Run(context.Background(), f); !slices.Equal(again, found) {
		t.Errorf("the replay says %v, the check said %v", again, found)
	}
}
