package lint

import (
	"crypto/dsa" //nolint:staticcheck // such keys still come
	"crypto/rsa"

	"hookcheck/checker/cert"
)

// maxOtherKey bounds keys of kinds that are not looked into, in bytes.
const maxOtherKey = 1 << 10

func harmlessKey(k *cert.Key) bool {
	switch pub := k.Public.(type) {
	case *rsa.PublicKey:
		return pub.N.BitLen() <= maxRSABits && pub.E > 0 && pub.E <= maxExponent
	case *dsa.PublicKey:
		return pub.P.BitLen() <= maxRSABits/2 && pub.Q.BitLen() <= 512 &&
			pub.G.BitLen() <= maxRSABits/2 && pub.Y.BitLen() <= maxRSABits/2
	}
	switch k.Algorithm {
	case "RSA", "RSA-PSS", "DSA": // it could not be decoded, or is out of OpenSSL's own bounds
		return false
	case "Ed25519", "Ed448", "X25519", "X448":
		return k.Err == nil
	}
	return len(k.RawSPKI) <= maxOtherKey
}
