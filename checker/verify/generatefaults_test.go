package verify_test

import (
	"fmt"
	"math/big"
	"time"

	"hookcheck/internal/testpki"
)

func (g *gen) usages() question {
	p := g.plan(1 + g.Intn(2))
	at := g.Intn(len(p.specs))
	if g.chance(50) {
		at = p.top()
	}
	s := &p.specs[at]
	note := fmt.Sprint("at ", at)
	if g.chance(60) {
		ids := pick(g, []string{ekuServer}, []string{ekuClient}, []string{ekuAny}, []string{ekuClient, ekuAny},
			[]string{ekuCode, ekuServer}, []string{ekuMSSGC}, []string{ekuNSSGC}, []string{"1.2.3.4"}, []string{})
		*s = s.with(eku(ids...))
		note += fmt.Sprint(" EKU ", ids)
	}
	if g.chance(50) {
		bits := byte(pick(g, kuSign, kuRepudiation, kuEncipher, kuData, kuAgree, kuCert, kuCRL, kuOnly, kuSign|kuCert, kuCert|kuCRL, 0, kuRepudiation|kuData))
		*s = s.with(usage(bits))
		note += fmt.Sprintf(" KU %02x", bits)
	}
	if g.chance(15) {
		bits := byte(pick(g, 0x40, 0x80, 0x04, 0x44, 0x00))
		*s = s.with(ext{oid: "2.16.840.1.113730.1.1", value: tlv(3, []byte{0, bits})})
		note += fmt.Sprintf(" nsCertType %02x", bits)
	}
	if g.chance(10) {
		*s = s.without("2.5.29.15", "2.5.29.37")
		note += " none"
	}
	return p.build().question(note)
}

func (g *gen) caFlags() question {
	p := g.plan(1 + g.Intn(2))
	at := g.Intn(p.top())
	s := &p.specs[at]
	note := pick(g, "CA:FALSE", "no basicConstraints", "no extensions", "version 1", "no KU", "neither", "netscape", "KU without certSign", "leaf is a CA", "empty basicConstraints")
	switch note {
	case "CA:FALSE":
		*s = s.with(basic(false, -1))
	case "empty basicConstraints":
		*s = s.with(ext{oid: "2.5.29.19", value: seq()})
	case "no basicConstraints":
		*s = s.without("2.5.29.19")
	case "no extensions":
		s.exts, s.noKeyIDs = nil, true
	case "version 1":
		s.version = 1
	case "no KU":
		*s = s.without("2.5.29.15")
	case "neither":
		*s = s.without("2.5.29.15", "2.5.29.19")
	case "netscape":
		*s = s.without("2.5.29.15", "2.5.29.19").with(ext{oid: "2.16.840.1.113730.1.1", value: tlv(3, []byte{0, byte(pick(g, 0x04, 0x02, 0x01))})})
	case "KU without certSign":
		*s = s.with(usage(byte(pick(g, kuCRL, kuSign|kuCRL))))
	case "leaf is a CA":
		p.specs[p.top()] = p.specs[p.top()].with(basic(true, 0))
	}
	return p.build().question(fmt.Sprint(note, " at ", at))
}

func (g *gen) pathLength() question {
	p := g.plan(1 + g.Intn(4))
	at := g.Intn(p.top())
	length := g.Intn(4)
	p.specs[at] = p.specs[at].with(basic(true, length))
	note := fmt.Sprint("pathlen ", length, " at ", at, " of ", p.top())
	if g.chance(35) && p.top() > 2 {
		i := 2 + g.Intn(p.top()-2)
		p.specs[i].subject = p.specs[i-1].subject
		note += fmt.Sprint(", ", i, " self-issued")
	}
	switch g.Intn(12) {
	case 0:
		p.specs[at] = p.specs[at].with(ext{oid: "2.5.29.19", value: seq(tlv(1, []byte{1}), integer(big.NewInt(-1)))})
		note += ", negative"
	case 1:
		p.specs[at] = p.specs[at].with(ext{oid: "2.5.29.19", value: seq(tlv(1, []byte{1}), integer(new(big.Int).Lsh(big.NewInt(1), 90)))})
		note += ", enormous"
	}
	return p.build().question(note)
}

func (g *gen) brokenExtensions() question {
	p := g.plan(1)
	at := g.Intn(3)
	proxy := seq(seq(oid("1.3.6.1.5.5.7.21.1")))
	choices := []struct {
		note string
		x    []ext
	}{
		{"junk basicConstraints", []ext{{"2.5.29.19", false, []byte{1, 2, 3}}}},
		{"empty basicConstraints value", []ext{{"2.5.29.19", false, []byte{}}}},
		{"junk keyUsage", []ext{{"2.5.29.15", false, tlv(4, []byte{1})}}},
		{"keyUsage 9 unused bits", []ext{{"2.5.29.15", false, tlv(3, []byte{9, 0x80})}}},
		{"junk SAN", []ext{{"2.5.29.17", false, seq(tlv(0x02, []byte{1}))}}},
		{"truncated SAN", []ext{{"2.5.29.17", false, []byte{0x30, 9, 0x82, 1}}}},
		{"trailing data in SAN", []ext{{"2.5.29.17", false, append(seq(gDNS(host)), 1, 2)}}},
		{"junk EKU", []ext{{"2.5.29.37", false, seq(tlv(4))}}},
		{"junk AKID", []ext{{"2.5.29.35", false, tlv(2, []byte{1})}}},
		{"junk SKID", []ext{{"2.5.29.14", false, seq()}}},
		{"junk constraints", []ext{{"2.5.29.30", false, seq(tlv(0xa5))}}},
		{"empty constraints", []ext{{"2.5.29.30", true, seq()}}},
		{"CRL point without a name", []ext{{"2.5.29.31", false, seq(seq())}}},
		{"CRL point", []ext{{"2.5.29.31", false, seq(seq(tlv(0xa0, tlv(0xa0, gURI("http://crl.test/")))))}}},
		{"relative CRL point", []ext{{"2.5.29.31", false, seq(seq(tlv(0xa0, tlv(0xa1, seq(oid("2.5.4.3"), tlv(12, []byte("x")))))))}}},
		{"proxy", []ext{{"1.3.6.1.5.5.7.1.14", true, proxy}}},
		{"proxy, no further", []ext{{"1.3.6.1.5.5.7.1.14", true, seq(integer(big.NewInt(0)), seq(oid("1.3.6.1.5.5.7.21.1")))}}},
		{"proxy with SAN", []ext{{"1.3.6.1.5.5.7.1.14", true, proxy}}},
		{"junk proxy", []ext{{"1.3.6.1.5.5.7.1.14", true, seq()}}},
		{"junk AIA", []ext{{"1.3.6.1.5.5.7.1.1", false, []byte{1}}}},
		{"junk policies", []ext{{"2.5.29.32", true, []byte{1}}}},
		{"addresses", []ext{{"1.3.6.1.5.5.7.1.7", false, seq(seq(tlv(4, []byte{0, 1}), seq(tlv(3, []byte{0, 192}))))}}},
		{"AS numbers", []ext{{"1.3.6.1.5.5.7.1.8", false, seq(tlv(0xa0, seq(integer(big.NewInt(64500)))))}}},
		{"addresses everywhere", []ext{{"1.3.6.1.5.5.7.1.7", false, seq(seq(tlv(4, []byte{0, 1}), seq(tlv(3, []byte{0, 192}))))}}},
		{"junk addresses", []ext{{"1.3.6.1.5.5.7.1.7", false, seq(seq())}}},
		{"junk AS numbers", []ext{{"1.3.6.1.5.5.7.1.8", false, tlv(2, []byte{1})}}},
	}
	c := choices[g.n%len(choices)]
	switch c.note {
	case "addresses everywhere":
		for i := range p.specs {
			p.specs[i] = p.specs[i].with(c.x...)
		}
	case "addresses", "AS numbers":
		at = pick(g, at, p.top())
	}
	p.specs[at] = p.specs[at].with(c.x...)
	if c.note == "proxy" || c.note == "proxy, no further" {
		p.specs[at] = p.specs[at].without("2.5.29.17", "2.5.29.19")
	}
	if g.chance(15) {
		p.specs[at].exts = append(p.specs[at].exts, pick(g, san(gDNS(host)), ext{"1.2.3.4", false, seq()}, basic(at < 2, -1)))
		p.specs[at].exts = append(p.specs[at].exts, pick(g, san(gDNS("b.test")), ext{"1.2.3.4", false, seq()}))
		c.note += ", and one twice"
	}
	return p.build().question(fmt.Sprint(c.note, " at ", at))
}

func (g *gen) validity() question {
	p := g.plan(1 + g.Intn(2))
	at := g.Intn(len(p.specs))
	s := &p.specs[at]
	note := ""
	switch g.Intn(6) {
	case 0:
		s.to, note = builderNow.Add(-time.Duration(1+g.Intn(1000))*time.Hour), "expired"
	case 1:
		s.from, note = builderNow.Add(time.Duration(1+g.Intn(1000))*time.Hour), "not yet valid"
	case 2:
		s.to, note = builderNow, "expires this second"
	case 3:
		s.from, note = builderNow, "begins this second"
	case 4:
		s.from, s.to, note = builderNow.Add(time.Hour), builderNow.Add(-time.Hour), "ends before it begins"
	case 5:
		s.from, s.to, note = time.Date(1949, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), "for ever"
	}
	q := p.build().question(fmt.Sprint(note, " at ", at))
	switch g.Intn(4) {
	case 0:
		q.at = builderNow.Add(-time.Duration(g.Intn(60*24)) * time.Hour)
	case 1:
		q.at = builderNow.Add(time.Duration(g.Intn(400*24)) * time.Hour)
	}
	return q
}

func (g *gen) oddTimes() question {
	p := g.plan(1)
	at := g.Intn(3)
	odd := []struct {
		tag  byte
		text string
	}{
		{23, "2601010000Z"}, {23, "260101000000+0000"}, {24, "20260101000000.5Z"}, {24, "20260101000000Z"},
		{24, "2026010100Z"}, {23, "260230000000Z"}, {23, "nonsense"}, {23, ""}, {24, "20260101000000"},
		{23, "261301000000Z"}, {24, "00000101000000Z"}, {23, "260101000060Z"}, {23, "260101240000Z"},
	}
	o := odd[g.n%len(odd)]
	good := utc(builderNow.Add(24 * time.Hour))
	early := utc(builderNow.Add(-24 * time.Hour))
	if g.chance(50) {
		p.specs[at].validity = seq(tlv(o.tag, []byte(o.text)), good)
	} else {
		p.specs[at].validity = seq(early, tlv(o.tag, []byte(o.text)))
	}
	return p.build().question(fmt.Sprintf("%q at %d", o.text, at))
}

// uploads: what a bot's owner may hand to setWebhook as the whole store.
func (g *gen) uploads() question {
	p := g.plan(1 + g.Intn(2)).build()
	q := p.question("")
	other := g.plan(1).build()
	self := sign(leafSpec(g.ecKey()), nil)
	renewed := sign(self.spec, nil)
	switch kind := pick(g, "root", "leaf", "intermediate", "intermediate and root", "other", "self", "self, other file", "self, renewed", "all", "nothing"); kind {
	case "leaf":
		q.trusted, q.note = [][]byte{p.leaf().der}, kind
	case "intermediate":
		q.trusted, q.note = [][]byte{q.presented[0]}, kind
	case "intermediate and root":
		q.trusted, q.note = append(p.middle(), p.root().der), kind
	case "other":
		q.trusted, q.note = [][]byte{other.root().der}, kind
	case "self":
		q = question{leaf: self.der, trusted: [][]byte{self.der}, host: host, note: kind}
	case "self, other file":
		q = question{leaf: self.der, trusted: [][]byte{other.root().der}, host: host, note: kind}
	case "self, renewed":
		q = question{leaf: self.der, trusted: [][]byte{renewed.der}, host: host, note: kind}
		if g.chance(50) {
			q.trusted = append(q.trusted, self.der)
		}
	case "all":
		q.trusted, q.note = append(p.middle(), p.root().der, p.leaf().der), kind
	case "nothing":
		q.trusted, q.note = nil, kind
	default:
		q.note = kind
	}
	if g.chance(30) && len(q.presented) > 0 {
		q.presented = nil
		q.note += ", leaf sent alone"
	}
	if g.chance(20) {
		q.presented = append(q.presented, p.root().der)
		q.note += ", root sent"
	}
	return q
}

func (g *gen) selfSigned() question {
	s := leafSpec(g.strongKey())
	note := pick(g, "plain", "SHA-1", "CA", "no extensions", "KU certSign only", "no key identifiers", "wrong AKID", "version 1", "expired", "twice in the store", "weak")
	switch note {
	case "SHA-1":
		s.key, s.alg = testpki.CommittedRSA("rsa2048"), "sha1-rsa"
	case "CA":
		s = s.with(basic(true, 0), usage(kuCert|kuSign))
	case "no extensions":
		s.exts, s.noKeyIDs = nil, true
	case "KU certSign only":
		s = s.with(usage(kuCert))
	case "no key identifiers":
		s.noKeyIDs = true
	case "wrong AKID":
		s = s.with(ext{oid: "2.5.29.35", value: seq(tlv(0x80, []byte("someone else")))})
	case "version 1":
		s.version = 1
	case "expired":
		s.to = builderNow.Add(-time.Hour)
	case "weak":
		s.key = pick(g, testpki.CommittedRSA("rsa1024"), boundaryRSA("rsa1962"), boundaryRSA("rsa1963"))
	}
	s.forged = g.chance(20)
	n := sign(s, nil)
	q := question{note: note, leaf: n.der, trusted: [][]byte{n.der}, host: host}
	if note == "twice in the store" {
		twin := sign(s, nil)
		q.trusted = [][]byte{twin.der, n.der}
		if g.chance(50) {
			q.trusted = [][]byte{n.der, twin.der}
		}
	}
	switch g.Intn(5) {
	case 0:
		q.trusted = nil
	case 1:
		q.presented = [][]byte{n.der}
	case 2: // a leaf below it
		below := leafSpec(g.ecKey())
		below.subject = dn("CN", "below")
		q.leaf, q.presented = sign(below, n).der, [][]byte{n.der}
		q.note += ", leaf below"
	}
	return q
}

// damaged: any octet of a self-signed certificate, whose signature does not
// count, so that reading decides.
func (g *gen) damaged() question {
	s := leafSpec(g.strongKey())
	if g.chance(50) {
		s.noKeyIDs = true
	}
	if g.chance(20) {
		s.subject = dn("C", "XX", "O", "Müller", "CN", host)
	}
	root := g.chance(30) // damage a root instead, and let a leaf below it be judged
	if root {
		s = caSpec("Root", g.strongKey())
	}
	n := sign(s, nil)
	der := append([]byte(nil), n.der...)
	note := ""
	for range 1 + g.Intn(2) {
		i := 4 + g.Intn(len(der)-4)
		switch g.Intn(3) {
		case 0:
			der[i] ^= 1 << g.Intn(8)
		case 1:
			der[i] = byte(g.Intn(256))
		case 2:
			der[i] = byte(pick(g, 0, 0x80, 0xff, 0x30, 0x05))
		}
		note += fmt.Sprintf("[%d]=%02x ", i, der[i])
	}
	if root {
		leaf := leafSpec(g.ecKey())
		leaf.noKeyIDs = s.noKeyIDs
		return question{note: "root " + note, leaf: sign(leaf, n).der, trusted: [][]byte{der}, host: host}
	}
	return question{note: note, leaf: der, trusted: [][]byte{der}, host: host}
}

// together: several independent faults in one chain.
func (g *gen) together() question {
	p := g.plan(1 + g.Intn(3))
	note := ""
	for range 1 + g.Intn(3) {
		at := g.Intn(len(p.specs))
		s := &p.specs[at]
		switch g.Intn(7) {
		case 0:
			s.to = builderNow.Add(-time.Hour)
		case 1:
			*s = s.with(eku(ekuClient))
		case 2:
			*s = s.with(basic(at < p.top(), 0))
		case 3:
			*s = s.with(ext{"1.2.3.4", true, seq()})
		case 4:
			s.forged = true
		case 5:
			*s = s.with(constraints([][]byte{gDNS("other.test")}, nil))
		case 6:
			s.key = testpki.CommittedRSA("rsa1024")
		}
		note += fmt.Sprint(at, " ")
	}
	q := p.build().question(note)
	if g.chance(20) {
		q.host = "www." + host
	}
	if g.chance(15) {
		q.presented = nil
	}
	return q
}
