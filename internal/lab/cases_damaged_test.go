package lab_test

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"strings"

	"hookcheck/internal/lab"
	"hookcheck/internal/testpki"
)

// damagedCases are certificates that cannot be decoded, presented or uploaded:
// Telegram's client prints every error that OpenSSL's decoder leaves behind.
func damagedCases() []labCase {
	ca, leaf := pki()
	whole := leaf.DER
	const asn1 = "{error:06800%s:asn1 encoding routines::%s}"
	reason := func(code, text string) string { return fmt.Sprintf(asn1, code, text) }
	nested := func(n int) string {
		return strings.Repeat("{error:0688010A:asn1 encoding routines::nested asn1 error}", n)
	}
	changed := func(edit func([]byte)) []byte {
		out := append([]byte(nil), whole...)
		edit(out)
		return out
	}
	presented := func(name string, der []byte, queue string) labCase {
		broken := &testpki.Node{DER: der, Key: leaf.Key}
		c := verified("damaged: "+name, tlsServer(config(broken, broken, ca), lab.OK), "cert.unparsable")
		c.predicted = "SSL error " + queue + "{error:0A08000D:SSL routines::ASN1 lib}"
		return c
	}
	uploaded := func(name, file, queue string) labCase {
		own := testpki.SelfSigned([]string{testpki.Host})
		c := verified("damaged file: "+name, serve(own), "upload.not_pem").uploaded([]byte(file))
		c.predicted = "Bad Request: bad webhook: Failed to set custom certificate file" + queue +
			"{error:0488000D:PEM routines::ASN1 lib}{error:05880009:x509 certificate routines::PEM lib}"
		return c
	}
	block := func(label string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}))
	}
	const serial = 4 + 4 + 5 // behind two long headers and the version
	org := bytes.LastIndex(whole, []byte(testpki.Host)) - 2
	return []labCase{
		presented("cut off", whole[:len(whole)-1], reason("09B", "too long")+reason("066", "bad object header")+nested(1)),
		presented("text", []byte("hello"), reason("09B", "too long")+reason("066", "bad object header")+nested(1)),
		presented("padded serial number", changed(func(b []byte) { b[serial+2], b[serial+3] = 0, 1 }), reason("0DD", "illegal padding")+nested(2)),
		presented("serial number as a string", changed(func(b []byte) { b[serial] = 4 }), reason("0A8", "wrong tag")+nested(3)),
		presented("extension value of another type", changed(func(b []byte) { b[org-4] = 5 }), reason("0A8", "wrong tag")+nested(5)),
		uploaded("junk in PEM", block("CERTIFICATE", []byte{0, 0, 0}), reason("0A8", "wrong tag")+nested(1)),
		uploaded("revocation list that is none", leaf1PEM()+block("X509 CRL", whole), reason("0A8", "wrong tag")+nested(3)),
	}
}

func leaf1PEM() string { return string(testpki.SelfSigned([]string{testpki.Host}).PEM()) }

// crowdCases: what else is sent beside the chain does not matter, up to the
// 100 KiB that OpenSSL takes.
func crowdCases() []labCase {
	ca, leaf := pki()
	crowd := []*testpki.Node{leaf}
	for i := range 120 {
		crowd = append(crowd, testpki.SelfSigned([]string{fmt.Sprintf("n%d.example", i)}, testpki.NoSAN(), testpki.WithKey(testpki.ECKey("crowd"))))
	}
	return []labCase{
		verified("crowd: the intermediate last of all", serve(append(crowd, ca)...)).remarked("chain.unrelated"),
		verified("crowd: no intermediate in it", serve(crowd...), "chain.intermediate_missing"),
	}
}
