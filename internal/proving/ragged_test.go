package proving

import (
	"maps"
	"strings"
	"testing"
)

// TestRaggedFiles: certificates and keys that lack their last line end, or have
// those of Windows, are mended as the others are. HAProxy, which reads all in
// one file, has such cases of its own.
func TestRaggedFiles(t *testing.T) {
	for server, trials := range map[string][]trial{"nginx": nginxTrials(t), "apache2": apacheTrials(t), "caddy": caddyTrials(t)} {
		need(t, server)
		for _, c := range trials {
			if c.name != "intermediate" && c.name != "plain HTTP" {
				continue
			}
			ends := map[string]string{"no last line end": "\n", "CRLF": "\r\n"}
			if c.name == "plain HTTP" {
				delete(ends, "no last line end") // neither it nor CRLF has one
			}
			for name, end := range ends {
				c.files = ragged(maps.Clone(c.files), end)
				t.Run(server+", "+c.name+", "+name, func(t *testing.T) {
					t.Parallel()
					c.prove(t, newGround(t, strings.HasPrefix(c.finding, "chain.")))
				})
			}
		}
	}
}

// ragged gives certificates and keys other line ends, and none last.
func ragged(files map[string]string, end string) map[string]string {
	for name, text := range files {
		if strings.HasPrefix(text, "-----BEGIN") {
			files[name] = strings.ReplaceAll(strings.TrimSpace(text), "\n", end)
		}
	}
	return files
}
