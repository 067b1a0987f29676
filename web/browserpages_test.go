package web_test

import (
	"net"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"hookcheck/internal/browser"
	"hookcheck/internal/lab"
	"hookcheck/internal/testpki"
)

func TestBrowserWithoutJavaScript(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.Leaf("bot.example.org")
	u, _ := open(t, map[string]string{"bot.example.org": served(t, lab.OK, leaf, leaf)}, "/", browser.WithoutScript())
	u.Types("Webhook address", "https://bot.example.org/hook")
	u.Run(submitForm)
	u.Verdict("fails")
	u.Run(chromedp.WaitNotVisible(chromedp.CSS(`button.copy`)), chromedp.WaitVisible(chromedp.CSS(`svg.drawing`)))
}

// TestBrowserLive: stages fill in while the check is under way.
func TestBrowserLive(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.Leaf("bot.example.org")
	slow := lab.Serve(t, func(c net.Conn) {
		time.Sleep(1500 * time.Millisecond) // long enough to be seen; nothing is measured
	})
	u, where := open(t, map[string]string{"bot.example.org": slow}, "/")
	u.Types("Webhook address", "https://bot.example.org/hook")
	u.Run(submitForm, chromedp.WaitVisible(chromedp.CSS(`#live li[data-stage=dns].ended`)))
	u.Verdict("fails")
	where.to("bot.example.org", served(t, lab.OK, leaf, leaf, ca))
	u.Run(submitForm)
	u.Verdict("works")
}

func TestBrowserCopy(t *testing.T) {
	leaf := testpki.PublicCA().Leaf("bot.example.org")
	u, _ := open(t, map[string]string{"bot.example.org": served(t, lab.OK, leaf, leaf)}, "/")
	u.Types("Webhook address", "https://bot.example.org/hook")
	u.Run(submitForm)
	u.Verdict("fails")
	u.Run(chromedp.Click(chromedp.CSS(`.verdict button.copy`)), chromedp.WaitVisible(`//button[text()="Copied"]`))
}

// shownPages are the pages that are looked at as a whole.
func shownPages(t *testing.T, u *browser.User) []string {
	t.Helper()
	paths := []string{"/", "/pem", "/explain", "/silent", "/rules", "/rules/chain.intermediate_missing", "/guides", "/guides/several-bots", "/no-such-page"}
	for _, host := range []string{"missing.example.org", "works.example.org", "self.example.org", "private.example.org"} {
		u.Run(chromedp.Navigate(u.Site+"/?target=https://"+host+"/hook"), submitForm, chromedp.WaitVisible(chromedp.CSS(`section.verdict`)))
		paths = append(paths, u.Path())
	}
	return paths
}

// TestBrowserNarrow: nothing is wider than a phone.
func TestBrowserNarrow(t *testing.T) {
	u, _ := open(t, labHosts(t), "/", browser.Window(320, 640))
	for _, path := range shownPages(t, u) {
		for _, root := range []string{"", "/ru"} {
			u.Run(chromedp.Navigate(u.Site + root + path))
			var width int
			if u.Evaluate(`JSON.stringify(document.documentElement.scrollWidth)`, &width); width > 320 {
				t.Errorf("%s%s is %d wide", root, path, width)
			}
		}
	}
}

// TestBrowserAxe: no violation of axe-core's rules, in both languages and
// colour schemes.
func TestBrowserAxe(t *testing.T) {
	script := axeCore(t)
	first, _ := open(t, labHosts(t), "/")
	for _, path := range shownPages(t, first) {
		u := browser.Open(t, first.Site, path) // each page has its own time
		for _, root := range []string{"", "/ru"} {
			for _, scheme := range []string{"light", "dark"} {
				u.Run(browser.Colours(scheme),
					chromedp.Navigate(u.Site+root+path), chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`),
					chromedp.Evaluate[chromedp.Void](script))
				for _, v := range axeFaults(u) {
					t.Errorf("%s%s, %s: %s", root, path, scheme, v)
				}
			}
		}
	}
}

// axeCore is axe-core's script, or the test is skipped.
func axeCore(t *testing.T) string {
	t.Helper()
	script, err := os.ReadFile("testdata/axe/node_modules/axe-core/axe.min.js")
	if err != nil && os.Getenv("HOOKCHECK_AXE") == "required" {
		t.Fatal(err)
	}
	if err != nil {
		t.Skip("axe-core is not there: npm ci --prefix web/testdata/axe")
	}
	return string(script)
}

// axeFaults runs axe-core, which the page has loaded.
func axeFaults(u *browser.User) []string {
	var out []string
	u.Evaluate(`axe.run().then(r => JSON.stringify(r.violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 120) + " " + n.failureSummary).join(" | "))))`, &out)
	return out
}

// TestBrowserChooses: files are chosen in the words of the page, by keyboard too,
// and what is typed afterwards counts in their place.
func TestBrowserChooses(t *testing.T) {
	u, _ := open(t, labHosts(t), "/ru/")
	u.Chooses("file", []byte("x"))
	u.Reads("bot.pem")
	u.Reads("Выбрать файлы сертификатов")
	var seen []bool
	u.Evaluate(`JSON.stringify([...document.querySelectorAll("input[type=file]")].map(f => f.getBoundingClientRect().width > 2 || !f.checkVisibility() || f.tabIndex < 0))`, &seen)
	if !slices.Equal(seen, []bool{false, false}) {
		t.Errorf("the browser's own words show, or the keyboard does not reach the field: %v", seen)
	}
	u.Types("Адрес вебхука", "https://works.example.org/hook")
	u.Presses("Проверить")
	u.Verdict("works")
}

// TestBrowserMistake: a mistake is told in the form as it stands, and what was
// typed and chosen is still there; the back button leads to a form that works.
func TestBrowserMistake(t *testing.T) {
	self := testpki.SelfSigned([]string{"self.example.org"})
	u, _ := open(t, labHosts(t), "/")
	u.Types("Webhook address", "no idea at all")
	u.Chooses("certificate", self.PEM())
	u.Presses("Check")
	u.Reads("neither an address")
	var kept []string
	u.Evaluate(`JSON.stringify([document.getElementById("target").value, document.getElementById("certificate").files[0].name, location.pathname])`, &kept)
	if !slices.Equal(kept, []string{"no idea at all", "bot.pem", "/"}) {
		t.Errorf("the form holds %v", kept)
	}
	u.Types("Webhook address", "https://works.example.org/hook")
	u.Follows("No")
	u.Presses("Check")
	u.Verdict("works")
	u.Run(chromedp.Evaluate[chromedp.Void](`history.back()`))
	u.Reads("Can Telegram deliver")
	// The driver does not see nodes of a page that came back from the cache.
	u.Run(chromedp.Evaluate[chromedp.Void](`document.querySelector("form#check button[type=submit]").click()`))
	u.Verdict("works")
}
