package web

import (
	"errors"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"
)

// hearOut takes in the rest of a body that is too large before the answer says
// so: a client that writes all of it before it reads would find the connection
// closed instead. One that asks first (Expect) is told at once.
func hearOut(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		body := c.Request().Body
		err := next(c)
		if err != nil && statusOf(err) == http.StatusRequestEntityTooLarge && c.Request().Header.Get("Expect") == "" {
			held := make([]byte, 32<<10) // of our own: io.Discard keeps what it read
			_, _ = io.CopyBuffer(struct{ io.Writer }{io.Discard}, io.LimitReader(body, 8*maxBody), held)
			clear(held)
		}
		return err
	}
}

// statusOf is the status that an error asks for.
func statusOf(err error) int {
	var p *problem
	var he *echo.HTTPError
	switch {
	case errors.As(err, &p):
		return p.Status
	case errors.As(err, &he):
		return he.Code
	}
	return http.StatusInternalServerError
}
