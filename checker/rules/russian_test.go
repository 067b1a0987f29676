package rules

import (
	"reflect"
	"strings"
	"testing"

	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
	"hookcheck/internal/langtest"
)

// situations are what remedies are filled in for: each may choose other words.
func situations() map[string]*remedy.Params {
	with := func(change func(*remedy.Params)) *remedy.Params {
		p := remedy.Sample()
		change(p)
		return p
	}
	return map[string]*remedy.Params{
		"name": remedy.Sample(),
		"ip": with(func(p *remedy.Params) {
			p.Host, p.IsIP, p.URL = "198.51.100.7", true, "https://198.51.100.7:8443/webhook"
		}),
		"leaf":   with(func(p *remedy.Params) { p.Upload, p.UploadHas, p.SelfSigned = "leaf", true, true }),
		"root":   with(func(p *remedy.Params) { p.Upload, p.UploadHas = "root", true }),
		"le":     with(func(p *remedy.Params) { p.Issuer, p.Port = "Let's Encrypt", 443 }),
		"odd":    with(func(p *remedy.Params) { p.OtherIPs, p.Status, p.ClockOff = []string{"198.51.100.8"}, 503, true }),
		"scarce": {Host: "bot.example.org", Port: 8080, Path: "/"},
	}
}

// TestRussianFindings: with its values filled in, every text of every finding
// is there and holds no English sentence outside code.
func TestRussianFindings(t *testing.T) {
	for _, r := range All() {
		title, detail, err := r.Texts(lang.RU, r.Example)
		if err != nil {
			t.Fatalf("%s: %v", r.ID, err)
		}
		russian(t, r.ID+" title", title)
		russian(t, r.ID+" detail", detail)
		russian(t, r.ID+" meaning", r.Meaning.RU)
		for _, bad := range []string{"  ", " . ", " ,", "..", "<no value>", "%!"} {
			if strings.Contains(title+"\n"+detail, bad) {
				t.Errorf("%s: %q in %q, %q", r.ID, bad, title, detail)
			}
		}
		if strings.HasSuffix(title, ".") || !strings.HasSuffix(detail, ".") {
			t.Errorf("%s: a title ends without a full stop, a detail with one: %q, %q", r.ID, title, detail)
		}
	}
}

// TestRussianRemedies: the same for the prose of fixes.
func TestRussianRemedies(t *testing.T) {
	n := 0
	for name, p := range situations() {
		for _, r := range remedy.All(p) {
			n++
			where := name + " " + r.ID
			if r.Title.RU == "" || r.Title.EN == "" || r.Where.RU == "" || r.Body.RU == "" {
				t.Errorf("%s: an empty text: %+v", where, r)
			}
			for what, text := range map[string]string{"title": r.Title.RU, "where": r.Where.RU} {
				if run := langtest.EnglishRun(text); run != "" {
					t.Errorf("%s %s: %q in %q", where, what, run, text)
				}
			}
			if r.Kind == remedy.Note {
				russian(t, where+" body", r.Body.RU)
			}
			if strings.Contains(r.Title.RU+r.Where.RU, "@") && !strings.Contains(r.Title.EN+r.Where.EN, "@") {
				t.Errorf("%s: a mark was not filled in: %q, %q", where, r.Title.RU, r.Where.RU)
			}
		}
	}
	if n < 300 {
		t.Fatalf("only %d remedies", n)
	}
}

func russian(t *testing.T, where, text string) {
	t.Helper()
	if !langtest.Cyrillic(text) {
		t.Errorf("%s is not Russian: %q", where, text)
	}
	if run := langtest.EnglishRun(text); run != "" {
		t.Errorf("%s: English in a Russian text: %q", where, run)
	}
}

// TestRussianNumbers: nouns and verbs agree with the numbers in real texts.
func TestRussianNumbers(t *testing.T) {
	for _, tc := range []struct {
		id, field string
		value     int
		want      string
	}{
		{"upload.contains_private_key", "Keys", 1, "1 закрытый ключ"},
		{"upload.contains_private_key", "Keys", 3, "3 закрытых ключа"},
		{"upload.contains_private_key", "Keys", 5, "5 закрытых ключей"},
		{"upload.contains_private_key", "Keys", 12, "12 закрытых ключей"},
		{"upload.contains_private_key", "Keys", 21, "21 закрытый ключ"},
		{"chain.too_complex", "Sent", 2, "2 сертификата"},
		{"chain.too_complex", "Sent", 11, "11 сертификатов"},
		{"chain.too_complex", "Sent", 101, "101 сертификат"},
		{"chain.too_deep", "Intermediates", 11, "11 промежуточных"},
		{"chain.too_deep", "Intermediates", 21, "21 промежуточный"},
		{"tls.dh_too_small", "Bits", 1024, "1024 бита"},
		{"tls.dh_too_small", "Bits", 512, "512 бит"},
		{"tls.dh_too_small", "Bits", 1021, "1021 бит"},
		{"cert.weak_key", "SecurityBits", 80, "80 битам"},
		{"cert.weak_key", "SecurityBits", 81, "81 биту"},
	} {
		r, ok := Get(tc.id)
		if !ok {
			t.Fatalf("no rule %s", tc.id)
		}
		args := reflect.New(reflect.TypeOf(r.Example)).Elem()
		args.Set(reflect.ValueOf(r.Example))
		args.FieldByName(tc.field).SetInt(int64(tc.value))
		if tc.id == "chain.too_complex" {
			args.FieldByName("Algorithm").SetString("")
		}
		title, detail, err := r.Texts(lang.RU, args.Interface())
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(title+" "+detail, tc.want) {
			t.Errorf("%s with %s = %d: %q is not in %q", tc.id, tc.field, tc.value, tc.want, title+" "+detail)
		}
	}
}
