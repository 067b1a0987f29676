package verify

import (
	"bytes"
	"strings"

	"golang.org/x/net/idna"

	"hookcheck/checker/cert"
)

// oidSMTPUTF8 is the otherName of RFC 8398, judged as an e-mail address.
const oidSMTPUTF8 = "1.3.6.1.5.5.7.8.9"

func effectiveTag(n cert.GeneralName) int {
	if n.Tag == cert.GeneralOther && n.OID == oidSMTPUTF8 {
		return cert.GeneralEmail
	}
	return n.Tag
}

func sameKind(n, base cert.GeneralName) bool {
	tag := effectiveTag(n)
	return tag == base.Tag && (tag != cert.GeneralOther || n.OID == base.OID)
}

// matchOne is nc_match_single: empty where the subtree holds the name,
// violatesPermitted where it does not.
func matchOne(n, base cert.GeneralName) constraintError {
	switch n.Tag {
	case cert.GeneralOther:
		if n.OID == oidSMTPUTF8 {
			return matchMailbox(n, base.Value)
		}
		return unsupportedType
	case cert.GeneralDir:
		return held(bytes.HasPrefix(n.Value, base.Value))
	case cert.GeneralDNS:
		return held(matchDNS(string(n.Value), string(base.Value)))
	case cert.GeneralEmail:
		return matchEmail(string(n.Value), string(base.Value))
	case cert.GeneralURI:
		return matchURI(string(n.Value), string(base.Value))
	case cert.GeneralIP:
		return matchNet(n.Value, base.Value)
	}
	return unsupportedType
}

func held(ok bool) constraintError {
	if ok {
		return ""
	}
	return violatesPermitted
}

func hasSuffixFold(s, suffix string) bool {
	return len(s) >= len(suffix) && equalFold(s[len(s)-len(suffix):], suffix)
}

// matchDNS: labels may be added on the left; an empty base holds everything.
func matchDNS(name, base string) bool {
	if base == "" {
		return true
	}
	if len(name) > len(base) && base[0] != '.' && name[len(name)-len(base)-1] != '.' {
		return false
	}
	return hasSuffixFold(name, base)
}

func matchEmail(name, base string) constraintError {
	at := strings.LastIndexByte(name, '@')
	if at < 0 {
		return unsupportedSyntax
	}
	baseAt := strings.LastIndexByte(base, '@')
	if baseAt < 0 && base != "" && base[0] == '.' {
		return held(len(name) > len(base) && hasSuffixFold(name, base))
	}
	host := base
	if baseAt >= 0 {
		host = base[baseAt+1:]
	}
	if baseAt > 0 {
		if baseAt != at {
			return violatesPermitted
		}
		if strings.IndexByte(base[:baseAt], 0) >= 0 || strings.IndexByte(name[:at], 0) >= 0 {
			return unsupportedSyntax
		}
		if base[:baseAt] != name[:at] {
			return violatesPermitted
		}
	}
	return held(equalFold(host, name[at+1:]))
}

func matchMailbox(n cert.GeneralName, base []byte) constraintError {
	host := string(base)
	if strings.IndexByte(host, 0) >= 0 || !n.UTF8 {
		return unsupportedSyntax
	}
	name := string(n.Value)
	at := strings.LastIndexByte(name, '@')
	if at < 0 {
		return unsupportedSyntax
	}
	suffix := strings.HasPrefix(host, ".")
	u, err := idna.Punycode.ToUnicode(host)
	if err != nil || len(u) > 254 {
		return unspecified
	}
	if suffix {
		u = "." + u // a second dot: so OpenSSL, which then never finds it
		return held(len(name) > len(u) && hasSuffixFold(name, u))
	}
	return held(equalFold(u, name[at+1:]))
}

func matchURI(uri, base string) constraintError {
	_, rest, ok := strings.Cut(uri, ":")
	if !ok || !strings.HasPrefix(rest, "//") {
		return unsupportedSyntax
	}
	host := rest[2:]
	if i := strings.IndexByte(host, ':'); i >= 0 {
		host = host[:i]
	} else if i := strings.IndexByte(host, '/'); i >= 0 {
		host = host[:i]
	}
	if host == "" {
		return unsupportedSyntax
	}
	if strings.HasPrefix(base, ".") {
		return held(len(host) > len(base) && hasSuffixFold(host, base))
	}
	return held(equalFold(host, base))
}

func matchNet(ip, base []byte) constraintError {
	if len(ip) != 4 && len(ip) != 16 || len(base) != 8 && len(base) != 32 {
		return unsupportedSyntax
	}
	if len(ip)*2 != len(base) {
		return violatesPermitted
	}
	mask := base[len(ip):]
	for i := range ip {
		if ip[i]&mask[i] != base[i]&mask[i] {
			return violatesPermitted
		}
	}
	return ""
}
