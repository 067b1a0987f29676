package rootstore

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"hookcheck/checker/cert"
	"hookcheck/checker/certfile"
	"hookcheck/internal/lang"
	"hookcheck/rootstore/index"
)

// expected is what a file of roots has to be.
const expected = "expected a PEM file with certificates (-----BEGIN CERTIFICATE-----)"

// FromPEM makes a store with one list, "given", from the content of a file.
// The name is for messages. What OpenSSL would not load is an error.
func FromPEM(name string, data []byte) (*Store, error) {
	return fromPEM(Info{Name: Given, Source: name}, data)
}

// System is the list of the machine that the program runs on.
func System() (*Store, error) {
	for _, path := range systemBundles {
		data, date, err := readBounded(path)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("reading the system's roots: %w", err)
		}
		return fromPEM(Info{Name: OwnSystem, Source: path, Date: date.UTC().Format(time.DateOnly)}, data)
	}
	return nil, errors.New("reading the system's roots: no bundle at any of the usual places")
}

// systemBundles are the places of Debian, Fedora, SUSE, RHEL and Alpine.
var systemBundles = []string{
	"/etc/ssl/certs/ca-certificates.crt",
	"/etc/pki/tls/certs/ca-bundle.crt",
	"/etc/ssl/ca-bundle.pem",
	"/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
	"/etc/ssl/cert.pem",
}

func readBounded(path string) ([]byte, time.Time, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, time.Time{}, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, time.Time{}, err
	}
	data, err := io.ReadAll(io.LimitReader(f, certfile.MaxSize))
	return data, info.ModTime(), err
}

func fromPEM(info Info, data []byte) (*Store, error) {
	f, err := certfile.Read(info.Source, data)
	if err != nil {
		return nil, fmt.Errorf("reading roots from %s: %w; %s", info.Source, err, expected)
	}
	if err := usable(f); err != nil {
		return nil, fmt.Errorf("reading roots from %s: %w; %s", info.Source, err, expected)
	}
	s := empty()
	for _, der := range f.Certificates {
		c, err := cert.Parse(der)
		if err != nil {
			return nil, fmt.Errorf("reading roots from %s: %w", info.Source, err)
		}
		if s.byHash[c.SHA256] != nil {
			continue
		}
		s.add(index.Key(c.Subject.Canonical), &root{
			der: c.Raw, sha256: c.SHA256, subject: c.Subject.Text, lists: []string{info.Name},
			parse: func() (*cert.Cert, error) { return c, nil },
		})
	}
	info.Title, info.Count = titles[info.Name], len(s.roots)
	s.infos = []Info{info}
	return s, nil
}

// usable tells why a file cannot serve as a list of roots.
func usable(f *certfile.File) error {
	tooMany := func(i certfile.Item) bool { return i.Problem == certfile.ProblemTooMany }
	switch {
	case f.Size >= certfile.MaxSize:
		return fmt.Errorf("the file has %d bytes, at most %d are read", f.Size, certfile.MaxSize-1)
	case len(f.Certificates) == 0 || !f.OpenSSLAccepts:
		return notLoaded(f)
	case len(f.Certificates) >= certfile.MaxCertificates, slices.ContainsFunc(f.Items, tooMany):
		return fmt.Errorf("the file holds more than %d certificates", certfile.MaxCertificates-1)
	}
	return nil
}

func notLoaded(f *certfile.File) error {
	for _, item := range f.Items {
		if item.Problem != "" && item.Line > 0 {
			return fmt.Errorf("line %d: %s", item.Line, certfile.DescribeProblem(item.Problem).In(lang.EN))
		}
	}
	return fmt.Errorf("the file is %s", certfile.Describe(f.Format).In(lang.EN))
}
