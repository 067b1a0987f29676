package verify_test

import (
	"fmt"
	"math/big"
	"strings"
)

// names: what the certificate says, in which field, against which host.
func (g *gen) names() question {
	patterns := []string{
		host, "BOT.Example.ORG", "*.example.org", "b*.example.org", "*t.example.org", "b*t.example.org",
		"bo*.example.org", "bot*.example.org", "*bot.example.org", "*.org", "*", "*.*.org", "bot.*.org",
		"bot.example.org.", "*.example.org.", ".example.org", "example.org", "www.example.org",
		"xn--bcher-kva.example.org", "xn--*.example.org", "*.xn--bcher-kva.org", "my_bot.example.org",
		"*_bot.example.org", "a-*.example.org", "*-a.example.org", "-*.example.org", "**.example.org",
		"bot.example.org\x00.evil.test", "bot.exam\x00ple.org", "192.0.2.7", "*.0.2.7", "bot..example.org",
		"a.bot.example.org", "*.bot.example.org", "bot.example.org ", " bot.example.org", "bücher.example.org",
		"*.example.org-", "*.exa-mple.org", "*.-example.org", "*.example", "localhost", "", "x-.example.org",
	}
	hosts := []string{
		host, "BOT.EXAMPLE.org", "bot.example.org.", "example.org", "a.bot.example.org", "my_bot.example.org",
		"xn--bcher-kva.example.org", "b.example.org", "bt.example.org", "*.example.org", "192.0.2.7", "localhost",
		".example.org", "a-b.example.org", "xn--bot.example.org", "bottest.example.org", ".org", "www.example.org",
		"x-a.example.org", "bot.example.org-", "test.exa-mple.org", "x.xn--bcher-kva.org", "-a.example.org",
	}
	s := leafSpec(g.ecKey()).without("2.5.29.17")
	s.subject = dn("O", "Nobody")
	q := question{host: pick(g, hosts...)}
	if g.chance(45) {
		q.host = host
	}
	name := pick(g, patterns...)
	if g.chance(12) {
		name = q.host
	}
	switch g.Intn(6) {
	case 0, 1:
		s = s.with(san(gDNS("other.test"), gDNS(name)))
		q.note = fmt.Sprintf("SAN %q", name)
	case 2:
		s.subject = dn("O", "Nobody", "CN", name)
		q.note = fmt.Sprintf("CN %q", name)
	case 3:
		s.subject = dn("CN", name)
		s = s.with(san(gDNS(pick(g, patterns...))))
		q.note = fmt.Sprintf("CN %q beside SAN", name)
	case 4:
		s.subject = dn("CN", "first.test", "CN", name, "O", "Last")
		s = s.with(san(pick(g, gEmail("bot@example.org"), gIP("192.0.2.7"), gURI("https://"+host+"/"), gDir(dn("CN", host)))))
		q.note = fmt.Sprintf("second CN %q, SAN of another kind", name)
	case 5:
		s.subject, q.note = g.oddCommonName(name)
	}
	if g.n < len(namePairs) { // the corners first
		pair := namePairs[g.n]
		s = s.with(san(gDNS(pair[0])))
		q.host, q.note = pair[1], fmt.Sprintf("corner %q", pair[0])
	}
	q.note += " host " + q.host
	root := sign(caSpec("Root", g.ecKey()), nil)
	q.leaf, q.trusted = sign(s, root).der, [][]byte{root.der}
	return q
}

// namePairs are a dNSName and a host each, on the edge of a rule.
var namePairs = [][2]string{
	{"xn--*.example.org", "xn--abc.example.org"}, {"x*.example.org", "xn--abc.example.org"},
	{"*c.example.org", "xn--abc.example.org"}, {"*.example.org", "xn--abc.example.org"},
	{"a-*.example.org", "a-b.example.org"}, {"*-b.example.org", "a-b.example.org"},
	{"a*b.example.org", "axb.example.org"}, {"a.*.example.org", "a.b.example.org"},
	{"*.*.example.org", "a.b.example.org"}, {"a.b*.example.org", "a.bc.example.org"},
	{"*.org", "example.org"}, {"*.example.org", "*.example.org"}, {"b*.example.org", "b.example.org"},
	{"*b.example.org", "b.example.org"}, {"*.example.org", ".example.org"}, {"a.example.org", ".example.org"},
	{"*.example.org", "a_b.example.org"}, {"b*.example.org", "b_.example.org"}, {"*.exa_mple.org", "a.exa_mple.org"},
	{"*.example.org.", "a.example.org."}, {"*.-example.org", "a.-example.org"}, {"*.example-.org", "a.example-.org"},
	{"a--b*.example.org", "a--bc.example.org"}, {"*XN--a.example.org", "bxn--a.example.org"},
	{"**.example.org", "a.example.org"}, {"*a*.example.org", "bac.example.org"}, {"*.example.org", "a.b.example.org"},
}

// oddCommonName writes a CN in the string types that names may have.
func (g *gen) oddCommonName(name string) ([]byte, string) {
	wide := func(size int) []byte {
		var out []byte
		for _, r := range name {
			for i := size - 1; i >= 0; i-- {
				out = append(out, byte(r>>(8*i)))
			}
		}
		return out
	}
	form := pick(g, "printable", "t61", "ia5", "bmp", "universal", "utf8", "numeric", "bits", "unconvertible first", "empty first")
	cn := func(tag byte, b []byte) []byte { return seq(rdn("CN", tag, b)) }
	note := fmt.Sprintf("CN as %s %q", form, name)
	switch form {
	case "printable":
		return cn(19, []byte(name)), note
	case "t61":
		return cn(20, []byte(name)), note
	case "ia5":
		return cn(22, []byte(name)), note
	case "bmp":
		return cn(30, wide(2)), note
	case "universal":
		return cn(28, wide(4)), note
	case "numeric":
		return cn(18, []byte(name)), note
	case "bits":
		return cn(3, append([]byte{0}, name...)), note
	case "unconvertible first":
		return seq(rdn("CN", 3, []byte("\x00abc")), rdn("CN", 12, []byte(name))), note
	case "empty first":
		return seq(rdn("CN", 12, nil), rdn("CN", 12, []byte(name))), note
	}
	return cn(12, []byte(name)), note
}

// ipHosts: an address as host, with an uploaded file as a name, without one
// as an address.
func (g *gen) ipHosts() question {
	ip := pick(g, "192.0.2.7", "192.0.2.7", "2001:db8::7")
	s := leafSpec(g.ecKey()).without("2.5.29.17")
	s.subject = dn("O", "Nobody")
	var note []string
	add := func(what string) { note = append(note, what) }
	var names [][]byte
	if g.chance(40) {
		names = append(names, gIP(ip))
		add("SAN IP")
	}
	if g.chance(20) {
		names = append(names, gIP(pick(g, "192.0.2.8", "2001:db8::8")))
		add("other IP")
	}
	if g.chance(30) {
		names = append(names, gDNS(pick(g, ip, "*.0.2.7", host)))
		add("dNSName")
	}
	if g.chance(10) {
		names = append(names, tlv(0x87, []byte{192, 0, 2}))
		add("short address")
	}
	if g.chance(50) {
		s.subject = dn("CN", ip)
		add("CN")
	}
	if len(names) > 0 {
		s = s.with(san(names...))
	}
	root := sign(caSpec("Root", g.ecKey()), nil)
	leaf := sign(s, root)
	q := question{leaf: leaf.der, trusted: [][]byte{root.der}, ip: ip}
	if g.chance(50) {
		q.ip, q.host = "", ip
		add("as a name")
	}
	q.note = strings.Join(note, ", ")
	return q
}

// selfIssuedBelow: constraints pass over a self-issued intermediate, which
// these would exclude.
func (g *gen) selfIssuedBelow() question {
	p := g.plan(2)
	p.specs[1] = p.specs[1].with(constraints([][]byte{gDir(dn("CN", host))}, nil))
	p.specs[2].subject = p.specs[1].subject
	return p.build().question("self-issued below directory constraints")
}

// constraintPairs are a permitted subtree and a name each, on the edge of a
// rule. A name without a tag is the CN of a leaf without dNSName.
var constraintPairs = []struct {
	base, name []byte
	cn         string
}{
	{gDNS(".example.org"), gDNS("example.org"), ""}, {gDNS(".example.org"), gDNS("a.example.org"), ""},
	{gDNS("example.org"), gDNS("notexample.org"), ""}, {gDNS("example.org"), gDNS("EXAMPLE.org"), ""},
	{gDNS("example.org"), gDNS("org"), ""}, {gDNS(""), gDNS("org"), ""},
	{gDNS("other.test"), nil, "my_bot.example.org"}, {gDNS("other.test"), nil, "x-.example.org"},
	{gDNS("other.test"), nil, "x.-example.org"}, {gDNS("other.test"), nil, "x..example.org"},
	{gDNS("other.test"), nil, "single"}, {gDNS("other.test"), nil, "a-b.example.org"},
	{gDNS("other.test"), nil, "-a.example.org"}, {gDNS("other.test"), nil, "a.example.org."},
	{gDNS("other.test"), nil, "a b.example.org"}, {gDNS("other.test"), nil, "a.other.test"},
	{gDNS("other.test"), nil, "a.other.test\x00\x00"},
	{gURI(".example.org"), gURI("https://.example.org/"), ""}, {gURI(".example.org"), gURI("https://a.example.org"), ""},
	{gURI("example.org"), gURI("https://example.org:8443/a"), ""}, {gURI("example.org"), gURI("https://example.org/a:b"), ""},
	{gURI("example.org"), gURI("https://a@example.org/"), ""}, {gURI("example.org"), gURI("https:/example.org"), ""},
	{gURI(""), gURI("https://example.org"), ""}, {gURI("example.org"), gURI("https://EXAMPLE.org"), ""},
	{gEmail("a@example.org"), gEmail("A@example.org"), ""}, {gEmail("a@example.org"), gEmail("a@EXAMPLE.org"), ""},
	{gEmail("@example.org"), gEmail("b@example.org"), ""}, {gEmail(""), gEmail("b@"), ""},
	{gEmail("example.org"), gEmail("b@c@example.org"), ""}, {gEmail(".org"), gEmail("b@example.org"), ""},
	{gNet("192.0.2.0/25"), gIP("192.0.2.127"), ""}, {gNet("192.0.2.0/25"), gIP("192.0.2.128"), ""},
	{tlv(0x87, []byte{192, 0, 2, 7, 255, 0, 255, 0}), gIP("192.9.2.9"), ""}, {gNet("2001:db8::/32"), gIP("192.0.2.1"), ""},
	{gDir(dn("C", "xx")), gDir(dn("C", "XX", "O", "a")), ""}, {gDir(dn("C", "XX", "O", "a")), gDir(dn("C", "XX")), ""},
}

func (g *gen) constraintCorner(i int) question {
	pair := constraintPairs[i]
	p := g.plan(1)
	p.specs[1] = p.specs[1].with(constraints([][]byte{pair.base}, nil))
	leaf := &p.specs[2]
	leaf.subject = dn("CN", pair.cn)
	*leaf = leaf.without("2.5.29.17")
	if pair.name != nil {
		leaf.subject = seq()
		*leaf = leaf.with(san(pair.name))
	}
	q := p.build().question(fmt.Sprintf("corner %q %q %q", pair.base, pair.name, pair.cn))
	q.host = ""
	return q
}

func (g *gen) nameConstraints() question {
	if g.n%50 == 0 {
		return g.selfIssuedBelow()
	}
	if i := g.n - 1; i < len(constraintPairs) { // the corners first
		return g.constraintCorner(i)
	}
	p := g.plan(1 + g.Intn(2))
	at := g.Intn(p.top())
	var permitted, excluded [][]byte
	var note []string
	bases := []struct {
		note string
		base []byte
	}{
		{"example.org", gDNS("example.org")}, {".example.org", gDNS(".example.org")},
		{"EXAMPLE.ORG", gDNS("EXAMPLE.ORG")}, {"bot.example.org", gDNS(host)},
		{"other.test", gDNS("other.test")}, {"empty dns", gDNS("")}, {"org", gDNS("org")},
		{"ample.org", gDNS("ample.org")}, {"192.0.2.0/24", gNet("192.0.2.0/24")},
		{"0/0", gNet("0.0.0.0/0")}, {"198.51.100.0/24", gNet("198.51.100.0/24")},
		{"v6", gNet("2001:db8::/32")}, {"bad net", tlv(0x87, []byte{1, 2, 3})},
		{"mail host", gEmail("example.org")}, {"mail domain", gEmail(".example.org")},
		{"mailbox", gEmail("bot@example.org")}, {"@host", gEmail("@example.org")},
		{"uri host", gURI("example.org")}, {"uri domain", gURI(".example.org")},
		{"dir O=Test", gDir(dn("O", "test"))}, {"dir C=XX", gDir(dn("C", "XX"))},
		{"dir empty", gDir(seq())}, {"dir CN", gDir(dn("CN", host))},
		{"other", gOther("1.2.3.4", tlv(12, []byte("x")))}, {"rid", tlv(0x88, oid("1.2.3")[2:])},
		{"smtputf8", gOther("1.3.6.1.5.5.7.8.9", tlv(12, []byte("x")))},
	}
	for range 1 + g.Intn(2) {
		b := pick(g, bases...)
		if g.chance(60) {
			permitted = append(permitted, b.base)
			note = append(note, "permitted "+b.note)
		} else {
			excluded = append(excluded, b.base)
			note = append(note, "excluded "+b.note)
		}
	}
	nc := constraints(permitted, excluded)
	switch g.Intn(14) {
	case 0:
		nc.value = seq(tlv(0xa0, seq(gDNS("example.org"), tlv(0x81, []byte{3}))))
		note = []string{"maximum"}
	case 1:
		nc.value = seq(tlv(0xa1, seq(gDNS("nowhere.test"), tlv(0x80, []byte{byte(g.Intn(2))}))))
		note = []string{"minimum"}
	}
	p.specs[at] = p.specs[at].with(nc)
	leaf := &p.specs[p.top()]
	note = append(note, g.constrainedLeaf(leaf))
	if g.chance(20) && p.top() > 2 { // a self-issued intermediate
		p.specs[2].subject = p.specs[1].subject
		note = append(note, "self-issued")
	}
	return p.build().question(fmt.Sprint(strings.Join(note, ", "), " at ", at))
}

func (g *gen) constrainedLeaf(s *certSpec) string {
	cn := pick(g, host, "www.other.test", "single", "my_bot.example.org", "no host at all", "a..b.example.org", "x-.example.org", "bot.example.org\x00", "bot\x00.example.org")
	s.subject = dn("C", "XX", "O", "Test", "CN", cn)
	note := fmt.Sprintf("CN %q", cn)
	if g.chance(20) {
		tag := byte(pick(g, 22, 12))
		s.subject = seq(rdn("CN", 12, []byte(host)), rdn("email", tag, []byte(pick(g, "bot@example.org", "no-at", "bot@sub.example.org"))))
		if tag == 12 {
			s.subject = seq(rdn("CN", 12, []byte(host)), tlv(0x31, seq(oid("1.2.840.113549.1.9.1"), tlv(12, []byte("bot@example.org")))))
		}
		note += ", mail in subject"
	}
	if g.chance(30) {
		*s = s.without("2.5.29.17")
		return note + ", no SAN"
	}
	names := [][]byte{
		gDNS(host), gDNS("other.test"), gIP("192.0.2.7"), gIP("2001:db8::7"), gEmail("bot@example.org"),
		gEmail("BOT@EXAMPLE.org"), gEmail("bot@a.example.org"), gEmail("nothing"), gURI("https://example.org/x"),
		gURI("https://a.example.org:8443/"), gURI("mailto:x"), gURI("https:///x"), gDir(dn("O", "Test", "CN", "x")),
		gOther("1.2.3.4", tlv(12, []byte("x"))), tlv(0x88, oid("1.2.3")[2:]), tlv(0x87, []byte{1, 2, 3, 4, 5}),
		gOther("1.3.6.1.5.5.7.8.9", tlv(12, []byte("böt@example.org"))),
		gOther("1.3.6.1.5.5.7.8.9", tlv(22, []byte("bot@example.org"))),
	}
	var chosen [][]byte
	if g.chance(60) {
		chosen = append(chosen, names[0])
	}
	for range g.Intn(3) {
		chosen = append(chosen, pick(g, names...))
	}
	*s = s.with(san(chosen...))
	return fmt.Sprint(note, ", ", len(chosen), " names")
}

func (g *gen) oddEncodings() question {
	p := g.plan(1)
	s := &p.specs[p.top()]
	note := ""
	set := func(what string) { note = what }
	switch g.n % 15 {
	case 0:
		s.serial = big.NewInt(-5)
		set("negative serial")
	case 1:
		s.serial = big.NewInt(0)
		set("serial 0")
	case 2:
		s.serial = new(big.Int).Lsh(big.NewInt(1), 300)
		set("long serial")
	case 3:
		s.version = 1
		s.subject = dn("CN", host)
		set("version 1")
	case 4:
		s.version = 7
		set("version 7")
	case 5:
		s.subject = seq()
		set("empty subject")
	case 6:
		p.specs[1].subject = seq(rdn("O", 12, []byte("  Many   SPACES ")), rdn("CN", 30, []byte("\x00I\x00n\x00t")))
		set("odd strings in the issuer")
	case 7:
		s.subject = seq(rdn("CN", 12, []byte("bad \xff utf8")))
		set("bad UTF-8")
	case 8:
		s.subject = seq(rdn("CN", 26, []byte(host)))
		set("VisibleString")
	case 9:
		s.subject = seq(tlv(0x31), rdn("CN", 12, []byte(host)))
		set("empty RDN")
	case 10:
		p.specs[1].subject = seq(tlv(0x31, seq(oid("2.5.4.11"), tlv(12, []byte("b"))), seq(oid("2.5.4.3"), tlv(19, []byte("A")))))
		set("multi-valued issuer")
	case 11:
		s.subject = seq(rdn("CN", 30, []byte("odd")))
		set("BMPString of odd length")
	case 12:
		s.subject = seq(rdn("CN", 30, []byte{0xd8, 0}))
		set("lone surrogate")
	case 13:
		*s = s.with(san(gDNS(host), tlv(0x87, []byte{1, 2, 3}), gDNS("\xff\x00"), gURI(""), gDNS("")))
		set("odd names beside a good one")
	case 14:
		*s = s.with(san(gDNS(host), tlv(0x89, []byte{1})))
		set("unknown kind of name")
	}
	q := p.build().question(note)
	if g.chance(25) { // indefinite length outside
		body := q.leaf[4:]
		q.leaf = append(append([]byte{0x30, 0x80}, body...), 0, 0)
		q.note += ", indefinite length"
	}
	if g.chance(15) {
		q.leaf = append([]byte{0x30, 0x84, 0, 0}, q.leaf[2:]...)
		q.note += ", long length"
	}
	return q
}
