package rules

import (
	"fmt"
	"strings"
	"time"

	"hookcheck/checker/cert"
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/target"
)

// trustNow is the moment at which the hand-made facts are judged.
func trustNow() time.Time { return time.Date(2026, time.November, 24, 3, 0, 0, 0, time.UTC) }

func trustName(cn string) cert.Name {
	return cert.Name{Text: "CN = " + cn, Canonical: []byte(strings.ToLower(cn)), CommonNames: []string{cn}}
}

// trustCert is a certificate by hand, valid from 30 days ago for 90 days.
func trustCert(subject, issuer string) *cert.Cert {
	sum := fmt.Sprintf("%x", subject+"<"+issuer)
	return &cert.Cert{
		SHA256: (sum + strings.Repeat("0", 64))[:64], Version: 3,
		Subject: trustName(subject), Issuer: trustName(issuer),
		NotBefore: trustNow().AddDate(0, 0, -30), NotAfter: trustNow().AddDate(0, 0, 60),
		Key:       cert.Key{Algorithm: "RSA", Bits: 2048, SecurityBits: 112},
		Signature: cert.Signature{Name: "SHA256-RSA", SecurityBits: 128},
	}
}

func trustCA(subject, issuer string) *cert.Cert {
	c := trustCert(subject, issuer)
	c.NotBefore, c.NotAfter = trustNow().AddDate(-2, 0, 0), trustNow().AddDate(3, 0, 0)
	c.BasicConstraints = &cert.BasicConstraints{CA: true, PathLen: -1}
	c.KeyUsage = &cert.KeyUsage{CertSign: true, CRLSign: true}
	return c
}

// trustWorld is a healthy chain and the facts about it; a case states only
// how it differs.
type trustWorld struct {
	*facts.Facts
	leaf, inter, root *cert.Cert
}

func newTrustWorld() *trustWorld {
	w := &trustWorld{
		leaf:  trustCert("bot.example.org", "Inter"),
		inter: trustCA("Inter", "Root"),
		root:  trustCA("Root", "Root"),
	}
	w.leaf.SAN = &cert.SAN{DNS: []string{"bot.example.org"}}
	ev := &evidence.Evidence{Kind: evidence.Live, CheckedAt: trustNow()}
	w.Facts = &facts.Facts{
		Ev: ev, Target: &target.Target{}, Now: trustNow(), Host: "bot.example.org", Port: 8443, Live: true, Leaf: w.leaf,
	}
	w.present(w.leaf, w.inter)
	w.Chain.Path = []*cert.Cert{w.leaf, w.inter, w.root}
	w.Chain.Root, w.Chain.RootLists, w.Chain.RootIncluded = w.root, []string{"mozilla", "documented"}, -1
	w.Chain.Trusted, w.Chain.Public = true, true
	w.names("bot.example.org")
	w.Names.Match = true
	w.Upload.Needed = "none"
	return w
}

func (w *trustWorld) present(certs ...*cert.Cert) {
	w.Chain.Presented = nil
	for i, c := range certs {
		w.Chain.Presented = append(w.Chain.Presented, facts.Presented{Position: i, Cert: c})
	}
}

func (w *trustWorld) names(dns ...string) {
	w.Names = facts.Names{Judged: true, DNS: dns, All: dns, CommonName: []string{"bot.example.org"}}
}

func (w *trustWorld) fault(k facts.FaultKind, c *cert.Cert, position int, detail string) {
	w.Chain.Trusted = false
	w.Chain.Faults = append(w.Chain.Faults, facts.Fault{Kind: k, Cert: c, Position: position, Detail: detail})
}

// selfSigned puts a self-signed certificate on the server.
func (w *trustWorld) selfSigned() *cert.Cert {
	c := trustCert("bot.example.org", "bot.example.org")
	c.SAN = &cert.SAN{DNS: []string{"bot.example.org"}}
	w.leaf, w.Leaf = c, c
	w.present(c)
	w.Chain.Path, w.Chain.Root, w.Chain.Public = nil, nil, false
	return c
}

// uploaded says which certificates were handed to setWebhook.
func (w *trustWorld) uploaded(certs ...*cert.Cert) {
	w.Upload = facts.Upload{Given: true, Known: true, Usable: true, Certificates: certs}
	w.Ev.Upload = &evidence.Upload{Format: "pem", Size: 1200, OpenSSLAccepts: true}
}

// refused is a file that setWebhook does not take.
func (w *trustWorld) refused(k facts.FaultKind, format string, size int64, needed string) {
	w.Upload = facts.Upload{Given: true, Known: true, Needed: needed}
	w.Ev.Upload = &evidence.Upload{Format: format, Size: size}
	w.fault(k, nil, -1, format)
}
