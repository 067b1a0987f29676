package d2i

// Classes and universal tags of X.690.
const (
	universal = 0x00
	context   = 0x80

	tagBoolean    = 1
	tagInteger    = 2
	tagBits       = 3
	tagOctets     = 4
	tagNull       = 5
	tagObject     = 6
	tagEnumerated = 10
	tagUTF8       = 12
	tagSequence   = 16
	tagSet        = 17
	tagUTCTime    = 23
	tagGenTime    = 24
	tagUniversal  = 28
	tagBMP        = 30
)

// tagging is the tag that a value must have, and whether it may be missing.
type tagging struct {
	class    byte
	tag      int
	optional bool
}

var untagged = tagging{tag: -1}

// header is one identifier with its length. body is what is left of the input
// where the length is indefinite.
type header struct {
	class       byte
	tag         int
	constructed bool
	indefinite  bool
	body        []byte
	rest        []byte
}

// take is asn1_check_tlen: reads a header that must have the tag.
func (d *decoder) take(in []byte, want tagging) (header, outcome) {
	if len(in) == 0 {
		return header{}, d.fail(tooSmall)
	}
	h, size, length, ok := parseHeader(in)
	switch {
	case !ok:
		return h, d.fail(headerTooLong, badHeader)
	case length > int64(len(in)-size):
		return h, d.fail(tooLong, badHeader)
	}
	if want.tag >= 0 && (h.tag != want.tag || h.class != want.class) {
		if want.optional {
			return h, absent
		}
		return h, d.fail(wrongTag)
	}
	h.body, h.rest = in[size:], nil
	if !h.indefinite {
		h.body, h.rest = in[size:size+int(length)], in[size+int(length):]
	}
	return h, read
}

// parseHeader is ASN1_get_object.
func parseHeader(in []byte) (h header, size int, length int64, ok bool) {
	h.class, h.constructed, h.tag = in[0]&0xc0, in[0]&0x20 != 0, int(in[0]&0x1f)
	size = 1
	if h.tag == 0x1f {
		if h.tag, size, ok = highTag(in); !ok {
			return h, 0, 0, false
		}
	}
	if size == len(in) {
		return h, 0, 0, false
	}
	first := in[size]
	size++
	switch {
	case first == 0x80:
		h.indefinite = true
		return h, size, 0, h.constructed
	case first < 0x80:
		return h, size, int64(first), true
	}
	octets := int(first & 0x7f)
	if len(in)-size <= octets { // at least a byte must follow
		return h, 0, 0, false
	}
	number := in[size : size+octets]
	for len(number) > 0 && number[0] == 0 {
		number = number[1:]
	}
	if len(number) > 8 || len(number) == 8 && number[0] >= 0x80 {
		return h, 0, 0, false
	}
	for _, o := range number {
		length = length<<8 | int64(o)
	}
	return h, size + octets, length, true
}

func highTag(in []byte) (tag, size int, ok bool) {
	const most = 1<<31 - 1
	for size = 1; size < len(in); {
		o := in[size]
		size++
		tag = tag<<7 | int(o&0x7f)
		if o < 0x80 {
			return tag, size, size < len(in)
		}
		if tag > most>>7 {
			break
		}
	}
	return 0, 0, false
}

// endOfContents tells whether a value of indefinite length ends here.
func endOfContents(in []byte) bool { return len(in) >= 2 && in[0] == 0 && in[1] == 0 }
