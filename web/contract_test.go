package web_test

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"hookcheck/checker"
	"hookcheck/internal/testpki"
	"hookcheck/web"
)

// TestHead: monitors ask with HEAD, for whatever answers GET.
func TestHead(t *testing.T) {
	s := httptest.NewServer(newSite(t, nil))
	t.Cleanup(s.Close)
	for path, status := range map[string]int{
		"/": 200, "/ru/": 200, "/healthz": 200, "/rules": 200, "/api/v1/rules": 200, "/nothing": 404, "/api/v1/checks": 405,
	} {
		resp, err := http.Head(s.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if resp.StatusCode != status {
			t.Errorf("HEAD %s: %d, want %d", path, resp.StatusCode, status)
		}
	}
	w := newSite(t, nil).do(httptest.NewRequest("DELETE", "/api/v1/rules", nil))
	if allow := w.Header().Get("Allow"); w.Code != 405 || !strings.Contains(allow, "GET") || !strings.Contains(allow, "HEAD") {
		t.Errorf("%d, Allow: %q", w.Code, allow)
	}
}

// TestErrorsUnderAPI: whatever goes wrong below /api is a problem document
// that says what, elsewhere a page.
func TestErrorsUnderAPI(t *testing.T) {
	s := newSite(t, nil)
	for path, field := range map[string]string{
		"/api": "", "/api/": "", "/api/v1": "", "/api/v1/nothing": "", "/api/v1/rules/x": "",
		"/api/v1/checks/x": "id", "/api/v1/checks/x/bundle.pem": "id",
	} {
		wantProblem(t, s.get(path), 404, field)
		if body := s.get(path).Body.String(); !strings.Contains(body, `"detail":"`) {
			t.Errorf("%s: %s", path, body)
		}
	}
	if w := s.get("/apiary"); w.Code != 404 || !strings.Contains(w.Header().Get("Content-Type"), "text/html") {
		t.Errorf("/apiary: %d %s", w.Code, w.Header().Get("Content-Type"))
	}
}

// recording remembers what was asked of it and finds a fault of its own.
type recording struct {
	web.Checker
	last *checker.CheckRequest
}

func (r recording) Check(_ context.Context, req checker.CheckRequest) (*checker.Result, error) {
	*r.last = req
	return nil, errors.New("recorded")
}

// TestTimeoutOfARequest: a client may ask for less than the server's longest
// time, never for more.
func TestTimeoutOfARequest(t *testing.T) {
	var last checker.CheckRequest
	s := newSite(t, nil, func(o *web.Options) { o.Checker, o.Timeout = recording{last: &last}, 5*time.Second })
	for ask, want := range map[string]time.Duration{
		"":                               5 * time.Second,
		`,"timeout_ms":700`:              700 * time.Millisecond,
		`,"timeout_ms":60000`:            5 * time.Second,
		`,"timeout_ms":9000000000000000`: 5 * time.Second,
	} {
		s.post("/api/v1/checks", "application/json", `{"target":"bot.example.org"`+ask+`}`)
		if last.Timeout != want {
			t.Errorf("%s: %s, want %s", ask, last.Timeout, want)
		}
	}
}

// TestRate: --rate N is N checks a minute, at once or one by one.
func TestRate(t *testing.T) {
	now := testpki.Epoch
	s := newSite(t, nil, func(o *web.Options) {
		o.Checker, o.Rate, o.Now = failing{}, 3, func() time.Time { return now }
	})
	ask := func(from string) int {
		r := httptest.NewRequest("POST", "/api/v1/checks", strings.NewReader(`{"target":"bot.example.org"}`))
		r.Header.Set("Content-Type", "application/json")
		r.RemoteAddr = from
		return s.do(r).Code
	}
	for i := range 4 {
		if code := ask("198.51.100.1:1"); (code == 429) != (i == 3) {
			t.Errorf("check %d: %d", i+1, code)
		}
	}
	now = now.Add(20 * time.Second)
	if first, second := ask("198.51.100.1:1"), ask("198.51.100.1:1"); first == 429 || second != 429 {
		t.Errorf("a third of a minute later: %d, %d", first, second)
	}
	// Addresses of one IPv6 network are one client.
	for i := range 4 {
		if code := ask(fmt.Sprintf("[2001:db8:0:1::%d]:1", i)); (code == 429) != (i == 3) {
			t.Errorf("IPv6 check %d: %d", i+1, code)
		}
	}
	if code := ask("[2001:db8:0:2::1]:1"); code == 429 {
		t.Error("another network shares the rate")
	}
}

// TestBigCertificate: a file that setWebhook would just refuse for its size
// fits into a request in either form, and gets a report.
func TestBigCertificate(t *testing.T) {
	s := newSite(t, healthyHost(t))
	data := append(testpki.PublicRoot().PEM(), []byte(strings.Repeat("# comment\n", 3<<20/10))...)
	for _, body := range []map[string]any{
		{"target": testpki.Host, "certificate": string(data)},
		{"target": testpki.Host, "certificate_base64": base64.StdEncoding.EncodeToString(data)},
	} {
		rep := wantReport(t, s.postJSON("/api/v1/checks", body), "fails")
		if rep.Findings[0].ID != "upload.too_big" {
			t.Errorf("%s", rep.Findings[0].ID)
		}
	}
}

// TestNamesOnPages: nothing of a certificate's names reaches a page that would
// turn a line around or steer a terminal.
func TestNamesOnPages(t *testing.T) {
	s := newSite(t, nil)
	evil := testpki.SelfSigned([]string{"x\x1b[31m.example.org", "<script>alert(1)</script>.example.org"})
	body := s.postForm("/pem", field{key: "text", value: string(evil.PEM())}).Body.String()
	if !strings.Contains(body, "[31m.example.org") {
		t.Fatalf("the name is not on the page: %.500s", body)
	}
	if strings.ContainsAny(body, "\x1b\u202e") || strings.Contains(body, "<script>alert") {
		t.Error("a name came through as it is")
	}
}
