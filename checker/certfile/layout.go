package certfile

import (
	"bytes"
	"regexp"
)

// blankInside is a line without text between others: what stands above it is
// a header to OpenSSL.
var blankInside = regexp.MustCompile(`[A-Za-z0-9+/][ \t\r]*\n[ \t\r]*\n\s*[A-Za-z0-9+/]`)

// layout tells why OpenSSL does not see a block that people do.
func (b *found) layout() Problem {
	first, _, _ := bytes.Cut(b.data[b.body:b.body+min(len(b.data)-b.body, 1024)], []byte("\n"))
	head := b.text[:min(len(b.text), 1024)]
	switch {
	case bytes.Contains(head, []byte(`\n`)):
		return ProblemEscaped
	case bytes.IndexByte(head, '\r') >= 0 && bytes.IndexByte(head, '\n') < 0:
		return ProblemCR
	case len(b.before()) > 0:
		return ProblemIndented
	case len(trimRight(first)) > 0:
		return ProblemOneLine
	case blankInside.Match(b.text):
		return ProblemBlank
	case foreign(b.text) >= 0:
		b.item.BadLine = b.item.Line + bytes.Count(b.text[:foreign(b.text)], []byte("\n"))
		return ProblemInvisible
	case quoted.Match(b.text):
		return ProblemMarkup
	}
	return ""
}

// foreign is where a byte beyond ASCII stands before others of its line: at the
// end of one OpenSSL passes over it.
func foreign(text []byte) int {
	at := -1
	for i, c := range text {
		switch {
		case c == '\n':
			at = -1
		case c >= 0x80 && at < 0:
			at = i
		case c > ' ' && c < 0x80 && at >= 0:
			return at
		}
	}
	return -1
}

// decode reads the text however it is laid out. Bytes beyond ASCII are what
// spaces of another kind turn into; OpenSSL passes over them at the end of a
// line.
func (b *found) decode() ([]byte, bool) {
	text := b.text
	if b.item.Problem == ProblemEscaped {
		text = bytes.ReplaceAll(bytes.ReplaceAll(text, []byte(`\r`), nil), []byte(`\n`), []byte("\n"))
	}
	return decodeLeniently(text)
}
