package certfile

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"io"
)

// salvageZip reads the files of a zip archive whose directory, at its end, is
// lost: each begins with a header of its own (APPNOTE.TXT, 4.3.7).
func (f *File) salvageZip(data []byte) {
	const head, stored, deflated, encrypted = 30, 0, 8, 1
	mark := []byte("PK\x03\x04")
	f.unordered = true
	for at, read := 0, 0; read < maxEntries; read++ {
		n := bytes.Index(data[at:], mark)
		if n < 0 || at+n+head > len(data) {
			return
		}
		h := data[at+n:]
		at += n + len(mark)
		method, size := binary.LittleEndian.Uint16(h[8:]), int(binary.LittleEndian.Uint32(h[18:]))
		names := head + int(binary.LittleEndian.Uint16(h[26:]))
		start := names + int(binary.LittleEndian.Uint16(h[28:]))
		if start > len(h) || h[6]&encrypted != 0 {
			continue
		}
		name, body := string(h[head:names]), h[start:]
		if size > 0 && size < len(body) {
			body = body[:size]
		}
		if aside(name) || name == "" || name[len(name)-1] == '/' {
			continue
		}
		var from io.Reader = bytes.NewReader(body)
		switch method {
		case deflated:
			from = flate.NewReader(from)
		case stored:
			if next := bytes.Index(body, []byte("PK")); size == 0 && next >= 0 {
				from = bytes.NewReader(body[:next])
			}
		default:
			continue
		}
		out, problem := f.from.drain(from, int64(len(body))*maxRatio+ratioFrom)
		f.addEntry(name, out, problem)
		clear(out)
	}
}
