package explain

import (
	"strings"

	"golang.org/x/net/publicsuffix"
)

// maxSentence is the longest text in which an address without a scheme is
// looked for: in more there are names of files and classes that look like one.
const maxSentence = 2000

// fileEndings are ends of file and module names that are top-level domains too.
var fileEndings = []string{".py", ".sh", ".pl", ".rs", ".cc", ".md", ".ps", ".so", ".pm", ".zip", ".mov", ".bot"}

func looksLikeFile(name string) bool {
	for _, end := range fileEndings {
		if strings.HasSuffix(name, end) && strings.Count(name, ".") == 1 {
			return true
		}
	}
	return false
}

// hasPublicSuffix tells a host from other dotted words by the list of domains
// below which names are registered.
func hasPublicSuffix(name string) bool {
	suffix, listed := publicsuffix.PublicSuffix(name)
	return (listed || strings.Contains(suffix, ".")) && suffix != name
}

// isReserved tells names that are for documentation and tests (RFC 6761).
func isReserved(name string) bool {
	return strings.HasSuffix(name, ".invalid") || strings.HasSuffix(name, ".test") || strings.HasSuffix(name, ".example")
}
