package certinfo

import (
	"crypto/elliptic"
	"crypto/x509"
	"math/big"
	"strings"
	"testing"
	"time"
	"unicode"

	"hookcheck/checker/cert"
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
	"hookcheck/internal/testpki"
)

// text joins the lines, as "label: value".
func text(l lang.Lang, der []byte, role facts.Role, now time.Time) string {
	p := facts.Presented{DER: der, Role: role}
	if c, err := cert.Parse(der); err != nil {
		p.Err = err.Error()
	} else if c.Trailing > 0 {
		p.Err = "bytes follow the certificate"
	} else {
		p.Cert = c
	}
	var b strings.Builder
	for _, line := range Explain(l, p, now) {
		b.WriteString(line.Label + ": " + line.Value + "\n")
	}
	return b.String()
}

func wants(t *testing.T, got string, want ...string) {
	t.Helper()
	for _, w := range want {
		if !strings.Contains(got, w) {
			t.Errorf("does not say %q:\n%s", w, got)
		}
	}
}

func TestLeaf(t *testing.T) {
	dv, err := x509.OIDFromInts([]uint64{2, 23, 140, 1, 2, 1})
	if err != nil {
		t.Fatal(err)
	}
	leaf := testpki.PublicCA().LeafWith([]string{testpki.Host}, testpki.AIA("http://ca.example.net/1.der"),
		testpki.Valid(testpki.Epoch.AddDate(0, -1, 0), testpki.Epoch.AddDate(0, 0, 9)),
		testpki.Edit(func(c *x509.Certificate) { c.Policies = []x509.OID{dv} }))
	wants(t, text(lang.EN, leaf.DER, facts.RoleLeaf, testpki.Epoch),
		"role: the server's own certificate", "validity: expires in 9 days, on 2026-06-10 at 12:00 UTC; valid since 2026-05-01",
		"key: EC P-256 (128 bits of security)", "signature: ECDSA-SHA256", "names: "+testpki.Host, "policy: DV", "embedded SCTs: 0",
		"key usage: digitalSignature", "used for: TLS servers", "issuer's key identifier: ", "issuer's certificate: http://ca.example.net/1.der",
		"serial number: ", "SHA-256: ", "SHA-1: ")
	wants(t, text(lang.RU, leaf.DER, facts.RoleLeaf, testpki.Epoch),
		"роль: сертификат самого сервера", "истекает через 9 дней, 2026-06-10 в 12:00 UTC", "применение: серверы TLS")
	wants(t, text(lang.EN, leaf.DER, facts.RoleLeaf, testpki.Epoch.AddDate(0, 0, 10)), "expired 24 hours ago, on 2026-06-10")
	wants(t, text(lang.EN, leaf.DER, facts.RoleLeaf, testpki.Epoch.AddDate(0, -2, 0)), "not valid yet: begins in 30 days")
}

func TestCA(t *testing.T) {
	ca := testpki.PublicRoot().Intermediate("Limited", testpki.Edit(func(c *x509.Certificate) { c.MaxPathLen = 1 }))
	got := text(lang.EN, ca.DER, facts.RoleIntermediate, testpki.Epoch)
	wants(t, got, "intermediate: leads", "CA: may sign certificates, with at most 1 more CA on the way", "keyCertSign, cRLSign", "\nkey identifier: ")
	if strings.Contains(got, "SCTs") || strings.Contains(got, "odd:") {
		t.Errorf("says too much:\n%s", got)
	}
	last := testpki.PublicRoot().Intermediate("Last", testpki.WithKey(testpki.CurveKey(elliptic.P384(), "last")),
		testpki.Edit(func(c *x509.Certificate) { c.MaxPathLen, c.MaxPathLenZero = 0, true }))
	wants(t, text(lang.EN, last.DER, facts.RoleIntermediate, testpki.Epoch), "CA: may sign certificates, but not those of other CAs")
	wants(t, text(lang.RU, last.DER, facts.RoleIntermediate, testpki.Epoch), "может подписывать сертификаты, но не других УЦ", "(192 бита стойкости)")
}

// TestDamaged: what is left of a certificate is shown, with the reason.
func TestDamaged(t *testing.T) {
	leaf := testpki.PublicCA().Leaf(testpki.Host).DER
	wants(t, text(lang.EN, leaf[:len(leaf)*2/3], facts.RoleLeaf, testpki.Epoch),
		"cannot be read: reading a certificate", "issuer: CN=Hookcheck Public CA 1", "validity: 2026-05-01T12:00:00Z … ", "subject: CN="+testpki.Host, "SHA-256: ")
	wants(t, text(lang.EN, append(leaf[:len(leaf):len(leaf)], 0, 0), facts.RoleLeaf, testpki.Epoch),
		"bytes follow the certificate", "names: "+testpki.Host, "odd: bytes behind it: 2")
	for _, junk := range [][]byte{nil, {0x30}, {0x30, 0x84, 1}, []byte("<html>"), {0x30, 0x80, 0x30, 0x80, 2, 1, 5}} {
		wants(t, text(lang.EN, junk, facts.RoleLeaf, testpki.Epoch), "cannot be read: ", "size: ")
	}
}

// TestRefusedElsewhere: what OpenSSL takes and another library does not.
func TestRefusedElsewhere(t *testing.T) {
	leaf := testpki.PublicCA().LeafWith([]string{testpki.Host}, testpki.Edit(func(c *x509.Certificate) { c.SerialNumber = big.NewInt(0x1122) }))
	at := strings.Index(string(leaf.DER), "\x02\x02\x11\x22")
	if at < 0 {
		t.Fatal("no serial number")
	}
	der := []byte(string(leaf.DER))
	der[at+2] = 0x91 // negative now
	wants(t, text(lang.EN, der, facts.RoleLeaf, testpki.Epoch), "serial number: -6E:DE", "odd: Go's crypto/x509 refuses it: negative serial number")
}

// TestHostileValues: a subject may hold anything.
func TestHostileValues(t *testing.T) {
	leaf := testpki.PublicCA().LeafWith([]string{strings.Repeat("a", 5000) + ".example.org"}, testpki.Edit(func(c *x509.Certificate) {
		c.DNSNames = append(c.DNSNames, "x\x1b[31m.example.org")
	}))
	for _, line := range Explain(lang.EN, facts.Presented{DER: leaf.DER, Cert: mustParse(t, leaf.DER), Role: facts.RoleLeaf}, testpki.Epoch) {
		if n := len([]rune(line.Value)); n > maxValue || strings.ContainsFunc(line.Value, func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("%s: %d characters", line.Label, n)
		}
	}
}

func mustParse(t *testing.T, der []byte) *cert.Cert {
	t.Helper()
	c, err := cert.Parse(der)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func FuzzExplain(f *testing.F) {
	leaf := testpki.PublicCA().Leaf(testpki.Host).DER
	f.Add(leaf)
	f.Add(leaf[:200])
	f.Fuzz(func(t *testing.T, der []byte) {
		p := facts.Presented{DER: der, Role: facts.RoleLeaf, Err: "x"}
		if Explain(lang.RU, p, testpki.Epoch) == nil {
			t.Error("says nothing")
		}
	})
}
