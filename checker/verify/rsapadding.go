package verify

import (
	"bytes"
	"crypto"

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

// checkPSS is EMSA-PSS-VERIFY of RFC 8017, 9.1.2.
func checkPSS(em, digest []byte, modulusBits int, p *cert.PSS) bool {
	emBits := modulusBits - 1
	if extra := len(em) - (emBits+7)/8; extra == 1 {
		if em[0] != 0 {
			return false
		}
		em = em[1:]
	}
	hLen, sLen := len(digest), p.SaltLen
	if len(em) < hLen+sLen+2 || em[len(em)-1] != 0xbc {
		return false
	}
	db := append([]byte{}, em[:len(em)-hLen-1]...)
	h := em[len(em)-hLen-1 : len(em)-1]
	unused := 8*len(em) - emBits
	if db[0]>>(8-unused) != 0 {
		return false
	}
	mgf1XOR(db, h, p.MGFHash)
	db[0] &= 0xff >> unused
	zeros := len(db) - sLen - 1
	for _, b := range db[:zeros] {
		if b != 0 {
			return false
		}
	}
	if db[zeros] != 1 {
		return false
	}
	m := p.Hash.New()
	m.Write(make([]byte, 8))
	m.Write(digest)
	m.Write(db[zeros+1:])
	return bytes.Equal(m.Sum(nil), h)
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
