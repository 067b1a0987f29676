package target

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxInput is the longest text, in characters, that Parse looks at.
const MaxInput = 4096

// defaultPorts are the ports that a scheme means (HttpUrl.cpp, parse_url).
// Other schemes get 443, so that their one fault stays the scheme.
const (
	httpsPort = 443
	httpPort  = 80
)

// Parse reads what a user typed: a host, host:port, an address or a webhook
// URL. Where a URL leaves room for doubt it means what Telegram's published
// client takes it to mean (tdutils/td/utils/HttpUrl.cpp); what that client
// would turn away comes back as an *Error.
func Parse(input string) (Target, error) {
	text, err := clean(input)
	if err != nil {
		return Target{}, err
	}
	if addr, ok := bareIPv6(text); ok {
		return bare(input, addr), nil
	}
	p, err := split(text)
	if err != nil {
		return Target{}, err
	}
	return p.target(input)
}

// clean refuses what no part of a target may hold, and drops the white space
// around it that copying leaves behind.
func clean(input string) (string, error) {
	if len(input) > MaxInput && utf8.RuneCountInString(input) > MaxInput {
		return "", fault("target", "it is longer than 4096 characters", "at most 4096 characters")
	}
	text := trim(input)
	switch {
	case input == "":
		return "", fault("target", "it is empty", expectTarget)
	case text == "":
		return "", fault("target", "it holds nothing but white space", expectTarget)
	case !utf8.ValidString(text):
		return "", fault("target", "it is not valid UTF-8", expectTarget)
	case bareToken.MatchString(text):
		return "", fault("target", "this is a bot token, not an address", expectTarget)
	}
	for _, r := range text {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return "", fault("target", "it holds a control character ("+strconv.QuoteRuneToASCII(r)+")", "one line without control characters")
		}
	}
	return text, nil
}

// trim drops what copying leaves around a text, a byte order mark and a
// zero-width space among it.
func trim(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || r == '\ufeff' || r == '\u200b'
	})
}

// parts are the pieces of a target as they were typed.
type parts struct {
	scheme   string // lower case; "https" where none was given
	isURL    bool
	userinfo string
	hasUser  bool
	host     string
	port     string
	hasPort  bool
	rest     string // path, query and fragment
}

func split(text string) (parts, error) {
	p := parts{scheme: "https"}
	if i := strings.IndexAny(text, ":/?#@[]"); i >= 0 && strings.HasPrefix(text[i:], "://") {
		p.scheme, p.isURL = strings.ToLower(text[:i]), true
		if !validScheme(p.scheme) {
			return p, fault("scheme", "it is not a URL scheme", "https://")
		}
		text = text[i+len("://"):]
	} else if s, ok := brokenScheme(text); ok {
		return p, fault("scheme", "two slashes must follow "+s+":", s+"://HOST")
	}
	authority := text
	if i := strings.IndexAny(text, "/?#"); i >= 0 {
		authority, p.rest, p.isURL = text[:i], text[i:], true
	}
	if i := strings.LastIndexByte(authority, '@'); i >= 0 {
		p.userinfo, p.hasUser, p.isURL = authority[:i], true, true
		authority = authority[i+1:]
	}
	return p, p.splitPort(authority)
}

// splitPort cuts at the last colon that does not belong to an address in
// brackets.
func (p *parts) splitPort(authority string) error {
	p.host = authority
	i := strings.LastIndexByte(authority, ':')
	if end := strings.LastIndexByte(authority, ']'); i > end {
		p.host, p.port, p.hasPort = authority[:i], authority[i+1:], true
	}
	if p.host == "" {
		return fault("host", "it is missing", expectTarget)
	}
	return nil
}

// brokenScheme recognises "https:/host" and "https:host", which would
// otherwise be taken for a host with a strange port.
func brokenScheme(text string) (string, bool) {
	for _, s := range []string{"https", "http"} {
		if len(text) > len(s) && strings.EqualFold(text[:len(s)], s) && text[len(s)] == ':' &&
			(len(text) == len(s)+1 || !isDigit(text[len(s)+1])) {
			return s, true
		}
	}
	return "", false
}

func validScheme(s string) bool {
	for i := range len(s) {
		c := s[i]
		letter := 'a' <= c && c <= 'z'
		if !letter && (i == 0 || !isDigit(c) && c != '+' && c != '-' && c != '.') {
			return false
		}
	}
	return s != "" && len(s) <= 32
}

// number reads a port as the client does: leading zeros are dropped, zero is
// no port.
func (p *parts) number() (int, error) {
	if !p.hasPort {
		return defaultPort(p.scheme), nil
	}
	const expected = "a number from 1 to 65535"
	if p.port == "" {
		return 0, fault("port", "it is missing after the colon", expected)
	}
	for i := range len(p.port) {
		if !isDigit(p.port[i]) {
			return 0, fault("port", "it is not a number", expected)
		}
	}
	digits := strings.TrimLeft(p.port, "0")
	n, err := strconv.Atoi(digits)
	switch {
	case digits == "":
		return 0, fault("port", "it is 0", expected)
	case err != nil || n > 65535:
		return 0, fault("port", "it is over 65535", expected)
	}
	return n, nil
}

func defaultPort(scheme string) int {
	if scheme == "http" {
		return httpPort
	}
	return httpsPort
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }
