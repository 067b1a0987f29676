package testpki

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"fmt"

	"hookcheck/testdata"
)

// CommittedRSA reads a committed RSA test key: crypto/rsa cannot derive one
// from a seed. Names are rsa1024, rsa1967, rsa1968 and rsa2048.
func CommittedRSA(name string) *rsa.PrivateKey {
	data, err := testdata.Keys.ReadFile("certs/keys/" + name + ".pem")
	if err != nil {
		panic(fmt.Sprintf("testpki: reading the test key %s: %v", name, err))
	}
	block, _ := pem.Decode(data)
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		panic(fmt.Sprintf("testpki: parsing the test key %s: %v", name, err))
	}
	return key.(*rsa.PrivateKey)
}
