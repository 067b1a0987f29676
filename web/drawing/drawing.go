// Package drawing makes the picture of a chain: what the server sent, the way
// from its certificate to a root, and the gap where there is one. It is pure:
// the same rows give the same SVG. Colours come from the page's style sheet.
package drawing

import (
	"fmt"
	"html"
	"strings"
)

// Kind says what a row stands for.
type Kind string

// The kinds of rows.
const (
	Sent    Kind = "sent"    // presented, on the path
	Anchor  Kind = "anchor"  // a root that need not be sent
	Missing Kind = "missing" // wanted and not sent
	Unknown Kind = "unsure"  // nobody knows what would come here
	Extra   Kind = "extra"   // sent, but not on the path
)

// Chain is a picture in words.
type Chain struct {
	ID          string // prefix of the ids inside, unique on the page
	Title, Text string // the text says all that the picture shows
	AlsoSent    string // heading over rows of kind Extra
	Rows        []Row
}

// Row is one certificate, or its place.
type Row struct {
	Kind  Kind
	Label string // role, in the reader's language
	Name  string
	Note  string // where a missing one can be had, the lists that hold a root
	Loop  bool   // signed by itself
	Bad   bool   // the certificate is at fault
	Life  *Life
}

// Life is a period of validity.
type Life struct {
	Elapsed float64 // share of it that is over, 0 to 1
	State   string  // ok, soon, over, future
	Text    string
}

// Measures of the picture, in its own units: about a pixel on a phone.
const (
	width     = 340
	left      = 14
	rowHeight = 78
	gap       = 26
	maxRows   = 40

	nameSize = 12.5 // of the letters, as the style sheet has them
	noteSize = 11
	inside   = width - 2*left
)

// SVG draws the chain.
func SVG(c Chain) string {
	rows := c.Rows[:min(len(c.Rows), maxRows)]
	var b strings.Builder
	height := totalHeight(rows)
	fmt.Fprintf(&b, `<svg class="drawing" viewBox="0 0 %d %d" role="img" aria-labelledby="%s-t %s-d" xmlns="http://www.w3.org/2000/svg">`, width, height, c.ID, c.ID)
	fmt.Fprintf(&b, `<title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, c.ID, esc(c.Title), c.ID, esc(c.Text))
	y, extras := 4, false
	for i, r := range rows {
		if r.Kind == Extra && !extras {
			extras = true
			fmt.Fprintf(&b, `<text class="d-soft" x="%d" y="%d">%s</text>`, left, y+14, esc(c.AlsoSent))
			y += gap
		}
		drawRow(&b, r, y)
		y += rowHeight
		if i+1 < len(rows) && r.Kind != Extra && rows[i+1].Kind != Extra {
			drawLink(&b, r, rows[i+1], y)
		}
		y += gap
	}
	b.WriteString(`</svg>`)
	return b.String()
}

func totalHeight(rows []Row) int {
	h := 4 + len(rows)*(rowHeight+gap)
	for _, r := range rows {
		if r.Kind == Extra {
			return h + gap
		}
	}
	return h
}

func drawRow(b *strings.Builder, r Row, y int) {
	class := "d-" + string(r.Kind)
	if r.Bad {
		class += " d-bad"
	}
	fmt.Fprintf(b, `<g class="%s"><rect x="2" y="%d" width="%d" height="%d" rx="8"/>`, class, y, width-4, rowHeight)
	fmt.Fprintf(b, `<text class="d-label" x="%d" y="%d">%s</text>`, left, y+19, esc(symbol(r)+" "+r.Label))
	fmt.Fprintf(b, `<text class="d-name" x="%d" y="%d">%s</text>`, left, y+38, esc(fit(r.Name, inside, nameSize)))
	switch {
	case r.Life != nil:
		drawLife(b, r.Life, y+48)
	case r.Note != "":
		for i, line := range wrap(r.Note, inside, noteSize) {
			fmt.Fprintf(b, `<text class="d-note" x="%d" y="%d">%s</text>`, left, y+55+14*i, esc(line))
		}
	}
	b.WriteString(`</g>`)
}

// symbol gives each state a shape of its own beside its colour.
func symbol(r Row) string {
	switch {
	case r.Kind == Missing:
		return "✕"
	case r.Kind == Unknown:
		return "?"
	case r.Bad:
		return "▲"
	case r.Kind == Extra:
		return "–"
	case r.Loop:
		return "↻"
	}
	return "✓"
}

func drawLife(b *strings.Builder, l *Life, y int) {
	done := int(max(0, min(1, l.Elapsed)) * inside)
	fmt.Fprintf(b, `<rect class="d-bar" x="%d" y="%d" width="%d" height="6" rx="3"/>`, left, y, inside)
	fmt.Fprintf(b, `<rect class="d-life d-%s" x="%d" y="%d" width="%d" height="6" rx="3"/>`, l.State, left, y, max(done, 3))
	fmt.Fprintf(b, `<text class="d-note" x="%d" y="%d">%s</text>`, left, y+21, esc(fit(l.Text, inside, noteSize)))
}

// drawLink is the signature between a certificate and its issuer's.
func drawLink(b *strings.Builder, from, to Row, y int) {
	line, head := "d-link", "d-link"
	if from.Kind == Missing || to.Kind == Missing || to.Kind == Unknown {
		line, head = "d-link d-broken d-dashed", "d-link d-broken"
	}
	x := width / 2
	fmt.Fprintf(b, `<path class="%s" d="M%d %dV%d"/><path class="%s" d="M%d %dl5 7l5 -7"/>`, line, x, y+2, y+gap-3, head, x-5, y+gap-10)
}

func esc(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == 0xfffe || r == 0xffff {
			return ' '
		}
		return r
	}, s))
}
