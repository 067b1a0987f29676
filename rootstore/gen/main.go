// Command gen writes the embedded root lists, rootstore/data:
//
//	go generate ./rootstore                     today's Mozilla list, from the module in go.mod
//	go run ./rootstore/gen -out rootstore/data -debian DIR -debian-version V -debian-note TEXT
//
// The second form takes the older list from the certificates of Debian's
// ca-certificates package as well; without it that list stays as it is.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"hookcheck/checker/cert"
	"hookcheck/rootstore/index"
)

func main() {
	out := flag.String("out", "data", "directory of roots.der and index.json")
	debian := flag.String("debian", "", "directory with the certificates of Debian's ca-certificates")
	version := flag.String("debian-version", "", "version of that package, such as 20230311+deb12u1")
	note := flag.String("debian-note", "", "what else is to be known of its content")
	flag.Parse()
	documented := func(b *builder) error { return b.keep(*out, index.Documented) }
	if *debian != "" {
		documented = func(b *builder) error { return b.addDebian(*debian, *version, *note) }
	}
	if err := generate(*out, documented); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

// generate writes Mozilla's list and the one that documented adds.
func generate(out string, documented func(*builder) error) error {
	b := builder{at: map[string]int{}}
	if err := b.addMozilla(); err != nil {
		return fmt.Errorf("reading Mozilla's list: %w", err)
	}
	if err := documented(&b); err != nil {
		return fmt.Errorf("reading the documented list: %w", err)
	}
	return b.write(out)
}

// builder gathers the roots of all lists.
type builder struct {
	index index.Index
	ders  []byte
	at    map[string]int // SHA-256 → position in index.Roots
}

// add puts a root on a list.
func (b *builder) add(list string, der []byte, distrustAfter time.Time) error {
	sum := sha256.Sum256(der)
	id := hex.EncodeToString(sum[:])
	at, known := b.at[id]
	if !known {
		c, err := cert.Parse(der)
		if err != nil {
			return err
		}
		at = len(b.index.Roots)
		b.at[id] = at
		b.index.Roots = append(b.index.Roots, index.Root{
			Subject: c.Subject.Text, SHA256: id, Key: index.Key(c.Subject.Canonical), Offset: len(b.ders), Length: len(der),
		})
		b.ders = append(b.ders, der...)
	}
	r := &b.index.Roots[at]
	r.Lists = append(r.Lists, list)
	if !distrustAfter.IsZero() {
		r.DistrustAfter = &distrustAfter
	}
	return nil
}

// keep takes a list over from the data that is there.
func (b *builder) keep(dir, name string) error {
	ders, err := os.ReadFile(filepath.Join(dir, index.CertificatesFile))
	if err != nil {
		return err
	}
	old, err := readIndex(dir)
	if err != nil {
		return err
	}
	for _, l := range old.Lists {
		if l.Name == name {
			b.index.Lists = append(b.index.Lists, l)
		}
	}
	for _, r := range old.Roots {
		for _, l := range r.Lists {
			if l != name {
				continue
			}
			if err := b.add(name, ders[r.Offset:r.Offset+r.Length], time.Time{}); err != nil {
				return err
			}
		}
	}
	return nil
}

func readIndex(dir string) (index.Index, error) {
	var x index.Index
	text, err := os.ReadFile(filepath.Join(dir, index.IndexFile))
	if err != nil {
		return x, err
	}
	return x, json.Unmarshal(text, &x)
}

func (b *builder) write(dir string) error {
	text, err := json.MarshalIndent(b.index, "", " ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, index.IndexFile), append(text, '\n'), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, index.CertificatesFile), b.ders, 0o644)
}
