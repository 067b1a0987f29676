package cert

import (
	"bytes"
	"testing"
)

// nameOf builds a Name of one-valued RDNs: identifier, tag and value by turns.
func nameOf(t *testing.T, parts ...any) Name {
	t.Helper()
	var body []byte
	for i := 0; i < len(parts); i += 3 {
		value := derTLV(byte(parts[i+1].(int)), []byte(parts[i+2].(string)))
		entry := derTLV(0x30, append(derTLV(tagOID, []byte(parts[i].(string))), value...))
		body = append(body, derTLV(0x31, entry)...)
	}
	r := reader{derTLV(0x30, body)}
	n, err := r.name()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

const (
	cn  = "\x55\x04\x03"
	org = "\x55\x04\x0a"
)

func TestCanonicalNames(t *testing.T) {
	base := nameOf(t, org, tagUTF8String, "Let's Encrypt", cn, tagUTF8String, "R11")
	same := []Name{
		nameOf(t, org, tagPrintableString, "let's  ENCRYPT", cn, tagPrintableString, " r11 "),
		nameOf(t, org, tagT61String, "\tLet's\n Encrypt", cn, tagIA5String, "R11"),
		nameOf(t, org, tagUTF8String, "Let's Encrypt", cn, tagBMPString, "\x00R\x001\x001"),
		nameOf(t, org, tagUTF8String, "Let's Encrypt", cn, tagUniversalString, "\x00\x00\x00R\x00\x00\x001\x00\x00\x001"),
	}
	for i, n := range same {
		if !bytes.Equal(n.Canonical, base.Canonical) {
			t.Errorf("%d: %q differs from %q", i, n.Text, base.Text)
		}
	}
	for i, n := range []Name{
		nameOf(t, cn, tagUTF8String, "R11", org, tagUTF8String, "Let's Encrypt"),
		nameOf(t, org, tagUTF8String, "Let's Encrypt"),
		nameOf(t, org, tagUTF8String, "LetsEncrypt", cn, tagUTF8String, "R11"),
		nameOf(t, org, tagUTF8String, "Let's Encrypt", cn, tagNumericString, "R11"),
		nameOf(t),
	} {
		if bytes.Equal(n.Canonical, base.Canonical) {
			t.Errorf("%d: %q is taken for %q", i, n.Text, base.Text)
		}
	}
	if umlaut := nameOf(t, cn, tagUTF8String, "Ä"); bytes.Equal(umlaut.Canonical, nameOf(t, cn, tagUTF8String, "ä").Canonical) {
		t.Error("case is folded beyond ASCII")
	}
	if latin := nameOf(t, cn, tagT61String, "\xc4"); !bytes.Equal(latin.Canonical, nameOf(t, cn, tagUTF8String, "Ä").Canonical) {
		t.Error("T61String is not read as Latin-1")
	}
}

func TestNameText(t *testing.T) {
	n := nameOf(t, "\x55\x04\x06", tagPrintableString, "US", org, tagUTF8String, "Let's Encrypt, Inc", cn, tagUTF8String, "a\x01b\"c")
	if want := `C = US, O = "Let's Encrypt, Inc", CN = a\01b\"c`; n.Text != want {
		t.Errorf("got %s, want %s", n.Text, want)
	}
	if len(n.CommonNames) != 1 || n.CommonNames[0] != "a\x01b\"c" || len(n.Org) != 1 {
		t.Errorf("CN %q, O %q", n.CommonNames, n.Org)
	}
	long := nameOf(t, cn, tagUTF8String, string(bytes.Repeat([]byte("я"), 100000)))
	if len(long.Text) > maxNameText+8 {
		t.Errorf("text of %d bytes", len(long.Text))
	}
}

func TestNamesThatOpenSSLRefuses(t *testing.T) {
	for what, value := range map[string][]byte{
		"bad UTF-8":          derTLV(tagUTF8String, []byte{0xff}),
		"lone surrogate":     derTLV(tagBMPString, []byte{0xd8, 0}),
		"odd BMPString":      derTLV(tagBMPString, []byte{1}),
		"VisibleString":      derTLV(tagVisibleString, []byte("a")),
		"OCTET STRING":       derTLV(tagOctetString, []byte("a")),
		"two values":         append(derTLV(tagUTF8String, nil), derTLV(tagUTF8String, nil)...),
		"context tag":        derTLV(0x80, []byte("a")),
		"primitive SEQUENCE": derTLV(tagSequence, []byte("a")),
		"no value":           nil,
	} {
		entry := derTLV(0x30, append(derTLV(tagOID, []byte(cn)), value...))
		r := reader{derTLV(0x30, derTLV(0x31, entry))}
		if _, err := r.name(); err == nil {
			t.Errorf("%s is taken", what)
		}
	}
}
