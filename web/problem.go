package web

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"
)

// problem is an error answer of the API (RFC 9457). Nothing internal goes into
// it: the cause is logged where it is made.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`
	Field  string `json:"field,omitempty"` // the member of the request that is at fault

	retryAfter int // seconds, for the Retry-After header

	russian string // the detail in Russian, for pages; may be empty
}

// Error makes a problem an error that handlers return.
func (p *problem) Error() string { return p.Title + ": " + p.Detail }

func newProblem(status int, detail string) *problem {
	return &problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Detail: detail}
}

func (p *problem) at(field string) *problem { p.Field = field; return p }

func (p *problem) retry(seconds int) *problem { p.retryAfter = seconds; return p }

func (p *problem) write(c echo.Context) error {
	if p.retryAfter > 0 {
		c.Response().Header().Set("Retry-After", strconv.Itoa(p.retryAfter))
	}
	body, err := json.Marshal(p)
	if err != nil {
		return err
	}
	return c.Blob(p.Status, "application/problem+json", body)
}
