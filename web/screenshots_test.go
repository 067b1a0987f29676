package web_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"

	"hookcheck/internal/browser"
)

// TestScreenshots writes the pictures of the README; `make screenshots` runs it.
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("HOOKCHECK_PICTURES")
	if dir == "" {
		t.Skip("only for: make screenshots")
	}
	u, _ := open(t, labHosts(t), "/")
	for _, p := range []struct {
		name, path, target, scheme string
		width                      int64
	}{
		{"front", "/", "", "light", 1000}, {"front.ru", "/ru/", "", "light", 1000},
		{"report", "/", "https://missing.example.org/webhook", "light", 1000}, {"report.ru", "/ru/", "https://missing.example.org/webhook", "light", 1000},
		{"report-dark", "/", "https://private.example.org/webhook", "dark", 1000}, {"report-phone", "/", "https://self.example.org/webhook", "light", 360},
	} {
		u.Run(browser.Window(p.width, 1300), browser.Colours(p.scheme), chromedp.Navigate(u.Site+p.path+"?target="+p.target))
		if p.target != "" {
			u.Run(submitForm, chromedp.WaitVisible(chromedp.CSS(`section.verdict`)))
		}
		if err := os.WriteFile(filepath.Join(dir, p.name+".png"), u.Photograph(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
