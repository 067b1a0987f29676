package rules

import (
	"strings"
	"testing"
)

// The fixes that the catalogue shows must be of the rule's own example.
func TestSampleRemediesFitTheExample(t *testing.T) {
	want := map[string]string{
		"url.not_https":             "https://bot.example.org",
		"url.port_unsupported":      "127.0.0.1:5000",
		"url.local_api_hint":        "https://bot.example.org:5000/webhook",
		"dns.reserved_address":      "leads to 10.0.0.1,",
		"http.client_error":         "Status 400",
		"cert.ip_needs_san":         "CN = 198.51.100.7",
		"cert.ip_needs_common_name": "CN = 198.51.100.7",
		"dns.ip_without_upload":     "CN = 198.51.100.7",
	}
	for _, r := range All() {
		piece, ok := want[r.ID]
		if !ok {
			continue
		}
		var all strings.Builder
		for _, m := range r.SampleRemedies() {
			all.WriteString(m.Body.EN)
		}
		if !strings.Contains(all.String(), piece) {
			t.Errorf("%s: its fixes do not hold %q", r.ID, piece)
		}
		delete(want, r.ID)
	}
	for id := range want {
		t.Errorf("no rule %s", id)
	}
}

// Nothing converts what was cut off, so that is not what comes first.
func TestDamagedFileIsFetchedAnewFirst(t *testing.T) {
	r := rulePemTruncated()
	fixes := r.SampleRemedies()
	if len(fixes) == 0 || fixes[0].ID != "other.get_anew" {
		t.Fatalf("fixes begin with %v", fixes)
	}
	for _, x := range fixes {
		if x.ID == "openssl.convert" {
			t.Error("a conversion is offered for a file that is cut off")
		}
	}
}
