package d2i

// maxStringNesting is ASN1_MAX_STRING_NEST.
const maxStringNesting = 5

// primitive is asn1_d2i_ex_primitive.
func (d *decoder) primitive(in []byte, it *item, want tagging) ([]byte, outcome) {
	tag, other := it.tag, false
	if it.kind == anything {
		h, got := d.take(in, untagged)
		if got == failed {
			return in, d.fail(nested)
		}
		want = tagging{h.class, h.tag, false}
		tag, other = h.tag, h.class != universal
	} else if want.tag < 0 {
		want.class, want.tag = universal, tag
	}
	h, got := d.take(in, want)
	switch got {
	case failed:
		return in, d.fail(nested)
	case absent:
		return in, absent
	}
	if other || tag == tagSequence || tag == tagSet {
		return d.whole(in, h, other)
	}
	return d.content(in, h, tag)
}

// whole keeps a value unread.
func (d *decoder) whole(in []byte, h header, other bool) ([]byte, outcome) {
	switch {
	case !other && !h.constructed:
		return in, d.fail(typeNotConstructed)
	case !h.indefinite:
		return h.rest, read
	}
	return d.findEnd(h.body)
}

func (d *decoder) content(in []byte, h header, tag int) ([]byte, outcome) {
	content, rest := h.body, h.rest
	if h.constructed {
		switch tag {
		case tagNull, tagBoolean, tagObject, tagInteger, tagEnumerated:
			return in, d.fail(typeNotPrimitive)
		}
		var got outcome
		var all []byte
		if rest, got = d.collect(&all, h.body, h.indefinite, 0); got == failed {
			return in, failed
		}
		if content = all; !h.indefinite {
			rest = h.rest
		}
	}
	if r, ok := wrongContent(tag, content); ok {
		return in, d.fail(r)
	}
	return rest, read
}

// wrongContent is asn1_ex_c2i, as far as it can fail.
func wrongContent(tag int, b []byte) (reason, bool) {
	switch {
	case tag == tagNull && len(b) != 0:
		return nullLength, true
	case tag == tagBoolean && len(b) != 1:
		return booleanLength, true
	case tag == tagBits && len(b) == 0:
		return stringTooShort, true
	case tag == tagBits && b[0] > 7:
		return bitsLeft, true
	case tag == tagBMP && len(b)%2 != 0:
		return bmpLength, true
	case tag == tagUniversal && len(b)%4 != 0:
		return universalLength, true
	case tag == tagObject && !validObject(b):
		return badObject, true
	case (tag == tagInteger || tag == tagEnumerated) && len(b) == 0:
		return zeroContent, true
	case (tag == tagInteger || tag == tagEnumerated) && padded(b):
		return illegalPadding, true
	}
	return reason{}, false
}

// padded: nine equal bits at the start.
func padded(b []byte) bool {
	if len(b) < 2 {
		return false
	}
	switch b[0] {
	case 0:
		return b[1] < 0x80
	case 0xff:
		return b[1] >= 0x80
	}
	return false
}

func validObject(b []byte) bool {
	if len(b) == 0 || b[len(b)-1] >= 0x80 {
		return false
	}
	for i, o := range b {
		if o == 0x80 && (i == 0 || b[i-1] < 0x80) {
			return false
		}
	}
	return true
}

// collect joins the pieces of a string (asn1_collect).
func (d *decoder) collect(out *[]byte, in []byte, indefinite bool, depth int) ([]byte, outcome) {
	for len(in) > 0 {
		if endOfContents(in) {
			if !indefinite {
				return in, d.fail(unexpectedEOC)
			}
			return in[2:], read
		}
		h, got := d.take(in, untagged)
		if got == failed {
			return in, d.fail(nested)
		}
		rest := h.rest
		switch {
		case !h.constructed:
			*out = append(*out, h.body...)
		case depth >= maxStringNesting:
			return in, d.fail(nestedString)
		default:
			inner, got := d.collect(out, h.body, h.indefinite, depth+1)
			if got == failed {
				return in, failed
			}
			if h.indefinite {
				rest = inner
			}
		}
		in = rest
	}
	if indefinite {
		return in, d.fail(missingEOC)
	}
	return in, read
}

// findEnd skips a value of indefinite length (asn1_find_end).
func (d *decoder) findEnd(in []byte) ([]byte, outcome) {
	for open := 1; len(in) > 0; {
		if endOfContents(in) {
			in = in[2:]
			if open--; open == 0 {
				return in, read
			}
			continue
		}
		h, got := d.take(in, untagged)
		if got == failed {
			return in, d.fail(nested)
		}
		if h.indefinite {
			open++
			in = h.body
		} else {
			in = h.rest
		}
	}
	return in, d.fail(missingEOC)
}
