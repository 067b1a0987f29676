package certfile

import "encoding/base64"

// decodeBase64 decodes as EVP_DecodeUpdate of OpenSSL does (crypto/evp/
// encode.c): white space is skipped, a hyphen ends the text, nothing but
// padding may follow padding, and what is left over must be whole.
func decodeBase64(text []byte) ([]byte, bool) {
	digits := make([]byte, 0, len(text))
	defer func() { clear(digits[:cap(digits)]) }()
	padding, ended := 0, false
	for _, c := range text {
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			continue
		case c == '-':
			ended = true
		case c == '=':
			padding++
		case !isBase64(c) || padding > 0:
			return nil, false
		}
		if padding > 2 {
			return nil, false
		}
		if ended {
			break
		}
		digits = append(digits, c)
	}
	if len(digits)%4 != 0 {
		return nil, false
	}
	out := make([]byte, base64.StdEncoding.DecodedLen(len(digits)))
	n, err := base64.StdEncoding.Decode(out, digits)
	return out[:n], err == nil
}

func isBase64(c byte) bool {
	return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '+' || c == '/'
}
