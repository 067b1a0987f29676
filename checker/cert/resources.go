package cert

// The address and AS number extensions of RFC 3779 are read for their form
// alone: OpenSSL refuses a certificate whose extension is broken.

func (c *Cert) readIPBlocks(value []byte) error {
	r := reader{value}
	list, err := r.take(universal, tagSequence)
	if err != nil {
		return err
	}
	return list.each(func(e element) error {
		if !e.is(universal, tagSequence) || !e.constructed {
			return errTag
		}
		family := reader{e.body}
		id, err := family.take(universal, tagOctetString)
		if err != nil {
			return err
		}
		if _, err := id.octets(); err != nil {
			return err
		}
		own, err := inheritOr(&family, checkAddress)
		if err != nil {
			return err
		}
		c.IPResources = c.IPResources || own
		return family.done()
	})
}

func (c *Cert) readASNumbers(value []byte) error {
	r, err := onlySequence(value)
	if err != nil {
		return err
	}
	for tag := 0; tag <= 1; tag++ {
		choice, ok, err := r.explicit(tag)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		own, err := inheritOr(choice, checkASNumber)
		if err != nil {
			return err
		}
		c.ASResources = c.ASResources || own
		if err := choice.done(); err != nil {
			return err
		}
	}
	return r.done()
}

// inheritOr reads NULL for "as the issuer", or a list of one's own.
func inheritOr(r *reader, check func(element) error) (own bool, err error) {
	e, err := r.next()
	if err != nil {
		return false, err
	}
	switch {
	case e.is(universal, tagNull):
		_, err = e.anyValue()
		return false, err
	case e.is(universal, tagSequence):
		return true, e.each(check)
	}
	return false, errTag
}

func checkAddress(e element) error {
	if e.is(universal, tagBitString) {
		_, _, err := e.bits()
		return err
	}
	return checkRange(e, tagBitString)
}

func checkASNumber(e element) error {
	if e.is(universal, tagInteger) {
		_, err := e.integer()
		return err
	}
	return checkRange(e, tagInteger)
}

func checkRange(e element, tag int) error {
	if !e.is(universal, tagSequence) || !e.constructed {
		return errTag
	}
	r := reader{e.body}
	for range 2 {
		bound, err := r.take(universal, tag)
		if err != nil {
			return err
		}
		if _, err := bound.anyValue(); err != nil {
			return err
		}
	}
	return r.done()
}
