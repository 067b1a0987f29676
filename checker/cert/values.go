package cert

import (
	"encoding/hex"
	"errors"
	"math/big"
	"strconv"
	"strings"
)

// maxDottedOID bounds the object identifiers that are written out in dots;
// longer ones are legal, and nobody's.
const maxDottedOID = 64

// primitive gives the contents of a type that must not come in pieces.
func (e element) primitive() ([]byte, error) {
	if e.constructed {
		return nil, errForm
	}
	return e.body, nil
}

// integer reads an INTEGER with OpenSSL's rule: superfluous leading octets
// are refused, negative numbers are not.
func (e element) integer() (*big.Int, error) {
	b, err := e.primitive()
	if err != nil {
		return nil, err
	}
	if err := checkInteger(b); err != nil {
		return nil, err
	}
	n := new(big.Int).SetBytes(b)
	if b[0]&0x80 != 0 {
		n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(len(b))*8))
	}
	return n, nil
}

func checkInteger(b []byte) error {
	if len(b) == 0 {
		return errShort
	}
	if len(b) > 1 && (b[0] == 0 && b[1]&0x80 == 0 || b[0] == 0xff && b[1]&0x80 != 0) {
		return errors.New("superfluous octets in an integer")
	}
	return nil
}

// unsigned reads an INTEGER as OpenSSL reads the numbers of a key: the sign
// bit counts as any other.
func (e element) unsigned() (*big.Int, error) {
	b, err := e.primitive()
	if err != nil {
		return nil, err
	}
	return new(big.Int).SetBytes(b), nil
}

// boolean: any octet but zero is true.
func (e element) boolean() (bool, error) {
	b, err := e.primitive()
	if err != nil {
		return false, err
	}
	if len(b) != 1 {
		return false, errors.New("boolean of wrong length")
	}
	return b[0] != 0, nil
}

// oid reads an OBJECT IDENTIFIER in dotted form.
func (e element) oid() (string, error) {
	b, err := e.primitive()
	if err != nil {
		return "", err
	}
	if len(b) == 0 || b[len(b)-1]&0x80 != 0 {
		return "", errors.New("bad object identifier")
	}
	for i, o := range b {
		if o == 0x80 && (i == 0 || b[i-1]&0x80 == 0) {
			return "", errors.New("bad object identifier")
		}
	}
	return dotted(b), nil
}

func dotted(b []byte) string {
	if len(b) > maxDottedOID {
		return "hex:" + hex.EncodeToString(b)
	}
	var out strings.Builder
	n, first := new(big.Int), true
	for _, o := range b {
		n.Lsh(n, 7).Or(n, big.NewInt(int64(o&0x7f)))
		if o&0x80 != 0 {
			continue
		}
		if first {
			top := min(n.Int64(), 80) / 40
			if !n.IsInt64() {
				top = 2
			}
			out.WriteString(strconv.FormatInt(top, 10))
			n.Sub(n, big.NewInt(top*40))
			first = false
		}
		out.WriteByte('.')
		out.WriteString(n.String())
		n = new(big.Int)
	}
	return out.String()
}

// bits reads a BIT STRING; unused bits are cleared.
func (e element) bits() (b []byte, unused int, err error) {
	raw, err := e.octets()
	if err != nil {
		return nil, 0, err
	}
	if len(raw) == 0 {
		return nil, 0, errShort
	}
	if raw[0] > 7 {
		return nil, 0, errors.New("more than seven unused bits")
	}
	unused = int(raw[0])
	b = append([]byte(nil), raw[1:]...)
	if len(b) > 0 {
		b[len(b)-1] &= 0xff << unused
	}
	return b, unused, nil
}

// anyValue checks a value of any type as OpenSSL's ASN1_ANY does, and gives
// the octets by which two of them are compared.
func (e element) anyValue() ([]byte, error) {
	if e.class != universal {
		return e.full, nil
	}
	switch e.tag {
	case tagSequence, tagSet:
		if !e.constructed {
			return nil, errForm
		}
		return e.full, nil
	case tagNull:
		if b, err := e.primitive(); err != nil || len(b) != 0 {
			return nil, errors.New("bad null")
		}
		return nil, nil
	case tagBoolean:
		_, err := e.boolean()
		return e.body, err
	case tagOID:
		_, err := e.oid()
		return e.body, err
	case tagInteger, tagEnumerated:
		_, err := e.integer()
		return e.body, err
	case tagBitString:
		b, _, err := e.bits()
		return b, err
	}
	return e.stringValue()
}

// stringValue gives the octets of a string of a universal type.
func (e element) stringValue() ([]byte, error) {
	b, err := e.octets()
	if err != nil {
		return nil, err
	}
	if e.tag == tagBMPString && len(b)%2 != 0 || e.tag == tagUniversalString && len(b)%4 != 0 {
		return nil, errors.New("string of wrong length")
	}
	return b, nil
}

// algorithm is an AlgorithmIdentifier.
type algorithm struct {
	oid        string
	hasParams  bool
	paramClass byte
	paramTag   int
	params     []byte // comparable value
	paramsFull []byte // DER of the parameters
}

func (r *reader) algorithm() (a algorithm, err error) {
	seq, _, err := r.sequence()
	if err != nil {
		return a, err
	}
	id, err := seq.take(universal, tagOID)
	if err != nil {
		return a, err
	}
	if a.oid, err = id.oid(); err != nil {
		return a, err
	}
	if seq.empty() {
		return a, nil
	}
	p, err := seq.next()
	if err != nil {
		return a, err
	}
	if a.params, err = p.anyValue(); err != nil {
		return a, err
	}
	a.hasParams, a.paramClass, a.paramTag, a.paramsFull = true, p.class, p.tag, p.full
	return a, seq.done()
}

// same is X509_ALGOR_cmp: an absent parameter differs from NULL.
func (a algorithm) same(b algorithm) bool {
	return a.oid == b.oid && a.hasParams == b.hasParams && a.paramClass == b.paramClass &&
		a.paramTag == b.paramTag && string(a.params) == string(b.params)
}
