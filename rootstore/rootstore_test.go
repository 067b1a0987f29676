package rootstore

import (
	"bytes"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/crypto/x509roots/fallback/bundle"

	"hookcheck/checker/cert"
	"hookcheck/rootstore/index"
)

func embedded(t testing.TB) *Store {
	t.Helper()
	s, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The index is made from the certificates by a command; both have to agree,
// and the keys have to be those of today's code.
func TestIndexAgreesWithCertificates(t *testing.T) {
	var x index.Index
	if err := json.Unmarshal(indexJSON, &x); err != nil {
		t.Fatal(err)
	}
	end := 0
	for _, r := range x.Roots {
		if r.Offset != end {
			t.Fatalf("%s: offset %d, want %d", r.Subject, r.Offset, end)
		}
		end += r.Length
		c, err := cert.Parse(rootsDER[r.Offset:end])
		if err != nil {
			t.Fatalf("%s: %v", r.Subject, err)
		}
		sum := sha256.Sum256(rootsDER[r.Offset:end])
		if hex.EncodeToString(sum[:]) != r.SHA256 || c.SHA256 != r.SHA256 || c.Trailing != 0 ||
			c.Subject.Text != r.Subject || index.Key(c.Subject.Canonical) != r.Key {
			t.Errorf("%s: the index is stale, run go generate ./rootstore", r.Subject)
		}
		if len(r.Lists) == 0 || !c.SelfIssued() {
			t.Errorf("%s: lists %v", r.Subject, r.Lists)
		}
		if _, err := x509.ParseCertificate(rootsDER[r.Offset:end]); err != nil {
			t.Errorf("%s: %v", r.Subject, err)
		}
	}
	if end != len(rootsDER) {
		t.Errorf("%d bytes are in no root", len(rootsDER)-end)
	}
}

func TestMozillaIsTheModulesList(t *testing.T) {
	s := embedded(t)
	count := 0
	for r := range bundle.Roots() {
		count++
		c, err := cert.Parse(r.Certificate)
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Contains(s.ListsOf(c), Mozilla) {
			t.Errorf("%s is missing: run go generate ./rootstore", c.Subject.Text)
		}
		after := s.DistrustAfter(c)
		if (r.Constraint != nil) != !after.IsZero() {
			t.Errorf("%s: distrusted after %v", c.Subject.Text, after)
		}
		if r.Constraint != nil {
			ok, bad := &x509.Certificate{NotBefore: after}, &x509.Certificate{NotBefore: after.Add(time.Second)}
			if r.Constraint([]*x509.Certificate{ok}) != nil || r.Constraint([]*x509.Certificate{bad}) == nil {
				t.Errorf("%s: %v is not the date", c.Subject.Text, after)
			}
		}
	}
	if i := s.Infos()[0]; i.Name != Mozilla || i.Count != count || count < 100 {
		t.Errorf("%+v for %d roots", i, count)
	}
}

func TestInfos(t *testing.T) {
	infos := embedded(t).Infos()
	if len(infos) != 2 || infos[1].Name != Documented {
		t.Fatalf("%+v", infos)
	}
	for _, i := range infos {
		if _, err := time.Parse(time.DateOnly, i.Date); err != nil || i.Source == "" || i.Title.EN == "" || i.Title.RU == "" || i.Count < 100 {
			t.Errorf("%+v", i)
		}
	}
	if infos[0].Date <= infos[1].Date {
		t.Errorf("the documented list of %s is not older than Mozilla's of %s", infos[1].Date, infos[0].Date)
	}
}

func TestBySubject(t *testing.T) {
	s := embedded(t)
	for _, e := range s.All() {
		if !holds(s.BySubject(e.Subject.Canonical), e.Cert) {
			t.Errorf("%s is not found by its subject", e.Subject.Text)
		}
		for _, name := range []string{Mozilla, Documented} {
			if holds(s.List(name).BySubject(e.Subject.Canonical), e.Cert) != slices.Contains(e.Lists, name) {
				t.Errorf("%s on %s: lists %v", e.Subject.Text, name, e.Lists)
			}
		}
		if !slices.Equal(s.ListsOf(e.Cert), e.Lists) || !s.DistrustAfter(e.Cert).Equal(e.DistrustAfter) {
			t.Errorf("%s: lists %v, %v", e.Subject.Text, s.ListsOf(e.Cert), e.Lists)
		}
	}
	if got := s.BySubject([]byte("nobody")); len(got) != 0 {
		t.Errorf("%d roots for nobody", len(got))
	}
	if s.List("given") != nil {
		t.Error("a list that is not there must be a nil interface")
	}
	stranger := &cert.Cert{SHA256: strings.Repeat("0", 64)}
	if s.ListsOf(stranger) != nil || !s.DistrustAfter(stranger).IsZero() {
		t.Error("a stranger is on a list")
	}
}

func holds(list []*cert.Cert, c *cert.Cert) bool {
	return slices.ContainsFunc(list, func(o *cert.Cert) bool { return o.SHA256 == c.SHA256 })
}

func TestFind(t *testing.T) {
	s := embedded(t)
	const isrgX1 = "96:BC:EC:06:26:49:76:F3:74:60:77:9A:CF:28:C5:A7:CF:E8:A3:C0:AA:E1:1A:8F:FC:EE:05:C0:BD:DF:08:C6"
	for text, want := range map[string]string{
		"isrg root x1":  "ISRG Root X1",
		"ISRG x2":       "ISRG Root X2",
		isrgX1:          "ISRG Root X1",
		isrgX1[:14]:     "ISRG Root X1",
		"96bcec062649":  "ISRG Root X1",
		"96BC EC06":     "ISRG Root X1",
		"GTS Root R4":   "GTS Root R4",
		"digicert g2":   "DigiCert",
		"no such thing": "",
	} {
		got := s.Find(text)
		if (want == "") != (len(got) == 0) {
			t.Errorf("Find(%q): %d roots", text, len(got))
		}
		for _, e := range got {
			if !strings.Contains(e.Subject.Text, want) {
				t.Errorf("Find(%q): %s", text, e.Subject.Text)
			}
		}
	}
	if all := s.Find(""); len(all) != len(s.All()) || len(all) != len(s.DER()) {
		t.Errorf("Find of nothing: %d roots", len(all))
	}
}

func TestDERIsACopy(t *testing.T) {
	s := embedded(t)
	ders := s.DER()
	ders[0][0] = 0
	if bytes.Equal(ders[0], s.DER()[0]) {
		t.Error("the store can be changed from outside")
	}
}

func TestManyReaders(t *testing.T) {
	s := embedded(t)
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			for _, e := range s.All() {
				s.BySubject(e.Subject.Canonical)
			}
		})
	}
	wait.Wait()
}

func TestBrokenIndex(t *testing.T) {
	for _, r := range []index.Root{{Offset: -1, Length: 1}, {Offset: 0, Length: 11}, {Offset: 11, Length: 1}, {Offset: 1 << 62, Length: 1 << 62}, {}} {
		if _, err := fromIndex(index.Index{Roots: []index.Root{r}}, make([]byte, 10)); err == nil {
			t.Errorf("%+v passes", r)
		}
	}
}

func BenchmarkEmbedded(b *testing.B) {
	for b.Loop() {
		if _, err := Embedded(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkEmbeddedAll(b *testing.B) {
	for b.Loop() {
		embedded(b).All()
	}
}
