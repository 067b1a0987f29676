package certfolder

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"

	pkcs12 "software.sslmate.com/src/go-pkcs12"
)

// Costly is a container that asks for a number of rounds.
func Costly(rounds int) []byte {
	return asking(rounds, must(pkcs12.LegacyDES.WithIterations(cheap).EncodeTrustStore([]*x509.Certificate{ca().Cert}, "nobody knows")))
}

// tlv writes a value.
func tlv(tag byte, parts ...[]byte) []byte {
	class, number := int(tag>>6), int(tag&0x1f)
	return must(asn1.Marshal(asn1.RawValue{Class: class, Tag: number, IsCompound: tag&0x20 != 0, Bytes: bytes.Join(parts, nil)}))
}

// certificate is a self-issued one around a key, with a signature of nobody.
func certificate(algorithm, spki []byte) []byte {
	name := tlv(0x30)
	validity := tlv(0x30, tlv(0x17, []byte("250101000000Z")), tlv(0x17, []byte("350101000000Z")))
	tbs := tlv(0x30, tlv(0x02, []byte{1}), algorithm, name, validity, name, spki)
	return tlv(0x30, tbs, algorithm, tlv(0x03, make([]byte, 65)))
}

// ShortEd25519 is a certificate whose Ed25519 key is too short.
func ShortEd25519() []byte {
	algorithm := tlv(0x30, tlv(0x06, []byte{0x2b, 0x65, 0x70}))
	return certificate(algorithm, tlv(0x30, algorithm, tlv(0x03, make([]byte, 17))))
}

// GiantExponent is a certificate with an RSA key whose modulus and exponent
// have 36,000 bits each.
func GiantExponent() []byte {
	number := tlv(0x02, append([]byte{0x7f}, bytes.Repeat([]byte{0xff}, 4500)...))
	key := tlv(0x30, tlv(0x06, []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1}), tlv(0x05))
	algorithm := tlv(0x30, tlv(0x06, []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 0x0b}), tlv(0x05))
	return certificate(algorithm, tlv(0x30, key, tlv(0x03, []byte{0}, tlv(0x30, number, number))))
}
