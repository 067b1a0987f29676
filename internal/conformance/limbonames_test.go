package conformance

import (
	"crypto/x509/pkix"
	"encoding/asn1"
	"net"
)

// nameCases is limbo's rfc5280::nc.
func nameCases() []testCase {
	const n = "rfc5280::nc::"
	r := root()
	example := dns("example.com")
	net4, net6 := network("192.0.2.0/24"), network("::1/128")
	one := func(id string, accept bool, nc change, names ...asn1.RawValue) testCase {
		by := root(nc)
		return chain(n+id, accept, leaf(by, sans(names...)), by)
	}
	foo, notFoo := cn("foo"), cn("not-foo")
	inDir := func(id string, accept bool, nc, subject change, san string) testCase {
		by := root(nc, unset(17))
		c := chain(n+id, accept, leaf(by, subject, sans(dir(san))), by)
		c.host = ""
		return c
	}
	self := root(cn("not-example.com"), sans(dns("not-example.com")), permit(example))
	selfMid := ica(self, cn("not-example.com"), keyOf("self-issued"), sans(dns("not-example.com")))
	outside := ica(root(permit(example)), cn("not-example.com"), sans(dns("not-example.com")))
	outsideLeaf := leaf(outside, cn("not-example.com"), sans(dns("not-example.com")))
	both := set(constraints(names(example), names(example)))
	split := set(constraints(names(dns("permitted.example.com")), names(dns("forbidden.example.com"))))
	below := func(id string, r, first *node) testCase {
		second := ica(first, cn("second"), sans(dns("forbidden.example.com")))
		return chain(n+id, bad, leaf(second, sans(dns("permitted.example.com"))), first, second, r).forHost("permitted.example.com")
	}
	two := func(id string, first, second change) testCase {
		a := ica(r, cn("first"), unset(17), first)
		b := ica(a, cn("second"), unset(17), second)
		return chain(n+id, bad, leaf(b, sans(dns("foo.example.com"))), a, b, r).forHost("foo.example.com")
	}
	mid := func(id string, accept bool, nc change, names ...asn1.RawValue) testCase {
		m := ica(r, nc, unset(17))
		return chain(n+id, accept, leaf(m, sans(names...)), m, r)
	}
	v4 := func(s string) asn1.RawValue { return general(7, net.ParseIP(s).To4()) }
	return append([]testCase{
		one("permitted-dns-mismatch", bad, permit(example), dns("not-example.com")),
		mid("excluded-dns-match", bad, exclude(example), example),
		one("permitted-dns-match", ok, permit(example), example),
		one("permitted-dns-match-noncritical", bad, func(x *spec) { permit(example)(x); x.exts[len(x.exts)-1].Critical = false }, example),
		one("permitted-dns-match-more", ok, permit(example), dns("foo.bar.example.com")).forHost("foo.bar.example.com"),
		one("excluded-dns-match-second", bad, exclude(dns("not-allowed.example.com")), example, dns("not-allowed.example.com")),
		one("permitted-ip-mismatch", bad, permit(net4), ip("192.0.3.1")).forIP("192.0.3.1"),
		one("excluded-ipv4-match", bad, exclude(net4), ip("192.0.2.1")).forIP("192.0.2.1"),
		one("excluded-ipv6-match", bad, exclude(net6), ip("::1")).forIP("::1"),
		one("permitted-ipv4-match", ok, permit(net4), ip("192.0.2.1")).forIP("192.0.2.1"),
		one("permitted-ipv6-match", ok, permit(net6), ip("::1")).forIP("::1"),
		inDir("permitted-dn-mismatch", bad, permit(dir("foo")), notFoo, "not-foo"),
		inDir("excluded-dn-match", bad, exclude(dir("foo")), foo, "foo"),
		inDir("permitted-dn-match", ok, permit(dir("foo")), foo, "foo"),
		inDir("permitted-dn-match-subject-san-mismatch", bad, permit(dir("foo")), notFoo, "foo"),
		inDir("excluded-dn-match-sub-mismatch", bad, exclude(dir("foo")), foo, "not-foo"),
		chain(n+"permitted-self-issued", ok, leaf(selfMid), selfMid, self),
		chain(n+"excluded-self-issued-leaf", bad, outsideLeaf, outside, root(permit(example))).forHost("not-example.com"),
		one("excluded-match-permitted-and-excluded", bad, both, example),
		one("permitted-different-constraint-type", ok, permit(net4), example),
		one("excluded-different-constraint-type", ok, exclude(net4), example),
		one("invalid-dnsname-wildcard", bad, permit(dns("*.example.com")), dns("foo.example.com")).forHost("foo.example.com"),
		one("invalid-dnsname-leading-period", bad, permit(dns(".example.com")), dns("foo.example.com")).forHost("foo.example.com"),
		one("invalid-ipv4-address", bad, permit(v4("127.0.0.1")), ip("127.0.0.1")).forIP("127.0.0.1"),
		one("invalid-ipv6-address", bad, permit(ip("::1")), ip("::1")).forIP("::1"),
		chain(n+"not-allowed-in-ee-noncritical", bad, leaf(r, func(x *spec) { permit(example)(x); x.exts[len(x.exts)-1].Critical = false }), r),
		chain(n+"not-allowed-in-ee-critical", bad, leaf(r, permit(example)), r),
		below("intermediate-with-san-rejected-by-intermediate-nc", r, ica(r, cn("first"), unset(17), split)),
		below("intermediate-with-san-rejected-by-root-nc", root(split, unset(17)), ica(root(split, unset(17)), cn("first"), unset(17))),
		two("restrictive-permits-in-intermediates-narrows", permit(dns("foo.example.com"), dns("bar.example.com")), permit(dns("bar.example.com"))),
		two("restrictive-permits-in-intermediates-widens", permit(dns("bar.example.com")), permit(dns("foo.example.com"), dns("bar.example.com"))),
		mid("nc-permits-invalid-dns-san", bad, permit(example), dns(".example.com"), dns("foo.example.com")).forHost("foo.example.com"),
		mid("nc-permits-invalid-ip-san", bad, permit(net4), net4, ip("192.0.2.1")).forIP("192.0.2.1"),
		mid("nc-forbids-othername", bad, set(constraints(names(example), names(other()))), example, other()),
		mid("nc-forbids-othername-noop", ok, set(constraints(names(example), names(other()))), example),
		mid("nc-forbids-dnsname-wildcard-san", bad, set(constraints(names(example), names(dns("bar.example.com")))), dns("*.example.com")).forHost("bar.example.com"),
	}, append(emailCases(), alternateCases()...)...)
}

// emailCases are about e-mail addresses. The certificates are a server's here,
// not a client's: the constraints are the same.
func emailCases() []testCase {
	const n = "rfc5280::nc::"
	r := root()
	one := func(id string, accept bool, permitted string, addresses ...string) testCase {
		by := ica(r, permit(email(permitted)), unset(17))
		var list []asn1.RawValue
		for _, s := range addresses {
			list = append(list, email(s))
		}
		c := chain(n+id, accept, leaf(by, sans(list...)), by, r)
		c.host = ""
		return c
	}
	strict := root(permit(email("invalid@invalid@example.com")))
	malformed := chain(n+"invalid-email-address", bad, leaf(strict, sans(email("example@example.com"))), strict)
	malformed.host = ""
	return []testCase{
		malformed,
		one("nc-permits-invalid-email-san", bad, "example.com", "good@example.com", "alsogood@example.com", "invalid@address@example.com"),
		one("nc-permits-email-exact", ok, "foo@example.com", "foo@example.com"),
		one("nc-permits-email-domain", ok, "example.com", "foo@example.com"),
		one("nc-permits-email-literal-asterisk-exact-match", ok, "*@example.com", "*@example.com"),
		one("nc-permits-email-literal-asterisk-rejects-user", bad, "*@example.com", "user@example.com"),
		one("nc-permits-email-literal-asterisk-rejects-subdomain", bad, "*@example.com", "*@subdomain.example.com"),
		one("nc-permits-email-literal-double-asterisk", ok, "**@example.com", "**@example.com"),
		one("nc-permits-email-literal-double-asterisk-rejects-single", bad, "**@example.com", "*@example.com"),
		one("nc-permits-email-literal-mid-asterisk", ok, "user*@example.com", "user*@example.com"),
	}
}

// alternateCases: two intermediates of one name and key, one of which may not
// be used.
func alternateCases() []testCase {
	const n = "rfc5280::nc::"
	permitted, forbidden := dns("permitted.example.com"), dns("forbidden.example.com")
	plain := unset(17)
	lost, r := root(cn("lost root"), plain), root(plain)
	split := ica(r, cn("a"), plain, set(constraints(names(permitted), names(forbidden))))
	b1 := ica(lost, cn("b"), sans(forbidden))
	b2 := ica(split, cn("b"), plain)
	alt := chain(n+"nc-forbids-alternate-chain-ica", ok, leaf(b2, sans(permitted)), r).presenting(split, b1, b2).forHost("permitted.example.com")

	ra, rb := root(cn("root a"), plain), root(cn("root b"), plain)
	a := ica(ra, cn("a"), plain, exclude(forbidden))
	c1, c2 := ica(a, cn("b"), sans(forbidden)), ica(rb, cn("b"), sans(dns("other.example.com")))
	same := chain(n+"nc-forbids-same-chain-ica", ok, leaf(c1, sans(permitted)), ra).
		trusting(ra, rb).presenting(a, c1, c2).forHost("permitted.example.com")
	return []testCase{alt, same}
}

// webNames is limbo's webpki::san, webpki::cn and webpki::nc.
func webNames() []testCase {
	r := root()
	san1 := func(id string, accept bool, host string, names ...string) testCase {
		var list []asn1.RawValue
		for _, s := range names {
			list = append(list, dns(s))
		}
		return chain("webpki::san::"+id, accept, leaf(r, sans(list...)), r).forHost(host)
	}
	byIP := func(id, name, address string) testCase {
		return chain("webpki::cn::"+id, bad, leaf(r, cn(name), sans(ip(address))), r).forIP(address)
	}
	byName := func(id, name, host string) testCase {
		return chain("webpki::cn::"+id, bad, leaf(r, cn(name), sans(dns(host))), r).forHost(host)
	}
	empty := set(ext(30, true, struct{}{}))
	emptyLists := set(extRaw(asn1.ObjectIdentifier{2, 5, 29, 30}, true, []byte{0x30, 4, 0xa0, 0, 0xa1, 0}))
	loose := root(permit(dns(limboHost)), func(x *spec) { x.exts[len(x.exts)-1].Critical = false })
	inner := func(id string, nc change) testCase {
		m := ica(r, nc, unset(17))
		return chain("webpki::nc::"+id, bad, leaf(m), m, r)
	}
	pattern := ica(r, permit(dns(limboHost)), unset(17))
	return []testCase{
		san1("exact-dns-san", ok, "example.com", "example.com"),
		chain("webpki::san::exact-localhost-ip-san", ok, leaf(r, sans(ip("127.0.0.1"))), r).forIP("127.0.0.1"),
		san1("mismatch-domain-san", bad, "example2.com", "example.com"),
		san1("mismatch-subdomain-san", bad, "def.example.com", "abc.example.com"),
		san1("mismatch-subdomain-apex-san", bad, "abc.example.com", "example.com"),
		san1("mismatch-apex-subdomain-san", bad, "example.com", "abc.example.com"),
		san1("public-suffix-wildcard-san", bad, "example.com", "*.com"),
		san1("public-suffix-multi-label-wildcard-san", bad, "example.co.uk", "*.co.uk"),
		san1("public-suffix-private-namespace-wildcard-san", bad, "example.s3.amazonaws.com", "*.s3.amazonaws.com"),
		san1("leftmost-wildcard-san", ok, "foo.example.com", "*.example.com"),
		san1("wildcard-embedded-leftmost-san", bad, "baz.example.com", "ba*.example.com"),
		san1("wildcard-not-in-leftmost-san", bad, "foo.bar.example.com", "foo.*.example.com"),
		san1("wildcard-match-across-labels-san", bad, "foo.bar.example.com", "*.example.com"),
		san1("wildcard-embedded-ulabel-san", bad, "xn--bliss-1b3c148a.example.com", "xn--*-1b3c148a.example.com"),
		san1("unicode-emoji-san", bad, "xn--628h.example.com", "😜.example.com"),
		chain("webpki::san::no-san", bad, leaf(r, unset(17)), r),
		chain("webpki::san::san-critical-with-nonempty-subject", bad, leaf(r, cn("something-else"), set(critical(san(dns(limboHost))))), r),
		san1("san-wildcard-only", bad, "example.com", "*"),
		san1("san-wildcard-only-tld", bad, "com", "*"),
		byIP("ipv4-hex-mismatch", "0xC0A80101", "192.168.1.1"),
		byIP("ipv4-leading-zeros-mismatch", "192.168.001.001", "192.168.1.1"),
		byIP("ipv6-uppercase-mismatch", "2001:DB8::8A2E:370:7334", "2001:db8::8a2e:370:7334"),
		byIP("ipv6-uncompressed-mismatch", "2001:0db8:0000:0000:0000:0000:0000:0001", "2001:db8::1"),
		byIP("ipv6-non-rfc5952-mismatch", "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
		byName("punycode-not-in-san", "xn--nxasmq6b.com", "xn--n3h.com"),
		byName("utf8-vs-punycode-mismatch", "test-測試.com", "xn--test--wg5h0h.com"),
		byName("not-in-san", "notinsan.example.com", "valid.example.com"),
		byName("case-mismatch", "Example.COM", "example.com"),
		chain("webpki::nc::permitted-dns-match-noncritical", ok, leaf(loose), loose),
		inner("intermediate-permitted-excluded-subtrees-both-null", empty),
		inner("intermediate-permitted-excluded-subtrees-both-empty-sequences", emptyLists),
		chain("webpki::nc::nc-permits-dns-san-pattern", ok, leaf(pattern, sans(dns("*.example.com"))), pattern, r).forHost("foo.example.com"),
	}
}

// identifier is an authorityKeyIdentifier in full.
func identifier(id []byte, issuer string, serial int) pkix.Extension {
	var body []byte
	if id != nil {
		body = append(body, marshal(general(0, id))...)
	}
	if issuer != "" {
		body = append(body, marshal(asn1.RawValue{Class: asn1.ClassContextSpecific, Tag: 1, IsCompound: true, Bytes: marshal(dir(issuer))})...)
	}
	if serial != 0 {
		body = append(body, marshal(general(2, []byte{byte(serial >> 8), byte(serial)}))...)
	}
	return extRaw(asn1.ObjectIdentifier{2, 5, 29, 35}, false, marshal(asn1.RawValue{Tag: asn1.TagSequence, IsCompound: true, Bytes: body}))
}
