package verify_test

import (
	"crypto/elliptic"
	"fmt"
	"time"

	"hookcheck/internal/testpki"
)

// corner is a case that chance seldom makes: each is there because breaking
// one line of the verifier went unseen without it.
type corner struct {
	note string
	make func(g *gen) question
}

func (g *gen) corner() question {
	c := corners()[g.n]
	q := c.make(g)
	q.note = c.note
	return q
}

func corners() []corner {
	all := append(subtreeCorners(), issuerCorners()...)
	for _, n := range []int{9, 10, 11, 12} {
		all = append(all, corner{fmt.Sprint(n, " intermediates and no root"), func(g *gen) question {
			q := g.plan(n).build().question("")
			q.trusted = [][]byte{g.plan(0).build().root().der}
			return q
		}})
	}
	return append(all,
		corner{"the host in O, no CN", onLeaf(func(s certSpec) certSpec {
			s.subject = dn("O", host)
			return s.without("2.5.29.17")
		})},
		corner{"the host in O beside another CN", onLeaf(func(s certSpec) certSpec {
			s.subject = dn("O", host, "CN", "other.test")
			return s.without("2.5.29.17")
		})},
		corner{"AS numbers in the leaf alone", onLeaf(func(s certSpec) certSpec {
			return s.with(ext{oid: "1.3.6.1.5.5.7.1.8", value: seq(tlv(0xa0, tlv(5)))})
		})},
		corner{"addresses in the leaf alone", onLeaf(func(s certSpec) certSpec {
			return s.with(ext{oid: "1.3.6.1.5.5.7.1.7", value: seq(seq(tlv(4, []byte{0, 1}), tlv(5)))})
		})},
		corner{"an AS number in the leaf alone", onLeaf(func(s certSpec) certSpec {
			return s.with(ext{oid: "1.3.6.1.5.5.7.1.8", value: seq(tlv(0xa0, seq(tlv(2, []byte{1}))))})
		})},
		corner{"an address in the leaf alone", onLeaf(func(s certSpec) certSpec {
			return s.with(ext{oid: "1.3.6.1.5.5.7.1.7", value: seq(seq(tlv(4, []byte{0, 1}), seq(tlv(3, []byte{0, 10}))))})
		})},
		netscape("a root by Netscape's bit for TLS", 0x04), netscape("for mail alone", 0x02),
		netscape("for objects alone", 0x01), netscape("for servers alone", 0x40),
	)
}

func onLeaf(edit func(certSpec) certSpec) func(*gen) question {
	return func(g *gen) question {
		p := g.plan(1)
		p.specs[2] = edit(p.specs[2])
		return p.build().question("")
	}
}

// netscape makes a root that is a CA by nothing but Netscape's extension.
func netscape(note string, bits byte) corner {
	return corner{note, func(g *gen) question {
		p := g.plan(0)
		p.specs[0] = p.specs[0].without("2.5.29.19", "2.5.29.15").with(ext{oid: "2.16.840.1.113730.1.1", value: tlv(3, []byte{0, bits})})
		return p.build().question("")
	}}
}

// subtreeCorners hold several constraints of one kind against a name, and one
// of a rarer kind.
func subtreeCorners() []corner {
	under := func(permitted, excluded [][]byte, edit func(certSpec) certSpec) func(*gen) question {
		return func(g *gen) question {
			p := g.plan(1)
			p.specs[1] = p.specs[1].with(constraints(permitted, excluded))
			if edit != nil {
				p.specs[2] = edit(p.specs[2])
			}
			return p.build().question("")
		}
	}
	list := func(names ...[]byte) [][]byte { return names }
	named := func(names ...[]byte) func(certSpec) certSpec {
		return func(s certSpec) certSpec {
			return s.with(san(append(list(gDNS(host)), names...)...))
		}
	}
	inO := func(s certSpec) certSpec {
		s.subject = dn("O", "www.other.test", "CN", host)
		return s.without("2.5.29.17")
	}
	alsoCalled := func(cn string) func(certSpec) certSpec {
		return func(s certSpec) certSpec {
			s.subject = dn("CN", host, "CN", cn)
			return s.without("2.5.29.17")
		}
	}
	likeIssuer := func(s certSpec) certSpec {
		s.subject = caSpec("Intermediate 1", s.key).subject
		return s
	}
	example, other := gDNS("example.org"), gDNS("other.test")
	out := []corner{
		{"permitted, and excluded below it", under(list(example), list(gDNS(host)), nil)},
		{"the second subtree permits", under(list(other, example), nil, nil)},
		{"the first subtree permits", under(list(example, other), nil, nil)},
		{"the second subtree excludes", under(nil, list(other, example), nil)},
		{"O looks like a host that is not permitted", under(list(example), nil, inO)},
		{"a second CN with NUL inside", under(list(example), nil, alsoCalled("no\x00host"))},
		{"a second CN that ends in NUL", under(list(example), nil, alsoCalled(host+"\x00\x00"))},
		{"a leaf with its issuer's name is constrained too", under(list(gDir(dn("O", "Elsewhere"))), nil, likeIssuer)},
	}
	kinds := []struct{ base, name []byte }{
		{gEmail("bot@example.org"), gEmail("bot@example.org")}, {gEmail("bot@example.org"), gEmail("robot@example.org")},
		{gEmail(".example.org"), gEmail("a@.example.org")}, {gEmail(".example.org"), gEmail("a@b.example.org")},
		{gEmail(".example.org"), gEmail("@.example.org")}, {gEmail("@"), gEmail("a@")},
		{gURI("example.org"), gURI("nothing")}, {gURI("example.org"), gURI("https://:80/")}, {gURI("example.org"), gURI("https://example.org:")},
		{tlv(0x87, []byte{192, 0, 2, 0, 255, 255, 255}), gIP("192.0.2.7")}, {gNet("2001:db8::/32"), gIP("192.0.2.7")},
		{gOther("1.2.3.4", tlv(12, []byte("x"))), gOther("1.2.3.5", tlv(12, []byte("x")))},
		{gEmail("example.org"), gOther("1.3.6.1.5.5.7.8.9", tlv(12, []byte("bot@example.org")))},
		{gEmail(".example.org"), gOther("1.3.6.1.5.5.7.8.9", tlv(12, []byte("bot@a.example.org")))},
		{gEmail("example.org"), gOther("1.3.6.1.5.5.7.8.9", tlv(12, []byte("nothing")))},
		{gEmail("xn--bcher-kva.example"), gOther("1.3.6.1.5.5.7.8.9", tlv(12, []byte("bot@bücher.example")))},
	}
	for i, k := range kinds {
		out = append(out,
			corner{fmt.Sprintf("kind %d permitted %q %q", i, k.base, k.name), under(list(k.base), nil, named(k.name))},
			corner{fmt.Sprintf("kind %d excluded %q %q", i, k.base, k.name), under(nil, list(k.base), named(k.name))})
	}
	return out
}

// issuerCorners offer two issuers of one name that differ in validity or key:
// OpenSSL takes the first that is valid now, else the one that expired last.
func issuerCorners() []corner {
	day := 24 * time.Hour
	at := func(from, to time.Duration) func(certSpec) certSpec {
		return func(s certSpec) certSpec {
			s.from, s.to = builderNow.Add(from), builderNow.Add(to)
			return s
		}
	}
	badTime := func(first bool) func(certSpec) certSpec {
		return func(s certSpec) certSpec {
			odd, sound := tlv(23, []byte("not a time")), utc(builderNow.Add(99*day))
			s.validity = seq(utc(builderNow.Add(-day)), odd)
			if first {
				s.validity = seq(odd, sound)
			}
			return s
		}
	}
	impostor := func(then func(certSpec) certSpec) func(certSpec) certSpec {
		return func(s certSpec) certSpec {
			s.key = testpki.CurveKey(elliptic.P256(), "impostor")
			return then(s)
		}
	}
	sound, longer := at(-day, 99*day), at(-day, 999*day)
	future, past, longPast := at(day, 99*day), at(-9*day, -day), at(-99*day, -9*day)
	pairs := []struct {
		note string
		a, b func(certSpec) certSpec
	}{
		{"future and sound", future, sound}, {"past and sound", past, sound}, {"sound and longer", sound, longer},
		{"future and past", future, past}, {"past and longer past", past, longPast},
		{"sound and another's longer", sound, impostor(longer)}, {"past and another's sound", past, impostor(sound)},
		{"past and another's longer past", past, impostor(longPast)}, {"future and another's past", future, impostor(past)},
		{"begins at no time, and sound", badTime(true), sound}, {"ends at no time, and sound", badTime(false), sound},
		{"begins at no time, and another's sound", badTime(true), impostor(sound)}, {"future and another's sound", future, impostor(sound)},
	}
	var out []corner
	for _, p := range pairs {
		for _, swap := range []bool{false, true} {
			for _, trusted := range []bool{false, true} {
				out = append(out, corner{fmt.Sprintf("%s, swapped %v, trusted %v", p.note, swap, trusted), func(g *gen) question {
					return g.twoIssuers(p.a, p.b, swap, trusted)
				}})
			}
		}
	}
	return out
}

func (g *gen) twoIssuers(a, b func(certSpec) certSpec, swap, trusted bool) question {
	p := g.plan(1)
	at := 1
	if trusted { // two roots rather than two intermediates
		p, at = g.plan(0), 0
	}
	for i := range p.specs {
		p.specs[i].noKeyIDs = true
	}
	spec := p.specs[at]
	p.specs[at] = a(spec)
	p.build()
	var by *node
	if at > 0 {
		by = p.nodes[0]
	}
	both := [][]byte{p.nodes[at].der, sign(b(spec), by).der}
	if swap {
		both[0], both[1] = both[1], both[0]
	}
	q := p.question("")
	if trusted {
		q.trusted = both
	} else {
		q.presented = both
	}
	return q
}
