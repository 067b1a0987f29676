package target

import (
	"net/netip"
	"strings"

	"golang.org/x/net/idna"
)

// hostName is a host in the forms that are needed.
type hostName struct {
	shown  string // as typed, lower case, without brackets
	ascii  string // what is resolved
	client string // what Telegram's client resolves, where that differs
	isIP   bool
}

// ValidHostname tells what is wrong with a name or address that certificates
// are to be compared with, nil where nothing is.
func ValidHostname(s string) error {
	_, err := hostname(s)
	return err
}

func hostname(s string) (hostName, error) {
	text, err := clean(s)
	if err != nil {
		return hostName{}, err
	}
	if h, ok := bareIPv6(text); ok {
		return h, nil
	}
	if strings.ContainsAny(text, "/@?#") || strings.Contains(text, ":") && !strings.HasPrefix(text, "[") {
		return hostName{}, fault("host", "it is more than a host name", "a name such as bot.example.org, or an address")
	}
	return readHost(text)
}

// bareIPv6 reads an IPv6 address that stands without brackets and port.
func bareIPv6(text string) (hostName, bool) {
	addr, err := netip.ParseAddr(text)
	if err != nil || !addr.Is6() || addr.Zone() != "" {
		return hostName{}, false
	}
	return hostName{shown: strings.ToLower(text), ascii: addr.String(), isIP: true}, true
}

func readHost(host string) (hostName, error) {
	if strings.ContainsAny(host, "[]") {
		return bracketed(host)
	}
	if err := checkHost(host); err != nil {
		return hostName{}, err
	}
	shown := strings.ToLower(host)
	if addr, ok := numericIPv4(host); ok {
		return hostName{shown: shown, ascii: addr.String(), isIP: true}, nil
	}
	h := hostName{shown: shown, ascii: shown}
	if !isASCII(host) {
		if len(host) > maxUnicodeHost {
			return hostName{}, fault("host", "it is longer than 253 characters", expectLabels)
		}
		ascii, err := mapped.ToASCII(host)
		if err != nil || checkHost(ascii) != nil {
			return hostName{}, fault("host", "it cannot be written in ASCII (IDNA)", "a domain name that can be registered")
		}
		h.ascii = ascii
		h.client = clientHost(host, ascii)
		if addr, ok := numericIPv4(ascii); ok {
			return hostName{shown: shown, ascii: addr.String(), client: h.client, isIP: true}, nil
		}
	}
	return h, checkLabels(h.ascii)
}

func bracketed(host string) (hostName, error) {
	const expected = "an IPv6 address such as [2001:db8::1]"
	if !strings.HasPrefix(host, "[") || !strings.HasSuffix(host, "]") || strings.Count(host, "[")+strings.Count(host, "]") != 2 {
		return hostName{}, fault("host", "its brackets do not enclose it", expected)
	}
	h, ok := bareIPv6(host[1 : len(host)-1])
	if !ok {
		return hostName{}, fault("host", "there is no IPv6 address in the brackets", expected)
	}
	return h, nil
}

// maxUnicodeHost is where the client gives up, in bytes (IPAddress.cpp); the
// work of Punycode grows with the square of the length.
const maxUnicodeHost = 255*4 - 1

// mapped folds an internationalised name as browsers do (UTS 46,
// non-transitional), and lets the underscores through that DNS allows.
var mapped = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.Transitional(false), idna.StrictDomainName(false))

// clientHost is the name that Telegram's client makes of an internationalised
// host. It encodes the labels without folding them first (IPAddress.cpp,
// idn_to_ascii), so that a capital Cyrillic letter gives a name which is not
// in DNS. "" where both ways lead to the same name.
func clientHost(host, ascii string) string {
	labels := strings.Split(lowerASCII(host), ".")
	for i, l := range labels {
		if encoded, err := idna.Punycode.ToASCII(l); err == nil {
			labels[i] = encoded
		}
	}
	if client := strings.Join(labels, "."); client != ascii {
		return client
	}
	return ""
}

// checkHost allows the characters that the client allows (HttpUrl.cpp,
// check_url_part).
func checkHost(host string) error {
	const expected = "one name such as bot.example.org, or an address"
	switch {
	case strings.ContainsRune(host, ' '):
		return fault("host", "there is a space in it", expected)
	case token.MatchString(host):
		return fault("host", "there is a bot token in it", expected)
	case strings.ContainsRune(host, ':'):
		return fault("host", "there is a colon in it", "HOST:PORT, or an IPv6 address in brackets")
	}
	return checkPart("host", host, "!$,~*'();&+=")
}

func checkUserinfo(s string) error { return checkPart("userinfo", s, "!$,~*'();&+=:") }

func checkPart(field, s, marks string) error {
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c >= 0x80, isDigit(c), 'a' <= c|0x20 && c|0x20 <= 'z', c == '.', c == '-', c == '_', strings.IndexByte(marks, c) >= 0:
		case c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			i += 2
		case c == '%':
			return fault(field, "a percent sign stands without two hexadecimal digits", "%XX, or no percent sign")
		default:
			return fault(field, "the character "+quoteByte(c)+" is not allowed in it", "letters, digits, dots, hyphens and underscores")
		}
	}
	return nil
}

const expectLabels = "labels of 1 to 63 characters, 253 in all"

// checkLabels holds the name to the lengths of RFC 1035, 2.3.4.
func checkLabels(name string) error {
	name = strings.TrimSuffix(name, ".")
	if len(name) > 253 {
		return fault("host", "it is longer than 253 characters", expectLabels)
	}
	for label := range strings.SplitSeq(name, ".") {
		switch {
		case label == "":
			return fault("host", "a part between dots is empty", expectLabels)
		case len(label) > 63:
			return fault("host", "a part between dots is longer than 63 characters", expectLabels)
		}
	}
	return nil
}

func isHex(c byte) bool { return isDigit(c) || 'a' <= c|0x20 && c|0x20 <= 'f' }

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}
