package conformance

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"sync"
	"time"

	"hookcheck/internal/testpki"
)

// webCases is limbo's group webpki without names: what the CA/Browser Forum
// asks beyond RFC 5280. OpenSSL asks none of it.
func webCases() []testCase {
	r := root()
	weak := root(with(testpki.CommittedRSA("rsa1024")))
	with35 := func(id string, e pkix.Extension) testCase { return rooted("webpki::aki::"+id, bad, root(add(e))) }
	kid := keyID(r.key)
	return []testCase{
		chain("webpki::malformed-aia", bad, leaf(r, add(extRaw(oidAIA, false, []byte("malformed")))), r),
		rooted("webpki::forbidden-weak-rsa-key-in-root", bad, weak),
		rooted("webpki::forbidden-rsa-not-divisible-by-8-in-root", bad, root(with(oddRSA()))),
		chain("webpki::forbidden-rsa-key-not-divisible-by-8-in-leaf", bad, leaf(r, with(oddRSA())), r),
		chain("webpki::forbidden-weak-rsa-in-leaf", bad, leaf(r, with(testpki.CommittedRSA("rsa1024"))), r),
		chain("webpki::v1-cert", bad, leaf(r, version1()), r),
		chain("webpki::ee-basicconstraints-ca", bad, leaf(r, set(isCA(-1))), r),
		chain("webpki::ca-as-leaf", bad, ica(r, sans(dns("ca.example.com"))), r).forHost("ca.example.com"),
		with35("root-with-aki-missing-keyidentifier", identifier(nil, "", 0)),
		with35("root-with-aki-authoritycertissuer", identifier(kid, "myCN", 0)),
		with35("root-with-aki-authoritycertserialnumber", identifier(kid, "", 1234)),
		with35("root-with-aki-all-fields", identifier(kid, "myCN", 1234)),
		with35("root-with-aki-ski-mismatch", identifier(keyID(testpki.ECKey("throwaway")), "", 0)),
		chain("webpki::eku::ee-anyeku", bad, leaf(r, set(extUsage(serverAuth, 0))), r),
		chain("webpki::eku::ee-critical-eku", bad, leaf(r, set(critical(extUsage(serverAuth)))), r),
		chain("webpki::eku::ee-without-eku", bad, leaf(r, unset(37)), r),
		rooted("webpki::eku::root-has-eku", bad, root(add(extUsage(serverAuth)))),
	}
}

// pathologicalCases is limbo's group of that name.
func pathologicalCases() []testCase {
	const n = "pathological::"
	r, second := root(), root(cn("second root"))
	expired := ica(second, cn("limbo root"), pathLen(1), between(now.AddDate(-9, 0, 0), now.AddDate(-8, 0, 0)))
	one := ica(sign(spec{cn: "ring 2"}, nil), cn("ring 1"))
	two := ica(sign(spec{cn: "ring 1"}, nil), cn("ring 2"))
	sameOne := ica(sign(spec{cn: "ring", keyName: "ring key 2"}, nil), cn("ring"), keyOf("ring key 1"))
	sameTwo := ica(sign(spec{cn: "ring", keyName: "ring key 1"}, nil), cn("ring"), keyOf("ring key 2"))
	out := []testCase{
		chain(n+"multiple-chains-expired-intermediate", ok, leaf(r), expired, r).trusting(r, second),
		chain(n+"intermediate-cycle-distinct-cas", bad, leaf(one), one, two, r),
		chain(n+"intermediate-cycle-distinct-cas-max-depth", bad, leaf(one), one, two, r).deep(150),
		chain(n+"intermediate-cycle-same-logical-ca", bad, leaf(sameOne), sameOne, sameTwo, r),
	}
	out = append(out, dosCases()...)
	for _, sameName := range []bool{false, true} {
		for _, sameKey := range []bool{false, true} {
			out = append(out, unrooted(sameName, sameKey))
		}
	}
	return out
}

// unrooted is a hundred CAs in a row that lead nowhere.
func unrooted(sameName, sameKey bool) testCase {
	word := map[bool]string{true: "same", false: "distinct"}
	var all []*node
	var top *node
	for i := range 100 {
		s := spec{cn: fmt.Sprintf("Pathological CA %d", i), keyName: fmt.Sprintf("pathological %d", i), exts: caExtensions(), noSKI: true, noAKI: true}
		if sameName {
			s.cn = "Pathological CA"
		}
		if sameKey {
			s.keyName = "pathological"
		}
		s.from = now.AddDate(-1, 0, 0).Add(time.Duration(i) * time.Second)
		top = sign(s, top)
		all = append(all, top)
	}
	id := "pathological::pathological-chain-" + word[sameName] + "-subject-" + word[sameKey] + "-key"
	return chain(id, bad, leaf(top, noAuthorityID()), root()).presenting(all...)
}

// dosCases have thousands of constraints and of names.
func dosCases() []testCase {
	var permitted, excluded, inside []asn1.RawValue
	for i := range 2048 {
		permitted = append(permitted, dns(fmt.Sprintf("t%d.test", i)))
		excluded = append(excluded, dns(fmt.Sprintf("x%d.test", i)))
	}
	inside = append(inside, permitted...)
	permitted = append(permitted, dns("test"))
	r := root(unset(17), set(constraints(permitted, excluded)))
	var mails pkix.RDNSequence
	for i := range 2048 {
		mails = append(mails, []pkix.AttributeTypeAndValue{{Type: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 1}, Value: fmt.Sprintf("t%d@test", i)}})
	}
	mails = append(mails, []pkix.AttributeTypeAndValue{{Type: asn1.ObjectIdentifier{2, 5, 4, 3}, Value: "t0.test"}})
	return []testCase{
		chain("pathological::nc-dos-1", bad, leaf(r, cn("t0.test"), sans(inside...)), r).forHost("t0.test"),
		chain("pathological::nc-dos-2", bad, leaf(r, emptyName(), set(critical(san(inside...)))), r).forHost("t0.test"),
		chain("pathological::nc-dos-3", bad, leaf(r, unset(17), func(x *spec) { x.name = marshal(mails) }), r).forHost("t0.test"),
	}
}

// oddRSA is a key whose length is no multiple of eight bits. What it is made of
// does not show in any result.
var oddRSA = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2052)
	if err != nil {
		panic(err)
	}
	return key
})
