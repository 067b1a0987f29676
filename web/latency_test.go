package web_test

import (
	"context"
	"net/http/httptest"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"hookcheck/checker"
	"hookcheck/internal/browser"
	"hookcheck/web"
)

// clocked notes when stages end.
type clocked struct {
	web.Checker
	mu   sync.Mutex
	ends map[string]time.Time
}

func (c *clocked) Check(ctx context.Context, r checker.CheckRequest) (*checker.Result, error) {
	tell := r.OnStage
	r.OnStage = func(e checker.StageEnd) {
		c.mu.Lock()
		c.ends[e.ID] = time.Now()
		c.mu.Unlock()
		tell(e)
	}
	return c.Checker.Check(ctx, r)
}

// watchStages notes when a stage's row says what came of it.
const watchStages = `new MutationObserver(() => {
	const seen = JSON.parse(sessionStorage.seen || "{}");
	for (const row of document.querySelectorAll("#live li.ended")) seen[row.dataset.stage] ||= Date.now();
	sessionStorage.seen = JSON.stringify(seen);
}).observe(document.getElementById("live"), {subtree: true, childList: true, attributes: true})`

// TestStagesShowAtOnce: what came of a stage stands on the page within 100 ms
// of its end. A busy machine gets three tries.
func TestStagesShowAtOnce(t *testing.T) {
	const most = 100 * time.Millisecond
	for try := 1; ; try++ {
		c := &clocked{ends: map[string]time.Time{}}
		srv := httptest.NewServer(newSite(t, labHosts(t), func(o *web.Options) { c.Checker, o.Checker = o.Checker, c }))
		t.Cleanup(srv.Close)
		u := browser.Open(t, srv.URL, "/")
		u.Types("Webhook address", "https://works.example.org/hook")
		u.Run(chromedp.Evaluate[chromedp.Void](watchStages))
		u.Presses("Check")
		u.Verdict("works")
		var seen map[string]int64
		u.Evaluate(`sessionStorage.seen`, &seen)
		var worst time.Duration
		for id, end := range c.ends {
			shown, ok := seen[id]
			if !ok {
				t.Errorf("%s was never shown", id)
			}
			worst = max(worst, time.UnixMilli(shown).Sub(end))
		}
		t.Logf("%d stages, the slowest shown after %v", len(c.ends), worst)
		if len(c.ends) != 8 {
			t.Fatalf("%d stages ended", len(c.ends))
		}
		if worst <= most {
			return
		}
		if try == 3 {
			t.Fatalf("a stage was shown %v after its end", worst)
		}
	}
}
