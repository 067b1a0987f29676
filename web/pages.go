package web

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"hookcheck/checker"
	"hookcheck/internal/lang"
	"hookcheck/web/templates"
)

// page is what every page of this request has in common.
func (s *server) page(c echo.Context) templates.Page {
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
	return templates.Page{
		M: m, Lang: string(l), Title: m.Title + " · " + m.Tagline, Root: root,
		OtherHref: href, OtherLang: string(other),
		CSS: s.assets.URL("app.css"), JS: s.assets.URL("app.js"),
	}
}

// render writes a page whole, so that a fault in a template is an error page
// and never half a page.
func render(c echo.Context, status int, page templ.Component) error {
	var b bytes.Buffer
	if err := page.Render(c.Request().Context(), &b); err != nil {
		return fmt.Errorf("rendering a page: %w", err)
	}
	c.Response().Header().Add("Vary", "Accept-Language, Cookie")
	return c.HTMLBlob(status, b.Bytes())
}

func (s *server) home(c echo.Context) error {
	v := templates.Home{Page: s.page(c), Form: templates.Form{Target: clip(c.QueryParam("target"), maxTarget)}}
	return render(c, http.StatusOK, templates.HomePage(v))
}

// check answers the form with the report as one page. A mistake in the form
// gives the form back, with what was typed.
func (s *server) check(c echo.Context) error {
	files, p := formFiles(c, "certificate")
	if p != nil {
		return p
	}
	in := checkInput{target: c.FormValue("target"), secret: c.FormValue("secret_token")}
	if len(files) > 0 {
		in.certificate = &files[0]
	}
	res, err := s.run(c, in)
	if errors.As(err, &p) && p.Status == http.StatusUnprocessableEntity {
		v := templates.Home{Page: s.page(c), Form: templates.Form{Target: clip(in.target, maxTarget), Error: p.Detail, Open: p.Field != "target"}}
		return render(c, p.Status, templates.HomePage(v))
	}
	if err != nil {
		return err
	}
	return s.reportPage(c, res, templates.Form{Target: res.Evidence.Target.Input})
}

func (s *server) reportPage(c echo.Context, res *checker.Result, form templates.Form) error {
	page := s.page(c)
	page.NoIndex = true
	rep, err := res.Report(lang.Lang(page.Lang))
	if err != nil {
		return fmt.Errorf("building the report: %w", err)
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return render(c, http.StatusOK, templates.ReportPage(reportView(page, rep, form)))
}

func (s *server) pemForm(c echo.Context) error {
	return render(c, http.StatusOK, templates.PEMPage(templates.PEM{Page: s.page(c)}))
}

func (s *server) pem(c echo.Context) error {
	files, p := formFiles(c, "file")
	if p != nil {
		return p
	}
	hostname := c.FormValue("hostname")
	res, err := s.runFiles(c, files, hostname)
	if errors.As(err, &p) && p.Status == http.StatusUnprocessableEntity {
		v := templates.PEM{Page: s.page(c), Hostname: clip(hostname, 255), Error: p.Detail}
		return render(c, p.Status, templates.PEMPage(v))
	}
	if err != nil {
		return err
	}
	return s.reportPage(c, res, templates.Form{Target: hostname})
}

// failurePage is an error in the style of the site, in words for people.
func (s *server) failurePage(c echo.Context, p *problem) error {
	page := s.page(c)
	page.NoIndex = true
	if p.retryAfter > 0 {
		c.Response().Header().Set("Retry-After", fmt.Sprint(p.retryAfter))
	}
	return render(c, p.Status, templates.FailurePage(templates.Failure{Page: page, Message: failureText(page.M, p)}))
}

func failureText(m *templates.Messages, p *problem) string {
	switch p.Status {
	case http.StatusNotFound, http.StatusMethodNotAllowed:
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
	if p.Detail != "" {
		return p.Detail
	}
	return m.BadRequest
}
