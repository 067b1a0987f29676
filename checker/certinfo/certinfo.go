// Package certinfo explains one certificate to people: what it is there for,
// how long it is valid, what it may be used for, and what is odd about it. It
// judges nothing. A certificate that cannot be read is shown as far as it can.
package certinfo

import (
	"crypto/sha1" // a fingerprint that other programs show
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"fmt"
	"net"
	"strings"
	"time"
	"unicode"

	"hookcheck/checker/cert"
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

// Line is one thing about a certificate.
type Line struct {
	Label string
	Value string
}

// Explain says what a presented certificate is, at a moment.
func Explain(l lang.Lang, p facts.Presented, now time.Time) []Line {
	e := explainer{l: l, now: now}
	e.add(label.role, roles[p.Role].In(l))
	c := p.Cert
	if p.Lost {
		e.add(label.damage, lang.Text{EN: "it is damaged in the file; the findings say where", RU: "в файле он повреждён; где — сказано в находках"}.In(l))
		return e.lines
	}
	if c == nil {
		e.add(label.damage, p.Err)
		if read, err := cert.Parse(p.DER); err == nil {
			c = read // whole, with something behind it
		}
	}
	if c == nil {
		e.outline(p.DER)
		return e.lines
	}
	e.validity(c)
	e.identity(c)
	e.use(c)
	e.identifiers(c)
	e.oddities(c)
	return e.lines
}

type explainer struct {
	l     lang.Lang
	now   time.Time
	lines []Line
}

// maxValue bounds one value, in runes: it may be a stranger's.
const maxValue = 600

func (e *explainer) add(name lang.Text, value string) {
	if value == "" {
		return
	}
	value = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return unicode.ReplacementChar
		}
		return r
	}, value)
	if r := []rune(value); len(r) > maxValue {
		value = string(r[:maxValue-1]) + "…"
	}
	e.lines = append(e.lines, Line{Label: name.In(e.l), Value: value})
}

func (e *explainer) identity(c *cert.Cert) {
	key := keyText(&c.Key)
	if c.Key.SecurityBits > 0 {
		bits := lang.Text{EN: "bits of security", RU: lang.Plural(lang.RU, c.Key.SecurityBits, "бит", "бита", "бит") + " стойкости"}.In(e.l)
		key += fmt.Sprintf(" (%d %s)", c.Key.SecurityBits, bits)
	}
	e.add(label.key, key)
	e.add(label.signature, c.Signature.Name)
	e.add(label.names, e.names(c))
	if !c.IsCA() && !c.SelfSigned() {
		e.add(label.policy, e.policy(c))
		e.add(label.scts, fmt.Sprint(c.SCTs))
	}
}

// maxNames bounds what is listed of one certificate.
const maxNames = 20

// names are those that clients compare: the common name counts where there is
// no other.
func (e *explainer) names(c *cert.Cert) string {
	var all []string
	if c.SAN != nil {
		all = append(all, c.SAN.DNS...)
		for _, ip := range c.SAN.IP {
			all = append(all, net.IP(ip).String())
		}
	}
	more := ""
	if len(all) > maxNames {
		more = fmt.Sprintf(lang.Text{EN: " and %d more", RU: " и ещё %d"}.In(e.l), len(all)-maxNames)
		all = all[:maxNames]
	}
	if len(all) == 0 && !c.IsCA() && len(c.Subject.CommonNames) > 0 {
		return strings.Join(c.Subject.CommonNames, ", ") + lang.Text{EN: " (common name alone, no SAN)", RU: " (только common name, SAN нет)"}.In(e.l)
	}
	return strings.Join(all, ", ") + more
}

// policy names the kind of validation by the identifiers that the CA/Browser
// Forum reserves for them.
func (e *explainer) policy(c *cert.Cert) string {
	for _, oid := range c.Policies {
		if t, ok := validated[oid]; ok {
			return t.In(e.l)
		}
	}
	return strings.Join(c.Policies, ", ")
}

func (e *explainer) identifiers(c *cert.Cert) {
	e.add(label.subjectKey, colons(c.SubjectKeyID))
	if c.AuthorityKeyID != nil {
		e.add(label.authorityKey, colons(c.AuthorityKeyID.KeyID))
	}
	e.add(label.issuerAt, strings.Join(c.IssuerURLs, " "))
	e.add(label.ocsp, strings.Join(c.OCSPURLs, " "))
	if c.Serial != nil {
		serial := colons(c.Serial.Bytes())
		if c.Serial.Sign() < 0 {
			serial = "-" + serial
		}
		if c.Serial.Sign() == 0 {
			serial = "0"
		}
		e.add(label.serial, serial)
	}
	e.fingerprints(c.Raw)
}

func (e *explainer) fingerprints(der []byte) {
	long, short := sha256.Sum256(der), sha1.Sum(der)
	e.add(lang.Both("SHA-256"), hex.EncodeToString(long[:]))
	e.add(lang.Both("SHA-1"), hex.EncodeToString(short[:]))
}

// oddities are what other programs may mind.
func (e *explainer) oddities(c *cert.Cert) {
	var odd []string
	say := func(en, ru string, args ...any) {
		odd = append(odd, fmt.Sprintf(lang.Text{EN: en, RU: ru}.In(e.l), args...))
	}
	if c.Version != 3 {
		say("version %d, not 3", "версия %d, а не 3", c.Version)
	}
	if len(c.BrokenExtensions) > 0 {
		say("extensions that cannot be read: %s", "нечитаемые расширения: %s", strings.Join(c.BrokenExtensions, ", "))
	}
	if len(c.CriticalUnknown) > 0 {
		say("critical extensions that OpenSSL does not know: %s", "критические расширения, неизвестные OpenSSL: %s", strings.Join(c.CriticalUnknown, ", "))
	}
	if c.DuplicateExtension {
		say("an extension stands there twice", "одно из расширений повторяется")
	}
	if c.Key.Err != nil {
		say("the key cannot be read: %v", "ключ не читается: %v", c.Key.Err)
	}
	if c.Signature.TBSMismatch {
		say("it names one signature algorithm inside and another outside", "алгоритмы подписи внутри и снаружи названы разные")
	}
	if c.Trailing > 0 {
		say("bytes behind it: %d", "лишних байт после него: %d", c.Trailing)
	}
	if _, err := x509.ParseCertificate(c.Raw); err != nil {
		say("Go's crypto/x509 refuses it: %s", "crypto/x509 из Go его не принимает: %s", strings.TrimPrefix(err.Error(), "x509: "))
	}
	e.add(label.odd, strings.Join(odd, "; "))
}

func keyText(k *cert.Key) string {
	switch {
	case k.Curve != "":
		return k.Algorithm + " " + k.Curve
	case k.Bits > 0 && k.Algorithm != "Ed25519" && k.Algorithm != "Ed448":
		return fmt.Sprintf("%s %d", k.Algorithm, k.Bits)
	}
	return k.Algorithm
}

func colons(b []byte) string {
	return strings.ToUpper(strings.ReplaceAll(fmt.Sprintf("% x", b), " ", ":"))
}
