package certfile

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"
)

// What OpenSSL 3.0.22 answers to each of these files was seen by loading it
// with SSL_CTX_load_verify_locations, as Telegram's client does.
func TestOpenSSLAccepts(t *testing.T) {
	m := testMaterial(t)
	cert, other, crl := block64("CERTIFICATE", m.cert), block64("CERTIFICATE", m.other), block64("X509 CRL", m.crl)
	key := block64("PRIVATE KEY", m.pkcs8)
	lines := strings.SplitAfter(cert, "\n")
	lost := strings.Join(append(append([]string{}, lines[:3]...), lines[4:]...), "")
	aux := append(append([]byte{}, m.cert...), 0x30, 0x00)
	const encrypted = "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,CC579FE530DAF03BBE93110A100AEC36\n"
	for _, tc := range []struct {
		name, file string
		certs      int // -1: refused
		failure    string
	}{
		{"one", cert, 1, ""},
		{"two", cert + other, 2, ""},
		{"the same twice", cert + cert, 2, ""},
		{"old name", block64("X509 CERTIFICATE", m.cert), 1, ""},
		{"trusted", block64("TRUSTED CERTIFICATE", aux), 1, ""},
		{"trusted without settings", block64("TRUSTED CERTIFICATE", m.cert), 1, ""},
		{"trusted with junk behind", block64("TRUSTED CERTIFICATE", append(append([]byte{}, m.cert...), 1, 0)), -1, wrongTagText(1)},
		{"junk behind a plain one is ignored", block64("CERTIFICATE", append(append([]byte{}, m.cert...), 1, 2)), 1, ""},
		{"text around", "Subject: CN = bot\n\n" + cert + "the end\n", 1, ""},
		{"CRLF", strings.ReplaceAll(cert, "\n", "\r\n"), 1, ""},
		{"CR alone", strings.ReplaceAll(cert, "\n", "\r"), -1, errNotPEM},
		{"byte order mark", "\xef\xbb\xbf" + cert, 1, ""},
		{"no final newline", strings.TrimSpace(cert), 1, ""},
		{"files joined without a newline", strings.TrimSpace(cert) + other, -1, errBadEnd + errPEMFailed},
		{"trailing spaces", strings.ReplaceAll(cert, "\n", " \t\n"), 1, ""},
		{"trailing no-break spaces", strings.ReplaceAll(cert, "\n", "\u00a0\n"), 1, ""},
		{"indented", strings.ReplaceAll(cert, "-----BEGIN", " -----BEGIN"), -1, errNotPEM},
		{"all indented beside a good one", strings.ReplaceAll("\n"+other, "\n", "\n  ") + "\n" + cert, 1, ""},
		{"indented body", strings.ReplaceAll(cert, "\nM", "\n M"), 1, ""},
		{"indented END", strings.ReplaceAll(cert, "-----END", " -----END"), -1, errBadEnd + errPEMFailed},
		{"blank line after BEGIN", strings.Replace(cert, "-----\n", "-----\n\n", 1), 1, ""},
		{"blank line within", strings.Join(append(append(append([]string{}, lines[:3]...), "\n"), lines[3:]...), ""), -1, errNotProcType + errPEMFailed},
		{"blank line before END", strings.Replace(cert, "-----END", "\n-----END", 1), -1, errSilentText},
		{"one long line", "-----BEGIN CERTIFICATE-----\n" + strings.ReplaceAll(strings.Join(lines[1:len(lines)-2], ""), "\n", "") + "\n" + lines[len(lines)-2], 1, ""},
		{"lines that just fill the buffer", reflow(m.cert, 254), 1, ""},
		{"lines one shorter", reflow(m.cert, 253), 1, ""},
		{"MIME lines", reflow(m.cert, 76), 1, ""},
		{"MIME lines after a blank one", strings.Replace(reflow(m.cert, 76), "-----\n", "-----\n\n", 1), -1, errSilentText},
		{"short lines", reflow(m.cert, 60), 1, ""},
		{"short lines after a blank one", strings.Replace(reflow(m.cert, 60), "-----\n", "-----\n\n", 1), -1, errBadEnd + errPEMFailed},
		{"padding within", strings.Replace(cert, "\nM", "\n=M", 1), -1, errBase64 + errPEMFailed},
		{"padding behind", strings.Replace(cert, "-----END", "=\n-----END", 1), -1, errBase64 + errPEMFailed},
		{"padding alone", "-----BEGIN CERTIFICATE-----\n====\n-----END CERTIFICATE-----\n", -1, errBase64 + errPEMFailed},
		{"a hyphen ends the text", strings.Replace(cert, "-----END", "-!?\n-----END", 1), 1, ""},
		{"a hyphen within a group", strings.Replace(cert, "\nM", "\nM-", 1), -1, errBase64 + errPEMFailed},
		{"no END", strings.Split(cert, "-----END")[0], -1, errBadEnd + errPEMFailed},
		{"wrong END", strings.Replace(cert, "END CERTIFICATE", "END X509 CERTIFICATE", 1), -1, errBadEnd + errPEMFailed},
		{"cut off", cert[:len(cert)/2], -1, errBadEnd + errPEMFailed},
		{"good one, then one cut off", cert + other[:len(other)/2], -1, errBadEnd + errPEMFailed},
		{"a bad digit", strings.Replace(cert, "\nM", "\n!", 1), -1, errBase64 + errPEMFailed},
		{"good one, then a bad digit", cert + strings.Replace(other, "\nM", "\n!", 1), -1, errBase64 + errPEMFailed},
		{"a digit lost", strings.Replace(cert, "\nM", "\n", 1), -1, errBase64 + errPEMFailed},
		{"a line lost", lost, -1, tooLongText + errPEMFailed},
		{"nothing inside", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n", -1, errSilentText},
		{"junk inside", block64("CERTIFICATE", []byte("no certificate at all")), -1, tooLongText + errPEMFailed},
		{"a request inside", block64("CERTIFICATE", m.csr), -1, wrongTagText(4)},
		{"header before the body", withHeader("CERTIFICATE", "Comment: x\n", m.cert), -1, errNotProcType + errPEMFailed},
		{"key beside", key + cert, 1, ""},
		{"key behind", cert + key, 1, ""},
		{"EC key with its parameters", block64("EC PARAMETERS", []byte{6, 1, 0}) + block64("EC PRIVATE KEY", m.ec) + cert, 1, ""},
		{"encrypted key", cert + block64("ENCRYPTED PRIVATE KEY", []byte{1}), 1, ""},
		{"key encrypted the old way", cert + withHeader("RSA PRIVATE KEY", encrypted, []byte{1}), 1, ""},
		{"unknown cipher", cert + withHeader("RSA PRIVATE KEY", strings.Replace(encrypted, "AES", "XYZ", 1), []byte{1}), -1, ""},
		{"broken key", cert + block64("PRIVATE KEY", []byte("junk")), -1, ""},
		{"key of another kind", cert + block64("RSA PRIVATE KEY", m.ec), -1, ""},
		{"OpenSSH key", cert + block64("OPENSSH PRIVATE KEY", []byte("openssh-key-v1\x00")), -1, ""},
		{"key alone", key, -1, errNotPEM},
		{"request alone", block64("CERTIFICATE REQUEST", m.csr), -1, errNotPEM},
		{"request beside", cert + block64("CERTIFICATE REQUEST", m.csr), 1, ""},
		{"PKCS#7", block64("PKCS7", []byte{0x30, 0}), -1, errNotPEM},
		{"public key beside", cert + block64("PUBLIC KEY", m.spki), 1, ""},
		{"CRL alone", crl, 0, ""},
		{"CRL beside", cert + crl, 1, ""},
		{"broken CRL", cert + block64("X509 CRL", m.csr), -1, wrongTagText(4)},
		{"typographic dashes", strings.ReplaceAll(cert, "--", "—"), -1, errNotPEM},
		{`\n written out`, strings.ReplaceAll(cert, "\n", `\n`), -1, errNotPEM},
		{"NUL ends what is seen", "\x00" + cert, -1, errNotPEM},
		{"NUL between", cert + "\x00\n" + other, 1, ""},
		{"DER", string(m.cert), -1, errNotPEM},
		{"nothing", "", -1, errNotPEM},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f, err := Read("x.pem", []byte(tc.file))
			if err != nil {
				t.Fatal(err)
			}
			if f.OpenSSLAccepts != (tc.certs >= 0) {
				t.Fatalf("accepts %v, items %+v", f.OpenSSLAccepts, f.Items)
			}
			if tc.certs >= 0 && len(f.Certificates) != tc.certs {
				t.Errorf("%d certificates", len(f.Certificates))
			}
			if f.OpenSSLError != tc.failure {
				t.Errorf("error %q", f.OpenSSLError)
			}
		})
	}
}

// reflow writes a certificate with base64 lines of another length.
func reflow(der []byte, width int) string {
	text := base64.StdEncoding.EncodeToString(der)
	var b strings.Builder
	b.WriteString("-----BEGIN CERTIFICATE-----\n")
	for len(text) > 0 {
		n := min(width, len(text))
		b.WriteString(text[:n] + "\n")
		text = text[n:]
	}
	b.WriteString("-----END CERTIFICATE-----\n")
	return b.String()
}

const errSilentText = errPEMFailed

// wrongTagText is for a block of another structure, so many levels down.
func wrongTagText(levels int) string {
	return "{error:068000A8:asn1 encoding routines::wrong tag}" +
		strings.Repeat("{error:0688010A:asn1 encoding routines::nested asn1 error}", levels) + errDecoding + errPEMFailed
}

// tooLongText is for a block whose DER claims more than there is.
const tooLongText = "{error:0680009B:asn1 encoding routines::too long}{error:06800066:asn1 encoding routines::bad object header}" +
	"{error:0688010A:asn1 encoding routines::nested asn1 error}" + errDecoding

func TestCertificatesAreWhatOpenSSLLoads(t *testing.T) {
	m := testMaterial(t)
	file := strings.ReplaceAll("\n"+block64("CERTIFICATE", m.other), "\n", "\n  ") + "\n" + block64("CERTIFICATE", append(append([]byte{}, m.cert...), 0))
	f, err := Read("x", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	if len(f.Certificates) != 1 || !bytes.Equal(f.Certificates[0], m.cert) {
		t.Errorf("%d certificates, want the one at the start of its line, without what follows it", len(f.Certificates))
	}
	if len(f.Items) != 2 || f.Items[0].Problem != ProblemIndented || f.Items[0].Line != 2 || f.Items[1].Problem != "" {
		t.Errorf("items %+v", f.Items)
	}
}
