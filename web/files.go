package web

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"hookcheck/checker"
	"hookcheck/checker/target"
	"hookcheck/internal/lang"
)

// maxFiles bounds how many files one request may carry.
const maxFiles = 20

// formFiles are the files of a form's field; what was pasted as text comes
// last.
func formFiles(c echo.Context, field string) ([]checker.File, *problem) {
	form, p := formOf(c)
	if p != nil {
		return nil, p
	}
	files := form.files[field]
	if len(files) > maxFiles {
		return nil, newProblem(http.StatusUnprocessableEntity, fmt.Sprintf("%s: expected at most %d files", field, maxFiles), fmt.Sprintf("%s: нужно не больше %d файлов", field, maxFiles)).at(field)
	}
	if text := form.values["text"]; field == "file" && len(bytes.TrimSpace(text)) > 0 {
		files = append(files, pasted(c, text))
	}
	return files, nil
}

// pasted is a text as a file, with a name in the words of the page.
func pasted(c echo.Context, text []byte) checker.File {
	return checker.File{Name: lang.Text{EN: "pasted.txt", RU: "вставка.txt"}.In(pageLang(c)), Data: text}
}

// cleanName keeps a file's name fit to be shown. Browsers write quotes and line
// ends in it as they would in a URL, and nothing else (HTML, multipart/form-data).
func cleanName(s string) string {
	s = strings.NewReplacer("%22", `"`, "%0D", "", "%0A", "").Replace(s)
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == utf8.RuneError {
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

// formPassword is the password of a container. It is taken from the form
// alone: what stands in a URL ends in logs.
func formPassword(c echo.Context) (string, *problem) {
	const longest = 1000
	s := value(c, "password")
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
