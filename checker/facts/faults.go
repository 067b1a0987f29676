package facts

import (
	"slices"
	"strings"

	"hookcheck/checker/cert"
	"hookcheck/checker/verify"
)

// others names what is wrong besides trust: names, validity, usage, strength.
func (d *diagnosis) others(r verify.Result, trust []Fault) []Fault {
	var out []Fault
	for _, p := range r.Problems {
		if isTrust(p.Kind) || superseded(p, r) {
			continue
		}
		fault, ok := d.fault(p, r)
		unreadable := fault.Kind == WeakKey && fault.Cert != nil && fault.Cert.Key.Err != nil
		if !ok || unreadable || d.explained(fault, out, trust) {
			continue
		}
		out = append(out, fault)
	}
	if late, ok := d.lateTop(r); ok {
		out = append(out, late)
	}
	return withoutDoubt(out, trust)
}

// lateTop judges the dates of the uppermost intermediate where the chain ends
// below its root: OpenSSL gives up before it looks at them, and whoever closes
// the gap would meet them next.
func (d *diagnosis) lateTop(r verify.Result) (Fault, bool) {
	top := r.Chain[len(r.Chain)-1]
	f := Fault{Kind: IntermediateExpired, Cert: top, Position: d.position(top)}
	switch {
	case connected(r) || len(r.Chain) == 1 || top.SelfSigned():
		return f, false
	case top.NotAfter.Before(d.in.base.Now):
		return f, true
	}
	f.Kind = IntermediateNotYet
	return f, top.NotBefore.After(d.in.base.Now)
}

// withoutDoubt drops what was left undecided where something else decides.
func withoutDoubt(faults, trust []Fault) []Fault {
	open := func(f Fault) bool { return f.Kind == ChainBudget }
	if len(trust) == 0 && !slices.ContainsFunc(faults, func(f Fault) bool { return !open(f) }) {
		return faults
	}
	return slices.DeleteFunc(faults, open)
}

// superseded tells whether another problem of the same certificate says it
// better: one that is over before it begins has to be renewed, and a signature
// that cannot be read is not a weak one.
func superseded(p verify.Problem, r verify.Result) bool {
	better := verify.Expired
	switch {
	case p.Kind == verify.WeakSignature && p.Cert.Signature.SecurityBits < 0:
		better = verify.BadSignature
	case p.Kind != verify.NotYetValid:
		return false
	}
	return slices.ContainsFunc(r.Problems, func(o verify.Problem) bool { return o.Kind == better && o.Depth == p.Depth })
}

// explained tells whether a fault follows from one already named, so that one
// fault gives one blocker.
func (d *diagnosis) explained(f Fault, named, trust []Fault) bool {
	for _, n := range named {
		if n.Kind == f.Kind && (n.Cert == f.Cert || f.Kind == ChainBudget) {
			return true
		}
		if n.Cert != nil && n.Cert == f.Cert && n.Kind == NotACA {
			return true
		}
	}
	for _, n := range trust {
		if (n.Kind == NotACA || n.Kind == Unparsable) && n.Cert == f.Cert {
			return true
		}
	}
	open := d.blocked || hasKind(trust, SelfSigned) || hasKind(trust, UntrustedRoot)
	return f.Kind == IPNeedsSAN && open && d.ipNamedSomewhere()
}

// ipNamedSomewhere: the certificate is for this address in one of the forms
// that Telegram knows. Which form it wants depends on the upload, and the
// finding about the upload says what would fail then.
func (d *diagnosis) ipNamedSomewhere() bool {
	return d.isIP && d.covers(d.certs[0])
}

func (d *diagnosis) fault(p verify.Problem, r verify.Result) (Fault, bool) {
	f := Fault{Cert: p.Cert, Position: -1, Code: p.Code}
	if p.Cert != nil {
		f.Position = d.position(p.Cert)
	}
	leaf := p.Depth == 0
	anchor := r.Trusted && p.Depth > 0 && p.Depth == len(r.Chain)-1
	switch p.Kind {
	case verify.Expired:
		f.Kind = byPlace(leaf, anchor, Expired, RootExpired, IntermediateExpired)
	case verify.NotYetValid:
		f.Kind = byPlace(leaf, anchor, NotYetValid, IntermediateNotYet, IntermediateNotYet)
	case verify.InvalidCA, verify.NoCertSign:
		f.Kind, f.Detail = byPlace(leaf, false, Usage, NotACA, NotACA), caDetail(p.Cert)
	case verify.InvalidPurpose:
		f.Kind, f.Detail = byPlace(leaf, false, Usage, IntermediateUsage, IntermediateUsage), usageDetail(p.Cert)
	case verify.CriticalExtension:
		f.Kind, f.Detail = CriticalExtension, strings.Join(p.Cert.CriticalUnknown, ", ")
	case verify.InvalidExtension, verify.BadValidity, verify.BadKey:
		f.Kind, f.Detail = Unparsable, strings.Join(p.Cert.BrokenExtensions, ", ")
	case verify.SignatureUnverified:
		f.Kind, f.Detail = ChainBudget, p.Cert.Signature.Name
	case verify.HostMismatch, verify.IPMismatch:
		f.Kind = d.nameFault(p.Kind)
	default:
		kind, ok := plainKinds[p.Kind]
		if !ok {
			return f, false
		}
		f.Kind = kind
	}
	return f, true
}

// plainKinds are the problems that name one fault wherever they occur.
var plainKinds = map[verify.Kind]FaultKind{
	verify.ChainTooLong:      TooDeep,
	verify.BadSignature:      BadSignature,
	verify.PathLength:        PathLength,
	verify.WeakKey:           WeakKey,
	verify.WeakSignature:     WeakSignature,
	verify.NameConstraint:    NameConstraint,
	verify.BadNameConstraint: NameConstraint,
	verify.BudgetExhausted:   ChainBudget,
}

func byPlace(leaf, anchor bool, l, a, i FaultKind) FaultKind {
	switch {
	case leaf:
		return l
	case anchor:
		return a
	}
	return i
}

func caDetail(c *cert.Cert) string {
	if c.BasicConstraints == nil {
		return "basicConstraints absent"
	}
	if !c.BasicConstraints.CA {
		return "CA:FALSE"
	}
	return "keyCertSign"
}

// usageDetail names the extension that forbids the use as a server.
func usageDetail(c *cert.Cert) string {
	if c.ExtKeyUsage != nil && !allowsServerAuth(c.ExtKeyUsage) {
		return "extendedKeyUsage"
	}
	return "keyUsage"
}

// serverAuth is what OpenSSL accepts for a server: the usage itself or the old
// server-gated-cryptography ones (v3_purp.c, XKU_SSL_SERVER and XKU_SGC).
func allowsServerAuth(oids []string) bool {
	for _, oid := range oids {
		switch oid {
		case "1.3.6.1.5.5.7.3.1", "1.3.6.1.4.1.311.10.3.3", "2.16.840.1.113730.4.1":
			return true
		}
	}
	return false
}

// nameFault names why the certificate is not for the host.
func (d *diagnosis) nameFault(k verify.Kind) FaultKind {
	if k == verify.IPMismatch {
		return IPNeedsSAN
	}
	leaf := d.certs[0]
	if leaf.SAN != nil && len(leaf.SAN.DNS) > 0 {
		bare := *leaf
		bare.SAN = nil
		if verify.MatchHost(&bare, d.nameHost).OK {
			return CommonNameIgnored
		}
	}
	if d.isIP {
		return IPNeedsCommonName
	}
	return NameMismatch
}

// needed tells what belongs into `certificate` once the set-up is mended.
func (d *diagnosis) needed(trust []Fault) (what, pem string) {
	for _, t := range trust {
		switch t.Kind {
		case UploadNotNeeded:
			return "none", ""
		case SelfSigned:
			return "leaf", t.Cert.PEM()
		case UntrustedRoot:
			return "root", rootPEM(t.Cert)
		case UploadOther, UploadNotAnAnchor:
			if leaf := d.certs[0]; leaf.SelfSigned() {
				return "leaf", leaf.PEM()
			}
			return "root", rootPEM(d.knownRoot())
		}
	}
	if i := slices.IndexFunc(trust, func(f Fault) bool { return f.Kind == UploadRejected }); i >= 0 {
		if leaf := d.certs[0]; leaf.SelfSigned() {
			return "leaf", leaf.PEM()
		}
		return "root", rootPEM(trust[i].Cert)
	}
	if d.blocked {
		return d.neededBlocked()
	}
	return neededAsIs(d.f), ""
}

// neededBlocked: the file that was given cannot be loaded; what should it have
// been?
func (d *diagnosis) neededBlocked() (what, pem string) {
	leaf := d.certs[0]
	switch {
	case d.f.Chain.Public:
		return "none", ""
	case leaf.SelfSigned():
		return "leaf", leaf.PEM()
	}
	return "root", rootPEM(d.knownRoot())
}

func rootPEM(c *cert.Cert) string {
	if c == nil || !c.SelfSigned() {
		return ""
	}
	return c.PEM()
}

// knownRoot is the self-signed end of the chain where it was sent or found.
func (d *diagnosis) knownRoot() *cert.Cert {
	r := d.ask(d.certs, d.fetched, d.public())
	if top := r.Chain[len(r.Chain)-1]; top.SelfSigned() {
		return top
	}
	return nil
}

// rejudge asks the same questions again with the file uploaded that would
// make a self-signed certificate or a private root work.
func (d *diagnosis) rejudge(trust []Fault) {
	if len(trust) != 1 || trust[0].Kind != SelfSigned && trust[0].Kind != UntrustedRoot {
		return
	}
	anchor := trust[0].Cert
	if !anchor.SelfSigned() {
		d.f.Chain.WouldFail = []FaultKind{UntrustedRoot}
		return
	}
	again := diagnosis{judge: d.judge, f: d.f, m: uploadMode([]*cert.Cert{anchor})}
	r := d.ask(d.certs, nil, again.m)
	if !connected(r) {
		d.f.Chain.WouldFail = append(d.f.Chain.WouldFail, UntrustedRoot)
	}
	for _, f := range again.others(r, nil) {
		d.f.Chain.WouldFail = append(d.f.Chain.WouldFail, f.Kind)
	}
}
