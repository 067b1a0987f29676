package checker

import (
	"encoding/pem"
	"testing"

	"hookcheck/internal/certfolder"
	"hookcheck/internal/lang"
)

// TestMonstersAreJudged: what breaks libraries ends in a report.
func TestMonstersAreJudged(t *testing.T) {
	block := func(der []byte) []byte { return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}) }
	for name, data := range map[string][]byte{
		"short Ed25519 key": block(certfolder.ShortEd25519()), "giant exponent": block(certfolder.GiantExponent()),
		"ten million rounds": certfolder.TenMillion(), "bomb": certfolder.Zip("a", make([]byte, 8<<20)),
	} {
		t.Run(name, func(t *testing.T) {
			res, err := offline(t).CheckFiles(t.Context(), FilesRequest{Files: []File{{Name: name, Data: data}}})
			if err != nil {
				t.Fatal(err)
			}
			rep, err := res.Report(lang.RU)
			if err != nil {
				t.Fatal(err)
			}
			if rep.Verdict != "fails" && rep.Verdict != "unknown" || len(rep.Findings) == 0 {
				t.Errorf("%s without a reason", rep.Verdict)
			}
		})
	}
}

// TestUploadStaysWithOpenSSL: containers are no upload, though their
// certificates are offered in PEM form.
func TestUploadStaysWithOpenSSL(t *testing.T) {
	seen := 0
	for _, f := range certfolder.Files() {
		switch f.Name {
		case "bundle.p7b", "bundle-pem.p7b", "without-key.p12", "trust.jks", "from-the-ca.zip", "chain.der", "utf16.pem":
		default:
			continue
		}
		seen++
		up, err := readUpload(&File{Name: f.Name, Data: f.Data})
		if err != nil {
			t.Fatal(err)
		}
		if up.OpenSSLAccepts || f.Password == "" && len(up.Certificates) == 0 {
			t.Errorf("%s: accepted %v, %d certificates", f.Name, up.OpenSSLAccepts, len(up.Certificates))
		}
	}
	if seen != 7 {
		t.Errorf("%d containers", seen)
	}
}
