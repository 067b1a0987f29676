package d2i_test

import (
	"strings"
	"testing"

	"hookcheck/checker/cert"
	"hookcheck/checker/d2i"
	"hookcheck/internal/testpki"
)

func TestCertificate(t *testing.T) {
	whole := testpki.PublicCA().Leaf(testpki.Host).DER
	for _, tc := range []struct {
		name string
		der  []byte
		want string // the reasons, without codes, oldest first
	}{
		{"sound", whole, ""},
		{"bytes behind it", append(append([]byte{}, whole...), 1, 2), ""},
		{"nothing", nil, "too small"},
		{"one byte", []byte{0x30}, "header too long, bad object header, nested asn1 error"},
		{"empty sequence", []byte{0x30, 0}, "field missing"},
		{"text", []byte("hello world"), "too long, bad object header, nested asn1 error"},
		{"another tag", append([]byte{0x31}, whole[1:]...), "wrong tag, nested asn1 error"},
		{"cut off", whole[:len(whole)-1], "too long, bad object header, nested asn1 error"},
		{"no length", whole[:4], "header too long, bad object header, nested asn1 error"},
	} {
		if got := reasons(d2i.Certificate(tc.der)); got != tc.want {
			t.Errorf("%s: %q, want %q", tc.name, got, tc.want)
		}
	}
	if errors, rest := d2i.CertificateRest(append(append([]byte{}, whole...), 1, 2)); errors != "" || len(rest) != 2 {
		t.Errorf("%q and %d bytes", errors, len(rest))
	}
}

func reasons(queue string) string {
	var out []string
	for part := range strings.SplitSeq(strings.Trim(queue, "{}"), "}{") {
		out = append(out, part[strings.LastIndex(part, ":")+1:])
	}
	return strings.Join(out, ", ")
}

func TestTrustedCertificate(t *testing.T) {
	whole := testpki.PublicCA().Leaf(testpki.Host).DER
	behind := func(b ...byte) []byte { return append(append([]byte{}, whole...), b...) }
	if got := d2i.TrustedCertificate(behind(0x30, 0)); got != "" {
		t.Error(got)
	}
	if got, want := reasons(d2i.TrustedCertificate(behind(5, 0))), "wrong tag, nested asn1 error"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// FuzzCertificate: it never panics, and finds fault with what package cert
// finds fault with.
func FuzzCertificate(f *testing.F) {
	for _, der := range sound() {
		f.Add(der)
		f.Add(der[:len(der)/2])
	}
	f.Fuzz(func(t *testing.T, der []byte) {
		d2i.TrustedCertificate(der)
		d2i.RevocationList(der)
		if len(der) > 1<<14 {
			return
		}
		_, err := cert.Parse(der)
		if got := d2i.Certificate(der); (got != "") != (err != nil) {
			t.Errorf("%q, but cert.Parse says %v", got, err)
		}
	})
}
