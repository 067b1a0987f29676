package report

import (
	"testing"

	"hookcheck/checker/evidence"
)

func TestUploadDamaged(t *testing.T) {
	one := [][]byte{{0x30}}
	for _, c := range []struct {
		up   *evidence.Upload
		want bool
	}{
		{nil, false},
		{&evidence.Upload{Format: "pem-damaged"}, true},
		{&evidence.Upload{Format: "pem-damaged", Certificates: one}, true},
		{&evidence.Upload{Format: "der-certificate"}, true},
		{&evidence.Upload{Format: "der-certificate", Certificates: one}, false},
		{&evidence.Upload{Format: "pkcs12"}, false}, // locked, not damaged
		{&evidence.Upload{Format: "csr"}, false},
	} {
		if got := uploadDamaged(c.up); got != c.want {
			t.Errorf("%+v: %v, want %v", c.up, got, c.want)
		}
	}
}
