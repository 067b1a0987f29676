package cert

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"errors"
	"fmt"
	"math/big"
)

// Ed448PublicKey is a key of RFC 8032's Ed448, which the standard library
// does not have.
type Ed448PublicKey []byte

var goCurves = map[string]elliptic.Curve{
	"P-224": elliptic.P224(), "P-256": elliptic.P256(),
	"P-384": elliptic.P384(), "P-521": elliptic.P521(),
}

func computable(name string) (elliptic.Curve, bool) {
	if c, ok := goCurves[name]; ok {
		return c, true
	}
	c, ok := primeCurves()[name]
	return c, ok
}

func (k *Key) decodeEC(alg algorithm, bits []byte) error {
	if !alg.hasParams || alg.paramClass != universal {
		return errors.New("reading an EC key: no curve")
	}
	params := reader{alg.paramsFull}
	e, err := params.next()
	if err != nil {
		return fmt.Errorf("reading an EC curve: %w", err)
	}
	var curve namedCurve
	switch e.tag {
	case tagOID:
		id, err := e.oid()
		if err != nil {
			return fmt.Errorf("reading an EC curve: %w", err)
		}
		k.Curve = id
		known, ok := namedCurves[id]
		if !ok {
			return errors.New("unknown curve " + id)
		}
		curve = known
	case tagSequence:
		k.Explicit = true
		if curve, err = explicitCurve(e); err != nil {
			return fmt.Errorf("reading an EC curve: %w", err)
		}
	default:
		return errors.New("reading an EC key: no curve")
	}
	return k.onCurve(curve, bits)
}

func (k *Key) onCurve(curve namedCurve, bits []byte) error {
	k.Curve, k.Bits, k.SecurityBits = curve.name, curve.bits, ecSecurityBits(curve.bits)
	if curve.name == "SM2" {
		k.Algorithm = "SM2"
	}
	c, ok := computable(curve.name)
	if !ok {
		return curve.checkForm(bits)
	}
	x, y := point(c, bits)
	if x == nil {
		return errors.New("reading an EC key: not a point of the curve")
	}
	_, k.Slow = c.(*primeCurve)
	k.Public = &ecdsa.PublicKey{Curve: c, X: x, Y: y}
	return nil
}

// checkForm looks at the form of a point where its curve cannot be computed
// on.
func (c namedCurve) checkForm(b []byte) error {
	want := 0
	switch {
	case c.coordinate == 0:
		return nil
	case len(b) == 0:
	case b[0] == 2 || b[0] == 3:
		want = 1 + c.coordinate
	case b[0] == 4 || b[0] == 6 || b[0] == 7:
		want = 1 + 2*c.coordinate
	}
	if want == 0 || len(b) != want {
		return errors.New("reading an EC key: not a point of " + c.name)
	}
	return nil
}

// point reads the three forms of X9.62: compressed, uncompressed, hybrid.
func point(c elliptic.Curve, b []byte) (x, y *big.Int) {
	if len(b) == 0 {
		return nil, nil
	}
	switch b[0] {
	case 2, 3:
		if own, ok := c.(*primeCurve); ok {
			return own.decompress(b)
		}
		return elliptic.UnmarshalCompressed(c, b)
	case 6, 7:
		plain := append([]byte{4}, b[1:]...)
		if b[len(b)-1]&1 != b[0]&1 {
			return nil, nil
		}
		return elliptic.Unmarshal(c, plain) //nolint:staticcheck // no replacement for P-224
	}
	return elliptic.Unmarshal(c, b) //nolint:staticcheck // no replacement for P-224
}

// ecSecurityBits is ec_security_bits of crypto/ec/ec_ameth.c.
func ecSecurityBits(order int) int {
	switch {
	case order >= 512:
		return 256
	case order >= 384:
		return 192
	case order >= 256:
		return 128
	case order >= 224:
		return 112
	case order >= 160:
		return 80
	}
	return order / 2
}

// explicitCurve reads ECParameters with the numbers written out, which
// OpenSSL takes in a certificate that stands alone and nowhere else.
func explicitCurve(e element) (namedCurve, error) {
	outer := reader{e.full}
	seq, _, err := outer.sequence()
	if err != nil {
		return namedCurve{}, err
	}
	if _, err := seq.take(universal, tagInteger); err != nil {
		return namedCurve{}, err
	}
	field, _, err := seq.sequence()
	if err != nil {
		return namedCurve{}, err
	}
	if _, _, err := seq.sequence(); err != nil {
		return namedCurve{}, err
	}
	if _, err := seq.take(universal, tagOctetString); err != nil {
		return namedCurve{}, err
	}
	order, err := seq.number()
	if err != nil {
		return namedCurve{}, err
	}
	if _, err := field.take(universal, tagOID); err != nil {
		return namedCurve{}, err
	}
	prime, err := field.number()
	if err != nil {
		return namedCurve{name: "explicit", bits: order.BitLen()}, nil
	}
	for _, known := range namedCurves {
		c, ok := computable(known.name)
		if ok && c.Params().P.Cmp(prime) == 0 && c.Params().N.Cmp(order) == 0 {
			return namedCurve{name: known.name, bits: order.BitLen()}, nil
		}
	}
	return namedCurve{name: "explicit", bits: order.BitLen()}, nil
}
