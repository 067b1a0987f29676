package main

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"syscall"
	"unicode"

	"hookcheck/checker/target"
	"hookcheck/internal/lang"
)

// mistake is an error with what to do about it.
type mistake struct {
	format string
	args   []any
	hint   string
}

func (m *mistake) Error() string { return fmt.Sprintf(m.format, m.args...) }

// usage makes a mistake; hint says what is expected.
func usage(hint, format string, args ...any) error {
	return &mistake{format: format, args: args, hint: hint}
}

// complain writes an error and its hint, one line each.
func (a *app) complain(err error) {
	text, hint := err.Error(), ""
	var m *mistake
	var t *target.Error
	switch {
	case errors.As(err, &m):
		text, hint = a.say(m.format, m.args...), m.hint
	case errors.As(err, &t):
		text = "TARGET: " + strings.TrimPrefix(t.In(a.lang), "target: ")
	}
	if a.lang == lang.RU {
		hint = inRussian(hint)
	}
	if hasAnyPrefix(hint, "expected ", "ожидается ") { // the one line says both what is wrong and what is wanted
		text, hint = text+"; "+hint, ""
	}
	label := lang.Text{EN: "error: %s\n", RU: "ошибка: %s\n"}
	fmt.Fprintf(a.err, label.In(a.lang), printable(text))
	if hint != "" {
		label = lang.Text{EN: "hint: %s\n", RU: "подсказка: %s\n"}
		fmt.Fprintf(a.err, label.In(a.lang), printable(hint))
	}
}

func hasAnyPrefix(s string, prefixes ...string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(s, p) })
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

// fileError says in plain words why a file could not be read.
func fileError(field, name string, err error) error {
	hint := "expected a file that exists and may be read"
	return fileMistake(hint, field, name, err)
}

// unwritable says why a file could not be written.
func unwritable(field, name string, err error) error {
	hint := "expected a place where a file may be written"
	return fileMistake(hint, field, name, err)
}

func fileMistake(hint, field, name string, err error) error {
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
