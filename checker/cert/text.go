package cert

import (
	"errors"
	"unicode/utf8"
)

var errCharset = errors.New("string is not valid in its character set")

// toUTF8 converts as ASN1_STRING_to_UTF8 does: the one-octet types count as
// Latin-1, T61String too.
func toUTF8(tag int, b []byte) (string, error) {
	switch tag {
	case tagUTF8String:
		if !utf8.Valid(b) {
			return "", errCharset
		}
		return string(b), nil
	case tagNumericString, tagPrintableString, tagT61String, tagIA5String,
		tagUTCTime, tagGeneralizedTime, tagVisibleString:
		out := make([]rune, len(b))
		for i, o := range b {
			out[i] = rune(o)
		}
		return string(out), nil
	case tagBMPString:
		return wide(b, 2)
	case tagUniversalString:
		return wide(b, 4)
	}
	return "", errCharset
}

func wide(b []byte, size int) (string, error) {
	if len(b)%size != 0 {
		return "", errCharset
	}
	out := make([]byte, 0, len(b))
	for ; len(b) > 0; b = b[size:] {
		var v uint32
		for _, o := range b[:size] {
			v = v<<8 | uint32(o)
		}
		if v > utf8.MaxRune || !utf8.ValidRune(rune(v)) {
			return "", errCharset
		}
		out = utf8.AppendRune(out, rune(v))
	}
	return string(out), nil
}

// canonicalText folds case and collapses white space, in ASCII alone, as
// x509_name_canon does.
func canonicalText(s string) []byte {
	b := []byte(s)
	for len(b) > 0 && isSpace(b[0]) {
		b = b[1:]
	}
	for len(b) > 0 && isSpace(b[len(b)-1]) {
		b = b[:len(b)-1]
	}
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case isSpace(c):
			if i > 0 && isSpace(b[i-1]) {
				continue
			}
			c = ' '
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		}
		out = append(out, c)
	}
	return out
}

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }
