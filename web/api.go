package web

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"hookcheck/checker"
	"hookcheck/checker/report"
	"hookcheck/internal/lang"
)

// checkBody is the document of POST /api/v1/checks.
type checkBody struct {
	Target            string     `json:"target"`
	Certificate       memberText `json:"certificate"`
	CertificateBase64 memberText `json:"certificate_base64"`
	SecretToken       string     `json:"secret_token"`
	Post              *bool      `json:"post"`
	TimeoutMS         *int64     `json:"timeout_ms"`
	Lang              string     `json:"lang"`
}

func isAPI(c echo.Context) bool {
	path := c.Request().URL.Path
	return path == "/api" || strings.HasPrefix(path, "/api/")
}

func (s *server) apiCheck(c echo.Context) error {
	var body checkBody
	if p := readJSON(c, &body); p != nil {
		return p
	}
	l, p := apiLang(c, body.Lang)
	if p != nil {
		return p
	}
	in, p := body.input()
	if p != nil {
		return p
	}
	if wantsEvents(c) {
		return s.stream(c, in, l)
	}
	res, err := s.run(c, in)
	if err != nil {
		return err
	}
	rep, err := s.apiResult(res, l)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, rep)
}

func (b checkBody) input() (checkInput, *problem) {
	in := checkInput{target: b.Target, secret: b.SecretToken, post: b.Post}
	if b.TimeoutMS != nil {
		if *b.TimeoutMS <= 0 {
			return in, newProblem(http.StatusUnprocessableEntity, "timeout_ms: expected a positive number of milliseconds", "timeout_ms: нужно положительное число миллисекунд").at("timeout_ms")
		}
		in.timeout = time.Duration(min(*b.TimeoutMS, maxTimeout.Milliseconds())) * time.Millisecond
	}
	switch {
	case b.Certificate != nil && b.CertificateBase64 != nil:
		return in, newProblem(http.StatusUnprocessableEntity, "certificate: expected PEM text or certificate_base64, not both", "certificate: нужен либо текст PEM, либо certificate_base64, но не оба").at("certificate")
	case b.Certificate != nil:
		in.certificate = &checker.File{Name: "certificate", Data: b.Certificate}
	case b.CertificateBase64 != nil:
		data := make([]byte, base64.StdEncoding.DecodedLen(len(b.CertificateBase64)))
		n, err := base64.StdEncoding.Decode(data, b.CertificateBase64)
		clear(b.CertificateBase64)
		if err != nil {
			return in, newProblem(http.StatusUnprocessableEntity, "certificate_base64: expected standard base64", "certificate_base64: нужен обычный base64").at("certificate_base64")
		}
		in.certificate = &checker.File{Name: "certificate", Data: data[:n]}
	}
	return in, nil
}

// clip cuts a text to n bytes, between characters.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}

func wantsEvents(c echo.Context) bool {
	return strings.Contains(c.Request().Header.Get("Accept"), "text/event-stream")
}

// events sends events to a client that asked for a stream; the first one opens
// it.
func events(c echo.Context) func(event string, v any) error {
	w := c.Response()
	var mu sync.Mutex
	return func(event string, v any) error {
		data, err := json.Marshal(v)
		if err != nil {
			return fmt.Errorf("encoding an event: %w", err)
		}
		mu.Lock()
		defer mu.Unlock()
		if !w.Committed {
			w.Header().Set("Content-Type", "text/event-stream")
			w.Header().Set("Cache-Control", "no-store")
			w.Header().Set("X-Accel-Buffering", "no") // nginx hands events on at once
			w.WriteHeader(http.StatusOK)
		}
		if _, err := fmt.Fprintf(w, "event: %s\ndata: %s\n\n", event, data); err != nil {
			return fmt.Errorf("sending an event: %w", err)
		}
		w.Flush()
		return nil
	}
}

// stream sends a stage event as each stage ends, then the report. Faults of
// the request itself are ordinary answers, since nothing was sent before.
func (s *server) stream(c echo.Context, in checkInput, l lang.Lang) error {
	if _, p := parseTarget(in.target); p != nil {
		return p
	}
	send := events(c)
	in.onStage = s.tellStage(l, func(st report.Stage) error { return send("stage", st) })
	res, err := s.run(c, in)
	if err != nil {
		return s.streamError(c, send, err)
	}
	rep, err := s.apiResult(res, l)
	if err != nil {
		return s.streamError(c, send, err)
	}
	return send("report", rep)
}

// tellStage sends how a stage went. A client that went away is noticed by the
// request's context.
func (s *server) tellStage(l lang.Lang, send func(report.Stage) error) func(checker.StageEnd) {
	return func(end checker.StageEnd) {
		st, err := end.Report(l)
		if err != nil {
			s.Log.Error("telling of a stage", "stage", end.ID, "error", err)
			return
		}
		_ = send(st)
	}
}

// apiResult keeps a result and reports it under the id it is kept by.
func (s *server) apiResult(res *checker.Result, l lang.Lang) (*report.Report, error) {
	rep, err := res.Report(l)
	if err != nil {
		return nil, fmt.Errorf("building the report: %w", err)
	}
	rep.ID = s.kept.keep(res, asked{})
	return rep, nil
}

// streamError ends a stream that has begun; before that it is an ordinary
// answer.
func (s *server) streamError(c echo.Context, send func(string, any) error, err error) error {
	if !c.Response().Committed {
		return err
	}
	return send("problem", s.asProblem(err, c).doc(c))
}

func (s *server) apiPEM(c echo.Context) error {
	l, p := apiLang(c, c.QueryParam("lang"))
	if p != nil {
		return p
	}
	files, p := pemFiles(c)
	if p != nil {
		return p
	}
	res, err := s.runFiles(c, files, c.QueryParam("hostname"))
	if err != nil {
		return err
	}
	rep, err := s.apiResult(res, l)
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, rep)
}

// pemFiles takes the files of a form, or a body that is one file.
func pemFiles(c echo.Context) ([]checker.File, *problem) {
	kind, _, err := mime.ParseMediaType(c.Request().Header.Get("Content-Type"))
	switch {
	case err == nil && kind == "multipart/form-data":
		return formFiles(c, "file")
	case err == nil && (kind == "application/x-pem-file" || kind == "application/octet-stream" || kind == "text/plain"):
		data, p := readBody(c)
		if p != nil {
			return nil, p
		}
		if len(bytes.TrimSpace(data)) == 0 {
			return nil, newProblem(http.StatusUnprocessableEntity, "file: expected certificates, got nothing", "file: нужны сертификаты, а прислано пустое тело").at("file")
		}
		return []checker.File{{Name: "body", Data: data}}, nil
	}
	return nil, newProblem(http.StatusUnsupportedMediaType, "expected multipart/form-data with file fields, or application/x-pem-file", "нужен multipart/form-data с полями file или application/x-pem-file")
}

// tooLarge is said of a request over maxBody.
var tooLarge = lang.Text{EN: fmt.Sprintf("the request is over %d MiB", maxBody>>20), RU: fmt.Sprintf("запрос больше %d МиБ", maxBody>>20)}

func bodyProblem(err error) *problem {
	var he *echo.HTTPError
	var over *http.MaxBytesError
	if errors.As(err, &he) && he.Code == http.StatusRequestEntityTooLarge || errors.As(err, &over) {
		return newProblem(http.StatusRequestEntityTooLarge, tooLarge.EN, tooLarge.RU)
	}
	return newProblem(http.StatusBadRequest, "the request could not be read", "запрос не удалось прочитать")
}
