package probe

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hookcheck/internal/testpki"
)

func TestIssuersAreKeptForAnHour(t *testing.T) {
	base, served := issuerServer(t)
	now := testpki.Epoch
	p := New(Options{Guard: Guard{AllowPrivate: true}, Now: func() time.Time { return now }})
	get := func(path string) int {
		return len(p.fetch(context.Background(), p.issuerClient(&plan{timeout: time.Second}), Want{URL: base + path}).Certificates)
	}
	for range 3 {
		if get("/der") != 1 {
			t.Fatal("nothing fetched")
		}
	}
	if n := served.Load(); n != 1 {
		t.Errorf("%d requests for one issuer", n)
	}
	now = now.Add(cachedFor)
	if get("/der"); served.Load() != 2 {
		t.Error("an old entry is still used")
	}
	for range 2 {
		get("/junk")
	}
	if n := served.Load(); n != 4 {
		t.Errorf("a failure is remembered: %d requests", n)
	}
}

func TestIssuerCacheIsBounded(t *testing.T) {
	now := testpki.Epoch
	c := newIssuerCache(func() time.Time { return now })
	for i := range 3 * maxCached {
		now = now.Add(time.Second)
		c.put(fmt.Sprint(i), [][]byte{{1}})
	}
	c.put(strings.Repeat("x", maxURLSize+1), [][]byte{{1}})
	if len(c.all) != maxCached || c.get("0") != nil || c.get(fmt.Sprint(3*maxCached-1)) == nil {
		t.Errorf("%d entries", len(c.all))
	}
}

// TestFetchOverTLS: what counts is the signature on what is fetched, not the
// certificate of the server that it lies on.
func TestFetchOverTLS(t *testing.T) {
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(testpki.PublicCA().DER) }))
	t.Cleanup(s.Close)
	p := open()
	if got := p.fetch(context.Background(), p.issuerClient(&plan{timeout: time.Second}), Want{URL: s.URL}); len(got.Certificates) != 1 {
		t.Errorf("%+v", got)
	}
}

// TestFetchRedirectedInside: a public server that points at the metadata
// service of a cloud is not followed there.
func TestFetchRedirectedInside(t *testing.T) {
	s := httptest.NewServer(http.RedirectHandler("http://169.254.169.254/latest/meta-data/", http.StatusFound))
	t.Cleanup(s.Close)
	if got := open().fetch(t.Context(), open().issuerClient(&plan{timeout: time.Second}), Want{URL: s.URL}); got.Error != fetchForbidden {
		t.Errorf("without a guard: %+v", got)
	}
	p := New(Options{})
	client := p.issuerClient(&plan{timeout: time.Second})
	transport, ok := client.Transport.(*http.Transport)
	if !ok {
		t.Fatal("no transport")
	}
	guarded := transport.DialContext
	var first atomic.Bool
	transport.DialContext = func(ctx context.Context, network, address string) (net.Conn, error) {
		if address == "ca.example.net:80" { // stands for a public address
			first.Store(true)
			return net.Dial(network, s.Listener.Addr().String())
		}
		return guarded(ctx, network, address)
	}
	got := p.fetch(context.Background(), client, Want{URL: "http://ca.example.net/ca.der"})
	if !first.Load() || got.Error != fetchForbidden {
		t.Errorf("reached the public server: %v; %+v", first.Load(), got)
	}
}

// TestFetchDripping: a server of one byte a second takes its own time, not
// that of the others.
func TestFetchDripping(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "500")
		for {
			if _, err := w.Write([]byte{0x30}); err != nil {
				return
			}
			_ = http.NewResponseController(w).Flush()
			select {
			case <-time.After(time.Second):
			case <-r.Context().Done():
				return
			}
		}
	}))
	t.Cleanup(s.Close)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	p := open()
	if got := p.fetch(ctx, p.issuerClient(&plan{timeout: time.Minute}), Want{URL: s.URL}); got.Error != fetchTimeout || ctx.Err() != nil {
		t.Errorf("%+v", got)
	}
}
