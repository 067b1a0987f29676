package certfile

import (
	"encoding/asn1"
	"encoding/pem"
	"testing"

	"hookcheck/checker/evidence"
	"hookcheck/internal/testpki"
)

var (
	anyUse    = asn1.ObjectIdentifier{2, 5, 29, 37, 0}
	serverUse = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 1}
	clientUse = asn1.ObjectIdentifier{1, 3, 6, 1, 5, 5, 7, 3, 2}
)

// TestTrustSettings: what "openssl x509 -addtrust" and "-addreject" write.
func TestTrustSettings(t *testing.T) {
	type uses = []asn1.ObjectIdentifier
	type settings struct {
		Trust  uses `asn1:"optional,omitempty"`
		Reject uses `asn1:"optional,omitempty,tag:0"`
	}
	for _, test := range []struct {
		settings settings
		want     string
	}{
		{settings{}, ""},
		{settings{Trust: uses{serverUse}}, evidence.TrustGranted},
		{settings{Trust: uses{clientUse, anyUse}}, evidence.TrustGranted},
		{settings{Trust: uses{clientUse}}, evidence.TrustRejected},
		{settings{Reject: uses{clientUse}}, ""},
		{settings{Reject: uses{clientUse, serverUse}}, evidence.TrustRejected},
		{settings{Reject: uses{anyUse}}, evidence.TrustRejected},
		{settings{Trust: uses{serverUse}, Reject: uses{serverUse}}, evidence.TrustRejected},
		{settings{Trust: uses{serverUse}, Reject: uses{clientUse}}, evidence.TrustGranted},
	} {
		aux, err := asn1.Marshal(test.settings)
		if err != nil {
			t.Fatal(err)
		}
		node := testpki.SelfSigned([]string{testpki.Host})
		der := append(append([]byte(nil), node.DER...), aux...)
		first := node.PEM() // a plain one before it: settings go by position
		file := append(first, pem.EncodeToMemory(&pem.Block{Type: "TRUSTED CERTIFICATE", Bytes: der})...)
		up := NewReader(Options{}).Read("upload.pem", file).Upload()
		if got := up.Trust[1]; got != test.want || up.Trust[0] != "" {
			t.Errorf("%+v: %q, want %q", test.settings, got, test.want)
		}
		// Elsewhere the same bytes are rubbish behind a certificate.
		if got := load(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})).trust; got != nil {
			t.Errorf("a plain block has settings: %v", got)
		}
	}
}
