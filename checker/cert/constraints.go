package cert

import "net"

func (c *Cert) readNameConstraints(value []byte) error {
	r, err := onlySequence(value)
	if err != nil {
		return err
	}
	var nc NameConstraints
	if e, ok, err := r.optional(context, 0); err != nil {
		return err
	} else if ok {
		if nc.Permitted, err = subtrees(e); err != nil {
			return err
		}
	}
	if !r.empty() {
		e, err := r.take(context, 1)
		if err != nil {
			return err
		}
		if nc.Excluded, err = subtrees(e); err != nil {
			return err
		}
	}
	if err := r.done(); err != nil {
		return err
	}
	c.NameConstraints = &nc
	return nil
}

func subtrees(list element) ([]Subtree, error) {
	var out []Subtree
	err := list.each(func(e element) error {
		if len(out) == maxSANs {
			return errTooManyNames
		}
		s, err := subtree(e)
		out = append(out, s)
		return err
	})
	return out, err
}

func subtree(e element) (s Subtree, err error) {
	if !e.is(universal, tagSequence) || !e.constructed {
		return s, errTag
	}
	r := reader{e.body}
	base, err := r.next()
	if err != nil {
		return s, err
	}
	if s.Base, err = generalName(base); err != nil {
		return s, err
	}
	if min, ok, err := r.optional(context, 0); err != nil {
		return s, err
	} else if ok {
		n, err := min.integer()
		if err != nil {
			return s, err
		}
		s.BadMinMax = n.Sign() != 0
	}
	if !r.empty() {
		max, err := r.take(context, 1)
		if err != nil {
			return s, err
		}
		if _, err := max.integer(); err != nil {
			return s, err
		}
		s.BadMinMax = true
	}
	s.describe()
	return s, r.done()
}

func (s *Subtree) describe() {
	switch s.Base.Tag {
	case GeneralDNS:
		s.Kind, s.Value = "dns", string(s.Base.Value)
	case GeneralEmail:
		s.Kind, s.Value = "email", string(s.Base.Value)
	case GeneralURI:
		s.Kind, s.Value = "uri", string(s.Base.Value)
	case GeneralDir:
		s.Kind, s.Dir = "dir", s.Base.Value
	case GeneralIP:
		s.Kind = "ip"
		if n := len(s.Base.Value); n == 8 || n == 32 {
			s.Net = &net.IPNet{IP: s.Base.Value[:n/2], Mask: s.Base.Value[n/2:]}
		}
	default:
		s.Kind = "other"
	}
}

// readCRLPoints only checks the form: no revocation list is ever fetched,
// but a broken pointer to one makes a certificate invalid.
func readCRLPoints(value []byte) error {
	r := reader{value}
	list, err := r.take(universal, tagSequence)
	if err != nil {
		return err
	}
	return list.each(checkCRLPoint)
}

func checkCRLPoint(e element) error {
	if !e.is(universal, tagSequence) || !e.constructed {
		return errTag
	}
	r := reader{e.body}
	named := false
	if p, ok, err := r.explicit(0); err != nil {
		return err
	} else if ok {
		named = true
		if err := checkPointName(p); err != nil {
			return err
		}
	}
	if e, ok, err := r.optional(context, 1); err != nil {
		return err
	} else if ok {
		if _, _, err := e.bits(); err != nil {
			return err
		}
	}
	if !r.empty() {
		issuers, err := r.take(context, 2)
		if err != nil {
			return err
		}
		names, err := generalNames(issuers)
		if err != nil {
			return err
		}
		named = named || len(names) > 0
	}
	if !named {
		return errShort
	}
	return r.done()
}

func checkPointName(r *reader) error {
	e, err := r.next()
	if err != nil {
		return err
	}
	switch {
	case e.is(context, 0):
		_, err = generalNames(e)
	case e.is(context, 1):
		err = e.each(func(entry element) error {
			a, oid, err := parseAttribute(entry)
			if err == nil {
				_, err = canonicalAttribute(oid, a)
			}
			return err
		})
	default:
		err = errTag
	}
	if err != nil {
		return err
	}
	return r.done()
}
