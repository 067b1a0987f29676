package report

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"

	"hookcheck/checker/cert"
	"hookcheck/checker/certinfo"
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

func chain(f *facts.Facts, l lang.Lang) Chain {
	c := &f.Chain
	out := Chain{
		Presented: []Certificate{}, Path: []string{}, Missing: []Missing{},
		Root:         Root{Lists: []string{}},
		CorrectedPEM: encodePEM(c.Corrected), Changes: changes(f, l),
	}
	for _, p := range c.Presented {
		shown := certificate(p)
		shown.Explained = certinfo.Explain(l, p, f.Now)
		out.Presented = append(out.Presented, shown)
	}
	for _, p := range c.Path {
		out.Path = append(out.Path, p.SHA256)
	}
	for _, m := range c.Missing {
		out.Missing = append(out.Missing, Missing{Subject: m.Subject, AIA: list(m.AIA), KeyID: m.KeyID})
	}
	if c.Root != nil {
		out.Root = Root{Subject: c.Root.Subject.Text, SHA256: c.Root.SHA256, Lists: list(c.RootLists)}
	}
	return out
}

func certificate(p facts.Presented) Certificate {
	out := Certificate{Position: p.Position, Role: string(p.Role), Names: []string{}}
	if p.Lost {
		return out
	}
	if p.Cert == nil {
		sum := sha256.Sum256(p.DER)
		out.SHA256 = hex.EncodeToString(sum[:])
		return out
	}
	c := p.Cert
	out.Subject, out.Issuer, out.SHA256 = c.Subject.Text, c.Issuer.Text, c.SHA256
	out.NotBefore, out.NotAfter = c.NotBefore.UTC(), c.NotAfter.UTC()
	out.Key, out.Signature = keyText(c.Key), c.Signature.Name
	out.Names = list(certNames(c))
	return out
}

// keyText says what kind of key it is: "RSA 2048", "EC P-256", "Ed25519".
func keyText(k cert.Key) string {
	switch {
	case k.Curve != "":
		return k.Algorithm + " " + k.Curve
	case k.Bits > 0 && k.Algorithm != "Ed25519" && k.Algorithm != "Ed448":
		return fmt.Sprintf("%s %d", k.Algorithm, k.Bits)
	}
	return k.Algorithm
}

// certNames lists the names in a certificate; the common name counts where
// there are no others.
func certNames(c *cert.Cert) []string {
	var names []string
	if c.SAN != nil {
		names = append(names, c.SAN.DNS...)
		for _, ip := range c.SAN.IP {
			names = append(names, net.IP(ip).String())
		}
	}
	if len(names) == 0 && (c.BasicConstraints == nil || !c.BasicConstraints.CA) {
		names = append(names, c.Subject.CommonNames...)
	}
	return names
}

// list is never null in JSON.
func list(s []string) []string {
	if s == nil {
		return []string{}
	}
	return s
}
