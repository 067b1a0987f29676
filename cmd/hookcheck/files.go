package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"hookcheck/checker"
	"hookcheck/checker/probe"
	"hookcheck/internal/version"
	"hookcheck/rootstore"
)

// mostBytes bounds a file that is read: more than setWebhook's 3 MiB, so that
// a file that is too big for it is still judged.
const mostBytes = 16 << 20

// readFile reads a whole file, within bounds.
func readFile(field, name string) (*checker.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fileError(field, name, err)
	}
	defer f.Close()
	data, err := readAll(f)
	if err != nil {
		return nil, fileError(field, name, err)
	}
	return &checker.File{Name: name, Data: data}, nil
}

var errTooBig = fmt.Errorf("larger than %d MiB", mostBytes>>20)

func readAll(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, mostBytes+1))
	if err == nil && len(data) > mostBytes {
		err = errTooBig
	}
	return data, err
}

// readPart reads a file, of a big one only its start.
func readPart(field, name string) (*checker.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fileError(field, name, err)
	}
	defer f.Close()
	size := int64(0)
	if info, err := f.Stat(); err == nil && info.Mode().IsRegular() {
		size = info.Size()
	}
	data, err := readStart(f, size)
	if err != nil {
		return nil, fileError(field, name, err)
	}
	return &checker.File{Name: name, Data: data, Size: size}, nil
}

// readStart reads at most one byte more than mostBytes. Where the size is
// known nothing is copied about: what is read may be a key.
func readStart(r io.Reader, size int64) ([]byte, error) {
	if size == 0 {
		return io.ReadAll(io.LimitReader(r, mostBytes+1))
	}
	data := make([]byte, min(size, mostBytes+1))
	n, err := io.ReadFull(r, data)
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		err = nil
	}
	return data[:n], err
}

// newChecker judges by the embedded roots, or by those of a file.
func newChecker(rootsFile string) (*checker.Checker, error) {
	c := &checker.Checker{
		Prober: probe.New(probe.Options{Guard: probe.Guard{AllowPrivate: true}, Tool: version.Tool}),
		Clock:  time.Now,
	}
	if rootsFile == "" {
		store, err := rootstore.Embedded()
		if err != nil {
			return nil, fmt.Errorf("reading the embedded roots: %w", err)
		}
		c.Roots = store
		return c, nil
	}
	f, err := readFile("--roots", rootsFile)
	if err != nil {
		return nil, err
	}
	store, err := rootstore.FromPEM(rootsFile, f.Data)
	if err != nil {
		return nil, usage("", "--roots: %v", err) // says what is expected
	}
	c.Roots, c.GivenRoots = store, true
	return c, nil
}

// writable tells early, before a long check, that a file could not be written.
func writable(flag, name string) error {
	if name == "" {
		return nil
	}
	info, err := os.Stat(name)
	if err == nil && info.IsDir() {
		return usage("expected a file", "%s: %s is a directory", flag, quoted(name))
	}
	if errors.Is(err, os.ErrNotExist) {
		_, err = os.Stat(filepath.Dir(name))
	}
	if err != nil {
		return unwritable(flag, name, err)
	}
	return nil
}

// keyInside tells whether a file that is there holds a private key: writing a
// chain over it would cost the only copy.
func keyInside(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() {
		return false
	}
	data, err := io.ReadAll(io.LimitReader(f, mostBytes))
	return err == nil && bytes.Contains(data, []byte("PRIVATE KEY-----"))
}

// writeFile replaces a file's content. private keeps others from reading it.
func writeFile(flag, name string, data []byte, private bool) error {
	mode := os.FileMode(0o644)
	if private {
		mode = 0o600
	}
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return unwritable(flag, name, err)
	}
	if private {
		// A file that was there before keeps its mode unless told.
		if err := f.Chmod(mode); err != nil && !errors.Is(err, os.ErrInvalid) {
			f.Close()
			return unwritable(flag, name, err)
		}
	}
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		return unwritable(flag, name, err)
	}
	return nil
}
