package lab_test

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"hookcheck/checker"
	"hookcheck/checker/rules"
	"hookcheck/checker/target"
	"hookcheck/internal/lang"
)

const fixtures = "../../testdata/certs"

// TestFixtures judges every folder below testdata/certs from its files alone.
func TestFixtures(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(fixtures, "*", "case.txt"))
	if err != nil || len(files) < 50 {
		t.Fatalf("found %d fixtures: %v", len(files), err)
	}
	fired := map[string]bool{}
	for _, f := range files {
		dir := filepath.Dir(f)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			for _, id := range runFixture(t, dir) {
				fired[id] = true
			}
		})
	}
	for _, r := range rules.All() {
		if strings.HasPrefix(r.ID, "pem.") {
			continue // about files that are no chain; package certfile's tests show them
		}
		byFiles := r.Stage == rules.StageChain || r.Stage == rules.StageCertificate || r.Stage == rules.StageUpload
		if byFiles && !fired[r.ID] && !notByFiles[r.ID] {
			t.Errorf("no fixture makes %s fire", r.ID)
		}
	}
}

// notByFiles are the rules that these fixtures cannot show, and why.
var notByFiles = map[string]bool{
	"chain.root_not_in_documented_list": true, // roots given by file belong to no dated list
	"chain.distrust_after":              true, // likewise
	"chain.root_expired":                true, // the fixtures share one valid root
	"chain.too_complex":                 true, // thousands of certificates
	"upload.too_big":                    true, // over 3 MiB
	"cert.lint":                         true, // only where lint is asked for: on nearly all of them
}

func runFixture(t *testing.T, dir string) []string {
	c := readCase(t, filepath.Join(dir, "case.txt"))
	ck := newChecker(t)
	ck.Clock = func() time.Time { return c.now }
	req := checker.FilesRequest{Files: []checker.File{{Name: "chain.pem", Data: read(t, filepath.Join(dir, "chain.pem"))}}}
	if c.upload != "none" {
		req.Certificate = &checker.File{Name: c.upload, Data: read(t, filepath.Join(dir, c.upload))}
	}
	if c.host != "" {
		tg, err := target.Parse(c.host)
		if err != nil {
			t.Fatal(err)
		}
		req.Hostname = &tg
	}
	res, err := ck.CheckFiles(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	rep, err := res.Report(lang.RU)
	if err != nil {
		t.Fatal(err)
	}
	got := []string{string(rep.Verdict)}
	for _, f := range rep.Findings {
		got = append(got, f.ID)
	}
	if !slices.Equal(got, c.expect) {
		t.Errorf("got  %v\nwant %v", got, c.expect)
	}
	return got[1:]
}

// fixtureCases reads what every fixture expects.
func fixtureCases(t *testing.T) []fixtureCase {
	files, err := filepath.Glob(filepath.Join(fixtures, "*", "case.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var out []fixtureCase
	for _, f := range files {
		out = append(out, readCase(t, f))
	}
	return out
}

type fixtureCase struct {
	host, upload string
	now          time.Time
	expect       []string
}

func readCase(t *testing.T, file string) fixtureCase {
	t.Helper()
	var c fixtureCase
	s := bufio.NewScanner(bytes.NewReader(read(t, file)))
	for s.Scan() {
		k, v, _ := strings.Cut(s.Text(), ":")
		v = strings.TrimSpace(v)
		switch k {
		case "host":
			c.host = v
		case "upload":
			c.upload = v
		case "now":
			now, err := time.Parse(time.RFC3339, v)
			if err != nil {
				t.Fatal(err)
			}
			c.now = now
		case "expect":
			c.expect = strings.Fields(v)
		default:
			t.Fatalf("%s: unknown key %q", file, k)
		}
	}
	return c
}

func read(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
