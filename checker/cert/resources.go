package cert

// The address and AS number extensions of RFC 3779 are read for their form
// alone: OpenSSL refuses a certificate whose extension is broken.

func (c *Cert) readIPBlocks(value []byte) error {
	r := reader{value}
	list, err := r.take(universal, tagSequence)
	if err != nil {
		return err
	}
	c.IPResources = true
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
		if err := inheritOr(&family, checkAddress); err != nil {
			return err
		}
		return family.done()
	})
}

func (c *Cert) readASNumbers(value []byte) error {
	r, err := onlySequence(value)
	if err != nil {
		return err
	}
	c.ASResources = true
	for tag := 0; tag <= 1; tag++ {
		choice, ok, err := r.explicit(tag)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if err := inheritOr(choice, checkASNumber); err != nil {
			return err
		}
		if err := choice.done(); err != nil {
			return err
		}
	}
	return r.done()
}

// inheritOr reads NULL for "as the issuer", or a list.
func inheritOr(r *reader, check func(element) error) error {
	e, err := r.next()
	if err != nil {
		return err
	}
	switch {
	case e.is(universal, tagNull):
		_, err = e.anyValue()
		return err
	case e.is(universal, tagSequence):
		return e.each(check)
	}
	return errTag
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
