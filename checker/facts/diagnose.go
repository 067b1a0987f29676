package facts

import (
	"slices"
	"strings"

	"hookcheck/checker/cert"
	"hookcheck/checker/verify"
)

// diagnosis turns OpenSSL's complaints into independent faults: at most one of
// trust, and one for each other thing that is wrong.
type diagnosis struct {
	*judge
	f       *Facts
	m       mode
	blocked bool // an upload was given that the client cannot load
}

func (d *diagnosis) run() {
	c := &d.f.Chain
	r := d.ask(d.certs, nil, d.m)
	m := d.m
	var trust []Fault
	if !connected(r) && !d.blocked {
		trust = d.trust(r)
		for i := range trust {
			trust[i].Invalid = d.invalidRead(r)
		}
	}
	c.Faults = append(c.Faults, trust...)
	d.f.Upload.Needed, d.f.Upload.NeededPEM = d.needed(trust)
	if hasKind(trust, UploadNotNeeded) {
		m = d.public()
	}
	if best := d.ask(d.certs, d.fetched, m); connected(best) {
		r = best // judge the path as it will be once the gap is closed
	} else if hasKind(trust, UploadNotNeeded) {
		r = best
	}
	rest := d.others(r, trust)
	c.Faults = append(c.Faults, rest...)
	if leaf := d.certs[0]; leaf.Key.Unusable() != "" && !hasKind(c.Faults, Unparsable) {
		c.Faults = append(c.Faults, Fault{Kind: Unparsable, Cert: leaf, Position: d.position(leaf)})
	}
	d.rejudge(trust)
}

func hasKind(fs []Fault, k FaultKind) bool {
	for _, f := range fs {
		if f.Kind == k {
			return true
		}
	}
	return false
}

// trust names why no path reaches a trust anchor.
func (d *diagnosis) trust(r verify.Result) []Fault {
	if bad := d.brokenLink(r); bad != nil {
		return []Fault{{
			Kind: Unparsable, Cert: bad, Position: d.position(bad), Detail: strings.Join(bad.BrokenExtensions, ", "),
		}}
	}
	top := r.Chain[len(r.Chain)-1]
	if top.SelfForged() {
		return []Fault{{Kind: BadSignature, Cert: top, Position: d.position(top)}}
	}
	if top.SelfDenied() && verify.SignedItself(top, &d.budget) {
		return []Fault{{Kind: Unparsable, Cert: top, Position: d.position(top), Denied: true}}
	}
	if d.m.uploaded {
		return d.trustUploaded(r)
	}
	return []Fault{d.trustPublic(r)}
}

// brokenLink finds the certificate at which the path ends because one of its
// extensions does not parse: OpenSSL takes it for nobody's issuer and for
// nobody's issue (v3_purp.c, ossl_x509v3_cache_extensions). One whose public
// key cannot be read is nobody's issuer either (check_sig_alg_match).
func (d *diagnosis) brokenLink(r verify.Result) *cert.Cert {
	top := r.Chain[len(r.Chain)-1]
	if !top.Valid() {
		return top
	}
	for _, c := range append(append([]*cert.Cert(nil), d.certs...), d.f.Upload.Certificates...) {
		if (!c.Valid() || c.Key.Err != nil) && string(c.Subject.Canonical) == string(top.Issuer.Canonical) {
			return c
		}
	}
	return nil
}

// invalidRead counts the certificates with an extension that does not parse
// among those that OpenSSL reads for this path: links of it, and candidates
// for their issuers, trusted ones and at the end presented ones. The store
// reads those of one name while it is loaded, so that they are silent later.
func (d *diagnosis) invalidRead(r verify.Result) int {
	n := 0
	count := func(c *cert.Cert) {
		if !c.Valid() {
			n++
		}
	}
	names := map[string]bool{}
	for _, link := range r.Chain {
		count(link)
		if stored := d.m.store.BySubject(link.Issuer.Canonical); len(stored) == 1 && !names[stored[0].SHA256] {
			names[stored[0].SHA256] = true
			count(stored[0])
		}
	}
	top := r.Chain[len(r.Chain)-1]
	for _, c := range d.certs {
		if r.Untrusted == len(r.Chain) && string(c.Subject.Canonical) == string(top.Issuer.Canonical) && !inPath(r.Chain, c) {
			count(c)
		}
	}
	return n
}

func inPath(path []*cert.Cert, c *cert.Cert) bool {
	return slices.ContainsFunc(path, func(link *cert.Cert) bool { return link.SHA256 == c.SHA256 })
}

func (d *diagnosis) trustPublic(r verify.Result) Fault {
	leaf, top := d.certs[0], r.Chain[len(r.Chain)-1]
	switch {
	case leaf.SelfSigned():
		return Fault{Kind: SelfSigned, Cert: leaf, Position: d.position(leaf)}
	case top.SelfSigned():
		return Fault{Kind: UntrustedRoot, Cert: top, Position: d.position(top)}
	}
	withFetched := d.ask(d.certs, d.fetched, d.m)
	if connected(withFetched) || d.whole != nil {
		return d.gap(r) // whole: of two certificates of one name the wrong one comes first
	}
	if bad := d.refusedIssuer(top); bad != nil {
		return *bad
	}
	if len(r.Chain) == 1 {
		return d.gap(r)
	}
	newTop := withFetched.Chain[len(withFetched.Chain)-1]
	if len(withFetched.Chain) > len(r.Chain)+1 || !newTop.SelfSigned() && newTop != top {
		return d.gap(r) // an intermediate is known that was not sent
	}
	fault := Fault{Kind: UntrustedRoot, Cert: top, Position: d.position(top), Detail: top.Issuer.Text}
	if newTop.SelfSigned() {
		fault.Cert, fault.Position = newTop, d.position(newTop)
	}
	return fault
}

// gap is the missing link above the end of what was sent.
func (d *diagnosis) gap(r verify.Result) Fault {
	top := r.Chain[len(r.Chain)-1]
	return Fault{Kind: IntermediateMissing, Cert: top, Position: d.position(top), Detail: top.Issuer.Text, Code: noIssuerCode(r)}
}

func noIssuerCode(r verify.Result) string {
	for _, p := range r.Problems {
		if p.Kind == verify.NoIssuer {
			return p.Code
		}
	}
	return ""
}

// refusedIssuer finds a presented certificate that carries the issuer's name
// but may not sign, or cannot sign like this: more to the point than "missing".
func (d *diagnosis) refusedIssuer(top *cert.Cert) *Fault {
	for _, c := range d.certs[1:] {
		if string(c.Subject.Canonical) != string(top.Issuer.Canonical) || c.SHA256 == top.SHA256 {
			continue
		}
		if c.KeyUnlike(top) {
			return &Fault{Kind: BadSignature, Cert: top, Position: d.position(top)}
		}
		if c.KeyUsage != nil && !c.KeyUsage.CertSign {
			return &Fault{Kind: NotACA, Cert: c, Position: d.position(c), Code: "KEYUSAGE_NO_CERTSIGN", Detail: "keyCertSign"}
		}
	}
	return nil
}

// trustUploaded names the fault where a file was uploaded: that file is the
// whole trust store.
func (d *diagnosis) trustUploaded(r verify.Result) []Fault {
	leaf := d.certs[0]
	up := d.f.Upload.Certificates
	pub := d.ask(d.certs, nil, d.public())
	if connected(pub) {
		return []Fault{{Kind: UploadNotNeeded, Cert: first(up), Position: -1}}
	}
	if len(d.fetched) > 0 && connected(d.ask(d.certs, d.fetched, d.public())) {
		return []Fault{d.gap(pub), {Kind: UploadNotNeeded, Cert: first(up), Position: -1}}
	}
	if i := slices.IndexFunc(r.Problems, func(p verify.Problem) bool { return p.Kind == verify.Rejected }); i >= 0 {
		return []Fault{{Kind: UploadRejected, Cert: r.Problems[i].Cert, Position: -1}}
	}
	if leaf.SelfSigned() {
		return []Fault{{Kind: UploadOther, Cert: first(up), Position: -1}}
	}
	top := r.Chain[len(r.Chain)-1]
	holds := d.uploadHolds(r)
	d.f.Upload.Holds = holds
	switch {
	case holds == "root":
		return []Fault{d.gap(r)}
	case holds == "intermediate", holds == "leaf" && len(d.certs) > 1:
		return []Fault{{Kind: UploadNotAnAnchor, Cert: d.heldOf(r), Position: -1, Detail: holds}}
	case holds == "leaf":
		return []Fault{d.gap(r), {Kind: UploadNotAnAnchor, Cert: leaf, Position: -1, Detail: holds}}
	case len(r.Chain) == 1 && !top.SelfSigned():
		return []Fault{d.gap(r), {Kind: UploadOther, Cert: first(up), Position: -1}}
	}
	return []Fault{{Kind: UploadOther, Cert: first(up), Position: -1}}
}

func first(cs []*cert.Cert) *cert.Cert {
	if len(cs) == 0 {
		return nil
	}
	return cs[0]
}

// uploadHolds tells which part of the presented chain the uploaded file holds.
func (d *diagnosis) uploadHolds(r verify.Result) string {
	holds := "nothing"
	rank := map[string]int{"nothing": 0, "leaf": 1, "intermediate": 2, "root": 3}
	for _, u := range d.f.Upload.Certificates {
		if k := d.relation(u, r); rank[k] > rank[holds] {
			holds = k
		}
	}
	return holds
}

func (d *diagnosis) heldOf(r verify.Result) *cert.Cert {
	holds := d.f.Upload.Holds
	for _, u := range d.f.Upload.Certificates {
		if d.relation(u, r) == holds {
			return u
		}
	}
	return first(d.f.Upload.Certificates)
}

// relation of an uploaded certificate to the presented chain. A self-signed
// one that issued none of the chain may still be the root above the gap: its
// name shares the organisation of a link's issuer.
func (d *diagnosis) relation(u *cert.Cert, r verify.Result) string {
	if u.SHA256 == d.certs[0].SHA256 {
		return "leaf"
	}
	for _, c := range append(append([]*cert.Cert(nil), d.certs...), r.Chain...) {
		issuer := string(c.Issuer.Canonical) == string(u.Subject.Canonical)
		same := c.SHA256 == u.SHA256
		switch {
		case (issuer || same) && u.SelfSigned():
			return "root"
		case issuer || same:
			return "intermediate"
		}
	}
	if u.SelfSigned() && u.IsCA() && len(d.certs) == 1 {
		return "root" // the leaf alone does not tell which root it wants
	}
	return "nothing"
}
