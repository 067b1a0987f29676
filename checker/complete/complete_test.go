package complete

import (
	"crypto/x509"
	"math/big"
	"slices"
	"testing"

	"hookcheck/checker/cert"
	"hookcheck/checker/verify"
	"hookcheck/internal/testpki"
)

// world is a leaf, what is at hand, and a trusted root.
type world struct {
	leaf       *testpki.Node
	candidates []*testpki.Node
}

func find(t *testing.T, w world) Found {
	t.Helper()
	trusted := verify.NewStore([]*cert.Cert{read(t, testpki.PublicRoot())})
	var candidates []*cert.Cert
	for _, n := range w.candidates {
		candidates = append(candidates, read(t, n))
	}
	return Find(Input{
		Leaf: read(t, w.leaf), Candidates: candidates, Trusted: trusted,
		Ask: func(presented []*cert.Cert) verify.Result {
			return verify.Run(verify.Input{Leaf: presented[0], Untrusted: presented, Trusted: trusted, Now: testpki.Epoch, Host: testpki.Host})
		},
	})
}

func read(t *testing.T, n *testpki.Node) *cert.Cert {
	t.Helper()
	c, err := cert.Parse(n.DER)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func expect(t *testing.T, got Found, want ...*testpki.Node) {
	t.Helper()
	var names, wanted []string
	for _, c := range got.Chain {
		names = append(names, c.Subject.Text+" by "+c.Issuer.Text)
	}
	for _, n := range want {
		c := read(t, n)
		wanted = append(wanted, c.Subject.Text+" by "+c.Issuer.Text)
	}
	if !slices.Equal(names, wanted) {
		t.Errorf("got  %q\nwant %q", names, wanted)
	}
}

func TestShortestWay(t *testing.T) {
	sub := testpki.PublicCA().Intermediate("Sub CA")
	leaf := sub.Leaf(testpki.Host)
	direct := sub.Twin(testpki.PublicRoot())
	expect(t, find(t, world{leaf, []*testpki.Node{sub, testpki.PublicCA(), direct}}), leaf, direct)
	expect(t, find(t, world{leaf, []*testpki.Node{testpki.PublicCA(), sub}}), leaf, sub, testpki.PublicCA())
}

func TestTwins(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.Leaf(testpki.Host)
	elsewhere := ca.Twin(testpki.Root("Old Root"))
	expired := ca.Twin(testpki.PublicRoot(), testpki.Valid(testpki.Epoch.AddDate(-3, 0, 0), testpki.Epoch.AddDate(-1, 0, 0)))
	expect(t, find(t, world{leaf, []*testpki.Node{elsewhere, expired, ca}}), leaf, ca)
	expect(t, find(t, world{leaf, []*testpki.Node{elsewhere, expired}}), leaf, expired) // with its fault, which is named elsewhere
}

// TestFewestFaults: where no chain is without fault, the least bad one counts.
func TestFewestFaults(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.Leaf(testpki.Host)
	past := testpki.Valid(testpki.Epoch.AddDate(-3, 0, 0), testpki.Epoch.AddDate(-1, 0, 0))
	expired := ca.Twin(testpki.PublicRoot(), past)
	worse := ca.Twin(testpki.PublicRoot(), past, testpki.Edit(func(c *x509.Certificate) {
		c.SerialNumber = big.NewInt(7)
		c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageEmailProtection}
	}))
	for _, order := range [][]*testpki.Node{{expired, worse}, {worse, expired}} {
		got := find(t, world{leaf, order})
		if len(got.Chain) != 2 || got.Chain[1].SHA256 != read(t, expired).SHA256 {
			t.Errorf("chose a chain with %+v", got.Result.Problems)
		}
	}
}

func TestWrongKey(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.Leaf(testpki.Host)
	other := testpki.PublicRoot().Intermediate(ca.Cert.Subject.CommonName, testpki.WithKey(testpki.ECKey("another")),
		testpki.Edit(func(c *x509.Certificate) { c.SubjectKeyId = ca.Cert.SubjectKeyId }))
	expect(t, find(t, world{leaf, []*testpki.Node{other, ca}}), leaf, ca)
	if got := find(t, world{leaf, []*testpki.Node{other}}); got.Chain != nil {
		t.Error("a chain with a forged link is offered")
	}
}

func TestOpenEnds(t *testing.T) {
	root := testpki.Root("Unknown Root")
	mid := root.Intermediate("Unknown Mid")
	sub := mid.Intermediate("Unknown Sub")
	leaf := sub.Leaf(testpki.Host)
	twin := sub.Twin(testpki.Root("Old Root"))
	got := find(t, world{leaf, []*testpki.Node{sub, twin, root}})
	var open []string
	for _, c := range got.Open {
		open = append(open, c.Issuer.Text)
	}
	want := []string{read(t, mid).Subject.Text, "O = Hookcheck Test, CN = Old Root"}
	if got.Chain != nil || !slices.Equal(open, want) {
		t.Errorf("open at %q, want %q", open, want)
	}
}

// TestBounded: rings and crowds of one name end.
func TestBounded(t *testing.T) {
	a := testpki.Root("Ring A").Intermediate("Ring 1")
	b := a.Intermediate("Ring 2")
	ring := []*testpki.Node{a.Twin(b), b, b.Twin(a)}
	if got := find(t, world{a.Leaf(testpki.Host), ring}); got.Chain != nil {
		t.Error("a ring leads to a root")
	}
	ca := testpki.PublicCA()
	var crowd []*testpki.Node
	for i := range 80 {
		key := testpki.ECKey(string(rune('a'+i%26)) + string(rune('a'+i/26)))
		crowd = append(crowd, testpki.PublicRoot().Intermediate(ca.Cert.Subject.CommonName, testpki.WithKey(key),
			testpki.Edit(func(c *x509.Certificate) { c.SubjectKeyId = ca.Cert.SubjectKeyId })))
	}
	asked := 0
	leaf := read(t, ca.Leaf(testpki.Host))
	var candidates []*cert.Cert
	for _, n := range crowd {
		candidates = append(candidates, read(t, n))
	}
	trusted := verify.NewStore([]*cert.Cert{read(t, testpki.PublicRoot())})
	Find(Input{Leaf: leaf, Candidates: candidates, Trusted: trusted, Ask: func(p []*cert.Cert) verify.Result {
		asked++
		return verify.Run(verify.Input{Leaf: p[0], Untrusted: p, Trusted: trusted, Now: testpki.Epoch})
	}})
	if asked != maxAsked {
		t.Errorf("%d chains were verified, want %d", asked, maxAsked)
	}
}
