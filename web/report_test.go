package web_test

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"strings"
	"testing"
	"time"

	"hookcheck/internal/lab"
	"hookcheck/internal/testpki"
	"hookcheck/web"
	"hookcheck/web/static"
)

func TestReportPage(t *testing.T) {
	s := newSite(t, labHosts(t))
	w := s.postForm("/checks", field{key: "target", value: "https://missing.example.org/hook"})
	page := w.Body.String()
	for _, want := range []string{
		"fails", "SSL error {error:0A000086:SSL routines::certificate verify failed}", "chain.intermediate_missing", `class="steps"`,
		`<svg class="drawing"`, "d-missing", "Protocol versions", "TLS 1.3", "/report.json", "/evidence.json", `class="copy"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	path := w.Header().Get("Content-Location")
	if !strings.HasPrefix(path, "/checks/") || w.Code != 200 || !strings.Contains(page, "noindex") {
		t.Fatalf("status %d at %q", w.Code, path)
	}
	if ru := s.get("/ru" + path).Body.String(); !strings.Contains(ru, "не работает") {
		t.Error("the kept report is not there in Russian")
	}
	for form, kind := range map[string]string{"report.json": "application/json", "report.md": "text/markdown", "evidence.json": "application/json"} {
		d := s.get(path + "/" + form)
		if d.Code != 200 || !strings.HasPrefix(d.Header().Get("Content-Type"), kind) || d.Body.Len() < 200 {
			t.Errorf("%s: %d %s, %d bytes", form, d.Code, d.Header().Get("Content-Type"), d.Body.Len())
		}
	}
	for _, gone := range []string{path + "/bundle.pem", path + "/secret", "/checks/x/report.json", "/checks/x"} {
		if d := s.get(gone); d.Code != 404 {
			t.Errorf("%s: %d", gone, d.Code)
		}
	}
	id := strings.TrimPrefix(path, "/checks/")
	wantReport(t, s.get("/api/v1/checks/"+id), "fails")
	wantProblem(t, s.get("/api/v1/checks/x"), 404, "id")
}

func TestKeptReportOfTheAPI(t *testing.T) {
	s := newSite(t, labHosts(t))
	rep := wantReport(t, s.postJSON("/api/v1/checks", map[string]any{"target": "private.example.org"}), "works_if_uploaded")
	again := wantReport(t, s.get("/api/v1/checks/"+rep.ID), "works_if_uploaded")
	if again.ID != rep.ID {
		t.Errorf("id %s, then %s", rep.ID, again.ID)
	}
	if w := s.get("/api/v1/checks/" + rep.ID + "/bundle.pem"); w.Code == 200 && !strings.Contains(w.Body.String(), "BEGIN CERTIFICATE") {
		t.Error("the bundle holds no certificate")
	}
	if w := s.get("/checks/" + rep.ID); w.Code != 200 {
		t.Errorf("the page of it: %d", w.Code)
	}
}

func TestReportsAreForgotten(t *testing.T) {
	now := time.Now()
	s := newSite(t, labHosts(t), func(o *web.Options) { o.Now = func() time.Time { return now } })
	path := s.postForm("/checks", field{key: "target", value: "works.example.org"}).Header().Get("Content-Location")
	if w := s.get(path); w.Code != 200 {
		t.Fatalf("%d", w.Code)
	}
	now = now.Add(2 * time.Hour)
	if w := s.get(path); w.Code != 404 || !strings.Contains(w.Body.String(), "no longer kept") {
		t.Errorf("after two hours: %d", w.Code)
	}
}

func TestPlatformIsRemembered(t *testing.T) {
	s := newSite(t, labHosts(t))
	path := s.postForm("/checks", field{key: "target", value: "missing.example.org"}).Header().Get("Content-Location")
	w := s.post("/platform", "application/x-www-form-urlencoded", url.Values{"platform": {"apache"}, "to": {path}}.Encode())
	if w.Code != 303 || w.Header().Get("Location") != path {
		t.Fatalf("%d to %q", w.Code, w.Header().Get("Location"))
	}
	page := s.get(path, "Cookie", w.Header().Get("Set-Cookie")).Body.String()
	if !strings.Contains(page, `<option value="apache" selected>`) || !strings.Contains(page, `<span class="platform">Apache</span>`) {
		t.Error("Apache is not first")
	}
	for _, to := range []string{"https://evil.example/", "//evil.example", ""} {
		w := s.post("/platform", "application/x-www-form-urlencoded", url.Values{"platform": {"nginx"}, "to": {to}}.Encode())
		if w.Header().Get("Location") != "/" {
			t.Errorf("%q leads to %q", to, w.Header().Get("Location"))
		}
	}
	if w := s.post("/platform", "application/x-www-form-urlencoded", "platform=%22%3Cx"); w.Code != 422 {
		t.Errorf("an unheard-of platform: %d", w.Code)
	}
}

// TestRedactedTarget: a report's URL came back without its secret, so nothing
// is posted to a path that nobody has.
func TestRedactedTarget(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.Leaf(testpki.Host)
	hosts := map[string]string{testpki.Host: lab.TLS(t, serverConfig(leaf, leaf, ca), lab.OK)}
	s := newSite(t, hosts)
	for _, target := range []string{"https://" + testpki.Host + "/bot<TOKEN>/x", "https://***@" + testpki.Host + "/x"} {
		page := s.postForm("/checks", field{key: "target", value: target}).Body.String()
		if !strings.Contains(page, "stopped after TLS") {
			t.Errorf("%s: the page does not say where it stopped", target)
		}
	}
}

// TestLongChainsStayReadable: ten certificates with a thousand names.
func TestLongChainsStayReadable(t *testing.T) {
	var names []string
	for i := range 1000 {
		names = append(names, fmt.Sprintf("host-%04d.a-rather-long-name.example.org", i))
	}
	nodes := []*testpki.Node{testpki.PublicRoot()}
	for i := range 9 {
		nodes = append(nodes, nodes[len(nodes)-1].Intermediate(fmt.Sprintf("Intermediate number %d of a long way down", i)))
	}
	leaf := nodes[len(nodes)-1].Leaf(append([]string{testpki.Host}, names...)...)
	chain := string(leaf.PEM())
	for i := len(nodes) - 1; i > 0; i-- {
		chain += string(nodes[i].PEM())
	}
	s := newSite(t, nil)
	w := s.postForm("/checks", field{key: "target", value: chain})
	page := w.Body.String()
	if w.Code != 200 || len(page) > 400<<10 || strings.Count(page, `class="d-sent"`) < 9 {
		t.Errorf("status %d, %d bytes, %d boxes", w.Code, len(page), strings.Count(page, `class="d-sent"`))
	}
	if strings.Contains(page, "host-0900") || !strings.Contains(page, "+8") {
		t.Error("the names are not cut with their number")
	}
}

func TestHostileNamesAreText(t *testing.T) {
	evil := `<script>alert(1)</script>"'&`
	leaf := testpki.SelfSigned([]string{evil})
	s := newSite(t, nil)
	page := s.postForm("/checks", field{key: "target", value: string(leaf.PEM())}).Body.String()
	if strings.Contains(page, "<script>alert") || !strings.Contains(page, "&lt;script&gt;alert") {
		t.Error("a name in a certificate is not escaped")
	}
	page = s.get("/?target=" + url.QueryEscape(evil)).Body.String()
	if strings.Contains(page, "<script>alert") {
		t.Error("a target is not escaped")
	}
}

func TestBoxSaysWhatItTookItFor(t *testing.T) {
	s := newSite(t, labHosts(t))
	for text, want := range map[string]string{
		"https://works.example.org/hook": "Taken for a webhook URL", "works.example.org:443": "Taken for a host and port",
		string(testpki.PublicCA().PEM()): "Taken for certificate files", webhookInfo: "Taken for",
		"error:1416F086:SSL routines:tls_process_server_certificate:certificate verify failed": "Taken for",
		"Conflict: can't use getUpdates method while webhook is active":                        "Taken for",
	} {
		w := s.postForm("/checks", field{key: "target", value: text})
		if w.Code != 200 || !strings.Contains(w.Body.String(), want) {
			t.Errorf("%.40q: status %d, %q is not said", text, w.Code, want)
		}
	}
	w := s.postForm("/checks", field{"file", "x.pem", string(testpki.PublicCA().PEM())})
	if w.Code != 200 || !strings.Contains(w.Body.String(), "Taken for certificate files") {
		t.Errorf("a file: status %d", w.Code)
	}
	if w := s.postForm("/checks", field{key: "target", value: "no idea at all"}); w.Code != 422 {
		t.Errorf("a riddle: %d", w.Code)
	}
}

func TestAPIExplain(t *testing.T) {
	s := newSite(t, nil)
	w := s.postJSON("/api/v1/explain", map[string]any{"text": webhookInfo, "lang": "ru"})
	var d struct {
		Schema, Kind string
		Meanings     []struct{ Findings []struct{ ID string } }
	}
	if err := json.Unmarshal(w.Body.Bytes(), &d); err != nil || d.Kind != "webhook_info" || len(d.Meanings) == 0 {
		t.Errorf("%v: %.300s", err, w.Body)
	}
	wantProblem(t, s.postJSON("/api/v1/explain", map[string]any{"text": " "}), 422, "text")
	wantProblem(t, s.postJSON("/api/v1/explain", map[string]any{"text": 5}), 400, "text")
	wantProblem(t, s.post("/api/v1/explain", "text/plain", "x"), 415, "")
	wantProblem(t, s.postJSON("/api/v1/explain", map[string]any{"text": "x", "lang": "xx"}), 422, "lang")
}

// TestLiveForm: the form as a stream tells the stages and where the report is.
func TestLiveForm(t *testing.T) {
	s := newSite(t, labHosts(t))
	body, kind := form(field{key: "target", value: "https://works.example.org/hook"})
	w := s.post("/ru/checks", kind, body, "Accept", "text/event-stream")
	if w.Header().Get("Content-Type") != "text/event-stream" || strings.Count(w.Body.String(), "event: stage") != 8 {
		t.Fatalf("%s: %s", w.Header().Get("Content-Type"), w.Body)
	}
	_, last, _ := strings.Cut(w.Body.String(), "event: done\ndata: ")
	var done struct{ Location string }
	if err := json.Unmarshal([]byte(last), &done); err != nil || !strings.HasPrefix(done.Location, "/ru/checks/") {
		t.Fatalf("%v %q", err, last)
	}
	if w := s.get(done.Location); w.Code != 200 {
		t.Errorf("the report: %d", w.Code)
	}
	body, kind = form(field{key: "target", value: webhookInfo})
	if w := s.post("/checks", kind, body, "Accept", "text/event-stream"); w.Code != 204 {
		t.Errorf("what is no check is sent plainly, yet: %d", w.Code)
	}
}

func TestWeight(t *testing.T) {
	assets, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, name := range []string{"app.css", "app.js"} {
		f, _ := assets.Get(name)
		total += len(f.Data)
	}
	if total > 60<<10 {
		t.Errorf("style sheet and script weigh %d bytes", total)
	}
	s := newSite(t, nil)
	first := 0
	for _, path := range []string{"/", assets.URL("app.css"), assets.URL("app.js"), assets.URL("favicon.svg")} {
		w := s.get(path, "Accept-Encoding", "gzip")
		if w.Code != 200 {
			t.Fatalf("%s: %d", path, w.Code)
		}
		first += w.Body.Len()
		if w.Header().Get("Content-Encoding") == "gzip" {
			z, err := gzip.NewReader(w.Body)
			if err != nil {
				t.Fatal(err)
			}
			if text, err := io.ReadAll(z); err != nil || len(text) < 1024 {
				t.Errorf("%s: %v", path, err)
			}
		}
		if path != "/" && !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s is not cached for good", path)
		}
	}
	if first > 30<<10 {
		t.Errorf("the first page takes %d bytes", first)
	}
	t.Logf("assets %d bytes, first page %d bytes compressed", total, first)
}

// TestPlainForms: a form may come without files, as curl -d sends it.
func TestPlainForms(t *testing.T) {
	s := newSite(t, labHosts(t))
	const plain = "application/x-www-form-urlencoded"
	if w := s.post("/checks", plain, url.Values{"target": {"works.example.org"}}.Encode()); w.Code != 200 || !strings.Contains(w.Body.String(), `class="verdict works"`) {
		t.Errorf("a check: %d", w.Code)
	}
	if w := s.post("/checks", plain, "target="); w.Code != 422 {
		t.Errorf("an empty target: %d", w.Code)
	}
	if w := s.post("/pem", plain, url.Values{"text": {string(testpki.PublicCA().Leaf(testpki.Host).PEM())}}.Encode()); w.Code != 200 {
		t.Errorf("pasted PEM: %d", w.Code)
	}
	if w := s.post("/explain", plain, url.Values{"text": {webhookInfo}}.Encode()); w.Code != 200 {
		t.Errorf("pasted getWebhookInfo: %d", w.Code)
	}
	if w := s.post("/checks", "text/plain", "x"); w.Code != 415 {
		t.Errorf("no form: %d", w.Code)
	}
	if w := s.post("/checks", plain, "target="+strings.Repeat("a", 7<<20)); w.Code != 413 {
		t.Errorf("too large: %d", w.Code)
	}
}

// TestReportWithoutScript: the address that the browser shows over a report
// that came without a script leads to the form.
func TestReportWithoutScript(t *testing.T) {
	s := newSite(t, nil)
	for path, want := range map[string]string{"/checks": "/", "/ru/checks": "/ru/"} {
		if w := s.get(path); w.Code != 303 || w.Header().Get("Location") != want {
			t.Errorf("%s: %d %s", path, w.Code, w.Header().Get("Location"))
		}
	}
}
