package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"hookcheck/checker/report"
	"hookcheck/internal/lang"
	"hookcheck/render"
	"hookcheck/web/templates"
)

// report shows a kept report.
func (s *server) report(c echo.Context) error {
	k, ok := s.kept.get(c.Param("id"))
	if !ok {
		return gone()
	}
	return s.reportPage(c, k)
}

func (s *server) reportPage(c echo.Context, k *keptCheck) error {
	page := s.page(c, "home")
	page.NoIndex = true
	page.OtherHref, _ = otherLang(lang.Lang(page.Lang), "/checks/"+k.id)
	rep, err := k.result.Report(lang.Lang(page.Lang))
	if err != nil {
		return fmt.Errorf("building the report: %w", err)
	}
	again := rep.Target.Input
	if k.asked.typed != "" {
		again = k.asked.typed
	}
	form := s.form(page, again)
	if remember(&form, k); form.KeptFile != "" {
		form.Upload = "yes"
	}
	v := reportView(page, rep, viewOptions{
		path: page.Root + "/checks/" + k.id, platform: platformCookie(c), asked: k.asked,
		form: form, now: k.result.Evidence.CheckedAt, files: fileNames(k),
	})
	c.Response().Header().Set("Cache-Control", "no-store")
	return renderPage(c, http.StatusOK, templates.ReportPage(v))
}

func fileNames(k *keptCheck) []string {
	if in := k.result.Evidence.Files; in != nil {
		return in.Names
	}
	return nil
}

// download gives a kept report in one of its forms.
func (s *server) download(c echo.Context) error {
	k, ok := s.kept.get(c.Param("id"))
	if !ok {
		return gone()
	}
	l := pageLang(c)
	if isAPI(c) {
		var p *problem
		if l, p = apiLang(c, c.QueryParam("lang")); p != nil {
			return p
		}
	}
	rep, err := k.report(l)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	kind := "application/json"
	switch c.Param("form") {
	case "report.json":
		err = render.JSON(&b, rep)
	case "report.md":
		kind = "text/markdown; charset=utf-8"
		err = render.Markdown(&b, rep)
	case "evidence.json":
		enc := json.NewEncoder(&b)
		enc.SetIndent("", " ")
		err = enc.Encode(k.result.Evidence)
	case "bundle.pem":
		kind = "application/x-pem-file"
		if rep.Chain.CorrectedPEM == "" {
			return newProblem(http.StatusNotFound, "no corrected chain could be built for this report", "исправленную цепочку для этого отчёта собрать не удалось")
		}
		b.WriteString(rep.Chain.CorrectedPEM)
	default:
		return echo.ErrNotFound
	}
	if err != nil {
		return fmt.Errorf("writing %s: %w", c.Param("form"), err)
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "no-store")
	if !isAPI(c) {
		h.Set("Content-Disposition", "attachment; filename="+c.Param("form"))
	}
	return c.Blob(http.StatusOK, kind, b.Bytes())
}

// apiReport gives a kept report to programs.
func (s *server) apiReport(c echo.Context) error {
	k, ok := s.kept.get(c.Param("id"))
	if !ok {
		return gone()
	}
	l, p := apiLang(c, c.QueryParam("lang"))
	if p != nil {
		return p
	}
	rep, err := k.report(l)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, rep)
}

// report is the kept check in a language, under the id that it is kept by.
func (k *keptCheck) report(l lang.Lang) (*report.Report, error) {
	rep, err := k.result.Report(l)
	if err != nil {
		return nil, fmt.Errorf("building the report: %w", err)
	}
	rep.ID = k.id
	return rep, nil
}

func gone() *problem {
	return newProblem(http.StatusNotFound, "no report is kept under this id: they are forgotten after an hour", "отчёт с таким идентификатором не хранится: отчёты удаляются через час").at("id")
}
