package cert

import (
	"bytes"
	"fmt"
	"sort"
	"strings"
)

// Object identifiers of name attributes that matter to verification.
const (
	oidCommonName = "2.5.4.3"
	oidOrg        = "2.5.4.10"
	oidEmail      = "1.2.840.113549.1.9.1"
)

// maxNameText bounds the text of a name: it is for people.
const maxNameText = 1024

// Attribute is one entry of a distinguished name.
type Attribute struct {
	OID   string
	Tag   int    // the universal tag of the value
	Value []byte // its octets, not converted
	RDN   int    // entries of a multi-valued RDN share the number
}

// UTF8 converts the value as OpenSSL does; ok is false where it cannot be.
func (a Attribute) UTF8() (s string, ok bool) {
	s, err := toUTF8(a.Tag, a.Value)
	return s, err == nil
}

// IsCommonName tells whether the attribute is a CN.
func (a Attribute) IsCommonName() bool { return a.OID == oidCommonName }

// IsEmail tells whether the attribute is an emailAddress of PKCS #9.
func (a Attribute) IsEmail() bool { return a.OID == oidEmail }

// parseName reads a Name that is already known to be a SEQUENCE OF.
func parseName(e element) (Name, error) {
	n := Name{Raw: e.full}
	rdn := 0
	err := e.each(func(set element) error {
		if !set.is(universal, tagSet) {
			return errTag
		}
		var entries [][]byte
		err := set.each(func(entry element) error {
			a, oid, err := parseAttribute(entry)
			if err != nil {
				return err
			}
			a.RDN = rdn
			canon, err := canonicalAttribute(oid, a)
			if err != nil {
				return err
			}
			entries = append(entries, canon)
			n.Attributes = append(n.Attributes, a)
			return nil
		})
		if err != nil {
			return err
		}
		if len(entries) > 0 {
			n.Canonical = append(n.Canonical, derSetOf(entries)...)
			rdn++
		}
		return nil
	})
	if err != nil {
		return n, fmt.Errorf("reading a name: %w", err)
	}
	n.describe()
	return n, nil
}

func (n *Name) describe() {
	for _, a := range n.Attributes {
		s, ok := a.UTF8()
		switch {
		case !ok:
		case a.OID == oidCommonName:
			n.CommonNames = append(n.CommonNames, s)
		case a.OID == oidOrg:
			n.Org = append(n.Org, s)
		}
	}
	n.Text = nameText(n.Attributes)
}

// parseAttribute reads one AttributeTypeAndValue; oid is its identifier as it
// stands, for the canonical form.
func parseAttribute(e element) (a Attribute, oid []byte, err error) {
	if !e.is(universal, tagSequence) || !e.constructed {
		return a, nil, errTag
	}
	r := reader{e.body}
	id, err := r.take(universal, tagOID)
	if err != nil {
		return a, nil, err
	}
	if a.OID, err = id.oid(); err != nil {
		return a, nil, err
	}
	v, err := r.next()
	if err != nil {
		return a, nil, err
	}
	if v.class != universal || !printableTag(v.tag) {
		return a, nil, errTag
	}
	a.Tag = v.tag
	switch v.tag {
	case tagSequence:
		if !v.constructed {
			return a, nil, errForm
		}
		a.Value = v.full
	case tagBitString:
		a.Value, _, err = v.bits()
	default:
		a.Value, err = v.stringValue()
	}
	if err != nil {
		return a, nil, err
	}
	return a, id.body, r.done()
}

// printableTag is OpenSSL's ASN1_PRINTABLE: the types that a name may hold.
func printableTag(tag int) bool {
	switch tag {
	case tagBitString, tagUTF8String, tagSequence, tagNumericString, tagPrintableString,
		tagT61String, tagIA5String, tagUniversalString, tagBMPString,
		7, 8, 9, 11, 13, 14, 15, 29:
		return true
	}
	return false
}

// canonicalAttribute is the encoding by which OpenSSL compares an entry:
// every text as a folded UTF8String, anything else as it stands.
func canonicalAttribute(oid []byte, a Attribute) ([]byte, error) {
	value := a.Value
	tag := a.Tag
	switch tag {
	case tagUTF8String, tagPrintableString, tagT61String, tagIA5String,
		tagUniversalString, tagBMPString:
		s, err := toUTF8(tag, value)
		if err != nil {
			return nil, err
		}
		value, tag = canonicalText(s), tagUTF8String
	case tagBitString:
		value = append([]byte{0}, value...)
	}
	encoded := value
	if tag != tagSequence {
		encoded = derTLV(byte(tag), value)
	}
	return derTLV(0x30, append(derTLV(tagOID, oid), encoded...)), nil
}

func derSetOf(entries [][]byte) []byte {
	sort.Slice(entries, func(i, j int) bool { return bytes.Compare(entries[i], entries[j]) < 0 })
	return derTLV(0x31, bytes.Join(entries, nil))
}

// derTLV encodes one value with a tag below 31.
func derTLV(tag byte, body []byte) []byte {
	out := []byte{tag}
	switch n := len(body); {
	case n < 0x80:
		out = append(out, byte(n))
	case n < 0x100:
		out = append(out, 0x81, byte(n))
	case n < 0x10000:
		out = append(out, 0x82, byte(n>>8), byte(n))
	default:
		out = append(out, 0x84, byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
	return append(out, body...)
}

// attributeNames are the short names that OpenSSL prints.
var attributeNames = map[string]string{
	"2.5.4.3": "CN", "2.5.4.4": "SN", "2.5.4.5": "serialNumber", "2.5.4.6": "C",
	"2.5.4.7": "L", "2.5.4.8": "ST", "2.5.4.9": "street", "2.5.4.10": "O",
	"2.5.4.11": "OU", "2.5.4.12": "title", "2.5.4.13": "description",
	"2.5.4.15": "businessCategory", "2.5.4.17": "postalCode", "2.5.4.41": "name",
	"2.5.4.42": "GN", "2.5.4.43": "initials", "2.5.4.46": "dnQualifier",
	"2.5.4.97": "organizationIdentifier", oidEmail: "emailAddress",
	"0.9.2342.19200300.100.1.1": "UID", "0.9.2342.19200300.100.1.25": "DC",
	"1.3.6.1.4.1.311.60.2.1.1": "jurisdictionL", "1.3.6.1.4.1.311.60.2.1.2": "jurisdictionST",
	"1.3.6.1.4.1.311.60.2.1.3": "jurisdictionC",
}

func nameText(attributes []Attribute) string {
	var out strings.Builder
	for i, a := range attributes {
		switch {
		case i == 0:
		case a.RDN == attributes[i-1].RDN:
			out.WriteString(" + ")
		default:
			out.WriteString(", ")
		}
		short, known := attributeNames[a.OID]
		if !known {
			short = a.OID
		}
		out.WriteString(short + " = " + valueText(a))
		if out.Len() > maxNameText {
			return out.String()[:maxNameText] + "…"
		}
	}
	return strings.ToValidUTF8(out.String(), "")
}

func valueText(a Attribute) string {
	s, ok := a.UTF8()
	if !ok {
		return fmt.Sprintf("#%x", a.Value[:min(len(a.Value), 64)])
	}
	var out strings.Builder
	for _, r := range s {
		switch {
		case r < 0x20 || r >= 0x7f && r < 0xa0:
			fmt.Fprintf(&out, "\\%02X", r)
		case r == '"' || r == '\\':
			out.WriteByte('\\')
			out.WriteRune(r)
		default:
			out.WriteRune(r)
		}
		if out.Len() > maxNameText {
			break
		}
	}
	if strings.ContainsAny(s, ",+<>;") || strings.HasPrefix(s, "#") || strings.TrimSpace(s) != s {
		return `"` + out.String() + `"`
	}
	return out.String()
}
