package report

import (
	"slices"
	"testing"

	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
	"hookcheck/internal/testpki"
	"hookcheck/rootstore"
)

func TestChanges(t *testing.T) {
	roots, err := rootstore.FromPEM("roots.pem", testpki.PublicRoot().PEM())
	if err != nil {
		t.Fatal(err)
	}
	ca, root, private := testpki.PublicCA(), testpki.PublicRoot(), testpki.PrivateRoot()
	leaf := ca.Leaf(testpki.Host)
	sub := ca.Intermediate("Sub")
	deep := sub.Leaf(testpki.Host)
	const url = "http://ca.example.net/1.der"
	for name, c := range map[string]struct {
		sent    []*testpki.Node
		fetched []*testpki.Node
		en, ru  []string
	}{
		"nothing":  {sent: []*testpki.Node{leaf, ca}},
		"no chain": {sent: []*testpki.Node{leaf}},
		"fetched": {
			sent: []*testpki.Node{leaf}, fetched: []*testpki.Node{ca},
			en: []string{"added: O = Hookcheck Test, CN = Hookcheck Public CA 1 (from " + url + ")"},
			ru: []string{"добавлен: O = Hookcheck Test, CN = Hookcheck Public CA 1 (взят с " + url + ")"},
		},
		"tidied": {
			sent: []*testpki.Node{deep, ca, sub, root, ca, private},
			en: []string{
				"put in order: each certificate is followed by its issuer",
				"left out, a root: no. 4", "left out, a duplicate: no. 5", "left out, of another chain: no. 6",
			},
			ru: []string{
				"порядок исправлен: за каждым сертификатом следует его издатель",
				"убран корневой: № 4", "убран повтор: № 5", "убран посторонний: № 6",
			},
		},
	} {
		ev := &evidence.Evidence{Kind: evidence.Files, CheckedAt: testpki.Epoch, Presented: testpki.DERs(c.sent...), Files: &evidence.FileInput{}}
		if c.fetched != nil {
			ev.Fetched = []evidence.Fetched{{URL: url, Certificates: testpki.DERs(c.fetched...)}}
		}
		f := facts.Derive(ev, roots)
		for l, want := range map[lang.Lang][]string{lang.EN: c.en, lang.RU: c.ru} {
			if got := changes(f, l); !slices.Equal(got, want) {
				t.Errorf("%s, %s:\ngot  %q\nwant %q", name, l, got, want)
			}
		}
	}
}
