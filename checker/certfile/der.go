package certfile

import "bytes"

// Tags of the structures that are told apart (X.690).
const (
	tagInteger     = 0x02
	tagBitString   = 0x03
	tagOctetString = 0x04
	tagOID         = 0x06
	tagSequence    = 0x30
)

// element is one value with a definite length; that is enough to recognise
// what a file is. Certificates themselves are read by package cert.
type element struct {
	tag  byte
	body []byte
}

func readElement(b []byte) (e element, rest []byte, ok bool) {
	if len(b) < 2 || b[0]&0x1f == 0x1f {
		return e, nil, false
	}
	n, head := int(b[1]), 2
	if n > 0x80 {
		head += n - 0x80
		if n > 0x84 || len(b) < head {
			return e, nil, false
		}
		n = 0
		for _, c := range b[2:head] {
			n = n<<8 | int(c)
		}
	} else if n == 0x80 {
		return e, nil, false
	}
	if n > len(b)-head {
		return e, nil, false
	}
	return element{b[0], b[head : head+n]}, b[head+n:], true
}

// firstElement parts a value from what follows it; a value whose end cannot be
// told is all there is.
func firstElement(b []byte) (first, rest []byte) {
	if _, rest, ok := readElement(b); ok {
		return b[:len(b)-len(rest)], rest
	}
	return b, nil
}

// children are the first few values inside a constructed one.
func (e element) children() ([]element, bool) {
	var out []element
	for b := e.body; len(b) > 0 && len(out) < 16; {
		child, rest, ok := readElement(b)
		if !ok {
			return nil, false
		}
		out, b = append(out, child), rest
	}
	return out, true
}

// pattern compares the tags of the first values with what is expected.
func pattern(parts []element, tags ...byte) bool {
	if len(parts) < len(tags) {
		return false
	}
	for i, t := range tags {
		if parts[i].tag != t {
			return false
		}
	}
	return true
}

// Frames of private keys.
type frame int

const (
	frameNone frame = iota
	framePKCS8
	frameRSA
	frameEC
	frameDSA
)

// keyFrame recognises a private key without reading it: PKCS#8 (RFC 5958), RSA
// (RFC 8017, A.1.2), EC (RFC 5915), DSA as OpenSSL writes it.
func keyFrame(der []byte) frame {
	outer, _, ok := readElement(der)
	if !ok || outer.tag != tagSequence {
		return frameNone
	}
	parts, ok := outer.children()
	if !ok || len(parts) < 2 || parts[0].tag != tagInteger {
		return frameNone
	}
	const i = tagInteger
	switch {
	case pattern(parts, i, tagSequence, tagOctetString):
		return framePKCS8
	case pattern(parts, i, i, i, i, i, i, i, i, i):
		return frameRSA
	case len(parts) == 6 && pattern(parts, i, i, i, i, i, i):
		return frameDSA
	case pattern(parts, i, tagOctetString) && bytes.Equal(parts[0].body, []byte{1}):
		return frameEC
	}
	return frameNone
}

// each calls visit with every value inside a constructed one, and with its
// bytes; false where visit stopped or the values do not fill it.
func (e element) each(visit func(child element, raw []byte) bool) bool {
	for b := e.body; len(b) > 0; {
		child, rest, ok := readElement(b)
		if !ok || !visit(child, b[:len(b)-len(rest)]) {
			return false
		}
		b = rest
	}
	return true
}

// encode writes a value with the shortest length (DER).
func encode(tag byte, parts ...[]byte) []byte {
	body := bytes.Join(parts, nil)
	head := []byte{tag}
	if n := len(body); n < 0x80 {
		head = append(head, byte(n))
	} else {
		var size []byte
		for ; n > 0; n >>= 8 {
			size = append([]byte{byte(n)}, size...)
		}
		head = append(append(head, 0x80|byte(len(size))), size...)
	}
	return append(head, body...)
}
