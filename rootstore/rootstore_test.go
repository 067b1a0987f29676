package rootstore_test

import (
	"testing"

	"hookcheck/internal/testpki"
	"hookcheck/rootstore"
)

func TestEmbedded(t *testing.T) {
	s, err := rootstore.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	both, dated := 0, 0
	for _, e := range s.All() {
		if !e.Cert.SelfSigned() {
			t.Errorf("%s is not self-signed", e.Cert.Subject.Text)
		}
		if len(e.Lists) == 2 {
			both++
		}
		if !e.DistrustAfter.IsZero() {
			dated++
		}
		if got := s.BySubject(e.Cert.Subject.Canonical); len(got) == 0 {
			t.Errorf("%s is not found by its subject", e.Cert.Subject.Text)
		}
	}
	if both < 80 || dated == 0 {
		t.Errorf("%d roots on both lists, %d with a distrust date", both, dated)
	}
	for _, in := range s.Infos() {
		if in.Source == "" || in.Date == "" || in.Count < 100 || in.Title.RU == "" {
			t.Errorf("list %s lacks something: %+v", in.Name, in)
		}
	}
}

func TestFind(t *testing.T) {
	s, err := rootstore.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	// ISRG Root X1, as letsencrypt.org publishes its fingerprint.
	const x1 = "96:BC:EC:06:26:49:76:F3:74:60:77:9A:CF:28:C5:A7:CF:E8:A3:C0:AA:E1:1A:8F:FC:EE:05:C0:BD:DF:08:C6"
	for _, text := range []string{x1, x1[:11], "isrg root x1"} {
		got := s.Find(text)
		if len(got) != 1 || len(got[0].Lists) != 2 {
			t.Errorf("Find(%q) found %d roots", text, len(got))
		}
	}
	if got := s.Find("no such authority"); len(got) != 0 {
		t.Errorf("found %d roots for a name that nobody has", len(got))
	}
}

func TestFromPEM(t *testing.T) {
	root := testpki.PublicRoot()
	s, err := rootstore.FromPEM("roots.pem", root.PEM())
	if err != nil {
		t.Fatal(err)
	}
	if l := s.ListsOf(s.All()[0].Cert); len(l) != 1 || l[0] != rootstore.Given {
		t.Errorf("lists of a given root: %v", l)
	}
	if s.List(rootstore.Documented) != nil {
		t.Error("a given bundle has a documented list")
	}
	for _, junk := range []string{"", "junk", "\x00\xff\x30\x82", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"} {
		if _, err := rootstore.FromPEM("junk", []byte(junk)); err == nil {
			t.Errorf("junk %q was taken for roots", junk)
		}
	}
}

func BenchmarkEmbedded(b *testing.B) {
	for b.Loop() {
		if _, err := rootstore.Embedded(); err != nil {
			b.Fatal(err)
		}
	}
}
