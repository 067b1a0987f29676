package certfile

import (
	"bytes"
	"crypto"
	"crypto/elliptic"
	"crypto/x509"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	pkcs12 "software.sslmate.com/src/go-pkcs12"

	"hookcheck/checker/evidence"
	"hookcheck/internal/certfolder"
	"hookcheck/internal/testpki"
)

// TestReadKey: a key is found to belong to its certificate and to no other, in
// every form, and is overwritten.
func TestReadKey(t *testing.T) {
	for name, key := range map[string]crypto.Signer{
		"RSA 2048": testpki.CommittedRSA("rsa2048"), "EC P-256": testpki.ECKey("a"),
		"EC P-384": testpki.CurveKey(elliptic.P384(), "b"), "Ed25519": testpki.Ed25519Key("c"),
	} {
		t.Run(name, func(t *testing.T) {
			node := testpki.SelfSigned([]string{"bot.example.org"}, testpki.WithKey(key))
			other := testpki.SelfSigned([]string{"bot.example.org"}, testpki.WithKey(testpki.ECKey("another")))
			der, err := x509.MarshalPKCS8PrivateKey(key)
			if err != nil {
				t.Fatal(err)
			}
			for form, data := range keyForms(t, der) {
				got := ReadKey(data, "sesame")
				if got.Outcome != evidence.KeyRead || got.Algorithm != name {
					t.Errorf("%s: %s, %s", form, got.Outcome, got.Algorithm)
					continue
				}
				if at := got.Position([][]byte{other.DER, node.DER}); at != 1 {
					t.Errorf("%s: belongs to %d", form, at)
				}
				if at := got.Position([][]byte{other.DER}); at != -1 {
					t.Errorf("%s: belongs to a stranger", form)
				}
				if !bytes.Equal(data, make([]byte, len(data))) {
					t.Errorf("%s: is not overwritten", form)
				}
			}
		})
	}
}

// keyForms writes one key in many ways, with the openssl command where it is
// there.
func keyForms(t *testing.T, der []byte) map[string][]byte {
	t.Helper()
	text := []byte(block64("PRIVATE KEY", der))
	forms := map[string][]byte{
		"DER": bytes.Clone(der), "PEM": bytes.Clone(text), "indented": append([]byte("  "), text...), "UTF-16": inUTF16(string(text)),
	}
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("openssl is not installed")
	}
	dir := t.TempDir()
	in := filepath.Join(dir, "in.pem")
	if err := os.WriteFile(in, text, 0o600); err != nil {
		t.Fatal(err)
	}
	for form, args := range map[string][]string{
		"traditional":   {"pkey", "-traditional"},
		"encrypted":     {"pkcs8", "-topk8", "-passout", "pass:sesame"},
		"encrypted DER": {"pkcs8", "-topk8", "-passout", "pass:sesame", "-outform", "DER"},
		"triple DES":    {"pkcs8", "-topk8", "-v1", "PBE-SHA1-3DES", "-passout", "pass:sesame"},
	} {
		out, err := exec.Command(openssl, append(args, "-in", in)...).Output()
		if err != nil && form == "traditional" {
			continue // Ed25519 has no other form
		}
		if err != nil {
			t.Fatalf("%s: %v", form, err)
		}
		forms[form] = out
	}
	return forms
}

func TestReadKeyOutcomes(t *testing.T) {
	pair := certfolder.Pair(pkcs12.Modern2023, "sesame")
	byName := map[string][]byte{}
	for _, f := range certfolder.Files() {
		byName[f.Name] = f.Data
	}
	for _, tt := range []struct {
		name, password, want string
		data                 []byte
	}{
		{"container", "sesame", evidence.KeyRead, pair},
		{"container, wrong password", "open", evidence.KeyLocked, pair},
		{"ten million rounds", "sesame", evidence.KeyCostly, certfolder.TenMillion()},
		{"keystore", "sesame", evidence.KeyRead, byName["pair.jks"]},
		{"keystore, wrong password", "open", evidence.KeyLocked, byName["pair.jks"]},
		{"keystore that lies", "sesame", evidence.KeyDamaged, byName["lying-count.jks"]},
		{"OpenSSH", "", evidence.KeyRead, byName["openssh.key"]},
		{"PuTTY", "", evidence.KeyPutty, byName["putty.ppk"]},
		{"PGP", "", evidence.KeyUnsupported, byName["pgp.asc"]},
		{"with the certificate", "", evidence.KeyRead, byName["haproxy.pem"]},
		{"parameters first", "", evidence.KeyRead, byName["sec1-with-parameters.key"]},
		{"cut off", "", evidence.KeyDamaged, byName["cut-off.key"]},
		{"certificate alone", "", evidence.KeyNone, byName["chain.pem"]},
		{"text", "", evidence.KeyNone, byName["text.pem"]},
		{"empty", "", evidence.KeyNone, nil},
		{"too big", "", evidence.KeyUnsupported, make([]byte, MaxSize+1)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := ReadKey(bytes.Clone(tt.data), tt.password)
			if got.Outcome != tt.want {
				t.Errorf("%s, want %s", got.Outcome, tt.want)
			}
			for _, f := range certfolder.Files() {
				if f.Name == "leaf.der" && got.Outcome == evidence.KeyRead && got.Position([][]byte{f.Data}) != 0 {
					t.Error("does not belong to its certificate")
				}
			}
		})
	}
}
