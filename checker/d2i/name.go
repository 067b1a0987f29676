package d2i

import (
	"encoding/binary"
	"unicode/utf8"
)

// name reads an X509_NAME: first its structure, then every text in it, which
// is converted for comparison (x509_name_ex_d2i).
func (d *decoder) name(in []byte, want tagging, depth int) ([]byte, outcome) {
	left, got := d.item(in, &nameList, want, 0)
	if got != read {
		return in, got
	}
	if r, ok := wrongText(in[:len(in)-len(left)]); ok {
		return in, d.fail(r, nested)
	}
	return left, read
}

// wrongText finds the first text of a name that cannot be converted. The
// structure is known to be sound.
func wrongText(in []byte) (reason, bool) {
	var quiet decoder
	whole, _ := quiet.take(in, untagged)
	for rdns := whole.body; len(rdns) > 0 && !endOfContents(rdns); {
		rdn, _ := quiet.take(rdns, untagged)
		left, _ := quiet.item(rdns, &rdnItem, untagged, 0)
		for entries := rdn.body; len(entries) > 0 && !endOfContents(entries); {
			entry, _ := quiet.take(entries, untagged)
			after, _ := quiet.item(entries, &entryItem, untagged, 0)
			value, _ := quiet.item(entry.body, &object, untagged, 0)
			if r, ok := quiet.wrongString(value); ok {
				return r, true
			}
			if len(after) >= len(entries) {
				return reason{}, false
			}
			entries = after
		}
		if len(left) >= len(rdns) {
			return reason{}, false
		}
		rdns = left
	}
	return reason{}, false
}

// wrongString is what ASN1_STRING_to_UTF8 makes of a value.
func (d *decoder) wrongString(in []byte) (reason, bool) {
	h, got := d.take(in, untagged)
	if got != read {
		return reason{}, false
	}
	content := h.body
	if h.constructed && h.tag != tagSequence {
		var all []byte
		if _, got := d.collect(&all, h.body, h.indefinite, 0); got != read {
			return reason{}, false
		}
		content = all
	}
	switch h.tag {
	case tagUTF8:
		return wrongUTF8(content)
	case tagBMP:
		return wrongWide(content, 2)
	case tagUniversal:
		return wrongWide(content, 4)
	}
	return reason{}, false
}

// wrongUTF8: a character beyond Unicode is well-formed for OpenSSL, and refused
// after the rest was looked at.
func wrongUTF8(b []byte) (reason, bool) {
	beyond := false
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size <= 1 {
			if !fourBytes(b) {
				return invalidUTF8, true
			}
			beyond, size = true, 4
		}
		b = b[size:]
	}
	return illegalCharacters, beyond
}

// fourBytes tells whether a character from U+110000 to U+1FFFFF stands here.
func fourBytes(b []byte) bool {
	if len(b) < 4 || b[0]&0xf8 != 0xf0 {
		return false
	}
	for _, o := range b[1:4] {
		if o&0xc0 != 0x80 {
			return false
		}
	}
	return b[0] > 0xf4 || b[0] == 0xf4 && b[1] >= 0x90
}

func wrongWide(b []byte, size int) (reason, bool) {
	for ; len(b) >= size; b = b[size:] {
		v := uint32(binary.BigEndian.Uint16(b))
		if size == 4 {
			v = binary.BigEndian.Uint32(b)
		}
		if v > utf8.MaxRune || !utf8.ValidRune(rune(v)) {
			return illegalCharacters, true
		}
	}
	return reason{}, false
}
