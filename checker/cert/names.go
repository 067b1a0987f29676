package cert

import (
	"errors"
	"net"
)

// Choices of GeneralName.
const (
	GeneralOther = 0
	GeneralEmail = 1
	GeneralDNS   = 2
	GeneralX400  = 3
	GeneralDir   = 4
	GeneralEDI   = 5
	GeneralURI   = 6
	GeneralIP    = 7
	GeneralRID   = 8
)

var errTooManyNames = errors.New("too many names")

func (c *Cert) readSAN(value []byte) error {
	r := reader{value}
	list, err := r.take(universal, tagSequence)
	if err != nil {
		return err
	}
	names, err := generalNames(list)
	if err != nil {
		return err
	}
	san := SAN{Names: names}
	for _, n := range names {
		switch n.Tag {
		case GeneralDNS:
			san.DNS = append(san.DNS, string(n.Value))
		case GeneralEmail:
			san.Email = append(san.Email, string(n.Value))
		case GeneralURI:
			san.URI = append(san.URI, string(n.Value))
		case GeneralIP:
			san.IP = append(san.IP, net.IP(n.Value))
		default:
			san.Others++
		}
	}
	c.SAN = &san
	return nil
}

func generalNames(list element) ([]GeneralName, error) {
	var out []GeneralName
	err := list.each(func(e element) error {
		if len(out) == maxSANs {
			return errTooManyNames
		}
		n, err := generalName(e)
		out = append(out, n)
		return err
	})
	return out, err
}

func generalName(e element) (n GeneralName, err error) {
	if e.class != context {
		return n, errTag
	}
	n.Tag = e.tag
	switch e.tag {
	case GeneralEmail, GeneralDNS, GeneralURI, GeneralIP:
		n.Value, err = e.octets()
	case GeneralX400:
		if !e.constructed {
			err = errForm
		}
	case GeneralDir:
		n.Value, err = directoryName(e)
	case GeneralOther:
		err = n.readOther(e)
	case GeneralEDI:
		err = checkEDIParty(e)
	case GeneralRID:
		_, err = e.oid()
	default:
		err = errTag
	}
	return n, err
}

// directoryName gives the canonical form; an empty name is not nil.
func directoryName(e element) ([]byte, error) {
	if !e.constructed {
		return nil, errForm
	}
	r := reader{e.body}
	name, err := r.name()
	if err != nil {
		return nil, err
	}
	return append([]byte{}, name.Canonical...), r.done()
}

func (n *GeneralName) readOther(e element) error {
	if !e.constructed {
		return errForm
	}
	r := reader{e.body}
	id, err := r.take(universal, tagOID)
	if err != nil {
		return err
	}
	if n.OID, err = id.oid(); err != nil {
		return err
	}
	inner, ok, err := r.explicit(0)
	if err != nil {
		return err
	}
	if !ok {
		return errShort
	}
	v, err := inner.next()
	if err != nil {
		return err
	}
	if _, err := v.anyValue(); err != nil {
		return err
	}
	if v.is(universal, tagUTF8String) {
		n.UTF8 = true
		n.Value, _ = v.octets()
	}
	if inner.done() != nil {
		return errTrailer
	}
	return r.done()
}

func checkEDIParty(e element) error {
	if !e.constructed {
		return errForm
	}
	r := reader{e.body}
	if inner, ok, err := r.explicit(0); err != nil {
		return err
	} else if ok {
		if err := directoryString(inner); err != nil {
			return err
		}
	}
	inner, ok, err := r.explicit(1)
	if err != nil {
		return err
	}
	if !ok {
		return errShort
	}
	if err := directoryString(inner); err != nil {
		return err
	}
	return r.done()
}

func directoryString(r *reader) error {
	v, err := r.next()
	if err != nil {
		return err
	}
	switch {
	case v.class != universal:
		return errTag
	case v.tag == tagPrintableString, v.tag == tagT61String, v.tag == tagBMPString,
		v.tag == tagUniversalString, v.tag == tagUTF8String:
		if _, err := v.stringValue(); err != nil {
			return err
		}
		return r.done()
	}
	return errTag
}

func (c *Cert) readAuthorityKeyID(value []byte) error {
	r, err := onlySequence(value)
	if err != nil {
		return err
	}
	var id AuthorityKeyID
	if e, ok, err := r.optional(context, 0); err != nil {
		return err
	} else if ok {
		octets, err := e.octets()
		if err != nil {
			return err
		}
		id.KeyID = append([]byte{}, octets...)
	}
	if e, ok, err := r.optional(context, 1); err != nil {
		return err
	} else if ok {
		names, err := generalNames(e)
		if err != nil {
			return err
		}
		for _, n := range names {
			if n.Tag == GeneralDir {
				id.Issuer = n.Value
				break
			}
		}
	}
	if !r.empty() {
		e, err := r.take(context, 2)
		if err != nil {
			return err
		}
		if id.Serial, err = e.integer(); err != nil {
			return err
		}
	}
	if err := r.done(); err != nil {
		return err
	}
	c.AuthorityKeyID = &id
	return nil
}
