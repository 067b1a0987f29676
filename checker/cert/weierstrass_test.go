package cert

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"math/big"
	"testing"
)

// TestPrimeCurves: the numbers are those of curves, the generator has the
// order that is given, and the arithmetic agrees with itself.
func TestPrimeCurves(t *testing.T) {
	if len(primeCurves()) < 15 {
		t.Fatal(len(primeCurves()), "curves")
	}
	for name, c := range primeCurves() {
		p := c.Params()
		if !c.IsOnCurve(p.Gx, p.Gy) || !p.P.ProbablyPrime(8) || !p.N.ProbablyPrime(8) {
			t.Errorf("%s: its numbers are not a curve's", name)
		}
		if x, y := c.ScalarBaseMult(p.N.Bytes()); x.Sign() != 0 || y.Sign() != 0 {
			t.Errorf("%s: the generator has another order", name)
		}
		x5, y5 := c.ScalarBaseMult([]byte{5})
		x2, y2 := c.Double(p.Gx, p.Gy)
		x4, y4 := c.Add(x2, y2, x2, y2)
		if x, y := c.Add(x4, y4, p.Gx, p.Gy); x.Cmp(x5) != 0 || y.Cmp(y5) != 0 {
			t.Errorf("%s: 4G + G is not 5G", name)
		}
		size := (p.BitSize + 7) / 8
		compressed := append([]byte{2 + byte(y5.Bit(0))}, x5.FillBytes(make([]byte, size))...)
		if x, y := point(c, compressed); x == nil || y.Cmp(y5) != 0 {
			t.Errorf("%s: a compressed point is not found again", name)
		}
	}
}

// TestPrimeCurveAgainstStandard: the arithmetic with P-256's numbers gives
// what the standard library gives.
func TestPrimeCurveAgainstStandard(t *testing.T) {
	std := elliptic.P256().Params()
	own := &primeCurve{params: *std, a: new(big.Int).Sub(std.P, big.NewInt(3))}
	for _, k := range [][]byte{{1}, {2}, {3}, {255, 254, 253}, new(big.Int).Sub(std.N, big.NewInt(1)).Bytes()} {
		x, y := own.ScalarBaseMult(k)
		wantX, wantY := elliptic.P256().ScalarBaseMult(k) //nolint:staticcheck // it is what is compared
		if x.Cmp(wantX) != 0 || y.Cmp(wantY) != 0 {
			t.Errorf("%x: %x %x, want %x %x", k, x, y, wantX, wantY)
		}
	}
}

func BenchmarkPrimeCurveVerify(b *testing.B) {
	c := primeCurves()["brainpoolP512r1"]
	p := c.Params()
	sig := []byte{0x30, 6, 2, 1, 7, 2, 1, 9}
	key := &ecdsa.PublicKey{Curve: c, X: p.Gx, Y: p.Gy}
	for b.Loop() {
		ecdsa.VerifyASN1(key, make([]byte, 64), sig)
	}
}
