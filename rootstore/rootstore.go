// Package rootstore holds dated lists of trusted roots: today's Mozilla list,
// the older one that Telegram's guide documents, the machine's own, and the
// one that a user gives.
package rootstore

import (
	"slices"
	"strings"
	"sync"
	"time"

	"hookcheck/checker/cert"
	"hookcheck/checker/verify"
	"hookcheck/internal/lang"
	"hookcheck/rootstore/index"
)

// Names of the lists.
const (
	Mozilla    = index.Mozilla
	Documented = index.Documented
	Given      = "given"
	OwnSystem  = "system"
)

// Store is some lists of roots. It does not change after it was made, and may
// be used by many goroutines at once.
type Store struct {
	infos     []Info
	roots     []*root
	bySubject map[string][]*root
	byHash    map[string]*root
}

// Info is where a list comes from.
type Info struct {
	Name   string
	Title  lang.Text
	Source string
	Date   string // of the list, YYYY-MM-DD; "" where it is not known
	Count  int
}

// Entry is one root with the lists that hold it.
type Entry struct {
	*cert.Cert
	Lists         []string
	DistrustAfter time.Time // Mozilla trusts nothing issued later; zero where there is no such date
}

var _ verify.Store = (*Store)(nil)

// BySubject finds the roots with a subject, by its canonical form.
func (s *Store) BySubject(canonical []byte) []*cert.Cert {
	return s.find(canonical, func(*root) bool { return true })
}

// List is one list alone, nil where there is none of that name.
func (s *Store) List(name string) verify.Store {
	if !slices.ContainsFunc(s.infos, func(i Info) bool { return i.Name == name }) {
		return nil
	}
	return oneList{s, name}
}

// ListsOf names the lists that hold a certificate.
func (s *Store) ListsOf(c *cert.Cert) []string {
	if r := s.byHash[c.SHA256]; r != nil {
		return slices.Clone(r.lists)
	}
	return nil
}

// DistrustAfter is the date after which Mozilla distrusts what a root issues,
// zero where there is none. Telegram's client knows no such dates.
func (s *Store) DistrustAfter(c *cert.Cert) time.Time {
	if r := s.byHash[c.SHA256]; r != nil {
		return r.distrustAfter
	}
	return time.Time{}
}

// All lists every root.
func (s *Store) All() []Entry { return entries(s.roots) }

// Find lists the roots whose subject holds every word of the text, or whose
// SHA-256 begins with it; colons in a fingerprint are welcome.
func (s *Store) Find(text string) []Entry {
	words := strings.Fields(strings.ToLower(text))
	hash := fingerprint(text)
	var hits []*root
	for _, r := range s.roots {
		subject := strings.ToLower(r.subject)
		named := !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(subject, w) })
		if named || hash != "" && strings.HasPrefix(r.sha256, hash) {
			hits = append(hits, r)
		}
	}
	return entries(hits)
}

// Infos tells where each list comes from.
func (s *Store) Infos() []Info { return slices.Clone(s.infos) }

// DER is every root as it stands.
func (s *Store) DER() [][]byte {
	out := make([][]byte, len(s.roots))
	for i, r := range s.roots {
		out[i] = slices.Clone(r.der)
	}
	return out
}

// fingerprint normalises what looks like the beginning of one: at least four
// hexadecimal digits. "" where it does not.
func fingerprint(text string) string {
	s := strings.ToLower(strings.NewReplacer(":", "", " ", "").Replace(text))
	if len(s) < 4 || strings.Trim(s, "0123456789abcdef") != "" {
		return ""
	}
	return s
}

// root is a certificate that is parsed when it is first asked for.
type root struct {
	der           []byte
	sha256        string
	subject       string
	lists         []string
	distrustAfter time.Time
	parse         func() (*cert.Cert, error)
}

func lazily(der []byte) func() (*cert.Cert, error) {
	return sync.OnceValues(func() (*cert.Cert, error) { return cert.Parse(der) })
}

func empty() *Store {
	return &Store{bySubject: map[string][]*root{}, byHash: map[string]*root{}}
}

func (s *Store) add(key string, r *root) {
	s.roots = append(s.roots, r)
	s.bySubject[key] = append(s.bySubject[key], r)
	s.byHash[r.sha256] = r
}

func (s *Store) find(canonical []byte, wanted func(*root) bool) []*cert.Cert {
	var out []*cert.Cert
	for _, r := range s.bySubject[index.Key(canonical)] {
		if !wanted(r) {
			continue
		}
		if c, err := r.parse(); err == nil {
			out = append(out, c)
		}
	}
	return out
}

func entries(roots []*root) []Entry {
	out := make([]Entry, 0, len(roots))
	for _, r := range roots {
		if c, err := r.parse(); err == nil {
			out = append(out, Entry{Cert: c, Lists: slices.Clone(r.lists), DistrustAfter: r.distrustAfter})
		}
	}
	return out
}

// oneList is a store that looks at one of its lists.
type oneList struct {
	store *Store
	name  string
}

// BySubject finds the roots of the list with a subject.
func (l oneList) BySubject(canonical []byte) []*cert.Cert {
	return l.store.find(canonical, func(r *root) bool { return slices.Contains(r.lists, l.name) })
}
