package web

import (
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"hookcheck/checker"
	"hookcheck/checker/explain"
	"hookcheck/checker/report"
	"hookcheck/internal/lang"
	"hookcheck/web/templates"
)

// explainBody is the document of POST /api/v1/explain.
type explainBody struct {
	Text string `json:"text"`
	Lang string `json:"lang"`
}

func (s *server) apiExplain(c echo.Context) error {
	var body explainBody
	if p := readJSON(c, &body); p != nil {
		return p
	}
	l, p := apiLang(c, body.Lang)
	if p != nil {
		return p
	}
	if strings.TrimSpace(body.Text) == "" {
		return newProblem(http.StatusUnprocessableEntity, "text: expected the text of an error or getWebhookInfo's answer", "text: нужен текст ошибки или ответ getWebhookInfo").at("text")
	}
	a := s.decode(c, body.Text)
	return c.JSON(http.StatusOK, a.In(l))
}

func (s *server) explainForm(c echo.Context) error {
	page := s.page(c, "explain")
	page.Title, page.Description = page.M.ExplainTitle+" · "+page.M.Title, page.M.ExplainLead
	return renderPage(c, http.StatusOK, templates.ExplainPage(templates.Explain{Page: page}))
}

// silent is the page for bots that say nothing although all is well.
func (s *server) silent(c echo.Context) error {
	page := s.page(c, "explain")
	page.Title, page.Description = page.M.ExplainSilent+" · "+page.M.Title, page.M.SilentLead
	v := templates.Explain{Page: page, Silent: meaningViews(page, explain.SilentIn(lang.Lang(page.Lang)))}
	return renderPage(c, http.StatusOK, templates.SilentPage(v))
}

func (s *server) explain(c echo.Context) error {
	form, p := formOf(c)
	if p != nil {
		return p
	}
	if data := form.values["text"]; holdsKey(data) {
		return s.judge(c, []checker.File{pasted(c, data)})
	}
	text := value(c, "text")
	if strings.TrimSpace(text) == "" {
		page := s.page(c, "explain")
		v := templates.Explain{Page: page, Error: page.M.FieldText}
		return renderPage(c, http.StatusUnprocessableEntity, templates.ExplainPage(v))
	}
	a := s.decode(c, text)
	return s.explainPage(c, a, text)
}

// decode says what a text means. A client that asks too much gets the answer
// without a look into DNS.
func (s *server) decode(c echo.Context, text string) *explain.Answer {
	a := explain.Decode(text, explain.Options{Now: s.Now()})
	if _, ok := a.Host(); !ok || s.admit(c) != nil {
		return a
	}
	defer s.slots.free()
	return s.Checker.Explain(c.Request().Context(), text, s.DNS, s.Now())
}

func (s *server) explainPage(c echo.Context, a *explain.Answer, text string) error {
	page := s.page(c, "explain")
	page.NoIndex = true
	page.Title = page.M.ExplainTitle + " · " + page.M.Title
	page.OtherHref, _ = otherLang(lang.Lang(page.Lang), "/explain")
	d := a.In(lang.Lang(page.Lang))
	v := templates.Explain{
		Page: page, Asked: true, Text: safeText(text), TakenFor: d.TakenFor, Summary: d.Summary, Hint: sentence(d.Hint),
		Meanings: meaningViews(page, d.Meanings), Notes: meaningViews(page, d.Notes), Silent: meaningViews(page, d.Silent),
		Webhook: webhookPairs(page.M, d.Webhook),
	}
	if len(v.Meanings) > 0 && sentence(v.Meanings[0].Title) == sentence(v.Summary) {
		v.Meanings[0].Title = ""
	}
	for _, p := range d.Peers {
		whose := page.M.PeerOther
		if p.Telegram {
			whose = page.M.PeerTelegram
		}
		v.Peers = append(v.Peers, templates.Pair{Label: p.IP, Value: whose})
	}
	form := s.form(page, "")
	if d.Check != nil {
		form = s.form(page, d.Check.Target)
		form.Upload = map[string]string{"none": "no", "given": "yes", "unknown": "unknown"}[d.Check.Upload]
		if d.Check.Redacted {
			form.Note = page.M.TokenMissing
		}
	}
	if a.Recognised() {
		v.Check = &form
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return renderPage(c, http.StatusOK, templates.ExplainPage(v))
}

func meaningViews(page templates.Page, in []explain.Section) []templates.Meaning {
	var out []templates.Meaning
	for _, s := range in {
		m := templates.Meaning{Title: s.Title, Text: s.Text, Matched: s.Matched}
		for _, f := range s.Findings {
			m.Causes = append(m.Causes, templates.Cause{ID: f.ID, Href: page.Root + "/rules/" + f.ID, Text: f.Meaning})
		}
		for _, r := range s.Remedies {
			m.Remedies = append(m.Remedies, remedyView(page.M, report.Remedy(r)))
		}
		out = append(out, m)
	}
	return out
}

// webhookPairs shows the fields that getWebhookInfo gave.
func webhookPairs(m *templates.Messages, w *explain.Webhook) []templates.Pair {
	if w == nil {
		return nil
	}
	url := w.URL
	if url == "" {
		url = m.InfoNoURL
	}
	out := []templates.Pair{{Label: m.InfoURL, Value: url}}
	add := func(label, value string) {
		if value != "" {
			out = append(out, templates.Pair{Label: label, Value: value})
		}
	}
	if w.HasCustomCertificate != nil {
		add(m.InfoCustom, map[bool]string{true: m.Yes, false: m.No}[*w.HasCustomCertificate])
	}
	if w.PendingUpdateCount != nil {
		add(m.InfoPending, strconv.FormatInt(*w.PendingUpdateCount, 10))
	}
	if w.MaxConnections != nil {
		add(m.InfoConnections, strconv.FormatInt(*w.MaxConnections, 10))
	}
	add(m.InfoIP, w.IPAddress)
	add(m.InfoUpdates, strings.Join(w.AllowedUpdates, ", "))
	if e := w.LastError; e != nil {
		text := e.Message
		if e.Date != nil {
			text += " (" + e.Date.UTC().Format("2006-01-02 15:04:05 UTC") + ")"
		}
		add(m.InfoError, text)
	}
	return out
}
