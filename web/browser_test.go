package web_test

import (
	"context"
	"net/http/httptest"
	"os"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"

	"hookcheck/checker"
	"hookcheck/internal/browser"
	"hookcheck/web"
)

func TestMain(m *testing.M) {
	code := m.Run()
	browser.Stop()
	os.Exit(code)
}

// lead is where names lead; a test mends a server by leading its name
// elsewhere.
type lead struct {
	mu    sync.Mutex
	hosts map[string]string
}

func (l *lead) to(host, addr string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.hosts[host] = addr
}

// led dials where names lead now.
type led struct {
	*checker.Checker
	lead *lead
}

func (c led) Check(ctx context.Context, r checker.CheckRequest) (*checker.Result, error) {
	c.lead.mu.Lock()
	r.ConnectTo = c.lead.hosts[r.Target.ASCIIHost]
	c.lead.mu.Unlock()
	return c.Checker.Check(ctx, r)
}

// open shows a page of a server to a user.
func open(t *testing.T, hosts map[string]string, path string, before ...browser.Step) (*browser.User, *lead) {
	t.Helper()
	where := &lead{hosts: hosts}
	srv := httptest.NewServer(newSite(t, nil, func(o *web.Options) { o.Checker = led{newChecker(t, true), where} }))
	t.Cleanup(srv.Close)
	return browser.Open(t, srv.URL, path, before...), where
}

// submitForm presses the button of the check form.
var submitForm = chromedp.Click(chromedp.CSS(`form#check button[type=submit]`), chromedp.NodeVisible)
