package web_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"hookcheck/internal/browser"
	"hookcheck/internal/lab"
	"hookcheck/internal/testpki"
)

// bigHost shows a server's certificate of a thousand names below a chain of
// ten certificates.
func bigHost(t *testing.T) map[string]string {
	const host = "big.example.org"
	names := []string{host}
	for i := range 999 {
		names = append(names, fmt.Sprintf("a-rather-long-name-of-a-customer-%04d.shop.example.org", i))
	}
	ca := testpki.PublicRoot()
	var sent []*testpki.Node
	for i := range 9 {
		ca = ca.Intermediate(fmt.Sprintf("A Certification Authority With Quite A Long Name, Level %d", i+1))
		sent = append([]*testpki.Node{ca}, sent...)
	}
	leaf := ca.Leaf(names...)
	return map[string]string{host: lab.TLS(t, serverConfig(leaf, append([]*testpki.Node{leaf}, sent...)...), lab.OK)}
}

// TestBrowserBigChain: a chain of ten certificates with a thousand names stays
// readable: nothing sticks out, and what is long is folded.
func TestBrowserBigChain(t *testing.T) {
	script := axeCore(t)
	u, _ := open(t, bigHost(t), "/")
	u.Types("Webhook address", "https://big.example.org/hook")
	u.Presses("Check")
	u.Verdict("works")
	for width, tallest := range map[int64]int{360: 12000, 1100: 7000} {
		u.Run(browser.Window(width, 900))
		var size struct{ Width, Height, Names int }
		u.Evaluate(`JSON.stringify({Width: document.documentElement.scrollWidth, Height: document.documentElement.scrollHeight, Names: document.body.innerText.split("customer-").length})`, &size)
		if size.Width > int(width) || size.Height > tallest || size.Names < 5 || size.Names > 40 {
			t.Errorf("at %d: %+v", width, size)
		}
		if dir := os.Getenv("HOOKCHECK_PICTURES"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("big-%d.png", width)), u.PhotographWhole(), 0o644); err != nil {
				t.Error(err)
			}
		}
	}
	u.Run(chromedp.Evaluate[chromedp.Void](script))
	for _, v := range axeFaults(u) {
		t.Error(v)
	}
}
