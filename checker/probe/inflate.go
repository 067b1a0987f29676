package probe

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
)

// zlib's return codes (zlib.h), as the client words them
// (td/utils/Gzip.cpp, run).
const (
	zlibNeedDictionary = "zlib error 2"
	zlibDataError      = "zlib error -3"
	zlibBufferError    = "zlib error -5"
)

// inflate decompresses as inflateInit2 with automatic detection does: gzip or
// zlib, never bare deflate, whatever Content-Encoding says. What follows the
// stream is ignored. The input may be cut off: text tells of damage alone,
// unless the body is whole.
func inflate(in []byte, whole bool) (out []byte, text string) {
	cut := ""
	if whole {
		cut = zlibBufferError
	}
	r, text := inflater(in)
	if r == nil {
		if text == zlibBufferError {
			text = cut
		}
		return nil, text
	}
	out, err := io.ReadAll(io.LimitReader(r, maxBody))
	switch {
	case err == nil:
		return out, ""
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return out, cut
	}
	return out, zlibDataError
}

func inflater(in []byte) (io.Reader, string) {
	if len(in) < 2 {
		return nil, zlibBufferError
	}
	var r io.Reader
	var err error
	if in[0] == 0x1f && in[1] == 0x8b {
		if len(in) > 3 && in[3]&0xe0 != 0 { // reserved flags, which compress/gzip overlooks
			return nil, zlibDataError
		}
		var z *gzip.Reader
		if z, err = gzip.NewReader(bytes.NewReader(in)); err == nil {
			z.Multistream(false)
			r = z
		}
	} else {
		r, err = zlib.NewReader(bytes.NewReader(in))
	}
	switch {
	case err == nil:
		return r, ""
	case errors.Is(err, zlib.ErrDictionary):
		return nil, zlibNeedDictionary
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return nil, zlibBufferError
	}
	return nil, zlibDataError
}
