package cert

import (
	"errors"
	"fmt"
)

// Tag classes and the universal tags that certificates use (X.690).
const (
	universal = 0x00
	context   = 0x80

	tagBoolean         = 1
	tagInteger         = 2
	tagBitString       = 3
	tagOctetString     = 4
	tagNull            = 5
	tagOID             = 6
	tagEnumerated      = 10
	tagUTF8String      = 12
	tagSequence        = 16
	tagSet             = 17
	tagNumericString   = 18
	tagPrintableString = 19
	tagT61String       = 20
	tagIA5String       = 22
	tagUTCTime         = 23
	tagGeneralizedTime = 24
	tagVisibleString   = 26
	tagUniversalString = 28
	tagBMPString       = 30
)

// maxStringNesting is OpenSSL's ASN1_MAX_STRING_NEST.
const maxStringNesting = 5

var (
	errShort   = errors.New("value ends too early")
	errHeader  = errors.New("bad tag or length")
	errTag     = errors.New("unexpected tag")
	errForm    = errors.New("primitive and constructed mixed up")
	errTrailer = errors.New("more data than expected")
)

// element is one value of the basic encoding rules. OpenSSL takes BER where
// DER is demanded (indefinite and overlong lengths, strings in pieces), and
// so do we: crypto/x509 and cryptobyte would refuse such certificates.
type element struct {
	class       byte
	tag         int
	constructed bool
	body        []byte // contents, without the end-of-contents octets
	full        []byte // everything, header included
}

func (e element) is(class byte, tag int) bool { return e.class == class && e.tag == tag }

// reader takes values off the front of some bytes.
type reader struct{ rest []byte }

func (r *reader) empty() bool { return len(r.rest) == 0 }

// next reads one value whatever it is.
func (r *reader) next() (element, error) {
	e, rest, err := readElement(r.rest)
	if err != nil {
		return e, err
	}
	r.rest = rest
	return e, nil
}

// take reads a value that must have this tag.
func (r *reader) take(class byte, tag int) (element, error) {
	e, ok, err := r.optional(class, tag)
	if err == nil && !ok {
		if r.empty() {
			return e, errShort
		}
		return e, errTag
	}
	return e, err
}

// optional reads a value if it has this tag.
func (r *reader) optional(class byte, tag int) (element, bool, error) {
	if r.empty() {
		return element{}, false, nil
	}
	e, rest, err := readElement(r.rest)
	if err != nil {
		return e, false, err
	}
	if !e.is(class, tag) {
		return e, false, nil
	}
	r.rest = rest
	return e, true, nil
}

// sequence reads a SEQUENCE and gives a reader of its fields.
func (r *reader) sequence() (*reader, element, error) {
	e, err := r.take(universal, tagSequence)
	if err != nil {
		return nil, e, err
	}
	if !e.constructed {
		return nil, e, errForm
	}
	return &reader{e.body}, e, nil
}

// each calls f for every value of a SEQUENCE OF or SET OF.
func (e element) each(f func(element) error) error {
	r := reader{e.body}
	for !r.empty() {
		item, err := r.next()
		if err != nil {
			return err
		}
		if err := f(item); err != nil {
			return err
		}
	}
	return nil
}

// done complains about fields that are left.
func (r *reader) done() error {
	if !r.empty() {
		return errTrailer
	}
	return nil
}

func readElement(b []byte) (element, []byte, error) {
	e, headerLen, length, err := readHeader(b)
	if err != nil {
		return e, nil, err
	}
	if length >= 0 {
		e.body, e.full = b[headerLen:headerLen+length], b[:headerLen+length]
		return e, b[headerLen+length:], nil
	}
	end, err := endOfIndefinite(b[headerLen:])
	if err != nil {
		return e, nil, err
	}
	e.body = b[headerLen : headerLen+end-2]
	e.full = b[:headerLen+end]
	return e, b[headerLen+end:], nil
}

// readHeader reads identifier and length octets; the length is -1 where it is
// indefinite.
func readHeader(b []byte) (e element, headerLen, length int, err error) {
	if len(b) < 2 {
		return e, 0, 0, errShort
	}
	e.class, e.constructed, e.tag = b[0]&0xc0, b[0]&0x20 != 0, int(b[0]&0x1f)
	i := 1
	if e.tag == 0x1f {
		if e.tag, i, err = readHighTag(b); err != nil {
			return e, 0, 0, err
		}
	}
	if i >= len(b) {
		return e, 0, 0, errShort
	}
	first := b[i]
	i++
	switch {
	case first == 0x80:
		if !e.constructed {
			return e, 0, 0, errHeader
		}
		return e, i, -1, nil
	case first&0x80 == 0:
		length = int(first)
	default:
		if length, i, err = readLongLength(b, i, int(first&0x7f)); err != nil {
			return e, 0, 0, err
		}
	}
	if length > len(b)-i {
		return e, 0, 0, errShort
	}
	return e, i, length, nil
}

func readHighTag(b []byte) (tag, next int, err error) {
	for i := 1; i < len(b); i++ {
		if tag > 1<<23 {
			return 0, 0, errHeader
		}
		tag = tag<<7 | int(b[i]&0x7f)
		if b[i]&0x80 == 0 {
			return tag, i + 1, nil
		}
	}
	return 0, 0, errShort
}

// readLongLength skips leading zeros, as OpenSSL does.
func readLongLength(b []byte, i, n int) (length, next int, err error) {
	if n > len(b)-i {
		return 0, 0, errShort
	}
	octets := b[i : i+n]
	for len(octets) > 0 && octets[0] == 0 {
		octets = octets[1:]
	}
	if len(octets) > 4 {
		return 0, 0, errHeader
	}
	for _, o := range octets {
		length = length<<8 | int(o)
	}
	return length, i + n, nil
}

// endOfIndefinite finds the end of a value of indefinite length without
// recursion: nested ones are counted.
func endOfIndefinite(b []byte) (int, error) {
	open, i := 1, 0
	for i < len(b) {
		if len(b)-i >= 2 && b[i] == 0 && b[i+1] == 0 {
			i += 2
			if open--; open == 0 {
				return i, nil
			}
			continue
		}
		_, headerLen, length, err := readHeader(b[i:])
		if err != nil {
			return 0, err
		}
		i += headerLen
		if length < 0 {
			open++
		} else {
			i += length
		}
	}
	return 0, errShort
}

// octets gives the contents of a string type, joined where it comes in
// pieces. The tags of the pieces do not matter.
func (e element) octets() ([]byte, error) {
	if !e.constructed {
		return e.body, nil
	}
	var out []byte
	err := e.collect(&out, 0)
	return out, err
}

func (e element) collect(out *[]byte, depth int) error {
	return e.each(func(piece element) error {
		switch {
		case !piece.constructed:
			*out = append(*out, piece.body...)
			return nil
		case depth >= maxStringNesting:
			return fmt.Errorf("string nested too deep")
		}
		return piece.collect(out, depth+1)
	})
}
