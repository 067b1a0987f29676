package probe

import (
	"bytes"
	"strconv"
	"strings"

	"hookcheck/checker/evidence"
)

const (
	updateSize   = 1 << 14  // what the client passes on at once (MIN_UPDATE_SIZE)
	maxBody      = 4 << 20  // what is kept of a body
	maxSkipped   = 32 << 20 // what is read besides; the client reads 4 GiB
	maxArguments = 1 << 20  // of JSON and forms (HttpReader.h, MAX_TOTAL_PARAMETERS_LENGTH)
)

// flow takes the framing off a body.
type flow interface {
	// pass takes what it can from in and says whether the body is whole.
	pass(in []byte) (content, rest []byte, whole bool, err *clientError)
}

// startBody chooses how a body is read, nil where there is none
// (HttpReader.cpp, do_read_next).
func startBody(h *head) (flow, *clientError) {
	if h.transfer == "" && h.length <= 0 {
		return nil, nil
	}
	var f flow
	switch h.transfer {
	case "":
		f = &counted{left: h.length}
	case "chunked":
		f = &chunked{}
	default:
		return nil, &clientError{evidence.HTTPBadTransfer, "Unimplemented: unsupported transfer-encoding"}
	}
	switch h.encoding {
	case "", "none", "gzip", "deflate":
	default:
		return nil, &clientError{evidence.HTTPBadEncoding, "Unsupported Media Type: unsupported content-encoding"}
	}
	if h.length >= maxLength {
		return nil, badBody("Request Entity Too Large: content length is " + strconv.FormatInt(h.length, 10))
	}
	if isForm(h.media) {
		if _, err := boundary(h.media); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// badBody: td::Status keeps its text as a C string.
func badBody(text string) *clientError {
	text, _, _ = strings.Cut(text, "\x00")
	return &clientError{evidence.HTTPBadBody, text}
}

// counted is a body with a Content-Length (HttpContentLengthByteFlow.cpp).
type counted struct{ left int64 }

func (c *counted) pass(in []byte) (content, rest []byte, whole bool, err *clientError) {
	ready := min(int64(len(in)), c.left)
	if ready < min(updateSize, c.left) {
		return nil, in, false, nil
	}
	c.left -= ready
	return in[:ready], in[ready:], c.left == 0, nil
}

// chunked is a body in chunks (HttpChunkedByteFlow.cpp). Like the client it
// does not look at what ends a chunk, reads an empty length as 0, and takes
// whatever follows the last chunk for its end.
type chunked struct {
	content bool // within a chunk
	scanned int
	left    uint64
	last    bool
}

func (c *chunked) pass(in []byte) (content, rest []byte, whole bool, err *clientError) {
	if !c.content {
		if in, err = c.readLength(in); err != nil || !c.content {
			return nil, in, false, err
		}
	}
	if uint64(len(in)) < min(updateSize, c.left)+2 {
		return nil, in, false, nil
	}
	ready := min(c.left, uint64(len(in)))
	content, in = in[:ready], in[ready:]
	c.left -= ready
	if c.left > 0 || len(in) < 2 {
		return content, in, false, nil
	}
	c.content = false
	return content, in[2:], c.last, nil
}

const maxChunkLine = 8 // extensions included

func (c *chunked) readLength(in []byte) ([]byte, *clientError) {
	i := bytes.Index(in[c.scanned:], []byte("\r\n"))
	if i >= 0 {
		c.scanned += i
	} else {
		c.scanned = len(in)
		if c.scanned > 0 && in[c.scanned-1] == '\r' {
			c.scanned--
		}
	}
	if c.scanned > maxChunkLine {
		return in, badBody("Bad Request: Too long length in chunked " + string(in[:c.scanned]))
	}
	if i < 0 {
		return in, nil
	}
	c.left = hexDigits(in[:c.scanned])
	in = in[c.scanned+2:]
	c.last, c.content, c.scanned = c.left == 0, true, 0
	return in, nil
}

// judgeContent is what the client says of a body that has arrived, whole or
// cut off at maxBody.
func judgeContent(h *head, raw []byte, whole bool) (content []byte, err *clientError) {
	content = raw
	if h.encoding == "gzip" || h.encoding == "deflate" {
		var text string
		if content, text = inflate(raw, whole); text != "" {
			return content, badBody("Bad Request: " + text)
		}
	}
	switch {
	case isForm(h.media):
		err = judgeForm(h.media, content, whole)
	case isArguments(h.media) && len(content) > maxArguments:
		err = badBody("Request Entity Too Large: too many parameters")
	}
	return content, err
}

func isArguments(media string) bool {
	m := lower([]byte(media))
	return strings.Contains(m, "application/x-www-form-urlencoded") || strings.Contains(m, "application/json")
}
