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
	raw, _ := firstElement(data)
	if _, err := cert.Parse(raw); err == nil {
		return DERCertificate, true
	}
	outer, _, ok := readElement(data)
	if !ok {
		return "", false
	}
	parts, ok := outer.children()
	if !ok {
		return "", false
	}
	switch {
	case keyFrame(data) != frameNone, isEncryptedKey(parts):
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
func (f *File) addDER(format Format, data []byte) {
	kinds := map[Format]Kind{
		DERCertificate: KindCertificate, DERCSR: KindRequest, DERCRL: KindCRL, DERPrivateKey: KindPrivateKey,
		DERPKCS7: KindPKCS7, PublicKey: KindPublicKey, PKCS12: KindOther,
	}
	f.Items = append(f.Items, Item{Kind: kinds[format]})
	switch format {
	case DERCSR:
		raw, _ := firstElement(data)
		f.Requests = append(f.Requests, bytes.Clone(raw))
	case DERCRL:
		f.CRLs++
	case DERPrivateKey:
		f.PrivateKeys++
	case DERCertificate:
		f.Items = nil
		f.addCertificates(data)
	}
}

func (f *File) addCertificates(data []byte) {
	for rest := data; len(rest) > 0; {
		at := int64(len(data) - len(rest))
		raw, after := firstElement(rest)
		if _, err := cert.Parse(raw); err != nil {
			f.Items = append(f.Items, Item{Kind: KindOther, Offset: at, Problem: ProblemContent})
			return
		}
		if len(f.Certificates) == MaxCertificates {
			f.Items = append(f.Items, Item{Kind: KindCertificate, Offset: at, Problem: ProblemTooMany})
			return
		}
		f.Certificates = append(f.Certificates, bytes.Clone(raw))
		f.Items = append(f.Items, Item{Kind: KindCertificate, Offset: at})
		rest = after
	}
}
