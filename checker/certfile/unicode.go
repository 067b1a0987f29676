package certfile

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// fromUTF16 converts a text that begins with the byte order mark of UTF-16, or
// with dashes in it.
func fromUTF16(data []byte) ([]byte, bool) {
	var order binary.ByteOrder
	start := 2
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe, 0, 0}), bytes.HasPrefix(data, []byte{0, 0, 0xfe, 0xff}):
		return fromUTF32(data), true
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		order = binary.BigEndian
	case bytes.HasPrefix(data, []byte("-\x00-\x00-\x00")):
		order, start = binary.LittleEndian, 0
	case bytes.HasPrefix(data, []byte("\x00-\x00-\x00-")):
		order, start = binary.BigEndian, 0
	default:
		return nil, false
	}
	out := make([]byte, 0, len(data)/2*3)
	for i := start; i+1 < len(data); i += 2 {
		r := rune(order.Uint16(data[i:]))
		if utf16.IsSurrogate(r) {
			r = utf8.RuneError
		}
		out = utf8.AppendRune(out, r)
	}
	return out, true
}

// fromUTF32 converts a text that begins with the byte order mark of UTF-32.
func fromUTF32(data []byte) []byte {
	var order binary.ByteOrder = binary.BigEndian
	if data[0] != 0 {
		order = binary.LittleEndian
	}
	out := make([]byte, 0, len(data))
	for i := 4; i+3 < len(data); i += 4 {
		out = utf8.AppendRune(out, rune(order.Uint32(data[i:])))
	}
	return out
}
