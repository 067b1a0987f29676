package checker

import (
	"bytes"
	"crypto/rand"
	"crypto/x509"
	"slices"
	"strings"
	"testing"

	"hookcheck/checker/rules"
	"hookcheck/internal/certfolder"
	"hookcheck/internal/lang"
	"hookcheck/internal/testpki"
)

// TestKeyRules: a local key is compared with the certificates, and is no key
// in the input.
func TestKeyRules(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.LeafWith([]string{testpki.Host}, testpki.WithKey(testpki.CommittedRSA("rsa2048")))
	other := ca.LeafWith([]string{testpki.Host}, testpki.WithKey(testpki.Ed25519Key("other")))
	for _, tt := range []struct {
		name  string
		key   []byte
		want  string
		chain []byte
	}{
		{"belongs", leaf.KeyPEM(), "pem.key_matches", testpki.Bundle(leaf, ca)},
		{"belongs to none", other.KeyPEM(), "pem.key_mismatch", testpki.Bundle(leaf, ca)},
		{"belongs to the issuer", ca.KeyPEM(), "pem.key_mismatch", testpki.Bundle(leaf, ca)},
		{"no key", []byte("hello"), "pem.key_unread", testpki.Bundle(leaf, ca)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			body := bytes.Clone(bytes.Split(tt.key, []byte("\n"))[0])
			if lines := bytes.Split(tt.key, []byte("\n")); len(lines) > 1 {
				body = bytes.Clone(lines[1])
			}
			res, err := offline(t).CheckFiles(t.Context(), FilesRequest{Files: []File{{Name: "chain.pem", Data: tt.chain}}, Key: &File{Name: "bot.key", Data: tt.key}})
			if err != nil {
				t.Fatal(err)
			}
			rep, err := res.Report(lang.EN)
			if err != nil {
				t.Fatal(err)
			}
			if len(rep.Findings) != 1 || rep.Findings[0].ID != tt.want {
				t.Fatalf("findings %+v", rep.Findings)
			}
			if len(tt.key) > 10 && bytes.Contains(everything(t, res), body) {
				t.Error("the key comes out")
			}
		})
	}
}

// TestEveryRuleOfFilesFires: no rule about files is without a file that makes
// it speak, and one that does not.
func TestEveryRuleOfFilesFires(t *testing.T) {
	var fires []string
	for _, f := range certfolder.Files() {
		fires = append(fires, f.Findings...)
	}
	for _, r := range rules.All() {
		if strings.HasPrefix(r.ID, "pem.") && !strings.HasPrefix(r.ID, "pem.key_") && !slices.Contains(fires, r.ID) {
			t.Errorf("no file makes %s fire", r.ID)
		}
	}
}

// TestKeyAndRequest: a local key is compared with a request too.
func TestKeyAndRequest(t *testing.T) {
	node := testpki.SelfSigned([]string{testpki.Host}, testpki.WithKey(testpki.ECKey("of the request")))
	other := testpki.SelfSigned([]string{testpki.Host}, testpki.WithKey(testpki.Ed25519Key("another")))
	csr, err := x509.CreateCertificateRequest(rand.Reader, &x509.CertificateRequest{DNSNames: []string{testpki.Host}}, testpki.ECKey("of the request"))
	if err != nil {
		t.Fatal(err)
	}
	for want, key := range map[string][]byte{"The local key belongs to it.": node.KeyPEM(), "The local key does not belong to it": other.KeyPEM()} {
		res, err := offline(t).CheckFiles(t.Context(), FilesRequest{Files: []File{{Name: "bot.csr", Data: bytes.Clone(csr)}}, Key: &File{Name: "bot.key", Data: key}})
		if err != nil {
			t.Fatal(err)
		}
		rep, err := res.Report(lang.EN)
		if err != nil {
			t.Fatal(err)
		}
		if len(rep.Findings) != 1 || !strings.Contains(rep.Findings[0].Detail, want) {
			t.Errorf("no %q in %+v", want, rep.Findings)
		}
	}
}
