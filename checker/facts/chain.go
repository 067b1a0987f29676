package facts

import (
	"bytes"
	"encoding/hex"
	"slices"
	"strings"

	"hookcheck/checker/cert"
	"hookcheck/checker/verify"
)

// deriveChain judges trust, in the mode that the webhook is in, and describes
// what was presented.
func (j *judge) deriveChain(f *Facts, leafAt int) {
	c := &f.Chain
	m := j.public()
	if f.Upload.Usable {
		m = uploadMode(f.Upload.Certificates)
	}
	blocked := f.Upload.Given && !f.Upload.Usable
	asSent := j.ask(j.asPresented(), nil, m)
	c.Trusted = asSent.OK() && !blocked
	if !connected(asSent) {
		c.Wanted = j.complete(m)
	}
	j.describe(c, m)
	if asSent.OK() {
		if !blocked {
			f.Upload.Needed = neededAsIs(f)
			j.remarks(c, asSent)
			return
		}
		leafAt = 0
	}
	if leafAt != 0 {
		c.Faults = append(c.Faults, Fault{Kind: LeafNotFirst, Cert: f.Leaf, Position: leafAt})
	}
	d := diagnosis{judge: j, f: f, m: m, blocked: blocked}
	d.run()
	if c.Path != nil {
		j.remarks(c, verify.Result{Chain: c.Path})
	}
}

func (j *judge) asPresented() []*cert.Cert {
	out := make([]*cert.Cert, len(j.presented))
	for i, p := range j.presented {
		out[i] = p.Cert
	}
	return out
}

func neededAsIs(f *Facts) string {
	if f.Upload.Usable {
		return "given"
	}
	return "none"
}

// describe finds the path that exists, or would with the missing part, and
// the roles of what was presented.
func (j *judge) describe(c *Chain, m mode) {
	r := j.ask(j.certs, nil, m)
	pub := r
	if m.uploaded {
		pub = j.ask(j.certs, nil, j.public())
	}
	if !connected(pub) && len(j.fetched) > 0 {
		pub = j.ask(j.certs, j.fetched, j.public())
	}
	if !connected(pub) && j.whole != nil {
		pub = *j.whole
	}
	c.Public = connected(pub)
	best := r
	if !connected(r) {
		best = pub
		if !connected(pub) && m.uploaded && len(j.fetched) > 0 {
			best = j.ask(j.certs, j.fetched, m)
		}
	}
	if connected(best) {
		c.Path = best.Chain
		c.Root = best.Chain[len(best.Chain)-1]
		c.RootLists = j.listsOf(c.Root, m)
		c.Missing = j.missingOf(best.Chain)
	} else {
		c.Missing = j.openEnd(r, best)
	}
	j.assignRoles(best.Chain)
	c.Corrected = corrected(best, c, j)
}

func (j *judge) listsOf(root *cert.Cert, m mode) []string {
	if lists := j.roots.ListsOf(root); len(lists) > 0 {
		return lists
	}
	if m.uploaded {
		return []string{"given"}
	}
	return nil
}

// missingOf lists the links of a path that were not presented, the root apart.
func (j *judge) missingOf(path []*cert.Cert) []Missing {
	var out []Missing
	for i := 1; i < len(path)-1; i++ {
		if j.position(path[i]) < 0 {
			out = append(out, missingBelow(path[i-1], path[i]))
		}
	}
	return out
}

// openEnd describes the certificate that would have to come next where no
// path reaches a root.
func (j *judge) openEnd(r, best verify.Result) []Missing {
	top := r.Chain[len(r.Chain)-1]
	if top.SelfSigned() {
		return nil
	}
	var found *cert.Cert
	for i, c := range best.Chain[:len(best.Chain)-1] {
		if c.SHA256 == top.SHA256 {
			found = best.Chain[i+1]
		}
	}
	if found != nil && found.SelfSigned() {
		return nil
	}
	out := []Missing{missingBelow(top, found)}
	if last := best.Chain[len(best.Chain)-1]; found != nil && !last.SelfSigned() {
		out = append(out, missingBelow(last, nil))
	}
	return out
}

func missingBelow(below, found *cert.Cert) Missing {
	m := Missing{Subject: below.Issuer.Text, AIA: below.IssuerURLs, Cert: found}
	if below.AuthorityKeyID != nil {
		m.KeyID = strings.ToUpper(hex.EncodeToString(below.AuthorityKeyID.KeyID))
	}
	return m
}

// position is where a certificate was presented, -1 where it was not.
func (j *judge) position(c *cert.Cert) int {
	for _, p := range j.presented {
		if p.Cert != nil && p.Cert.SHA256 == c.SHA256 {
			return p.Position
		}
	}
	return -1
}

// assignRoles tells what each presented certificate is there for. Cross-signed
// twins off the path still belong to it.
func (j *judge) assignRoles(path []*cert.Cert) {
	related := [][]byte{j.certs[0].Issuer.Canonical}
	for _, c := range path {
		related = append(related, c.Issuer.Canonical)
	}
	for range j.presented {
		for _, p := range j.presented {
			if contains(related, p.Cert.Subject.Canonical) && !contains(related, p.Cert.Issuer.Canonical) {
				related = append(related, p.Cert.Issuer.Canonical)
			}
		}
	}
	seen := map[string]bool{}
	for i := range j.presented {
		p := &j.presented[i]
		switch c := p.Cert; {
		case seen[c.SHA256]:
			p.Role = RoleDuplicate
		case c.SHA256 == j.certs[0].SHA256:
			p.Role = RoleLeaf
		case !contains(related, c.Subject.Canonical):
			p.Role = RoleUnrelated
		case c.SelfSigned():
			p.Role = RoleRoot
		default:
			p.Role = RoleIntermediate
		}
		seen[p.Cert.SHA256] = true
	}
}

func contains(list [][]byte, b []byte) bool {
	for _, l := range list {
		if bytes.Equal(l, b) {
			return true
		}
	}
	return false
}

// corrected is what the server should present: leaf first, every intermediate,
// no root. nil where a link is still wanted.
func corrected(best verify.Result, c *Chain, j *judge) []*cert.Cert {
	for _, m := range c.Missing {
		if m.Cert == nil {
			return nil
		}
	}
	var out []*cert.Cert
	for i, l := range best.Chain {
		if i > 0 && (l.SelfSigned() || i == len(best.Chain)-1 && best.Trusted) {
			break
		}
		out = append(out, l)
	}
	return out
}

// remarks notes what is untidy about a chain that has a path.
func (j *judge) remarks(c *Chain, r verify.Result) {
	last := -1
	for _, link := range r.Chain {
		at := j.position(link)
		if at < 0 {
			continue
		}
		if at < last {
			c.OutOfOrder = true
		}
		last = at
	}
	for _, p := range j.presented {
		switch p.Role {
		case RoleDuplicate:
			c.Duplicates = append(c.Duplicates, p.Position)
		case RoleUnrelated:
			c.Unrelated = append(c.Unrelated, p.Position)
		case RoleRoot:
			if c.RootIncluded < 0 && p.Position > 0 {
				c.RootIncluded = p.Position
			}
		}
	}
	j.olderList(c)
}

// olderList tells whether the path would also hold with the list that the
// guide links, and whether Mozilla has stopped trusting new certificates.
func (j *judge) olderList(c *Chain) {
	if !c.Public || c.Root == nil || len(c.RootLists) == 0 || slices.Contains(c.RootLists, "given") {
		return
	}
	if list := j.roots.List(DocumentedList); list != nil {
		c.NotInOlderList = !connected(j.ask(j.certs, nil, mode{store: list}))
	}
	if after := j.roots.DistrustAfter(c.Root); !after.IsZero() && j.certs[0].NotBefore.After(after) {
		c.DistrustAfter = after
	}
}
