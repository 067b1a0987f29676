package verify

import (
	"bytes"
	"net"
	"strings"

	"hookcheck/checker/cert"
)

// Match tells how a certificate covers a host.
type Match struct {
	OK         bool
	Name       string // the name that matched, as it stands in the certificate
	Wildcard   bool   // it is a wildcard
	CommonName bool   // it is the subject's CN
}

func (v *verifier) checkIdentity() {
	if v.in.Host != "" && !MatchHost(v.in.Leaf, v.in.Host).OK {
		v.report(HostMismatch, 0, "HOSTNAME_MISMATCH")
	}
	if v.in.IP != nil && !MatchIP(v.in.Leaf, v.in.IP) {
		v.report(IPMismatch, 0, "IP_ADDRESS_MISMATCH")
	}
}

// MatchIP compares with iPAddress entries, as X509_check_ip does.
func MatchIP(c *cert.Cert, ip net.IP) bool {
	if c.SAN == nil {
		return false
	}
	raw := ip
	if four := ip.To4(); four != nil {
		raw = four
	}
	for _, have := range c.SAN.IP {
		if len(have) > 0 && bytes.Equal(have, raw) {
			return true
		}
	}
	return false
}

// MatchHost compares as X509_check_host does with flags 0: where there is a
// dNSName the CN does not count; wildcards may be partial; nothing is
// normalised but ASCII case.
func MatchHost(c *cert.Cert, host string) Match {
	if host == "" || strings.IndexByte(host, 0) >= 0 {
		return Match{}
	}
	if c.SAN != nil && len(c.SAN.DNS) > 0 {
		for _, name := range c.SAN.DNS {
			if ok, wildcard := matchPattern(name, host); ok {
				return Match{OK: true, Name: name, Wildcard: wildcard}
			}
		}
		return Match{}
	}
	for _, a := range c.Subject.Attributes {
		if !a.IsCommonName() || len(a.Value) == 0 {
			continue
		}
		name, ok := a.UTF8()
		if !ok {
			return Match{} // OpenSSL gives up at the first that it cannot convert
		}
		if ok, wildcard := matchPattern(name, host); ok {
			return Match{OK: true, Name: name, Wildcard: wildcard, CommonName: true}
		}
	}
	return Match{}
}

// matchPattern is equal_wildcard of crypto/x509/v3_utl.c.
func matchPattern(pattern, host string) (ok, wildcard bool) {
	suffixSearch := len(host) > 1 && host[0] == '.'
	if pattern == "" {
		return false, false
	}
	if !suffixSearch {
		if star, found := validStar(pattern); found {
			return matchWildcard(pattern[:star], pattern[star+1:], host), true
		}
	}
	if suffixSearch {
		pattern = cutPrefix(pattern, host)
	}
	return equalFold(pattern, host), false
}

// cutPrefix: a host with a leading dot stands for any subdomain.
func cutPrefix(pattern, host string) string {
	cut := len(pattern) - len(host)
	if cut <= 0 || strings.IndexByte(pattern[:cut], 0) >= 0 {
		return pattern
	}
	return pattern[cut:]
}

// equalFold compares in ASCII. A NUL in a pattern matches nothing: no host has
// one.
func equalFold(pattern, host string) bool {
	if len(pattern) != len(host) {
		return false
	}
	for i := range len(pattern) {
		if lower(pattern[i]) != lower(host[i]) {
			return false
		}
	}
	return true
}

func lower(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}

func hasACEPrefix(s string) bool { return len(s) >= 4 && strings.EqualFold(s[:4], "xn--") }

// validStar finds the one wildcard that a pattern may have: at the start or
// end of a first label that is no A-label, with two more labels behind it.
func validStar(p string) (star int, ok bool) {
	star = -1
	labels := strings.Split(p, ".")
	if len(labels) < 3 {
		return 0, false
	}
	offset := 0
	for i, label := range labels {
		if !validLabel(label) {
			return 0, false
		}
		if at := strings.IndexByte(label, '*'); at >= 0 {
			inside := at > 0 && at < len(label)-1
			if i > 0 || inside || strings.Count(label, "*") > 1 || hasACEPrefix(label) {
				return 0, false
			}
			star = offset + at
		}
		offset += len(label) + 1
	}
	return star, star >= 0
}

// validLabel: letters, digits and stars; hyphens inside, and none before a
// star.
func validLabel(label string) bool {
	if label == "" || label[0] == '-' || label[len(label)-1] == '-' || strings.Contains(label, "-*") {
		return false
	}
	for _, c := range []byte(label) {
		if !isAlnum(c) && c != '-' && c != '*' {
			return false
		}
	}
	return true
}

func isAlnum(c byte) bool {
	return 'a' <= lower(c) && lower(c) <= 'z' || '0' <= c && c <= '9'
}

// matchWildcard: a whole label needs one character at least and may stand for
// an A-label, a part of one may not.
func matchWildcard(prefix, suffix, host string) bool {
	if len(host) < len(prefix)+len(suffix) ||
		!equalFold(prefix, host[:len(prefix)]) ||
		!equalFold(suffix, host[len(host)-len(suffix):]) {
		return false
	}
	part := host[len(prefix) : len(host)-len(suffix)]
	whole := prefix == "" && strings.HasPrefix(suffix, ".")
	switch {
	case whole && part == "":
		return false
	case !whole && hasACEPrefix(host):
		return false
	case part == "*":
		return true
	}
	for _, c := range []byte(part) {
		if !isAlnum(c) && c != '-' {
			return false
		}
	}
	return true
}
