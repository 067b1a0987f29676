package certfile

import (
	"bytes"
	"html"
	"io"
	"mime/quotedprintable"
	"regexp"
)

// Traces that other programs leave in a block's text.
var (
	markup     = regexp.MustCompile(`<[^<>]{0,200}>`)
	lineNumber = regexp.MustCompile(`(?m)^[ \t]*[0-9]{1,6}[ \t:.)|]+[ \t]*`)
	quoted     = regexp.MustCompile(`=(?:3D|0D|20)`)
	softBreak  = regexp.MustCompile(`=(?:3D|0D|20|\r?\n[A-Za-z0-9+/])`)
)

// mend reads the text of a block that is not base64 as it stands: without the
// marks of a mail, a patch or a listing before each line, without markup, or
// with quoted-printable undone. The cause is told by what helped.
func (b *found) mend() (der []byte, cause Problem, ok bool) {
	for _, way := range []struct {
		cause Problem
		text  func() []byte
	}{
		{ProblemHeader, b.withoutHeader},
		{ProblemIndented, b.withoutPrefix},
		{ProblemMarkup, b.withoutEncoding},
		{ProblemMarkup, b.withoutMarkup},
	} {
		text := way.text()
		if text == nil {
			continue
		}
		der, ok := decodeLeniently(text)
		clear(text)
		if _, whole := wholeElement(der); ok && whole {
			return der, way.cause, true
		}
		clear(der)
	}
	return nil, "", false
}

// withoutHeader drops lines such as "Comment: …" and the blank line after
// them (RFC 1421, 4.6). OpenSSL takes them for those of an encrypted key.
func (b *found) withoutHeader() []byte {
	text := bytes.TrimLeft(bytes.ReplaceAll(b.text, []byte("\r"), nil), " \n")
	head, body, ok := bytes.Cut(text, []byte("\n\n"))
	if !ok || bytes.IndexByte(head, ':') < 0 {
		return nil
	}
	return bytes.Clone(body)
}

// withoutPrefix drops from each line what stands before BEGIN on its own.
func (b *found) withoutPrefix() []byte {
	prefix := b.before()
	if len(prefix) == 0 || len(prefix) > 40 {
		return nil
	}
	text := bytes.ReplaceAll(b.text, append([]byte("\n"), prefix...), []byte("\n"))
	if trimmed := bytes.TrimSpace(prefix); lineNumber.Match(append(trimmed, ' ')) {
		text = lineNumber.ReplaceAll(text, nil)
	} else if len(trimmed) > 0 { // the last line, or one that an editor trimmed
		text = bytes.ReplaceAll(text, append([]byte("\n"), trimmed...), []byte("\n"))
	}
	return text
}

func (b *found) withoutEncoding() []byte {
	if !softBreak.Match(b.text) {
		return nil
	}
	text, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(b.text)))
	if err != nil {
		return nil
	}
	return text
}

// withoutMarkup drops tags, entities, the backslashes of JSON and RTF, quotes,
// commas and plus signs between strings of a program.
func (b *found) withoutMarkup() []byte {
	text := markup.ReplaceAll(b.text, nil)
	text = []byte(html.UnescapeString(string(text)))
	for _, x := range [][2]string{{`\u002b`, "+"}, {`\u002B`, "+"}, {`\u003d`, "="}, {`\n`, "\n"}, {`\r`, ""}, {`" +`, ""}, {`' +`, ""}, {`" .`, ""}, {`' .`, ""}, {`\`, ""}, {`"`, ""}, {`'`, ""}, {",", ""}, {"&nbsp;", ""}} {
		text = bytes.ReplaceAll(text, []byte(x[0]), []byte(x[1]))
	}
	return text
}

// before is what stands before BEGIN on its line, a byte order mark apart.
func (b *found) before() []byte {
	line := b.data[:b.start]
	if i := bytes.LastIndexAny(line, "\n\r"); i >= 0 {
		line = line[i+1:]
	}
	return bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
}

// badLine is the line in which the text stops being base64, counted in the
// file; 0 where that cannot be told.
func (b *found) badLine() int {
	for i, c := range b.text {
		if !isBase64(c) && c > ' ' && c != '=' && c < 0x80 {
			return b.item.Line + bytes.Count(b.text[:i], []byte("\n"))
		}
	}
	return 0
}
