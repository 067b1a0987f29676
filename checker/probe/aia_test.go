package probe

import (
	"context"
	"encoding/pem"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/smallstep/pkcs7"

	"hookcheck/checker/evidence"
	"hookcheck/internal/lab"
	"hookcheck/internal/testpki"
)

// issuerServer gives issuers away, and counts.
func issuerServer(t *testing.T) (url string, served *atomic.Int32) {
	t.Helper()
	ca := testpki.PublicCA()
	degenerate, err := pkcs7.DegenerateCertificate(ca.DER)
	if err != nil {
		t.Fatal(err)
	}
	served = new(atomic.Int32)
	release := make(chan struct{})
	mux := http.NewServeMux()
	give := func(path string, body []byte) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) { served.Add(1); _, _ = w.Write(body) })
	}
	give("/der", ca.DER)
	give("/pem", append([]byte("# comment\n"), ca.PEM()...))
	give("/p7c", degenerate)
	give("/p7pem", pem.EncodeToMemory(&pem.Block{Type: "PKCS7", Bytes: degenerate}))
	give("/junk", []byte("<html>"))
	give("/big", make([]byte, maxIssuer+1))
	give("/many", []byte(strings.Repeat(string(ca.PEM()), 40)))
	mux.HandleFunc("/once", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/der", http.StatusFound) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) {
		served.Add(1)
		http.Redirect(w, r, "/loop", http.StatusFound)
	})
	mux.HandleFunc("/file", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "file:///etc/passwd", http.StatusFound)
	})
	mux.HandleFunc("/hang", func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	})
	s := httptest.NewServer(mux)
	t.Cleanup(func() { close(release); s.Close() })
	return s.URL, served
}

func TestFetch(t *testing.T) {
	base, served := issuerServer(t)
	p := open()
	client := p.issuerClient(&plan{timeout: time.Second})
	for from, c := range map[string]struct {
		code  string
		count int
	}{
		base + "/der": {"", 1}, base + "/pem": {"", 1}, base + "/p7c": {"", 1}, base + "/p7pem": {"", 1},
		base + "/once": {"", 1}, base + "/many": {"", maxIssuers},
		base + "/junk": {fetchFormat, 0}, base + "/big": {fetchSize, 0}, base + "/missing": {fetchStatus, 0},
		base + "/loop": {fetchForbidden, 0}, base + "/file": {fetchForbidden, 0}, base + "/hang": {fetchTimeout, 0},
		"ldap://x/": {fetchForbidden, 0}, "http://user:pw@127.0.0.1/": {fetchForbidden, 0}, "://": {fetchForbidden, 0},
		"http://" + lab.Closed(t) + "/": {fetchRefused, 0},
	} {
		ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
		got := p.fetch(ctx, client, Want{URL: from, ForSHA256: "ab"})
		cancel()
		if got.Error != c.code || len(got.Certificates) != c.count || got.ForSHA256 != "ab" || strings.Contains(got.URL, "pw") {
			t.Errorf("%s: %q, %d certificates", from, got.Error, len(got.Certificates))
		}
		if len(got.Certificates) > 0 && string(got.Certificates[0]) != string(testpki.PublicCA().DER) {
			t.Errorf("%s: another certificate", from)
		}
	}
	client.CloseIdleConnections()
	if n := served.Load(); n > 20 {
		t.Errorf("%d requests", n)
	}
}

// A guarded server fetches nothing from its own network, not by a redirect
// and not by a name that leads there; and from web ports alone.
func TestFetchGuarded(t *testing.T) {
	base, served := issuerServer(t)
	dns := serveDNS(t, zone{"inside.test. A": {"inside.test. 60 A 127.0.0.1"}, "inside.test. AAAA": {}})
	pl, err := New(Options{}).plan(Request{Target: parsed(t, "https://bot.test/"), DNS: dns, Timeout: 2 * time.Second})
	if err != nil {
		t.Fatal(err)
	}
	p := New(Options{})
	for _, from := range []string{base + "/der", "http://127.0.0.1/der", "http://inside.test/der", "http://[::1]/der", "http://169.254.169.254/latest/", "http://8.8.8.8:25/"} {
		if got := p.fetch(context.Background(), p.issuerClient(pl), Want{URL: from}); got.Error != fetchForbidden {
			t.Errorf("%s: %+v", from, got)
		}
	}
	if got := p.fetch(context.Background(), p.issuerClient(pl), Want{URL: "http://nowhere.test/"}); got.Error != fetchResolve {
		t.Errorf("%+v", got)
	}
	if served.Load() != 0 {
		t.Error("something was fetched from behind the guard")
	}
}

// A proxy of the environment would pass the guard.
func TestFetchUsesNoProxy(t *testing.T) {
	transport, ok := open().issuerClient(&plan{}).Transport.(*http.Transport)
	if !ok || transport.Proxy != nil {
		t.Error("issuers are fetched through a proxy")
	}
}

func TestCollectFetchesWhatIsWanted(t *testing.T) {
	base, served := issuerServer(t)
	addr := lab.TLS(t, serverConfig(), lab.OK)
	asked := 0
	ev := checkAt(t, addr, func(r *Request) {
		r.Wants = func(ev *evidence.Evidence) []Want {
			asked++
			if len(ev.Presented) != 1 {
				t.Errorf("asked with %d certificates", len(ev.Presented))
			}
			if asked == 1 {
				return []Want{{URL: base + "/der"}, {URL: base + "/der"}}
			}
			return []Want{{URL: base + "/der"}, {URL: base + "/junk"}}
		}
	})
	if len(ev.Fetched) != 2 || asked != 2 || served.Load() != 2 {
		t.Errorf("asked %d times, served %d: %+v", asked, served.Load(), ev.Fetched)
	}
	asked = 0
	ev = checkAt(t, addr, func(r *Request) {
		r.Wants = func(*evidence.Evidence) (list []Want) {
			asked++
			for i := range 20 {
				list = append(list, Want{URL: base + "/der?" + strings.Repeat("x", asked*20+i)})
			}
			return list
		}
	})
	if len(ev.Fetched) != maxFetches || asked > maxRounds {
		t.Errorf("%d fetched in %d rounds", len(ev.Fetched), asked)
	}
	for _, g := range running() {
		t.Errorf("still running:\n%s", g)
	}
}

func FuzzIssuers(f *testing.F) {
	ca := testpki.PublicCA()
	degenerate, _ := pkcs7.DegenerateCertificate(ca.DER)
	for _, seed := range [][]byte{ca.DER, ca.PEM(), degenerate, []byte("-----BEGIN PKCS7-----\n-----END PKCS7-----\n")} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if got := issuers(body); len(got) > maxIssuers {
			t.Errorf("%d certificates", len(got))
		}
	})
}
