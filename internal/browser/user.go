package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/chromedp"
)

// Types fills in the field with this label, key by key. Here as elsewhere texts
// are given with plain spaces: on the page some of them do not break.
func (u *User) Types(label, text string) {
	u.t.Helper()
	u.Inputs++
	field := `//*[self::textarea or self::input][@id=//label[contains(normalize-space(translate(., " ", " ")), "` + label + `")]/@for]`
	u.Run(chromedp.WaitVisible(field), chromedp.Evaluate[chromedp.Void](byLabel(label)+`.value = ""`), chromedp.SendKeys(field, text))
}

// Pastes fills in the field with this label at once.
func (u *User) Pastes(label, text string) {
	u.t.Helper()
	u.Inputs++
	u.Run(chromedp.Evaluate[chromedp.Void](`{ const f = ` + byLabel(label) + `; f.value = ` + quote(text) + `; f.dispatchEvent(new Event("input", {bubbles: true})); }`))
}

func byLabel(label string) string {
	return `document.getElementById([...document.querySelectorAll("label")].find(l => l.textContent.replaceAll("\u00a0", " ").includes(` + quote(label) + `)).htmlFor)`
}

// Presses clicks the visible button with this text.
func (u *User) Presses(text string) {
	u.t.Helper()
	u.Clicks++
	u.Run(chromedp.Click(`//button[normalize-space(translate(., " ", " "))="`+text+`"]`, chromedp.NodeVisible))
}

// Follows clicks the visible link, choice or heading with this text.
func (u *User) Follows(text string) {
	u.t.Helper()
	u.Clicks++
	u.Run(chromedp.Click(`//*[self::a or self::label or self::summary][normalize-space(translate(., " ", " "))="`+text+`"]`, chromedp.NodeVisible))
}

// Picks chooses an entry of the list with this label.
func (u *User) Picks(label, entry string) {
	u.t.Helper()
	u.Inputs++
	u.Run(chromedp.Evaluate[chromedp.Void](`{ const s = ` + byLabel(label) + `; s.value = [...s.options].find(o => o.text.replaceAll("\u00a0", " ") === ` + quote(entry) + `).value; s.dispatchEvent(new Event("change", {bubbles: true})); }`))
}

// Chooses picks a file for the upload of this name.
func (u *User) Chooses(field string, content []byte) {
	u.t.Helper()
	u.Inputs++
	file := filepath.Join(u.t.TempDir(), "bot.pem")
	if err := os.WriteFile(file, content, 0o644); err != nil {
		u.t.Fatal(err)
	}
	u.Run(chromedp.SetUploadFiles(chromedp.CSS(`input[name="`+field+`"]`), []string{file}))
}

// Reads waits until the page shows a text.
func (u *User) Reads(text string) {
	u.t.Helper()
	u.await(`(document.body ? document.body.innerText : "").replaceAll("\u00a0", " ").toLowerCase().includes(`+quote(strings.ToLower(text))+`)`, fmt.Sprintf("the page never showed %q", text))
}

func (u *User) await(condition, otherwise string) {
	u.t.Helper()
	ctx, cancel := context.WithTimeout(u.ctx, 30*time.Second)
	defer cancel()
	for {
		seen, err := chromedp.Run(ctx, chromedp.Evaluate[bool](condition))
		if err == nil && seen {
			return
		}
		select {
		case <-ctx.Done():
			u.Run(chromedp.Func(func(context.Context, *chromedp.Target) error { return fmt.Errorf("%s", otherwise) }))
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// Verdict waits for a report with this verdict.
func (u *User) Verdict(class string) {
	u.t.Helper()
	u.await(`!!document.querySelector("section.verdict.`+class+` h1")`, "no report says "+class)
}

// Commands are the visible texts to copy below a visible heading, in order.
func (u *User) Commands(heading string) []string {
	u.t.Helper()
	var out []string
	u.Evaluate(`JSON.stringify([...document.querySelectorAll("section")].filter(s => { const h = s.querySelector("h2"); return h && h.textContent.replaceAll("\u00a0", " ").trim() === `+quote(heading)+`; })
		.flatMap(s => [...s.querySelectorAll(".code code")]).filter(c => c.checkVisibility()).map(c => c.textContent))`, &out)
	return out
}

// Evaluate runs an expression that gives JSON as a string.
func (u *User) Evaluate(expression string, into any) {
	u.t.Helper()
	raw, err := chromedp.Run(u.ctx, chromedp.Evaluate[string](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		u.t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(raw), into); err != nil {
		u.t.Fatalf("%v in %q", err, raw)
	}
}

// Within fails where a user needed more than it should.
func (u *User) Within(clicks, inputs int) {
	u.t.Helper()
	u.t.Logf("%d clicks, %d inputs", u.Clicks, u.Inputs)
	if u.Clicks > clicks || u.Inputs > inputs {
		u.t.Errorf("%d clicks and %d inputs; at most %d and %d", u.Clicks, u.Inputs, clicks, inputs)
	}
}

func quote(s string) string {
	raw, _ := json.Marshal(s)
	return string(raw)
}

// Photograph is a picture of what the window shows.
func (u *User) Photograph() []byte {
	u.t.Helper()
	png, err := chromedp.Run(u.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		u.t.Fatal(err)
	}
	return png
}

// PhotographWhole is a picture of the whole page.
func (u *User) PhotographWhole() []byte {
	u.t.Helper()
	png, err := chromedp.Run(u.ctx, chromedp.FullScreenshot(100))
	if err != nil {
		u.t.Fatal(err)
	}
	return png
}
