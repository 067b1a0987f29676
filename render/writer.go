package render

import (
	"bufio"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Colours, by what they mean.
const (
	red    = "\x1b[31m"
	green  = "\x1b[32m"
	yellow = "\x1b[33m"
	bold   = "\x1b[1m"
	dim    = "\x1b[2m"
	reset  = "\x1b[0m"
)

// writer lays out lines. Write errors stick to the bufio.Writer and come out
// at the final Flush.
type writer struct {
	out   *bufio.Writer
	color bool
	width int
}

func newWriter(w io.Writer, o Options) *writer {
	width := o.Width
	if width == 0 {
		width = 80
	}
	return &writer{out: bufio.NewWriter(w), color: o.Color, width: max(width, 40)}
}

// paint wraps s in a colour where colours are on.
func (w *writer) paint(color, s string) string {
	if !w.color || s == "" {
		return s
	}
	return color + s + reset
}

// line writes one line as it is; what came from outside has been cleaned.
func (w *writer) line(parts ...string) {
	for _, p := range parts {
		w.out.WriteString(p)
	}
	w.out.WriteByte('\n')
}

// prose wraps text at the width, each line indented.
func (w *writer) prose(indent, text string) {
	for _, paragraph := range strings.Split(clean(text), "\n") {
		if strings.TrimSpace(paragraph) == "" {
			continue
		}
		for _, l := range wrap(paragraph, w.width-utf8.RuneCountInString(indent)) {
			w.line(indent, l)
		}
	}
}

// hanging writes a label and wrapped text beside it.
func (w *writer) hanging(label, color, text string) {
	n := utf8.RuneCountInString(label)
	for i, l := range wrap(clean(text), w.width-n) {
		if i == 0 {
			w.line(w.paint(color, label), l)
			continue
		}
		w.line(strings.Repeat(" ", n), l)
	}
}

// labelled writes a label and text that goes on under it, each line indented.
func (w *writer) labelled(indent, label, color, text string) {
	lines := wrap(label+clean(text), w.width-utf8.RuneCountInString(indent))
	for i, l := range lines {
		if rest, ok := strings.CutPrefix(l, label); ok && i == 0 {
			l = w.paint(color, label) + rest
		}
		w.line(indent, l)
	}
}

// code writes text line by line and never wraps it, so that it can be copied.
func (w *writer) code(indent, text string) {
	for _, l := range strings.Split(strings.TrimRight(clean(text), "\n"), "\n") {
		if l == "" {
			w.line()
			continue
		}
		w.line(indent, w.paint(bold, l))
	}
}

// wrap breaks text at spaces. A word longer than the width stands alone.
func wrap(text string, width int) []string {
	var lines []string
	var cur strings.Builder
	n := 0
	for _, word := range strings.Fields(text) {
		k := utf8.RuneCountInString(word)
		if n > 0 && n+1+k > width {
			lines = append(lines, cur.String())
			cur.Reset()
			n = 0
		}
		if n > 0 {
			cur.WriteByte(' ')
			n++
		}
		cur.WriteString(word)
		n += k
	}
	if n > 0 {
		lines = append(lines, cur.String())
	}
	return lines
}

// clean takes away what could steer a terminal or turn text around: control
// characters but line feed and tab, and the bidirectional controls.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case unicode.IsControl(r), r == '\u2028', r == '\u2029', unicode.Is(unicode.Bidi_Control, r):
			return '\uFFFD'
		}
		return r
	}, s)
}

// oneLine is clean without line breaks.
func oneLine(s string) string {
	return strings.Join(strings.Fields(clean(s)), " ")
}

func pad(s string, width int) string {
	if n := utf8.RuneCountInString(s); n < width {
		return s + strings.Repeat(" ", width-n)
	}
	return s
}
