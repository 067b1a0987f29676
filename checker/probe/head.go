package probe

import (
	"bytes"

	"hookcheck/checker/evidence"
)

// clientError is why Telegram's client gives an answer up: an outcome of
// package evidence, and the client's own words where it has several.
type clientError struct {
	outcome string
	text    string
}

// field is one header field; the name is folded to lower case.
type field struct{ name, value string }

// head is the part of an answer before its body.
type head struct {
	status  int
	reason  string
	request string // the method, where it is no answer but a request
	url     string // of a request

	keepAlive bool
	fields    []field
	length    int64 // Content-Length, -1 where absent
	media     string
	encoding  string
	transfer  string
}

// maxLength is where the client stops counting (HttpReader.h, MAX_CONTENT_SIZE).
const maxLength = 1<<32 - 1

// parseHead reads a head as the client does (td/net/HttpReader.cpp,
// parse_head), quirks included: a status line without a space after the code
// swallows the next header field.
func parseHead(raw []byte) (*head, *clientError) {
	s := &scanner{in: raw}
	h := &head{length: -1, media: "application/octet-stream"}
	word := s.till(' ')
	s.skip(' ')
	switch {
	case string(word) == "GET", string(word) == "POST":
		if err := h.requestLine(s, string(word)); err != nil {
			return nil, err
		}
	case bytes.HasPrefix(word, []byte("HTTP")):
		if err := h.version(word); err != nil {
			return nil, err
		}
		h.status = signed(s.till(' '))
		s.skip(' ')
		h.reason = string(s.till('\r'))
	default:
		return nil, &clientError{evidence.HTTPNotHTTP, "Not Implemented"}
	}
	s.skip('\r')
	s.skip('\n')
	h.readFields(s)
	if s.failed {
		return nil, &clientError{evidence.HTTPBadHead, "Bad Request"}
	}
	return h, nil
}

func (h *head) version(word []byte) *clientError {
	h.keepAlive = string(word) == "HTTP/1.1"
	if v := string(word); v != "HTTP/1.1" && v != "HTTP/1.0" {
		return &clientError{evidence.HTTPVersion, "HTTP Version Not Supported"}
	}
	return nil
}

// requestLine: a server that sends a request is read as one.
func (h *head) requestLine(s *scanner, method string) *clientError {
	line := s.till('\r')
	space := bytes.LastIndexByte(line, ' ')
	if space < 0 {
		return &clientError{evidence.HTTPBadHead, "Bad Request: wrong request line"}
	}
	h.request, h.url = method, string(line[:space])
	return h.version(line[space+1:])
}

func (h *head) readFields(s *scanner) {
	for !s.failed && len(s.left()) > 0 {
		name := s.till(':')
		s.skip(':')
		begin, end := s.pos, s.pos
		for folded := true; folded; folded = !s.failed && (s.peek() == ' ' || s.peek() == '\t') {
			s.till('\r')
			end = s.pos
			s.skip('\r')
			s.skip('\n')
		}
		h.add(lower(trim(name)), trim(s.in[begin:end]))
	}
}

// add keeps a field; of those that matter the last one counts.
func (h *head) add(name string, value []byte) {
	h.fields = append(h.fields, field{name, string(value)})
	switch name {
	case "content-length":
		h.length = int64(min(digits(value), maxLength))
	case "connection":
		h.keepAlive = lower(value) != "close"
	case "content-type":
		h.media = string(value)
	case "content-encoding":
		h.encoding = lower(value)
	case "transfer-encoding":
		h.transfer = lower(value)
	}
}

// get is the first field of a name.
func (h *head) get(name string) string {
	for _, f := range h.fields {
		if f.name == name {
			return f.value
		}
	}
	return ""
}
