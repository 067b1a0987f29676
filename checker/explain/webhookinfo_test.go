package explain

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"

	"hookcheck/internal/lang"
)

func document(t *testing.T, a *Answer, l lang.Lang) string {
	t.Helper()
	data, err := json.Marshal(a.In(l))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

const result = `{"url":"https://bot.example.org:8443/hook","has_custom_certificate":true,"pending_update_count":3,"last_error_date":1796000000,"last_error_message":"Connection refused","max_connections":40,"ip_address":"198.51.100.7"}`

// TestForms: the same answer as people paste it.
func TestForms(t *testing.T) {
	typographic := strings.NewReplacer(`"`, "”").Replace(result)
	for name, text := range map[string]string{
		"whole":       `{"ok":true,"result":` + result + `}`,
		"result":      result,
		"surrounded":  "hi, my bot {id 5} is dead:\n\n```json\n" + result + "\n```\nplease help",
		"bom":         "\ufeff" + result,
		"typographic": typographic,
		"guillemets":  `{«ok»:true,«result»:` + strings.ReplaceAll(result, `"`, "«") + `}`,
		"html":        strings.ReplaceAll(result, `"`, "&quot;"),
		"cut":         result[:len(result)-20],
		"python":      `WebhookInfo(allowed_updates=None, has_custom_certificate=True, ip_address='198.51.100.7', last_error_date=datetime.datetime(2026, 11, 30, 0, 53, 20, tzinfo=UTC), last_error_message='Connection refused', max_connections=40, pending_update_count=3, url='https://bot.example.org:8443/hook')`,
		"python dict": `{'ok': True, 'result': {'url': 'https://bot.example.org:8443/hook', 'has_custom_certificate': True, 'pending_update_count': 3, 'last_error_date': 1796000000, 'last_error_message': 'Connection refused', 'max_connections': 40}}`,
		"php":         "[url] => https://bot.example.org:8443/hook\n[has_custom_certificate] => true\n[pending_update_count] => 3\n[last_error_date] => 1796000000\n[last_error_message] => 'Connection refused'\n",
		"yaml":        "url: https://bot.example.org:8443/hook\nhas_custom_certificate: true\npending_update_count: 3\nlast_error_date: 1796000000\nlast_error_message: \"Connection refused\"\n",
	} {
		a := decode(text)
		w := a.Webhook
		if a.Kind != WebhookInfo || w == nil {
			t.Errorf("%s: taken for %s", name, a.Kind)
			continue
		}
		if w.URL != "https://bot.example.org:8443/hook" || w.HasCustomCertificate == nil || !*w.HasCustomCertificate ||
			w.PendingUpdateCount == nil || *w.PendingUpdateCount != 3 || w.LastError == nil || w.LastError.Message != "Connection refused" ||
			w.LastError.Date == nil || w.LastError.Date.Unix() != 1796000000 {
			t.Errorf("%s: %+v %+v", name, w, w.LastError)
		}
		if got := meaningIDs(a.Meanings); !slices.Equal(got, []string{"delivery.refused"}) {
			t.Errorf("%s: means %v", name, got)
		}
		if a.Check == nil || a.Check.Target != "https://bot.example.org:8443/hook" || a.Check.Upload != "given" || a.Check.Redacted {
			t.Errorf("%s: check %+v", name, a.Check)
		}
	}
}

func info(fields string) string {
	return `{"url":"https://bot.example.org/hook","has_custom_certificate":false` + fields + `}`
}

// TestErrorAge: a success does not clear the error, so only its date tells.
func TestErrorAge(t *testing.T) {
	at := func(ago int64, pending string) string {
		return info(fmt.Sprintf(`,"last_error_date":%d,"last_error_message":"Connection refused"%s`, now.Unix()-ago, pending))
	}
	for _, tc := range []struct {
		text string
		want State
	}{
		{at(30, `,"pending_update_count":1`), Recent},
		{at(600, `,"pending_update_count":0`), Recent},
		{at(601, `,"pending_update_count":0`), Old},
		{at(1800, `,"pending_update_count":4`), Unclear}, // Retry-After may hold them back
		{at(4000, `,"pending_update_count":4`), Old},
		{at(1800, ``), Unclear},
		{at(-30, `,"pending_update_count":1`), Recent},
		{at(-4000, `,"pending_update_count":1`), Unclear},
		{info(`,"last_error_message":"Connection refused"`), Unclear},
		{info(`,"last_error_date":1e300,"last_error_message":"Connection refused"`), Unclear},
		{info(`,"last_error_date":-5,"last_error_message":"Connection refused"`), Unclear},
	} {
		a := decode(tc.text)
		if a.Webhook == nil || a.Webhook.LastError == nil || a.Webhook.LastError.State != tc.want {
			t.Errorf("%s: %+v", tc.text, a.Webhook)
			continue
		}
		note := "webhook.error_" + string(tc.want)
		if !slices.Contains(meaningIDs(a.Notes), note) {
			t.Errorf("%s: notes %v", tc.text, meaningIDs(a.Notes))
		}
		if (len(a.Silent) > 0) != (tc.want == Old) {
			t.Errorf("%s: silent %v", tc.text, meaningIDs(a.Silent))
		}
	}
}

func TestNotes(t *testing.T) {
	for _, tc := range []struct {
		text string
		want []string
	}{
		{info(`,"pending_update_count":0`), nil},
		{`{"url":"","has_custom_certificate":false,"pending_update_count":0}`, []string{"webhook.url_empty"}},
		{info(`,"pending_update_count":5,"max_connections":1`), []string{"webhook.pending", "webhook.max_connections"}},
		{info(`,"pending_update_count":0,"max_connections":1`), nil},
		{info(`,"ip_address":"198.51.100.7"`), []string{"webhook.ip_address"}},
		{info(`,"ip_address":"<unknown>"`), nil},
		{info(`,"allowed_updates":["message"]`), []string{"webhook.allowed_updates"}},
		{info(`,"last_synchronization_error_date":1796000000`), []string{"webhook.synchronization_error"}},
		{`{"url":"https://bot.example.org/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1","has_custom_certificate":false}`, []string{"webhook.token_in_url"}},
		{`{"url":"http://bot.example.org:8080/","has_custom_certificate":false}`, []string{"webhook.local_server"}},
		{`{"url":"https://198.51.100.7/","has_custom_certificate":true,"ip_address":"198.51.100.8"}`, []string{"webhook.custom_certificate", "webhook.ip_address_differs"}},
	} {
		if got := meaningIDs(decode(tc.text).Notes); !slices.Equal(got, tc.want) && len(got)+len(tc.want) > 0 {
			t.Errorf("%s: notes %v, want %v", tc.text, got, tc.want)
		}
	}
	known := Options{Now: now, Addresses: []netip.Addr{netip.MustParseAddr("198.51.100.9")}}
	if got := meaningIDs(Decode(info(`,"ip_address":"198.51.100.7"`), known).Notes); !slices.Equal(got, []string{"webhook.ip_address_differs"}) {
		t.Errorf("another address than DNS gives: %v", got)
	}
	if got := Decode(info(`,"ip_address":"198.51.100.9"`), known).Notes; len(got) > 0 {
		t.Errorf("the address that DNS gives: %v", got)
	}
}

// TestGreen: no error is reported, so the silence has other reasons.
func TestGreen(t *testing.T) {
	a := decode(info(`,"pending_update_count":0,"ip_address":"198.51.100.7"`))
	if len(a.Meanings) != 0 {
		t.Errorf("meanings %v", meaningIDs(a.Meanings))
	}
	want := []string{"silent.allowed_updates", "silent.fails_inside", "silent.privacy_mode", "silent.second_program", "silent.pinned_address"}
	if got := meaningIDs(a.Silent); !slices.Equal(got, want) {
		t.Errorf("silent %v, want %v", got, want)
	}
	empty := decode(`{"url":"","has_custom_certificate":false,"pending_update_count":7}`)
	if got := meaningIDs(empty.Silent); !slices.Contains(got, "silent.webhook_deleted") || !slices.Contains(got, "silent.pending") {
		t.Errorf("silent %v", got)
	}
	if empty.Check != nil {
		t.Errorf("check %+v", empty.Check)
	}
}

// TestNarrowed: what getWebhookInfo tells rules causes out.
func TestNarrowed(t *testing.T) {
	verify := func(url, custom string) []string {
		return decode(`{"url":"` + url + `","has_custom_certificate":` + custom + `,"pending_update_count":1,"last_error_date":1796000000,` +
			`"last_error_message":"SSL error {error:0A000086:SSL routines::certificate verify failed}"}`).Meanings[0].Findings
	}
	for _, tc := range []struct {
		url, custom, first string
		without            []string
	}{
		{"https://bot.example.org/", "false", "chain.intermediate_missing", []string{"upload.not_needed", "cert.ip_needs_san"}},
		{"https://bot.example.org/", "true", "upload.not_needed", []string{"cert.self_signed", "cert.ip_needs_common_name"}},
		{"https://198.51.100.7/", "false", "chain.intermediate_missing", []string{"upload.not_needed", "cert.ip_needs_common_name"}},
		{"https://198.51.100.7/", "true", "upload.not_needed", []string{"cert.self_signed", "cert.ip_needs_san"}},
	} {
		got := verify(tc.url, tc.custom)
		if got[0] != tc.first {
			t.Errorf("%s %s: first %s", tc.url, tc.custom, got[0])
		}
		for _, id := range tc.without {
			if slices.Contains(got, id) {
				t.Errorf("%s %s: names %s", tc.url, tc.custom, id)
			}
		}
	}
}

// TestCheckCommand is one line that a shell takes as it stands.
func TestCheckCommand(t *testing.T) {
	a := decode(`{"url":"https://bot.example.org/it's?a=$(id)","has_custom_certificate":false,"pending_update_count":1}`)
	if want := `hookcheck check 'https://bot.example.org/it'\''s?a=$(id)'`; a.Check == nil || a.Check.Command != want {
		t.Errorf("check %+v, want %s", a.Check, want)
	}
}
