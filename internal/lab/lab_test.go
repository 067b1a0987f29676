package lab_test

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"testing"
	"time"

	"hookcheck/checker"
	"hookcheck/checker/evidence"
	"hookcheck/checker/probe"
	"hookcheck/checker/report"
	"hookcheck/checker/target"
	"hookcheck/internal/lang"
	"hookcheck/internal/testpki"
	"hookcheck/rootstore"
)

func newChecker(t testing.TB) *checker.Checker {
	t.Helper()
	roots, err := rootstore.FromPEM("test roots", testpki.PublicRoot().PEM())
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return testpki.Epoch }
	return &checker.Checker{
		Prober: probe.New(probe.Options{Guard: probe.Guard{AllowPrivate: true}, Tool: "hookcheck test", Now: now}),
		Roots:  roots, GivenRoots: true, Clock: now,
	}
}

// TestLab checks every lab server as a user would and compares the report.
func TestLab(t *testing.T) {
	c := newChecker(t)
	for _, lc := range cases() {
		t.Run(lc.name, func(t *testing.T) {
			t.Parallel()
			res := runCase(t, c, lc)
			rep, err := res.Report(lang.EN)
			if err != nil {
				t.Fatal(err)
			}
			compare(t, lc, rep)
			replay(t, c, res, rep)
		})
	}
}

func runCase(t testing.TB, c *checker.Checker, lc labCase) *checker.Result {
	t.Helper()
	host := lc.host
	if host == "" {
		host = testpki.Host
	}
	input := host + ":8443"
	if lc.path != "" {
		input = "https://" + input + lc.path
	}
	tg, err := target.Parse(input)
	if err != nil {
		t.Fatal(err)
	}
	req := checker.CheckRequest{Target: tg, ConnectTo: lc.start(t), SecretToken: lc.secret, Timeout: lc.timeout, AnyPort: true}
	if req.Timeout == 0 {
		req.Timeout = 10 * time.Second
	}
	if lc.upload != nil {
		req.Certificate = &checker.File{Name: "upload.pem", Data: lc.upload}
	}
	res, err := c.Check(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

func compare(t testing.TB, lc labCase, rep *report.Report) {
	t.Helper()
	var blockers, all []string
	for _, f := range rep.Findings {
		all = append(all, f.ID)
		if f.Severity == "blocker" {
			blockers = append(blockers, f.ID)
		}
	}
	if string(rep.Verdict) != lc.verdict || rep.Telegram.PredictedError != lc.predicted || !slices.Equal(blockers, lc.blockers) {
		t.Errorf("got  %s %q blockers %v (all %v)\nwant %s %q blockers %v", rep.Verdict, rep.Telegram.PredictedError, blockers, all,
			lc.verdict, lc.predicted, lc.blockers)
	}
	for _, id := range lc.others {
		if !slices.Contains(all, id) {
			t.Errorf("finding %s is not there: %v", id, all)
		}
	}
	for _, id := range all {
		if len(lc.blockers) == 0 && len(lc.others) == 0 {
			t.Errorf("a healthy server got finding %s", id)
		}
	}
}

// replay shows that evidence written to JSON and read back gives the same
// report, byte for byte.
func replay(t testing.TB, c *checker.Checker, res *checker.Result, rep *report.Report) {
	t.Helper()
	saved, err := json.Marshal(res.Evidence)
	if err != nil {
		t.Fatal(err)
	}
	var ev evidence.Evidence
	if err := json.Unmarshal(saved, &ev); err != nil {
		t.Fatal(err)
	}
	again, err := c.Replay(&ev)
	if err != nil {
		t.Fatal(err)
	}
	second, err := again.Report(lang.EN)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := json.Marshal(rep)
	b, _ := json.Marshal(second)
	if !bytes.Equal(a, b) {
		t.Errorf("the replayed report differs:\n%s\n%s", a, b)
	}
}
