package certfile

import (
	"bytes"

	"hookcheck/checker/cert"
)

// Object identifiers of PKCS#12 (RFC 7292, appendix D) and of PKCS#7, without
// tag and length.
var (
	oidEncryptedData = []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x06}
	oidBags          = []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x0a, 0x01} // and the kind of bag
	oidX509          = []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x16, 0x01}
)

// The kinds of bags (RFC 7292, 4.2).
const (
	bagKey         = 1
	bagShroudedKey = 2
	bagCertificate = 3
	bagCRL         = 4
	bagSecret      = 5
	bagNested      = 6
)

const (
	tagContext0 = 0xa0
	// maxParts is how many parts and bags of a container are looked at.
	maxParts = 2000
	// maxEncrypted is how many encrypted parts are opened; there is one.
	maxEncrypted = 8
	// maxIterations bounds the rounds that one container asks for, its checksum
	// and its encrypted parts taken together. OpenSSL's default is 2048 each,
	// Java's 10,000, that of NSS (Firefox) and GnuTLS 600,000.
	maxIterations = 2_000_000
)

// pfx is a PKCS#12 container as it stands, nothing opened.
type pfx struct {
	whole     []byte
	mac       []byte   // the whole of MacData, nil without
	encrypted [][]byte // ContentInfos
	parts     int
}

// addPKCS12 keeps the certificates of a PKCS#12 container and counts its keys,
// which are never decrypted.
func (f *File) addPKCS12(data []byte, item Item) {
	item.Kind, f.unordered = KindPKCS12, true
	start := len(f.Items)
	f.add(item)
	problem := f.readPFX(data, item)
	if problem == "" {
		return
	}
	if f.Items[start].Problem == "" {
		f.Items[start].Problem = problem
	}
	if problem == ProblemTruncated || problem == ProblemContent {
		known := len(f.Certificates)
		if known == 0 {
			f.keepLocated(salvage(data))
		}
		for range countShrouded(data) - f.PrivateKeys {
			f.addKey(Item{Path: item.Path, Line: item.Line, Offset: -1, inside: true})
		}
	}
}

// countShrouded finds keys in a container whose structure is broken.
func countShrouded(data []byte) int {
	kind := func(k byte) []byte { return append(bytes.Clone(oidBags), k) }
	return min(maxParts, bytes.Count(data, kind(bagShroudedKey))+bytes.Count(data, kind(bagKey)))
}

func (f *File) readPFX(data []byte, item Item) Problem {
	if der, fine := derOf(data); fine {
		data = der
	}
	outer, _, ok := readElement(data)
	if !ok {
		return ProblemTruncated
	}
	parts, ok := outer.children()
	if !ok || len(parts) < 2 {
		return ProblemContent
	}
	content, ok := dataContent(parts[1])
	if !ok {
		return ProblemContent
	}
	raw, _ := firstElement(data)
	p := &pfx{whole: raw, parts: maxParts}
	if len(parts) > 2 {
		p.mac = encode(parts[2].tag, parts[2].body)
	}
	problem := f.readSafes(p, content, item)
	if len(p.encrypted) == 0 {
		return problem
	}
	if opened := f.openEncrypted(p, item); opened != "" {
		return opened
	}
	return problem
}

// dataContent is what a ContentInfo of type data holds.
func dataContent(info element) ([]byte, bool) {
	parts, ok := info.children()
	if !ok || len(parts) != 2 || info.tag != tagSequence || !bytes.Equal(parts[0].body, oidData) || parts[1].tag != tagContext0 {
		return nil, false
	}
	octets, _, ok := readElement(parts[1].body)
	return octets.body, ok && octets.tag == tagOctetString
}

// readSafes reads an AuthenticatedSafe: what is not encrypted at once, what is
// for later.
func (f *File) readSafes(p *pfx, content []byte, item Item) (problem Problem) {
	if der, fine := derOf(content); fine {
		content = der
	}
	safes, _, ok := readElement(content)
	if !ok || safes.tag != tagSequence {
		return ProblemTruncated
	}
	ok = safes.each(func(info element, _ []byte) bool {
		if p.parts--; p.parts < 0 {
			problem = ProblemTooMany
			return false
		}
		if bags, ok := dataContent(info); ok {
			problem = worse(problem, f.readBags(p, bags, item, 0))
			return true
		}
		if startsWithOID(info, oidEncryptedData) && len(p.encrypted) < maxEncrypted {
			p.encrypted = append(p.encrypted, encode(info.tag, info.body))
			return true
		}
		problem = worse(problem, ProblemUnsupported)
		return true
	})
	if !ok {
		return worse(problem, ProblemTruncated)
	}
	return problem
}

func worse(a, b Problem) Problem {
	if a != "" {
		return a
	}
	return b
}

// readBags reads SafeContents (RFC 7292, 4.2).
func (f *File) readBags(p *pfx, content []byte, item Item, depth int) (problem Problem) {
	if der, fine := derOf(content); fine {
		content = der
	}
	bags, _, ok := readElement(content)
	if !ok || bags.tag != tagSequence || depth > 4 {
		return ProblemContent
	}
	ok = bags.each(func(bag element, _ []byte) bool {
		if p.parts--; p.parts < 0 {
			problem = ProblemTooMany
			return false
		}
		parts, ok := bag.children()
		if !ok || len(parts) < 2 || parts[1].tag != tagContext0 || !bytes.HasPrefix(parts[0].body, oidBags) || len(parts[0].body) != len(oidBags)+1 {
			problem = worse(problem, ProblemContent)
			return true
		}
		problem = worse(problem, f.readBag(p, parts, item, depth))
		return true
	})
	if !ok {
		return worse(problem, ProblemTruncated)
	}
	return problem
}

func (f *File) readBag(p *pfx, parts []element, item Item, depth int) Problem {
	at := Item{Path: item.Path, Line: item.Line, Offset: -1, inside: true}
	if item.Line == 0 {
		at.Offset = offsetIn(item.Offset, int64(bytes.Index(p.whole, parts[1].body)))
	}
	switch kind := parts[0].body[len(oidBags)]; kind {
	case bagKey, bagShroudedKey:
		f.PrivateKeys++
		at.Kind = KindPrivateKey
		f.add(at)
	case bagCertificate:
		return f.readCertificateBag(parts[1], at)
	case bagCRL:
		f.CRLs++
		at.Kind = KindCRL
		f.add(at)
	case bagSecret:
		f.PrivateKeys++
		at.Kind = KindSecret
		f.add(at)
	case bagNested:
		return f.readBags(p, parts[1].body, item, depth+1)
	default:
		return ProblemContent
	}
	return ""
}

func (f *File) readCertificateBag(value element, at Item) Problem {
	at.Kind = KindCertificate
	bag, _, ok := readElement(value.body)
	if parts, whole := bag.children(); ok && whole && len(parts) == 2 && bytes.Equal(parts[0].body, oidX509) {
		octets, _, ok := readElement(parts[1].body)
		if c, err := cert.Parse(octets.body); ok && err == nil {
			f.keepCertificate(c, at)
			return ""
		}
	}
	at.Problem = ProblemContent
	f.add(at)
	return ""
}
