package rules

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"hookcheck/checker/cert"
	"hookcheck/checker/facts"
)

// certRef is a certificate as a finding names it.
type certRef struct {
	Subject   string    `json:"subject"`
	Issuer    string    `json:"issuer"`
	SHA256    string    `json:"sha256"`
	Position  int       `json:"position"` // as presented, from 0; -1 where it was not
	NotBefore time.Time `json:"not_before"`
	NotAfter  time.Time `json:"not_after"`
}

// refTo describes a certificate. Only values that were checked for control
// characters and length leave here: a subject is whatever a stranger wrote.
func refTo(c *cert.Cert, position int) certRef {
	if c == nil {
		return certRef{Position: position}
	}
	return certRef{
		Subject: shown(c.Subject.Text), Issuer: shown(c.Issuer.Text), SHA256: c.SHA256,
		Position: position, NotBefore: c.NotBefore.UTC(), NotAfter: c.NotAfter.UTC(),
	}
}

func refOf(ft *facts.Fault) certRef { return refTo(ft.Cert, ft.Position) }

// refsOf describes the certificates of every fault of a kind, in the order of
// the faults: the same fault in two certificates is still one finding.
func refsOf(f *facts.Facts, kind facts.FaultKind) []certRef {
	var refs []certRef
	for i := range f.Chain.Faults {
		if ft := &f.Chain.Faults[i]; ft.Kind == kind {
			refs = append(refs, refOf(ft))
		}
	}
	return refs
}

// leafRef is the server's certificate; its position is 0 unless it was found
// further down.
func leafRef(f *facts.Facts) certRef { return refTo(f.Leaf, positionOf(f, f.Leaf)) }

// positionOf is where a certificate was presented, -1 where it was not.
func positionOf(f *facts.Facts, c *cert.Cert) int {
	for _, p := range f.Chain.Presented {
		if c != nil && p.Cert != nil && p.Cert.SHA256 == c.SHA256 {
			return p.Position
		}
	}
	return -1
}

// presentedRef describes what was sent at a position.
func presentedRef(f *facts.Facts, position int) certRef {
	for _, p := range f.Chain.Presented {
		if p.Position == position {
			return refTo(p.Cert, position)
		}
	}
	return certRef{Position: position}
}

func presentedRefs(f *facts.Facts, positions []int) []certRef {
	refs := make([]certRef, len(positions))
	for i, p := range positions {
		refs[i] = presentedRef(f, p)
	}
	return refs
}

func uploadedRefs(f *facts.Facts) []certRef {
	refs := make([]certRef, len(f.Upload.Certificates))
	for i, c := range f.Upload.Certificates {
		refs[i] = refTo(c, -1)
	}
	return refs
}

// maxShown bounds one observed value in a text, in runes.
const maxShown = 200

// shown makes a stranger's value fit for a line of text: printable and short.
func shown(s string) string {
	s = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '\uFFFD'
		}
		return r
	}, s)
	if r := []rune(s); len(r) > maxShown {
		return string(r[:maxShown]) + "…"
	}
	return s
}

// maxKept bounds the values of one list in the evidence of a finding.
const maxKept = 100

func allShown(items []string) []string {
	out := make([]string, 0, min(len(items), maxKept))
	for _, s := range items[:min(len(items), maxKept)] {
		out = append(out, shown(s))
	}
	return out
}

// wouldFail are the ids of the rules that would still fire after an upload.
func wouldFail(f *facts.Facts) []string {
	out := make([]string, 0, len(f.Chain.WouldFail))
	for _, k := range f.Chain.WouldFail {
		if !contains(out, string(k)) {
			out = append(out, string(k))
		}
	}
	return out
}

func contains(list []string, s string) bool {
	for _, item := range list {
		if item == s {
			return true
		}
	}
	return false
}

// keyPhrase says what kind of key it is: "RSA 1024 bits", "EC P-192".
func keyPhrase(k cert.Key) string {
	switch {
	case k.Curve != "":
		return shown(k.Algorithm + " " + k.Curve)
	case k.Bits > 0 && k.Algorithm != "Ed25519" && k.Algorithm != "Ed448":
		return shown(k.Algorithm) + " " + strconv.Itoa(k.Bits)
	}
	return shown(k.Algorithm)
}

// oidNames are the object identifiers that people meet in certificates that
// are refused.
var oidNames = map[string]string{
	"1.3.6.1.5.5.7.3.1":       "serverAuth",
	"1.3.6.1.5.5.7.3.2":       "clientAuth",
	"1.3.6.1.5.5.7.3.3":       "codeSigning",
	"1.3.6.1.5.5.7.3.4":       "emailProtection",
	"1.3.6.1.5.5.7.3.8":       "timeStamping",
	"1.3.6.1.5.5.7.3.9":       "OCSPSigning",
	"2.5.29.37.0":             "anyExtendedKeyUsage",
	"2.5.29.15":               "keyUsage",
	"2.5.29.17":               "subjectAltName",
	"2.5.29.19":               "basicConstraints",
	"2.5.29.30":               "nameConstraints",
	"2.5.29.31":               "cRLDistributionPoints",
	"2.5.29.32":               "certificatePolicies",
	"2.5.29.35":               "authorityKeyIdentifier",
	"2.5.29.14":               "subjectKeyIdentifier",
	"2.5.29.37":               "extendedKeyUsage",
	"1.3.6.1.5.5.7.1.24":      "TLS feature (must-staple)",
	"1.3.6.1.4.1.11129.2.4.3": "certificate transparency poison",
	"1.3.6.1.4.1.311.20.2.2":  "smartcardLogon",
	"1.3.6.1.4.1.311.10.3.3":  "msSGC",
	"2.16.840.1.113730.4.1":   "nsSGC",
	"1.3.6.1.5.5.8.2.2":       "ipsecIKE",
	"1.3.6.1.5.5.7.1.1":       "authorityInfoAccess",
	"1.3.6.1.5.5.7.1.3":       "qcStatements",
	"1.3.6.1.4.1.11129.2.4.2": "signed certificate timestamps",
}

// namedOIDs puts the name before each identifier that has one.
func namedOIDs(oids []string) []string {
	out := make([]string, len(oids))
	for i, oid := range oids {
		out[i] = shown(oid)
		if name := oidNames[oid]; name != "" {
			out[i] = name + " (" + oid + ")"
		}
	}
	return out
}

// splitList undoes the join of facts.Fault.Detail.
func splitList(s string) []string {
	if s == "" {
		return []string{}
	}
	return strings.Split(s, ", ")
}

// keyUsageBits names the bits that are set, as RFC 5280, 4.2.1.3 does.
func keyUsageBits(u *cert.KeyUsage) []string {
	if u == nil {
		return []string{}
	}
	out := []string{}
	for _, bit := range []struct {
		set  bool
		name string
	}{
		{u.DigitalSignature, "digitalSignature"}, {u.ContentCommitment, "nonRepudiation"},
		{u.KeyEncipherment, "keyEncipherment"}, {u.DataEncipherment, "dataEncipherment"},
		{u.KeyAgreement, "keyAgreement"}, {u.CertSign, "keyCertSign"}, {u.CRLSign, "cRLSign"},
	} {
		if bit.set {
			out = append(out, bit.name)
		}
	}
	return out
}
