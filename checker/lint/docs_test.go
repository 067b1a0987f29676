package lint

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hookcheck/internal/lang"
)

var update = flag.Bool("update", false, "write docs/lint.md anew")

// TestDocsAreFresh keeps docs/lint.md in step with the words in the code.
func TestDocsAreFresh(t *testing.T) {
	file := filepath.Join("..", "..", "docs", "lint.md")
	want := page()
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/lint.md is stale: go test ./checker/lint -run Docs -update writes it")
	}
}

func page() string {
	var b strings.Builder
	l := New()
	source, group := map[string]string{}, map[string]string{}
	for _, c := range l.public {
		source[c.name], group[c.name] = c.source, groupOf(c.name)
	}
	fmt.Fprintf(&b, `# Lint

`+"`--lint`"+` runs [zlint](https://github.com/zmap/zlint) over every presented certificate. It is advice: Telegram
minds none of it, and it never changes the verdict. A rule is applied only to certificates that were
issued while it was in force.

- Publicly trusted certificates, and those that claim to be by their policy or their timestamps, are
  held to %d lints: the RFCs, the CA/Browser Forum's requirements, the policies of Mozilla, Apple and
  Chrome, and those of zlint's community.
- Self-signed certificates and those of a private CA are held to %d: the RFCs and the community's.

The lints that fire most have words of our own, below; the others show zlint's text. Left out are:

`, len(l.public), len(l.private))
	for _, id := range []string{"e_cert_issued_by_compromised_emudhra_ca", "w_sub_cert_aia_contains_internal_names"} {
		fmt.Fprintf(&b, "- `%s`: %s\n", id, leftOut[id])
	}
	fmt.Fprintf(&b, "\n| lint | rule of | about | English | Russian |\n|---|---|---|---|---|\n")
	for _, id := range Worded() {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", id, source[id], group[id], words[id].In(lang.EN), words[id].In(lang.RU))
	}
	return b.String()
}
