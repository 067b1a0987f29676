package cert

import (
	"crypto"
	"errors"
	"fmt"
)

// PSS holds the parameters of RSASSA-PSS (RFC 8017, A.2.3).
type PSS struct {
	Hash, MGFHash crypto.Hash
	SaltLen       int
}

const oidMGF1 = "1.2.840.113549.1.1.8"

// pssHashes are the digests that OpenSSL's default provider offers and Go has.
var pssHashes = map[string]crypto.Hash{
	"1.2.840.113549.2.5":      crypto.MD5,
	"1.3.14.3.2.26":           crypto.SHA1,
	"2.16.840.1.101.3.4.2.1":  crypto.SHA256,
	"2.16.840.1.101.3.4.2.2":  crypto.SHA384,
	"2.16.840.1.101.3.4.2.3":  crypto.SHA512,
	"2.16.840.1.101.3.4.2.4":  crypto.SHA224,
	"2.16.840.1.101.3.4.2.5":  crypto.SHA512_224,
	"2.16.840.1.101.3.4.2.6":  crypto.SHA512_256,
	"2.16.840.1.101.3.4.2.7":  crypto.SHA3_224,
	"2.16.840.1.101.3.4.2.8":  crypto.SHA3_256,
	"2.16.840.1.101.3.4.2.9":  crypto.SHA3_384,
	"2.16.840.1.101.3.4.2.10": crypto.SHA3_512,
}

// ParsePSS reads RSASSA-PSS-params as OpenSSL does: what is absent has
// RFC 8017's default, the trailer must be 1.
func ParsePSS(der []byte) (*PSS, error) {
	p, err := parsePSS(der)
	if err != nil {
		return nil, fmt.Errorf("reading RSASSA-PSS parameters: %w", err)
	}
	return p, nil
}

func parsePSS(der []byte) (*PSS, error) {
	outer := reader{der}
	r, _, err := outer.sequence()
	if err != nil {
		return nil, err
	}
	p := &PSS{Hash: crypto.SHA1, MGFHash: crypto.SHA1, SaltLen: 20}
	if e, ok, err := r.explicit(0); err != nil {
		return nil, err
	} else if ok {
		if p.Hash, err = hashOf(e); err != nil {
			return nil, err
		}
	}
	if e, ok, err := r.explicit(1); err != nil {
		return nil, err
	} else if ok {
		if p.MGFHash, err = mgfHashOf(e); err != nil {
			return nil, err
		}
	}
	salt, trailer := int64(20), int64(1)
	for tag, n := range []*int64{2: &salt, 3: &trailer} {
		if n == nil {
			continue
		}
		if e, ok, err := r.explicit(tag); err != nil {
			return nil, err
		} else if ok {
			if *n, err = smallInteger(e); err != nil {
				return nil, err
			}
		}
	}
	if salt < 0 || salt > 1<<16 || trailer != 1 {
		return nil, errors.New("salt length or trailer out of range")
	}
	p.SaltLen = int(salt)
	return p, r.done()
}

// explicit reads an optional field in a context tag around it.
func (r *reader) explicit(tag int) (*reader, bool, error) {
	e, ok, err := r.optional(context, tag)
	if err != nil || !ok {
		return nil, false, err
	}
	if !e.constructed {
		return nil, false, errForm
	}
	return &reader{e.body}, true, nil
}

func smallInteger(r *reader) (int64, error) {
	e, err := r.take(universal, tagInteger)
	if err != nil {
		return 0, err
	}
	n, err := e.integer()
	if err != nil {
		return 0, err
	}
	if !n.IsInt64() {
		return -1, nil
	}
	return n.Int64(), r.done()
}

func hashOf(r *reader) (crypto.Hash, error) {
	a, err := r.algorithm()
	if err != nil {
		return 0, err
	}
	h, ok := pssHashes[a.oid]
	if !ok {
		return 0, errors.New("unknown digest " + a.oid)
	}
	return h, r.done()
}

func mgfHashOf(r *reader) (crypto.Hash, error) {
	a, err := r.algorithm()
	if err != nil {
		return 0, err
	}
	if a.oid != oidMGF1 || !a.hasParams || a.paramTag != tagSequence || a.paramClass != universal {
		return 0, errors.New("mask generation function is not MGF1")
	}
	if err := r.done(); err != nil {
		return 0, err
	}
	return hashOf(&reader{a.paramsFull})
}
