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

// FileError tells why a file cannot serve as a list of roots.
type FileError struct {
	name   string
	reason lang.Text
}

// Error tells it in English.
func (e *FileError) Error() string { return e.In(lang.EN) }

// In tells it in a language.
func (e *FileError) In(l lang.Lang) string {
	form := lang.Text{
		EN: "reading roots from %s: %s; expected a PEM file with certificates (-----BEGIN CERTIFICATE-----)",
		RU: "корневые сертификаты из %s: %s; ожидается файл PEM с сертификатами (-----BEGIN CERTIFICATE-----)",
	}
	return fmt.Sprintf(form.In(l), e.name, e.reason.In(l))
}

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
		return nil, &FileError{info.Source, lang.Both(err.Error())}
	}
	if reason := unusable(f); !reason.IsZero() {
		return nil, &FileError{info.Source, reason}
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

// unusable tells why a file cannot serve as a list of roots; it is empty where
// it can.
func unusable(f *certfile.File) lang.Text {
	tooMany := func(i certfile.Item) bool { return i.Problem == certfile.ProblemTooMany }
	switch {
	case f.Size >= certfile.MaxSize:
		return lang.Text{
			EN: fmt.Sprintf("the file has %d bytes, at most %d are read", f.Size, certfile.MaxSize-1),
			RU: fmt.Sprintf("размер файла — %d байт, читается не больше %d", f.Size, certfile.MaxSize-1),
		}
	case len(f.Certificates) == 0 || !f.OpenSSLAccepts:
		return notLoaded(f)
	case len(f.Certificates) >= certfile.MaxCertificates, slices.ContainsFunc(f.Items, tooMany):
		return lang.Text{
			EN: fmt.Sprintf("the file holds more than %d certificates", certfile.MaxCertificates-1),
			RU: fmt.Sprintf("в файле больше %d сертификатов", certfile.MaxCertificates-1),
		}
	}
	return lang.Text{}
}

func notLoaded(f *certfile.File) lang.Text {
	for _, item := range f.Items {
		if item.Problem != "" && item.Line > 0 {
			why := certfile.DescribeProblem(item.Problem)
			return lang.Text{EN: fmt.Sprintf("line %d: %s", item.Line, why.EN), RU: fmt.Sprintf("строка %d: %s", item.Line, why.RU)}
		}
	}
	what := certfile.Describe(f.Format)
	return lang.Text{EN: "the file is " + what.EN, RU: "это " + what.RU}
}
