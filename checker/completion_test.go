package checker

import (
	"context"
	"crypto/tls"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/smallstep/pkcs7"

	"hookcheck/checker/probe"
	"hookcheck/checker/report"
	"hookcheck/checker/target"
	"hookcheck/internal/lang"
	"hookcheck/internal/testpki"
	"hookcheck/rootstore"
)

// caServer is a CA's web server: paths and what lies there.
type caServer struct {
	mux *http.ServeMux
	url string
}

func newCA(t *testing.T) caServer {
	t.Helper()
	mux := http.NewServeMux()
	s := httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return caServer{mux, s.URL}
}

func (s caServer) give(path string, body []byte) string {
	s.mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) })
	return s.url + path
}

func p7c(t *testing.T, nodes ...*testpki.Node) []byte {
	t.Helper()
	var all []byte
	for _, n := range nodes {
		all = append(all, n.DER...)
	}
	out, err := pkcs7.DegenerateCertificate(all)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// checkServer checks a server that presents these certificates.
func checkServer(t *testing.T, key *testpki.Node, presented ...[]byte) *report.Report {
	t.Helper()
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	s.TLS = &tls.Config{Certificates: []tls.Certificate{{Certificate: presented, PrivateKey: key.Key}}, MinVersion: tls.VersionTLS12}
	s.StartTLS()
	t.Cleanup(s.Close)
	roots, err := rootstore.FromPEM("roots.pem", testpki.PublicRoot().PEM())
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return testpki.Epoch }
	c := &Checker{Roots: roots, GivenRoots: true, Clock: now, Prober: probe.New(probe.Options{Guard: probe.Guard{AllowPrivate: true}, Now: now})}
	tg, err := target.Parse("https://" + testpki.Host + ":8443/")
	if err != nil {
		t.Fatal(err)
	}
	res, err := c.Check(context.Background(), CheckRequest{Target: tg, ConnectTo: s.Listener.Addr().String(), AnyPort: true})
	if err != nil {
		t.Fatal(err)
	}
	r, err := res.Report(lang.EN)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestCompletion: from whatever a CA's web server gives, the chain is built,
// and a server that presents it works.
func TestCompletion(t *testing.T) {
	ca := newCA(t)
	sub := testpki.PublicCA()
	deep := testpki.PublicCA().Intermediate("Deep CA", testpki.AIA(ca.give("/above", sub.DER)))
	mid := testpki.Root("Elder Root").Intermediate("Some Mid")
	ring := []*testpki.Node{
		sub.Twin(testpki.Root("Ring 1"), testpki.AIA(ca.url+"/ring2")),
		testpki.Root("Ring 2").Intermediate("Ring 1", testpki.WithKey(testpki.ECKey("Ring 1")), testpki.AIA(ca.url+"/ring3")),
	}
	ca.give("/ring2", ring[1].DER)
	ca.give("/ring3", ring[1].DER)
	for name, c := range map[string]struct {
		by   *testpki.Node
		aia  []string
		want []*testpki.Node // above the leaf
	}{
		"DER":                  {sub, []string{ca.give("/der", sub.DER)}, []*testpki.Node{sub}},
		"PEM":                  {sub, []string{ca.give("/pem", sub.PEM())}, []*testpki.Node{sub}},
		"P7C with the root":    {sub, []string{ca.give("/p7c", p7c(t, testpki.PublicRoot(), sub))}, []*testpki.Node{sub}},
		"two links":            {deep, []string{ca.give("/deep", deep.DER)}, []*testpki.Node{deep, sub}},
		"the wrong one first":  {sub, []string{ca.give("/wrong", mid.DER), ca.give("/right", sub.DER)}, []*testpki.Node{sub}},
		"a twin to another CA": {sub, []string{ca.give("/twins", p7c(t, sub.Twin(testpki.Root("Elder Root")), sub))}, []*testpki.Node{sub}},
		"a ring, then the one": {sub, []string{ca.give("/ring", ring[0].DER), ca.give("/out", sub.DER)}, []*testpki.Node{sub}},
		"a ring":               {sub, []string{ca.give("/only-ring", ring[0].DER)}, nil},
		"the wrong one":        {sub, []string{ca.give("/only-wrong", mid.DER)}, nil},
		"nothing there":        {sub, []string{ca.url + "/missing"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			leaf := c.by.LeafWith([]string{testpki.Host}, testpki.AIA(c.aia...))
			r := checkServer(t, leaf, leaf.DER)
			if r.Verdict != report.Fails || len(r.Findings) == 0 || r.Findings[0].ID != "chain.intermediate_missing" {
				t.Fatalf("%s: %+v", r.Verdict, r.Findings)
			}
			if c.want == nil {
				if r.Chain.CorrectedPEM != "" || len(r.Chain.Missing) == 0 || r.Chain.Missing[0].Subject == "" || len(r.Chain.Missing[0].AIA) != len(c.aia) {
					t.Errorf("missing %+v, offered %q", r.Chain.Missing, r.Chain.CorrectedPEM)
				}
				return
			}
			if want := string(testpki.Bundle(append([]*testpki.Node{leaf}, c.want...)...)); r.Chain.CorrectedPEM != want {
				t.Fatalf("offers another chain:\n%s", r.Chain.CorrectedPEM)
			}
			if again := checkServer(t, leaf, blocks(r.Chain.CorrectedPEM)...); again.Verdict != report.Works {
				t.Errorf("with the offered chain: %s", again.Summary)
			}
		})
	}
}

func blocks(text string) (out [][]byte) {
	for b, rest := pem.Decode([]byte(text)); b != nil; b, rest = pem.Decode(rest) {
		out = append(out, b.Bytes)
	}
	return out
}

// TestCompletionFromTheUpload: what was handed to setWebhook may hold the link
// that the server does not send.
func TestCompletionFromTheUpload(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.Leaf(testpki.Host)
	res, err := offline(t).CheckFiles(t.Context(), FilesRequest{
		Files:       []File{{Name: "leaf.pem", Data: leaf.PEM()}},
		Certificate: &File{Name: "up.pem", Data: ca.PEM()},
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := res.Report(lang.EN)
	if err != nil {
		t.Fatal(err)
	}
	if r.Chain.CorrectedPEM != string(testpki.Bundle(leaf, ca)) {
		t.Errorf("offers %q", r.Chain.CorrectedPEM)
	}
	ids := make([]string, len(r.Findings))
	for i, f := range r.Findings {
		ids[i] = f.ID
	}
	if !slices.Contains(ids, "chain.intermediate_missing") {
		t.Errorf("found %v", ids)
	}
}

// TestCompletionOfAWrongTwin: of two certificates of one name and key the one
// that leads nowhere is sent first, and OpenSSL never tries the other.
func TestCompletionOfAWrongTwin(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.Leaf(testpki.Host)
	elsewhere := ca.Twin(testpki.Root("Elder Root"))
	r := checkServer(t, leaf, leaf.DER, elsewhere.DER, ca.DER)
	if r.Verdict != report.Fails || len(r.Findings) == 0 || r.Findings[0].ID != "chain.intermediate_missing" {
		t.Fatalf("%s: %+v", r.Verdict, r.Findings)
	}
	if r.Chain.CorrectedPEM != string(testpki.Bundle(leaf, ca)) {
		t.Errorf("offers %s", r.Chain.CorrectedPEM)
	}
	if want := []string{"left out, not needed: no. 2"}; !slices.Equal(r.Chain.Changes, want) {
		t.Errorf("changes %q", r.Chain.Changes)
	}
}

// TestCompletionOfFiles: what a file lacks is fetched as for a server, unless
// that is not wanted, and the chain that comes of it works.
func TestCompletionOfFiles(t *testing.T) {
	ca := newCA(t)
	sub := testpki.PublicCA()
	leaf := sub.LeafWith([]string{testpki.Host}, testpki.AIA(ca.give("/sub.p7c", p7c(t, testpki.PublicRoot(), sub))))
	c := offline(t)
	c.Prober = probe.New(probe.Options{Guard: probe.Guard{AllowPrivate: true}})
	for _, tt := range []struct {
		offline bool
		want    string
	}{{false, string(testpki.Bundle(leaf, sub))}, {true, ""}} {
		res, err := c.CheckFiles(t.Context(), FilesRequest{Files: []File{{Name: "leaf.pem", Data: leaf.PEM()}}, Offline: tt.offline})
		if err != nil {
			t.Fatal(err)
		}
		r, err := res.Report(lang.EN)
		if err != nil {
			t.Fatal(err)
		}
		if r.Verdict != report.Fails || r.Findings[0].ID != "chain.intermediate_missing" || r.Chain.CorrectedPEM != tt.want {
			t.Errorf("offline %v: %s, offers %q", tt.offline, r.Verdict, r.Chain.CorrectedPEM)
		}
	}
	res, err := c.CheckFiles(t.Context(), FilesRequest{Files: []File{{Name: "whole.pem", Data: testpki.Bundle(leaf, sub)}}})
	if err != nil {
		t.Fatal(err)
	}
	if r, err := res.Report(lang.EN); err != nil || r.Verdict != report.Works || len(res.Evidence.Fetched) > 0 {
		t.Errorf("the whole chain: %v, %v", r.Verdict, err)
	}
}
