package testpki

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
)

// Case is one fixture: what a server presents, what was uploaded, and what the
// report must say.
type Case struct {
	Name    string   // folder, "<finding-id>" or "<finding-id>_<variant>"
	Host    string   // "" where names are not judged
	Chain   [][]byte // DER in the order presented
	Upload  []byte   // the file given to setWebhook, nil for none
	Verdict string
	Expect  []string // ids of all findings, in the report's order
}

// Host is the name that the fixtures are for.
const Host = "bot.example.org"

// PublicRoot is the root that the fixtures' reader gives by --roots.
func PublicRoot() *Node { return Root("Hookcheck Public Root") }

// PublicCA is the intermediate that stands for a public CA.
func PublicCA() *Node { return PublicRoot().Intermediate("Hookcheck Public CA 1") }

// PrivateRoot is a root that no list holds.
func PrivateRoot() *Node { return Root("Somebody's Private Root") }

// CaseText is case.txt of a fixture.
func (c Case) CaseText() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "host: %s\n", c.Host)
	if c.Upload != nil {
		fmt.Fprintln(&b, "upload: upload.pem")
	} else {
		fmt.Fprintln(&b, "upload: none")
	}
	fmt.Fprintf(&b, "now: %s\n", Epoch.Format("2006-01-02T15:04:05Z07:00"))
	fmt.Fprintf(&b, "expect: %s", c.Verdict)
	for _, id := range c.Expect {
		fmt.Fprintf(&b, " %s", id)
	}
	return append(b.Bytes(), '\n')
}

// ChainText is chain.pem of a fixture, with a summary that a person can read.
func (c Case) ChainText() []byte {
	var b bytes.Buffer
	for i, der := range c.Chain {
		if x, err := x509.ParseCertificate(der); err == nil {
			fmt.Fprintf(&b, "# %d subject: %s\n#   issuer:  %s\n#   valid:   %s to %s\n#   names:   %v %v\n",
				i, x.Subject, x.Issuer, x.NotBefore.Format("2006-01-02"), x.NotAfter.Format("2006-01-02"), x.DNSNames, x.IPAddresses)
		} else {
			fmt.Fprintf(&b, "# %d crypto/x509 does not read it\n", i)
		}
		b.Write((&Node{DER: der}).PEM())
	}
	return b.Bytes()
}

// TLSCertificate is a server's configuration that presents the nodes.
func TLSCertificate(key *Node, presented ...*Node) tls.Certificate {
	return tls.Certificate{Certificate: DERs(presented...), PrivateKey: key.Key}
}

// CriticalExtension adds a critical extension that nobody knows.
func CriticalExtension() Option {
	return Edit(func(t *x509.Certificate) {
		t.ExtraExtensions = append(t.ExtraExtensions, pkix.Extension{
			Id: asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 55555, 1}, Critical: true, Value: []byte{5, 0},
		})
	})
}

// BrokenExtension adds one whose contents OpenSSL reads and finds invalid: a
// Netscape certificate type that is no bit string.
func BrokenExtension() Option {
	return Edit(func(t *x509.Certificate) {
		t.ExtraExtensions = append(t.ExtraExtensions, pkix.Extension{
			Id: asn1.ObjectIdentifier{2, 16, 840, 1, 113730, 1, 1}, Value: []byte{4, 1, 0},
		})
	})
}
