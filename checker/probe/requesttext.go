package probe

import (
	"bytes"
	"encoding/json"
	"strings"
)

// requestText is how the client prints a request that it reads where an answer
// should be, as from a server that sends back what it gets (td/net/
// HttpQuery.cpp, operator<<). A body is never printed: its parameters are.
func (h *head) requestText(body []byte) string {
	var b strings.Builder
	path, query, asked := strings.Cut(h.url, "?")
	if i := strings.IndexByte(path, '#'); i >= 0 {
		path, asked = path[:i], false
	}
	b.WriteString(h.request + ":" + percentDecoded(path, false))
	if asked {
		writeParameters(&b, query)
	}
	switch media := lower([]byte(h.media)); {
	case strings.Contains(media, "multipart/form-data"):
	case strings.Contains(media, "application/x-www-form-urlencoded"):
		writeParameters(&b, string(body))
	case strings.Contains(media, "application/json"):
		writeMembers(&b, body)
	}
	if h.keepAlive {
		b.WriteString(":keep-alive")
	}
	b.WriteString("\n")
	for _, f := range h.fields {
		value := f.value
		switch f.name {
		case "connection", "content-encoding", "transfer-encoding":
			value = lower([]byte(value))
		}
		b.WriteString(f.name + "=" + value + "\n")
	}
	return b.String() + "BEGIN CONTENT\nEND CONTENT\n"
}

func writeParameter(b *strings.Builder, key, value string) {
	b.WriteString(":[" + key + ":" + value + "]")
}

func writeParameters(b *strings.Builder, in string) {
	for in != "" {
		var pair string
		pair, in, _ = strings.Cut(in, "&")
		key, value, _ := strings.Cut(pair, "=")
		writeParameter(b, percentDecoded(key, true), percentDecoded(value, true))
	}
}

// writeMembers prints the members of a JSON object up to the first mistake,
// texts without their quotes and anything else as it stands.
func writeMembers(b *strings.Builder, body []byte) {
	in := json.NewDecoder(bytes.NewReader(body))
	switch first, _ := in.Token(); first := first.(type) {
	case string:
		writeParameter(b, "content", first)
	case json.Delim:
		for first == '{' && in.More() {
			key, err := in.Token()
			name, ok := key.(string)
			var value json.RawMessage
			if err != nil || !ok || in.Decode(&value) != nil {
				return
			}
			var text string
			if json.Unmarshal(value, &text) != nil {
				text = string(value)
			}
			writeParameter(b, name, text)
		}
	}
}

// percentDecoded leaves alone what is no encoding (td/utils/misc.cpp,
// url_decode).
func percentDecoded(s string, plusIsSpace bool) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '%' && i+2 < len(s) && isHexDigit(s[i+1]) && isHexDigit(s[i+2]):
			b.WriteByte(hexValue(s[i+1])<<4 | hexValue(s[i+2]))
			i += 2
		case s[i] == '+' && plusIsSpace:
			b.WriteByte(' ')
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

func isHexDigit(c byte) bool { return strings.IndexByte("0123456789abcdefABCDEF", c) >= 0 }

func hexValue(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}
