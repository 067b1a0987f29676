package web

import (
	"fmt"

	"github.com/labstack/echo/v4"

	"hookcheck/checker/evidence"
)

// live runs a check of the form and tells of its stages as they end; the last
// event says where the report is.
func (s *server) live(c echo.Context, in intake) error {
	send := events(c)
	in.check.onStage = func(t evidence.StageTime) {
		// A client that went away is noticed by the request's context.
		_ = send("stage", t)
	}
	res, err := s.run(c, *in.check)
	if err != nil {
		return s.streamError(c, send, err)
	}
	id := s.kept.keep(res, in.asked)
	return send("done", map[string]string{"location": fmt.Sprintf("%s/checks/%s", s.page(c, "home").Root, id)})
}
