package web_test

import (
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"hookcheck/web"
)

// TestGallery renders every state in every language.
func TestGallery(t *testing.T) {
	if w := newSite(t, nil).get("/gallery"); w.Code != 404 {
		t.Errorf("the gallery is open to all: %d", w.Code)
	}
	s := newSite(t, nil, func(o *web.Options) { o.Gallery = true })
	for _, root := range []string{"", "/ru"} {
		list := s.get(root + "/gallery").Body.String()
		states := regexp.MustCompile(`href="(`+root+`/gallery/[a-z_]+)"`).FindAllStringSubmatch(list, -1)
		if len(states) < 10 {
			t.Fatalf("%d states", len(states))
		}
		for _, m := range states {
			w := s.get(m[1])
			doc, err := html.Parse(strings.NewReader(w.Body.String()))
			if err != nil || w.Code != 200 {
				t.Fatalf("%s: %d %v", m[1], w.Code, err)
			}
			for _, fault := range lintHTML(doc) {
				t.Errorf("%s: %s", m[1], fault)
			}
			for _, text := range prose(doc) {
				if e := english.FindString(quoted.ReplaceAllString(text, "")); root == "/ru" && e != "" {
					t.Errorf("%s: %q in %.100q", m[1], e, text)
				}
			}
		}
	}
}
