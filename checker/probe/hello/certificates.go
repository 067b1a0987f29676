package hello

import (
	"golang.org/x/crypto/cryptobyte"

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
		size += len(der)
		if len(chain) == evidence.MaxPresented || size > maxChainBytes {
			f.got.ChainTruncated = true
			continue
		}
		chain = append(chain, append([]byte(nil), der...))
	}
	f.got.Chain = chain
	return nil
}
