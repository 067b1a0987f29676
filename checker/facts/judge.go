package facts

import (
	"net"
	"strings"

	"hookcheck/checker/cert"
	"hookcheck/checker/evidence"
	"hookcheck/checker/verify"
)

// maxSignatures bounds the work of one derivation: what a hostile chain may
// cost, all questions about it taken together.
const maxSignatures = 400

// longestOutline is what certfile keeps of a certificate that it cannot read.
const longestOutline = 12

// judge asks OpenSSL's questions about what was presented, with different
// trust stores, and names the answer.
type judge struct {
	host      string // an IP host in its plain form
	nameHost  string // what the client compares with DNS names
	isIP      bool
	judgeName bool
	in        verifyInput
	presented []Presented
	certs     []*cert.Cert   // parsed ones in presented order, leaf moved to the front
	fetched   []*cert.Cert   // by AIA or uploaded: links that may complete the chain
	whole     *verify.Result // the chain that they complete, nil where they do not or none is needed
	roots     Roots
	budget    verify.Budget
}

type verifyInput struct{ base verify.Input }

func newJudge(f *Facts, roots Roots) *judge {
	j := &judge{
		host: f.Host, nameHost: nameHost(f), isIP: f.IsIP, roots: roots,
		judgeName: f.Live || f.Ev.Request.Hostname,
		budget:    verify.Budget{Signatures: maxSignatures},
	}
	j.in.base = verify.Input{Now: f.Now, Budget: &j.budget}
	for i, der := range f.Ev.Presented {
		if i == evidence.MaxPresented {
			break
		}
		p := Presented{Position: i, DER: der}
		c, err := cert.Parse(der)
		switch {
		case err != nil:
			p.Err = err.Error()
			p.Lost = f.Ev.Kind == evidence.Files && len(der) <= longestOutline
		case c.Trailing > 0: // "cert length mismatch" (OpenSSL, statem_clnt.c)
			p.Err = "bytes follow the certificate"
		default:
			p.Cert = c
		}
		j.presented = append(j.presented, p)
	}
	for _, fe := range f.Ev.Fetched {
		for _, der := range fe.Certificates {
			if c, err := cert.Parse(der); err == nil {
				j.fetched = append(j.fetched, c)
			}
		}
	}
	for _, c := range f.Upload.Certificates {
		if !c.SelfSigned() && c.IsCA() {
			j.fetched = append(j.fetched, c)
		}
	}
	return j
}

// nameHost is the host as the client compares it with names: an address as it
// was typed, IPv6 in its brackets (td/utils/HttpUrl.cpp), a name in the
// client's own conversion to ASCII, which folds less than DNS wants
// (td/utils/port/IPAddress.cpp, idn_to_ascii).
func nameHost(f *Facts) string {
	switch {
	case f.IsIP && strings.Contains(f.Target.Host, ":"):
		return "[" + f.Target.Host + "]"
	case f.IsIP && f.Target.Host != "":
		return f.Target.Host
	case f.Target.ClientHost != "":
		return f.Target.ClientHost
	}
	return f.Host
}

// mode is one way to set up the webhook: with a file uploaded, or without.
type mode struct {
	uploaded bool
	store    verify.Store
}

func (j *judge) public() mode { return mode{store: j.roots} }

func uploadMode(certs []*cert.Cert) mode {
	return mode{uploaded: true, store: verify.NewStore(certs)}
}

// ask runs one verification. With an upload an IP host is compared as a name
// (WebhookActor::create_ssl_stream, SslStreamImpl::init).
func (j *judge) ask(certs, extra []*cert.Cert, m mode) verify.Result {
	in := j.in.base
	in.Leaf = certs[0]
	in.Untrusted = append(append([]*cert.Cert(nil), certs...), extra...)
	in.Trusted = m.store
	if j.judgeName {
		if ip := net.ParseIP(j.host); j.isIP && !m.uploaded && ip != nil {
			in.IP = ip
		} else {
			in.Host = j.nameHost
		}
	}
	return verify.Run(in)
}

// connected tells whether the path reached a trust anchor, whatever else may
// be wrong with it.
func connected(r verify.Result) bool {
	for _, p := range r.Problems {
		if isTrust(p.Kind) {
			return false
		}
	}
	return true
}

func isTrust(k verify.Kind) bool {
	return k == verify.Rejected || k == verify.NoIssuer || k == verify.SelfSignedLeaf || k == verify.SelfSignedInChain
}

// derive fills in everything about certificates, names and the upload.
func (j *judge) derive(f *Facts) {
	f.Chain.RootIncluded = -1
	if fault := uploadFault(f.Ev, &f.Upload); fault != nil {
		f.Chain.Faults = append(f.Chain.Faults, *fault)
	}
	if len(j.presented) == 0 {
		f.Chain.Presented = j.presented
		f.Upload.Needed = neededWithoutChain(&f.Upload)
		return
	}
	if bad := j.firstUnparsable(); bad != nil {
		f.Chain.Presented = rolesUnknown(j.presented)
		f.Chain.Faults = append(f.Chain.Faults, *bad)
		f.Leaf = j.presented[0].Cert
		f.Upload.Needed = neededWithoutChain(&f.Upload)
		return
	}
	leafAt := j.orderCerts()
	f.Leaf = j.certs[0]
	f.Names = deriveNames(j, f)
	j.deriveChain(f, leafAt)
	f.Chain.Presented = j.presented
}

func neededWithoutChain(u *Upload) string {
	if u.Given && u.Usable {
		return "given"
	}
	return "none"
}

// firstUnparsable is the certificate that stops the client from reading the
// Certificate message: it decodes all of them before it verifies any.
func (j *judge) firstUnparsable() *Fault {
	for _, p := range j.presented {
		if p.Cert == nil {
			return &Fault{Kind: Unparsable, Position: p.Position, Detail: p.Err}
		}
	}
	return nil
}

func rolesUnknown(ps []Presented) []Presented {
	for i := range ps {
		switch c := ps[i].Cert; {
		case i == 0:
			ps[i].Role = RoleLeaf
		case c != nil && c.SelfSigned():
			ps[i].Role = RoleRoot
		case c != nil && c.IsCA():
			ps[i].Role = RoleIntermediate
		default:
			ps[i].Role = RoleUnrelated
		}
	}
	return ps
}

// orderCerts finds the server's own certificate, puts it first in certs and
// returns where it was presented.
func (j *judge) orderCerts() int {
	at := j.leafPosition()
	j.certs = append(j.certs, j.presented[at].Cert)
	for i, p := range j.presented {
		if i != at {
			j.certs = append(j.certs, p.Cert)
		}
	}
	return at
}

// leafPosition is 0 unless the first certificate cannot be the server's and
// another one clearly is.
func (j *judge) leafPosition() int {
	first := j.presented[0].Cert
	if j.judgeName && j.covers(first) {
		return 0
	}
	fallback := 0
	for i, p := range j.presented[1:] {
		if p.Cert.IsCA() && !p.Cert.SelfSigned() || p.Cert.SHA256 == first.SHA256 {
			continue
		}
		if j.judgeName && j.covers(p.Cert) {
			return i + 1
		}
		if fallback == 0 && !p.Cert.IsCA() && first.IsCA() {
			fallback = i + 1
		}
	}
	return fallback
}

// covers tells whether a certificate is for the host, in either mode.
func (j *judge) covers(c *cert.Cert) bool {
	if verify.MatchHost(c, j.nameHost).OK {
		return true
	}
	ip := net.ParseIP(j.host)
	return j.isIP && ip != nil && verify.MatchIP(c, ip)
}
