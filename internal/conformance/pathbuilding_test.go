package conformance

import (
	"crypto/x509/pkix"
	"slices"
	"strings"
)

// testCase is one case of a suite.
type testCase struct {
	id     string
	accept bool // what the suite expects
	question
}

// edge is a certificate of to, signed by from.
type edge struct{ from, to string }

// graph is one of the trust graphs of BetterTLS, which come from RFC 4158.
type graph struct {
	name  string
	edges []edge
}

func edges(list string) (out []edge) {
	for _, e := range strings.Split(list, ",") {
		from, to, _ := strings.Cut(strings.TrimSpace(e), ">")
		out = append(out, edge{from, to})
	}
	return out
}

var (
	linear  = graph{"LINEAR", edges("ICA>EE, Anchor>ICA")}
	twoWays = graph{"TWO_ROOTS", edges("ICA>EE, Root1>ICA, Root2>ICA")}
	figure7 = graph{"FIGURE_SEVEN", edges("B>EE, C>B, A>B, C>A, A>C, Anchor>C, Anchor>A")} // RFC 4158, 2.3
	bridge  = graph{"BRIDGE_CA", edges("F>H, F>G, G>F, H>I, I>H, G>I, W>F, W>G, J>K, N>EE, L>N, L>M, X>J, X>L, " +
		"B>E, B>D, A>B, C>B, A>C, C>A, Y>A, Y>C, R>S, O>R, O>Q, P>S, Z>O, Z>P, " +
		"W>Bridge, Bridge>W, X>Bridge, Bridge>X, Y>Bridge, Bridge>Y, Z>Bridge, Bridge>Z")} // RFC 4158, 2.4
)

// The ways in which BetterTLS makes an edge invalid.
var reasons = []string{"EXPIRED", "NAME_CONSTRAINTS", "BAD_EKU", "MISSING_BASIC_CONSTRAINTS", "NOT_A_CA", "DEPRECATED_CRYPTO"}

// pathBuilding are the 81 cases of the suite, in its order.
func pathBuilding() []testCase {
	type plan struct {
		g       graph
		from    string
		to      string
		invalid string
	}
	out := []testCase{
		linear.test("Anchor", "EE", "", ""), twoWays.test("Root1", "EE", "", ""), twoWays.test("Root2", "EE", "", ""),
	}
	for _, r := range reasons {
		out = append(out, linear.test("Anchor", "EE", "Anchor>ICA", r))
	}
	for _, p := range []plan{
		{linear, "Anchor", "EE", ""}, {linear, "Anchor", "EE", "Anchor>ICA"}, {linear, "ICA", "EE", "Anchor>ICA"},
		{twoWays, "Root1", "EE", ""}, {twoWays, "Root2", "EE", ""},
		{twoWays, "Root1", "EE", "Root2>ICA"}, {twoWays, "Root2", "EE", "Root1>ICA"},
		{twoWays, "Root1", "EE", "Root1>ICA"}, {twoWays, "Root2", "EE", "Root2>ICA"},
		{figure7, "Anchor", "EE", ""}, {figure7, "Anchor", "EE", "Anchor>C, A>B"}, {figure7, "Anchor", "EE", "Anchor>A, C>B"},
		{bridge, "Z", "D", ""}, {bridge, "Z", "EE", ""},
		{bridge, "Z", "EE", "X>Bridge"}, {bridge, "Z", "EE", "Bridge>X"}, {bridge, "Z", "EE", "Z>Bridge"},
	} {
		if p.invalid == "" {
			out = append(out, p.g.test(p.from, p.to, "", ""))
			continue
		}
		for _, r := range reasons {
			out = append(out, p.g.test(p.from, p.to, p.invalid, r))
		}
	}
	return out
}

func (g graph) test(from, to, invalid, reason string) testCase {
	bad := []edge{}
	id := g.name + " " + from + "→" + to
	if invalid != "" {
		bad = edges(invalid)
		id += ", " + strings.ReplaceAll(invalid, ">", "→") + " " + reason
	}
	c := testCase{id: id, accept: g.reachable(bad, from, to, nil)}
	c.host = "localhost"
	c.trusted = []*node{sign(spec{cn: from, exts: caExtensions()}, nil)}
	for _, e := range g.edges {
		s := spec{cn: e.to, exts: caExtensions()}
		if e.to == to {
			s.exts = serverExtensions("localhost")
		}
		if slices.Contains(bad, e) {
			spoil(&s, reason)
		}
		signer := sign(spec{cn: e.from}, nil)
		if made := sign(s, signer); e.to == to {
			c.leaf = append(c.leaf, made)
		} else {
			c.presented = append(c.presented, made)
		}
	}
	return c
}

func (g graph) reachable(bad []edge, from, to string, path []string) bool {
	if from == to {
		return true
	}
	if slices.Contains(path, from) {
		return false
	}
	for _, e := range g.edges {
		if e.from == from && !slices.Contains(bad, e) && g.reachable(bad, e.to, to, append(path, from)) {
			return true
		}
	}
	return false
}

func spoil(s *spec, reason string) {
	switch reason {
	case "EXPIRED":
		s.to = now.AddDate(0, -1, 0)
	case "NAME_CONSTRAINTS":
		s.exts = append(s.exts, constraints(names(dns("bad.example.com")), nil))
	case "BAD_EKU":
		s.exts = append(s.exts, extUsage(mailUse))
	case "MISSING_BASIC_CONSTRAINTS":
		s.exts = s.exts[1:]
	case "NOT_A_CA":
		s.exts[0] = notCA()
	case "DEPRECATED_CRYPTO":
		s.sha1 = true
	}
}

// basicConstraints comes first in both.
func caExtensions() []pkix.Extension { return []pkix.Extension{isCA(-1), usage(signCerts)} }

func serverExtensions(host string) []pkix.Extension {
	return []pkix.Extension{notCA(), usage(signData), extUsage(serverAuth), san(dns(host))}
}
