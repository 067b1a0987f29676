// Package d2i says what OpenSSL's decoder complains of in bytes that it cannot
// read as a certificate. Telegram's client prints the whole error queue, so
// that the text which a bot's owner reads depends on the field at which the
// decoder gives up. The rules are those of OpenSSL 3.0, crypto/asn1/tasn_dec.c.
package d2i

import "strings"

// Certificate is the error queue, oldest first and each error in braces as
// Telegram's client prints them, that d2i_X509 leaves behind; "" where it reads
// the bytes. What follows the certificate is not looked at.
func Certificate(der []byte) string { return decode(der, &certificateItem) }

// CertificateRest is Certificate, and what it leaves unread.
func CertificateRest(der []byte) (errors string, rest []byte) {
	d := decoder{}
	rest, _ = d.item(der, &certificateItem, untagged, 0)
	return d.queue.String(), rest
}

// TrustedCertificate is Certificate for d2i_X509_AUX, which reads OpenSSL's own
// additions behind the certificate.
func TrustedCertificate(der []byte) string {
	errors, rest := CertificateRest(der)
	if errors != "" || len(rest) == 0 {
		return errors
	}
	return decode(rest, &trustItem)
}

// RevocationList is Certificate for d2i_X509_CRL.
func RevocationList(der []byte) string { return decode(der, &revocationItem) }

func decode(der []byte, it *item) string {
	d := decoder{}
	d.item(der, it, untagged, 0)
	return d.queue.String()
}

// reason is an error of the library "asn1 encoding routines".
type reason struct {
	code string
	text string
}

var (
	nested             = reason{"0688010A", "nested asn1 error"}
	tooSmall           = reason{"068000E0", "too small"}
	tooLong            = reason{"0680009B", "too long"}
	badHeader          = reason{"06800066", "bad object header"}
	headerTooLong      = reason{"0680007B", "header too long"}
	wrongTag           = reason{"068000A8", "wrong tag"}
	notConstructed     = reason{"06800095", "sequence not constructed"}
	lengthMismatch     = reason{"06800094", "sequence length mismatch"}
	fieldMissing       = reason{"06800079", "field missing"}
	missingEOC         = reason{"06800089", "missing eoc"}
	unexpectedEOC      = reason{"0680009F", "unexpected eoc"}
	explicitPrimitive  = reason{"06800078", "explicit tag not constructed"}
	explicitLength     = reason{"06800077", "explicit length mismatch"}
	notUniversal       = reason{"0680008B", "mstring not universal"}
	mstringTag         = reason{"0680008C", "mstring wrong tag"}
	typeNotConstructed = reason{"0680009C", "type not constructed"}
	typeNotPrimitive   = reason{"068000C3", "type not primitive"}
	nestedString       = reason{"068000C5", "nested asn1 string"}
	nullLength         = reason{"06800090", "null is wrong length"}
	booleanLength      = reason{"0680006A", "boolean is wrong length"}
	stringTooShort     = reason{"06800098", "string too short"}
	bitsLeft           = reason{"068000DC", "invalid bit string bits left"}
	zeroContent        = reason{"068000DE", "illegal zero content"}
	illegalPadding     = reason{"068000DD", "illegal padding"}
	bmpLength          = reason{"068000D6", "bmpstring is wrong length"}
	universalLength    = reason{"068000D7", "universalstring is wrong length"}
	badObject          = reason{"068000D8", "invalid object encoding"}
	invalidUTF8        = reason{"06800086", "invalid utf8string"}
	illegalCharacters  = reason{"0680007C", "illegal characters"}
)

// decoder is one run. Its methods give the bytes that are left and how it went.
type decoder struct{ queue strings.Builder }

type outcome int

const (
	failed outcome = iota
	read
	absent // an optional field that is not there
)

func (d *decoder) fail(reasons ...reason) outcome {
	for _, r := range reasons {
		d.queue.WriteString("{error:" + r.code + ":asn1 encoding routines::" + r.text + "}")
	}
	return failed
}
