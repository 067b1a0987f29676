package certfile

import "encoding/base64"

// decodeBase64 decodes as EVP_DecodeUpdate of OpenSSL does (crypto/evp/
// encode.c): white space is skipped, a hyphen ends the text, nothing but
// padding may follow padding, and what is left over must be whole.
func decodeBase64(text []byte) ([]byte, bool) {
	digits := make([]byte, 0, len(text))
	defer func() { clear(digits[:cap(digits)]) }()
	for _, c := range text {
		if c == '-' {
			break
		}
		switch {
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
		case isBase64(c) || c == '=':
			digits = append(digits, c)
		default:
			return nil, false
		}
	}
	out := make([]byte, base64.StdEncoding.DecodedLen(len(digits)))
	n, err := base64.StdEncoding.Decode(out, digits)
	return out[:n], err == nil
}

func isBase64(c byte) bool {
	return 'A' <= c && c <= 'Z' || 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '+' || c == '/'
}
