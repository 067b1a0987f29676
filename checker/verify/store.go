package verify

import "hookcheck/checker/cert"

// certStore is a Store made of a list.
type certStore map[string][]*cert.Cert

// NewStore keeps certs as an X509_STORE does: by subject, in the order of the
// file, each one once.
func NewStore(certs []*cert.Cert) Store {
	s := certStore{}
	seen := map[string]bool{}
	for _, c := range certs {
		if c == nil || seen[c.SHA256] {
			continue
		}
		seen[c.SHA256] = true
		key := string(c.Subject.Canonical)
		s[key] = append(s[key], c)
	}
	return s
}

// BySubject gives the certificates of that name.
func (s certStore) BySubject(canonical []byte) []*cert.Cert { return s[string(canonical)] }
