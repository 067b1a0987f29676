package web_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"hookcheck/internal/browser"
)

// TestBrowserStreamBreaks: where the stream cannot be had, or breaks off, the
// form is sent plainly and the report comes all the same.
func TestBrowserStreamBreaks(t *testing.T) {
	for name, stream := range map[string]http.HandlerFunc{
		"breaks off": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/event-stream")
			fmt.Fprint(w, "event: stage\ndata: {\"id\":\"url\",\"status\":\"pass\",\"duration_ms\":1}\n\n")
			w.(http.Flusher).Flush()
			panic(http.ErrAbortHandler)
		},
		"ends early": func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("Content-Type", "text/event-stream") },
		"a proxy's page": func(w http.ResponseWriter, _ *http.Request) {
			http.Error(w, "<h1>Bad gateway</h1>", http.StatusBadGateway)
		},
		"no JSON": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/event-stream")
			fmt.Fprint(w, "event: done\ndata: oops\n\n")
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, streams := newSite(t, labHosts(t)), 0
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Method == http.MethodPost && strings.Contains(r.Header.Get("Accept"), "text/event-stream") {
					streams++
					stream(w, r)
					return
				}
				s.ServeHTTP(w, r)
			}))
			t.Cleanup(srv.Close)
			u := browser.Open(t, srv.URL, "/")
			u.Types("Webhook address", "https://missing.example.org/hook")
			u.Presses("Check")
			u.Verdict("fails")
			u.Run(chromedp.WaitVisible(chromedp.CSS(`svg.drawing`)))
			if streams != 1 {
				t.Errorf("%d streams were asked for", streams)
			}
		})
	}
}
