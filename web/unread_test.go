package web_test

import (
	"html"
	"strings"
	"testing"

	"hookcheck/internal/testpki"
)

// TestUnreadCertificate: what could not be read is shown as such, without made-up
// dates, and what was pasted has a name in the language of the page.
func TestUnreadCertificate(t *testing.T) {
	s := newSite(t, nil)
	for root, want := range map[string][]string{
		"":    {"cannot be read", "pasted.txt", "The files hold, from the top: cannot be read"},
		"/ru": {"не читается", "вставка.txt", "В файлах, сверху вниз: не читается"},
	} {
		body := html.UnescapeString(s.postForm(root+"/pem", field{key: "text", value: "-----BEGIN CERTIFICATE-----\nMIIB"}).Body.String())
		for _, text := range want {
			if !strings.Contains(strings.ReplaceAll(body, "\u00a0", " "), text) {
				t.Errorf("%q does not show %q", root, text)
			}
		}
		for _, text := range []string{"0001-01-01", "<dt>Key", "<dt>Ключ"} {
			if strings.Contains(body, text) {
				t.Errorf("%q shows %q", root, text)
			}
		}
	}
}

// TestFilesAreNamed: a report about files says in its heading which they were.
func TestFilesAreNamed(t *testing.T) {
	s, leaf := newSite(t, nil), testpki.PublicCA().Leaf(testpki.Host)
	var files []field
	for _, name := range []string{"a.pem", "b.pem", "c.pem", "d.pem", "e.pem"} {
		files = append(files, field{"file", name, string(leaf.PEM())})
	}
	if body := s.postForm("/pem", files...).Body.String(); !strings.Contains(body, `<span class="target">a.pem, b.pem, c.pem … +2</span>`) {
		t.Error("the heading does not name the files")
	}
}
