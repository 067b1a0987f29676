package remedy

import (
	"strings"
	"testing"
)

// TestGist: whatever is too long to read has a gist, of directives alone. An
// edit that only takes directives away has none to show.
func TestGist(t *testing.T) {
	for name, p := range situations() {
		for _, r := range All(p) {
			body := r.Body.EN
			gist, ok := Gist(body)
			puts := Outline(body) != body && !strings.Contains(body, "\nlines=''\n")
			if ok != puts {
				t.Errorf("%s: %s: a gist %v, puts something in place %v", name, r.ID, ok, puts)
				continue
			}
			for _, plumbing := range []string{"perl", "$bot", "$(", "keep=", "remember", "<<", "lines="} {
				if strings.Contains(gist, plumbing) && !strings.HasPrefix(name, "hostile") {
					t.Errorf("%s: %s: %q in the gist:\n%s", name, r.ID, plumbing, gist)
				}
			}
			if ok && (strings.Count(gist, "\n") > 20 || strings.TrimSpace(gist) == "") {
				t.Errorf("%s: %s: the gist has %d lines:\n%s", name, r.ID, strings.Count(gist, "\n"), gist)
			}
		}
	}
}

// TestBrief: no program of hundreds of lines is shown to who only reads.
func TestBrief(t *testing.T) {
	for _, r := range All(Sample()) {
		if text, ok := Brief(r.Body.EN); ok && (text == r.Body.EN || strings.Count(text, "\n") > 60) {
			t.Errorf("%s: in short:\n%s", r.ID, text)
		} else if !ok && strings.Count(r.Body.EN, "\n") > 100 {
			t.Errorf("%s is not shortened", r.ID)
		}
	}
}

func TestPlace(t *testing.T) {
	for where, want := range map[string]string{
		editsBefore.EN + "the block" + editsAfter.EN: "the block",
		editsBefore.RU + "блок" + editsAfter.RU:      "блок",
		"shell of any machine":                       "shell of any machine",
	} {
		if got := Place(where); got != want {
			t.Errorf("%q gives %q", where, got)
		}
	}
}

// TestSetWebhookCarriesItsFile: the call stands alone where the file is known.
func TestSetWebhookCarriesItsFile(t *testing.T) {
	p := situations()["leaf"]
	call := SetWebhook(p)
	if !strings.Contains(call, "'certificate=@-;filename=certificate.pem'") || !strings.HasSuffix(call, "-----END CERTIFICATE-----\nPEM\n") {
		t.Errorf("%s", call)
	}
	p.UploadPEM = ""
	if call = SetWebhook(p); !strings.Contains(call, "certificate=@/etc/ssl/hookcheck/") {
		t.Errorf("without the file: %s", call)
	}
}
