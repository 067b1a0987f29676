package certfile

import (
	"bytes"
	"testing"

	"hookcheck/checker/evidence"
)

// TestCauseIsTheRightOne: what is told of a file is what is wrong with it, and
// where.
func TestCauseIsTheRightOne(t *testing.T) {
	m := testMaterial(t)
	text := block64("CERTIFICATE", m.cert)
	at := bytes.Index([]byte(text), []byte("\n")) + 70
	big := append([]byte(text), bytes.Repeat([]byte("\n"), MaxSize-len(text)-100)...)
	for _, tt := range []struct {
		name    string
		data    []byte
		problem Problem
		line    int
	}{
		{"zero-width space", []byte(text[:at] + "\u200b" + text[at:]), ProblemInvisible, 3},
		{"bytes at the end of a line", []byte(text[:at] + text[at:] + "\u00a0\n"), "", 0},
		{"cut where the reading ends", append(big, text...), ProblemTooBig, 0},
		{"more than a certificate may hold", []byte(block64("CERTIFICATE", sequenceIn(make([]byte, 1<<20)))), ProblemTooBig, 0},
		{"request by another name", []byte(block64("CERTIFICATE", m.csr)), ProblemLabel, 0},
		{"revocation list by another name", []byte(block64("CERTIFICATE", m.crl)), ProblemLabel, 0},
		{"public key by another name", []byte(block64("CERTIFICATE", m.spki)), ProblemLabel, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := NewReader(Options{}).Read("x", tt.data)
			last := Item{}
			for _, i := range f.Items {
				if last = i; i.Problem != "" {
					break
				}
			}
			if last.Problem != tt.problem || last.BadLine != tt.line {
				t.Errorf("%+v, want %q in line %d", f.Items, tt.problem, tt.line)
			}
		})
	}
}

// TestLocalKeyIsNotCalledDamaged: what is not read here is told apart from what
// is broken.
func TestLocalKeyIsNotCalledDamaged(t *testing.T) {
	m := testMaterial(t)
	pkcs5 := []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05}
	oid := func(last byte) []byte { return encode(tagOID, append(bytes.Clone(pkcs5), last)) }
	scrypt := encode(tagOID, []byte{0x2b, 6, 1, 4, 1, 0xda, 0x47, 4, 11})
	number := func(n ...byte) []byte { return encode(tagInteger, n) }
	shroud := func(algorithm ...[]byte) []byte {
		return sequenceIn(sequenceIn(algorithm...), encode(tagOctetString, make([]byte, 160)))
	}
	salt := encode(tagOctetString, []byte("saltsalt"))
	cipher := sequenceIn(encode(tagOID, []byte{0x60, 0x86, 0x48, 1, 0x65, 3, 4, 1, 0x2a}), encode(tagOctetString, make([]byte, 16)))
	for _, tt := range []struct {
		name    string
		data    []byte
		outcome string
	}{
		{"scrypt", shroud(oid(13), sequenceIn(sequenceIn(scrypt, sequenceIn(salt, number(0x40, 0), number(8), number(1))), cipher)), evidence.KeyUnsupported},
		{"MD5 and DES", shroud(oid(3), sequenceIn(salt, number(8, 0))), evidence.KeyUnsupported},
		{"PBKDF2 of 16 million rounds", shroud(oid(13), sequenceIn(sequenceIn(oid(12), sequenceIn(salt, number(0x7f, 0, 0, 0))), cipher)), evidence.KeyCostly},
		{"PuTTY", []byte("PuTTY-User-Key-File-3: ssh-rsa\n"), evidence.KeyPutty},
		{"plain", m.pkcs8, evidence.KeyRead},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := ReadKey(bytes.Clone(tt.data), "sesame").Outcome; got != tt.outcome {
				t.Errorf("%s, want %s", got, tt.outcome)
			}
		})
	}
}
