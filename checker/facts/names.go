package facts

import (
	"net"
	"strings"

	"golang.org/x/net/publicsuffix"

	"hookcheck/checker/cert"
	"hookcheck/checker/verify"
)

// maxNames bounds how many names of one certificate are compared for a near
// miss.
const maxNames = 2000

// deriveNames says which names of the leaf count for Telegram and whether one
// of them is the host.
func deriveNames(j *judge, f *Facts) Names {
	leaf := f.Leaf
	n := Names{Judged: j.judgeName, CommonName: leaf.Subject.CommonNames}
	if leaf.SAN != nil {
		n.DNS = leaf.SAN.DNS
		for _, ip := range leaf.SAN.IP {
			n.IPs = append(n.IPs, ip.String())
		}
	}
	n.All = countingNames(n, f)
	if !n.Judged {
		return n
	}
	if ip := net.ParseIP(j.host); j.isIP && !f.Upload.Usable && ip != nil {
		n.Match = verify.MatchIP(leaf, ip)
	} else {
		m := verify.MatchHost(leaf, j.nameHost)
		n.Match, n.ViaCN = m.OK, m.CommonName
		if m.Wildcard {
			n.ViaWildcard = m.Name
		}
	}
	if !n.Match {
		n.Near, n.NearKind = nearest(j.host, j.isIP, n)
	}
	return n
}

// countingNames: dNSNames hide the common name; an IP host without an upload
// looks at IP entries alone (td/net/SslStream.cpp).
func countingNames(n Names, f *Facts) []string {
	if f.IsIP && !f.Upload.Usable {
		return n.IPs
	}
	if len(n.DNS) > 0 {
		return n.DNS
	}
	return n.CommonName
}

// nearest finds the name that the owner may have meant. It is a hint, apart
// from the verdict.
func nearest(host string, isIP bool, n Names) (name, kind string) {
	candidates := append(append([]string(nil), n.DNS...), n.CommonName...)
	if isIP {
		for _, c := range append(candidates, n.IPs...) {
			if net.ParseIP(c) != nil {
				return c, NearIP
			}
		}
		return "", ""
	}
	order := []string{NearWWW, NearApex, NearWildcard, NearSibling, NearTypo}
	best := len(order)
	for i, c := range candidates {
		if i == maxNames {
			break
		}
		kind := nearKind(host, strings.ToLower(strings.TrimSuffix(c, ".")))
		for rank, k := range order[:best] {
			if k == kind {
				best, name = rank, c
				break
			}
		}
	}
	if best < len(order) {
		return name, order[best]
	}
	if len(n.IPs) > 0 {
		return n.IPs[0], NearIP
	}
	return "", ""
}

// nearKind tells how a name in the certificate is close to the host, "" where
// it is not.
func nearKind(host, name string) string {
	host = strings.TrimSuffix(host, ".")
	switch {
	case name == "" || net.ParseIP(name) != nil:
		return ""
	case "www."+host == name || "www."+name == host:
		return NearWWW
	case strings.HasSuffix(host, "."+name) && strings.Contains(name, "."):
		return NearApex
	case nearWildcard(host, name):
		return NearWildcard
	case sameRegistrable(host, strings.TrimPrefix(name, "*.")):
		return NearSibling
	case isTypo(host, name):
		return NearTypo
	}
	return ""
}

// nearWildcard: the pattern ends like the host but covers another level, or
// stands where Telegram's client takes no wildcard.
func nearWildcard(host, name string) bool {
	star := strings.LastIndexByte(name, '*')
	if star < 0 {
		return false
	}
	tail := strings.TrimLeft(name[star+1:], ".")
	return tail != "" && (host == tail || strings.HasSuffix(host, "."+tail))
}

func sameRegistrable(a, b string) bool {
	da, errA := publicsuffix.EffectiveTLDPlusOne(a)
	db, errB := publicsuffix.EffectiveTLDPlusOne(b)
	return errA == nil && errB == nil && da == db
}

// isTypo: at most two letters differ in names long enough for that to mean
// something.
func isTypo(a, b string) bool {
	const most = 2
	if len(a) < 8 || len(a) > 253 || len(b) > 253 || len(a)-len(b) > most || len(b)-len(a) > most {
		return false
	}
	return editDistance(a, b) <= most
}

// editDistance counts insertions, deletions, substitutions and swaps of
// neighbours.
func editDistance(a, b string) int {
	rows := [3][]int{make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)}
	for k := range rows[1] {
		rows[1][k] = k
	}
	for i := 1; i <= len(a); i++ {
		before, prev, cur := rows[0], rows[1], rows[2]
		cur[0] = i
		for k := 1; k <= len(b); k++ {
			cost := 1
			if a[i-1] == b[k-1] {
				cost = 0
			}
			cur[k] = min(prev[k]+1, cur[k-1]+1, prev[k-1]+cost)
			if i > 1 && k > 1 && a[i-1] == b[k-2] && a[i-2] == b[k-1] {
				cur[k] = min(cur[k], before[k-2]+1)
			}
		}
		rows[0], rows[1], rows[2] = prev, cur, before
	}
	return rows[1][len(b)]
}

// deriveSites compares the certificates shown with and without SNI.
func (f *Facts) deriveSites() {
	ev := f.Ev.TLS
	if ev == nil || ev.NoSNI == nil || len(ev.NoSNI.Chain) == 0 || len(ev.Main.Chain) == 0 {
		return
	}
	other, err := cert.Parse(ev.NoSNI.Chain[0])
	if err != nil {
		return
	}
	same := f.Leaf != nil && other.SHA256 == f.Leaf.SHA256
	f.TLS.DefaultDiffers = f.Leaf != nil && !same
	f.TLS.DefaultNames = other.Subject.CommonNames
	if other.SAN != nil && len(other.SAN.DNS) > 0 {
		f.TLS.DefaultNames = other.SAN.DNS
	}
	f.TLS.WrongSite = same && !f.IsIP && f.Names.Judged && !f.Names.Match && f.Names.Near == "" &&
		f.Chain.Fault(LeafNotFirst) == nil && f.Chain.Fault(Unparsable) == nil
}
