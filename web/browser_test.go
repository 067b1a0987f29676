package web_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"hookcheck/checker"
	"hookcheck/web"
)

// required tells that a missing browser is a failure, as it is in CI.
func required() bool { return os.Getenv("HOOKCHECK_BROWSER") == "required" }

// startChromium gives Debian's Chromium, started once and shared by the tests.
var startChromium = sync.OnceValues(func() (context.Context, error) {
	path, err := exec.LookPath("chromium")
	if err != nil {
		return nil, err
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("lang", "en-US"))
	ctx, _ := chromedp.NewExecAllocator(context.Background(), opts...)
	ctx, _ = chromedp.NewContext(ctx)
	return ctx, chromedp.Do(ctx)
})

func TestMain(m *testing.M) {
	code := m.Run()
	if ctx, err := startChromium(); err == nil && ctx != nil {
		_ = chromedp.Cancel(ctx)
	}
	os.Exit(code)
}

// step is something that is done in a browser.
type step = chromedp.Action[chromedp.Void]

// command is a command of the DevTools protocol as a step.
func command[P, R any](c cdp.Command[P, R], params P) step {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

// window sets the size of the window.
func window(width, height int64) step {
	return command(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1})
}

// user is somebody before a browser window. They count what they do.
type user struct {
	t      *testing.T
	ctx    context.Context
	url    string
	clicks int
	inputs int
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

// open shows the front page of a server to a user.
func open(t *testing.T, hosts map[string]string, path string, before ...step) (*user, *lead) {
	t.Helper()
	root, err := startChromium()
	if err != nil {
		if required() {
			t.Fatalf("no browser: %v", err)
		}
		t.Skipf("no browser: %v", err)
	}
	where := &lead{hosts: hosts}
	s := newSite(t, nil, func(o *web.Options) { o.Checker = led{newChecker(t, true), where} })
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	ctx, cancel := chromedp.NewContext(root, chromedp.WithNewBrowserContext()) // no cookies of others
	t.Cleanup(cancel)
	ctx, stop := context.WithTimeout(ctx, 60*time.Second)
	t.Cleanup(stop)
	u := &user{t: t, ctx: ctx, url: srv.URL}
	t.Cleanup(u.keepScreenshot)
	u.run(append([]step{window(1100, 900)}, before...)...)
	u.run(chromedp.Navigate(srv.URL + path))
	return u, where
}

// keepScreenshot keeps what the user saw when a test failed.
func (u *user) keepScreenshot() {
	if !u.t.Failed() {
		return
	}
	dir := os.Getenv("HOOKCHECK_SCREENSHOTS")
	if dir == "" {
		return
	}
	if png, err := chromedp.Run(u.ctx, chromedp.FullScreenshot(90)); err == nil {
		name := strings.NewReplacer("/", "_", " ", "_").Replace(u.t.Name()) + ".jpg"
		_ = os.WriteFile(filepath.Join(dir, name), png, 0o644)
	}
}

func (u *user) run(steps ...step) {
	u.t.Helper()
	if err := chromedp.Do(u.ctx, steps...); err != nil {
		text, _ := chromedp.Run(u.ctx, chromedp.Evaluate[string](`location.href + "\n" + document.body.innerText.slice(0, 1500)`))
		u.t.Fatalf("%v, before:\n%s", err, text)
	}
}

// types fills in the field with this label.
func (u *user) types(label, text string) {
	u.t.Helper()
	u.inputs++
	field := `//*[self::textarea or self::input][@id=//label[contains(normalize-space(.), "` + label + `")]/@for]`
	empty := `document.getElementById([...document.querySelectorAll("label")].find(l => l.textContent.includes(` + quote(label) + `)).htmlFor).value = ""`
	u.run(chromedp.WaitVisible(field), chromedp.Evaluate[chromedp.Void](empty), chromedp.SendKeys(field, text))
}

// presses clicks the visible button with this text.
func (u *user) presses(text string) {
	u.t.Helper()
	u.clicks++
	u.run(chromedp.Click(`//button[normalize-space(.)="`+text+`"]`, chromedp.NodeVisible))
}

// follows clicks the visible link, choice or heading with this text.
func (u *user) follows(text string) {
	u.t.Helper()
	u.clicks++
	u.run(chromedp.Click(`//*[self::a or self::label or self::summary][normalize-space(.)="`+text+`"]`, chromedp.NodeVisible))
}

// chooses picks a file for the upload.
func (u *user) chooses(field string, content []byte) {
	u.t.Helper()
	u.inputs++
	file := filepath.Join(u.t.TempDir(), "bot.pem")
	if err := os.WriteFile(file, content, 0o644); err != nil {
		u.t.Fatal(err)
	}
	u.run(chromedp.SetUploadFiles(chromedp.CSS(`input[name="`+field+`"]`), []string{file}))
}

// reads waits until the page shows a text.
func (u *user) reads(text string) {
	u.t.Helper()
	ctx, cancel := context.WithTimeout(u.ctx, 20*time.Second)
	defer cancel()
	for {
		seen, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`(document.body ? document.body.innerText : "").toLowerCase().includes(`+quote(strings.ToLower(text))+`)`))
		if err == nil && seen {
			return
		}
		select {
		case <-ctx.Done():
			u.run(chromedp.Func(func(context.Context, *chromedp.Target) error { return fmt.Errorf("the page never showed %q", text) }))
		case <-time.After(50 * time.Millisecond):
		}
	}
}

func quote(s string) string {
	raw, _ := json.Marshal(s)
	return string(raw)
}
