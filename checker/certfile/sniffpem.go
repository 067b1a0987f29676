package certfile

import (
	"bytes"
	"errors"
	"strings"

	"hookcheck/checker/cert"
	"hookcheck/checker/d2i"
)

// scanPEM finds every PEM block, also those that OpenSSL does not see, so that
// people can be told what is where. ok is false where there is none.
func (f *File) scanPEM(data []byte) (ok bool) {
	line, counted := 1, 0
	lineAt := func(at int) int {
		line += bytes.Count(data[counted:at], []byte("\n"))
		counted = at
		return line
	}
	swapped := false
	for at := 0; at < len(data); {
		begin, ok := findArmor(wordBegin, data[at:])
		if !ok {
			f.addOrphan(data, at, len(data), lineAt)
			break
		}
		swapped = f.addOrphan(data, at, at+begin.start, lineAt)
		start := at + begin.start
		b := found{
			name: begin.name, data: data, start: start, body: at + begin.end,
			item: Item{Line: lineAt(start), Offset: int64(start)},
		}
		if b.item.Kind = kindOf(b.name); b.item.Kind == KindOther {
			b.item.Name = plainLabel(b.name)
		}
		if !begin.exact {
			b.item.Problem = ProblemArmor
		}
		if len(f.Items) >= maxBlocks {
			b.item.Problem = ProblemTooMany
			f.add(b.item)
			return true
		}
		at = b.findEnd()
		if swapped && len(bytes.TrimSpace(b.text)) == 0 {
			continue // its content was found between END and BEGIN
		}
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
	if next, ok := findArmor(wordBegin, b.data[b.body:]); ok {
		limit = b.body + next.start
	}
	end, ok := findArmor(wordEnd, b.data[b.body:limit])
	if !ok {
		b.item.Problem = ProblemNoEnd
		b.text = b.data[b.body:limit]
		return limit
	}
	b.text = b.data[b.body : b.body+end.start]
	switch {
	case end.name != b.name:
		b.item.Problem = ProblemNoEnd
	case !end.exact:
		b.item.Problem = ProblemArmor
	}
	return b.body + end.end
}

// addOrphan looks for an END without its BEGIN in a part of the file. What
// belongs to it stands above, or below where the two were swapped; the latter
// is told.
func (f *File) addOrphan(data []byte, from, to int, lineAt func(int) int) (swapped bool) {
	end, ok := findArmor(wordEnd, data[from:to])
	if !ok {
		return false
	}
	b := found{name: end.name, data: data, start: from + end.start, body: from + end.end, item: Item{Kind: kindOf(end.name), Problem: ProblemNoBegin}}
	b.text = lastDigits(data[from:b.start])
	if len(b.text) == 0 {
		b.text, swapped = data[b.body:to], true
		b.item.Problem = ProblemSwapped
	}
	b.item.Line, b.item.Offset = lineAt(b.start), int64(b.start)
	if len(bytes.TrimSpace(b.text)) == 0 {
		return false
	}
	f.addBlock(&b)
	return swapped
}

// lastDigits is the text of base64 at the end of data, whole lines.
func lastDigits(data []byte) []byte {
	from := len(data)
	for from > 0 {
		lineStart := bytes.LastIndexByte(data[:from-1], '\n') + 1
		line := bytes.TrimSpace(data[lineStart:from])
		if len(line) == 0 || len(bytes.TrimLeft(line, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")) > 0 {
			break
		}
		from = lineStart
	}
	return data[from:]
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
	if len(bytes.TrimSpace(b.text)) == 0 {
		b.item.Problem = ProblemEmpty
		f.add(b.item)
		return
	}
	der, ok := b.decode()
	if _, whole := wholeElement(der); !ok || !whole {
		if mended, cause, fine := b.mend(); fine {
			clear(der)
			if b.item.Problem == "" || cause == ProblemMarkup {
				b.item.Problem = cause
			}
			f.addContent(b.item, mended)
			return
		}
	}
	if ok {
		f.addContent(b.item, der)
		return
	}
	if b.item.Problem != ProblemNoEnd && b.item.Problem != ProblemNoBegin {
		b.item.BadLine = b.badLine()
	}
	if b.item.Problem == "" || b.item.Problem == ProblemOneLine {
		b.item.Problem = ProblemBase64
	}
	if b.item.Kind == KindCertificate {
		f.presentLost()
	}
	f.add(b.item)
}

// presentLost keeps the place of a certificate that cannot be read where it
// stands first: what follows is not the server's.
func (f *File) presentLost() {
	if len(f.Presented) == 0 {
		f.Presented = append(f.Presented, lostCertificate())
	}
}

// lostCertificate stands for a certificate of which nothing can be read.
func lostCertificate() []byte { return []byte{tagSequence, 0x82, 0, 0} }

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
			item.Problem = ProblemLabel
		}
		f.addDER(format, der, item)
		return
	}
	if f.keep(item, der) || f.addMislabelled(item, der) {
		return
	}
	whole := item.Problem == ""
	if whole {
		item.Problem = ProblemContent
		if _, _, complete := readElement(der); !complete && len(der) > 0 && der[0] == tagSequence {
			item.Problem = ProblemTruncated
		}
	}
	if raw, _ := firstElement(der); item.Kind == KindCertificate {
		if whole && looksLikeCertificate(raw) {
			f.Presented = append(f.Presented, outline(raw))
		} else {
			f.presentLost()
		}
	}
	f.add(item)
}

// addMislabelled takes a certificate that BEGIN calls a request, or a request,
// a revocation list or a public key that it calls a certificate.
func (f *File) addMislabelled(item Item, der []byte) bool {
	format, _ := derFormat(der)
	switch {
	case item.Problem != "":
		return false
	case format == DERCertificate && item.Kind == KindRequest:
		if _, err := cert.Parse(der); err != nil {
			return false
		}
	case format == DERCSR && item.Kind == KindCertificate, format == DERCRL && item.Kind == KindCertificate, format == PublicKey && item.Kind == KindCertificate:
	default:
		return false
	}
	item.Kind, item.Problem = "", ProblemLabel
	f.addDER(format, der, item)
	return true
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
		if errors.Is(err, cert.ErrBounds) && item.Problem == "" {
			item.Problem = ProblemTooBig
			f.presentLost()
			break
		}
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
		if d2i.RevocationList(der) != "" {
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
