package render

import (
	"bytes"
	"strings"
	"testing"

	"hookcheck/checker/certinfo"
	"hookcheck/checker/report"
)

// TestExplained: what a certificate is stands in the long forms alone, lint
// wherever it was asked for.
func TestExplained(t *testing.T) {
	r := sample("en")
	r.Chain.Presented[0].Explained = []certinfo.Line{{Label: "validity", Value: "expires in 9 days"}, {Label: "names", Value: "a|b \x1b[31m <b>"}}
	r.Chain.CorrectedPEM, r.Chain.Changes = "-----BEGIN", []string{"added: CN = CA 1"}
	r.Lint = []report.Lint{{ID: "e_odd", Status: "error", Source: "RFC5280", Detail: "It is \x1b[31m odd."}}
	var short, long, chat bytes.Buffer
	for _, err := range []error{Text(&short, r, Options{}), Text(&long, r, Options{Verbose: true}), Markdown(&chat, r)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, want := range []string{"    validity: expires in 9 days", "added: CN = CA 1", "  1. error: It is", "e_odd · RFC5280"} {
		if !strings.Contains(long.String(), want) {
			t.Errorf("--verbose does not say %q:\n%s", want, long.String())
		}
	}
	if strings.Contains(short.String(), "expires in 9 days") || !strings.Contains(short.String(), "e_odd") {
		t.Errorf("the short form:\n%s", short.String())
	}
	for _, want := range []string{"<details><summary>Certificates presented</summary>", "- validity: expires in 9 days", "a\\|b", "&lt;b", "`e_odd`"} {
		if !strings.Contains(chat.String(), want) {
			t.Errorf("markdown does not say %q:\n%s", want, chat.String())
		}
	}
	if strings.Contains(long.String()+chat.String(), "\x1b") {
		t.Error("a control character comes through")
	}
}
