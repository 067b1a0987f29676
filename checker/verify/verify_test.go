package verify_test

import (
	"fmt"
	"math/rand"
	"net"
	"strings"
	"testing"
	"time"

	"hookcheck/checker/cert"
	"hookcheck/checker/verify"
	"hookcheck/internal/testpki"
)

func newGen(seed int64) *gen { return &gen{Rand: rand.New(rand.NewSource(seed))} }

func mustParse(t testing.TB, ders ...[]byte) []*cert.Cert {
	t.Helper()
	var out []*cert.Cert
	for _, der := range ders {
		c, err := cert.Parse(der)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

// input makes a question into verify's form.
func (q question) input(t testing.TB) verify.Input {
	at := q.at
	if at.IsZero() {
		at = builderNow
	}
	return verify.Input{
		Leaf: mustParse(t, q.leaf)[0], Untrusted: mustParse(t, q.presented...),
		Trusted: verify.NewStore(mustParse(t, q.trusted...)), Now: at, Host: q.host, IP: net.ParseIP(q.ip),
	}
}

func found(r verify.Result) string {
	var out []string
	for _, p := range r.Problems {
		out = append(out, fmt.Sprintf("%s@%d", p.Kind, p.Depth))
	}
	return strings.Join(out, " ")
}

func TestEveryFaultComesOut(t *testing.T) {
	hour := time.Hour
	tests := []struct {
		name string
		edit func(p *path)
		ask  func(q *question, p *path)
		want string
	}{
		{"sound", nil, nil, ""},
		{"expired leaf", func(p *path) { p.specs[2].to = builderNow.Add(-hour) }, nil, "expired@0"},
		{"future intermediate", func(p *path) { p.specs[1].from = builderNow.Add(hour) }, nil, "not_yet_valid@1"},
		{"expired root and leaf", func(p *path) {
			p.specs[0].to, p.specs[2].to = builderNow.Add(-hour), builderNow.Add(-hour)
		}, nil, "expired@2 expired@0"},
		{"missing intermediate", nil, func(q *question, _ *path) { q.presented = nil }, "no_issuer@0"},
		{"missing, expired and misnamed", func(p *path) { p.specs[2].to = builderNow.Add(-hour) },
			func(q *question, _ *path) { q.presented, q.host = nil, "other.test" }, "no_issuer@0 host_mismatch@0 expired@0"},
		{"untrusted root sent", nil, func(q *question, p *path) {
			q.trusted, q.presented = nil, append(q.presented, p.root().der)
		}, "self_signed_in_chain@2"},
		{"leaf uploaded", nil, func(q *question, _ *path) { q.trusted = [][]byte{q.leaf} }, "no_issuer@1"},
		{"intermediate uploaded", nil, func(q *question, _ *path) { q.trusted = q.presented }, "no_issuer@1"},
		{"gap above an expired intermediate", func(p *path) { p.specs[1].to = builderNow.Add(-hour) },
			func(q *question, _ *path) { q.trusted = nil }, "no_issuer@1"},
		{"forged leaf", func(p *path) { p.specs[2].forged = true }, nil, "bad_signature@0"},
		{"forged root", func(p *path) { p.specs[0].forged = true }, nil, ""},
		{"not a CA", func(p *path) { p.specs[1] = p.specs[1].with(basic(false, -1)) }, nil, "invalid_ca@1 invalid_purpose@1"},
		{"no certificate signing", func(p *path) { p.specs[1] = p.specs[1].with(usage(kuCRL)) }, nil,
			"invalid_ca@1 invalid_purpose@1 no_cert_sign@1"},
		{"client only", func(p *path) { p.specs[2] = p.specs[2].with(eku(ekuClient)) }, nil, "invalid_purpose@0"},
		{"weak leaf", func(p *path) { p.specs[2].key = boundaryRSA("rsa1962") }, nil, "weak_key@0"},
		{"just strong enough", func(p *path) { p.specs[2].key = boundaryRSA("rsa1963") }, nil, ""},
		{"weak root", func(p *path) { p.specs[0].key = testpki.CommittedRSA("rsa1024") }, nil, "weak_key@2"},
		{"unknown critical", func(p *path) { p.specs[2] = p.specs[2].with(ext{"1.2.3", true, seq()}) }, nil, "critical_extension@0"},
		{"SAN twice", func(p *path) { p.specs[2].exts = append(p.specs[2].exts, san(gDNS(host))) }, nil, "no_issuer@0"},
		{"constrained", func(p *path) { p.specs[1] = p.specs[1].with(constraints(nil, [][]byte{gDNS("example.org")})) }, nil,
			"name_constraint@0"},
		{"address, no SAN for it", nil, func(q *question, _ *path) { q.host, q.ip = "", "192.0.2.7" }, "ip_mismatch@0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := newGen(1).plan(1)
			if tt.edit != nil {
				tt.edit(p)
			}
			q := p.build().question("")
			if tt.ask != nil {
				tt.ask(&q, p)
			}
			if got := found(verify.Run(q.input(t))); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestDepthIsTenIntermediates(t *testing.T) {
	for n, want := range map[int]string{10: "", 11: "chain_too_long@11"} {
		q := newGen(2).plan(n).build().question("")
		if got := found(verify.Run(q.input(t))); got != want {
			t.Errorf("%d intermediates: got %q, want %q", n, got, want)
		}
	}
}

func TestTheChainThatIsBuilt(t *testing.T) {
	p := newGen(3).plan(2).build()
	q := p.question("")
	other := newGen(4).plan(1).build()
	q.presented = [][]byte{other.leaf().der, p.nodes[1].der, p.nodes[2].der, p.nodes[1].der, p.root().der}
	r := verify.Run(q.input(t))
	if !r.OK() || !r.Trusted || len(r.Chain) != 4 || r.Untrusted != 3 {
		t.Fatalf("got %d certificates, %d presented, trusted %v: %s", len(r.Chain), r.Untrusted, r.Trusted, found(r))
	}
	for i, c := range r.Chain {
		if string(c.Raw) != string(p.nodes[3-i].der) {
			t.Errorf("certificate %d is %s", i, c.Subject.Text)
		}
	}
}

func TestHostMatching(t *testing.T) {
	tests := []struct {
		dns, cn, host        string
		ok, wildcard, common bool
	}{
		{dns: host, host: host, ok: true},
		{dns: host, host: "BOT.example.ORG", ok: true},
		{dns: host + ".", host: host},
		{dns: host, host: host + "."},
		{dns: "*.example.org", host: host, ok: true, wildcard: true},
		{dns: "*.example.org", host: "example.org"},
		{dns: "*.example.org", host: "a.bot.example.org"},
		{dns: "*.example.org", host: "xn--bcher-kva.example.org", ok: true, wildcard: true},
		{dns: "x*.example.org", host: "xn--bcher-kva.example.org"},
		{dns: "b*.example.org", host: host, ok: true, wildcard: true},
		{dns: "*t.example.org", host: host, ok: true, wildcard: true},
		{dns: "bot*.example.org", host: host, ok: true, wildcard: true},
		{dns: "b*t.example.org", host: host},
		{dns: "*.org", host: "example.org"},
		{dns: "a.*.org", host: "a.example.org"},
		{dns: "a-*.example.org", host: "a-b.example.org"},
		{dns: "my_bot.example.org", host: "my_bot.example.org", ok: true},
		{dns: "*.example.org", host: "my_bot.example.org"},
		{dns: "other.test", cn: host, host: host},
		{cn: host, host: host, ok: true, common: true},
		{cn: "*.example.org", host: host, ok: true, wildcard: true, common: true},
		{cn: "192.0.2.7", host: "192.0.2.7", ok: true, common: true},
		{dns: "bot.example.org\x00.test", host: host},
		{dns: "*.example.org", host: "*.example.org", ok: true, wildcard: true},
	}
	for _, tt := range tests {
		s := certSpec{subject: dn("CN", tt.cn), key: newGen(1).ecKey()}
		if tt.dns != "" {
			s = s.with(san(gDNS(tt.dns)))
		}
		m := verify.MatchHost(mustParse(t, sign(s, nil).der)[0], tt.host)
		if m.OK != tt.ok || m.Wildcard != tt.wildcard && tt.ok || m.CommonName != tt.common {
			t.Errorf("dNSName %q, CN %q, host %q: %+v", tt.dns, tt.cn, tt.host, m)
		}
	}
}

// A chain of many certificates with one name: work has an end, and says so.
func TestBudgets(t *testing.T) {
	q := newGen(5).plan(3).build().question("")
	in := q.input(t)
	in.Budget = &verify.Budget{Signatures: 2}
	if got, want := found(verify.Run(in)), "budget_exhausted@1 budget_exhausted@0"; got != want {
		t.Errorf("signatures: got %q, want %q", got, want)
	}
	if got, want := found(verify.Run(in)), "budget_exhausted@3 budget_exhausted@2 budget_exhausted@1 budget_exhausted@0"; got != want {
		t.Errorf("a spent budget stays spent: got %q, want %q", got, want)
	}

	p := newGen(6).plan(1)
	var bases, names [][]byte
	for i := range 300 {
		bases = append(bases, gDNS(fmt.Sprintf("x%d.test", i)))
		names = append(names, gDNS(fmt.Sprintf("y%d.test", i)))
	}
	p.specs[1] = p.specs[1].with(constraints(nil, bases))
	p.specs[2] = p.specs[2].with(san(append(names, gDNS(host))...))
	in = p.build().question("").input(t)
	if r := verify.Run(in); !r.OK() {
		t.Errorf("300 by 300 names are too many: %s", found(r))
	}
	in.Budget = &verify.Budget{Comparisons: 1000}
	if got, want := found(verify.Run(in)), "budget_exhausted@0"; got != want {
		t.Errorf("comparisons: got %q, want %q", got, want)
	}
}

// Curves over binary fields are OpenSSL's and not ours: what cannot be verified
// is said, not guessed.
func TestSignatureThatCannotBeVerified(t *testing.T) {
	p := newGen(7).plan(1)
	point := append([]byte{4}, make([]byte, 72)...)
	p.specs[1].spki = seq(seq(oid("1.2.840.10045.2.1"), oid("1.3.132.0.17")), tlv(3, []byte{0}, point))
	if got, want := found(verify.Run(p.build().question("").input(t))), "signature_unverifiable@0"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNoLeafAndNoStore(t *testing.T) {
	if verify.Run(verify.Input{}).OK() {
		t.Error("nothing is accepted")
	}
	q := newGen(8).plan(0).build().question("")
	in := q.input(t)
	in.Trusted = nil
	if got, want := found(verify.Run(in)), "no_issuer@0"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestStoreKeepsOrderAndDropsDuplicates(t *testing.T) {
	a, b := sign(caSpec("Same", newGen(1).ecKey()), nil), sign(caSpec("Same", newGen(2).ecKey()), nil)
	certs := mustParse(t, a.der, b.der, a.der)
	got := verify.NewStore(certs).BySubject(certs[0].Subject.Canonical)
	if len(got) != 2 || got[0] != certs[0] || got[1] != certs[1] {
		t.Errorf("got %d certificates", len(got))
	}
}

func BenchmarkRun(b *testing.B) {
	in := newGen(9).plan(2).build().question("").input(b)
	for b.Loop() {
		if !verify.Run(in).OK() {
			b.Fatal("refused")
		}
	}
}

// FuzzRun puts hostile certificates in every place of a chain.
func FuzzRun(f *testing.F) {
	g := newGen(1)
	for i := range 40 {
		q := []question{g.soundChain(), g.nameConstraints(), g.usages(), g.names()}[i%4]
		f.Add(q.leaf, append([]byte(nil), first(q.presented)...), first(q.trusted), q.host)
	}
	f.Fuzz(func(t *testing.T, leaf, presented, trusted []byte, host string) {
		in := verify.Input{Now: builderNow, Host: host, IP: net.IPv4(192, 0, 2, 7), Budget: &verify.Budget{Signatures: 3, Comparisons: 10000}}
		var pool []*cert.Cert
		for _, der := range [][]byte{leaf, presented, trusted} {
			if c, err := cert.Parse(der); err == nil {
				pool = append(pool, c)
			}
		}
		if len(pool) == 0 {
			return
		}
		in.Leaf, in.Untrusted = pool[0], pool
		in.Trusted = verify.NewStore(pool[len(pool)-1:])
		r := verify.Run(in)
		if len(r.Chain) == 0 || len(r.Chain) > 12 || r.Untrusted > len(r.Chain) {
			t.Errorf("%d certificates, %d of them presented", len(r.Chain), r.Untrusted)
		}
		if r.OK() && !r.Trusted {
			t.Error("accepted without an anchor")
		}
	})
}

func first(list [][]byte) []byte {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

// TestTrustSettings: what the store says of an anchor outweighs its form.
func TestTrustSettings(t *testing.T) {
	for _, test := range []struct {
		name       string
		root, link cert.Trust // of the intermediate in the store
		want       string
	}{
		{"by form", cert.TrustByForm, cert.TrustByForm, ""},
		{"root rejected", cert.TrustRejected, cert.TrustByForm, "rejected@2"},
		{"link granted, root rejected", cert.TrustRejected, cert.TrustGranted, ""},
		{"link rejected", cert.TrustByForm, cert.TrustRejected, "rejected@1"},
	} {
		p := newGen(3).plan(1).build()
		in := p.question("").input(t)
		store := mustParse(t, p.nodes[1].der, p.root().der)
		store[0].Trust, store[1].Trust = test.link, test.root
		in.Untrusted, in.Trusted = nil, verify.NewStore(store)
		if got := found(verify.Run(in)); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}
