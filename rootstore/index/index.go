// Package index is the format in which the root lists are embedded: the
// certificates one after another in a file, and an index that tells where each
// is, so that a program which needs two of them parses two.
package index

import (
	"crypto/sha256"
	"encoding/hex"
	"time"
)

// Names of the embedded lists.
const (
	Mozilla    = "mozilla"
	Documented = "documented"
)

// Files below the data directory.
const (
	IndexFile        = "index.json"
	CertificatesFile = "roots.der"
)

// Index tells what the lists hold.
type Index struct {
	Lists []List `json:"lists"`
	Roots []Root `json:"roots"`
}

// List is where a list comes from.
type List struct {
	Name   string `json:"name"`
	Source string `json:"source"`
	Date   string `json:"date"`
}

// Root is one certificate.
type Root struct {
	Subject       string     `json:"subject"`
	SHA256        string     `json:"sha256"`
	Key           string     `json:"key"` // of the canonical subject, see Key
	Offset        int        `json:"offset"`
	Length        int        `json:"length"`
	Lists         []string   `json:"lists"`
	DistrustAfter *time.Time `json:"distrust_after,omitempty"`
}

// Key shortens the canonical form of a subject to what the index keeps of it.
func Key(canonical []byte) string {
	sum := sha256.Sum256(canonical)
	return hex.EncodeToString(sum[:16])
}
