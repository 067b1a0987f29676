package explain

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"hookcheck/checker/rules"
	"hookcheck/internal/lang"
)

// TestEveryPredictedText: what a rule predicts leads back to that rule.
func TestEveryPredictedText(t *testing.T) {
	n := 0
	for _, r := range rules.All() {
		if r.Predicted == "" {
			continue
		}
		n++
		a := decode(r.Predicted)
		if len(a.Meanings) != 1 || !slices.Contains(a.Meanings[0].Findings, r.ID) {
			t.Errorf("%s: %q is %s and means %v", r.ID, r.Predicted, a.Kind, a.Meanings)
			continue
		}
		if strings.HasPrefix(a.Meanings[0].ID, "finding.") {
			t.Errorf("%s: %q has no meaning of its own here", r.ID, r.Predicted)
		}
		if bySet := r.Reporter == rules.BySetWebhook; bySet != (a.Kind == SetWebhook) {
			t.Errorf("%s is reported by %s, its text taken for %s", r.ID, r.Reporter, a.Kind)
		}
	}
	if n < 30 {
		t.Fatalf("only %d rules predict anything", n)
	}
}

// TestNewRule: a rule appears without a change here.
func TestNewRule(t *testing.T) {
	meaning := lang.Text{EN: "The server is asleep. Wake it.", RU: "Сервер спит. Разбудите его."}
	all := append(rules.All(),
		rules.Rule{ID: "tcp.asleep", Predicted: "Peer fast asleep", Reporter: rules.ByGetWebhookInfo, Meaning: meaning},
		rules.Rule{ID: "chain.new", Predicted: rules.VerifyFailed, Meaning: meaning})
	ix := newIndex(all)
	m, kind, ok := ix.meaning(read("peer fast asleep"))
	if !ok || kind != DeliveryError || m.ID != "finding.tcp.asleep" || m.Title.EN != "The server is asleep" || !slices.Equal(m.Findings, []string{"tcp.asleep"}) {
		t.Errorf("a text of its own: %v %s %+v", ok, kind, m)
	}
	for _, text := range []string{rules.VerifyFailed, "tlsv1 alert unknown ca:SSL alert number 48", "remote error: tls: bad certificate"} {
		if m, _, _ := ix.meaning(read(text)); !slices.Contains(m.Findings, "chain.new") {
			t.Errorf("%s does not name the new rule", text)
		}
	}
}

// TestIDsExist: the tables name no rule that is gone.
func TestIDsExist(t *testing.T) {
	var ids []string
	for _, e := range newIndex(nil).entries {
		ids = append(ids, e.also...)
	}
	for _, a := range alerts {
		ids = append(ids, a.rules...)
	}
	for id := range frequency {
		ids = append(ids, id)
	}
	for _, id := range ids {
		if _, ok := rules.Get(id); !ok {
			t.Errorf("no rule %s", id)
		}
	}
}

// allMeanings are all the texts of the package.
func allMeanings(t *testing.T) []Meaning {
	t.Helper()
	var out []Meaning
	for _, e := range newIndex(nil).entries {
		out = append(out, Meaning{ID: e.id, Title: e.head, Text: e.text})
	}
	for _, a := range alerts {
		out = append(out, Meaning{ID: a.id, Title: a.head, Text: a.text})
	}
	out = append(out, Silent()...)
	for _, text := range []string{
		info(`,"pending_update_count":5,"max_connections":1,"ip_address":"198.51.100.7","allowed_updates":["message"],"last_synchronization_error_date":1796000000,"last_error_date":1,"last_error_message":"?"`),
		`{"url":"http://198.51.100.7:8080/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1","has_custom_certificate":true,"pending_update_count":1,"ip_address":"198.51.100.8","last_error_message":"?"}`,
		`{"url":"","has_custom_certificate":false,"pending_update_count":0}`,
		`{"url":"https://bot.example.org/","pending_update_count":0,"last_error_message":"?","last_error_date":1795521600}`,
		"curl -F url=https://bot.example.org/ https://api.telegram.org/bot1/setWebhook", "curl -F url=https://bot.example.org/ -F certificate=@x https://api.telegram.org/bot1/setWebhook",
		"https://api.telegram.org/bot1/getMe", "remote error: tls: bad certificate 91.108.6.97", "remote error: tls: bad certificate 8.8.8.8",
	} {
		a := decode(text)
		out = append(out, a.Notes...)
		out = append(out, a.Meanings...)
	}
	return out
}

// TestLanguages: every text is there in both languages, and each in its own
// script.
func TestLanguages(t *testing.T) {
	seen := make(map[string]lang.Text)
	for _, m := range allMeanings(t) {
		for what, text := range map[string]lang.Text{"title": m.Title, "text": m.Text} {
			if !is(unicode.Latin, text.EN) || is(unicode.Cyrillic, text.EN) || !is(unicode.Cyrillic, text.RU) {
				t.Errorf("%s %s: %+v", m.ID, what, text)
			}
		}
		if strings.HasSuffix(m.Title.EN, ".") || strings.HasSuffix(m.Title.RU, ".") || !strings.HasSuffix(m.Text.EN, ".") || !strings.HasSuffix(m.Text.RU, ".") {
			t.Errorf("%s: a title ends without a full stop, a text with one: %+v", m.ID, m)
		}
		if old, ok := seen[m.ID]; ok && old != m.Text {
			t.Errorf("%s means two things", m.ID)
		}
		seen[m.ID] = m.Text
	}
	for _, k := range Kinds() {
		a := Answer{Kind: k, Meanings: []Meaning{{Title: lang.Text{EN: "x", RU: "ъ"}}}}
		for _, text := range []lang.Text{takenFor[k], a.summary()} {
			if text.EN == "" || !is(unicode.Cyrillic, text.RU) {
				t.Errorf("kind %s: %+v", k, text)
			}
		}
	}
}

func is(script *unicode.RangeTable, s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(script, r) })
}

func TestAgo(t *testing.T) {
	for seconds, want := range map[int64]lang.Text{
		0: {EN: "less than a minute ago", RU: "меньше минуты назад"}, 60: {EN: "1 minute ago", RU: "1 минуту назад"},
		180: {EN: "3 minutes ago", RU: "3 минуты назад"}, 300: {EN: "5 minutes ago", RU: "5 минут назад"},
		21 * 3600: {EN: "21 hours ago", RU: "21 час назад"}, 86400 * 11: {EN: "11 days ago", RU: "11 дней назад"},
		86400 * 22: {EN: "22 days ago", RU: "22 дня назад"}, -5: {EN: "less than a minute ago", RU: "меньше минуты назад"},
	} {
		if got := (&LastError{AgeSeconds: seconds}).ago(); got != want {
			t.Errorf("%d s: %+v", seconds, got)
		}
	}
}
