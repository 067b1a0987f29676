package conformance

import (
	"crypto"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"slices"
	"time"
)

// The parts that the cases of x509-limbo are made of, with its defaults.

const limboHost = "example.com"

type change func(*spec)

func make1(s spec, by *node, changes []change) *node {
	for _, c := range changes {
		c(&s)
	}
	return sign(s, by)
}

func root(changes ...change) *node {
	return make1(spec{cn: "limbo root", noAKI: true, exts: []pkix.Extension{isCA(-1), usage(signCerts, signCRLs), san(dns(limboHost))}}, nil, changes)
}

func ica(by *node, changes ...change) *node {
	return make1(spec{cn: "limbo intermediate", exts: []pkix.Extension{isCA(-1), usage(signCerts), san(dns(limboHost))}}, by, changes)
}

func leaf(by *node, changes ...change) *node {
	return make1(spec{cn: limboHost, keyName: "limbo leaf", exts: []pkix.Extension{usage(signData), extUsage(serverAuth), san(dns(limboHost))}}, by, changes)
}

func cn(s string) change                { return func(x *spec) { x.cn = s } }
func emptyName() change                 { return func(x *spec) { x.name = marshal(pkix.RDNSequence{}) } }
func issuer(der []byte) change          { return func(x *spec) { x.issuer = der } }
func keyOf(name string) change          { return func(x *spec) { x.keyName = name } }
func with(key crypto.Signer) change     { return func(x *spec) { x.key = key } }
func serial(n *big.Int) change          { return func(x *spec) { x.serial = n } }
func between(from, to time.Time) change { return func(x *spec) { x.from, x.to = from, to } }
func noKeyID() change                   { return func(x *spec) { x.noSKI = true } }
func noAuthorityID() change             { return func(x *spec) { x.noAKI = true } }
func version1() change                  { return func(x *spec) { x.version1 = true } }
func otherOutside() change {
	return func(x *spec) { x.outer = asn1.ObjectIdentifier{1, 2, 840, 10045, 4, 3, 3} }
}

// set replaces an extension or adds it.
func set(e pkix.Extension) change {
	return func(x *spec) {
		x.exts = slices.Clone(x.exts)
		for i := range x.exts {
			if x.exts[i].Id.Equal(e.Id) {
				x.exts[i] = e
				return
			}
		}
		x.exts = append(x.exts, e)
	}
}

// unset leaves an extension of id-ce out.
func unset(id int) change {
	return func(x *spec) {
		x.exts = slices.DeleteFunc(slices.Clone(x.exts), func(e pkix.Extension) bool {
			return e.Id.Equal(asn1.ObjectIdentifier{2, 5, 29, id})
		})
	}
}

func add(e ...pkix.Extension) change {
	return func(x *spec) { x.exts = append(slices.Clone(x.exts), e...) }
}

func pathLen(n int) change { return set(isCA(n)) }

func sans(n ...asn1.RawValue) change { return set(san(n...)) }

func permit(n ...asn1.RawValue) change { return set(constraints(n, nil)) }

func exclude(n ...asn1.RawValue) change { return set(constraints(nil, n)) }

// chain is a case: leaf first, then what is presented, the trusted one last.
func chain(id string, accept bool, nodes ...*node) testCase {
	last := len(nodes) - 1
	return testCase{id: id, accept: accept, question: question{
		leaf: nodes[:1], presented: nodes[1:last], trusted: nodes[last:], host: limboHost,
	}}
}

func (c testCase) forHost(h string) testCase      { c.host, c.ip = h, ""; return c }
func (c testCase) forIP(a string) testCase        { c.host, c.ip = "", a; return c }
func (c testCase) when(t time.Time) testCase      { c.at = t; return c }
func (c testCase) deep(n int) testCase            { c.depth = n; return c }
func (c testCase) trusting(n ...*node) testCase   { c.trusted = n; return c }
func (c testCase) presenting(n ...*node) testCase { c.presented = n; return c }

const (
	ok  = true
	bad = false
)

func date(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func unknownCritical() change {
	return add(extRaw(asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 55738, 666, 1}, true, nil))
}

var (
	oidAIA  = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 1, 1}
	oidSAN  = asn1.ObjectIdentifier{2, 5, 29, 17}
	oidCAIs = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 48, 2}
)

func access(crit bool) change {
	type description struct {
		Method   asn1.ObjectIdentifier
		Location asn1.RawValue
	}
	return add(extRaw(oidAIA, crit, marshal([]description{{oidCAIs, dns(limboHost)}})))
}
