package hello

import (
	"strings"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"hookcheck/checker/evidence"
)

// maxChainBytes bounds what is kept of a chain. OpenSSL itself refuses a
// Certificate message over 100 KiB, see maxMessage.
const maxChainBytes = 256 << 10

// certificates keeps the DER of the server's list as it stands; whether it
// can be parsed is for others to tell.
func (f *flight) certificates(body []byte, tls13 bool) error {
	s := cryptobyte.String(body)
	var list cryptobyte.String
	if tls13 {
		var context uint8
		if !s.ReadUint8(&context) || context != 0 {
			return refLengthMismatch
		}
	}
	if !s.ReadUint24LengthPrefixed(&list) || !s.Empty() || list.Empty() {
		return refLengthMismatch
	}
	var chain [][]byte
	for size := 0; !list.Empty(); {
		var der, extensions cryptobyte.String
		if !list.ReadUint24LengthPrefixed(&der) {
			return refCertLength
		}
		if tls13 {
			if !list.ReadUint16LengthPrefixed(&extensions) {
				return refBadLength
			}
			if _, err := f.hello.parseExtensions(extensions, inCertificate); err != nil {
				return err
			}
		}
		if trailing(der) {
			return refCertLength
		}
		size += len(der)
		if len(chain) == evidence.MaxPresented || size > maxChainBytes {
			f.got.ChainTruncated = true
			continue
		}
		chain = append(chain, append([]byte(nil), der...))
	}
	f.got.Chain = chain
	f.leafKey = keyKind(chain[0])
	return nil
}

// trailing tells whether bytes follow the certificate in its own entry, which
// OpenSSL refuses before it looks any further.
func trailing(der cryptobyte.String) bool {
	var element cryptobyte.String
	return der.ReadASN1Element(&element, asn1.SEQUENCE) && !der.Empty()
}

// keyKind is the content of the key's object identifier, empty where the
// certificate cannot be read.
func keyKind(der []byte) string {
	oid, _, ok := publicKey(der)
	if !ok {
		return ""
	}
	return oid
}

// suiteFitsKey is the check of tls_post_process_server_certificate that the
// suite authenticates with this kind of key.
func suiteFitsKey(s suite, key string) bool {
	ecdsa := strings.Contains(s.name, "ECDSA")
	switch key {
	case oidRSA, oidRSAPSS:
		return !ecdsa
	case oidEC, oidEd25519, oidEd448:
		return ecdsa
	}
	return true // not ours to judge
}

// fitsKey tells whether a signature algorithm can be made with the key
// (tls12_check_peer_sigalg). TLS 1.3 takes no PKCS #1 v1.5.
func fitsKey(alg uint16, key string, tls13 bool) bool {
	pkcs1 := alg&0xff == 1 && alg>>8 <= 6
	if pkcs1 && tls13 {
		return false
	}
	switch key {
	case oidRSA:
		return pkcs1 || alg >= 0x0804 && alg <= 0x0806
	case oidRSAPSS:
		return alg >= 0x0809 && alg <= 0x080b
	case oidEC:
		return alg&0xff == 3 && alg>>8 <= 6
	case oidEd25519:
		return alg == 0x0807
	case oidEd448:
		return alg == 0x0808
	}
	return true
}
