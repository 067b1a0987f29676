package conformance

import (
	"crypto/x509/pkix"
	"math/big"
	"time"
)

// pathLenCases is limbo's group pathlen. The chain depth is counted as
// OpenSSL does, in intermediates.
func pathLenCases() []testCase {
	r := root()
	a0, a1, a2 := ica(r, cn("a"), pathLen(0)), ica(r, cn("a"), pathLen(1)), ica(r, cn("a"), pathLen(2))
	b := func(by *node, n int) *node { return ica(by, cn("b"), pathLen(n)) }
	free := ica(r, cn("a"))
	twice := ica(a1, cn("a"), keyOf("second a"), pathLen(1))
	third := ica(twice, cn("c"), pathLen(0))
	freeTwice := ica(free, cn("a"), keyOf("second a"))
	return []testCase{
		chain("pathlen::ee-with-intermediate-pathlen-0", ok, leaf(a0), a0, r),
		chain("pathlen::ee-with-intermediate-pathlen-1", ok, leaf(a1), a1, r),
		chain("pathlen::ee-with-intermediate-pathlen-2", ok, leaf(a2), a2, r),
		chain("pathlen::validation-ignores-pathlen-in-leaf", ok, b(a0, 0), a0, r),
		chain("pathlen::intermediate-violates-pathlen-0", bad, leaf(b(a0, 0)), a0, b(a0, 0), r),
		chain("pathlen::intermediate-pathlen-may-increase", ok, leaf(b(a1, 2)), a1, b(a1, 2), r),
		chain("pathlen::intermediate-pathlen-too-long", bad, leaf(ica(b(a1, 0), cn("c"), pathLen(0))), a1, b(a1, 0), ica(b(a1, 0), cn("c"), pathLen(0)), r),
		chain("pathlen::self-issued-certs-pathlen", ok, leaf(third), a1, twice, third, r),
		chain("pathlen::max-chain-depth-1", ok, leaf(free), free, r).deep(1),
		chain("pathlen::max-chain-depth-1-exhausted", bad, leaf(ica(free, cn("b"))), free, ica(free, cn("b")), r).deep(1),
		chain("pathlen::max-chain-depth-1-self-issued", ok, leaf(freeTwice), free, freeTwice, r).deep(1),
	}
}

// rfcCases is limbo's group rfc5280 without name constraints.
func rfcCases() []testCase {
	r := root()
	mid := ica(r)
	mid0 := ica(r, pathLen(0))
	cannotSign := set(usage())
	long, _ := new(big.Int).SetString("112233445566778899aabbccddeeff00112233445566", 16)
	nameless := root(emptyName())
	crl := usage(signCRLs)
	return []testCase{
		chain("rfc5280::ee-empty-issuer", bad, leaf(r, issuer(marshal(pkix.RDNSequence{}))), r),
		chain("rfc5280::ca-empty-subject", bad, leaf(nameless), nameless),
		chain("rfc5280::unknown-critical-extension-ee", bad, leaf(r, unknownCritical()), r),
		rooted("rfc5280::unknown-critical-extension-root", bad, root(unknownCritical())),
		chain("rfc5280::unknown-critical-extension-unrelated-root", ok, leaf(r), r).trusting(r, root(cn("unrelated root"), unknownCritical())),
		chain("rfc5280::unknown-critical-extension-unrelated-intermediate", ok, leaf(mid0), mid0, ica(r, cn("unrelated"), unknownCritical()), r),
		through("rfc5280::unknown-critical-extension-intermediate", bad, ica(r, pathLen(0), unknownCritical()), r),
		chain("rfc5280::chain-untrusted-root", bad, leaf(mid0), r, mid0, root(cn("unrelated root"))),
		through("rfc5280::intermediate-ca-without-ca-bit", bad, ica(r, set(notCA())), r),
		through("rfc5280::intermediate-ca-missing-basic-constraints", bad, ica(r, unset(19)), r),
		rooted("rfc5280::root-missing-basic-constraints", bad, root(unset(19))),
		rooted("rfc5280::root-non-critical-basic-constraints", bad, root(set(ext(19, false, struct{ CA bool }{true})))),
		rooted("rfc5280::root-inconsistent-ca-extensions", bad, root(set(crl))),
		rooted("rfc5280::root-inconsistent-ca-extensions (no bit at all)", bad, root(cannotSign)),
		through("rfc5280::ica-ku-keycertsign", bad, ica(r, pathLen(0), set(crl)), r),
		chain("rfc5280::leaf-ku-keycertsign", bad, leaf(r, set(notCA()), set(usage(signData, signCerts))), r),
		chain("rfc5280::ee-aia", ok, leaf(r, access(false)), r),
		chain("rfc5280::ee-critical-aia-invalid", bad, leaf(r, access(true)), r),
		chain("rfc5280::duplicate-extensions", bad, leaf(r, add(san(dns(limboHost)))), r),
		chain("rfc5280::no-keyusage", ok, leaf(r, unset(15)), r),
		chain("rfc5280::no-basicconstraints", ok, leaf(r), r),
		chain("rfc5280::mismatching-signature-algorithm", bad, leaf(r, otherOutside()), r),
		chain("rfc5280::ca-as-leaf", ok, ica(r, sans(dns("ca.example.com"))), r).forHost("ca.example.com"),
		chain("rfc5280::ca-as-leaf-wrong-san", bad, ica(r, sans(dns("ca.example.com"))), r).forHost("some-other-ca.example.com"),
		chain("rfc5280::root-and-intermediate-swapped", ok, leaf(mid), r, mid),
		rooted("rfc5280::aki::critical-aki", bad, root(noAuthorityID(), add(ext(35, true, struct {
			ID []byte `asn1:"tag:0"`
		}{keyID(r.key)})))),
		chain("rfc5280::aki::leaf-missing-aki", bad, leaf(r, noAuthorityID()), r),
		through("rfc5280::aki::intermediate-missing-aki", bad, ica(r, pathLen(0), noAuthorityID()), r),
		rooted("rfc5280::aki::self-signed-root-missing-aki", ok, r),
		chain("rfc5280::aki::cross-signed-root-missing-aki", bad, leaf(ica(r, pathLen(0), noAuthorityID())), ica(r, pathLen(0), noAuthorityID())),
		rooted("rfc5280::ski::critical-ski", bad, root(noKeyID(), add(ext(14, true, keyID(r.key))))),
		rooted("rfc5280::ski::root-missing-ski", bad, root(noKeyID())),
		through("rfc5280::ski::intermediate-missing-ski", bad, ica(r, noKeyID()), r),
		chain("rfc5280::eku::ee-wrong-eku", bad, leaf(r, set(extUsage(clientAuth))), r),
		chain("rfc5280::eku::ee-without-eku", ok, leaf(r, unset(37)), r),
		chain("rfc5280::eku::ee-eku-empty", bad, leaf(r, set(extUsage())), r),
		through("rfc5280::pc::ica-noncritical-pc", bad, ica(r, add(ext(36, false, struct {
			Explicit int `asn1:"tag:0"`
		}{3}))), r),
		chain("rfc5280::san::malformed", bad, leaf(r, unset(17), add(extRaw(oidSAN, false, []byte("example.com")))), r),
		chain("rfc5280::san::noncritical-with-empty-subject", bad, leaf(r, emptyName()), r),
		chain("rfc5280::san::underscore-dns", bad, leaf(r, sans(dns("foo_bar.example.com"))), r).forHost("foo_bar.example.com"),
		chain("rfc5280::san::ip-in-dns", bad, leaf(r, sans(dns("8.8.8.8"))), r).forIP("8.8.8.8"),
		chain("rfc5280::serial::too-long", bad, leaf(r, serial(long)), r),
		chain("rfc5280::serial::zero", bad, leaf(r, serial(new(big.Int))), r),
		chain("rfc5280::serial::negative", bad, leaf(r, serial(big.NewInt(-5))), r),
	}
}

// rooted is a leaf directly below a trusted root.
func rooted(id string, accept bool, r *node) testCase { return chain(id, accept, leaf(r), r) }

// through is a leaf below an intermediate.
func through(id string, accept bool, mid, r *node) testCase {
	return chain(id, accept, leaf(mid), mid, r)
}

func validityCases() []testCase {
	early, late, middle := date("2016-01-01T00:00:00Z"), date("2026-01-01T00:00:00Z"), date("2020-01-01T00:00:00Z")
	at := date("2022-01-01T00:00:00Z")
	three := func(id string, rootTo, midTo, leafTo time.Time) testCase {
		r := root(between(early, rootTo))
		m := ica(r, between(early, midTo))
		return chain(id, bad, leaf(m, between(early, leafTo)), m, r).when(at)
	}
	from, to := date("2024-03-01T00:00:00Z"), date("2024-04-01T00:00:00Z")
	all := func(id string, accept bool, from, at time.Time) testCase {
		r := root(between(from, to))
		m := ica(r, between(from, to))
		return chain(id, accept, leaf(m, between(from, to)), m, r).when(at)
	}
	return []testCase{
		three("rfc5280::validity::expired-root", middle, late, late),
		three("rfc5280::validity::expired-intermediate", late, middle, late),
		three("rfc5280::validity::expired-leaf", late, late, middle),
		all("rfc5280::validity::notbefore-exact", ok, from, from),
		all("rfc5280::validity::notbefore-fractional", bad, from.Add(time.Second), from.Add(500*time.Millisecond)),
		all("rfc5280::validity::notafter-exact", ok, from, to),
		all("rfc5280::validity::notafter-fractional", ok, from, to.Add(500*time.Millisecond)),
		all("rfc5280::validity::expired-1-second", bad, from, to.Add(time.Second)),
		all("rfc5280::validity::expired-5-seconds", bad, from, to.Add(5*time.Second)),
		all("rfc5280::validity::not-yet-valid-1-second", bad, from.Add(time.Second), from),
		all("rfc5280::validity::not-yet-valid-5-seconds", bad, from.Add(5*time.Second), from),
	}
}
