package web

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"hookcheck/checker/report"
	"hookcheck/checker/rules"
	"hookcheck/internal/lang"
	"hookcheck/web/templates"
)

// ruleDoc is a rule as the API shows it.
type ruleDoc struct {
	ID             string         `json:"id"`
	Stage          string         `json:"stage"`
	Severity       string         `json:"severity"`
	Basis          string         `json:"basis"`
	Vantage        bool           `json:"vantage"`
	Undecided      bool           `json:"undecided"`
	Title          string         `json:"title"`
	Meaning        string         `json:"meaning"`
	PredictedError string         `json:"predicted_error"`
	ReportedBy     string         `json:"reported_by"`
	Sources        []rules.Source `json:"sources"`
	Remedies       []remedyDoc    `json:"remedies,omitempty"`
}

type remedyDoc struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Platform string `json:"platform"`
	Kind     string `json:"kind"`
	Where    string `json:"where"`
	Body     string `json:"body"`
	Apply    string `json:"apply"`
	Undo     string `json:"undo"`
}

func docOf(r rules.Rule, l lang.Lang, full bool) (ruleDoc, error) {
	title, _, err := r.Texts(l, r.Example)
	if err != nil {
		return ruleDoc{}, fmt.Errorf("writing rule %s: %w", r.ID, err)
	}
	d := ruleDoc{
		ID: r.ID, Stage: string(r.Stage), Severity: string(r.Severity), Basis: string(r.Basis),
		Vantage: r.Vantage, Undecided: r.Undecided, Title: title, Meaning: r.Meaning.In(l),
		PredictedError: r.Predicted, ReportedBy: r.Reporter, Sources: r.Sources,
	}
	if full {
		for _, m := range r.SampleRemedies() {
			d.Remedies = append(d.Remedies, remedyDoc{
				ID: m.ID, Title: m.Title.In(l), Platform: m.Platform, Kind: m.Kind,
				Where: m.Where.In(l), Body: m.Body.In(l), Apply: m.Apply, Undo: m.Undo,
			})
		}
	}
	return d, nil
}

func (s *server) apiRules(c echo.Context) error {
	l, p := apiLang(c, c.QueryParam("lang"))
	if p != nil {
		return p
	}
	docs := []ruleDoc{}
	for _, r := range rules.All() {
		d, err := docOf(r, l, false)
		if err != nil {
			return err
		}
		docs = append(docs, d)
	}
	return c.JSON(http.StatusOK, map[string]any{"rules": docs})
}

func (s *server) apiRule(c echo.Context) error {
	l, p := apiLang(c, c.QueryParam("lang"))
	if p != nil {
		return p
	}
	r, ok := rules.Get(c.Param("id"))
	if !ok {
		return newProblem(http.StatusNotFound, "there is no rule with this id", "находки с таким идентификатором нет")
	}
	d, err := docOf(r, l, true)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, d)
}

func (s *server) rules(c echo.Context) error {
	page := s.page(c, "rules")
	page.Title, page.Description = page.M.RulesTitle+" · "+page.M.Title, page.M.RulesLead
	v := templates.Rules{Page: page}
	for _, stage := range rules.Stages() {
		part := templates.RuleStage{ID: string(stage), Name: stageName(page.M, string(stage))}
		for _, r := range rules.All() {
			if r.Stage != stage {
				continue
			}
			d, err := docOf(r, lang.Lang(page.Lang), false)
			if err != nil {
				return err
			}
			line := templates.RuleLine{ID: d.ID, Href: page.Root + "/rules/" + d.ID, Title: d.Title}
			line.Severity, line.Word = severityLook(page.M, d.Severity, d.Undecided)
			part.Rules = append(part.Rules, line)
		}
		v.Stages = append(v.Stages, part)
	}
	return renderPage(c, http.StatusOK, templates.RulesPage(v))
}

func (s *server) rule(c echo.Context) error {
	r, ok := rules.Get(c.Param("id"))
	if !ok {
		return echo.ErrNotFound
	}
	page := s.page(c, "rules")
	d, err := docOf(r, lang.Lang(page.Lang), true)
	if err != nil {
		return err
	}
	page.Title, page.Description = d.ID+" · "+page.M.Title, strings.ReplaceAll(d.Title, "`", "")
	v := templates.Rule{
		Page: page, ID: d.ID, Stage: stageName(page.M, d.Stage), Basis: basisText(page.M, d.Basis),
		RuleTitle: d.Title, Meaning: d.Meaning, Predicted: d.PredictedError, Open: d.Undecided,
	}
	v.Severity, v.Word = severityLook(page.M, d.Severity, d.Undecided)
	for _, src := range d.Sources {
		v.Sources = append(v.Sources, templates.Pair{Label: sourceText(page.M, src.Name, src.URL), Value: src.URL})
	}
	for _, m := range d.Remedies {
		v.Remedies = append(v.Remedies, remedyView(page.M, report.Remedy(m)))
	}
	return renderPage(c, http.StatusOK, templates.RulePage(v))
}
