package facts

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"hookcheck/checker/cert"
)

// The texts are what Telegram's published client printed for such chains, run
// on OpenSSL 3.0.
const (
	wantVerify = "{error:0A000086:SSL routines::certificate verify failed}"
	wantEVP    = "{error:06880006:asn1 encoding routines::EVP lib}" + wantVerify
	wantRSA    = "{error:1C880004:Provider routines::RSA lib}" + wantEVP
)

func issue(t *testing.T, signer crypto.Signer, algorithm x509.SignatureAlgorithm) []byte {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(77), Subject: pkix.Name{CommonName: "bot.example.org"}, SignatureAlgorithm: algorithm,
		NotBefore: time.Unix(1.7e9, 0), NotAfter: time.Unix(1.8e9, 0),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, signer.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	return der
}

func parsed(t *testing.T, der []byte) *cert.Cert {
	t.Helper()
	c, err := cert.Parse(der)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func rsaKey(t *testing.T, bits int) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestPredictedBadSignature(t *testing.T) {
	rsa1, rsa2, rsa3 := rsaKey(t, 2048), rsaKey(t, 2048), rsaKey(t, 1024)
	p256, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	p384, err := ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name          string
		signer, claim crypto.Signer
		algorithm     x509.SignatureAlgorithm
		want          []string // any of them: some depend on random bits
	}{
		{"RSA, the content differs", rsa1, rsa1, x509.SHA256WithRSA, []string{"{error:02000068:rsa routines::bad signature}" + wantRSA}},
		{"RSA, another key", rsa1, rsa2, x509.SHA256WithRSA, []string{
			"{error:0200008A:rsa routines::invalid padding}{error:02000072:rsa routines::padding check failed}" + wantRSA,
			"{error:0200006A:rsa routines::block type is not 01}{error:02000072:rsa routines::padding check failed}" + wantRSA,
			"{error:02000084:rsa routines::data too large for modulus}" + wantRSA,
		}},
		{"RSA, a key of another size", rsa1, rsa3, x509.SHA256WithRSA, []string{"{error:02000077:rsa routines::wrong signature length}" + wantRSA}},
		{"RSA-PSS, the content differs", rsa1, rsa1, x509.SHA256WithRSAPSS, []string{"{error:02000068:rsa routines::bad signature}" + wantRSA}},
		{"RSA-PSS, another key", rsa1, rsa2, x509.SHA256WithRSAPSS, []string{
			"{error:02000085:rsa routines::first octet invalid}" + wantRSA,
			"{error:02000086:rsa routines::last octet invalid}" + wantRSA,
			"{error:02000087:rsa routines::salt length recovery failed}" + wantRSA,
			"{error:02000084:rsa routines::data too large for modulus}" + wantRSA,
		}},
		{"ECDSA", p256, p256, x509.ECDSAWithSHA256, []string{wantEVP}},
		{"ECDSA of a larger curve", p384, p256, x509.ECDSAWithSHA384, []string{"{error:0800009C:elliptic curve routines::bad signature}" + wantEVP}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			leaf := parsed(t, issue(t, tc.signer, tc.algorithm))
			leaf.RawTBS = append(slices.Clone(leaf.RawTBS), 0)
			issuer := parsed(t, issue(t, tc.claim, 0))
			issuer.SHA256 = "issuer"
			c := Chain{Path: []*cert.Cert{leaf, issuer}, Faults: []Fault{{Kind: BadSignature, Cert: leaf}}}
			got := strings.TrimPrefix(c.Predicted(&c.Faults[0]), "SSL error ")
			for _, w := range tc.want {
				if got == w {
					return
				}
			}
			t.Errorf("got %s, want one of %q", got, tc.want)
		})
	}
}

// TestPredictedSaltLength: the certificate names another length of the salt than
// its signature has, or another mask.
func TestPredictedSaltLength(t *testing.T) {
	key := rsaKey(t, 2048)
	for salt, reason := range map[int]string{20: "{error:02000088:rsa routines::salt length check failed}", 300: "{error:0200006D:rsa routines::data too large}"} {
		leaf, issuer := parsed(t, issue(t, key, x509.SHA256WithRSAPSS)), parsed(t, issue(t, key, 0))
		issuer.SHA256 = "issuer"
		leaf.Signature.PSS.SaltLen = salt
		c := Chain{Path: []*cert.Cert{leaf, issuer}, Faults: []Fault{{Kind: BadSignature, Cert: leaf}}}
		if got, want := c.Predicted(&c.Faults[0]), "SSL error "+reason+wantRSA; got != want {
			t.Errorf("salt of %d: %s, want %s", salt, got, want)
		}
	}
	leaf, issuer := parsed(t, issue(t, key, x509.SHA256WithRSAPSS)), parsed(t, issue(t, key, 0))
	issuer.SHA256 = "issuer"
	leaf.Signature.PSS.MGFHash = crypto.SHA1
	c := Chain{Path: []*cert.Cert{leaf, issuer}, Faults: []Fault{{Kind: BadSignature, Cert: leaf}}}
	got := c.Predicted(&c.Faults[0])
	// The wrong mask leaves random bytes, which now and then look like a salt.
	for _, reason := range []string{"{error:02000087:rsa routines::salt length recovery failed}", "{error:02000088:rsa routines::salt length check failed}"} {
		if got == "SSL error "+reason+wantRSA {
			return
		}
	}
	t.Errorf("another mask: %s", got)
}

// TestPredictedEarlierFault: the verification stops at the first fault, so
// one that comes before the signature leaves no trace of it.
func TestPredictedEarlierFault(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	leaf, issuer := parsed(t, issue(t, key, 0)), parsed(t, issue(t, key, 0))
	leaf.SHA256, issuer.SHA256 = "leaf", "issuer"
	for _, tc := range []struct {
		other Fault
		want  string
	}{
		{Fault{Kind: Expired, Cert: leaf}, "SSL error " + wantEVP},
		{Fault{Kind: RootExpired, Cert: issuer}, ""},
		{Fault{Kind: NameConstraint, Cert: leaf}, "SSL error " + wantEVP},
		{Fault{Kind: NameMismatch, Cert: leaf}, ""},
		{Fault{Kind: WeakKey, Cert: issuer}, ""},
		{Fault{Kind: UploadNotNeeded}, ""},
	} {
		c := Chain{Path: []*cert.Cert{leaf, issuer}, Faults: []Fault{{Kind: BadSignature, Cert: leaf}, tc.other}}
		if got := c.Predicted(&c.Faults[0]); got != tc.want {
			t.Errorf("beside %s: %q, want %q", tc.other.Kind, got, tc.want)
		}
	}
	dated := *leaf
	dated.BadNotAfter = true
	c := Chain{Path: []*cert.Cert{leaf, issuer}, Faults: []Fault{{Kind: Unparsable, Cert: &dated}, {Kind: BadSignature, Cert: leaf}}}
	if got, want := c.Predicted(&c.Faults[0]), "SSL error "+wantEVP; got != want {
		t.Errorf("a date after a bad signature: %q, want %q", got, want)
	}
	c = Chain{Faults: []Fault{{Kind: BadSignature, Cert: leaf}, {Kind: Expired, Cert: leaf}}}
	if got := c.Predicted(&c.Faults[0]); got != "" {
		t.Errorf("without a path: %q", got)
	}
	if got := c.Predicted(&c.Faults[1]); got != "" {
		t.Errorf("expired: %q", got)
	}
}

func TestPredictedUnparsable(t *testing.T) {
	const (
		lib    = "{error:0A08000D:SSL routines::ASN1 lib}"
		nested = "{error:0688010A:asn1 encoding routines::nested asn1 error}"
		header = "{error:06800066:asn1 encoding routines::bad object header}"
		tag    = "{error:068000A8:asn1 encoding routines::wrong tag}"
		long   = "{error:0680009B:asn1 encoding routines::too long}"
	)
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der := issue(t, key, 0)
	with := func(at int, b byte) []byte {
		changed := append([]byte(nil), der...)
		changed[at] = b
		return changed
	}
	for name, tc := range map[string]struct {
		der  []byte
		want string
	}{
		"empty":          {nil, "{error:068000E0:asn1 encoding routines::too small}" + lib},
		"text":           {[]byte("garbage"), long + header + nested + lib},
		"cut off":        {der[:len(der)-20], long + header + nested + lib},
		"one byte":       {[]byte{0x30}, "{error:0680007B:asn1 encoding routines::header too long}" + header + nested + lib},
		"empty sequence": {[]byte{0x30, 0}, "{error:06800079:asn1 encoding routines::field missing}" + lib},
		"outer tag":      {with(0, 0x31), tag + nested + lib},
		"inner tag":      {with(tbsAt(der), 0x31), tag + nested + nested + lib},
		"trailing byte":  {append(with(0, 0x30), 0), "{error:0A000087:SSL routines::cert length mismatch}"},
	} {
		c := Chain{
			Presented: []Presented{{Position: 0, DER: der}, {Position: 1, DER: tc.der}},
			Faults:    []Fault{{Kind: Unparsable, Position: 1}},
		}
		if got, want := c.Predicted(&c.Faults[0]), "SSL error "+tc.want; got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	leaf := parsed(t, der)
	c := Chain{Faults: []Fault{{Kind: Unparsable, Cert: leaf}}}
	if got := c.Predicted(&c.Faults[0]); got != "" {
		t.Errorf("a bad date: %q", got)
	}
	leaf.Key.Err = errors.New("not a point")
	if got, want := c.Predicted(&c.Faults[0]), "SSL error {error:03000072:digital envelope routines::decode error}"+wantVerify; got != want {
		t.Errorf("bad key: %s", got)
	}
	leaf.BrokenExtensions = []string{"2.5.29.17"}
	if got, want := c.Predicted(&c.Faults[0]), "SSL error {error:1100009E:X509 V3 routines::invalid certificate}"+wantVerify; got != want {
		t.Errorf("bad extension: %s", got)
	}
}

// tbsAt is where the inner sequence of a certificate begins.
func tbsAt(der []byte) int {
	if der[1] < 0x80 {
		return 2
	}
	return 2 + int(der[1]&0x7f)
}
