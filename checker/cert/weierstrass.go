package cert

import (
	"crypto/elliptic"
	"math/big"
)

// primeCurve computes on y² = x³ + ax + b with any a; the standard library's
// generic curves have a = -3 only. It verifies signatures of other people, so
// that nothing in it is secret and nothing need take constant time.
type primeCurve struct {
	params elliptic.CurveParams
	a      *big.Int
}

func (c *primeCurve) Params() *elliptic.CurveParams { return &c.params }

func (c *primeCurve) IsOnCurve(x, y *big.Int) bool {
	p := c.params.P
	if x.Sign() < 0 || x.Cmp(p) >= 0 || y.Sign() < 0 || y.Cmp(p) >= 0 {
		return false
	}
	return c.mul(y, y).Cmp(c.right(x)) == 0
}

// right is x³ + ax + b.
func (c *primeCurve) right(x *big.Int) *big.Int {
	sum := new(big.Int).Add(c.mul(c.mul(x, x), x), c.mul(c.a, x))
	return sum.Mod(sum.Add(sum, c.params.B), c.params.P)
}

// decompress finds y from its parity, which the first byte tells.
func (c *primeCurve) decompress(b []byte) (x, y *big.Int) {
	x = new(big.Int).SetBytes(b[1:])
	if len(b) != 1+(c.params.BitSize+7)/8 || x.Cmp(c.params.P) >= 0 {
		return nil, nil
	}
	if y = new(big.Int).ModSqrt(c.right(x), c.params.P); y == nil {
		return nil, nil
	}
	if byte(y.Bit(0)) != b[0]&1 {
		y = c.sub(new(big.Int), y)
	}
	return x, y
}

func (c *primeCurve) Add(x1, y1, x2, y2 *big.Int) (x, y *big.Int) {
	return c.affine(c.add(jacobianOf(x1, y1), jacobianOf(x2, y2)))
}

func (c *primeCurve) Double(x1, y1 *big.Int) (x, y *big.Int) {
	return c.affine(c.double(jacobianOf(x1, y1)))
}

func (c *primeCurve) ScalarMult(x1, y1 *big.Int, k []byte) (x, y *big.Int) {
	base, sum := jacobianOf(x1, y1), jacobianOf(new(big.Int), new(big.Int))
	for _, octet := range k {
		for bit := 7; bit >= 0; bit-- {
			sum = c.double(sum)
			if octet>>bit&1 == 1 {
				sum = c.add(sum, base)
			}
		}
	}
	return c.affine(sum)
}

func (c *primeCurve) ScalarBaseMult(k []byte) (x, y *big.Int) {
	return c.ScalarMult(c.params.Gx, c.params.Gy, k)
}

// jacobian stands for x/z², y/z³, and for the point at infinity where z is 0.
type jacobian struct{ x, y, z *big.Int }

// jacobianOf: 0, 0 is the point at infinity, as for every elliptic.Curve.
func jacobianOf(x, y *big.Int) jacobian {
	z := big.NewInt(1)
	if x.Sign() == 0 && y.Sign() == 0 {
		z = new(big.Int)
	}
	return jacobian{x, y, z}
}

func (c *primeCurve) affine(j jacobian) (x, y *big.Int) {
	if j.z.Sign() == 0 {
		return new(big.Int), new(big.Int)
	}
	inverse := new(big.Int).ModInverse(j.z, c.params.P)
	square := c.mul(inverse, inverse)
	return c.mul(j.x, square), c.mul(j.y, c.mul(square, inverse))
}

func (c *primeCurve) add(u, v jacobian) jacobian {
	switch {
	case u.z.Sign() == 0:
		return v
	case v.z.Sign() == 0:
		return u
	}
	uu, vv := c.mul(u.z, u.z), c.mul(v.z, v.z)
	x1, x2 := c.mul(u.x, vv), c.mul(v.x, uu)
	y1, y2 := c.mul(u.y, c.mul(vv, v.z)), c.mul(v.y, c.mul(uu, u.z))
	h, r := c.sub(x2, x1), c.sub(y2, y1)
	if h.Sign() == 0 {
		if r.Sign() == 0 {
			return c.double(u)
		}
		return jacobianOf(new(big.Int), new(big.Int))
	}
	hh := c.mul(h, h)
	hhh, mid := c.mul(hh, h), c.mul(x1, hh)
	x := c.sub(c.sub(c.sub(c.mul(r, r), hhh), mid), mid)
	return jacobian{x, c.sub(c.mul(r, c.sub(mid, x)), c.mul(y1, hhh)), c.mul(h, c.mul(u.z, v.z))}
}

func (c *primeCurve) double(u jacobian) jacobian {
	if u.z.Sign() == 0 || u.y.Sign() == 0 {
		return jacobianOf(new(big.Int), new(big.Int))
	}
	xx, yy, zz := c.mul(u.x, u.x), c.mul(u.y, u.y), c.mul(u.z, u.z)
	slope := c.mul(c.a, c.mul(zz, zz))
	slope.Add(slope, xx).Add(slope, xx).Add(slope, xx)
	mid := c.mul(u.x, yy)
	mid.Lsh(mid, 2)
	x := c.sub(c.sub(c.mul(slope, slope), mid), mid)
	square := c.mul(yy, yy)
	z := c.mul(u.y, u.z)
	return jacobian{x, c.sub(c.mul(slope, c.sub(mid, x)), square.Lsh(square, 3)), z.Mod(z.Lsh(z, 1), c.params.P)}
}

func (c *primeCurve) mul(a, b *big.Int) *big.Int {
	product := new(big.Int).Mul(a, b)
	return product.Mod(product, c.params.P)
}

func (c *primeCurve) sub(a, b *big.Int) *big.Int {
	d := new(big.Int).Sub(a, b)
	return d.Mod(d, c.params.P)
}
