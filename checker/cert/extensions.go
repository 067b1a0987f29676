package cert

import (
	"errors"
	"slices"
)

// Extensions by their identifiers.
const (
	oidNetscapeType     = "2.16.840.1.113730.1.1"
	oidSubjectKeyID     = "2.5.29.14"
	oidKeyUsage         = "2.5.29.15"
	oidSAN              = "2.5.29.17"
	oidIssuerAltName    = "2.5.29.18"
	oidBasicConstraints = "2.5.29.19"
	oidNameConstraints  = "2.5.29.30"
	oidCRLPoints        = "2.5.29.31"
	oidPolicies         = "2.5.29.32"
	oidAuthorityKeyID   = "2.5.29.35"
	oidExtKeyUsage      = "2.5.29.37"
	oidAIA              = "1.3.6.1.5.5.7.1.1"
	oidIPBlocks         = "1.3.6.1.5.5.7.1.7"
	oidASNumbers        = "1.3.6.1.5.5.7.1.8"
	oidProxy            = "1.3.6.1.5.5.7.1.14"
	oidSCTs             = "1.3.6.1.4.1.11129.2.4.2"
)

// handledCritical are the extensions that may be critical
// (X509_supported_extension of crypto/x509/v3_purp.c).
var handledCritical = []string{
	oidNetscapeType, oidKeyUsage, oidSAN, oidBasicConstraints, oidPolicies,
	oidCRLPoints, oidExtKeyUsage, oidIPBlocks, oidASNumbers,
	"1.3.6.1.5.5.7.48.1.5", // OCSP no check
	"2.5.29.36",            // policy constraints
	oidProxy, oidNameConstraints,
	"2.5.29.33", // policy mappings
	"2.5.29.54", // inhibit anyPolicy
}

// extensionReaders are those that OpenSSL reads before it verifies anything.
// One that is there twice, or does not parse, makes the certificate invalid:
// it is neither given an issuer nor taken as one.
func (c *Cert) extensionReaders() map[string]func([]byte) error {
	return map[string]func([]byte) error{
		oidBasicConstraints: c.readBasicConstraints,
		oidProxy:            c.readProxy,
		oidKeyUsage:         c.readKeyUsage,
		oidExtKeyUsage:      c.readExtKeyUsage,
		oidNetscapeType:     c.readNetscapeType,
		oidSubjectKeyID:     c.readSubjectKeyID,
		oidAuthorityKeyID:   c.readAuthorityKeyID,
		oidSAN:              c.readSAN,
		oidNameConstraints:  c.readNameConstraints,
		oidCRLPoints:        readCRLPoints,
		oidIPBlocks:         c.readIPBlocks,
		oidASNumbers:        c.readASNumbers,
	}
}

func (c *Cert) readExtensions(all []extension) error {
	count := map[string]int{}
	for _, x := range all {
		count[x.oid]++
		if x.critical && !slices.Contains(handledCritical, x.oid) {
			c.CriticalUnknown = append(c.CriticalUnknown, x.oid)
		}
	}
	readers := c.extensionReaders()
	seen := map[string]bool{}
	for _, x := range all {
		if count[x.oid] > 1 {
			c.DuplicateExtension = true
		}
		if seen[x.oid] {
			continue
		}
		seen[x.oid] = true
		read, ok := readers[x.oid]
		if !ok {
			c.readInformation(x)
			continue
		}
		if count[x.oid] > 1 {
			c.broken(x.oid)
			continue
		}
		if err := read(x.value); errors.Is(err, errTooManyNames) {
			return err
		} else if err != nil {
			c.broken(x.oid)
		}
	}
	if c.Proxy != nil && (c.BasicConstraints != nil && c.BasicConstraints.CA || seen[oidSAN] || seen[oidIssuerAltName]) {
		c.broken(oidProxy)
	}
	return nil
}

func (c *Cert) broken(oid string) {
	if !slices.Contains(c.BrokenExtensions, oid) {
		c.BrokenExtensions = append(c.BrokenExtensions, oid)
	}
}

// onlySequence opens an extension's value. What follows the first value is
// not looked at: OpenSSL does not.
func onlySequence(value []byte) (*reader, error) {
	r := reader{value}
	seq, _, err := r.sequence()
	return seq, err
}

func (c *Cert) readBasicConstraints(value []byte) error {
	r, err := onlySequence(value)
	if err != nil {
		return err
	}
	b := BasicConstraints{PathLen: -1}
	if e, ok, err := r.optional(universal, tagBoolean); err != nil {
		return err
	} else if ok {
		if b.CA, err = e.boolean(); err != nil {
			return err
		}
	}
	var negative error
	if !r.empty() {
		e, err := r.take(universal, tagInteger)
		if err != nil {
			return err
		}
		n, err := e.integer()
		if err != nil {
			return err
		}
		switch {
		case n.Sign() < 0:
			negative = errors.New("negative path length")
		case n.IsInt64() && n.Int64() < 1<<30:
			b.PathLen = int(n.Int64())
		case n.IsInt64():
			b.PathLen = 1 << 30
		default:
			b.PathLen = -1 // ASN1_INTEGER_get cannot hold it
		}
	}
	if err := r.done(); err != nil {
		return err
	}
	c.BasicConstraints = &b
	return negative
}

func (c *Cert) readProxy(value []byte) error {
	r, err := onlySequence(value)
	if err != nil {
		return err
	}
	p := ProxyInfo{PathLen: -1}
	if e, ok, err := r.optional(universal, tagInteger); err != nil {
		return err
	} else if ok {
		n, err := e.integer()
		if err != nil {
			return err
		}
		if n.IsInt64() && n.Int64() < 1<<30 && n.Int64() > -1<<30 {
			p.PathLen = int(n.Int64())
		}
	}
	policy, _, err := r.sequence()
	if err != nil {
		return err
	}
	language, err := policy.take(universal, tagOID)
	if err != nil {
		return err
	}
	if _, err := language.oid(); err != nil {
		return err
	}
	if !policy.empty() {
		if _, err := policy.take(universal, tagOctetString); err != nil {
			return err
		}
	}
	if policy.done() != nil || r.done() != nil {
		return errTrailer
	}
	c.Proxy = &p
	return nil
}

func (c *Cert) readKeyUsage(value []byte) error {
	b, err := onlyBits(value)
	if err != nil {
		return err
	}
	b = append(b, 0, 0)
	c.KeyUsage = &KeyUsage{
		DigitalSignature:  b[0]&0x80 != 0,
		ContentCommitment: b[0]&0x40 != 0,
		KeyEncipherment:   b[0]&0x20 != 0,
		DataEncipherment:  b[0]&0x10 != 0,
		KeyAgreement:      b[0]&0x08 != 0,
		CertSign:          b[0]&0x04 != 0,
		CRLSign:           b[0]&0x02 != 0,
	}
	if b[0] == 0 && b[1] == 0 {
		return errors.New("no bit is set")
	}
	return nil
}

func onlyBits(value []byte) ([]byte, error) {
	r := reader{value}
	e, err := r.take(universal, tagBitString)
	if err != nil {
		return nil, err
	}
	b, _, err := e.bits()
	return b, err
}

func (c *Cert) readExtKeyUsage(value []byte) error {
	ids, err := oids(value)
	if err == nil {
		c.ExtKeyUsage = ids
	}
	return err
}

// oids reads a SEQUENCE OF OBJECT IDENTIFIER; an empty one is not nil.
func oids(value []byte) ([]string, error) {
	r := reader{value}
	list, err := r.take(universal, tagSequence)
	if err != nil {
		return nil, err
	}
	out := []string{}
	err = list.each(func(e element) error {
		if !e.is(universal, tagOID) {
			return errTag
		}
		id, err := e.oid()
		out = append(out, id)
		return err
	})
	return out, err
}

func (c *Cert) readNetscapeType(value []byte) error {
	b, err := onlyBits(value)
	if err != nil {
		return err
	}
	var first byte
	if len(b) > 0 {
		first = b[0]
	}
	c.NetscapeType = &first
	return nil
}

func (c *Cert) readSubjectKeyID(value []byte) error {
	r := reader{value}
	e, err := r.take(universal, tagOctetString)
	if err != nil {
		return err
	}
	id, err := e.octets()
	if err == nil {
		c.SubjectKeyID = append([]byte{}, id...)
	}
	return err
}
