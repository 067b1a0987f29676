package main

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// TestReadmesAreAlike: both READMEs exist, have the same commands and settings,
// and show only pictures and pages that are there and small.
func TestReadmesAreAlike(t *testing.T) {
	const root = "../.."
	var said [2]map[string]bool
	for i, name := range []string{"README.md", "README.ru.md"} {
		text, err := os.ReadFile(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		said[i] = map[string]bool{}
		for _, m := range regexp.MustCompile("(?m)^go run .*$|^\\| `--[a-z-]+`|^\\| [0-9] ").FindAllString(string(text), -1) {
			said[i][m] = true
		}
		links := regexp.MustCompile(`\]\(([^):]+)\)|src="([^"]+)"`).FindAllStringSubmatch(string(text), -1)
		if len(links) < 10 || len(said[i]) < 15 {
			t.Errorf("%s: %d links, %d commands and settings", name, len(links), len(said[i]))
		}
		for _, m := range links {
			info, err := os.Stat(filepath.Join(root, m[1]+m[2]))
			if err != nil || filepath.Ext(info.Name()) == ".png" && info.Size() > 150_000 {
				t.Errorf("%s: %s: %v", name, m[1]+m[2], err)
			}
		}
	}
	for line := range said[0] {
		if !said[1][line] {
			t.Errorf("README.ru.md lacks %q", line)
		}
	}
	for line := range said[1] {
		if !said[0][line] {
			t.Errorf("README.md lacks %q", line)
		}
	}
}
