package certfile

import (
	"bytes"

	"hookcheck/checker/cert"
)

// Object identifiers of RFC 2315 and RFC 5652, without tag and length.
var (
	oidData       = []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01}
	oidSignedData = []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02}
)

// derFormat recognises the first structure of a binary file.
func derFormat(data []byte) (Format, bool) {
	if len(data) == 0 || data[0] != tagSequence {
		return "", false
	}
	if keyFrame(data) != frameNone { // first of all: no other reader is to copy a key
		return DERPrivateKey, true
	}
	raw, _ := firstElement(data)
	if _, err := cert.Parse(raw); err == nil {
		return DERCertificate, true
	}
	outer, _, ok := readElement(data)
	if !ok {
		return brokenFormat(data)
	}
	parts, ok := outer.children()
	if !ok {
		return brokenFormat(data)
	}
	switch {
	case isEncryptedKey(parts):
		return DERPrivateKey, true
	case pattern(parts, tagInteger, tagSequence) && startsWithOID(parts[1], oidData, oidSignedData):
		return PKCS12, true
	case startsWithOID(outer, oidSignedData):
		return DERPKCS7, true
	case len(parts) == 2 && pattern(parts, tagSequence, tagBitString):
		return PublicKey, true
	case len(parts) == 3 && pattern(parts, tagSequence, tagSequence, tagBitString):
		return signedFormat(parts[0])
	}
	return "", false
}

// signedFormat tells a request from a CRL; certificates were tried before.
func signedFormat(body element) (Format, bool) {
	switch {
	case isCRLBody(body):
		return DERCRL, true
	case isRequestBody(body):
		return DERCSR, true
	}
	return "", false
}

// isRequestBody looks for version, subject, key, attributes (RFC 2986, 4.1).
func isRequestBody(body element) bool {
	parts, ok := body.children()
	return ok && len(parts) <= 4 && pattern(parts, tagInteger, tagSequence, tagSequence)
}

// isCRLBody looks for the algorithm, the issuer and a time (RFC 5280, 5.1.2).
func isCRLBody(body element) bool {
	parts, ok := body.children()
	if ok && pattern(parts, tagInteger) {
		parts = parts[1:]
	}
	const utcTime, generalizedTime = 0x17, 0x18
	return ok && (pattern(parts, tagSequence, tagSequence, utcTime) || pattern(parts, tagSequence, tagSequence, generalizedTime))
}

// isEncryptedKey looks for an algorithm of PKCS#5 or PKCS#12 and a text
// (RFC 5958, 3).
func isEncryptedKey(parts []element) bool {
	if len(parts) != 2 || !pattern(parts, tagSequence, tagOctetString) {
		return false
	}
	id, _, ok := readElement(parts[0].body)
	return ok && id.tag == tagOID && bytes.HasPrefix(id.body, []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01})
}

func startsWithOID(e element, oids ...[]byte) bool {
	id, _, ok := readElement(e.body)
	if !ok || e.tag != tagSequence || id.tag != tagOID {
		return false
	}
	for _, o := range oids {
		if bytes.Equal(id.body, o) {
			return true
		}
	}
	return false
}

// addDER keeps what a binary file holds; certificates may follow one another.
// item says where it stood.
func (f *File) addDER(format Format, data []byte, item Item) {
	raw, _ := firstElement(data)
	switch format {
	case DERCertificate:
		f.addCertificates(data, item)
	case DERPKCS7:
		f.addPKCS7(data, item)
	case PKCS12:
		f.addPKCS12(data, item)
	case DERPrivateKey:
		f.addKey(item)
	case DERCSR:
		item.Kind = KindRequest
		f.Requests = append(f.Requests, bytes.Clone(raw))
		f.add(item)
	case DERCRL:
		item.Kind = KindCRL
		f.CRLs++
		f.add(item)
	case PublicKey:
		item.Kind = KindPublicKey
		f.add(item)
	}
}

func (f *File) addCertificates(data []byte, item Item) {
	for rest := data; len(bytes.Trim(rest, " \r\n\t\x00\x1a")) > 0; {
		at := item
		at.Offset = offsetIn(item.Offset, int64(len(data)-len(rest)))
		raw, after := firstElement(rest)
		c, err := cert.Parse(raw)
		if err != nil {
			f.addUnreadable(raw, at)
			return
		}
		f.keepCertificate(c, at)
		if f.Items[len(f.Items)-1].Problem == ProblemTooMany {
			return
		}
		rest = after
	}
}

// addUnreadable tells of what stands in a binary file and is no sound
// certificate.
func (f *File) addUnreadable(raw []byte, at Item) {
	at.Kind, at.Problem = KindOther, ProblemAlien
	format, ok := derFormat(raw)
	switch {
	case ok && format == DERPrivateKey:
		at.Problem = ""
		f.addKey(at)
		return
	case looksLikeCertificate(raw):
		at.Kind, at.Problem = KindCertificate, ProblemContent
		if _, whole := wholeElement(raw); !whole {
			at.Problem = ProblemTruncated
		}
		f.Presented = append(f.Presented, outline(raw))
	}
	f.add(at)
}

// brokenFormat recognises a structure by its first bytes where it breaks off
// before its end, or has no length.
func brokenFormat(data []byte) (Format, bool) {
	body, ok := afterHeader(data)
	if !ok {
		return "", false
	}
	dataOID := encode(tagOID, oidData)
	content, _ := afterHeader(bytes.TrimPrefix(body, []byte{tagInteger, 1, 3}))
	switch {
	case looksLikeCertificate(data):
		return DERCertificate, true
	case bytes.HasPrefix(body, []byte{tagInteger, 1, 3}) && bytes.HasPrefix(content, dataOID):
		return PKCS12, true
	case bytes.HasPrefix(body, encode(tagOID, oidSignedData)):
		return DERPKCS7, true
	case bytes.HasPrefix(body, []byte{tagInteger, 1, 0, tagSequence}), bytes.HasPrefix(body, []byte{tagInteger, 1, 0, tagInteger, 0x82}),
		bytes.HasPrefix(body, []byte{tagInteger, 1, 1, tagOctetString}):
		return DERPrivateKey, true
	}
	return "", false
}
