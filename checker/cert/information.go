package cert

import "strings"

// Bounds of what is kept for people and for fetching issuers.
const (
	maxURLs     = 20
	maxPolicies = 50
	maxURLLen   = 2048
)

// readInformation reads extensions that decide nothing; what does not parse
// is left out.
func (c *Cert) readInformation(x extension) {
	switch x.oid {
	case oidAIA:
		c.readAccess(x.value)
	case oidPolicies:
		c.Policies = policies(x.value)
	case oidSCTs:
		c.SCTs = countSCTs(x.value)
	}
}

func (c *Cert) readAccess(value []byte) {
	r := reader{value}
	list, err := r.take(universal, tagSequence)
	if err != nil {
		return
	}
	_ = list.each(func(e element) error {
		d := reader{e.body}
		id, err := d.take(universal, tagOID)
		if err != nil {
			return err
		}
		method, err := id.oid()
		if err != nil {
			return err
		}
		location, ok, err := d.optional(context, GeneralURI)
		if err != nil || !ok {
			return err
		}
		octets, err := location.octets()
		if err != nil || len(octets) > maxURLLen || !isHTTP(string(octets)) {
			return err
		}
		switch {
		case method == "1.3.6.1.5.5.7.48.2" && len(c.IssuerURLs) < maxURLs:
			c.IssuerURLs = append(c.IssuerURLs, string(octets))
		case method == "1.3.6.1.5.5.7.48.1" && len(c.OCSPURLs) < maxURLs:
			c.OCSPURLs = append(c.OCSPURLs, string(octets))
		}
		return nil
	})
}

func isHTTP(s string) bool {
	scheme, _, ok := strings.Cut(strings.ToLower(s), "://")
	return ok && (scheme == "http" || scheme == "https")
}

func policies(value []byte) []string {
	r := reader{value}
	list, err := r.take(universal, tagSequence)
	if err != nil {
		return nil
	}
	var out []string
	_ = list.each(func(e element) error {
		if len(out) == maxPolicies {
			return ErrBounds
		}
		d := reader{e.body}
		id, err := d.take(universal, tagOID)
		if err != nil {
			return err
		}
		oid, err := id.oid()
		if err == nil {
			out = append(out, oid)
		}
		return err
	})
	return out
}

// countSCTs counts the timestamps of RFC 6962, 3.3: an octet string of
// two-octet lengths.
func countSCTs(value []byte) int {
	r := reader{value}
	e, err := r.take(universal, tagOctetString)
	if err != nil {
		return 0
	}
	b, err := e.octets()
	if err != nil || len(b) < 2 {
		return 0
	}
	n := 0
	for b = b[2:]; len(b) >= 2; n++ {
		size := int(b[0])<<8 | int(b[1])
		if size > len(b)-2 {
			break
		}
		b = b[2+size:]
	}
	return n
}
