package hello

import (
	"crypto/rand"
	"errors"
	"fmt"

	"github.com/cloudflare/circl/dh/x448"
)

// x448Share is a share of the one group of OpenSSL's hello that the standard
// library lacks.
type x448Share struct{ secret, pub x448.Key }

func newX448Share() (keyShare, error) {
	var s x448Share
	if _, err := rand.Read(s.secret[:]); err != nil {
		return nil, fmt.Errorf("making a key share: %w", err)
	}
	x448.KeyGen(&s.pub, &s.secret)
	return &s, nil
}

func (s *x448Share) group() uint16  { return groupX448 }
func (s *x448Share) public() []byte { return s.pub[:] }

func (s *x448Share) shared(peer []byte) ([]byte, error) {
	var pub, out x448.Key
	if len(peer) != len(pub) {
		return nil, errors.New("reading the server's key share: wrong length")
	}
	copy(pub[:], peer)
	if !x448.Shared(&out, &s.secret, &pub) {
		return nil, errors.New("reading the server's key share: low order point")
	}
	return out[:], nil
}
