// Package static holds the style sheet, the script and the icon, under names
// that change with their content.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"path"
	"strings"
)

//go:embed app.css app.js favicon.svg
var files embed.FS

// File is one asset.
type File struct {
	Data        []byte
	ContentType string
	Hashed      bool // the name carries the content's hash, so it may be cached for good
}

// Assets finds files by the path below /static/.
type Assets struct {
	byName map[string]File
	hashed map[string]string
}

// Load reads the embedded files.
func Load() (*Assets, error) {
	a := &Assets{byName: map[string]File{}, hashed: map[string]string{}}
	types := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, fmt.Errorf("reading embedded assets: %w", err)
	}
	for _, e := range entries {
		data, err := files.ReadFile(e.Name())
		if err != nil {
			return nil, fmt.Errorf("reading embedded asset %s: %w", e.Name(), err)
		}
		sum := sha256.Sum256(data)
		ext := path.Ext(e.Name())
		name := strings.TrimSuffix(e.Name(), ext) + "." + hex.EncodeToString(sum[:6]) + ext
		a.byName[e.Name()] = File{Data: data, ContentType: types[ext]}
		a.byName[name] = File{Data: data, ContentType: types[ext], Hashed: true}
		a.hashed[e.Name()] = "/static/" + name
	}
	return a, nil
}

// URL is the address of an asset that may be cached for good.
func (a *Assets) URL(name string) string { return a.hashed[name] }

// Get returns an asset by its name, with or without the hash.
func (a *Assets) Get(name string) (File, bool) {
	f, ok := a.byName[name]
	return f, ok
}
