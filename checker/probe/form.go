package probe

import (
	"bytes"
	"strings"
)

const (
	maxBoundary  = 70 // HttpReader.h, MAX_BOUNDARY_LENGTH
	maxFormFiles = 50 // telegram-bot-api/WebhookActor.cpp, create_connection
)

func isForm(media string) bool {
	return strings.Contains(lower([]byte(media)), "multipart/form-data")
}

// boundary finds what separates the parts of a form (HttpReader.cpp,
// do_read_next).
func boundary(media string) (string, *clientError) {
	at := strings.Index(lower([]byte(media)), "boundary")
	if at < 0 {
		return "", badBody("Bad Request: boundary not found")
	}
	_, value, ok := strings.Cut(media[at+len("boundary"):], "=")
	if !ok {
		return "", badBody("Bad Request: boundary value not found")
	}
	value, _, _ = strings.Cut(value, ";")
	if len(value) > 1 && value[0] == '"' && value[len(value)-1] == '"' {
		value = value[1 : len(value)-1]
	}
	if value == "" || len(value) > maxBoundary {
		return "", badBody("Bad Request: boundary too big or empty")
	}
	return value, nil
}

// form reads a multipart body as the client does, for the sake of its
// complaints alone (HttpReader.cpp, parse_multipart_form_data).
type form struct {
	in      []byte
	mark    []byte // "\r\n--" and the boundary
	headers int    // bytes of all part headers
	files   int
	args    int // bytes of form-encoded parts
}

// judgeForm tells what the client says of a form, nil where nothing.
func judgeForm(media string, content []byte, whole bool) *clientError {
	b, err := boundary(media)
	if err != nil {
		return err
	}
	f := &form{in: content, mark: []byte("\r\n--" + b)}
	ended, err := f.read()
	if err == nil && !ended && whole {
		return badBody("Bad Request: unexpected end of request content")
	}
	return err
}

// read is true once the closing boundary was seen.
func (f *form) read() (ended bool, err *clientError) {
	if !f.advance(f.mark[2:]) {
		return false, nil
	}
	for {
		p, ok, err := f.partHead()
		if err != nil || !ok {
			return false, err
		}
		if ok, err = f.partBody(p); err != nil || !ok || len(f.in) < 2 {
			return false, err
		}
		if bytes.HasPrefix(f.in, []byte("--")) {
			return true, nil
		}
	}
}

// advance goes past the next mark.
func (f *form) advance(mark []byte) bool {
	i := bytes.Index(f.in, mark)
	if i >= 0 {
		f.in = f.in[i+len(mark):]
	}
	return i >= 0
}

type part struct {
	named, file bool
	media       string
}

func (f *form) partHead() (p part, ok bool, err *clientError) {
	tooLarge := badBody("Request Header Fields Too Large: total headers size exceeded")
	n := bytes.Index(f.in, []byte("\r\n\r\n"))
	if n < 0 {
		if f.headers+len(f.in) > maxHeadSize {
			err = tooLarge
		}
		return p, false, err
	}
	f.headers += n
	switch {
	case f.headers > maxHeadSize:
		return p, false, tooLarge
	case n == 0:
		return p, false, badBody("Bad Request: headers in multipart/form-data are empty")
	}
	s := &scanner{in: f.in[2 : n+2]}
	f.in = f.in[n+4:]
	p, err = readPart(s)
	switch {
	case err != nil:
	case s.failed:
		err = badBody("Bad Request: can't parse form data headers")
	case !p.named:
		err = badBody("Bad Request: field name in multipart/form-data not found")
	case p.file && f.files == maxFormFiles:
		err = badBody("Request Entity Too Large: too many files attached")
	}
	return p, err == nil, err
}

func readPart(s *scanner) (p part, err *clientError) {
	var list head
	list.readFields(s)
	for _, h := range list.fields {
		switch h.name {
		case "content-type":
			p.media = h.value
		case "content-disposition":
			if err := p.disposition(h.value); err != nil {
				return p, err
			}
		}
	}
	return p, nil
}

func (p *part) disposition(v string) *clientError {
	const kind = "form-data;"
	if !strings.HasPrefix(v, kind) {
		return badBody("Bad Request: expected form-data content disposition")
	}
	for v = v[len(kind):]; ; {
		key, rest, ok := strings.Cut(v, "=")
		if !ok {
			return nil
		}
		value, after, err := parameter(strings.TrimLeft(rest, formSpace))
		if err != nil {
			return err
		}
		v = after
		switch strings.Trim(key, formSpace) {
		case "name":
			p.named = value != ""
		case "filename":
			p.file = true
		}
	}
}

const formSpace = " \t\r\n\x00\v"

// parameter reads a quoted string or a token.
func parameter(in string) (value, rest string, err *clientError) {
	if !strings.HasPrefix(in, `"`) {
		value, rest, _ = strings.Cut(in, ";")
		return strings.Trim(value, formSpace), rest, nil
	}
	i := 1
	for ; ; i++ {
		if i == len(in) {
			return "", "", badBody("Bad Request: unclosed quoted string in Content-Disposition header")
		}
		if in[i] == '"' {
			break
		}
		if in[i] == '\\' {
			if i++; i == len(in) {
				return "", "", badBody("Bad Request: wrong escape sequence in Content-Disposition header")
			}
		}
	}
	value, rest = in[1:i], strings.TrimLeft(in[i+1:], formSpace)
	if rest != "" && rest[0] != ';' {
		return "", "", badBody("Bad Request: expected ';' in Content-Disposition header")
	}
	return value, strings.TrimPrefix(rest, ";"), nil
}

func (f *form) partBody(p part) (ok bool, err *clientError) {
	before := len(f.in)
	ok = f.advance(f.mark)
	if p.file {
		f.files++
		return ok, nil
	}
	size := before
	if ok {
		size = before - len(f.in) - len(f.mark)
	}
	if f.args+size > maxArguments {
		return false, badBody("Request Entity Too Large: too many parameters in form data")
	}
	if ok && strings.HasPrefix(p.media, "application/x-www-form-urlencoded") {
		f.args += size
	}
	return ok, nil
}
