package d2i

// The types of RFC 5280 as OpenSSL declares them (crypto/x509, x_x509.c and
// its neighbours).
var (
	object     = item{tag: tagObject}
	integer    = item{tag: tagInteger}
	bits       = item{tag: tagBits}
	octets     = item{tag: tagOctets}
	boolean    = item{tag: tagBoolean}
	utf8String = item{tag: tagUTF8}
	anyValue   = item{kind: anything}
	timeItem   = item{kind: choice, types: []int{tagUTCTime, tagGenTime}}
	// ASN1_PRINTABLE
	text = item{kind: choice, types: []int{tagBits, 7, 8, 9, 11, 12, 13, 14, 15, tagSequence, 18, 19, 20, 22, tagUniversal, 29, tagBMP}}

	entryItem = item{kind: sequence, fields: []field{{item: &object}, {item: &text}}}
	rdnItem   = item{kind: listItem, fields: []field{{item: &entryItem, setOf: true}}}
	nameList  = item{kind: listItem, fields: []field{{item: &rdnItem, of: true}}}
	nameItem  = item{kind: name}

	algorithmItem = item{kind: sequence, fields: []field{{item: &object}, {item: &anyValue, optional: true}}}
	validityItem  = item{kind: sequence, fields: []field{{item: &timeItem}, {item: &timeItem}}}
	keyItem       = item{kind: sequence, fields: []field{{item: &algorithmItem}, {item: &bits}}}
	extensionItem = item{kind: sequence, fields: []field{{item: &object}, {item: &boolean, optional: true}, {item: &octets}}}

	signedItem = item{kind: sequence, fields: []field{
		{item: &integer, how: explicit, tag: 0, optional: true},
		{item: &integer}, {item: &algorithmItem}, {item: &nameItem}, {item: &validityItem}, {item: &nameItem}, {item: &keyItem},
		{item: &bits, how: implicit, tag: 1, optional: true}, {item: &bits, how: implicit, tag: 2, optional: true},
		{item: &extensionItem, how: explicit, tag: 3, of: true, optional: true},
	}}
	certificateItem = item{kind: sequence, fields: []field{{item: &signedItem}, {item: &algorithmItem}, {item: &bits}}}

	trustItem = item{kind: sequence, fields: []field{
		{item: &object, of: true, optional: true}, {item: &object, how: implicit, tag: 0, of: true, optional: true},
		{item: &utf8String, optional: true}, {item: &octets, optional: true},
		{item: &algorithmItem, how: implicit, tag: 1, of: true, optional: true},
	}}

	revokedItem = item{kind: sequence, fields: []field{
		{item: &integer}, {item: &timeItem}, {item: &extensionItem, of: true, optional: true},
	}}
	revocationInfo = item{kind: sequence, fields: []field{
		{item: &integer, optional: true}, {item: &algorithmItem}, {item: &nameItem}, {item: &timeItem}, {item: &timeItem, optional: true},
		{item: &revokedItem, of: true, optional: true}, {item: &extensionItem, how: explicit, tag: 0, of: true, optional: true},
	}}
	revocationItem = item{kind: sequence, fields: []field{{item: &revocationInfo}, {item: &algorithmItem}, {item: &bits}}}
)
