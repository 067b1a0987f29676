package web

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"hookcheck/checker"
	"hookcheck/checker/target"
)

// maxFiles bounds how many files one request may carry.
const maxFiles = 20

// formFiles reads the files of a multipart form's field. Files of no bytes are
// what a browser sends for an empty field.
func formFiles(c echo.Context, field string) ([]checker.File, *problem) {
	kind, _, err := mime.ParseMediaType(c.Request().Header.Get("Content-Type"))
	if err == nil && kind == "application/x-www-form-urlencoded" {
		return pastedFile(c, field)
	}
	if err != nil || kind != "multipart/form-data" {
		return nil, newProblem(http.StatusUnsupportedMediaType, "expected multipart/form-data", "нужен multipart/form-data")
	}
	form, err := c.MultipartForm()
	if err != nil {
		return nil, bodyProblem(err)
	}
	defer form.RemoveAll()
	headers := form.File[field]
	if len(headers) > maxFiles {
		return nil, newProblem(http.StatusUnprocessableEntity, fmt.Sprintf("%s: expected at most %d files", field, maxFiles), fmt.Sprintf("%s: нужно не больше %d файлов", field, maxFiles)).at(field)
	}
	var files []checker.File
	for _, h := range headers {
		f, err := h.Open()
		if err != nil {
			return nil, newProblem(http.StatusBadRequest, "a file could not be read", "файл не удалось прочитать").at(field)
		}
		data, err := io.ReadAll(io.LimitReader(f, maxBody))
		f.Close()
		if err != nil {
			return nil, newProblem(http.StatusBadRequest, "a file could not be read", "файл не удалось прочитать").at(field)
		}
		if h.Filename == "" && len(data) == 0 {
			continue
		}
		files = append(files, checker.File{Name: cleanName(h.Filename), Data: data})
	}
	if text := form.Value["text"]; field == "file" && len(text) > 0 && strings.TrimSpace(text[0]) != "" {
		files = append(files, checker.File{Name: "pasted", Data: []byte(text[0])})
	}
	return files, nil
}

// pastedFile is the text of a form that carries no files.
func pastedFile(c echo.Context, field string) ([]checker.File, *problem) {
	if err := c.Request().ParseForm(); err != nil {
		return nil, bodyProblem(err)
	}
	text := c.Request().PostForm.Get("text")
	if field != "file" || strings.TrimSpace(text) == "" {
		return nil, nil
	}
	return []checker.File{{Name: "pasted", Data: []byte(text)}}, nil
}

// cleanName keeps a file's name fit to be shown.
func cleanName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f || r == 0xfffd {
			return -1
		}
		return r
	}, s)
	return clip(s, 100)
}

// runFiles judges files as if a server presented them.
func (s *server) runFiles(c echo.Context, files []checker.File, hostname string) (*checker.Result, error) {
	if len(files) == 0 {
		return nil, newProblem(http.StatusUnprocessableEntity, "file: expected at least one certificate file", "file: нужен хотя бы один файл сертификата").at("file")
	}
	password, p := formPassword(c)
	if p != nil {
		return nil, p
	}
	req := checker.FilesRequest{Files: files, Password: password}
	if hostname = strings.TrimSpace(hostname); hostname != "" {
		t, p := parseHostname(hostname)
		if p != nil {
			return nil, p
		}
		req.Hostname = &t
	}
	if p := s.admit(c); p != nil {
		return nil, p
	}
	defer s.slots.free()
	return s.Checker.CheckFiles(c.Request().Context(), req)
}

// formPassword is the password of a container. It is taken from a multipart
// form alone: what stands in a URL ends in logs.
func formPassword(c echo.Context) (string, *problem) {
	const longest = 1000
	form := c.Request().MultipartForm
	if form == nil || len(form.Value["password"]) == 0 {
		return "", nil
	}
	s := form.Value["password"][0]
	if len(s) > longest {
		return "", newProblem(http.StatusUnprocessableEntity, fmt.Sprintf("password: expected at most %d bytes", longest), fmt.Sprintf("password: нужно не больше %d байт", longest)).at("password")
	}
	return s, nil
}

func parseHostname(name string) (target.Target, *problem) {
	t, err := target.Parse(name)
	if err != nil || t.IsURL {
		return t, newProblem(http.StatusUnprocessableEntity, "hostname: expected a host name or an IP address", "hostname: нужно имя хоста или IP-адрес").at("hostname")
	}
	return t, nil
}
