package web_test

import (
	"encoding/xml"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"

	"hookcheck/web"
)

// TestAddresses: a page names its one address and its translations; a page
// that is not for search engines names none.
func TestAddresses(t *testing.T) {
	s := newSite(t, nil)
	for path, want := range map[string]string{
		"/": "http://example.com/", "/ru": "http://example.com/ru/", "/ru/": "http://example.com/ru/",
		"/rules": "http://example.com/rules", "/ru/rules": "http://example.com/ru/rules", "/ru/guides/platforms": "http://example.com/ru/guides/platforms",
	} {
		body := s.get(path).Body.String()
		if !strings.Contains(body, `<link rel="canonical" href="`+want+`">`) {
			t.Errorf("%s does not name %s", path, want)
		}
		bare := strings.Replace(want, "/ru/", "/", 1)
		for _, l := range []string{`hreflang="en" href="` + bare, `hreflang="x-default" href="` + bare, `hreflang="ru" href="http://example.com/ru` + strings.TrimPrefix(bare, "http://example.com")} {
			if !strings.Contains(body, l+`"`) {
				t.Errorf("%s has no %s", path, l)
			}
		}
		if bare := strings.TrimPrefix(bare, "http://example.com"); !strings.Contains(body, `?to=`+bare+`"`) {
			t.Errorf("%s: the language switch does not lead to %s", path, bare)
		}
	}
	for _, path := range []string{"/checks/forgotten", "/no-such-page"} {
		if body := s.get(path).Body.String(); strings.Contains(body, "canonical") || !strings.Contains(body, "noindex") {
			t.Errorf("%s is offered to search engines", path)
		}
	}
	if w := s.get("/", "Accept-Language", "ru"); !strings.Contains(w.Body.String(), `canonical" href="http://example.com/ru/"`) {
		t.Error("the front page in Russian has no address of its own")
	}
}

// TestAddressIsNotForged: neither a Host that no name could be, nor a header
// from a stranger, gets into a page.
func TestAddressIsNotForged(t *testing.T) {
	s := newSite(t, nil, func(o *web.Options) { o.TrustedProxies = []netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")} })
	r := httptest.NewRequest("GET", "/", nil)
	r.Host = `evil"><script>`
	if body := s.do(r).Body.String(); strings.Contains(body, "evil") {
		t.Error("a forged Host is shown")
	}
	for peer, want := range map[string]string{"192.0.2.9:1": "https://example.com/", "198.51.100.9:1": "http://example.com/"} {
		r := httptest.NewRequest("GET", "/", nil)
		r.RemoteAddr = peer
		r.Header.Set("X-Forwarded-Proto", "https")
		if body := s.do(r).Body.String(); !strings.Contains(body, `canonical" href="`+want+`"`) {
			t.Errorf("%s: not %s", peer, want)
		}
	}
}

// TestSitemap: robots.txt leads to a list of pages that are all there.
func TestSitemap(t *testing.T) {
	s := newSite(t, nil)
	if body := s.get("/robots.txt").Body.String(); !strings.Contains(body, "Sitemap: http://example.com/sitemap.xml") {
		t.Errorf("robots.txt: %s", body)
	}
	var set struct {
		URLs []string `xml:"url>loc"`
	}
	if err := xml.Unmarshal(s.get("/sitemap.xml").Body.Bytes(), &set); err != nil || len(set.URLs) < 100 {
		t.Fatalf("%v, %d pages", err, len(set.URLs))
	}
	for _, u := range set.URLs {
		w := s.get(strings.TrimPrefix(u, "http://example.com"))
		if w.Code != 200 || !strings.Contains(w.Body.String(), `canonical" href="`+u+`"`) {
			t.Errorf("%s: %d, or another address is its own", u, w.Code)
		}
	}
}
