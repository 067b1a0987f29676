package web

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"hookcheck/checker/rules"
	"hookcheck/internal/lang"
	"hookcheck/web/guides"
	"hookcheck/web/templates"
)

// page is what every page of this request has in common; here names its entry
// in the navigation.
func (s *server) page(c echo.Context, here string) templates.Page {
	l := pageLang(c)
	href, other := otherLang(l, c.Request().URL.Path)
	if c.Request().Method != http.MethodGet {
		href, _ = otherLang(l, "/")
	}
	root := ""
	if l == lang.RU {
		root = "/ru"
	}
	m := templates.For(l)
	p := templates.Page{
		M: m, Lang: string(l), Title: m.Title + " · " + m.Tagline, Description: m.Description, Root: root, Here: here,
		Locale:    map[lang.Lang]string{lang.EN: "en_GB", lang.RU: "ru_RU"}[l],
		OtherHref: href, OtherLang: string(other),
		CSS: s.assets.URL("app.css"), JS: s.assets.URL("app.js"), Icon: s.assets.URL("favicon.svg"),
	}
	for _, g := range guides.All() {
		p.Guides = append(p.Guides, templates.Link{Href: root + "/guides/" + g.ID, Text: g.Title.In(l)})
	}
	s.locate(c, &p)
	return p
}

// renderPage writes a page whole, so that a fault in a template is an error
// page and never half a page.
func renderPage(c echo.Context, status int, page templ.Component) error {
	var b bytes.Buffer
	if err := page.Render(c.Request().Context(), &b); err != nil {
		return fmt.Errorf("rendering a page: %w", err)
	}
	c.Response().Header().Add("Vary", "Accept-Language, Cookie")
	return c.HTMLBlob(status, b.Bytes())
}

// form is the check form, filled in with a target that may be shown.
func (s *server) form(page templates.Page, target string) templates.Form {
	f := templates.Form{Target: target, Upload: "no"}
	for _, id := range rules.Stages() {
		f.Stages = append(f.Stages, templates.Stage{ID: string(id), Name: stageName(page.M, string(id)), Symbol: "·"})
	}
	return f
}

func (s *server) home(c echo.Context) error {
	page := s.page(c, "home")
	return renderPage(c, http.StatusOK, templates.HomePage(templates.Home{Page: page, Form: s.form(page, safeText(c.QueryParam("target")))}))
}

func (s *server) pemForm(c echo.Context) error {
	page := s.page(c, "pem")
	page.Title, page.Description = page.M.PEMTitle+" · "+page.M.Title, page.M.PEMLead
	return renderPage(c, http.StatusOK, templates.PEMPage(templates.PEM{Page: page}))
}

func (s *server) pem(c echo.Context) error {
	files, p := formFiles(c, "file")
	if p != nil {
		return s.pemAgain(c, p)
	}
	res, err := s.runFiles(c, files, value(c, "hostname"))
	if errors.As(err, &p) {
		return s.pemAgain(c, p)
	}
	if err != nil {
		return err
	}
	return s.keepAndShow(c, res, asked{})
}

func (s *server) pemAgain(c echo.Context, p *problem) error {
	if p.Status != http.StatusUnprocessableEntity {
		return p
	}
	page := s.page(c, "pem")
	v := templates.PEM{Page: page, Text: safeText(value(c, "text")), Hostname: safeText(clip(value(c, "hostname"), 255)), Error: fieldText(page, p)}
	return renderPage(c, p.Status, templates.PEMPage(v))
}

func (s *server) guideList(c echo.Context) error {
	page := s.page(c, "guides")
	page.Title, page.Description = page.M.GuidesTitle+" · "+page.M.Title, page.M.GuidesLead
	v := templates.Guides{Page: page}
	l := lang.Lang(page.Lang)
	for _, g := range guides.All() {
		v.Pages = append(v.Pages, templates.GuideLine{Href: page.Root + "/guides/" + g.ID, Title: g.Title.In(l), Lead: g.Lead.In(l)})
	}
	return renderPage(c, http.StatusOK, templates.GuidesPage(v))
}

func (s *server) guide(c echo.Context) error {
	g, ok := guides.Get(c.Param("id"))
	if !ok {
		return echo.ErrNotFound
	}
	page := s.page(c, "guides")
	l := lang.Lang(page.Lang)
	page.Title = g.Title.In(l) + " · " + page.M.Title
	page.Description = g.Lead.In(l)
	v := templates.Guide{Page: page, Heading: g.Title.In(l), Lead: g.Lead.In(l)}
	for _, p := range g.Parts {
		part := templates.GuidePart{Heading: p.Heading.In(l)}
		for _, b := range p.Blocks {
			block := templates.GuideBlock{Text: b.Text.In(l), Code: b.Code}
			for _, i := range b.Items {
				block.Items = append(block.Items, i.In(l))
			}
			for _, c := range b.Claims {
				block.Claims = append(block.Claims, templates.GuideClaim{Said: c.Said.In(l), True: c.True.In(l)})
			}
			part.Blocks = append(part.Blocks, block)
		}
		v.Parts = append(v.Parts, part)
	}
	return renderPage(c, http.StatusOK, templates.GuidePage(v))
}

// failurePage is an error in the style of the site, in words for people.
func (s *server) failurePage(c echo.Context, p *problem) error {
	page := s.page(c, "")
	page.NoIndex = true
	page.Title = page.M.ErrorTitle + " · " + page.M.Title
	if p.retryAfter > 0 {
		c.Response().Header().Set("Retry-After", fmt.Sprint(p.retryAfter))
	}
	return renderPage(c, p.Status, templates.FailurePage(templates.Failure{Page: page, Message: failureText(page, p)}))
}

func failureText(page templates.Page, p *problem) string {
	m := page.M
	switch p.Status {
	case http.StatusNotFound, http.StatusMethodNotAllowed:
		if p.Field == "id" {
			return m.Gone
		}
		return m.NotFound
	case http.StatusTooManyRequests:
		return m.TooMany
	case http.StatusServiceUnavailable:
		return m.Busy
	case http.StatusRequestEntityTooLarge:
		return m.TooLarge
	case http.StatusInternalServerError:
		return m.Internal
	}
	return fieldText(page, p)
}
