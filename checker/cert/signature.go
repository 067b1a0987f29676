package cert

import (
	"crypto"
	"fmt"
)

// signatureAlgorithm is a row of OpenSSL's obj_xref.txt.
type signatureAlgorithm struct {
	name     string
	hash     crypto.Hash
	key      string
	security int // of the digest; -1 where OpenSSL has no such digest
}

const oidPSS = "1.2.840.113549.1.1.10"

// signatureAlgorithms holds those whose key types OpenSSL 3.0 can read from a
// certificate. The security bits are x509_sig_info_init's.
var signatureAlgorithms = map[string]signatureAlgorithm{
	"1.2.840.113549.1.1.2":    {"MD2-RSA", 0, "RSA", -1},
	"1.2.840.113549.1.1.3":    {"MD4-RSA", 0, "RSA", 64},
	"1.2.840.113549.1.1.4":    {"MD5-RSA", crypto.MD5, "RSA", 39},
	"1.2.840.113549.1.1.5":    {"SHA1-RSA", crypto.SHA1, "RSA", 63},
	"1.2.840.113549.1.1.11":   {"SHA256-RSA", crypto.SHA256, "RSA", 128},
	"1.2.840.113549.1.1.12":   {"SHA384-RSA", crypto.SHA384, "RSA", 192},
	"1.2.840.113549.1.1.13":   {"SHA512-RSA", crypto.SHA512, "RSA", 256},
	"1.2.840.113549.1.1.14":   {"SHA224-RSA", crypto.SHA224, "RSA", 112},
	"1.3.36.3.3.1.2":          {"RIPEMD160-RSA", 0, "RSA", 80},
	"1.3.14.3.2.3":            {"MD5-RSA", crypto.MD5, "RSA", 39},
	"1.3.14.3.2.15":           {"SHA-RSA", 0, "RSA", -1},
	"1.3.14.3.2.29":           {"SHA1-RSA", crypto.SHA1, "RSA", 63},
	"2.5.8.3.100":             {"MDC2-RSA", 0, "RSA", 64},
	"2.16.840.1.101.3.4.3.13": {"SHA3-224-RSA", crypto.SHA3_224, "RSA", 112},
	"2.16.840.1.101.3.4.3.14": {"SHA3-256-RSA", crypto.SHA3_256, "RSA", 128},
	"2.16.840.1.101.3.4.3.15": {"SHA3-384-RSA", crypto.SHA3_384, "RSA", 192},
	"2.16.840.1.101.3.4.3.16": {"SHA3-512-RSA", crypto.SHA3_512, "RSA", 256},
	"1.2.840.10045.4.1":       {"ECDSA-SHA1", crypto.SHA1, "EC", 63},
	"1.2.840.10045.4.2":       {"ECDSA-recommended", 0, "EC", -1},
	"1.2.840.10045.4.3":       {"ECDSA-specified", 0, "EC", -1},
	"1.2.840.10045.4.3.1":     {"ECDSA-SHA224", crypto.SHA224, "EC", 112},
	"1.2.840.10045.4.3.2":     {"ECDSA-SHA256", crypto.SHA256, "EC", 128},
	"1.2.840.10045.4.3.3":     {"ECDSA-SHA384", crypto.SHA384, "EC", 192},
	"1.2.840.10045.4.3.4":     {"ECDSA-SHA512", crypto.SHA512, "EC", 256},
	"1.3.14.3.2.13":           {"DSA-SHA", 0, "DSA", -1},
	"1.2.840.10040.4.3":       {"DSA-SHA1", crypto.SHA1, "DSA", 63},
	"2.16.840.1.101.3.4.3.1":  {"DSA-SHA224", crypto.SHA224, "DSA", 112},
	"2.16.840.1.101.3.4.3.2":  {"DSA-SHA256", crypto.SHA256, "DSA", 128},
	"1.3.101.112":             {"Ed25519", 0, "Ed25519", 128},
	"1.3.101.113":             {"Ed448", 0, "Ed448", 224},
	"1.2.156.10197.1.501":     {"SM2-SM3", 0, "SM2", 128},
	oidPSS:                    {"RSAPSS", 0, "RSA", -1},
}

// signatureOf describes a signature made with outer, where the signed part
// says inner.
func signatureOf(outer, inner algorithm, value element) (Signature, error) {
	s := Signature{OID: outer.oid, Name: outer.oid, SecurityBits: -1}
	bits, unused, err := value.bits()
	if err != nil {
		return s, fmt.Errorf("reading the signature: %w", err)
	}
	s.Bits, s.UnusedBits = bits, unused
	s.TBSMismatch = !outer.same(inner)
	s.InnerPSS = inner.oid == oidPSS
	s.InnerKeyAlgorithm = signatureAlgorithms[inner.oid].key
	known, ok := signatureAlgorithms[outer.oid]
	if !ok {
		return s, nil
	}
	s.Name, s.Hash, s.KeyAlgorithm, s.SecurityBits = known.name, known.hash, known.key, known.security
	if outer.oid == oidPSS {
		s.describePSS(outer)
	}
	return s, nil
}

func (s *Signature) describePSS(a algorithm) {
	s.PSSParams = a.paramsFull
	if !a.hasParams || a.paramClass != universal || a.paramTag != tagSequence {
		return
	}
	p, err := ParsePSS(a.paramsFull)
	if err != nil {
		return
	}
	s.PSS = p
	s.Hash = p.Hash
	s.Name = hashName(p.Hash) + "-RSAPSS"
	s.SecurityBits = p.Hash.Size() * 4
	switch p.Hash {
	case crypto.SHA1:
		s.SecurityBits = 64
	case crypto.MD5:
		s.SecurityBits = 39
	}
}

// hashName writes SHA256 rather than SHA-256, as crypto/x509 does.
func hashName(h crypto.Hash) string {
	switch h {
	case crypto.SHA256:
		return "SHA256"
	case crypto.SHA384:
		return "SHA384"
	case crypto.SHA512:
		return "SHA512"
	case crypto.SHA224:
		return "SHA224"
	case crypto.SHA1:
		return "SHA1"
	}
	return h.String()
}
