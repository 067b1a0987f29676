package certfile

import (
	"bytes"
	"strings"

	"hookcheck/checker/cert"
	"hookcheck/checker/d2i"
)

// loaded is what SSL_CTX_load_verify_locations makes of a file.
type loaded struct {
	certificates [][]byte
	trust        map[int]string // settings of TRUSTED CERTIFICATE blocks, by the position of the certificate
	objects      int            // certificates and CRLs; 0 means that the file is refused
	failure      string         // OpenSSL's error where it is refused and the text can be told
}

// load follows OpenSSL 3.0 in reading a file as a trust store: crypto/x509/
// by_file.c (X509_load_cert_crl_file_ex) and crypto/pem/pem_info.c. One block
// that OpenSSL cannot read makes it refuse the whole file, be it a key.
func load(data []byte) loaded {
	l := lines{data: data}
	var out loaded
	for range maxBlocks {
		b, failure, ok := l.block()
		if !ok && failure == errNoStart {
			break
		}
		if ok {
			failure, ok = out.add(b)
		}
		if strings.Contains(b.name, "PRIVATE KEY") {
			clear(b.der)
		}
		switch {
		case ok:
		case failure == errUntold:
			return loaded{}
		default:
			return loaded{failure: strings.TrimPrefix(failure, errSilent) + errPEMFailed}
		}
	}
	if out.objects == 0 {
		out.failure = errNotPEM
	}
	return out
}

// add takes one block in; false where it makes OpenSSL give up.
func (out *loaded) add(b block) (failure string, ok bool) {
	key := strings.Contains(b.name, "PRIVATE KEY")
	certificate := b.name == "CERTIFICATE" || b.name == "X509 CERTIFICATE" || b.name == "TRUSTED CERTIFICATE"
	if !key && !certificate && b.name != "X509 CRL" {
		return "", true
	}
	if len(b.header) > 0 {
		if !bytes.HasPrefix(b.header, []byte(procType)) {
			return errNotProcType, false
		}
		return errUntold, key && readableEncryption(b.header)
	}
	out.objects++
	switch {
	case key:
		out.objects--
		return errUntold, readableKey(b)
	case certificate:
		return out.addCertificate(b.der, b.name == "TRUSTED CERTIFICATE")
	}
	failure = d2i.RevocationList(b.der)
	return failure + errDecoding, failure == ""
}

func (out *loaded) addCertificate(der []byte, trusted bool) (failure string, ok bool) {
	if len(out.certificates) == MaxCertificates {
		return "", true
	}
	decode := d2i.Certificate
	if trusted {
		decode = d2i.TrustedCertificate
	}
	if failure := decode(der); failure != "" {
		return failure + errDecoding, false
	}
	c, err := cert.Parse(der)
	if err != nil {
		return errUntold, false
	}
	if settings := serverTrust(der[len(c.Raw):]); trusted && settings != "" {
		if out.trust == nil {
			out.trust = map[int]string{}
		}
		out.trust[len(out.certificates)] = settings
	}
	out.certificates = append(out.certificates, c.Raw)
	return "", true
}

// readableKey tells whether OpenSSL can read a private key that has no header,
// without reading it: encrypted ones it leaves alone, others must have the
// frame of their kind (pem_info.c, d2i_pr.c).
func readableKey(b block) bool {
	if b.name == "ENCRYPTED PRIVATE KEY" {
		return true
	}
	kind := keyFrame(b.der)
	switch b.name {
	case "RSA PRIVATE KEY":
		return kind == frameRSA || kind == framePKCS8
	case "EC PRIVATE KEY":
		return kind == frameEC || kind == framePKCS8
	case "DSA PRIVATE KEY":
		return kind == frameDSA || kind == framePKCS8
	}
	return kind != frameNone
}

const procType = "Proc-Type:"

// readableEncryption reads the header of an encrypted key (RFC 1421, 4.6.1) as
// PEM_get_EVP_CIPHER_INFO does: Proc-Type, then a cipher with its vector in
// hexadecimal.
func readableEncryption(header []byte) bool {
	first, rest, ok := strings.Cut(string(header), "\n")
	first = strings.TrimLeft(strings.TrimPrefix(first, procType), " \t")
	mode, four := strings.CutPrefix(first, "4,")
	if !ok || !four || strings.Trim(mode, " \t\r") != "ENCRYPTED" {
		return false
	}
	info, _, _ := strings.Cut(rest, "\n")
	info, ok = strings.CutPrefix(info, "DEK-Info:")
	if !ok {
		return false
	}
	cipher, vector, _ := strings.Cut(strings.TrimLeft(info, " \t"), ",")
	want, known := vectorDigits(strings.TrimRight(cipher, " \t"))
	return known && len(vector) >= want && isHexText(vector[:want])
}

// vectorDigits is the length of a cipher's vector, in hexadecimal digits.
func vectorDigits(cipher string) (int, bool) {
	name := strings.ToUpper(cipher)
	switch {
	case strings.HasPrefix(name, "DES-"), strings.HasPrefix(name, "BF-"), strings.HasPrefix(name, "CAST5-"), strings.HasPrefix(name, "RC2-"):
		return 16, true
	case strings.HasPrefix(name, "AES-"), strings.HasPrefix(name, "CAMELLIA-"), strings.HasPrefix(name, "ARIA-"),
		strings.HasPrefix(name, "SEED-"), strings.HasPrefix(name, "SM4-"):
		return 32, true
	}
	return 0, false
}

func isHexText(s string) bool {
	return strings.Trim(s, "0123456789abcdefABCDEF") == ""
}
