// Package certfile reads files that are meant to hold certificates, whatever
// they turn out to hold, and tells whether Telegram's client could use them.
// Private keys are counted and dropped; no byte of one leaves this package.
package certfile

import (
	"strconv"

	"hookcheck/checker/evidence"
)

// MaxSize is how much of a file is looked at: one byte more than setWebhook
// takes, so that a file which is too big shows as such.
const MaxSize = 3<<20 + 1

// MaxCertificates is how many certificates of one file are kept.
const MaxCertificates = 1000

// maxBlocks is how many PEM blocks of one file are looked at.
const maxBlocks = 10_000

// File is what a file holds.
type File struct {
	Name         string
	Size         int64
	Format       Format
	Certificates [][]byte // DER, in the order of the file
	PrivateKeys  int
	Requests     [][]byte // DER of signing requests
	CRLs         int
	Items        []Item

	// OpenSSLAccepts tells whether Telegram's client can load the file as its
	// trust store. Then Certificates are what it loads, neither more nor less.
	OpenSSLAccepts bool
	// OpenSSLError is the client's error where it cannot, as far as it can be
	// told: "{error:05800088:x509 certificate routines::no certificate or crl
	// found}".
	OpenSSLError string

	ssh, pgp bool // blocks of these kinds were seen
}

// Item is one thing found in a file.
type Item struct {
	Kind    Kind
	Line    int // counted from 1; 0 in a binary file
	Offset  int64
	Problem Problem // "" where it is sound
}

// Kind names what an item is.
type Kind string

// The kinds of items.
const (
	KindCertificate Kind = "certificate"
	KindTrusted     Kind = "trusted_certificate" // OpenSSL's own form, with trust settings
	KindCRL         Kind = "crl"
	KindRequest     Kind = "request"
	KindPrivateKey  Kind = "private_key"
	KindPublicKey   Kind = "public_key"
	KindPKCS7       Kind = "pkcs7"
	KindOther       Kind = "other"
)

// Problem names what is wrong with an item.
type Problem string

// The problems.
const (
	ProblemNoEnd     Problem = "no_end"     // the END line is missing or names something else
	ProblemBase64    Problem = "base64"     // the text between BEGIN and END is damaged
	ProblemEmpty     Problem = "empty"      // nothing between BEGIN and END
	ProblemContent   Problem = "content"    // it decodes to something else than it claims to be
	ProblemIndented  Problem = "indented"   // BEGIN is not at the start of its line: OpenSSL does not see it
	ProblemOneLine   Problem = "one_line"   // BEGIN shares its line with what follows
	ProblemTooMany   Problem = "too_many"   // the file holds more than is looked at
	ProblemTruncated Problem = "truncated"  // a binary structure ends before its length
	ProblemEscaped   Problem = "escaped_nl" // line breaks are written as \n
)

// Read looks at a file by its content alone; the name is kept for messages.
// Whatever the bytes are, there is an answer: the error is nil today and there
// for containers that need a password.
func Read(name string, data []byte) (*File, error) {
	f := &File{Name: name, Size: int64(len(data))}
	if len(data) > MaxSize {
		data = data[:MaxSize]
	}
	strict := load(data)
	f.OpenSSLAccepts, f.OpenSSLError = strict.objects > 0, strict.failure
	f.sniff(data)
	if f.OpenSSLAccepts {
		f.Certificates = strict.certificates
	}
	return f, nil
}

// Certificates joins the certificates of several files in their order.
func Certificates(files ...*File) [][]byte {
	var out [][]byte
	for _, f := range files {
		out = append(out, f.Certificates...)
	}
	return out
}

// Upload is the part of the file that may be kept as evidence.
func (f *File) Upload() *evidence.Upload {
	up := &evidence.Upload{
		Name: f.Name, Size: f.Size, Format: string(f.Format), Certificates: f.Certificates,
		PrivateKeys: f.PrivateKeys, OpenSSLAccepts: f.OpenSSLAccepts, OpenSSLError: f.OpenSSLError,
	}
	for i, item := range f.Items {
		if i == 20 {
			up.Notes = append(up.Notes, "…")
			break
		}
		if item.Problem != "" || item.Kind != KindCertificate {
			up.Notes = append(up.Notes, item.note())
		}
	}
	return up
}

func (i Item) note() string {
	where := "byte " + strconv.FormatInt(i.Offset, 10)
	if i.Line > 0 {
		where = "line " + strconv.Itoa(i.Line)
	}
	s := where + ": " + string(i.Kind)
	if i.Problem != "" {
		s += ": " + string(i.Problem)
	}
	return s
}
