package web_test

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"hookcheck/web"
)

var galleryLink = regexp.MustCompile(`<li><a href="([^"]+)">`)

// galleryLinks are the addresses of all that the gallery shows.
func galleryLinks(t *testing.T, s site, root string) []string {
	t.Helper()
	var out []string
	for _, m := range galleryLink.FindAllStringSubmatch(s.get(root+"/gallery").Body.String(), -1) {
		out = append(out, html.UnescapeString(m[1]))
	}
	if len(out) < 200 {
		t.Fatalf("%d states", len(out))
	}
	return out
}

func withGallery(o *web.Options) { o.Gallery = true }

// TestGallery renders every page in every state and language.
func TestGallery(t *testing.T) {
	if w := newSite(t, nil).get("/gallery"); w.Code != 404 {
		t.Errorf("the gallery is open to all: %d", w.Code)
	}
	s := newSite(t, nil, withGallery)
	if w := s.get("/gallery/report_none"); w.Code != 404 {
		t.Errorf("a state that is not there: %d", w.Code)
	}
	for _, root := range []string{"", "/ru"} {
		for _, href := range galleryLinks(t, s, root) {
			w := s.get(href, "Accept-Language", "en")
			doc, err := html.Parse(strings.NewReader(w.Body.String()))
			if err != nil || w.Code >= 400 && !strings.Contains(href, "/error_") && !strings.Contains(href, "_mistake") {
				t.Fatalf("%s: %d %v", href, w.Code, err)
			}
			for _, fault := range lintHTML(doc) {
				t.Errorf("%s: %s", href, fault)
			}
			for _, text := range prose(doc) {
				if e := english.FindString(quoted.ReplaceAllString(text, "")); root == "/ru" && e != "" {
					t.Errorf("%s: %q in %.100q", href, e, text)
				}
			}
		}
	}
}
