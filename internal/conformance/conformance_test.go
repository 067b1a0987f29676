package conformance

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write docs/conformance.md anew")

// TestConformance puts every case before us and before OpenSSL. The two have
// to agree to the first error; where they differ from a suite, it is told why.
func TestConformance(t *testing.T) {
	if _, err := exec.LookPath("openssl"); err != nil {
		t.Fatalf("the openssl command is needed: %v", err)
	}
	var b strings.Builder
	b.WriteString(preface)
	b.WriteString("\n## BetterTLS, path building\n\n" + judge(t, pathBuilding(), func(string) string { return noWayBack }))
	b.WriteString("\n## BetterTLS, name constraints\n\n" + runNameConstraints(t) + constraintNote)
	b.WriteString("\n## x509-limbo\n\n" + limboNote + judge(t, limbo(), func(id string) string { return differences[id] }))
	if t.Failed() {
		return
	}
	file := filepath.Join("..", "..", "docs", "conformance.md")
	if *update {
		if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != b.String() {
		t.Error("docs/conformance.md is stale: go test ./internal/conformance -update writes it")
	}
}

// TestEveryDifferenceIsOfACase keeps reasons from outliving their cases.
func TestEveryDifferenceIsOfACase(t *testing.T) {
	ids := map[string]bool{}
	for _, c := range limbo() {
		if ids[c.id] {
			t.Errorf("%s: twice", c.id)
		}
		ids[c.id] = true
	}
	for id := range differences {
		if !ids[id] {
			t.Errorf("%s: no such case", id)
		}
	}
}

func limbo() []testCase {
	return slices.Concat(pathLenCases(), rfcCases(), validityCases(), nameCases(), webNames(), webCases(), oddKeyCases(), pathologicalCases())
}

// judge makes a table of cases.
func judge(t *testing.T, cases []testCase, why func(id string) string) string {
	t.Helper()
	dir := t.TempDir()
	var rows strings.Builder
	differ := 0
	for _, c := range cases {
		theirs := codeOf(t, c.askOpenSSL(t, dir)[0])
		if ours := c.ask(c.leaf[0]); ours != theirs {
			t.Errorf("%s: openssl says %q, we say %q", c.id, theirs, ours)
		}
		accepted := theirs == ""
		reason := ""
		switch {
		case accepted != c.accept:
			differ++
			if reason = why(c.id); reason == "" {
				t.Errorf("%s: differs from the suite (%q) and nothing says why", c.id, theirs)
			}
		case differences[c.id] != "":
			t.Errorf("%s: does not differ, and a reason stands there", c.id)
		}
		result := "accepts"
		if !accepted {
			result = theirs
		}
		fmt.Fprintf(&rows, "| %s | %s | %s | %s |\n", c.id, verdict(c.accept), result, reason)
	}
	return fmt.Sprintf("%d cases, %d of which OpenSSL judges otherwise than the suite.\n\n"+
		"| case | the suite | OpenSSL and hookcheck | why they differ |\n|---|---|---|---|\n%s", len(cases), differ, rows.String())
}

func verdict(accept bool) string {
	if accept {
		return "accepts"
	}
	return "rejects"
}

const preface = `# Conformance

Two public suites of certificate chains, rebuilt with certificates of our own and put before hookcheck's
verification and before OpenSSL 3.0:

    openssl verify -purpose sslserver -verify_depth 10 -auth_level 2 -no-CApath -no-CAstore \
      -CAfile root.pem -untrusted presented.pem -verify_hostname HOST leaf.pem

The two agree in every case below, to the first error. Telegram's client verifies with OpenSSL: where
OpenSSL differs from what a suite expects, Telegram does, and so does hookcheck on purpose.

BetterTLS is also run as published: its own generator makes the certificates of every case on path building,
and of all but the repetitive ones on name constraints, and the answers are the same.

This page is written by ` + "`go test ./internal/conformance -update`" + `.
`

const constraintNote = `
In all of them the host is an address, the certificate has no dNSName, and its common name is an address
too: OpenSSL takes whatever looks like a host in a common name for a DNS name, and finds it outside the
permitted names.
`

const limboNote = `The groups pathlen, rfc5280, webpki and pathological. Cases that ask for a client's certificate are asked of a server's.
Left out are two chains recorded from a live server and a chain depth of 0.

`
