package rootstore

import (
	"bytes"
	"embed"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"hookcheck/checker/cert"
	"hookcheck/internal/lang"
)

//go:embed data/*.pem
var data embed.FS

// Bounds of a bundle that a user gives.
const (
	maxBundle = 16 << 20 // bytes
	maxRoots  = 5000
)

// Embedded returns today's Mozilla list and the documented one.
func Embedded() (*Store, error) {
	titles := []struct {
		name  string
		title lang.Text
	}{
		{Mozilla, lang.Text{EN: "Mozilla's list of today", RU: "Сегодняшний список Mozilla"}},
		{Documented, lang.Text{EN: "The older list that Telegram's guide links", RU: "Прежний список, на который ссылается руководство Telegram"}},
	}
	var lists []list
	for _, t := range titles {
		pemData, err := data.ReadFile("data/" + t.name + ".pem")
		if err != nil {
			return nil, fmt.Errorf("reading the embedded root list %s: %w", t.name, err)
		}
		l, err := parse(pemData)
		if err != nil {
			return nil, fmt.Errorf("parsing the embedded root list %s: %w", t.name, err)
		}
		l.info.Name, l.info.Title = t.name, t.title
		lists = append(lists, l)
	}
	return newStore(lists...), nil
}

// FromPEM returns the roots of a bundle that the user gave. What is no bundle
// of certificates is an error that says what was expected.
func FromPEM(name string, bundle []byte) (*Store, error) {
	if len(bundle) > maxBundle {
		return nil, fmt.Errorf("%s is over %d MiB; expected a PEM bundle of root certificates", name, maxBundle>>20)
	}
	l, err := parse(bundle)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	l.info.Name, l.info.Source = Given, name
	l.info.Title = lang.Text{EN: "Given by --roots", RU: "Заданы через --roots"}
	return newStore(l), nil
}

// systemFiles are where distributions keep their bundle.
var systemFiles = [...]string{
	"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
	"/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/cert.pem",
}

// System returns the machine's own list.
func System() (*Store, error) {
	for _, file := range systemFiles {
		bundle, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		l, err := parse(bundle)
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", file, err)
		}
		l.info.Name, l.info.Source = OwnSystem, file
		l.info.Title = lang.Text{EN: "The list of this machine", RU: "Список этой машины"}
		return newStore(l), nil
	}
	return nil, errors.New("finding the machine's root list: none of the usual files is there")
}

// parse reads certificates and the comments that the generator writes.
func parse(bundle []byte) (list, error) {
	l := list{distrust: map[string]time.Time{}}
	comments(bundle, &l)
	rest := bundle
	for {
		var block *pem.Block
		block, rest = pem.Decode(rest)
		if block == nil {
			break
		}
		if block.Type != "CERTIFICATE" && block.Type != "X509 CERTIFICATE" {
			continue
		}
		c, err := cert.Parse(block.Bytes)
		if err != nil {
			return l, fmt.Errorf("certificate %d: %w", len(l.certs)+1, err)
		}
		if l.certs = append(l.certs, c); len(l.certs) > maxRoots {
			return l, fmt.Errorf("more than %d certificates", maxRoots)
		}
	}
	if len(l.certs) == 0 {
		return l, errors.New("no PEM certificate in it; expected a bundle of root certificates")
	}
	l.info.Count = len(l.certs)
	return l, nil
}

func comments(bundle []byte, l *list) {
	for line := range bytes.Lines(bundle) {
		key, value, ok := strings.Cut(strings.TrimSpace(string(line)), ": ")
		if !ok || !strings.HasPrefix(key, "# ") {
			continue
		}
		switch key {
		case "# source":
			l.info.Source = value
		case "# date":
			l.info.Date = value
		case "# distrust-after":
			hash, date, _ := strings.Cut(value, " ")
			if when, err := time.Parse(time.RFC3339, date); err == nil {
				l.distrust[hash] = when
			}
		}
	}
}
