package testpki_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"hookcheck/internal/testpki"
)

// TestFixturesAreFresh: the committed files are what the generator makes, to
// the byte.
func TestFixturesAreFresh(t *testing.T) {
	cases := testpki.Cases()
	if len(cases) < 50 {
		t.Fatalf("only %d fixtures", len(cases))
	}
	for _, c := range cases {
		want := map[string][]byte{"case.txt": c.CaseText(), "chain.pem": c.ChainText()}
		if c.Upload != nil {
			want["upload.pem"] = c.Upload
		}
		for name, data := range want {
			got, err := os.ReadFile(filepath.Join("../../testdata/certs", c.Name, name))
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, data) {
				t.Errorf("%s/%s is stale: go generate ./internal/testpki", c.Name, name)
			}
		}
	}
}
