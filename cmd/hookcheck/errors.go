package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"
	"unicode"

	"hookcheck/checker/target"
)

// mistake is an error with what to do about it.
type mistake struct {
	text string
	hint string
}

func (m *mistake) Error() string { return m.text }

// usage makes a mistake; hint says what is expected.
func usage(hint, format string, args ...any) error {
	return &mistake{text: fmt.Sprintf(format, args...), hint: hint}
}

// complain writes an error and its hint, one line each.
func (a *app) complain(err error) {
	text, hint := err.Error(), ""
	var m *mistake
	var t *target.Error
	switch {
	case errors.As(err, &m):
		text, hint = m.text, m.hint
	case errors.As(err, &t):
		text, hint = "TARGET: "+t.Field+": "+t.Problem, "expected "+t.Expected
	}
	if strings.HasPrefix(hint, "expected ") { // the one line says both what is wrong and what is wanted
		text, hint = text+"; "+hint, ""
	}
	fmt.Fprintf(a.err, "error: %s\n", printable(text))
	if hint != "" {
		fmt.Fprintf(a.err, "hint: %s\n", printable(hint))
	}
}

// printable makes one line of at most 400 characters that cannot steer a
// terminal.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return ' '
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > 400 {
		return string(r[:399]) + "…"
	}
	return s
}

// fileError says in plain words why a file could not be used.
func fileError(field, name string, err error) error {
	hint := "expected a file that exists and may be read"
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return usage(hint, "%s: no such file: %s", field, quoted(name))
	case errors.Is(err, fs.ErrPermission):
		return usage(hint, "%s: no permission for %s", field, quoted(name))
	case errors.Is(err, syscall.EISDIR):
		return usage("expected a file", "%s: %s is a directory", field, quoted(name))
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	return usage(hint, "%s: %s: %v", field, quoted(name), err)
}

// quoted shows a value from the command line, shortened.
func quoted(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:59]) + "…"
	}
	return fmt.Sprintf("%q", s)
}
