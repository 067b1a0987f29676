package certinfo

import (
	"crypto/x509/pkix"
	stdasn1 "encoding/asn1"
	"fmt"
	"math/big"
	"time"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"hookcheck/internal/lang"
)

// outline shows what stands at the beginning of a damaged or truncated
// certificate, field by field until one cannot be read.
func (e *explainer) outline(der []byte) {
	e.add(label.size, fmt.Sprintf(lang.Text{EN: "%d bytes", RU: "байт: %d"}.In(e.l), len(der)))
	defer e.fingerprints(der)
	body, ok := inside(inside1(der))
	if !ok {
		return
	}
	version := asn1.Tag(0).Constructed().ContextSpecific()
	serial := new(big.Int)
	var algorithm cryptobyte.String
	if !body.SkipOptionalASN1(version) || !body.ReadASN1Integer(serial) {
		return
	}
	e.add(label.serial, colons(serial.Bytes()))
	if !body.ReadASN1(&algorithm, asn1.SEQUENCE) {
		return
	}
	issuer, ok := readName(&body)
	if !ok {
		return
	}
	e.add(label.issuer, issuer)
	var dates cryptobyte.String
	var from, to time.Time
	if !body.ReadASN1(&dates, asn1.SEQUENCE) {
		return
	}
	if readTime(&dates, &from) && readTime(&dates, &to) {
		e.add(label.validity, from.UTC().Format(time.RFC3339)+" … "+to.UTC().Format(time.RFC3339))
	}
	if subject, ok := readName(&body); ok {
		e.add(label.subject, subject)
	}
}

func inside1(der []byte) cryptobyte.String { s, _ := inside(der); return s }

// inside is the content of a sequence, as much as there is of it: a truncated
// certificate is shorter than it says.
func inside(s cryptobyte.String) (cryptobyte.String, bool) {
	var content cryptobyte.String
	if whole := s; whole.ReadASN1(&content, asn1.SEQUENCE) {
		return content, true
	}
	if len(s) < 2 || s[0] != 0x30 {
		return nil, false
	}
	header := 2
	if s[1]&0x80 != 0 {
		header += int(s[1] & 0x7f)
	}
	if header > 6 || header > len(s) {
		return nil, false
	}
	return s[header:], true
}

func readName(s *cryptobyte.String) (string, bool) {
	var element cryptobyte.String
	if !s.ReadASN1Element(&element, asn1.SEQUENCE) {
		return "", false
	}
	var rdns pkix.RDNSequence
	if rest, err := stdasn1.Unmarshal(element, &rdns); err != nil || len(rest) > 0 {
		return "", true // it stands there, in a form that cannot be shown
	}
	return rdns.String(), true
}

func readTime(s *cryptobyte.String, out *time.Time) bool {
	if s.PeekASN1Tag(asn1.UTCTime) {
		return s.ReadASN1UTCTime(out)
	}
	return s.ReadASN1GeneralizedTime(out)
}
