package web

import (
	"fmt"

	"github.com/labstack/echo/v4"

	"hookcheck/checker/report"
	"hookcheck/internal/lang"
)

// liveStage is a stage with the sign and the word that its status has on a
// page.
type liveStage struct {
	report.Stage
	Symbol string `json:"symbol"`
	Word   string `json:"word"`
}

// live runs a check of the form and tells of its stages as they end; the last
// event says where the report is.
func (s *server) live(c echo.Context, in intake) error {
	send := events(c)
	page := s.page(c, "home")
	in.check.onStage = s.tellStage(lang.Lang(page.Lang), func(st report.Stage) error {
		return send("stage", liveStage{st, statusSymbol(st.Status), statusWord(page.M, st.Status)})
	})
	res, err := s.run(c, *in.check)
	if err != nil && c.Response().Committed {
		p := s.asProblem(err, c)
		return send("problem", p.saying(failureText(s.page(c, "home"), p)).doc(c))
	}
	if err != nil {
		return err
	}
	id := s.kept.keep(res, in.asked)
	return send("done", map[string]string{"location": fmt.Sprintf("%s/checks/%s", page.Root, id)})
}
