package cert

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fixtures gives every certificate of testdata/certs in DER.
func fixtures(t testing.TB) [][]byte {
	t.Helper()
	files, err := filepath.Glob("../../testdata/certs/*/*.pem")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	var out [][]byte
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for {
			var block *pem.Block
			if block, data = pem.Decode(data); block == nil {
				break
			}
			if block.Type == "CERTIFICATE" {
				out = append(out, block.Bytes)
			}
		}
	}
	if len(out) < 20 {
		t.Fatalf("%d certificates in the fixtures", len(out))
	}
	return out
}

// Where crypto/x509 reads a certificate too, both say the same.
func TestAgreesWithCryptoX509(t *testing.T) {
	for _, der := range fixtures(t) {
		std, err := x509.ParseCertificate(der)
		if err != nil {
			continue
		}
		c, err := Parse(der)
		if err != nil {
			t.Errorf("%s: %v", std.Subject, err)
			continue
		}
		name := std.Subject.String()
		same := c.Serial.Cmp(std.SerialNumber) == 0 && c.Version == std.Version &&
			c.NotBefore.Equal(std.NotBefore) && c.NotAfter.Equal(std.NotAfter) &&
			!c.BadNotBefore && !c.BadNotAfter && c.Trailing == 0 &&
			string(c.RawTBS) == string(std.RawTBSCertificate) &&
			string(c.Key.RawSPKI) == string(std.RawSubjectPublicKeyInfo) &&
			string(c.Subject.Raw) == string(std.RawSubject) && string(c.Issuer.Raw) == string(std.RawIssuer) &&
			string(c.SubjectKeyID) == string(std.SubjectKeyId) && string(c.Signature.Bits) == string(std.Signature)
		if !same {
			t.Errorf("%s: read otherwise than crypto/x509 does", name)
		}
		if c.SAN != nil && strings.Join(c.SAN.DNS, " ") != strings.Join(std.DNSNames, " ") {
			t.Errorf("%s: names %q, want %q", name, c.SAN.DNS, std.DNSNames)
		}
		if ca := c.CA() == RealCA; ca != (std.IsCA && std.BasicConstraintsValid && (std.KeyUsage == 0 || std.KeyUsage&x509.KeyUsageCertSign != 0)) {
			t.Errorf("%s: CA %v", name, ca)
		}
		if equal, ok := std.PublicKey.(interface{ Equal(any) bool }); ok && !equal.Equal(c.Key.Public) {
			t.Errorf("%s: another key", name)
		}
		if got := strings.Join(c.IssuerURLs, " "); got != strings.Join(std.IssuingCertificateURL, " ") {
			t.Errorf("%s: issuer URLs %q", name, got)
		}
	}
}

func TestTruncatedCertificatesAreRefused(t *testing.T) {
	der := fixtures(t)[0]
	for n := range der {
		if _, err := Parse(der[:n]); err == nil {
			t.Fatalf("%d of %d bytes are taken for a certificate", n, len(der))
		}
	}
	c, err := Parse(append(append([]byte{}, der...), 1, 2, 3))
	if err != nil || c.Trailing != 3 || string(c.Raw) != string(der) {
		t.Errorf("with three bytes behind: %v, trailing %d", err, c.Trailing)
	}
}

func TestErrorsSayWhere(t *testing.T) {
	der := fixtures(t)[0]
	c, err := Parse(der)
	if err != nil {
		t.Fatal(err)
	}
	at := strings.Index(string(der), string(c.Subject.Raw)+string(c.Key.RawSPKI))
	broken := append([]byte{}, der...)
	broken[at] = 0x04
	if _, err := Parse(broken); err == nil || !strings.Contains(err.Error(), "subject") {
		t.Errorf("got %v", err)
	}
	if _, err := Parse(make([]byte, MaxSize+1)); err == nil || !strings.Contains(err.Error(), "at most") {
		t.Errorf("got %v", err)
	}
}

func TestPEM(t *testing.T) {
	der := fixtures(t)[0]
	c, err := Parse(der)
	if err != nil {
		t.Fatal(err)
	}
	file := "text\n" + c.PEM() + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n" + c.PEM() + c.PEM()
	got, err := ParsePEM([]byte(file), 2)
	if err != nil || len(got) != 2 || string(got[1].Raw) != string(der) {
		t.Errorf("%d certificates, %v", len(got), err)
	}
	if _, err := ParsePEM([]byte("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n"), 9); err == nil {
		t.Error("an empty sequence is no certificate")
	}
}

func TestTimes(t *testing.T) {
	tests := []struct {
		tag    int
		text   string
		want   string // "" where it is none
		strict bool
	}{
		{tagUTCTime, "260501120000Z", "2026-05-01 12:00:00", true},
		{tagUTCTime, "500501120000Z", "1950-05-01 12:00:00", true},
		{tagUTCTime, "490501120000Z", "2049-05-01 12:00:00", true},
		{tagUTCTime, "2605011200Z", "2026-05-01 12:00:00", false},
		{tagUTCTime, "260501120000+0130", "2026-05-01 10:30:00", false},
		{tagUTCTime, "260501120000-0130", "2026-05-01 13:30:00", false},
		{tagUTCTime, "260501120000", "", false},
		{tagUTCTime, "260230120000Z", "", false},
		{tagUTCTime, "260501240000Z", "", false},
		{tagUTCTime, "", "", false},
		{tagGeneralizedTime, "20260501120000Z", "2026-05-01 12:00:00", true},
		{tagGeneralizedTime, "20260501120000.25Z", "2026-05-01 12:00:00", false},
		{tagGeneralizedTime, "20260501120000.Z", "", false},
		{tagGeneralizedTime, "99991231235959Z", "9999-12-31 23:59:59", true},
	}
	for _, tt := range tests {
		got, strict, err := parseTime(element{tag: tt.tag, body: []byte(tt.text)})
		text := got.Format("2006-01-02 15:04:05")
		if got.IsZero() {
			text = ""
		}
		if err != nil || text != tt.want || strict != tt.strict {
			t.Errorf("%q: %q, strict %v, %v", tt.text, text, strict, err)
		}
	}
	if _, _, err := parseTime(element{tag: tagOctetString}); !errors.Is(err, errTag) {
		t.Errorf("an octet string: %v", err)
	}
}

func BenchmarkParse(b *testing.B) {
	der := fixtures(b)[0]
	for b.Loop() {
		if _, err := Parse(der); err != nil {
			b.Fatal(err)
		}
	}
}

// FuzzParse: no input brings it down, and what is read once is read the same
// again.
func FuzzParse(f *testing.F) {
	for _, der := range fixtures(f)[:20] {
		f.Add(der)
	}
	f.Fuzz(func(t *testing.T, der []byte) {
		c, err := Parse(der)
		if err != nil {
			return
		}
		again, err := Parse(c.Raw)
		if err != nil || again.SHA256 != c.SHA256 || again.Trailing != 0 {
			t.Errorf("a second time: %v", err)
		}
		_, _, _ = c.IsCA(), c.SelfSigned(), c.PEM()
		if len(c.Subject.Text) > maxNameText+8 {
			t.Errorf("a name of %d bytes", len(c.Subject.Text))
		}
	})
}
