// Package browser drives Debian's Chromium for tests, as somebody would who
// sees a page and knows nothing of how it is made: by visible texts, labels and
// buttons. It counts what its user does.
package browser

import (
	"context"
	"net/url"
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
)

// patience is how long a user stays before one page after another.
const patience = 90 * time.Second

// Step is something that is done in a browser.
type Step = chromedp.Action[chromedp.Void]

// required tells that a missing browser is a failure, as it is in CI.
func required() bool { return os.Getenv("HOOKCHECK_BROWSER") == "required" }

// start gives Chromium, started once and shared by the tests of a package.
var start = sync.OnceValues(func() (context.Context, error) {
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

// Stop ends the browser; a TestMain calls it.
func Stop() {
	if ctx, err := start(); err == nil && ctx != nil {
		_ = chromedp.Cancel(ctx)
	}
}

// User is somebody before a browser window of their own, without the cookies
// of others.
type User struct {
	t      *testing.T
	ctx    context.Context
	Site   string // where the site is
	Clicks int
	Inputs int
}

// Open shows a page of a site to a user. Without Chromium the test is skipped,
// in CI it fails.
func Open(t *testing.T, site, path string, before ...Step) *User {
	t.Helper()
	root, err := start()
	if err != nil {
		if required() {
			t.Fatalf("no browser: %v", err)
		}
		t.Skipf("no browser: %v", err)
	}
	ctx, cancel := chromedp.NewContext(root, chromedp.WithNewBrowserContext())
	t.Cleanup(cancel)
	ctx, stop := context.WithTimeout(ctx, patience)
	t.Cleanup(stop)
	u := &User{t: t, ctx: ctx, Site: site}
	t.Cleanup(u.keepScreenshot)
	u.Run(append([]Step{Window(1100, 900)}, before...)...)
	u.Run(chromedp.Navigate(site + path))
	return u
}

// keepScreenshot keeps what the user saw when a test failed.
func (u *User) keepScreenshot() {
	dir := os.Getenv("HOOKCHECK_SCREENSHOTS")
	if !u.t.Failed() || dir == "" {
		return
	}
	if png, err := chromedp.Run(u.ctx, chromedp.FullScreenshot(90)); err == nil {
		name := strings.NewReplacer("/", "_", " ", "_").Replace(u.t.Name()) + ".jpg"
		_ = os.WriteFile(filepath.Join(dir, name), png, 0o644)
	}
}

// Run does steps, or ends the test with what the page shows.
func (u *User) Run(steps ...Step) {
	u.t.Helper()
	if err := chromedp.Do(u.ctx, steps...); err != nil {
		text, _ := chromedp.Run(u.ctx, chromedp.Evaluate[string](`location.href + "\n" + document.body.innerText.slice(0, 1500)`))
		u.t.Fatalf("%v, before:\n%s", err, text)
	}
}

// Goes is the address bar.
func (u *User) Goes(path string) {
	u.t.Helper()
	u.Run(chromedp.Navigate(u.Site + path))
}

// Path is where the user is.
func (u *User) Path() string {
	u.t.Helper()
	at, err := chromedp.Run(u.ctx, chromedp.Location())
	if err != nil {
		u.t.Fatal(err)
	}
	p, err := url.Parse(at)
	if err != nil {
		u.t.Fatal(err)
	}
	return p.RequestURI()
}

// Command is a command of the DevTools protocol as a step.
func Command[P, R any](c cdp.Command[P, R], params P) Step {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, c, params)
		return err
	})
}

// Window sets the size of the window.
func Window(width, height int64) Step {
	return Command(emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: height, DeviceScaleFactor: 1})
}

// Colours asks for a colour scheme, as the system of a user does.
func Colours(scheme string) Step {
	return Command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
}

// WithoutScript switches JavaScript off.
func WithoutScript() Step {
	return Command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}
