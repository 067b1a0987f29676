package cert

import (
	"bytes"
	"encoding/hex"
	"math/big"
	"strings"
	"testing"
)

func fromHex(t *testing.T, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestReadElement(t *testing.T) {
	tests := []struct {
		in, body, rest string
		bad            bool
	}{
		{in: "0403 010203 ff", body: "010203", rest: "ff"},
		{in: "048103 010203", body: "010203"},        // longer than need be
		{in: "04840000 0003 010203", body: "010203"}, // leading zeros
		{in: "3080 0401ff 0000 05", body: "0401ff", rest: "05"},
		{in: "3080 3080 0401ff 0000 0000", body: "3080 0401ff 0000"},
		{in: "3080 0401ff 00", bad: true},
		{in: "0480 0000", bad: true}, // indefinite and primitive
		{in: "0405 0102", bad: true},
		{in: "04", bad: true},
		{in: "", bad: true},
		{in: "1f8101 01ff", body: "ff"}, // a tag above 30
		{in: "1fffffffffffff 00", bad: true},
		{in: "0485ffffffffff", bad: true},
	}
	for _, tt := range tests {
		e, rest, err := readElement(fromHex(t, tt.in))
		if tt.bad {
			if err == nil {
				t.Errorf("%s is taken", tt.in)
			}
			continue
		}
		if err != nil || !bytes.Equal(e.body, fromHex(t, tt.body)) || !bytes.Equal(rest, fromHex(t, tt.rest)) {
			t.Errorf("%s: body %x, rest %x, %v", tt.in, e.body, rest, err)
		}
	}
}

func TestStringsInPieces(t *testing.T) {
	for in, want := range map[string]string{
		"2406 040101 040102":                 "0102",
		"2480 040101 2403 040102 0000":       "0102",
		"2402 8401":                          "bad", // too short
		"2403 840101":                        "01",  // OpenSSL looks at no tag
		"240a 2408 2406 2404 2402 2400":      "",    // five levels below the first
		"240c 240a 2408 2406 2404 2402 2400": "bad",
	} {
		e, _, err := readElement(fromHex(t, in))
		var got []byte
		if err == nil {
			got, err = e.octets()
		}
		if want == "bad" {
			if err == nil {
				t.Errorf("%s is taken", in)
			}
			continue
		}
		if err != nil || !bytes.Equal(got, fromHex(t, want)) {
			t.Errorf("%s: %x, %v", in, got, err)
		}
	}
}

func TestIntegers(t *testing.T) {
	for in, want := range map[string]string{
		"00": "0", "7f": "127", "80": "-128", "ff": "-1", "0080": "128", "ff7f": "-129",
		"0001": "bad", "ff80": "bad", "": "bad",
	} {
		n, err := element{body: fromHex(t, in)}.integer()
		if want == "bad" {
			if err == nil {
				t.Errorf("%s is taken", in)
			}
			continue
		}
		if err != nil || n.String() != want {
			t.Errorf("%s: %v, %v", in, n, err)
		}
	}
}

func TestObjectIdentifiers(t *testing.T) {
	for in, want := range map[string]string{
		"550403": "2.5.4.3", "2a864886f70d010101": "1.2.840.113549.1.1.1", "00": "0.0", "78": "2.40",
		"8837": "2.999", "80": "bad", "8001": "bad", "5580": "bad", "": "bad",
		strings.Repeat("81", 9) + "01": "2." + new(big.Int).Sub(sevens(10), big.NewInt(80)).String(),
	} {
		got, err := element{body: fromHex(t, in)}.oid()
		if want == "bad" {
			if err == nil {
				t.Errorf("%s is taken", in)
			}
			continue
		}
		if err != nil || got != want {
			t.Errorf("%s: %s, %v; want %s", in, got, err, want)
		}
	}
	if got, err := (element{body: bytes.Repeat([]byte{1}, 100)}).oid(); err != nil || !strings.HasPrefix(got, "hex:") {
		t.Errorf("a long one: %s, %v", got, err)
	}
}

// sevens is n times seven bits of the value 1.
func sevens(n int) *big.Int {
	out := new(big.Int)
	for range n {
		out.Lsh(out, 7).Or(out, big.NewInt(1))
	}
	return out
}
