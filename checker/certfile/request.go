package certfile

import (
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"strconv"

	"hookcheck/checker/evidence"
)

// Bounds of signing requests: how many of a file are read in full, and the
// RSA keys whose signatures are checked.
const (
	maxRequests   = 20
	maxNames      = 500
	maxRequestRSA = 16384
)

// readRequest tells what a signing request asks for (RFC 2986). Its attributes
// are left out: one of them is a password.
func readRequest(der []byte) evidence.FileRequest {
	csr, err := x509.ParseCertificateRequest(der)
	if err != nil {
		return evidence.FileRequest{Signature: evidence.SignatureUnread}
	}
	r := evidence.FileRequest{
		Subject: clip(csr.Subject.String()), CommonName: clip(csr.Subject.CommonName),
		Key: keyName(csr), KeySHA256: publicSum(csr.PublicKey), Signature: requestSignature(csr),
	}
	for i, n := range csr.DNSNames {
		if i == maxNames {
			break
		}
		r.DNSNames = append(r.DNSNames, clip(n))
	}
	for i, ip := range csr.IPAddresses {
		if i == maxNames {
			break
		}
		r.IPs = append(r.IPs, ip.String())
	}
	return r
}

func keyName(csr *x509.CertificateRequest) string {
	switch k := csr.PublicKey.(type) {
	case *rsa.PublicKey:
		return "RSA " + strconv.Itoa(k.N.BitLen())
	case *ecdsa.PublicKey:
		return "EC " + k.Curve.Params().Name
	case ed25519.PublicKey:
		return "Ed25519"
	}
	return csr.PublicKeyAlgorithm.String()
}

// requestSignature checks that the asker holds the key.
func requestSignature(csr *x509.CertificateRequest) string {
	if k, ok := csr.PublicKey.(*rsa.PublicKey); ok && k.N.BitLen() > maxRequestRSA {
		return evidence.SignatureUnknown
	}
	if csr.SignatureAlgorithm == x509.UnknownSignatureAlgorithm || csr.PublicKeyAlgorithm == x509.UnknownPublicKeyAlgorithm {
		return evidence.SignatureUnknown
	}
	if csr.CheckSignature() != nil {
		return evidence.SignatureBad
	}
	return evidence.SignatureGood
}

// publicSum tells public keys apart, "" where one cannot be written.
func publicSum(public any) string {
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(der)
	return hex.EncodeToString(sum[:])
}
