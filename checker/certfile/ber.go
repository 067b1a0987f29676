package certfile

// derOf writes a structure in BER, with lengths that are not told and strings
// in pieces, as DER: so does NSS write PKCS#12. What is DER already stays as
// it is.
func derOf(data []byte) ([]byte, bool) {
	s := screen{elements: maxBERElements}
	if _, problem := s.walk(data, 0); problem != "" || !s.indefinite || len(data) > maxBERSize {
		return data, problem == "" && !s.indefinite
	}
	out, _, ok := definite(data)
	return out, ok
}

// definite rewrites the first value; screen has bounded what it costs.
func definite(b []byte) (out, rest []byte, ok bool) {
	const constructed = 0x20
	if len(b) < 2 {
		return nil, nil, false
	}
	tag := b[0]
	if tag&constructed == 0 {
		e, rest, ok := readElement(b)
		return encode(tag, e.body), rest, ok
	}
	parts, rest, ok := definiteParts(b)
	if !ok {
		return nil, nil, false
	}
	switch {
	case tag == tagOctetString|constructed:
		return encode(tagOctetString, stringsOf(parts)), rest, true
	case tag == tagSequence && len(parts) == 3 && parts[0][0] == tagOID && parts[1][0] == tagSequence && parts[2][0] == tagContext0:
		// EncryptedContentInfo: the tag stands in place of that of a string
		// (RFC 2315, 10.1).
		inner, _, _ := readElement(parts[2])
		if pieces, ok := inner.pieces(); ok {
			parts[2] = encode(tagContext0&^constructed, stringsOf(pieces))
		}
	}
	return encode(tag, parts...), rest, true
}

// definiteParts rewrites what is inside of a constructed value.
func definiteParts(b []byte) (parts [][]byte, rest []byte, ok bool) {
	inner, endless := b[2:], b[1] == 0x80
	if !endless {
		e, after, ok := readElement(b)
		if !ok {
			return nil, nil, false
		}
		inner, rest = e.body, after
	}
	for {
		if endless && len(inner) >= 2 && inner[0] == 0 && inner[1] == 0 {
			return parts, inner[2:], true
		}
		if !endless && len(inner) == 0 {
			return parts, rest, true
		}
		part, after, ok := definite(inner)
		if !ok {
			return nil, nil, false
		}
		parts, inner = append(parts, part), after
	}
}

// pieces are the octet strings that a value consists of, false where there is
// anything else in it.
func (e element) pieces() (out [][]byte, ok bool) {
	ok = e.each(func(child element, raw []byte) bool {
		out = append(out, raw)
		return child.tag == tagOctetString
	})
	return out, ok && len(out) > 0
}

// stringsOf joins the contents of octet strings.
func stringsOf(parts [][]byte) []byte {
	var out []byte
	for _, p := range parts {
		e, _, _ := readElement(p)
		out = append(out, e.body...)
	}
	return out
}
