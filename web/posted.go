package web

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/textproto"
	"strings"

	"github.com/labstack/echo/v4"

	"hookcheck/checker"
)

// Bounds of a form: its parts, and the head of each, in bytes.
const (
	maxParts    = 200
	maxPartHead = 4 << 10
)

// posted is a form as it was sent. net/http would copy it into buffers that
// nobody can overwrite; here values and files are pieces of the one buffer that
// forgetBody overwrites, since there may be a private key among them.
type posted struct {
	values map[string][]byte
	files  map[string][]checker.File
}

// formOf reads the form of a request, once.
func formOf(c echo.Context) (*posted, *problem) {
	if f, ok := c.Get("form").(*posted); ok {
		return f, nil
	}
	kind, params, err := mime.ParseMediaType(c.Request().Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" && kind != "application/x-www-form-urlencoded" {
		return nil, newProblem(http.StatusUnsupportedMediaType, "expected multipart/form-data", "нужен multipart/form-data")
	}
	body, p := readBody(c)
	if p != nil {
		return nil, p
	}
	f := &posted{values: map[string][]byte{}, files: map[string][]checker.File{}}
	if kind == "multipart/form-data" {
		err = f.multipart(body, params["boundary"])
	} else {
		err = f.urlencoded(body)
	}
	if err != nil {
		return nil, bodyProblem(err)
	}
	c.Set("form", f)
	return f, nil
}

// value is a field of the form, or "" where there is none or where it holds a
// private key: a string cannot be overwritten.
func value(c echo.Context, name string) string {
	f, p := formOf(c)
	if p != nil || holdsKey(f.values[name]) {
		return ""
	}
	return string(f.values[name])
}

var errForm = errors.New("malformed form")

// multipart splits a body into its parts (RFC 7578; RFC 2046, 5.1.1).
func (f *posted) multipart(body []byte, boundary string) error {
	if boundary == "" || len(boundary) > 70 {
		return errForm
	}
	line := []byte("--" + boundary)
	_, rest, found := bytes.Cut(body, line)
	line = append([]byte("\r\n"), line...)
	for range maxParts {
		if !found {
			return errForm // the closing line is missing: the body was cut short
		}
		if bytes.HasPrefix(rest, []byte("--")) {
			return nil
		}
		var blanks []byte // may follow the boundary
		blanks, rest, found = bytes.Cut(rest, []byte("\n"))
		if !found || len(bytes.TrimSpace(blanks)) > 0 {
			return errForm
		}
		var part []byte
		part, rest, found = bytes.Cut(rest, line)
		if err := f.part(part); err != nil {
			return err
		}
	}
	return errForm
}

// part adds one field or file; one without a name is passed over.
func (f *posted) part(part []byte) error {
	head, data, found := bytes.Cut(part, []byte("\r\n\r\n"))
	if !found || len(head) > maxPartHead {
		return errForm
	}
	header, err := textproto.NewReader(bufio.NewReader(strings.NewReader(string(head) + "\r\n\r\n"))).ReadMIMEHeader()
	if err != nil {
		return errForm
	}
	_, params, err := mime.ParseMediaType(header.Get("Content-Disposition"))
	name, file := params["name"], params["filename"]
	_, isFile := params["filename"]
	switch {
	case err != nil || name == "":
	case isFile && file == "" && len(data) == 0: // how a browser sends a field where nothing was chosen
	case isFile:
		f.files[name] = append(f.files[name], checker.File{Name: cleanName(file), Data: data[:len(data):len(data)]})
	case f.values[name] == nil:
		f.values[name] = data
	}
	return nil
}

// urlencoded splits a body into its fields.
func (f *posted) urlencoded(body []byte) error {
	for pair := range bytes.SplitSeq(body, []byte("&")) {
		key, data, _ := bytes.Cut(pair, []byte("="))
		key, ok := unescape(key)
		data, good := unescape(data)
		if !ok || !good {
			return errForm
		}
		if f.values[string(key)] == nil {
			f.values[string(key)] = data
		}
	}
	return nil
}

// unescape decodes what is percent-encoded, in place.
func unescape(b []byte) ([]byte, bool) {
	n := 0
	for i := 0; i < len(b); i, n = i+1, n+1 {
		switch b[i] {
		case '+':
			b[n] = ' '
		case '%':
			if i+2 >= len(b) {
				return nil, false
			}
			if _, err := hex.Decode(b[n:n+1], b[i+1:i+3]); err != nil {
				return nil, false
			}
			i += 2
		default:
			b[n] = b[i]
		}
	}
	return b[:n], true
}

// readBody reads a request's body into one buffer. A buffer that grew too
// small is overwritten before it is left.
func readBody(c echo.Context) ([]byte, *problem) {
	size := max(c.Request().ContentLength, 0)
	buf := make([]byte, 0, min(size, 64<<10)+512)
	for {
		n, err := c.Request().Body.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if errors.Is(err, io.EOF) {
			c.Set("body", buf)
			return buf, nil
		}
		if err != nil {
			clear(buf)
			return nil, bodyProblem(err)
		}
		if len(buf) == cap(buf) {
			grown := append(make([]byte, 0, 2*cap(buf)), buf...)
			clear(buf)
			buf = grown
		}
	}
}

// forgetBody overwrites what was sent when the answer is made. Nothing that is
// kept is a piece of it.
func forgetBody(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		defer func() {
			if body, ok := c.Get("body").([]byte); ok {
				clear(body)
			}
		}()
		return next(c)
	}
}
