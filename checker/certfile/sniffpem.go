package certfile

import (
	"bytes"
	"regexp"
	"strings"

	"hookcheck/checker/cert"
)

var (
	beginLine = regexp.MustCompile(`-----BEGIN ([A-Za-z0-9][A-Za-z0-9 .#_+/-]{0,62}?) ?-----`)
	endLine   = regexp.MustCompile(`-----END ([A-Za-z0-9][A-Za-z0-9 .#_+/-]{0,62}?) ?-----`)
)

// scanPEM finds every PEM block, also those that OpenSSL does not see, so that
// people can be told what is where. ok is false where there is none.
func (f *File) scanPEM(data []byte) (ok bool) {
	line, counted := 1, 0
	for at := 0; at < len(data); {
		begin := beginLine.FindSubmatchIndex(data[at:])
		if begin == nil {
			break
		}
		start := at + begin[0]
		line += bytes.Count(data[counted:start], []byte("\n"))
		counted = start
		b := found{
			name: string(data[at+begin[2] : at+begin[3]]), data: data, start: start, body: at + begin[1],
			item: Item{Line: line, Offset: int64(start)},
		}
		if b.item.Kind = kindOf(b.name); b.item.Kind == KindOther {
			b.item.Name = plainLabel(b.name)
		}
		if len(f.Items) >= maxBlocks {
			b.item.Problem = ProblemTooMany
			f.add(b.item)
			return true
		}
		at = b.findEnd()
		f.addBlock(&b)
	}
	return len(f.Items) > 0
}

// found is one block of a scan.
type found struct {
	name  string
	data  []byte // the whole file
	start int    // of BEGIN
	body  int    // after BEGIN
	text  []byte // between BEGIN and END
	item  Item
}

// findEnd looks for the END that belongs to the block, up to the next BEGIN,
// and returns where the search for more goes on.
func (b *found) findEnd() int {
	limit := len(b.data)
	if next := beginLine.FindIndex(b.data[b.body:]); next != nil {
		limit = b.body + next[0]
	}
	end := endLine.FindSubmatchIndex(b.data[b.body:limit])
	if end == nil {
		b.item.Problem = ProblemNoEnd
		b.text = b.data[b.body:limit]
		return limit
	}
	b.text = b.data[b.body : b.body+end[0]]
	if string(b.data[b.body+end[2]:b.body+end[3]]) != b.name {
		b.item.Problem = ProblemNoEnd
	}
	return b.body + end[1]
}

// plainLabel is a label fit to be shown: what damage may have put there, such
// as a line of a key, is not.
func plainLabel(name string) string {
	if len(name) > 30 || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 #-") != "" {
		return ""
	}
	return name
}

func kindOf(name string) Kind {
	switch {
	case strings.Contains(name, "PRIVATE KEY"):
		return KindPrivateKey
	case name == "CERTIFICATE", name == "X509 CERTIFICATE":
		return KindCertificate
	case name == "TRUSTED CERTIFICATE":
		return KindTrusted
	case name == "CERTIFICATE REQUEST", name == "NEW CERTIFICATE REQUEST":
		return KindRequest
	case name == "X509 CRL":
		return KindCRL
	case name == "PKCS7", name == "PKCS #7 SIGNED DATA", name == "CMS":
		return KindPKCS7
	case strings.HasSuffix(name, "PUBLIC KEY"):
		return KindPublicKey
	}
	return KindOther
}

// addBlock keeps what a block holds. Private keys are counted, not decoded.
func (f *File) addBlock(b *found) {
	f.ssh = f.ssh || b.name == "OPENSSH PRIVATE KEY" || b.name == "SSH2 ENCRYPTED PRIVATE KEY"
	f.pgp = f.pgp || strings.HasPrefix(b.name, "PGP ")
	if b.item.Kind == KindPrivateKey {
		f.addKey(b.item)
		return
	}
	if b.item.Kind == KindCertificate && len(f.Certificates) >= MaxCertificates {
		b.item.Problem = ProblemTooMany
		f.add(b.item)
		return
	}
	if b.item.Problem == "" {
		b.item.Problem = b.layout()
	}
	der, ok := b.decode()
	switch {
	case len(bytes.TrimSpace(b.text)) == 0:
		b.item.Problem = ProblemEmpty
	case !ok:
		if b.item.Problem == "" {
			b.item.Problem = ProblemBase64
		}
	default:
		f.addContent(b.item, der)
		return
	}
	f.add(b.item)
}

// addContent takes what a block decodes to, which may be something else than
// BEGIN announces.
func (f *File) addContent(item Item, der []byte) {
	if format, _ := derFormat(der); format == DERPrivateKey {
		clear(der)
		item.Problem = ProblemContent
		f.addKey(item)
		return
	} else if item.Kind != KindPKCS7 && (format == DERPKCS7 || format == PKCS12) {
		if item.Kind == KindCertificate { // so does Windows name a PKCS#7
			item.Problem = ProblemContent
		}
		f.addDER(format, der, item)
		return
	}
	if f.keep(item, der) {
		return
	}
	whole := item.Problem == ""
	if whole {
		item.Problem = ProblemContent
		if _, _, complete := readElement(der); !complete && len(der) > 0 && der[0] == tagSequence {
			item.Problem = ProblemTruncated
		}
	}
	if raw, _ := firstElement(der); whole && item.Kind == KindCertificate && looksLikeCertificate(raw) {
		f.Presented = append(f.Presented, outline(raw))
	}
	f.add(item)
}

// keep takes the content of a sound block; false where it is not what BEGIN
// announces.
func (f *File) keep(item Item, der []byte) bool {
	raw, _ := firstElement(der)
	switch item.Kind {
	case KindCertificate, KindTrusted:
		if len(f.Certificates) >= MaxCertificates {
			item.Problem = ProblemTooMany
			break
		}
		c, err := cert.Parse(der)
		if err != nil {
			return false
		}
		f.keepCertificate(c, item)
		return true
	case KindRequest:
		if format, _ := derFormat(raw); format != DERCSR {
			return false
		}
		if len(f.Requests) < MaxCertificates {
			f.Requests = append(f.Requests, raw)
		}
	case KindCRL:
		if !readableCRL(der) {
			return false
		}
		f.CRLs++
	case KindPKCS7:
		f.addPKCS7(der, item)
		return true
	}
	f.add(item)
	return true
}

// layout tells why OpenSSL does not see a block that people do.
func (b *found) layout() Problem {
	before := b.data[:b.start]
	if i := bytes.LastIndexByte(before, '\n'); i >= 0 {
		before = before[i+1:]
	}
	first, _, _ := bytes.Cut(b.data[b.body:b.body+min(len(b.data)-b.body, 1024)], []byte("\n"))
	switch {
	case bytes.Contains(b.text[:min(len(b.text), 1024)], []byte(`\n`)):
		return ProblemEscaped
	case len(bytes.TrimPrefix(before, []byte("\xef\xbb\xbf"))) > 0:
		return ProblemIndented
	case len(bytes.TrimSpace(first)) > 0:
		return ProblemOneLine
	}
	return ""
}

// decode reads the text however it is laid out; a header is skipped.
func (b *found) decode() ([]byte, bool) {
	text := b.text
	if b.item.Problem == ProblemEscaped {
		text = bytes.ReplaceAll(bytes.ReplaceAll(text, []byte(`\r`), nil), []byte(`\n`), []byte("\n"))
	}
	return decodeLeniently(text)
}
