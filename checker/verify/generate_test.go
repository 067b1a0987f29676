package verify_test

import (
	"crypto"
	"crypto/elliptic"
	"fmt"
	"math/rand"
	"time"

	"hookcheck/internal/testpki"
)

const host = "bot.example.org"

// gen makes the questions; all chance comes from one seeded source.
type gen struct {
	*rand.Rand
	out []question
	n   int
}

func generate(r *rand.Rand) []question {
	g := &gen{Rand: r}
	for _, family := range []struct {
		name string
		n    int
		make func() question
	}{
		{"sound chains", 60, g.soundChain},
		{"presented order and gaps", 130, g.presentation},
		{"cross-signed twins", 100, g.twins},
		{"wrong key, same name", 50, g.wrongKey},
		{"key identifiers", 60, g.keyIdentifiers},
		{"depth", 16, g.depth},
		{"names", 260, g.names},
		{"IP hosts", 80, g.ipHosts},
		{"usage", 130, g.usages},
		{"CA flags", 70, g.caFlags},
		{"path length", 60, g.pathLength},
		{"name constraints", 240, g.nameConstraints},
		{"critical extensions", 30, g.critical},
		{"broken extensions", 120, g.brokenExtensions},
		{"strength", 130, g.strength},
		{"odd signatures", 128, g.oddSignatures},
		{"curves that Go has not", 45, g.foreignCurves},
		{"validity", 90, g.validity},
		{"odd times", 40, g.oddTimes},
		{"uploads", 140, g.uploads},
		{"self-signed", 60, g.selfSigned},
		{"odd encodings", 60, g.oddEncodings},
		{"damaged self-signed", 240, g.damaged},
		{"faults together", 120, g.together},
		{"corners", len(corners()), g.corner},
	} {
		for g.n = 0; g.n < family.n; g.n++ {
			q := family.make()
			q.family, q.note = family.name, fmt.Sprintf("%d %s", g.n, q.note)
			if q.at.IsZero() {
				q.at = builderNow
			}
			g.out = append(g.out, q)
		}
	}
	return g.out
}

func (g *gen) chance(percent int) bool { return g.Intn(100) < percent }

func pick[T any](g *gen, from ...T) T { return from[g.Intn(len(from))] }

// ring is a pool of strong keys, so that the names of keys tell them apart.
func (g *gen) strongKey() crypto.Signer {
	switch g.Intn(8) {
	case 0:
		return testpki.CommittedRSA("rsa2048")
	case 1:
		return testpki.CurveKey(elliptic.P384(), fmt.Sprint("p384 ", g.Intn(4)))
	case 2:
		return testpki.Ed25519Key(fmt.Sprint("ed ", g.Intn(4)))
	}
	return g.ecKey()
}

func (g *gen) ecKey() crypto.Signer {
	return testpki.CurveKey(elliptic.P256(), fmt.Sprint("p256 ", g.Intn(40)))
}

func caSpec(name string, key crypto.Signer) certSpec {
	return certSpec{subject: dn("C", "XX", "O", "Test", "CN", name), key: key,
		exts: []ext{basic(true, -1), usage(kuCert | kuCRL)}}
}

func leafSpec(key crypto.Signer) certSpec {
	return certSpec{subject: dn("CN", host), key: key, exts: []ext{
		basic(false, -1), usage(kuSign), eku(ekuServer, ekuClient), san(gDNS(host))}}
}

// path is a root, its intermediates from the top, and the leaf below them.
type path struct {
	specs []certSpec // root first, leaf last
	nodes []*node
}

// plan makes the specifications of a sound chain with n intermediates.
func (g *gen) plan(n int) *path {
	p := &path{specs: []certSpec{caSpec("Root", g.strongKey())}}
	for i := range n {
		p.specs = append(p.specs, caSpec(fmt.Sprint("Intermediate ", i+1), g.ecKey()))
	}
	p.specs = append(p.specs, leafSpec(g.ecKey()))
	return p
}

// build signs them.
func (p *path) build() *path {
	p.nodes = nil
	var by *node
	for _, s := range p.specs {
		by = sign(s, by)
		p.nodes = append(p.nodes, by)
	}
	return p
}

func (p *path) root() *node { return p.nodes[0] }
func (p *path) leaf() *node { return p.nodes[len(p.nodes)-1] }
func (p *path) top() int    { return len(p.specs) - 1 }

// middle gives the intermediates as a server sends them: lowest first.
func (p *path) middle() [][]byte {
	var out [][]byte
	for i := len(p.nodes) - 2; i > 0; i-- {
		out = append(out, p.nodes[i].der)
	}
	return out
}

func (p *path) question(note string) question {
	return question{note: note, leaf: p.leaf().der, presented: p.middle(),
		trusted: [][]byte{p.root().der}, host: host}
}

func (g *gen) soundChain() question {
	n := g.Intn(5)
	return g.plan(n).build().question(fmt.Sprint(n, " intermediates"))
}

func (g *gen) presentation() question {
	if g.n%20 == 0 {
		return g.loop()
	}
	p := g.plan(1 + g.Intn(4)).build()
	q := p.question("")
	other := g.plan(2).build()
	if g.chance(40) {
		i := g.Intn(len(q.presented))
		q.presented = append(q.presented[:i:i], q.presented[i+1:]...)
		q.note += "missing "
	}
	if g.chance(40) {
		g.Shuffle(len(q.presented), func(i, j int) { q.presented[i], q.presented[j] = q.presented[j], q.presented[i] })
		q.note += "shuffled "
	}
	if g.chance(30) && len(q.presented) > 0 {
		q.presented = append(q.presented, q.presented[g.Intn(len(q.presented))])
		q.note += "duplicate "
	}
	if g.chance(30) {
		q.presented = append(other.middle(), q.presented...)
		q.note += "unrelated "
	}
	if g.chance(30) {
		q.presented = append(q.presented, p.root().der)
		q.note += "root "
	}
	if g.chance(15) {
		q.presented = append(q.presented, p.leaf().der)
		q.note += "leaf again "
	}
	if g.chance(15) {
		q.trusted = [][]byte{other.root().der}
		q.note += "other root trusted"
	}
	return q
}

// loop: two CAs that have signed each other, each sent twice.
func (g *gen) loop() question {
	p := g.plan(2).build()
	s := p.specs[1]
	s.serial = p.nodes[1].serial
	back := sign(s, p.nodes[2])
	q := p.question("loop")
	q.presented = [][]byte{p.nodes[2].der, back.der, p.nodes[2].der, back.der}
	if g.chance(30) {
		q.presented, q.note = append(q.presented, p.nodes[1].der), "loop with a way out"
	}
	return q
}

// twins: the same subject and key with two issuers, either of which may be
// expired, unknown or trusted itself.
func (g *gen) twins() question {
	p := g.plan(2)
	q := g.plan(0)
	q.specs[0].subject = dn("O", "Old", "CN", "Old Root")
	q.build()
	crossed := 1 // the cross-signed certificate: an intermediate, or the root
	if g.chance(40) {
		crossed = 0
	}
	p.build()
	twinSpec := p.specs[crossed]
	note := fmt.Sprint("crossed ", crossed)
	if g.chance(40) {
		twinSpec.to = builderNow.Add(-time.Duration(1+g.Intn(90)) * 24 * time.Hour)
		note += " expired"
	}
	twin := sign(twinSpec, q.root())
	if g.chance(25) { // the direct one has expired instead
		s := p.specs[1]
		s.to = builderNow.Add(-time.Duration(1+g.Intn(90)) * 24 * time.Hour)
		p.nodes[1] = sign(s, p.nodes[0])
		note += " direct expired"
	}
	out := p.question(note)
	if g.chance(50) {
		out.presented = append([][]byte{twin.der}, out.presented...)
	} else {
		out.presented = append(out.presented, twin.der)
	}
	switch g.Intn(4) {
	case 0:
		out.trusted, out.note = [][]byte{q.root().der}, out.note+" old trusted"
	case 1:
		out.trusted, out.note = [][]byte{q.root().der, p.root().der}, out.note+" both trusted"
	case 2:
		out.trusted, out.note = [][]byte{p.root().der, twin.der}, out.note+" twin trusted"
	}
	if g.chance(20) {
		out.presented = append(out.presented, q.root().der, p.root().der)
		out.note += " roots sent"
	}
	return out
}

// wrongKey: a CA that was made anew with the same name.
func (g *gen) wrongKey() question {
	p := g.plan(1 + g.Intn(2)).build()
	at := g.Intn(len(p.nodes) - 1)
	s := p.specs[at]
	s.key = testpki.CurveKey(elliptic.P256(), fmt.Sprint("impostor ", g.Intn(3)))
	s.noKeyIDs = g.chance(60)
	var by *node
	if at > 0 {
		by = p.nodes[at-1]
	}
	if g.chance(30) {
		s.to = builderNow.Add(-time.Hour)
	}
	impostor := sign(s, by)
	q := p.question(fmt.Sprint("impostor at ", at))
	switch {
	case at == 0 && g.chance(50):
		q.trusted = [][]byte{impostor.der}
	case at == 0:
		q.trusted = append([][]byte{impostor.der}, q.trusted...)
	case g.chance(50):
		q.presented = append([][]byte{impostor.der}, q.presented...)
	default:
		i := len(q.presented) - at
		q.presented[i] = impostor.der
	}
	return q
}

func (g *gen) keyIdentifiers() question {
	p := g.plan(1 + g.Intn(2))
	at := 1 + g.Intn(len(p.specs)-1)
	p.build()
	above := p.nodes[at-1]
	right := tlv(0x80, above.keyID)
	wrong := tlv(0x80, []byte("someone else's key!!"))
	name := tlv(0xa1, gDir(above.issuer))
	otherName := tlv(0xa1, gDir(dn("CN", "Nobody")))
	mail := tlv(0xa1, gEmail("a@example.org"))
	two := tlv(0xa1, gEmail("a@example.org"), gDir(above.issuer), gDir(dn("CN", "Nobody")))
	serial := tlv(0x82, integer(above.serial)[2:])
	otherSerial := tlv(0x82, []byte{77})
	choices := []struct {
		note  string
		value []byte
	}{
		{"right key", seq(right)}, {"wrong key", seq(wrong)}, {"empty", seq()},
		{"right issuer and serial", seq(right, name, serial)},
		{"issuer and serial alone", seq(name, serial)},
		{"wrong serial", seq(right, name, otherSerial)},
		{"serial alone, wrong", seq(otherSerial)},
		{"wrong issuer", seq(right, otherName, serial)},
		{"issuer is a mailbox", seq(mail, serial)}, {"two directory names", seq(two, serial)},
		{"empty key", seq(tlv(0x80))},
		{"not a sequence", tlv(4, []byte{1})}, {"fields in the wrong order", seq(serial, right)},
	}
	c := choices[g.n%len(choices)]
	p.specs[at] = p.specs[at].with(ext{oid: "2.5.29.35", value: c.value})
	if g.chance(25) {
		p.specs[at-1] = p.specs[at-1].with(ext{oid: "2.5.29.14"}) // no subject key identifier
		c.note += ", none above"
	}
	// The issuers stay as they are: only serials would change.
	serials := make([]*node, len(p.nodes))
	copy(serials, p.nodes)
	for i := range p.specs {
		p.specs[i].serial = serials[i].serial
	}
	return p.build().question(fmt.Sprint(c.note, " at ", at))
}

func (g *gen) depth() question {
	n := 8 + g.n%5
	p := g.plan(n).build()
	q := p.question(fmt.Sprint(n, " intermediates"))
	switch g.Intn(4) {
	case 0:
		q.presented, q.trusted = q.presented[:n/2], append(q.trusted, q.presented[n/2:]...)
		q.note += ", half of them trusted"
	case 1:
		q.presented = append(q.presented, p.root().der)
		q.note += ", root sent"
	}
	return q
}

func (g *gen) critical() question {
	p := g.plan(1)
	at := g.Intn(3)
	id := pick(g, "1.2.3.4", "1.3.6.1.5.5.7.1.24", "2.5.29.32", "2.5.29.36", "2.5.29.54", "1.3.6.1.5.5.7.48.1.5", "2.5.29.14", "2.5.29.35", "1.3.6.1.4.1.11129.2.4.2", "2.5.29.9", "2.5.29.46")
	value := seq()
	if id == "2.5.29.14" || id == "2.5.29.35" {
		value = tlv(4, []byte("12345678901234567890"))
		if id == "2.5.29.35" {
			value = seq()
		}
	}
	p.specs[at] = p.specs[at].with(ext{oid: id, critical: g.chance(80), value: value})
	return p.build().question(fmt.Sprint(id, " at ", at))
}
