package web

import (
	"encoding/xml"
	"net/http"
	"net/netip"
	"strings"

	"github.com/labstack/echo/v4"

	"hookcheck/checker/rules"
	"hookcheck/internal/lang"
	"hookcheck/web/guides"
	"hookcheck/web/templates"
)

// origin is the scheme and host under which the client reached this server,
// "" where the Host header holds what no host name does. Links to other pages
// never need it: it is for those readers that want an absolute address, such
// as search engines.
func (s *server) origin(c echo.Context) string {
	host := c.Request().Host
	if host == "" || len(host) > 255 || strings.Trim(strings.ToLower(host), "abcdefghijklmnopqrstuvwxyz0123456789.-_:[]") != "" {
		return ""
	}
	scheme := "http"
	if c.IsTLS() || s.trustsPeer(c) && c.Request().Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	return scheme + "://" + host
}

// trustsPeer tells whether the request came through a proxy that is believed.
func (s *server) trustsPeer(c echo.Context) bool {
	peer, err := netip.ParseAddrPort(c.Request().RemoteAddr)
	if err != nil {
		return false
	}
	for _, p := range s.TrustedProxies {
		if p.Contains(peer.Addr().Unmap()) {
			return true
		}
	}
	return false
}

// locate gives a page its one address and that of its translation.
func (s *server) locate(c echo.Context, p *templates.Page) {
	origin := s.origin(c)
	if origin == "" || c.Request().Method != http.MethodGet {
		return
	}
	bare := barePath(c.Request().URL.Path)
	p.Alternates = []templates.Link{{Text: "x-default", Href: origin + bare}}
	for _, l := range lang.All() {
		href := origin + pagePath(l, bare)
		p.Alternates = append(p.Alternates, templates.Link{Text: string(l), Href: href})
		if string(l) == p.Lang {
			p.Canonical = href
		}
	}
}

// barePath is a page's path without its language.
func barePath(path string) string {
	switch rest, russian := strings.CutPrefix(path, "/ru"); {
	case russian && strings.HasPrefix(rest, "/"):
		return rest
	case russian && rest == "":
		return "/"
	}
	return path
}

func pagePath(l lang.Lang, bare string) string {
	if l == lang.RU {
		return "/ru" + bare
	}
	return bare
}

func (s *server) robots(c echo.Context) error {
	text := "User-agent: *\nDisallow: /checks/\nDisallow: /ru/checks/\nDisallow: /lang/\n"
	if origin := s.origin(c); origin != "" {
		text += "\nSitemap: " + origin + "/sitemap.xml\n"
	}
	return c.String(http.StatusOK, text)
}

// sitemap lists the pages that are the same for everybody.
func (s *server) sitemap(c echo.Context) error {
	origin := s.origin(c)
	if origin == "" {
		return echo.ErrNotFound
	}
	paths := []string{"/", "/explain", "/silent", "/pem", "/rules", "/guides"}
	for _, g := range guides.All() {
		paths = append(paths, "/guides/"+g.ID)
	}
	for _, r := range rules.All() {
		paths = append(paths, "/rules/"+r.ID)
	}
	type entry struct {
		Loc string `xml:"loc"`
	}
	set := struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		URLs    []entry  `xml:"url"`
	}{}
	for _, path := range paths {
		for _, l := range lang.All() {
			set.URLs = append(set.URLs, entry{origin + pagePath(l, path)})
		}
	}
	return c.XML(http.StatusOK, set)
}
