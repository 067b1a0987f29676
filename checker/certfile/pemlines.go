package certfile

import "bytes"

// OpenSSL reads PEM by lines into a buffer of this many bytes, the end of the
// text included (crypto/pem/pem_lib.c, LINESIZE).
const lineBuffer = 255

// lines gives out a file as fgets into that buffer does, OpenSSL's clean-up
// applied: a longer line comes in pieces, and a NUL byte ends what is seen.
type lines struct {
	data  []byte
	first bool // the next line is the first that is read for a BEGIN
}

// next returns the line with what trails it cut off, whether it filled the
// buffer before its end, and whether there was one at all.
func (l *lines) next() (line []byte, partial, ok bool) {
	n := min(lineBuffer-1, len(l.data))
	if i := bytes.IndexByte(l.data[:n], '\n'); i >= 0 {
		n = i + 1
	}
	line, l.data = l.data[:n], l.data[n:]
	if i := bytes.IndexByte(line, 0); i >= 0 {
		line = line[:i]
	}
	if len(line) == 0 {
		return nil, false, false
	}
	partial = len(line) == lineBuffer-1 && line[len(line)-1] != '\n'
	if l.first && len(line) > 3 {
		line = bytes.TrimPrefix(line, []byte("\xef\xbb\xbf"))
	}
	l.first = false
	return trimRight(line), partial, true
}

// trimRight cuts trailing bytes up to the space. They are compared as signed
// characters, so that bytes over 0x7f go as well (sanitize_line).
func trimRight(line []byte) []byte {
	for len(line) > 0 && int8(line[len(line)-1]) <= ' ' {
		line = line[:len(line)-1]
	}
	return line
}

// block is one PEM block as OpenSSL reads it.
type block struct {
	name   string
	header []byte
	der    []byte
}

// Errors of OpenSSL that can be told from the outside, as Telegram's client
// prints them. errPEMFailed stands behind every one that precedes it.
const (
	errNoStart     = ""  // no more blocks: not an error
	errSilent      = "-" // it fails and says nothing of its own
	errUntold      = "?" // it fails in a way that cannot be told
	errBadEnd      = "{error:04800066:PEM routines::bad end line}"
	errBase64      = "{error:04800064:PEM routines::bad base64 decode}"
	errNotProcType = "{error:0480006B:PEM routines::not proc type}"
	errDecoding    = "{error:0488000D:PEM routines::ASN1 lib}"
	errNotPEM      = "{error:05800088:x509 certificate routines::no certificate or crl found}"
	errPEMFailed   = "{error:05880009:x509 certificate routines::PEM lib}"
)

// block reads up to the end of the next block; ok is false where there is
// none, with the error that OpenSSL then has.
func (l *lines) block() (b block, failure string, ok bool) {
	l.first = true
	name, ok := l.begin()
	if !ok {
		return b, errNoStart, false
	}
	b.name = name
	header, body, failure := l.body(name)
	if failure != "" {
		clear(body)
		return b, failure, false
	}
	if len(body) == 0 {
		return b, errSilent, false
	}
	b.header = header
	b.der, ok = decodeBase64(body)
	clear(body)
	if !ok {
		clear(b.der)
		return b, errBase64, false
	}
	if len(b.der) == 0 {
		return b, errSilent, false
	}
	return b, "", true
}

func (l *lines) begin() (string, bool) {
	for {
		line, _, ok := l.next()
		if !ok {
			return "", false
		}
		const begin, tail = "-----BEGIN ", "-----"
		if bytes.HasPrefix(line, []byte(begin)) && bytes.HasSuffix(line, []byte(tail)) {
			return string(line[len(begin) : len(line)-len(tail)]), true
		}
	}
}

// room is a buffer that the block at hand fits in, so that no copy of a key is
// left behind where one grows.
func (l *lines) room() []byte {
	n := bytes.Index(l.data, []byte("-----END "))
	if n < 0 {
		n = len(l.data)
	}
	return make([]byte, 0, n+n/(lineBuffer-1)+2)
}

// body reads header and data up to the END line (get_header_and_data). A blank
// line divides them; where none comes, all of it is data.
func (l *lines) body(name string) (header, data []byte, failure string) {
	const (
		maybeHeader = iota
		inHeader
		afterHeader
	)
	state, short, partial := maybeHeader, false, false
	data = l.room()
	for {
		line, cut, ok := l.next()
		if !ok {
			return nil, data, errBadEnd
		}
		wasPartial := partial
		partial = cut
		if state == maybeHeader && bytes.IndexByte(line, ':') >= 0 {
			state = inHeader
		}
		switch {
		case len(line) == 0:
			if wasPartial {
				continue
			}
			if state == afterHeader {
				return nil, data, errBadEnd
			}
			state, header, data = afterHeader, data, data[len(data):]
			continue
		case bytes.HasPrefix(line, []byte("-----END ")):
			if string(line) != "-----END "+name+"-----" {
				return nil, data, errBadEnd
			}
			if state == inHeader {
				return data, nil, ""
			}
			return header, data, ""
		case short:
			return nil, data, errBadEnd
		}
		data = append(append(data, line...), '\n')
		if state == afterHeader {
			if len(line) > 64 {
				return nil, data, errSilent
			}
			short = len(line) < 64
		}
	}
}
