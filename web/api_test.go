package web_test

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"hookcheck/checker"
	"hookcheck/internal/testpki"
	"hookcheck/web"
)

func serverConfig(key *testpki.Node, presented ...*testpki.Node) *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{testpki.TLSCertificate(key, presented...)}}
}

type problemDoc struct {
	Type, Title, Detail, Field string
	Status                     int
}

// wantProblem holds an error answer to RFC 9457 and to one line for people.
func wantProblem(t *testing.T, w *httptest.ResponseRecorder, status int, field string) problemDoc {
	t.Helper()
	p := decodeProblem(t, w)
	if w.Code != status || p.Status != status || p.Field != field {
		t.Errorf("status %d, in the document %d, field %q; want %d, %q (%s)", w.Code, p.Status, p.Field, status, field, p.Detail)
	}
	if ct := w.Header().Get("Content-Type"); ct != "application/problem+json" {
		t.Errorf("content type %q", ct)
	}
	if p.Title == "" || strings.ContainsAny(p.Detail, "\n\r") || strings.Contains(p.Detail, "goroutine") || len(p.Detail) > 300 {
		t.Errorf("no good line: %q %q", p.Title, p.Detail)
	}
	if status == http.StatusUnprocessableEntity && !strings.Contains(p.Detail, "expected") {
		t.Errorf("the line does not say what is expected: %q", p.Detail)
	}
	return p
}

func decodeProblem(t *testing.T, w *httptest.ResponseRecorder) problemDoc {
	t.Helper()
	var p problemDoc
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil {
		t.Fatalf("status %d, no problem document: %v: %.200s", w.Code, err, w.Body)
	}
	return p
}

type reportDoc struct {
	Schema, ID, Verdict, Summary string
	Findings                     []struct{ ID, Severity, Title string }
	Stages                       []stageDoc
}

type stageDoc struct {
	ID, Status, Summary string
	DurationMS          int64 `json:"duration_ms"`
}

func wantReport(t *testing.T, w *httptest.ResponseRecorder, verdict string) reportDoc {
	t.Helper()
	var r reportDoc
	if err := json.Unmarshal(w.Body.Bytes(), &r); err != nil || w.Code != http.StatusOK {
		t.Fatalf("status %d: %v: %.300s", w.Code, err, w.Body)
	}
	if r.Schema != "hookcheck/1" || r.Verdict != verdict || len(r.Stages) != 8 {
		t.Errorf("schema %s, verdict %s (want %s), %d stages, findings %v", r.Schema, r.Verdict, verdict, len(r.Stages), r.Findings)
	}
	return r
}

func TestAPICheck(t *testing.T) {
	s := newSite(t, healthyHost(t))
	url := "https://" + testpki.Host + "/hook"
	rep := wantReport(t, s.postJSON("/api/v1/checks", map[string]any{"target": url, "secret_token": "s3cret"}), "works")
	if rep.Stages[7].Status != "pass" {
		t.Errorf("the http stage: %v", rep.Stages[7])
	}
	rep = wantReport(t, s.postJSON("/api/v1/checks", map[string]any{"target": url, "post": false, "timeout_ms": 3000}), "works")
	if rep.Stages[7].Status != "skip" {
		t.Errorf("a test update was sent: %v", rep.Stages[7])
	}
	leaf := testpki.PublicCA().Leaf(testpki.Host).PEM()
	for _, body := range []map[string]any{
		{"target": url, "certificate": string(leaf)},
		{"target": url, "certificate_base64": base64.StdEncoding.EncodeToString(leaf)},
	} {
		rep = wantReport(t, s.postJSON("/api/v1/checks", body), "fails")
		if rep.Findings[0].ID != "upload.not_needed" {
			t.Errorf("findings %v", rep.Findings)
		}
	}
	rep = wantReport(t, s.postJSON("/api/v1/checks", map[string]any{"target": url, "lang": "ru", "certificate": "junk"}), "fails")
	if rep.Findings[0].ID != "upload.not_pem" || !strings.ContainsAny(rep.Summary, "абвеиоут") {
		t.Errorf("%s: %v", rep.Summary, rep.Findings)
	}
}

// TestAPIBadTarget: each of these is one line that names the field.
func TestAPIBadTarget(t *testing.T) {
	s := newSite(t, nil)
	for _, target := range []string{
		"", " ", "   \t ", "http://", "https://", "bot.example.org:0", "bot.example.org:99999", "https://bot.example.org:0/", strings.Repeat("a", 5000),
		"bot\x00.example.org", "bot\x07.example.org", "bot\n.example.org", "bot .example.org", "[::1", "https://[fe80::1%25eth0]/", ":8443", "https:///hook", "..", "a..b",
		"\u202ebot.example.org", "user:pa55word@",
	} {
		w := s.postJSON("/api/v1/checks", map[string]any{"target": target, "timeout_ms": 1})
		p := wantProblem(t, w, http.StatusUnprocessableEntity, "target")
		if t.Failed() {
			t.Fatalf("%q", target)
		}
		if strings.Contains(p.Detail, "pa55word") {
			t.Errorf("the line repeats a password: %s", p.Detail)
		}
	}
}

func TestAPIBadMembers(t *testing.T) {
	s := newSite(t, nil)
	host := `"target":"bot.example.org"`
	for body, want := range map[string]struct {
		status int
		field  string
	}{
		``:                                    {400, ""},
		`{`:                                   {400, ""},
		`[]`:                                  {400, ""},
		`null`:                                {422, "target"},
		`{}`:                                  {422, "target"},
		`"bot.example.org"`:                   {400, ""},
		`{` + host + `} {}`:                   {400, ""},
		`{` + host + `,"colour":"red"}`:       {400, "colour"},
		`{"target":7}`:                        {400, "target"},
		`{` + host + `,"post":"yes"}`:         {400, "post"},
		`{` + host + `,"timeout_ms":"x"}`:     {400, "timeout_ms"},
		`{` + host + `,"timeout_ms":0}`:       {422, "timeout_ms"},
		`{` + host + `,"timeout_ms":-5}`:      {422, "timeout_ms"},
		`{` + host + `,"lang":"de"}`:          {422, "lang"},
		`{` + host + `,"secret_token":"a b"}`: {422, "secret_token"},
		`{` + host + `,"secret_token":"` + strings.Repeat("a", 257) + `"}`:  {422, "secret_token"},
		`{` + host + `,"certificate_base64":"***"}`:                         {422, "certificate_base64"},
		`{` + host + `,"certificate":"a","certificate_base64":"YQ=="}`:      {422, "certificate"},
		`{` + host + `,"certificate":"` + strings.Repeat("A", 7<<20) + `"}`: {413, ""},
	} {
		wantProblem(t, s.post("/api/v1/checks", "application/json", body), want.status, want.field)
	}
	for _, kind := range []string{"", "text/plain", "application/x-www-form-urlencoded", "application/json;;"} {
		wantProblem(t, s.post("/api/v1/checks", kind, `{`+host+`}`), 415, "")
	}
	wantProblem(t, s.get("/api/v1/checks"), 405, "")
	wantProblem(t, s.get("/api/v1/nothing"), 404, "")
	wantProblem(t, s.get("/api/v1/rules/no.such"), 404, "")
	wantProblem(t, s.get("/api/v1/rules?lang=xx"), 422, "lang")
}

func TestAPIPEM(t *testing.T) {
	s := newSite(t, nil)
	ca := testpki.PublicCA()
	leaf := ca.Leaf(testpki.Host)
	full := string(testpki.Bundle(leaf, ca))
	wantReport(t, s.post("/api/v1/pem?hostname="+testpki.Host, "application/x-pem-file", full), "works")
	rep := wantReport(t, s.post("/api/v1/pem?hostname=other.example.org", "application/x-pem-file", full), "fails")
	if rep.Findings[0].ID != "cert.name_mismatch" {
		t.Errorf("findings %v", rep.Findings)
	}
	wantReport(t, s.postForm("/api/v1/pem", field{"file", "leaf.pem", string(leaf.PEM())}, field{"file", "ca.pem", string(ca.PEM())}), "works")
	rep = wantReport(t, s.postForm("/api/v1/pem", field{"file", "leaf.pem", string(leaf.PEM())}), "fails")
	if rep.Findings[0].ID != "chain.intermediate_missing" {
		t.Errorf("findings %v", rep.Findings)
	}
	wantProblem(t, s.post("/api/v1/pem", "application/x-pem-file", " \n"), 422, "file")
	wantProblem(t, s.postForm("/api/v1/pem"), 422, "file")
	wantProblem(t, s.post("/api/v1/pem?hostname=a..b", "application/x-pem-file", full), 422, "hostname")
	wantProblem(t, s.post("/api/v1/pem", "image/png", full), 415, "")
	wantProblem(t, s.post("/api/v1/pem", "multipart/form-data", full), 400, "")
	wantProblem(t, s.post("/api/v1/pem", "application/x-pem-file", strings.Repeat("A", 7<<20)), 413, "")
	var many []field
	for i := range 30 {
		many = append(many, field{"file", strconv.Itoa(i) + ".pem", "x"})
	}
	wantProblem(t, s.postForm("/api/v1/pem", many...), 422, "file")
}

func TestAPIRules(t *testing.T) {
	s := newSite(t, nil)
	w := s.get("/api/v1/rules?lang=ru")
	var list struct {
		Rules []struct{ ID, Title, Meaning string }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &list); err != nil || len(list.Rules) < 70 {
		t.Fatalf("%v: %d rules", err, len(list.Rules))
	}
	for _, r := range list.Rules {
		w := s.get("/api/v1/rules/" + r.ID)
		var one struct {
			ID       string
			Remedies []struct{ Title string }
		}
		if err := json.Unmarshal(w.Body.Bytes(), &one); err != nil || one.ID != r.ID {
			t.Errorf("%s: %v %d", r.ID, err, w.Code)
		}
	}
}

func TestRateAndCapacity(t *testing.T) {
	release := make(chan struct{})
	busy := newSite(t, nil, func(o *web.Options) {
		o.MaxChecks = 1
		o.Checker = slow{o.Checker, release}
	})
	body := `{"target":"bot.example.org"}`
	first := make(chan *httptest.ResponseRecorder)
	go func() { first <- busy.post("/api/v1/checks", "application/json", body) }()
	release <- struct{}{} // the first check holds the only place
	w := busy.post("/api/v1/checks", "application/json", body)
	wantProblem(t, w, 503, "")
	if w.Header().Get("Retry-After") == "" {
		t.Error("503 without Retry-After")
	}
	page := busy.postForm("/checks", field{key: "target", value: "bot.example.org"})
	if page.Code != 503 || !strings.Contains(page.Body.String(), "<h1>") {
		t.Errorf("the page says %d", page.Code)
	}
	release <- struct{}{}
	<-first

	limited := newSite(t, nil, func(o *web.Options) {
		o.Rate = 1
		o.Checker = failing{}
	})
	limited.post("/api/v1/checks", "application/json", body)
	w = limited.post("/api/v1/checks", "application/json", body)
	wantProblem(t, w, 429, "")
	if s, err := strconv.Atoi(w.Header().Get("Retry-After")); err != nil || s < 1 || s > 60 {
		t.Errorf("Retry-After %q", w.Header().Get("Retry-After"))
	}
	r := httptest.NewRequest("POST", "/api/v1/checks", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("X-Forwarded-For", "198.51.100.9")
	wantProblem(t, limited.do(r), 429, "") // nobody trusts that header
	r = httptest.NewRequest("POST", "/api/v1/checks", strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.RemoteAddr = "198.51.100.9:999"
	if w := limited.do(r); w.Code == 429 {
		t.Error("another client shares the rate")
	}
}

// slow holds each check until it was released twice.
type slow struct {
	web.Checker
	release chan struct{}
}

func (s slow) Check(_ context.Context, _ checker.CheckRequest) (*checker.Result, error) {
	<-s.release
	<-s.release
	return nil, errors.New("ended")
}

// failing has a fault inside.
type failing struct{ web.Checker }

func (failing) Check(context.Context, checker.CheckRequest) (*checker.Result, error) {
	return nil, errors.New("reading /var/secret/file: disk on fire")
}

// panicking is worse.
type panicking struct{ web.Checker }

func (panicking) Check(context.Context, checker.CheckRequest) (*checker.Result, error) {
	panic("index out of range in secret.go")
}

func TestInternalErrorsStayInside(t *testing.T) {
	for name, c := range map[string]web.Checker{"error": failing{}, "panic": panicking{}} {
		s := newSite(t, nil, func(o *web.Options) { o.Checker = c })
		w := s.postJSON("/api/v1/checks", map[string]any{"target": "bot.example.org"})
		wantProblem(t, w, 500, "")
		page := s.postForm("/checks", field{key: "target", value: "bot.example.org"})
		if page.Code != 500 {
			t.Errorf("%s: page %d", name, page.Code)
		}
		for _, text := range []string{w.Body.String(), page.Body.String()} {
			if strings.Contains(text, "secret") || strings.Contains(text, "goroutine") {
				t.Errorf("%s reaches the user: %s", name, text)
			}
		}
		if !strings.Contains(s.log.String(), "secret") {
			t.Errorf("%s: the cause is not in the log: %s", name, s.log)
		}
	}
}

func TestStream(t *testing.T) {
	s := newSite(t, healthyHost(t))
	body := `{"target":"https://` + testpki.Host + `/hook"}`
	w := s.post("/api/v1/checks", "application/json", body, "Accept", "text/event-stream")
	if ct := w.Header().Get("Content-Type"); ct != "text/event-stream" {
		t.Fatalf("content type %q: %s", ct, w.Body)
	}
	var stages []string
	told := map[string]stageDoc{}
	events := strings.Split(strings.TrimSpace(w.Body.String()), "\n\n")
	for i, e := range events {
		name, data, _ := strings.Cut(e, "\n")
		data = strings.TrimPrefix(data, "data: ")
		switch name {
		case "event: stage":
			var st stageDoc
			if err := json.Unmarshal([]byte(data), &st); err != nil {
				t.Fatal(err)
			}
			stages = append(stages, st.ID)
			told[st.ID] = st
		case "event: report":
			var r reportDoc
			if err := json.Unmarshal([]byte(data), &r); err != nil || r.Verdict != "works" || i != len(events)-1 {
				t.Errorf("event %d of %d: %v %s", i, len(events), err, r.Verdict)
			}
			for _, st := range r.Stages {
				if told[st.ID] != st {
					t.Errorf("an event said %v, the report says %v", told[st.ID], st)
				}
			}
		default:
			t.Errorf("event %q", name)
		}
	}
	if got := strings.Join(stages, " "); got != "url dns tcp tls chain certificate upload http" {
		t.Errorf("stages %s", got)
	}
	w = s.post("/api/v1/checks", "application/json", `{"target":""}`, "Accept", "text/event-stream")
	wantProblem(t, w, 422, "target")
}

// TestStreamIsLive: a stage is told before the next one ends.
func TestStreamIsLive(t *testing.T) {
	release := make(chan struct{})
	s := newSite(t, nil, func(o *web.Options) { o.Checker = staged{o.Checker, release} })
	srv := httptest.NewServer(s)
	defer srv.Close()
	r, _ := http.NewRequest("POST", srv.URL+"/api/v1/checks", strings.NewReader(`{"target":"bot.example.org"}`))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/event-stream")
	resp, err := (&http.Client{Timeout: 10 * time.Second}).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	buf := make([]byte, 4096)
	n, err := resp.Body.Read(buf) // the check goes on only after this
	if err != nil || !strings.Contains(string(buf[:n]), `"id":"url"`) {
		t.Fatalf("%v %q", err, buf[:n])
	}
	close(release)
}
