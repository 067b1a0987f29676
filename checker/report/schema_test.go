package report

import (
	"encoding/json"
	"reflect"
	"slices"
	"sort"
	"testing"
	"time"

	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/rules"
	"hookcheck/checker/target"
	"hookcheck/internal/lang"
)

// contract lists the fields of every object of hookcheck/1.
var contract = map[string][]string{
	"":                       {"addresses", "chain", "checked_at", "duration_ms", "findings", "handshake", "http", "id", "lint", "protocols", "schema", "stages", "summary", "target", "telegram", "tool", "verdict"},
	".target":                {"ascii_host", "host", "input", "is_ip", "path", "port", "url"},
	".telegram":              {"predicted_error", "reported_by", "set_webhook", "upload"},
	".stages[]":              {"duration_ms", "id", "status", "summary"},
	".findings[]":            {"basis", "detail", "evidence", "id", "remedies", "severity", "sources", "stage", "title", "vantage"},
	".findings[].evidence":   {"what"},
	".findings[].sources[]":  {"name", "url"},
	".findings[].remedies[]": {"apply", "body", "id", "kind", "platform", "title", "undo", "where"},
	".addresses[]":           {"ip", "same_as_first", "tcp"},
	".protocols":             {"tls1.0", "tls1.1", "tls1.2", "tls1.3"},
	".handshake":             {"alpn", "cipher", "default_certificate_differs", "group", "sni_sent", "version"},
	".chain":                 {"corrected_pem", "missing", "path", "presented", "root"},
	".chain.presented[]":     {"issuer", "key", "names", "not_after", "not_before", "position", "role", "sha256", "signature", "subject"},
	".chain.missing[]":       {"aia", "subject"},
	".chain.root":            {"lists", "sha256", "subject"},
	".http":                  {"duration_ms", "location", "reason", "status"},
}

func TestJSONIsTheContract(t *testing.T) {
	f := healthy()
	f.Chain.Missing = []facts.Missing{{Subject: "CN = CA"}}
	met := map[string]bool{}
	compare(t, generic(t, build(t, f, lang.EN, found("cert.wildcard", rules.Warning, false))), "", met)
	for path := range contract {
		if !met[path] {
			t.Errorf("no object at %q", path)
		}
	}
}

// TestNothingIsNull holds for a check that reached nothing at all.
func TestNothingIsNull(t *testing.T) {
	ev := &evidence.Evidence{Kind: evidence.Live, CheckedAt: time.Unix(0, 0), Target: target.Target{Host: "a.example", Port: 443}}
	f := &facts.Facts{Ev: ev, Target: &ev.Target, Live: true, Host: "a.example", Port: 443}
	compare(t, generic(t, build(t, f, lang.EN)), "", map[string]bool{})
}

func generic(t *testing.T, r *Report) any {
	t.Helper()
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func compare(t *testing.T, v any, path string, met map[string]bool) {
	t.Helper()
	switch v := v.(type) {
	case nil:
		t.Errorf("null at %q", path)
	case []any:
		for _, x := range v {
			compare(t, x, path+"[]", met)
		}
	case map[string]any:
		met[path] = true
		keys := make([]string, 0, len(v))
		for k, x := range v {
			keys = append(keys, k)
			compare(t, x, path+"."+k, met)
		}
		sort.Strings(keys)
		if !slices.Equal(keys, contract[path]) {
			t.Errorf("fields at %q: %v, want %v", path, keys, contract[path])
		}
	}
}

func TestReportSurvivesJSON(t *testing.T) {
	r := build(t, healthy(), lang.EN, found("cert.wildcard", rules.Warning, false))
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var back Report
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	again, err := json.Marshal(&back)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(raw, again) {
		t.Errorf("read back and written again:\n%s\nwas\n%s", again, raw)
	}
}
