package certfile

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
)

func inUTF16(s string) []byte {
	out := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(s)) {
		out = append(out, byte(u), byte(u>>8))
	}
	return out
}

func TestFormats(t *testing.T) {
	m := testMaterial(t)
	algorithm := []byte{0x30, 0x0b, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d}
	data := append([]byte{6, 9}, oidData...)
	signedData := append([]byte{6, 9}, oidSignedData...)
	cert := block64("CERTIFICATE", m.cert)
	seen := map[Format]bool{}
	for _, tc := range []struct {
		name         string
		file         []byte
		format       Format
		certs, keys  int
		problem      Problem // of the first item
		requests     int
		refused      bool
		withoutItems bool
	}{
		{name: "PEM", file: []byte(cert), format: PEM, certs: 1},
		{name: "damaged", file: []byte(cert[:300]), format: PEMDamaged, problem: ProblemNoEnd},
		{name: "bad digit", file: []byte(strings.Replace(cert, "\nM", "\n!", 1)), format: PEMDamaged, problem: ProblemBase64},
		{name: "junk inside", file: []byte(block64("CERTIFICATE", []byte{0x30, 0})), format: PEMDamaged, problem: ProblemContent},
		{name: "shortened inside", file: []byte(block64("CERTIFICATE", m.cert[:99])), format: PEMDamaged, problem: ProblemTruncated},
		{name: "empty block", file: []byte("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----"), format: PEMDamaged, problem: ProblemEmpty},
		{name: "missing END is mended", file: []byte(strings.Split(cert, "-----END")[0]), format: PEMDamaged, certs: 1, problem: ProblemNoEnd},
		{name: "indented is mended", file: []byte("  " + cert), format: PEMDamaged, certs: 1, problem: ProblemIndented},
		{name: "one line is mended", file: []byte(strings.ReplaceAll(cert, "\n", " ")), format: PEMDamaged, certs: 1, problem: ProblemOneLine},
		{name: "in JSON", file: []byte(`{"c":"` + strings.ReplaceAll(cert, "\n", `\n`) + `"}`), format: PEMDamaged, certs: 1, problem: ProblemEscaped},
		{name: "key and certificate", file: []byte(block64("PRIVATE KEY", m.pkcs8) + cert), format: PEM, certs: 1, keys: 1},
		{name: "CRL", file: []byte(block64("X509 CRL", m.crl)), format: PEMRevocation},
		{name: "CSR", file: []byte(block64("CERTIFICATE REQUEST", m.csr)), format: CSR, requests: 1},
		{name: "CSR of IIS", file: []byte(block64("NEW CERTIFICATE REQUEST", m.csr)), format: CSR, requests: 1},
		{name: "CSR and its key", file: []byte(block64("CERTIFICATE REQUEST", m.csr) + block64("PRIVATE KEY", m.pkcs8)), format: PrivateKey, requests: 1, keys: 1},
		{name: "no CSR", file: []byte(block64("CERTIFICATE REQUEST", m.cert)), format: PEMDamaged, certs: 1, problem: ProblemLabel},
		{name: "PKCS#7", file: []byte(block64("PKCS7", []byte{0x30, 0})), format: PKCS7, problem: ProblemContent},
		{name: "key", file: []byte(block64("EC PRIVATE KEY", m.ec)), format: PrivateKey, keys: 1},
		{name: "public key", file: []byte(block64("PUBLIC KEY", m.spki)), format: PublicKey},
		{name: "parameters", file: []byte(block64("DH PARAMETERS", []byte{0x30, 0})), format: PEMOther},
		{name: "UTF-16", file: inUTF16(cert), format: UTF16, certs: 1},
		{name: "bare base64", file: []byte(base64.StdEncoding.EncodeToString(m.cert)), format: Base64, certs: 1},
		{name: "bare base64 of a key", file: []byte(base64.StdEncoding.EncodeToString(m.pkcs8)), format: Text, keys: 1},
		{name: "DER", file: m.cert, format: DERCertificate, certs: 1},
		{name: "DER twice", file: append(append([]byte{}, m.cert...), m.other...), format: DERCertificate, certs: 2},
		{name: "DER and junk", file: append(append([]byte{}, m.cert...), "junk"...), format: DERCertificate, certs: 1},
		{name: "DER CSR", file: m.csr, format: DERCSR, requests: 1},
		{name: "DER CRL", file: m.crl, format: DERCRL},
		{name: "DER PKCS#8", file: m.pkcs8, format: DERPrivateKey, keys: 1},
		{name: "DER EC key", file: m.ec, format: DERPrivateKey, keys: 1},
		{name: "DER RSA key", file: sequenceOf(bytes.Repeat([]byte{2, 1, 1}, 9)), format: DERPrivateKey, keys: 1},
		{name: "DER encrypted key", file: sequenceOf(algorithm, []byte{4, 1, 1}), format: DERPrivateKey, keys: 1},
		{name: "DER public key", file: m.spki, format: PublicKey},
		{name: "DER PKCS#7", file: sequenceOf(signedData, []byte{0xa0, 0}), format: DERPKCS7, problem: ProblemContent},
		{name: "PKCS#12", file: sequenceOf([]byte{2, 1, 3}, sequenceOf(data, []byte{0xa0, 0})), format: PKCS12, problem: ProblemContent},
		{name: "JKS", file: []byte("\xfe\xed\xfe\xed\x00\x00\x00\x02"), format: JKS, problem: ProblemTruncated},
		{name: "JCEKS", file: []byte("\xce\xce\xce\xce\x00\x00\x00\x02"), format: JCEKS, problem: ProblemTruncated},
		{name: "OpenSSH key", file: []byte(block64("OPENSSH PRIVATE KEY", []byte("x"))), format: SSHPrivateKey, keys: 1},
		{name: "PuTTY key", file: []byte("PuTTY-User-Key-File-2: ssh-rsa\n"), format: SSHPrivateKey, keys: 1},
		{name: "SSH", file: []byte("ssh-ed25519 AAAA me@host\n"), format: SSHPublicKey, withoutItems: true},
		{name: "PGP", file: []byte(block64("PGP PUBLIC KEY BLOCK", []byte("x"))), format: PGP},
		{name: "zip", file: []byte("PK\x03\x04..."), format: Zip, problem: ProblemTruncated},
		{name: "gzip", file: []byte("\x1f\x8b\x08"), format: Gzip, problem: ProblemTruncated},
		{name: "tar", file: append(make([]byte, 257), "ustar\x0000"...), format: Tar, problem: ProblemTruncated},
		{name: "Bouncy Castle", file: []byte("\x00\x00\x00\x02\x00\x00\x00\x0812345678\x00\x00\x04\x00\x01"), format: BKS, problem: ProblemTruncated},
		{name: "BCFKS", file: sequenceOf(sequenceOf(algorithm, []byte{4, 1, 1}), sequenceOf()), format: BCFKS, withoutItems: true},
		{name: "OCSP", file: sequenceOf([]byte{10, 1, 6}), format: OCSP, withoutItems: true},
		{name: "encrypted PKCS#7", file: sequenceOf([]byte{6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03}), format: EncryptedMessage, withoutItems: true},
		{name: "hexadecimal", file: fmt.Appendf(nil, "%x", m.cert), format: Encoded, certs: 1},
		{name: "saved as text", file: []byte("0\ufffd\x03\x00" + strings.Repeat("\ufffd", 9)), format: Mangled, problem: ProblemTranscoded},
		{name: "XML", file: []byte("<?xml version=\"1.0\"?>"), format: XML, withoutItems: true},
		{name: "description", file: []byte("Certificate:\n    Data:\n"), format: CertificateText, withoutItems: true},
		{name: "7-Zip", file: []byte("7z\xbc\xaf\x27\x1c"), format: SevenZip, withoutItems: true},
		{name: "RAR", file: []byte("Rar!\x1a\x07\x00"), format: Rar, withoutItems: true},
		{name: "bzip2", file: []byte("BZh9"), format: Bzip2, withoutItems: true},
		{name: "xz", file: []byte("\xfd7zXZ\x00\x00"), format: XZ, withoutItems: true},
		{name: "Zstandard", file: []byte("\x28\xb5\x2f\xfd"), format: Zstandard, withoutItems: true},
		{name: "PDF", file: []byte("%PDF-1.4"), format: PDF, withoutItems: true},
		{name: "picture", file: []byte("\x89PNG\r\n\x1a\n"), format: Image, withoutItems: true},
		{name: "program", file: []byte("\x7fELF\x02"), format: Program, withoutItems: true},
		{name: "Word", file: []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), format: Office, withoutItems: true},
		{name: "SQLite", file: []byte("SQLite format 3\x00"), format: Database, withoutItems: true},
		{name: "HTML", file: []byte("\n<!DOCTYPE html><html><body>"), format: HTML, withoutItems: true},
		{name: "JSON", file: []byte(`{"ok":true}`), format: JSON, withoutItems: true},
		{name: "text", file: []byte("hello, world"), format: Text, withoutItems: true},
		{name: "binary", file: []byte("\x00\x01\x02\xff"), format: Binary, withoutItems: true},
		{name: "sequence of nothing known", file: sequenceOf([]byte{1, 1, 0xff}), format: Binary, withoutItems: true},
		{name: "empty", format: Empty, withoutItems: true},
		{name: "blank", file: []byte(" \n\t"), format: Empty, withoutItems: true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f, err := Read("f", tc.file)
			if err != nil {
				t.Fatal(err)
			}
			seen[f.Format] = true
			if f.Format != tc.format || len(f.Certificates) != tc.certs || f.PrivateKeys != tc.keys || len(f.Requests) != tc.requests {
				t.Fatalf("%s, %d certificates, %d keys, %d requests; items %+v", f.Format, len(f.Certificates), f.PrivateKeys, len(f.Requests), f.Items)
			}
			if tc.withoutItems != (len(f.Items) == 0) || len(f.Items) > 0 && f.Items[0].Problem != tc.problem {
				t.Errorf("items %+v", f.Items)
			}
			if f.Size != int64(len(tc.file)) {
				t.Errorf("size %d", f.Size)
			}
		})
	}
	for _, format := range Formats() {
		if !seen[format] {
			t.Errorf("no case for %s", format)
		}
		if d := descriptions[format]; d.EN == "" || d.RU == "" {
			t.Errorf("%s is not described", format)
		}
	}
	if len(descriptions) != len(Formats()) {
		t.Errorf("%d descriptions for %d formats", len(descriptions), len(Formats()))
	}
	for p, d := range problemTexts {
		if DescribeProblem(p) != d || d.EN == "" || d.RU == "" {
			t.Errorf("%s is not described", p)
		}
	}
}

func TestItemsSayWhere(t *testing.T) {
	m := testMaterial(t)
	first := block64("CERTIFICATE", m.cert)
	f, err := Read("f", []byte("# comment\n"+first+"\n"+block64("PRIVATE KEY", m.pkcs8)))
	if err != nil {
		t.Fatal(err)
	}
	want := []Item{
		{Kind: KindCertificate, Block: 1, Line: 2, Offset: 10, Subject: "CN = bot.example.org"},
		{Kind: KindPrivateKey, Block: 2, Line: 3 + strings.Count(first, "\n"), Offset: int64(11 + len(first))},
	}
	if len(f.Items) != 2 || f.Items[0] != want[0] || f.Items[1] != want[1] {
		t.Errorf("items %+v, want %+v", f.Items, want)
	}
}

func TestPrivateKeysNeverComeOut(t *testing.T) {
	m := testMaterial(t)
	for _, file := range [][]byte{
		m.pkcs8, m.ec, []byte(block64("PRIVATE KEY", m.pkcs8)), []byte(block64("CERTIFICATE", m.pkcs8)),
		[]byte(block64("CERTIFICATE REQUEST", m.ec)), inUTF16(block64("EC PRIVATE KEY", m.ec)),
		append(append([]byte{}, m.cert...), m.pkcs8...),
		[]byte(block64("TRUSTED CERTIFICATE", append(append([]byte{}, m.cert...), m.pkcs8...))),
	} {
		f, err := Read("f", file)
		if err != nil {
			t.Fatal(err)
		}
		out, err := json.Marshal(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, shown := range append(append([][]byte{out}, f.Certificates...), f.Requests...) {
			if bytes.Contains(shown, m.ec[7:39]) || bytes.Contains(shown, []byte(base64.StdEncoding.EncodeToString(m.ec[9:36]))) {
				t.Errorf("%s gives the key away", f.Format)
			}
		}
	}
}

func TestBounds(t *testing.T) {
	m := testMaterial(t)
	cert := block64("CERTIFICATE", m.cert)
	f, err := Read("f", []byte(strings.Repeat(cert, MaxCertificates+1)))
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Certificates) != MaxCertificates || !f.OpenSSLAccepts {
		t.Errorf("%d certificates are kept", len(f.Certificates))
	}
	f, err = Read("f", bytes.Repeat([]byte(block64("X", []byte{1})), maxBlocks+1))
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Items) != maxBlocks+1 || f.Items[maxBlocks].Problem != ProblemTooMany {
		t.Errorf("%d items", len(f.Items))
	}
	f, err = Read("f", append(bytes.Repeat([]byte("#\n"), MaxSize/2+1), cert...))
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Certificates) != 0 || f.Size < MaxSize {
		t.Errorf("what stands after %d bytes is read", MaxSize)
	}
}

func TestUpload(t *testing.T) {
	m := testMaterial(t)
	f, err := Read("bot.pem", []byte(block64("PRIVATE KEY", m.pkcs8)+block64("CERTIFICATE", m.cert)))
	if err != nil {
		t.Fatal(err)
	}
	up := f.Upload()
	if up.Name != "bot.pem" || up.Size != f.Size || up.Format != "pem" || up.PrivateKeys != 1 || !up.OpenSSLAccepts ||
		len(up.Certificates) != 1 || len(up.Notes) != 1 || up.Notes[0] != "line 1: private_key" {
		t.Errorf("%+v", up)
	}
	if got := Certificates(f, f); len(got) != 2 || !bytes.Equal(got[1], m.cert) {
		t.Errorf("%d certificates", len(got))
	}
}

func FuzzRead(f *testing.F) {
	m := testMaterial(f)
	cert := block64("CERTIFICATE", m.cert)
	for _, s := range []string{
		cert, "\xef\xbb\xbf " + cert, cert[:200], block64("PRIVATE KEY", m.pkcs8), block64("X509 CRL", m.crl), string(m.cert), string(m.csr),
		string(m.crl), string(m.ec), string(inUTF16(cert)), withHeader("RSA PRIVATE KEY", "Proc-Type: 4,ENCRYPTED\nDEK-Info: DES-EDE3-CBC,00\n", m.ec),
		"-----BEGIN A-----\n=-\n-----END A-----", "{}", "<html>", "\xfe\xed\xfe\xed", "M",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		file, err := Read("x", data)
		if err != nil {
			t.Fatal(err)
		}
		if file.OpenSSLAccepts && len(file.Certificates) == 0 && !bytes.Contains(data, []byte("X509 CRL")) {
			t.Fatal("accepted without a certificate or CRL")
		}
		if file.OpenSSLAccepts && file.OpenSSLError != "" || file.Format == "" {
			t.Fatalf("%s: %s", file.Format, file.OpenSSLError)
		}
		if _, err := json.Marshal(file.Upload()); err != nil {
			t.Fatal(err)
		}
	})
}
