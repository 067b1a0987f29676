package web_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"hookcheck/checker"
	"hookcheck/checker/probe"
	"hookcheck/internal/lab"
	"hookcheck/internal/testpki"
	"hookcheck/rootstore"
	"hookcheck/web"
)

// site is a server under test, with what it wrote to its log.
type site struct {
	http.Handler
	log *safeBuffer
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// dialTo stands for DNS: it sends checks of a host to a server on loopback.
type dialTo struct {
	*checker.Checker
	hosts map[string]string
}

func (d dialTo) Check(ctx context.Context, r checker.CheckRequest) (*checker.Result, error) {
	r.ConnectTo = d.hosts[r.Target.ASCIIHost]
	return d.Checker.Check(ctx, r)
}

func newChecker(t testing.TB, allowPrivate bool) *checker.Checker {
	t.Helper()
	roots, err := rootstore.FromPEM("test roots", testpki.PublicRoot().PEM())
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return testpki.Epoch }
	return &checker.Checker{
		Prober: probe.New(probe.Options{Guard: probe.Guard{AllowPrivate: allowPrivate}, Tool: "hookcheck test", Now: now}),
		Roots:  roots, GivenRoots: true, Clock: now,
	}
}

// newSite serves with the guard lifted; hosts says where a name leads.
func newSite(t testing.TB, hosts map[string]string, edit ...func(*web.Options)) site {
	t.Helper()
	log := &safeBuffer{}
	o := web.Options{
		Checker: dialTo{newChecker(t, true), hosts}, Timeout: 5 * time.Second,
		Log: slog.New(slog.NewTextHandler(log, nil)), Now: time.Now,
	}
	for _, f := range edit {
		f(&o)
	}
	h, err := web.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return site{h, log}
}

// healthyHost is a lab server that Telegram would be content with.
func healthyHost(t testing.TB) map[string]string {
	ca := testpki.PublicCA()
	leaf := ca.Leaf(testpki.Host)
	return map[string]string{testpki.Host: lab.TLS(t, serverConfig(leaf, leaf, ca), lab.OK)}
}

func (s site) do(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

func (s site) get(path string, header ...string) *httptest.ResponseRecorder {
	return s.do(withHeader(httptest.NewRequest(http.MethodGet, path, nil), header...))
}

func (s site) post(path, contentType, body string, header ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(body))
	r.Header.Set("Content-Type", contentType)
	return s.do(withHeader(r, header...))
}

func (s site) postJSON(path string, v any) *httptest.ResponseRecorder {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return s.post(path, "application/json", string(raw))
}

func withHeader(r *http.Request, header ...string) *http.Request {
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return r
}

// field is one part of a form; a name makes it a file.
type field struct{ key, name, value string }

func (s site) postForm(path string, fields ...field) *httptest.ResponseRecorder {
	body, kind := form(fields...)
	return s.post(path, kind, body)
}

func form(fields ...field) (body, contentType string) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, f := range fields {
		var part io.Writer
		if f.name != "" {
			part, _ = w.CreateFormFile(f.key, f.name)
		} else {
			part, _ = w.CreateFormField(f.key)
		}
		io.WriteString(part, f.value)
	}
	w.Close()
	return b.String(), w.FormDataContentType()
}
