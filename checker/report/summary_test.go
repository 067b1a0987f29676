package report

import (
	"testing"

	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/rules"
	"hookcheck/internal/lang"
)

func TestSummaryTellsWhatWasNotKnown(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*facts.Facts)
		en, ru string
	}{
		{"nothing known of an upload", func(*facts.Facts) {},
			"Telegram can deliver updates to bot.example.org:8443, provided that no certificate was uploaded.",
			"Telegram может доставлять обновления на bot.example.org:8443, если в setWebhook не передавали certificate."},
		{"upload given", func(f *facts.Facts) { f.Upload.Given = true; f.Port = 443 },
			"Telegram can deliver updates to bot.example.org.",
			"Telegram может доставлять обновления на bot.example.org."},
		{"TLS alone", func(f *facts.Facts) { f.HTTP.Tried = false; f.Upload.Given = true },
			"Telegram can make a TLS connection to bot.example.org:8443 (only TLS was checked, no update was sent).",
			"Telegram установит TLS-соединение с bot.example.org:8443 (проверен только TLS, обновление не отправлялось)."},
		{"handshake that only Telegram can finish", func(f *facts.Facts) { f.TLS.Unfinished = true; f.Upload.Given = true },
			"Telegram can make a TLS connection to bot.example.org:8443; the answer to an update could not be seen from here.",
			"Telegram установит TLS-соединение с bot.example.org:8443; ответ на обновление отсюда увидеть нельзя."},
		{"files", func(f *facts.Facts) { f.Live = false; f.Ev.Kind = evidence.Files },
			"Telegram would accept these certificates for bot.example.org.",
			"Telegram примет эти сертификаты для bot.example.org."},
		{"files without a name", func(f *facts.Facts) { f.Live = false; f.Names.Judged = false },
			"Telegram would accept these certificates (names were not judged).",
			"Telegram примет эти сертификаты (имена не проверялись)."},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := healthy()
			c.change(f)
			if got := build(t, f, lang.EN).Summary; got != c.en {
				t.Errorf("en %q, want %q", got, c.en)
			}
			if got := build(t, f, lang.RU).Summary; got != c.ru {
				t.Errorf("ru %q, want %q", got, c.ru)
			}
		})
	}
}

func TestStages(t *testing.T) {
	f := healthy()
	r := build(t, f, lang.EN, found("http.server_error", rules.Blocker, true), found("chain.order", rules.Warning, false),
		found("cert.expired", rules.Blocker, false), found("cert.wildcard", rules.Warning, false), found("tls.old", rules.Notice, false))
	want := map[string]Status{
		"url": Pass, "dns": Pass, "tcp": Pass, "tls": Pass, "chain": Warn, "certificate": Fail, "upload": Skip, "http": Undecided,
	}
	if len(r.Stages) != len(want) {
		t.Fatalf("%d stages", len(r.Stages))
	}
	for _, s := range r.Stages {
		if s.Status != want[s.ID] {
			t.Errorf("%s: %s, want %s", s.ID, s.Status, want[s.ID])
		}
		if s.Summary == "" {
			t.Errorf("%s says nothing", s.ID)
		}
	}
	if r.Stages[3].DurationMS != 12 {
		t.Errorf("tls took %d ms", r.Stages[3].DurationMS)
	}
}

// TestASilencedStageIsSkipped: another stage's finding explains the chain's
// fault away, which is no reason to call the chain good.
func TestASilencedStageIsSkipped(t *testing.T) {
	f := healthy()
	f.Chain.Faults = []facts.Fault{{Kind: facts.IntermediateMissing}, {Kind: facts.NameMismatch}}
	f.TLS.WrongSite = true
	for _, s := range build(t, f, lang.EN, found("tls.wrong_site", rules.Blocker, false)).Stages {
		if (s.ID == "chain" || s.ID == "certificate") && s.Status != Skip {
			t.Errorf("%s: %s", s.ID, s.Status)
		}
	}
}

func TestLowerFirst(t *testing.T) {
	for in, want := range map[string]string{
		"An intermediate is missing": "an intermediate is missing",
		"TLS 1.1 only":               "TLS 1.1 only",
		"Telegram's list lacks it":   "Telegram's list lacks it",
		"HTTP 404":                   "HTTP 404",
		"Нет промежуточного":         "нет промежуточного",
		"":                           "",
	} {
		if got := lowerFirst(in); got != want {
			t.Errorf("lowerFirst(%q) = %q, want %q", in, got, want)
		}
	}
}
