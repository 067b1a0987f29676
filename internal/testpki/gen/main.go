// Command gen writes the certificate fixtures below testdata/certs. Its output
// is the same on every run, which CI shows by running it again.
package main

import (
	"fmt"
	"os"
	"path/filepath"

	"hookcheck/internal/testpki"
)

func main() {
	if err := run("../../testdata/certs"); err != nil {
		fmt.Fprintln(os.Stderr, "error:", err)
		os.Exit(1)
	}
}

func run(dir string) error {
	old, err := filepath.Glob(filepath.Join(dir, "*", "case.txt"))
	if err != nil {
		return fmt.Errorf("listing old fixtures: %w", err)
	}
	for _, f := range old {
		if err := os.RemoveAll(filepath.Dir(f)); err != nil {
			return fmt.Errorf("removing an old fixture: %w", err)
		}
	}
	for _, c := range testpki.Cases() {
		files := map[string][]byte{"case.txt": c.CaseText(), "chain.pem": c.ChainText()}
		if c.Upload != nil {
			files["upload.pem"] = c.Upload
		}
		if err := write(filepath.Join(dir, c.Name), files); err != nil {
			return err
		}
	}
	return write(dir, map[string][]byte{"roots.pem": testpki.PublicRoot().PEM()})
}

func write(dir string, files map[string][]byte) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("making a fixture folder: %w", err)
	}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			return fmt.Errorf("writing a fixture: %w", err)
		}
	}
	return nil
}
