package probe

import (
	"bytes"
	"encoding/asn1"
	"encoding/pem"

	"github.com/smallstep/pkcs7"
)

// maxIssuers bounds what one download may hold.
const maxIssuers = 10

// issuers finds certificates in a download: DER, PEM, or PKCS #7 in either
// (RFC 5280, 4.2.2.1). Nothing is trusted for having been fetched.
func issuers(body []byte) [][]byte {
	if !bytes.Contains(body, []byte("-----BEGIN ")) {
		return fromDER(body)
	}
	var out [][]byte
	for len(out) < maxIssuers {
		var block *pem.Block
		if block, body = pem.Decode(body); block == nil {
			break
		}
		switch block.Type {
		case "CERTIFICATE", "X509 CERTIFICATE", "PKCS7", "CMS":
			out = append(out, fromDER(block.Bytes)...)
		}
	}
	return out[:min(len(out), maxIssuers)]
}

// fromDER tells a certificate from PKCS #7 by its first element: a sequence in
// the one, an object identifier in the other.
func fromDER(der []byte) [][]byte {
	var outer, first asn1.RawValue
	rest, err := asn1.Unmarshal(der, &outer)
	if err != nil || len(rest) > 0 || outer.Tag != asn1.TagSequence {
		return nil
	}
	if _, err := asn1.Unmarshal(outer.Bytes, &first); err != nil {
		return nil
	}
	switch first.Tag {
	case asn1.TagSequence:
		return [][]byte{outer.FullBytes}
	case asn1.TagOID:
		return fromPKCS7(der)
	}
	return nil
}

// fromPKCS7 recovers, because the library was not written for strangers' input.
func fromPKCS7(der []byte) (out [][]byte) {
	defer func() {
		if recover() != nil {
			out = nil
		}
	}()
	p7, err := pkcs7.Parse(der)
	if err != nil {
		return nil
	}
	for _, c := range p7.Certificates[:min(len(p7.Certificates), maxIssuers)] {
		out = append(out, c.Raw)
	}
	return out
}
