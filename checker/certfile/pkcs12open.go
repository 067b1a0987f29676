package certfile

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"math/big"

	pkcs12 "software.sslmate.com/src/go-pkcs12"

	"hookcheck/checker/cert"
)

// Object identifiers of RFC 8018 and RFC 9579.
var (
	oidPBKDF2     = []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0c}
	oidPBMAC1     = []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0e}
	oidHMACSHA256 = []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x09}
)

// openEncrypted decrypts the encrypted parts of a container with the passwords
// at hand. What they cost is known before the library runs.
func (f *File) openEncrypted(p *pfx, item Item) Problem {
	check, parts, ok := p.cost()
	if !ok {
		return ProblemWork
	}
	for _, password := range f.passwords() {
		if !f.from.spend(check) {
			return ProblemWork
		}
		if p.mac != nil && !p.rightPassword(password) {
			continue
		}
		if !f.from.spend(parts) {
			return ProblemWork
		}
		problem := ProblemPassword
		for _, part := range p.encrypted {
			if problem = f.openPart(part, password, item); problem != "" {
				break
			}
		}
		if problem != ProblemPassword {
			return problem
		}
	}
	if f.from.opts.Password != "" {
		return ProblemWrong
	}
	return ProblemPassword
}

// passwords are those to try: the one that was given costs nothing to others
// where it is right.
func (f *File) passwords() []string {
	if given := f.from.opts.Password; given != "" {
		return []string{given, ""}
	}
	return []string{""}
}

// cost sums every number in what the library derives keys by, the rounds among
// them; the others are small. It is told apart for the checksum and for the
// encrypted parts. ok is false where one is out of bounds.
func (p *pfx) cost() (check, parts int, ok bool) {
	const mostParameters = 8 << 10
	elements := maxParts
	if p.mac != nil {
		mac, _, ok := readElement(p.mac)
		if !ok || len(p.mac) > mostParameters || !sumIntegers(mac, &check, &elements, 0) {
			return 0, 0, false
		}
	}
	for _, part := range p.encrypted {
		algorithm, ok := encryptionOf(part)
		if !ok || len(algorithm.body) > mostParameters || !sumIntegers(algorithm, &parts, &elements, 0) {
			return 0, 0, false
		}
	}
	return check, parts, check+parts <= maxIterations
}

// encryptionOf is the algorithm of an EncryptedData (RFC 2315, 13).
func encryptionOf(part []byte) (element, bool) {
	info, _, ok := readElement(part)
	for _, step := range []int{1, 0, 1, 1} { // [0], EncryptedData, EncryptedContentInfo, algorithm
		parts, whole := info.children()
		if !ok || !whole || len(parts) <= step {
			return element{}, false
		}
		info = parts[step]
	}
	return info, info.tag == tagSequence
}

func sumIntegers(e element, sum, elements *int, depth int) bool {
	if *elements--; *elements < 0 || depth > maxNesting {
		return false
	}
	const constructed = 0x20
	if e.tag == tagInteger {
		if len(e.body) == 0 || len(e.body) > 4 || e.body[0] >= 0x80 {
			return false
		}
		n := 0
		for _, b := range e.body {
			n = n<<8 | int(b)
		}
		*sum += n
		return true
	}
	if e.tag&constructed == 0 {
		return true
	}
	fine := true
	return e.each(func(child element, _ []byte) bool {
		fine = sumIntegers(child, sum, elements, depth+1)
		return fine
	}) && fine
}

// rightPassword compares the container's checksum. The library's reader of
// trust stores does that first and stops at the first key without opening it.
func (p *pfx) rightPassword(password string) (right bool) {
	defer func() {
		if recover() != nil {
			right = false
		}
	}()
	_, err := pkcs12.DecodeTrustStore(p.whole, password)
	return !errors.Is(err, pkcs12.ErrIncorrectPassword)
}

// openPart decrypts one part. The library opens a container only as a whole
// and only with one key in it: so the part is put into a container of its own,
// beside a key that means nothing. The real key stays closed.
func (f *File) openPart(part []byte, password string, item Item) Problem {
	certs, _, err := decodeContainer(password, part, throwawaySafe())
	if err != nil && !errors.Is(err, pkcs12.ErrDecryption) {
		_, cost, ok := (&pfx{encrypted: [][]byte{part}}).cost()
		if !ok || !f.from.spend(cost) {
			return ProblemWork
		}
		var key any
		// Some programs encrypt the key along with the certificates.
		if certs, key, err = decodeContainer(password, part); key != nil {
			wipeKey(key)
			f.PrivateKeys++
			f.add(Item{Kind: KindPrivateKey, Path: item.Path, Line: item.Line, Offset: -1, inside: true})
		}
	}
	var unsupported pkcs12.NotImplementedError
	switch {
	case errors.Is(err, pkcs12.ErrDecryption):
		return ProblemPassword
	case errors.As(err, &unsupported):
		return ProblemUnsupported
	case err != nil:
		return ProblemContent
	}
	for _, raw := range certs {
		c, err := cert.Parse(raw)
		if err != nil {
			f.add(Item{Kind: KindCertificate, Path: item.Path, Line: item.Line, Offset: -1, Problem: ProblemContent, inside: true})
			continue
		}
		f.keepCertificate(c, Item{Path: item.Path, Line: item.Line, Offset: -1, inside: true})
	}
	return ""
}

// decodeContainer puts parts into a container and has the library read it.
func decodeContainer(password string, safes ...[]byte) (certs [][]byte, key any, err error) {
	defer func() {
		if p := recover(); p != nil {
			certs, err = nil, fmt.Errorf("reading a container: %v", p)
		}
	}()
	whole, err := sealContainer(password, safes)
	if err != nil {
		return nil, nil, err
	}
	key, leaf, others, err := pkcs12.DecodeChain(whole, password)
	if leaf != nil {
		certs = append(certs, leaf.Raw)
	}
	for _, c := range others {
		certs = append(certs, c.Raw)
	}
	return certs, key, err
}

// sealContainer writes a PFX with a checksum of its own (RFC 9579): one round,
// since it protects nothing.
func sealContainer(password string, safes [][]byte) ([]byte, error) {
	const rounds, size = 1, sha256.Size
	content := encode(tagSequence, safes...)
	salt := []byte("hookcheck")
	key, err := pbkdf2.Key(sha256.New, password, salt, rounds, size)
	if err != nil {
		return nil, fmt.Errorf("deriving a checksum key: %w", err)
	}
	sum := hmac.New(sha256.New, key)
	sum.Write(content)
	hash := encode(tagSequence, encode(tagOID, oidHMACSHA256))
	number := func(n byte) []byte { return encode(tagInteger, []byte{n}) }
	derivation := encode(tagSequence, encode(tagOID, oidPBKDF2),
		encode(tagSequence, encode(tagOctetString, salt), number(rounds), number(size), hash))
	algorithm := encode(tagSequence, encode(tagOID, oidPBMAC1), encode(tagSequence, derivation, hash))
	return encode(tagSequence, number(3),
		dataInfo(content),
		encode(tagSequence, encode(tagSequence, algorithm, encode(tagOctetString, sum.Sum(nil))), encode(tagOctetString, salt), number(rounds))), nil
}

func dataInfo(content []byte) []byte {
	return encode(tagSequence, encode(tagOID, oidData), encode(tagContext0, encode(tagOctetString, content)))
}

// throwawaySafe is a part with one key that belongs to nobody.
func throwawaySafe() []byte {
	key, err := x509.MarshalPKCS8PrivateKey(ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize)))
	if err != nil {
		return nil
	}
	bag := encode(tagSequence, encode(tagOID, append(bytes.Clone(oidBags), bagKey)), encode(tagContext0, key))
	return dataInfo(encode(tagSequence, bag))
}

// wipeKey overwrites what a parsed key holds.
func wipeKey(key any) {
	switch k := key.(type) {
	case *rsa.PrivateKey:
		clear(k.D.Bits())
		for _, p := range k.Primes {
			clear(p.Bits())
		}
	case *ecdsa.PrivateKey:
		clear(k.D.Bits())
	case ed25519.PrivateKey:
		clear(k)
	case *ed25519.PrivateKey:
		clear(*k)
	}
}

// throwawayCertificate belongs to the throwaway key.
func throwawayCertificate() ([]byte, error) {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	template := &x509.Certificate{SerialNumber: big.NewInt(1)}
	der, err := x509.CreateCertificate(nil, template, template, key.Public(), key)
	if err != nil {
		return nil, fmt.Errorf("making a certificate: %w", err)
	}
	return der, nil
}
