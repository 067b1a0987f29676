package main

import (
	"os"
	"strings"
	"testing"

	"hookcheck/checker/rules"
)

func TestFindingsAreFresh(t *testing.T) {
	want, err := findings(rules.All())
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile("../../docs/findings.md")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/findings.md is stale: go generate ./internal/docgen")
	}
	for _, r := range rules.All() {
		if !strings.Contains(want, "\n### "+r.ID+"\n") {
			t.Errorf("%s is missing", r.ID)
		}
	}
}
