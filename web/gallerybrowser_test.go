package web_test

import (
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"hookcheck/internal/browser"
)

// galleryStates are all that the gallery shows, but that a single rule is
// shown as a report alone, and in Russian alone, whose words are the longer.
func galleryStates(t *testing.T, s site) []string {
	var all []string
	for _, href := range append(galleryLinks(t, s, "/ru"), galleryLinks(t, s, "")...) {
		if !strings.Contains(href, ".") || strings.HasPrefix(href, "/ru/gallery/") {
			all = append(all, href)
		}
	}
	return all
}

// TestBrowserGalleryNarrow: no state of a page is wider than a phone or a
// tablet, with all its parts unfolded.
func TestBrowserGalleryNarrow(t *testing.T) {
	s := newSite(t, nil, withGallery)
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	for some := range slices.Chunk(galleryStates(t, s), 40) {
		u := browser.Open(t, srv.URL, some[0])
		for _, href := range some {
			u.Run(chromedp.Navigate(srv.URL+href), chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`))
			for _, width := range []int64{360, 768} {
				var is int64
				u.Run(browser.Window(width, 740))
				if u.Evaluate(`JSON.stringify(document.documentElement.scrollWidth)`, &is); is > width {
					t.Errorf("%s is %d wide on %d", href, is, width)
				}
			}
		}
	}
}

// TestBrowserGalleryAxe: no violation of axe-core's rules in any state, light
// in English and dark in Russian.
func TestBrowserGalleryAxe(t *testing.T) {
	script := axeCore(t)
	s := newSite(t, nil, withGallery)
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	var states []string
	for _, href := range galleryStates(t, s) {
		if strings.Contains(href, "/gallery/") && !strings.Contains(href, ".") && !strings.Contains(href, "report_chain_") {
			states = append(states, href)
		}
	}
	for some := range slices.Chunk(states, 12) {
		u := browser.Open(t, srv.URL, some[0])
		for _, href := range some {
			scheme := "light"
			if strings.HasPrefix(href, "/ru") {
				scheme = "dark"
			}
			u.Run(browser.Colours(scheme), chromedp.Navigate(srv.URL+href),
				chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`), chromedp.Evaluate[chromedp.Void](script))
			for _, v := range axeFaults(u) {
				t.Errorf("%s, %s: %s", href, scheme, v)
			}
		}
	}
}
