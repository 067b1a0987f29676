package web_test

import (
	"bytes"
	"encoding/json"
	"encoding/pem"
	"html"
	"regexp"
	"strings"
	"testing"

	"hookcheck/checker/evidence"
	"hookcheck/checker/report"
	"hookcheck/internal/lab"
	"hookcheck/internal/lang"
	"hookcheck/internal/testpki"
)

var downloadLink = regexp.MustCompile(`<a href="([^"]+)" download>`)

// TestNothingToCorrect: a chain that is sent as it should be is not offered.
func TestNothingToCorrect(t *testing.T) {
	s := newSite(t, healthyHost(t))
	page := s.postForm("/checks", field{key: "target", value: testpki.Host}).Body.String()
	if !strings.Contains(page, "report.json") || strings.Contains(page, "bundle.pem") || strings.Contains(page, "Corrected chain") {
		t.Error("a corrected chain is offered where there was nothing to correct")
	}
}

// TestDownloads follows each link below a report and reads what comes: the
// chain mended, the report in both forms, and evidence that replays to it.
func TestDownloads(t *testing.T) {
	root, ca := testpki.PublicRoot(), testpki.PublicCA()
	leaf := ca.Leaf(testpki.Host)
	s := newSite(t, map[string]string{testpki.Host: lab.TLS(t, serverConfig(leaf, leaf, root, ca, ca), lab.OK)})
	page := s.postForm("/checks", field{key: "target", value: "https://" + testpki.Host + "/hook"}).Body.String()
	got := map[string]string{}
	for _, m := range downloadLink.FindAllStringSubmatch(page, -1) {
		w := s.get(m[1])
		name := m[1][strings.LastIndexByte(m[1], '/')+1:]
		if w.Code != 200 || w.Header().Get("Content-Disposition") != "attachment; filename="+name || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v", m[1], w.Code, w.Header())
		}
		got[name] = w.Body.String()
	}
	if len(got) != 4 {
		t.Fatalf("%d downloads", len(got))
	}
	var rep report.Report
	if err := json.Unmarshal([]byte(got["report.json"]), &rep); err != nil || rep.Schema != "hookcheck/1" || rep.Verdict != report.Works {
		t.Fatalf("report.json: %v, %s, %s", err, rep.Schema, rep.Verdict)
	}
	for _, change := range rep.Chain.Changes {
		if !strings.Contains(html.UnescapeString(page), "<li>"+change+"</li>") {
			t.Errorf("the page does not say %q", change)
		}
	}
	if len(rep.Chain.Changes) == 0 {
		t.Error("nothing is said of how the chain was mended")
	}
	var chain [][]byte
	for block, rest := pem.Decode([]byte(got["bundle.pem"])); block != nil; block, rest = pem.Decode(rest) {
		chain = append(chain, block.Bytes)
	}
	if want := testpki.DERs(leaf, ca); len(chain) != 2 || !bytes.Equal(chain[0], want[0]) || !bytes.Equal(chain[1], want[1]) || got["bundle.pem"] != rep.Chain.CorrectedPEM {
		t.Errorf("bundle.pem holds %d certificates: %.80q", len(chain), got["bundle.pem"])
	}
	if !strings.Contains(got["report.md"], rep.Summary) {
		t.Errorf("report.md does not say %q", rep.Summary)
	}
	var ev evidence.Evidence
	if err := json.Unmarshal([]byte(got["evidence.json"]), &ev); err != nil {
		t.Fatal(err)
	}
	res, err := newChecker(t, true).Replay(&ev)
	if err != nil {
		t.Fatal(err)
	}
	again, err := res.Report(lang.EN)
	if err != nil || again.Summary != rep.Summary || len(again.Findings) != len(rep.Findings) {
		t.Errorf("the evidence replays to %q, %d findings: %v", again.Summary, len(again.Findings), err)
	}
}
