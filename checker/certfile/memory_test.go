package certfile

import (
	"encoding/pem"
	"runtime/metrics"
	"testing"

	"hookcheck/internal/certfolder"
)

// held is how many bytes the heap holds, allocated how many it ever handed out.
func held() uint64 { return sample("/memory/classes/heap/objects:bytes") }

func allocated() uint64 { return sample("/gc/heap/allocs:bytes") }

func sample(name string) uint64 {
	s := []metrics.Sample{{Name: name}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// TestMonstrousCertificatesAreItems: what libraries fall over is shown like any
// other certificate.
func TestMonstrousCertificatesAreItems(t *testing.T) {
	for name, der := range map[string][]byte{"short Ed25519": certfolder.ShortEd25519(), "giant exponent": certfolder.GiantExponent()} {
		f := NewReader(Options{}).Read(name, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
		if len(f.Certificates) != 1 || f.Format != PEM {
			t.Errorf("%s: %s, %d certificates", name, f.Format, len(f.Certificates))
		}
	}
}

// sequenceIn is a SEQUENCE of any size.
func sequenceIn(parts ...[]byte) []byte { return encode(tagSequence, parts...) }
