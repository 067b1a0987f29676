package certfile

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"strconv"
	"strings"

	keystore "github.com/pavlo-v-chernykh/keystore-go/v4"
	"golang.org/x/crypto/ssh"
	pkcs12 "software.sslmate.com/src/go-pkcs12"

	"hookcheck/checker/cert"
	"hookcheck/checker/evidence"
)

// LocalKey is the public half of a private key in a local file.
type LocalKey struct {
	Outcome   string // see evidence.FileKey
	Algorithm string // "RSA 2048", "EC P-256", "Ed25519"
	public    crypto.PublicKey
}

// ReadKey reads a private key to compare it with certificates, in PEM or DER
// (PKCS#1, PKCS#8, SEC 1, encrypted or not), OpenSSH's form, PKCS#12 or a Java
// keystore. It keeps the public half and overwrites data and what it parsed.
func ReadKey(data []byte, password string) *LocalKey {
	defer clear(data)
	if len(data) > MaxSize {
		return &LocalKey{Outcome: evidence.KeyUnsupported}
	}
	key, outcome := parseKey(data, password)
	if outcome != evidence.KeyRead {
		return &LocalKey{Outcome: outcome}
	}
	defer wipeKey(key)
	switch k := key.(type) {
	case *rsa.PrivateKey:
		return &LocalKey{Outcome: outcome, Algorithm: "RSA " + strconv.Itoa(k.N.BitLen()), public: &rsa.PublicKey{N: k.N, E: k.E}}
	case *ecdsa.PrivateKey:
		return &LocalKey{Outcome: outcome, Algorithm: "EC " + k.Curve.Params().Name, public: &k.PublicKey}
	case ed25519.PrivateKey:
		return &LocalKey{Outcome: outcome, Algorithm: "Ed25519", public: bytesOf(k)}
	case *ed25519.PrivateKey:
		return &LocalKey{Outcome: outcome, Algorithm: "Ed25519", public: bytesOf(*k)}
	}
	return &LocalKey{Outcome: evidence.KeyUnsupported}
}

// bytesOf copies the public half, which a private key holds in itself.
func bytesOf(k ed25519.PrivateKey) ed25519.PublicKey {
	return ed25519.PublicKey(bytes.Clone(k[ed25519.SeedSize:]))
}

// Position is which of the certificates the key belongs to, -1 for none.
func (k *LocalKey) Position(ders [][]byte) int {
	public, ok := k.public.(interface{ Equal(crypto.PublicKey) bool })
	if !ok {
		return -1
	}
	for i, der := range ders {
		if c, err := cert.Parse(der); err == nil && c.Key.Public != nil && public.Equal(c.Key.Public) {
			return i
		}
	}
	return -1
}

// Of tells whether the key belongs to a request.
func (k *LocalKey) Of(q *evidence.FileRequest) bool {
	return q.KeySHA256 != "" && publicSum(k.public) == q.KeySHA256
}

func parseKey(data []byte, password string) (key any, outcome string) {
	defer func() {
		if recover() != nil {
			key, outcome = nil, evidence.KeyDamaged
		}
	}()
	if text, ok := fromUTF16(data); ok {
		defer clear(text)
		return parsePEMKey(text, password)
	}
	if _, ok := findArmor(wordBegin, data); ok {
		return parsePEMKey(data, password)
	}
	format, _ := derFormat(data)
	switch {
	case format == PKCS12:
		return openKeyContainer(data, password)
	case format == DERPrivateKey:
		return parseDERKey(data, password)
	case bytes.HasPrefix(data, []byte("\xfe\xed\xfe\xed")):
		return openKeystore(data, password)
	case bytes.HasPrefix(data, []byte(puttyKey)):
		return nil, evidence.KeyPutty
	case microsoftKey(data), pgpSecret(data):
		return nil, evidence.KeyUnsupported
	}
	if der, ok := decodeLeniently(data); ok && keyFrame(der) != frameNone {
		defer clear(der)
		return parseDERKey(der, password)
	}
	return otherKey(data)
}

// otherKey tells a key that cannot be compared from a file without one.
func otherKey(data []byte) (any, string) {
	if NewReader(Options{}).Read("", data).PrivateKeys > 0 {
		return nil, evidence.KeyUnsupported
	}
	return nil, evidence.KeyNone
}

// parsePEMKey takes the first private key of a text.
func parsePEMKey(data []byte, password string) (any, string) {
	for at := 0; at < len(data); {
		begin, ok := findArmor(wordBegin, data[at:])
		if !ok {
			break
		}
		b := found{name: begin.name, data: data, start: at + begin.start, body: at + begin.end}
		at = b.findEnd()
		if kindOf(b.name) == KindPrivateKey {
			return b.parseKey(password)
		}
	}
	return otherKey(data)
}

func (b *found) parseKey(password string) (any, string) {
	switch {
	case strings.HasPrefix(b.name, "PGP "), strings.HasPrefix(b.name, "SSH2 "):
		return nil, evidence.KeyUnsupported
	case b.name == "OPENSSH PRIVATE KEY":
		return parseOpenSSH(b.data[b.start:], password)
	case bytes.Contains(b.text, []byte(procType)):
		return parseOldPEM(b.data[b.start:], password)
	}
	b.item.Problem = b.layout()
	der, ok := b.decode()
	defer clear(der)
	if !ok {
		return nil, evidence.KeyDamaged
	}
	return parseDERKey(der, password)
}

func parseOpenSSH(text []byte, password string) (any, string) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, evidence.KeyDamaged
	}
	defer clear(block.Bytes)
	key, err := ssh.ParseRawPrivateKey(text)
	var locked *ssh.PassphraseMissingError
	if errors.As(err, &locked) {
		if password == "" {
			return nil, evidence.KeyLocked
		}
		key, err = ssh.ParseRawPrivateKeyWithPassphrase(text, []byte(password))
		if errors.Is(err, x509.IncorrectPasswordError) {
			return nil, evidence.KeyLocked
		}
	}
	if err != nil {
		return nil, evidence.KeyDamaged
	}
	return key, evidence.KeyRead
}

// parseOldPEM reads a key encrypted by its PEM headers (RFC 1421), as OpenSSL
// 1.0 wrote it.
func parseOldPEM(text []byte, password string) (any, string) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, evidence.KeyDamaged
	}
	defer clear(block.Bytes)
	if !x509.IsEncryptedPEMBlock(block) { //nolint:staticcheck // it is weak, and people have it
		return parseDERKey(block.Bytes, password)
	}
	der, err := x509.DecryptPEMBlock(block, []byte(password)) //nolint:staticcheck // see above
	defer clear(der)
	if err != nil {
		return nil, evidence.KeyLocked
	}
	return parseDERKey(der, password)
}

func parseDERKey(der []byte, password string) (any, string) {
	raw, whole := wholeElement(der)
	if !whole {
		return nil, evidence.KeyDamaged
	}
	if key, err := x509.ParsePKCS8PrivateKey(raw); err == nil {
		return key, evidence.KeyRead
	}
	if key, err := x509.ParsePKCS1PrivateKey(raw); err == nil {
		return key, evidence.KeyRead
	}
	if key, err := x509.ParseECPrivateKey(raw); err == nil {
		return key, evidence.KeyRead
	}
	outer, _, _ := readElement(raw)
	if parts, ok := outer.children(); ok && isEncryptedKey(parts) {
		return openShrouded(raw, password)
	}
	if keyFrame(raw) == frameNone {
		return nil, evidence.KeyDamaged
	}
	return nil, evidence.KeyUnsupported
}

// openShrouded decrypts an encrypted PKCS#8 key by putting it into a container
// of its own.
func openShrouded(raw []byte, password string) (any, string) {
	outer, _, _ := readElement(raw)
	parts, _ := outer.children()
	sum, elements := 0, maxParts
	if !knownEncryption(parts[0]) {
		return nil, evidence.KeyUnsupported
	}
	if !sumIntegers(parts[0], &sum, &elements, 0) || sum > maxLocalIterations {
		return nil, evidence.KeyCostly
	}
	bag := func(kind byte, value []byte) []byte {
		return encode(tagSequence, encode(tagOID, append(bytes.Clone(oidBags), kind)), encode(tagContext0, value))
	}
	companion, err := throwawayCertificate()
	if err != nil {
		return nil, evidence.KeyUnsupported
	}
	certBag := encode(tagSequence, encode(tagOID, oidX509), encode(tagContext0, encode(tagOctetString, companion)))
	safe := dataInfo(encode(tagSequence, bag(bagShroudedKey, raw), bag(bagCertificate, certBag)))
	_, key, err := decodeContainer(password, safe)
	return keyOutcome(key, err)
}

// knownEncryption tells schemes that are read, PBES2 with PBKDF2 (RFC 8018, 6.2)
// and those of PKCS#12, from older ones and from scrypt (RFC 7914).
func knownEncryption(algorithm element) bool {
	pkcs5 := []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05}
	id, rest, ok := readElement(algorithm.body)
	if !ok || !bytes.HasPrefix(id.body, pkcs5) {
		return true
	}
	const pbes2, pbkdf2 = 13, 12
	return bytes.Equal(id.body, append(bytes.Clone(pkcs5), pbes2)) &&
		bytes.Contains(rest, encode(tagOID, append(bytes.Clone(pkcs5), pbkdf2)))
}

// maxLocalIterations bounds what opening a file of the user's own may cost: some
// seconds or so.
const maxLocalIterations = 6_000_000

// openKeyContainer takes the key of a PKCS#12 container.
func openKeyContainer(data []byte, password string) (any, string) {
	sum, elements := 0, maxParts*10
	outer, _, ok := readElement(data)
	if !ok {
		return openShroudedIn(data, password)
	}
	if !sumParameters(outer, &sum, &elements, 0) || sum > maxLocalIterations {
		return nil, evidence.KeyCostly
	}
	for _, p := range []string{password, ""} {
		key, _, _, err := pkcs12.DecodeChain(data[:len(data)-len(restOf(data))], p)
		if errors.Is(err, pkcs12.ErrIncorrectPassword) {
			continue
		}
		if key == nil {
			return openShroudedIn(data, p)
		}
		return keyOutcome(key, err)
	}
	return nil, evidence.KeyLocked
}

// openShroudedIn looks for the key of a container that the library does not
// read, such as those of NSS and GnuTLS, and opens that alone.
func openShroudedIn(data []byte, password string) (any, string) {
	for _, kind := range []byte{bagShroudedKey, bagKey} {
		bag := encode(tagOID, append(bytes.Clone(oidBags), kind))
		at := bytes.Index(data, bag)
		if at < 0 {
			continue
		}
		value, _, ok := readElement(data[at+len(bag):])
		switch {
		case !ok || value.tag != tagContext0:
			return nil, evidence.KeyDamaged
		case kind == bagKey:
			return parseDERKey(value.body, "")
		}
		return openShrouded(value.body, password)
	}
	return otherKey(data)
}

func restOf(data []byte) []byte {
	_, rest, _ := readElement(data)
	return rest
}

// sumParameters sums the numbers of everything outside certificates that may
// be rounds of key derivation: those that follow an octet string.
func sumParameters(e element, sum, elements *int, depth int) bool {
	const constructed = 0x20
	if *elements--; *elements < 0 || depth > maxNesting {
		return false
	}
	if e.tag == tagOctetString {
		if inner, rest, ok := readElement(e.body); ok && len(rest) == 0 && inner.tag == tagSequence {
			return sumParameters(inner, sum, elements, depth+1)
		}
	}
	if e.tag&constructed == 0 {
		return true
	}
	fine, salt := true, false
	e.each(func(child element, _ []byte) bool {
		if child.tag == tagInteger && salt {
			fine = sumIntegers(child, sum, elements, depth)
		} else {
			fine = sumParameters(child, sum, elements, depth+1)
		}
		salt = child.tag == tagOctetString
		return fine
	})
	return fine
}

// openKeystore takes the first key of a Java keystore that the password opens.
func openKeystore(data []byte, password string) (any, string) {
	f := NewReader(Options{}).Read("", data)
	if len(f.Items) == 0 || f.Items[0].Problem != "" {
		return nil, evidence.KeyDamaged // the library trusts the lengths
	}
	store := keystore.New(keystore.WithCaseExactAliases(), keystore.WithOrderedAliases())
	if err := store.Load(bytes.NewReader(data), []byte(password)); err != nil {
		return nil, evidence.KeyLocked
	}
	for _, alias := range store.Aliases() {
		if !store.IsPrivateKeyEntry(alias) {
			continue
		}
		entry, err := store.GetPrivateKeyEntry(alias, []byte(password))
		if err != nil {
			return nil, evidence.KeyLocked
		}
		defer clear(entry.PrivateKey)
		return parseDERKey(entry.PrivateKey, "")
	}
	return nil, evidence.KeyNone
}

func keyOutcome(key any, err error) (any, string) {
	var unsupported pkcs12.NotImplementedError
	switch {
	case key != nil && err == nil:
		return key, evidence.KeyRead
	case errors.As(err, &unsupported):
		return nil, evidence.KeyUnsupported
	case err != nil && strings.Contains(err.Error(), "padding"), errors.Is(err, pkcs12.ErrIncorrectPassword):
		return nil, evidence.KeyLocked
	}
	return nil, evidence.KeyDamaged
}
