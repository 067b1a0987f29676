// Package certfile reads files that are meant to hold certificates, whatever
// they turn out to hold, and tells whether Telegram's client could use them.
// Private keys are counted and dropped; no byte of one leaves this package.
package certfile

// MaxSize is how much of a file is looked at, archives apart: one byte more
// than setWebhook takes, so that a file which is too big shows as such.
const MaxSize = 3<<20 + 1

// MaxCertificates is how many certificates of one file are kept.
const MaxCertificates = 500

// maxBlocks is how many PEM blocks of one file are looked at.
const maxBlocks = 10_000

// File is what a file holds.
type File struct {
	Name         string
	Size         int64
	Format       Format
	Certificates [][]byte // DER, in the order of the file; of a container without order, the server's first
	PrivateKeys  int
	Requests     [][]byte // DER of signing requests
	CRLs         int
	Items        []Item
	// Presented are the certificates that the file is meant to hold, also those
	// that OpenSSL does not see or nobody can read.
	Presented [][]byte

	// OpenSSLAccepts tells whether Telegram's client can load the file as its
	// trust store. Then Certificates are what it loads, neither more nor less.
	OpenSSLAccepts bool
	trust          map[int]string // settings that TRUSTED CERTIFICATE blocks bring along
	// OpenSSLError is the client's error where it cannot, as far as it can be
	// told: "{error:05800088:x509 certificate routines::no certificate or crl
	// found}".
	OpenSSLError string

	ssh, pgp  bool    // blocks of these kinds were seen
	unordered bool    // certificates come from a container that has no order
	from      *Reader // passwords, and what work is left
	depth     int     // of archives around it
}

// Read looks at a file by its content alone; the name is kept for messages.
// Whatever the bytes are, there is an answer; the error is always nil.
func Read(name string, data []byte) (*File, error) {
	return NewReader(Options{}).Read(name, data), nil
}

// Certificates joins the certificates of several files in their order.
func Certificates(files ...*File) [][]byte {
	var out [][]byte
	for _, f := range files {
		out = append(out, f.Certificates...)
	}
	return out
}
