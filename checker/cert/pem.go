package cert

import (
	"bytes"
	"encoding/pem"
	"fmt"
)

// PEM gives the certificate in PEM, ready for a file.
func (c *Cert) PEM() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw}))
}

// ParsePEM reads the certificates of a PEM file, at most max of them; other
// blocks are passed over. It fails at the first that does not parse.
func ParsePEM(data []byte, max int) ([]*Cert, error) {
	var out []*Cert
	for len(out) < max {
		data = bytes.TrimSpace(data)
		block, rest := pem.Decode(data)
		if block == nil {
			break
		}
		data = rest
		switch block.Type {
		case "CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE":
		default:
			continue
		}
		c, err := Parse(block.Bytes)
		if err != nil {
			return out, fmt.Errorf("block %d: %w", len(out)+1, err)
		}
		out = append(out, c)
	}
	return out, nil
}
