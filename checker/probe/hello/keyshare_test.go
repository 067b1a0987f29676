package hello

import (
	"bytes"
	"testing"
)

// TestFFDHEPrimes: safe primes of the size that they are named after.
func TestFFDHEPrimes(t *testing.T) {
	for _, id := range ffdheGroups[:2] { // the larger take seconds; the handshakes with openssl cover them
		bits, x := ffdheParameters(id)
		p := ffdhePrime(bits, x)
		if p.BitLen() != int(bits) || !p.ProbablyPrime(1) {
			t.Errorf("%s is no prime of %d bits", groupName(id), bits)
		}
		if half := p.Rsh(p, 1); !half.ProbablyPrime(1) {
			t.Errorf("%s is no safe prime", groupName(id))
		}
	}
}

// TestSharesAgree: two ends of each group come to the same secret, and refuse
// what is no public value.
func TestSharesAgree(t *testing.T) {
	for _, id := range append(append([]uint16(nil), ecGroups...), ffdheGroups[0]) {
		a, err := newKeyShare(id)
		if err != nil {
			t.Fatal(err)
		}
		b, err := newKeyShare(id)
		if err != nil {
			t.Fatal(err)
		}
		one, err := a.shared(b.public())
		if err != nil {
			t.Fatal(groupName(id), err)
		}
		two, err := b.shared(a.public())
		if err != nil || !bytes.Equal(one, two) {
			t.Errorf("%s: the ends disagree (%v)", groupName(id), err)
		}
		for _, bad := range [][]byte{nil, {1}, make([]byte, len(b.public()))} {
			if _, err := a.shared(bad); err == nil {
				t.Errorf("%s takes %d zero bytes", groupName(id), len(bad))
			}
		}
	}
	if _, err := newKeyShare(0x16); err == nil {
		t.Error("a share of secp256k1 was made")
	}
}
