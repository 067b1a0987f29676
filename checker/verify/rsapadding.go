package verify

import (
	"bytes"
	"crypto"
	"crypto/rsa"

	"hookcheck/checker/cert"
)

// digestInfo holds the DER before the digest in RFC 8017's EMSA-PKCS1-v1_5.
var digestInfo = map[crypto.Hash][]byte{
	crypto.MD5:      info(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05),
	crypto.SHA1:     info(0x2b, 0x0e, 0x03, 0x02, 0x1a),
	crypto.SHA224:   info(0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x04),
	crypto.SHA256:   info(0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01),
	crypto.SHA384:   info(0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02),
	crypto.SHA512:   info(0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03),
	crypto.SHA3_224: info(0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x07),
	crypto.SHA3_256: info(0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x08),
	crypto.SHA3_384: info(0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x09),
	crypto.SHA3_512: info(0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x0a),
}

// info is an AlgorithmIdentifier with NULL parameters.
func info(oid ...byte) []byte {
	id := append([]byte{0x06, byte(len(oid))}, oid...)
	id = append(id, 0x05, 0x00)
	return append([]byte{0x30, byte(len(id))}, id...)
}

// checkPKCS1 compares with the one encoding that is right.
func checkPKCS1(em []byte, h crypto.Hash, digest []byte) signatureVerdict {
	id, ok := digestInfo[h]
	if !ok {
		return signatureUnknown
	}
	value := append(append([]byte{}, id...), 0x04, byte(len(digest)))
	value = append(value, digest...)
	t := append([]byte{0x30, byte(len(value))}, value...)
	padding := len(em) - len(t) - 3
	if padding < 8 {
		return signatureBad
	}
	want := append([]byte{0, 1}, bytes.Repeat([]byte{0xff}, padding)...)
	want = append(append(want, 0), t...)
	return verdict(bytes.Equal(em, want))
}

// PSSReason is OpenSSL's reason for refusing the certificate's RSASSA-PSS
// signature with a key of the issuer's, in its words; "" where there is none.
func PSSReason(c *cert.Cert, pub *rsa.PublicKey) string {
	digest, ok := digestOf(c.Signature.Hash, c.RawTBS)
	em, opened := rsaOpen(pub, c.Signature.Bits)
	if p := c.Signature.PSS; ok && opened && p != nil && p.MGFHash.Available() {
		return PSSMismatch(em, digest, pub.N.BitLen(), p)
	}
	return ""
}

// PSSMismatch is EMSA-PSS-VERIFY of RFC 8017, 9.1.2, in the order of OpenSSL's
// RSA_verify_PKCS1_PSS_mgf1.
func PSSMismatch(em, digest []byte, modulusBits int, p *cert.PSS) string {
	unused := 8 - (modulusBits-1)&7
	if em[0]&byte(0xff<<(8-unused)) != 0 {
		return "first octet invalid"
	}
	if unused == 8 {
		em, unused = em[1:], 0
	}
	hLen, sLen := len(digest), p.SaltLen
	switch {
	case len(em) < hLen+2, sLen > len(em)-hLen-2:
		return "data too large"
	case em[len(em)-1] != 0xbc:
		return "last octet invalid"
	}
	db := append([]byte{}, em[:len(em)-hLen-1]...)
	h := em[len(em)-hLen-1 : len(em)-1]
	mgf1XOR(db, h, p.MGFHash)
	db[0] &= 0xff >> unused
	i := 0
	for db[i] == 0 && i < len(db)-1 {
		i++
	}
	switch {
	case db[i] != 1:
		return "salt length recovery failed"
	case len(db)-i-1 != sLen:
		return "salt length check failed"
	}
	m := p.Hash.New()
	m.Write(make([]byte, 8))
	m.Write(digest)
	m.Write(db[i+1:])
	if !bytes.Equal(m.Sum(nil), h) {
		return "bad signature"
	}
	return ""
}

func mgf1XOR(out, seed []byte, h crypto.Hash) {
	for counter := uint32(0); len(out) > 0; counter++ {
		d := h.New()
		d.Write(seed)
		d.Write([]byte{byte(counter >> 24), byte(counter >> 16), byte(counter >> 8), byte(counter)})
		mask := d.Sum(nil)
		n := min(len(mask), len(out))
		for i := range n {
			out[i] ^= mask[i]
		}
		out = out[n:]
	}
}
