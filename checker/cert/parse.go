package cert

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
)

// Bounds of one certificate. OpenSSL has none of them but the memory.
const (
	MaxSize       = 1 << 20
	maxExtensions = 200
	maxSANs       = 20000
)

// ErrBounds is of a certificate that goes over these bounds and may be sound.
var ErrBounds = errors.New("more than is read")

// Parse reads one certificate. It takes what OpenSSL's d2i_X509 takes, with
// its meaning: an extension or a key that does not decode is recorded rather
// than refused, bytes after the certificate are counted in Trailing.
func Parse(der []byte) (*Cert, error) {
	if len(der) > MaxSize {
		return nil, fmt.Errorf("reading a certificate: %w: %d bytes, at most %d are read", ErrBounds, len(der), MaxSize)
	}
	c, err := parse(append([]byte(nil), der...))
	if err != nil {
		return nil, fmt.Errorf("reading a certificate: %w", err)
	}
	return c, nil
}

func parse(der []byte) (*Cert, error) {
	in := reader{der}
	outer, whole, err := in.sequence()
	if err != nil {
		return nil, fmt.Errorf("outer sequence: %w", err)
	}
	c := &Cert{Raw: whole.full, Trailing: len(in.rest)}
	sum := sha256.Sum256(c.Raw)
	c.SHA256 = hex.EncodeToString(sum[:])

	tbs, signed, err := outer.sequence()
	if err != nil {
		return nil, fmt.Errorf("signed part: %w", err)
	}
	c.RawTBS = signed.full
	inner, err := c.parseTBS(tbs)
	if err != nil {
		return nil, err
	}
	alg, err := outer.algorithm()
	if err != nil {
		return nil, fmt.Errorf("signature algorithm: %w", err)
	}
	value, err := outer.take(universal, tagBitString)
	if err != nil {
		return nil, fmt.Errorf("signature: %w", err)
	}
	if c.Signature, err = signatureOf(alg, inner, value); err != nil {
		return nil, err
	}
	if err := outer.done(); err != nil {
		return nil, fmt.Errorf("after the signature: %w", err)
	}
	return c, nil
}

// parseTBS reads TBSCertificate (RFC 5280, 4.1) and gives the signature
// algorithm that it names.
func (c *Cert) parseTBS(r *reader) (inner algorithm, err error) {
	if err := c.parseVersion(r); err != nil {
		return inner, fmt.Errorf("version: %w", err)
	}
	serial, err := r.take(universal, tagInteger)
	if err != nil {
		return inner, fmt.Errorf("serial number: %w", err)
	}
	if c.Serial, err = serial.integer(); err != nil {
		return inner, fmt.Errorf("serial number: %w", err)
	}
	if inner, err = r.algorithm(); err != nil {
		return inner, fmt.Errorf("inner signature algorithm: %w", err)
	}
	if c.Issuer, err = r.name(); err != nil {
		return inner, fmt.Errorf("issuer: %w", err)
	}
	if err := c.parseValidity(r); err != nil {
		return inner, fmt.Errorf("validity: %w", err)
	}
	if c.Subject, err = r.name(); err != nil {
		return inner, fmt.Errorf("subject: %w", err)
	}
	if c.Key, err = parseKey(r); err != nil {
		return inner, err
	}
	for tag := 1; tag <= 2; tag++ {
		id, ok, err := r.optional(context, tag)
		if err == nil && ok {
			_, _, err = id.bits()
		}
		if err != nil {
			return inner, fmt.Errorf("unique identifier: %w", err)
		}
	}
	if err := c.parseExtensions(r); err != nil {
		return inner, fmt.Errorf("extensions: %w", err)
	}
	return inner, r.done()
}

func (c *Cert) parseVersion(r *reader) error {
	c.Version = 1
	v, ok, err := r.explicit(0)
	if err != nil || !ok {
		return err
	}
	e, err := v.take(universal, tagInteger)
	if err != nil {
		return err
	}
	n, err := e.integer()
	if err != nil {
		return err
	}
	if !n.IsInt64() || n.CmpAbs(big.NewInt(1<<20)) > 0 {
		n = big.NewInt(-2) // OpenSSL keeps it, and treats it as none that it knows
	}
	c.Version = int(n.Int64()) + 1
	return v.done()
}

// name reads a Name.
func (r *reader) name() (Name, error) {
	e, err := r.take(universal, tagSequence)
	if err != nil {
		return Name{}, err
	}
	return parseName(e)
}

func (c *Cert) parseValidity(r *reader) error {
	v, _, err := r.sequence()
	if err != nil {
		return err
	}
	var strict bool
	from, err := v.next()
	if err != nil {
		return err
	}
	if c.NotBefore, strict, err = parseTime(from); err != nil {
		return err
	}
	c.BadNotBefore = !strict
	to, err := v.next()
	if err != nil {
		return err
	}
	if c.NotAfter, strict, err = parseTime(to); err != nil {
		return err
	}
	c.BadNotAfter = !strict
	return v.done()
}

// extension is one extension as it stands.
type extension struct {
	oid      string
	critical bool
	value    []byte
}

func (c *Cert) parseExtensions(r *reader) error {
	wrapped, ok, err := r.explicit(3)
	if err != nil || !ok {
		return err
	}
	list, err := wrapped.take(universal, tagSequence)
	if err != nil {
		return err
	}
	var all []extension
	err = list.each(func(e element) error {
		if len(all) == maxExtensions {
			return fmt.Errorf("%w: over %d extensions", ErrBounds, maxExtensions)
		}
		x, err := parseExtension(e)
		all = append(all, x)
		return err
	})
	if err != nil {
		return err
	}
	if err := wrapped.done(); err != nil {
		return err
	}
	return c.readExtensions(all)
}

func parseExtension(e element) (x extension, err error) {
	if !e.is(universal, tagSequence) || !e.constructed {
		return x, errTag
	}
	r := reader{e.body}
	id, err := r.take(universal, tagOID)
	if err != nil {
		return x, err
	}
	if x.oid, err = id.oid(); err != nil {
		return x, err
	}
	flag, ok, err := r.optional(universal, tagBoolean)
	if err == nil && ok {
		x.critical, err = flag.boolean()
	}
	if err != nil {
		return x, err
	}
	value, err := r.take(universal, tagOctetString)
	if err != nil {
		return x, err
	}
	if x.value, err = value.octets(); err != nil {
		return x, err
	}
	return x, r.done()
}
