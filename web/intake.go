package web

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"hookcheck/checker"
	"hookcheck/checker/explain"
	"hookcheck/checker/target"
	"hookcheck/web/templates"
)

// maxBox bounds what may be pasted into the one box of the front page.
const maxBox = 100_000

// intake is what the one box was taken for: exactly one of files, check and
// answer is filled in.
type intake struct {
	files  []checker.File
	check  *checkInput
	answer *explain.Answer
	text   string
	asked  asked
}

// takeIn reads the form of the front page and decides what it is about.
func (s *server) takeIn(c echo.Context) (intake, *problem) {
	files, p := formFiles(c, "file")
	if p != nil {
		return intake{}, p
	}
	if len(files) > 0 {
		return intake{files: files}, nil
	}
	text := c.FormValue("target")
	if len(text) > maxBox {
		return intake{}, newProblem(http.StatusUnprocessableEntity,
			"target: longer than 100000 characters; expected host, host:port or an https URL").at("target")
	}
	if strings.Contains(text, "-----BEGIN ") {
		return intake{files: []checker.File{{Name: "pasted", Data: []byte(text)}}}, nil
	}
	if _, p := parseTarget(unredact(text)); p != nil || strings.ContainsAny(strings.TrimSpace(text), " \n\t{") {
		if a := explain.Decode(text, explain.Options{Now: s.Now()}); a.Recognised() {
			return intake{answer: a, text: text}, nil
		}
	}
	return s.takeInCheck(c, text)
}

func (s *server) takeInCheck(c echo.Context, text string) (intake, *problem) {
	uploads, p := formFiles(c, "certificate")
	if p != nil {
		return intake{}, p
	}
	in := checkInput{target: text, secret: c.FormValue("secret_token")}
	said := asked{uploadUnknown: c.FormValue("upload") == "unknown"}
	if bare := unredact(text); bare != text {
		no := false
		in.target, in.post, said.redacted = bare, &no, true
	}
	if _, p := parseTarget(in.target); p != nil {
		return intake{}, p
	}
	switch {
	case len(uploads) > 0:
		in.certificate, said.uploadUnknown = &uploads[0], false
	case c.FormValue("upload") == "yes":
		return intake{}, newProblem(http.StatusUnprocessableEntity,
			"certificate: no file was chosen; expected the file that was passed to setWebhook").at("certificate")
	}
	if p := checkSecret(in.secret); p != nil {
		return intake{}, p
	}
	return intake{check: &in, asked: said}, nil
}

// unredact cuts a URL that comes back from a report down to host and port
// where its secret part was left out: it cannot be called as it stands.
func unredact(text string) string {
	text = strings.TrimSpace(text)
	if !strings.Contains(text, "<TOKEN>") && !strings.Contains(text, "***@") {
		return text
	}
	rest, isURL := strings.CutPrefix(text, "https://")
	if !isURL {
		return text
	}
	authority, _, _ := strings.Cut(rest, "/")
	return authority[strings.LastIndex(authority, "@")+1:]
}

// checks answers the form: a report, an explanation, or the form again with
// what is wrong in it.
func (s *server) checks(c echo.Context) error {
	in, p := s.takeIn(c)
	if p != nil {
		return s.formAgain(c, p)
	}
	switch {
	case in.answer != nil && wantsEvents(c):
		return c.NoContent(http.StatusNoContent) // nothing to watch: the form is to be sent plainly
	case in.answer != nil:
		return s.explainPage(c, in.answer, in.text)
	case in.files != nil && wantsEvents(c):
		return c.NoContent(http.StatusNoContent)
	case in.files != nil:
		res, err := s.runFiles(c, in.files, "")
		if err != nil {
			return err
		}
		return s.keepAndShow(c, res, in.asked)
	case wantsEvents(c):
		return s.live(c, in)
	}
	res, err := s.run(c, *in.check)
	if err != nil {
		return err
	}
	return s.keepAndShow(c, res, in.asked)
}

// formAgain shows the front page with a line about the mistake.
func (s *server) formAgain(c echo.Context, p *problem) error {
	if p.Status != http.StatusUnprocessableEntity {
		return p
	}
	page := s.page(c, "home")
	form := s.form(page, safeText(c.FormValue("target")))
	form.Error, form.Open, form.Upload = fieldText(page, p), p.Field == "secret_token", c.FormValue("upload")
	return renderPage(c, p.Status, templates.HomePage(templates.Home{Page: page, Form: form}))
}

// safeText is a pasted text fit to stand in a form again.
func safeText(text string) string {
	if strings.Contains(text, "PRIVATE KEY") {
		return ""
	}
	return explain.Redact(target.Redact(clip(strings.ToValidUTF8(text, "\uFFFD"), maxTarget)))
}

// fieldText is the line about a mistake in the page's language.
func fieldText(page templates.Page, p *problem) string {
	if page.Lang == "en" && p.Detail != "" {
		return p.Detail
	}
	if page.Lang == "ru" && p.russian != "" {
		return p.russian
	}
	m := page.M
	switch p.Field {
	case "target":
		return m.FieldTarget
	case "certificate":
		return m.FieldCertificate
	case "secret_token":
		return m.FieldSecret
	case "file":
		return m.FieldFile
	case "hostname":
		return m.FieldHostname
	case "text":
		return m.FieldText
	}
	return m.BadRequest
}

// keepAndShow keeps a result for a while and shows its report.
func (s *server) keepAndShow(c echo.Context, res *checker.Result, a asked) error {
	id := s.kept.keep(res, a)
	k, ok := s.kept.get(id)
	if !ok {
		return fmt.Errorf("keeping a report: it is gone at once")
	}
	c.Response().Header().Set("Content-Location", s.page(c, "home").Root+"/checks/"+id)
	return s.reportPage(c, k)
}
