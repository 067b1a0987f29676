package main

import (
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"golang.org/x/crypto/x509roots/fallback/bundle"
	"hookcheck/rootstore/index"
)

const bundleModule = "golang.org/x/crypto/x509roots/fallback"

// addMozilla takes the list from the module that the Go project makes of the
// root store of NSS.
func (b *builder) addMozilla() error {
	version, err := bundleVersion()
	if err != nil {
		return err
	}
	date, err := versionDate(version)
	if err != nil {
		return err
	}
	b.index.Lists = append(b.index.Lists, index.List{
		Name: index.Mozilla, Source: bundleModule + " " + version, Date: date.Format(time.DateOnly),
	})
	for root := range bundle.Roots() {
		if err := b.add(index.Mozilla, root.Certificate, distrustAfter(root.Constraint)); err != nil {
			return err
		}
	}
	return nil
}

func bundleVersion() (string, error) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "", errors.New("this program knows no versions of its modules")
	}
	for _, dep := range info.Deps {
		if dep.Path == bundleModule {
			return dep.Version, nil
		}
	}
	return "", errors.New(bundleModule + " is not among the modules of this program")
}

// versionDate is the day in a pseudo-version, v0.0.0-YYYYMMDDhhmmss-commit.
func versionDate(version string) (time.Time, error) {
	parts := strings.Split(version, "-")
	if len(parts) != 3 {
		return time.Time{}, fmt.Errorf("the version %s holds no date", version)
	}
	return time.Parse("20060102150405", parts[1])
}

// distrustAfter finds the date that a constraint holds, to the second: the
// module gives it as a function that refuses chains with a later certificate.
func distrustAfter(refuses func([]*x509.Certificate) error) time.Time {
	if refuses == nil {
		return time.Time{}
	}
	low, high := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).Unix(), time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC).Unix()
	for low+1 < high {
		middle := (low + high) / 2
		if refuses([]*x509.Certificate{{NotBefore: time.Unix(middle, 0)}}) == nil {
			low = middle
		} else {
			high = middle
		}
	}
	return time.Unix(low, 0).UTC()
}

// addDebian takes the list from the files of Debian's ca-certificates.
func (b *builder) addDebian(dir, version, note string) error {
	digits, _, _ := strings.Cut(version, "+")
	date, err := time.Parse("20060102", digits)
	if err != nil {
		return fmt.Errorf("-debian-version %q must begin with a date: %w", version, err)
	}
	source := "Debian ca-certificates " + version
	if note != "" {
		source += ": " + note
	}
	b.index.Lists = append(b.index.Lists, index.List{Name: index.Documented, Source: source, Date: date.Format(time.DateOnly)})
	files, err := filepath.Glob(filepath.Join(dir, "*.crt"))
	if err != nil {
		return err
	}
	if len(files) == 0 {
		return fmt.Errorf("%s holds no .crt files", dir)
	}
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		block, _ := pem.Decode(text)
		if block == nil {
			return fmt.Errorf("%s holds no certificate", name)
		}
		if err := b.add(index.Documented, block.Bytes, time.Time{}); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}
