package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"hookcheck/checker/explain"
	"hookcheck/checker/rules"
	"hookcheck/internal/lang"
	"hookcheck/web/guides"
	"hookcheck/web/templates"
)

// The gallery shows every page in every state, those too that are hard to
// bring about. It is for eyes in development and for tests; its reports are
// made up, their findings are the examples of the rules.

// galleryPages are the pages in states that a request would have to provoke.
func (s *server) galleryPages() map[string]echo.HandlerFunc {
	pages := map[string]echo.HandlerFunc{
		"form_mistake": func(c echo.Context) error { return s.galleryForm(c, "quite unknown words", "") },
		"form_unknown_upload": func(c echo.Context) error {
			return s.galleryForm(c, "https://bot.example.org/hook", "unknown")
		},
		"form_running": s.galleryRunning,
		"pem_mistake": func(c echo.Context) error {
			return s.pemAgain(c, newProblem(http.StatusUnprocessableEntity, "hostname: expected a host name or an IP address", "hostname: нужно имя хоста или IP-адрес").at("hostname"))
		},
		"explain_mistake": func(c echo.Context) error {
			page := s.page(c, "explain")
			return renderPage(c, http.StatusUnprocessableEntity, templates.ExplainPage(templates.Explain{Page: page, Error: page.M.FieldText}))
		},
	}
	for name, text := range galleryTexts() {
		pages["explain_"+name] = func(c echo.Context) error {
			return s.explainPage(c, explain.Decode(text, explain.Options{Now: galleryTime}), text)
		}
	}
	for name, p := range galleryProblems() {
		pages["error_"+name] = func(c echo.Context) error { return s.failurePage(c, p) }
	}
	return pages
}

// galleryTexts are what people paste.
func galleryTexts() map[string]string {
	return map[string]string{
		"webhook_info": `{"ok":true,"result":{"url":"https://bot.example.org/hook","has_custom_certificate":true,"pending_update_count":3,"last_error_date":1780000000,` +
			`"last_error_message":"SSL error {error:0A000086:SSL routines::certificate verify failed}","max_connections":40,"ip_address":"198.51.100.7","allowed_updates":["message"]}}`,
		"error":    "Bad Request: bad webhook: IPv6-only addresses are not allowed",
		"conflict": "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
		"log_line": "SSL_do_handshake() failed (SSL: error:0A000418:SSL routines::tlsv1 alert unknown ca:SSL alert number 48) while SSL handshaking, client: 91.108.6.97",
		"riddle":   "the quick brown fox",
		"long":     strings.Repeat("a-very-long-word-without-a-place-to-break", 40),
	}
}

// galleryProblems are the error pages.
func galleryProblems() map[string]*problem {
	return map[string]*problem{
		"400": newProblem(http.StatusBadRequest, "", ""), "404": newProblem(http.StatusNotFound, "", ""),
		"gone": newProblem(http.StatusNotFound, "", "").at("id"), "413": newProblem(http.StatusRequestEntityTooLarge, "", ""),
		"422": newProblem(http.StatusUnprocessableEntity, "platform: expected one of the list", "platform: нужно значение из списка").at("platform"),
		"429": newProblem(http.StatusTooManyRequests, "", "").retry(7), "500": newProblem(http.StatusInternalServerError, "", ""),
		"503": newProblem(http.StatusServiceUnavailable, "", "").retry(5),
	}
}

// galleryForm is the front page after a submit that it answered itself.
func (s *server) galleryForm(c echo.Context, text, upload string) error {
	page := s.page(c, "home")
	page.NoIndex = true
	f := s.form(page, text)
	if upload != "" {
		f.Upload, f.Note = upload, page.M.UploadUnknownNote
	} else {
		f.Error = fieldText(page, notAnAddress(text))
	}
	return renderPage(c, http.StatusOK, templates.HomePage(templates.Home{Page: page, Form: f}))
}

// galleryRunning is a check under way, as the script shows it.
func (s *server) galleryRunning(c echo.Context) error {
	page := s.page(c, "home")
	page.NoIndex = true
	f := s.form(page, "https://bot.example.org/hook")
	f.Running = true
	for i := range f.Stages {
		switch {
		case i < 3:
			f.Stages[i].Status, f.Stages[i].Symbol, f.Stages[i].Word, f.Stages[i].Duration = "ended pass", "✓", page.M.Pass, "12 "+page.M.Milliseconds
		case i == 3:
			f.Stages[i].Status, f.Stages[i].Symbol, f.Stages[i].Word = "running", "•", page.M.LiveRunning
		}
	}
	return renderPage(c, http.StatusOK, templates.HomePage(templates.Home{Page: page, Form: f}))
}

// gallery lists it all: what has an address of its own, and the rest.
func (s *server) gallery(c echo.Context) error {
	page := s.page(c, "")
	page.NoIndex = true
	v := templates.Gallery{Page: page}
	for _, path := range []string{"/", "/explain", "/silent", "/pem", "/rules", "/guides"} {
		v.States = append(v.States, templates.Link{Href: page.Root + path, Text: path})
	}
	for _, g := range guides.All() {
		v.States = append(v.States, templates.Link{Href: page.Root + "/guides/" + g.ID, Text: "guides/" + g.ID})
	}
	for _, name := range sortedKeys(s.galleryPages()) {
		v.States = append(v.States, templates.Link{Href: page.Root + "/gallery/" + name, Text: name})
	}
	for _, name := range sortedKeys(galleryReports()) {
		v.States = append(v.States, templates.Link{Href: page.Root + "/gallery/report_" + name, Text: "report_" + name})
	}
	for _, r := range rules.All() {
		v.States = append(v.States, templates.Link{Href: page.Root + "/rules/" + r.ID, Text: "rules/" + r.ID},
			templates.Link{Href: page.Root + "/gallery/" + r.ID, Text: r.ID})
	}
	return renderPage(c, http.StatusOK, templates.GalleryPage(v))
}

func (s *server) galleryState(c echo.Context) error {
	name := c.Param("state")
	if show, ok := s.galleryPages()[name]; ok {
		return show(c)
	}
	page := s.page(c, "")
	page.NoIndex = true
	r, err := galleryReport(name, lang.Lang(page.Lang))
	if err != nil {
		return err
	}
	if r == nil {
		return echo.ErrNotFound
	}
	o := viewOptions{path: page.Root + "/gallery/" + name, platform: platformCookie(c), form: s.form(page, r.Target.Input), now: galleryTime}
	o.asked.redacted = name == "report_redacted"
	o.asked.uploadUnknown = name == "report_upload_unknown"
	return renderPage(c, http.StatusOK, templates.ReportPage(reportView(page, r, o)))
}
