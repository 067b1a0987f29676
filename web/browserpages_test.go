package web_test

import (
	"encoding/json"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"hookcheck/internal/lab"
	"hookcheck/internal/testpki"
)

// submitForm presses the button of the check form.
var submitForm = chromedp.Click(chromedp.CSS(`form#check button[type=submit]`), chromedp.NodeVisible)

// verdict waits for a report with this verdict.
func (u *user) verdict(class string) {
	u.t.Helper()
	u.run(chromedp.WaitVisible(chromedp.CSS(`section.verdict.` + class + ` h1`)))
}

func TestBrowserWithoutJavaScript(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.Leaf("bot.example.org")
	u, _ := open(t, map[string]string{"bot.example.org": served(t, lab.OK, leaf, leaf)}, "/", command(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}))
	u.types("Webhook address", "https://bot.example.org/hook")
	u.run(submitForm)
	u.verdict("fails")
	u.run(chromedp.WaitNotVisible(chromedp.CSS(`button.copy`)), chromedp.WaitVisible(chromedp.CSS(`svg.drawing`)))
}

// TestBrowserLive: stages fill in while the check is under way.
func TestBrowserLive(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.Leaf("bot.example.org")
	slow := lab.Serve(t, func(c net.Conn) {
		time.Sleep(1500 * time.Millisecond) // long enough to be seen; nothing is measured
	})
	u, where := open(t, map[string]string{"bot.example.org": slow}, "/")
	u.types("Webhook address", "https://bot.example.org/hook")
	u.run(submitForm, chromedp.WaitVisible(chromedp.CSS(`#live li[data-stage=dns].ended`)))
	u.verdict("fails")
	where.to("bot.example.org", served(t, lab.OK, leaf, leaf, ca))
	u.run(submitForm)
	u.verdict("works")
}

func TestBrowserCopy(t *testing.T) {
	leaf := testpki.PublicCA().Leaf("bot.example.org")
	u, _ := open(t, map[string]string{"bot.example.org": served(t, lab.OK, leaf, leaf)}, "/")
	u.types("Webhook address", "https://bot.example.org/hook")
	u.run(submitForm)
	u.verdict("fails")
	u.run(chromedp.Click(chromedp.CSS(`.verdict button.copy`)), chromedp.WaitVisible(`//button[text()="Copied"]`))
}

// shownPages are the pages that are looked at as a whole.
func shownPages(t *testing.T, u *user) []string {
	t.Helper()
	paths := []string{"/", "/pem", "/explain", "/rules", "/rules/chain.intermediate_missing", "/guides", "/guides/several-bots", "/no-such-page"}
	for _, host := range []string{"missing.example.org", "works.example.org", "self.example.org", "private.example.org"} {
		u.run(chromedp.Navigate(u.url+"/?target=https://"+host+"/hook"), submitForm, chromedp.WaitVisible(chromedp.CSS(`section.verdict`)))
		path, err := chromedp.Run(u.ctx, chromedp.Location())
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, strings.TrimPrefix(path, u.url))
	}
	return paths
}

// TestBrowserNarrow: nothing is wider than a phone.
func TestBrowserNarrow(t *testing.T) {
	u, _ := open(t, labHosts(t), "/", window(360, 740))
	for _, path := range shownPages(t, u) {
		for _, root := range []string{"", "/ru"} {
			u.run(chromedp.Navigate(u.url + root + path))
			width, err := chromedp.Run(u.ctx, chromedp.Evaluate[int](`document.documentElement.scrollWidth`))
			if err != nil || width > 360 {
				t.Errorf("%s%s is %d wide: %v", root, path, width, err)
			}
		}
	}
}

// TestBrowserAxe: no violation of axe-core's rules, in both languages and
// colour schemes.
func TestBrowserAxe(t *testing.T) {
	script, err := os.ReadFile("testdata/axe/node_modules/axe-core/axe.min.js")
	if err != nil && os.Getenv("HOOKCHECK_AXE") == "required" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skip("axe-core is not there: npm ci --prefix web/testdata/axe")
	}
	u, _ := open(t, labHosts(t), "/")
	for _, path := range shownPages(t, u) {
		for _, root := range []string{"", "/ru"} {
			for _, scheme := range []string{"light", "dark"} {
				u.run(colours(scheme),
					chromedp.Navigate(u.url+root+path), chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`),
					chromedp.Evaluate[chromedp.Void](string(script)))
				for _, v := range u.axe() {
					t.Errorf("%s%s, %s: %s", root, path, scheme, v)
				}
			}
		}
	}
}

func (u *user) axe() []string {
	raw, err := chromedp.Run(u.ctx, chromedp.Evaluate[string](`axe.run().then(r => JSON.stringify(r.violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 120) + " " + n.failureSummary).join(" | "))))`,
		chromedp.EvalAwaitPromise))
	if err != nil {
		u.t.Fatal(err)
	}
	var out []string
	if err := json.Unmarshal([]byte(raw), &out); err != nil {
		u.t.Fatal(err)
	}
	return out
}

// colours asks for a colour scheme, as the system of a user does.
func colours(scheme string) step {
	return command(emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
	})
}
