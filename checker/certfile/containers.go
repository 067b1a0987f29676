package certfile

import (
	"bytes"
	"slices"

	"hookcheck/checker/cert"
)

// located is a certificate and where it stood.
type located struct {
	cert   *cert.Cert
	offset int64
}

// Bounds of looking for certificates in a structure that cannot be read.
const (
	maxTries      = 5000
	maxTriedBytes = 16 << 20
)

// salvage finds whole certificates in binary data, so that damage around them
// does not lose them.
func salvage(data []byte) []located {
	var out []located
	tries, tried := 0, 0
	for at := 0; at+8 < len(data) && tries < maxTries && tried < maxTriedBytes && len(out) < MaxCertificates; {
		next := bytes.Index(data[at:], []byte{tagSequence, 0x82})
		if next < 0 {
			break
		}
		at += next
		if at+8 >= len(data) || data[at+4] != tagSequence {
			at++
			continue
		}
		raw, whole := wholeElement(data[at:])
		if !whole || !looksLikeCertificate(raw) {
			at++
			continue
		}
		tries, tried = tries+1, tried+len(raw)
		c, err := cert.Parse(raw)
		if err != nil {
			at++
			continue
		}
		out = append(out, located{c, int64(at)})
		at += len(raw)
	}
	return out
}

func wholeElement(b []byte) ([]byte, bool) {
	_, rest, ok := readElement(b)
	if !ok {
		return nil, false
	}
	return b[:len(b)-len(rest)], true
}

// looksLikeCertificate tells whether the frame is that of a certificate: two
// sequences, then a version or a serial number. No form of a private key has
// it: they begin with an integer, or with an algorithm where encrypted.
func looksLikeCertificate(der []byte) bool {
	inner, ok := afterHeader(der)
	if !ok {
		return false
	}
	body, ok := afterHeader(inner)
	return ok && len(body) > 0 && (body[0] == 0xa0 || body[0] == tagInteger)
}

// outline is the beginning of a certificate that cannot be read, enough to
// tell that one was there. Its lengths are not to be trusted: what follows may
// be a key.
func outline(der []byte) []byte {
	inner, _ := afterHeader(der)
	body, _ := afterHeader(inner)
	return bytes.Clone(der[:len(der)-len(body)+1])
}

// afterHeader steps into a sequence without minding where it ends.
func afterHeader(b []byte) ([]byte, bool) {
	if len(b) < 2 || b[0] != tagSequence {
		return nil, false
	}
	head := 2
	if b[1] > 0x80 {
		head += int(b[1] - 0x80)
	}
	if b[1] > 0x84 || len(b) < head {
		return nil, false
	}
	return b[head:], true
}

// keepLocated takes certificates of a container in.
func (f *File) keepLocated(found []located) {
	for _, l := range found {
		f.keepCertificate(l.cert, Item{Offset: l.offset})
	}
}

// arrange puts the certificates of a container that has no order of its own as
// a server would present them: its own, then each one's issuer, then the rest.
// Repeated ones are left out.
func (f *File) arrange() {
	certs := distinct(f.Certificates)
	bySubject := map[string][]int{}
	issues := map[string]bool{}
	for i, c := range certs {
		bySubject[string(c.Subject.Canonical)] = append(bySubject[string(c.Subject.Canonical)], i)
		if !bytes.Equal(c.Subject.Canonical, c.Issuer.Canonical) {
			issues[string(c.Issuer.Canonical)] = true
		}
	}
	used := make([]bool, len(certs))
	order := make([]int, 0, len(certs))
	take := func(i int) { used[i] = true; order = append(order, i) }
	for at := firstLeaf(certs, issues); at >= 0; {
		take(at)
		at = issuerOf(certs[at], certs, bySubject[string(certs[at].Issuer.Canonical)], used)
	}
	for i := range certs {
		if !used[i] {
			take(i)
		}
	}
	f.Certificates, f.Presented = make([][]byte, 0, len(order)), nil
	for _, i := range order {
		f.Certificates = append(f.Certificates, certs[i].Raw)
	}
	f.Presented = f.Certificates
}

// presentGap: where a part of a container is lost and what is left begins with
// a CA, it is the server's certificate that is missing.
func (f *File) presentGap() {
	lost := slices.ContainsFunc(f.Items, func(i Item) bool {
		switch i.Problem {
		case ProblemTruncated, ProblemContent, ProblemBase64, ProblemNoEnd, ProblemTranscoded, ProblemPassword, ProblemWrong, ProblemLockedZip, ProblemWork:
			return i.Subject == "" && (i.Kind != KindOther || i.Path != "")
		}
		return false
	})
	if !lost || len(f.Certificates) == 0 {
		return
	}
	if c, err := cert.Parse(f.Certificates[0]); err == nil && c.IsCA() {
		f.Presented = append([][]byte{lostCertificate()}, f.Presented...)
	}
}

func distinct(ders [][]byte) []*cert.Cert {
	seen := map[string]bool{}
	var out []*cert.Cert
	for _, der := range ders {
		c, err := cert.Parse(der)
		if err != nil || seen[c.SHA256] {
			continue
		}
		seen[c.SHA256] = true
		out = append(out, c)
	}
	return out
}

// firstLeaf is the first certificate that issued none of the others; one that
// may issue is only second best.
func firstLeaf(certs []*cert.Cert, issues map[string]bool) int {
	best := -1
	for i, c := range certs {
		if issues[string(c.Subject.Canonical)] {
			continue
		}
		if c.BasicConstraints == nil || !c.BasicConstraints.CA {
			return i
		}
		if best < 0 {
			best = i
		}
	}
	return best
}

// issuerOf prefers the candidate whose key identifier is named.
func issuerOf(c *cert.Cert, certs []*cert.Cert, candidates []int, used []bool) int {
	best := -1
	for _, i := range candidates {
		if used[i] {
			continue
		}
		if best < 0 {
			best = i
		}
		if c.AuthorityKeyID != nil && len(c.AuthorityKeyID.KeyID) > 0 && bytes.Equal(c.AuthorityKeyID.KeyID, certs[i].SubjectKeyID) {
			return i
		}
	}
	return best
}
