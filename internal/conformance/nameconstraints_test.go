package conformance

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"sort"
	"strings"
	"testing"
)

// value is what BetterTLS puts into a field: nothing, what fits, what does not.
type value int

const (
	none value = iota
	valid
	invalid
)

func (v value) String() string { return [...]string{"–", "valid", "invalid"}[v] }

// ncCase is one of the 8748 combinations of the suite.
type ncCase struct {
	ipHost, ipCN                                  bool
	cn, dns, ip, permDNS, permIP, exclDNS, exclIP value
}

const (
	goodDNS, badDNS = "test.localhost", "bad.example.com"
	goodIP, badIP   = "127.0.0.1", "1.1.1.1"
)

// expected is the suite's verdict. It is soft where clients differ by design:
// a host in the common name alone, a constraint on a name that is not asked for.
func (c ncCase) expected() string {
	soft := false
	host, perm, excl := c.dns, c.permDNS, c.exclDNS
	if c.ipHost {
		host, perm, excl = c.ip, c.permIP, c.exclIP
	}
	if host != valid {
		if c.ipCN != c.ipHost || c.cn != valid {
			return "reject"
		}
		soft = true
	}
	if perm == invalid || excl == valid {
		return "reject"
	}
	violates := func(v, perm, excl value) bool {
		return v == valid && (perm == invalid || excl == valid) || v == invalid && (perm == valid || excl == invalid)
	}
	cnPerm, cnExcl := c.permDNS, c.exclDNS
	if c.ipCN {
		cnPerm, cnExcl = c.permIP, c.exclIP
	}
	switch {
	case soft, violates(c.dns, c.permDNS, c.exclDNS), violates(c.ip, c.permIP, c.exclIP):
		return "rather reject"
	case violates(c.cn, cnPerm, cnExcl):
		return "rather accept"
	}
	return "accept"
}

func (c ncCase) leaf(by *node) *node {
	s := spec{keyName: "nc leaf", exts: []pkix.Extension{notCA(), usage(signData), extUsage(serverAuth)}}
	s.name = marshal(pkix.Name{Organization: []string{"Hookcheck Test"}}.ToRDNSequence())
	if c.cn != none {
		cn := [...]string{goodDNS, badDNS, goodIP, badIP}[int(c.cn)-1+2*btoi(c.ipCN)]
		s.name = marshal(pkix.Name{Organization: []string{"Hookcheck Test"}, CommonName: cn}.ToRDNSequence())
	}
	var list []asn1.RawValue
	if c.dns != none {
		list = append(list, dns([...]string{goodDNS, badDNS}[c.dns-1]))
	}
	if c.ip != none {
		list = append(list, ip([...]string{goodIP, badIP}[c.ip-1]))
	}
	if len(list) > 0 {
		s.exts = append(s.exts, san(list...))
	}
	return sign(s, by)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (c ncCase) intermediate(by *node) *node {
	var perm, excl []asn1.RawValue
	if c.permDNS != none {
		perm = append(perm, dns([...]string{"localhost", "example.com"}[c.permDNS-1]))
	}
	if c.permIP != none {
		perm = append(perm, network([...]string{"127.0.0.0/24", "1.1.1.0/24"}[c.permIP-1]))
	}
	if c.exclDNS != none {
		excl = append(excl, dns([...]string{"localhost", badDNS}[c.exclDNS-1]))
	}
	if c.exclIP != none {
		excl = append(excl, network([...]string{"127.0.0.0/24", "1.1.1.0/24"}[c.exclIP-1]))
	}
	exts := caExtensions()
	if len(perm)+len(excl) > 0 {
		exts = append(exts, constraints(perm, excl))
	}
	return sign(spec{cn: "nc ICA", exts: exts}, by)
}

// subjects are the 54 leaves for a kind of host: the common name counts once
// for each of its kinds.
func subjects(ipHost bool) (out []ncCase) {
	for n := range 54 {
		out = append(out, ncCase{ipHost: ipHost, ipCN: n >= 27, cn: value(n / 9 % 3), dns: value(n / 3 % 3), ip: value(n % 3)})
	}
	return out
}

// runNameConstraints judges all combinations and counts them by what the suite
// expects and what comes out.
func runNameConstraints(t *testing.T) string {
	dir := t.TempDir()
	root := sign(spec{cn: "nc root", exts: caExtensions()}, nil)
	mid := sign(spec{cn: "nc local root", exts: caExtensions()}, root)
	counts := map[string]int{}
	var differ []string
	total := 0
	issuer := sign(spec{cn: "nc ICA"}, nil)
	for _, ipHost := range []bool{false, true} {
		cases := subjects(ipHost)
		q := question{trusted: []*node{root}, host: goodDNS}
		if ipHost {
			q.host, q.ip = "", goodIP
		}
		for _, c := range cases {
			q.leaf = append(q.leaf, c.leaf(issuer))
		}
		for n := range 81 {
			set := ncCase{permDNS: value(n / 27), permIP: value(n / 9 % 3), exclDNS: value(n / 3 % 3), exclIP: value(n % 3)}
			q.presented = []*node{set.intermediate(mid), mid, root}
			for i, number := range q.askOpenSSL(t, dir) {
				c := cases[i]
				c.permDNS, c.permIP, c.exclDNS, c.exclIP = set.permDNS, set.permIP, set.exclDNS, set.exclIP
				theirs := codeOf(t, number)
				if ours := q.ask(q.leaf[i]); ours != theirs {
					t.Errorf("%+v: openssl says %q, we say %q", c, theirs, ours)
				}
				total++
				got := "accepted"
				if theirs != "" {
					got = theirs
				}
				want := c.expected()
				counts[want+" | "+got]++
				if want == "accept" && theirs != "" || want == "reject" && theirs == "" {
					differ = append(differ, fmt.Sprintf("| %s | %s | %s | %s | %s | %s | %s | %s | %s |",
						hostName(c.ipHost), cnName(c), c.dns, c.ip, c.permDNS, c.permIP, c.exclDNS, c.exclIP, got))
				}
			}
		}
	}
	var rows []string
	for k, n := range counts {
		rows = append(rows, fmt.Sprintf("| %s | %d |", k, n))
	}
	sort.Strings(rows)
	return fmt.Sprintf("%d cases.\n\n| the suite says | OpenSSL and hookcheck | cases |\n|---|---|---|\n%s\n\nOf these, %d are against a firm expectation of the suite:\n\n"+
		"| host | CN | dNSName | iPAddress | permitted DNS | permitted IP | excluded DNS | excluded IP | OpenSSL |\n|---|---|---|---|---|---|---|---|---|\n%s\n",
		total, strings.Join(rows, "\n"), len(differ), strings.Join(differ, "\n"))
}

func hostName(ipHost bool) string {
	if ipHost {
		return goodIP
	}
	return goodDNS
}

func cnName(c ncCase) string {
	if c.cn == none {
		return "–"
	}
	if c.ipCN {
		return "IP " + c.cn.String()
	}
	return "DNS " + c.cn.String()
}
