package certfile

import (
	"bytes"

	"github.com/smallstep/pkcs7"

	"hookcheck/checker/cert"
	"hookcheck/checker/d2i"
)

// What a PKCS#7 structure may cost: the library recurses as deep as the input
// says, copies what is inside at every level, and searches the rest of a BER
// structure after each value.
const (
	maxNesting     = 32
	maxElements    = 200_000
	maxBERSize     = 256 << 10
	maxBERElements = 5000
)

// addPKCS7 keeps the certificates of a SignedData (RFC 2315, 9). Where the
// library refuses the whole because of one part, the others are still found.
func (f *File) addPKCS7(data []byte, item Item) {
	item.Kind, f.unordered = KindPKCS7, true
	start := len(f.Items)
	f.add(item)
	base := item.Offset
	if item.Line > 0 {
		base = -1
	}
	certs, problem := openPKCS7(data)
	if problem == "" {
		for _, c := range certs {
			f.keepCertificate(c.cert, Item{Path: item.Path, Line: item.Line, Offset: offsetIn(base, c.offset), inside: true})
		}
		if len(certs) > 0 {
			return
		}
		f.countLists(data)
		return // whole, and without certificates
	}
	for _, c := range salvage(data) {
		f.keepCertificate(c.cert, Item{Path: item.Path, Line: item.Line, Offset: offsetIn(base, c.offset), inside: true})
	}
	if item.Problem == "" {
		f.Items[start].Problem = problem
	}
}

// countLists notes the revocation lists of a PKCS#7 without certificates.
func (f *File) countLists(data []byte) {
	for at := 0; at < len(data) && f.CRLs < maxBlocks; at++ {
		if data[at] != tagSequence {
			continue
		}
		if raw, whole := wholeElement(data[at:]); whole && d2i.RevocationList(raw) == "" {
			f.CRLs++
			at += len(raw) - 1
		}
	}
}

// offsetIn is a place in the file; in decoded text there is none.
func offsetIn(base, offset int64) int64 {
	if base < 0 || offset < 0 {
		return -1
	}
	return base + offset
}

func openPKCS7(data []byte) (out []located, problem Problem) {
	defer func() {
		if recover() != nil {
			out, problem = nil, ProblemContent
		}
	}()
	if problem := screenPKCS7(data); problem != "" {
		return nil, problem
	}
	p, err := pkcs7.Parse(data)
	if err != nil {
		return nil, ProblemContent
	}
	for _, x := range p.Certificates {
		c, err := cert.Parse(x.Raw)
		if err != nil {
			return nil, ProblemContent
		}
		out = append(out, located{c, int64(bytes.Index(data, x.Raw))})
	}
	return out, ""
}

// screenPKCS7 bounds what the library will do.
func screenPKCS7(data []byte) Problem {
	s := screen{elements: maxElements}
	_, problem := s.walk(data, 0)
	if problem == "" && s.indefinite && (len(data) > maxBERSize || maxElements-s.elements > maxBERElements) {
		return ProblemTooBig
	}
	return problem
}

// screen walks a structure in BER and counts.
type screen struct {
	elements   int // that may still come
	indefinite bool
}

// walk passes over one value and returns what follows it.
func (s *screen) walk(b []byte, depth int) (rest []byte, problem Problem) {
	if s.elements--; s.elements < 0 || depth > maxNesting {
		return nil, ProblemTooBig
	}
	if len(b) < 2 {
		return nil, ProblemTruncated
	}
	const constructed, manyBytes = 0x20, 0x1f
	if b[0]&manyBytes == manyBytes {
		return nil, ProblemUnsupported
	}
	if b[1] == 0x80 && b[0]&constructed != 0 {
		s.indefinite = true
		return s.walkIndefinite(b[2:], depth)
	}
	e, rest, ok := readElement(b)
	if !ok {
		return nil, ProblemTruncated
	}
	if e.tag&constructed == 0 {
		return rest, ""
	}
	for inner := e.body; len(inner) > 0; {
		if inner, problem = s.walk(inner, depth+1); problem != "" {
			return nil, problem
		}
	}
	return rest, ""
}

func (s *screen) walkIndefinite(b []byte, depth int) (rest []byte, problem Problem) {
	for {
		if len(b) >= 2 && b[0] == 0 && b[1] == 0 {
			return b[2:], ""
		}
		if b, problem = s.walk(b, depth+1); problem != "" {
			return nil, problem
		}
	}
}
