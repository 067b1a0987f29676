package d2i

// kind is how an item is decoded.
type kind int

const (
	primitive kind = iota // of one universal type
	anything              // ASN1_ANY
	choice                // one of several universal types (an MSTRING)
	sequence
	listItem // an item that is a SEQUENCE OF or SET OF by itself
	name     // X509_NAME, which is put into canonical form at once
)

// item is a type.
type item struct {
	kind   kind
	tag    int     // of a primitive
	types  []int   // of a choice
	fields []field // of a sequence; the one of a listItem
}

// how a field is tagged or repeated.
type how int

const (
	plain how = iota
	implicit
	explicit
)

// field is a part of a sequence.
type field struct {
	item     *item
	how      how
	tag      int  // of implicit and explicit ones
	of       bool // a SEQUENCE OF
	setOf    bool
	optional bool
}

// maxNesting is ASN1_MAX_CONSTRUCTED_NEST; no certificate comes near it.
const maxNesting = 30

// item is asn1_item_embed_d2i.
func (d *decoder) item(in []byte, it *item, want tagging, depth int) ([]byte, outcome) {
	if len(in) == 0 {
		return in, d.fail(tooSmall)
	}
	switch it.kind {
	case choice:
		return d.choice(in, it, want.optional)
	case sequence:
		return d.sequence(in, it, want, depth+1)
	case listItem:
		return d.field(in, it.fields[0], want.optional, depth+1)
	case name:
		return d.name(in, want, depth)
	}
	return d.primitive(in, it, want)
}

// choice looks at the tag before it decodes.
func (d *decoder) choice(in []byte, it *item, optional bool) ([]byte, outcome) {
	h, got := d.take(in, untagged)
	if got == failed {
		return in, d.fail(nested)
	}
	allowed := false
	for _, t := range it.types {
		allowed = allowed || h.tag == t
	}
	switch {
	case h.class == universal && allowed:
		return d.primitive(in, &item{tag: h.tag}, untagged)
	case optional:
		return in, absent
	case h.class != universal:
		return in, d.fail(notUniversal)
	}
	return in, d.fail(mstringTag)
}

func (d *decoder) sequence(in []byte, it *item, want tagging, depth int) ([]byte, outcome) {
	if want.tag < 0 {
		want.class, want.tag = universal, tagSequence
	}
	h, got := d.take(in, want)
	switch {
	case got == failed:
		return in, d.fail(nested)
	case got == absent:
		return in, absent
	case !h.constructed:
		return in, d.fail(notConstructed)
	}
	left, open, next := h.body, h.indefinite, 0
	for ; next < len(it.fields) && len(left) > 0; next++ {
		if endOfContents(left) {
			if !open {
				return in, d.fail(unexpectedEOC)
			}
			left, open = left[2:], false
			break
		}
		f := it.fields[next]
		optional := f.optional && next < len(it.fields)-1
		if left, got = d.field(left, f, optional, depth); got == failed {
			return in, failed
		}
	}
	switch {
	case open && !endOfContents(left):
		return in, d.fail(missingEOC)
	case open:
		left = left[2:]
	case !h.indefinite && len(left) > 0:
		return in, d.fail(lengthMismatch)
	}
	for ; next < len(it.fields); next++ {
		if !it.fields[next].optional {
			return in, d.fail(fieldMissing)
		}
	}
	if h.indefinite {
		return left, read
	}
	return h.rest, read
}

// field is asn1_template_ex_d2i.
func (d *decoder) field(in []byte, f field, optional bool, depth int) ([]byte, outcome) {
	if f.how != explicit {
		return d.inner(in, f, optional, depth)
	}
	h, got := d.take(in, tagging{context, f.tag, optional})
	switch {
	case got == failed:
		return in, d.fail(nested)
	case got == absent:
		return in, absent
	case !h.constructed:
		return in, d.fail(explicitPrimitive)
	}
	left, got := d.inner(h.body, f, false, depth)
	switch {
	case got == failed:
		return in, d.fail(nested)
	case h.indefinite && !endOfContents(left):
		return in, d.fail(missingEOC)
	case h.indefinite:
		return left[2:], read
	case len(left) > 0:
		return in, d.fail(explicitLength)
	}
	return h.rest, read
}

// inner is asn1_template_noexp_d2i.
func (d *decoder) inner(in []byte, f field, optional bool, depth int) ([]byte, outcome) {
	if f.of || f.setOf {
		return d.list(in, f, optional, depth)
	}
	want := tagging{tag: -1, optional: optional}
	if f.how == implicit {
		want.class, want.tag = context, f.tag
	}
	left, got := d.item(in, f.item, want, depth)
	if got == failed {
		return in, d.fail(nested)
	}
	return left, got
}

func (d *decoder) list(in []byte, f field, optional bool, depth int) ([]byte, outcome) {
	want := tagging{universal, tagSequence, optional}
	if f.setOf {
		want.tag = tagSet
	}
	if f.how == implicit {
		want.class, want.tag = context, f.tag
	}
	h, got := d.take(in, want)
	switch got {
	case failed:
		return in, d.fail(nested)
	case absent:
		return in, absent
	}
	left, open := h.body, h.indefinite
	for len(left) > 0 {
		if endOfContents(left) {
			if !open {
				return in, d.fail(unexpectedEOC)
			}
			left, open = left[2:], false
			break
		}
		if left, got = d.item(left, f.item, untagged, depth); got != read {
			return in, d.fail(nested)
		}
	}
	switch {
	case open:
		return in, d.fail(missingEOC)
	case h.indefinite:
		return left, read
	}
	return h.rest, read
}
