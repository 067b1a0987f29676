package rules

import (
	"flag"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"unicode"

	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

var update = flag.Bool("update", false, "write the golden files anew")

// silentAtTelegram are blockers that getWebhookInfo shows nothing of.
var silentAtTelegram = map[string]string{
	"http.request_too_long":     "the client drops the update before it is sent",
	"pem.private_key":           "refused here; nothing reaches Telegram",
	"pem.truncated":             "a server does not start with such a file",
	"pem.no_server_certificate": "nothing of the server's was given",
	"pem.mixed":                 "a server does not start with such a file",
	"pem.key_mismatch":          "a server does not start with such a pair",
}

var idForm = regexp.MustCompile(`^[a-z]+\.[a-z0-9_]+$`)

func TestCatalogueIsNotEmpty(t *testing.T) {
	if n := len(All()); n < 80 {
		t.Fatalf("the catalogue has %d rules", n)
	}
}

func TestIDs(t *testing.T) {
	prefix := map[Stage]string{StageCertificate: "cert"}
	files := map[string]bool{}
	for _, r := range pemRules() {
		files[r.ID] = strings.HasPrefix(r.ID, "pem.")
	}
	ids, ranks := map[string]bool{}, map[int]string{}
	for _, r := range All() {
		if !idForm.MatchString(r.ID) {
			t.Errorf("%s: not of the form stage.name", r.ID)
		}
		want := prefix[r.Stage]
		if want == "" {
			want = string(r.Stage)
		}
		if got, _, _ := strings.Cut(r.ID, "."); got != want && !files[r.ID] {
			t.Errorf("%s: stands in stage %s", r.ID, r.Stage)
		}
		if ids[r.ID] {
			t.Errorf("%s: twice", r.ID)
		}
		if other := ranks[r.Rank]; other != "" {
			t.Errorf("%s: has rank %d of %s", r.ID, r.Rank, other)
		}
		ids[r.ID], ranks[r.Rank] = true, r.ID
	}
}

func TestEveryRuleIsWhole(t *testing.T) {
	for _, r := range All() {
		t.Run(r.ID, func(t *testing.T) {
			if stageIndex(r.Stage) < 0 || weight(r.Severity) < 0 || r.Check == nil || r.Rank <= 0 {
				t.Errorf("stage %q, severity %q, rank %d, check %t", r.Stage, r.Severity, r.Rank, r.Check != nil)
			}
			if r.Basis != Documented && r.Basis != FromSource && r.Basis != Observed {
				t.Errorf("basis %q", r.Basis)
			}
			if r.Severity == Blocker {
				checkBlocker(t, r)
			}
			checkSources(t, r.Sources)
			checkArgs(t, reflect.TypeOf(r.Example))
		})
	}
}

func checkBlocker(t *testing.T, r Rule) {
	t.Helper()
	if r.Predicted == "" && !r.Undecided && silentAtTelegram[r.ID] == "" {
		t.Error("predicts nothing, is not undecided and is not listed as silent")
	}
	if r.Reporter != BySetWebhook && r.Reporter != ByGetWebhookInfo {
		t.Errorf("reported by %q", r.Reporter)
	}
	if r.Reporter == BySetWebhook && r.Predicted != "" && !strings.HasPrefix(r.Predicted, "Bad Request: ") {
		t.Errorf("setWebhook does not say %q", r.Predicted)
	}
	if r.Reporter == ByGetWebhookInfo && strings.HasPrefix(r.Predicted, badWebhook) {
		t.Errorf("getWebhookInfo does not say %q", r.Predicted)
	}
	if r.Remedies == nil || len(r.Remedies(remedy.Sample())) == 0 && len(r.Remedies(uploadSample())) == 0 {
		t.Error("has no remedy")
	}
}

// uploadSample is where a file has to be uploaded.
func uploadSample() *remedy.Params {
	p := remedy.Sample()
	p.Upload, p.UploadHas = "leaf", true
	p.UploadPEM = "-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----\n"
	return p
}

func checkSources(t *testing.T, sources []Source) {
	t.Helper()
	if len(sources) == 0 {
		t.Error("cites no source")
	}
	for _, s := range sources {
		u, err := url.Parse(s.URL)
		if err != nil || u.Scheme != "https" || u.Host == "" || s.Name == "" {
			t.Errorf("source %q: %q", s.Name, s.URL)
		}
	}
}

// checkArgs wants a struct whose fields all have JSON names.
func checkArgs(t *testing.T, typ reflect.Type) {
	t.Helper()
	if typ == nil || typ.Kind() != reflect.Struct {
		t.Fatalf("example is a %v, not a struct", typ)
	}
	for _, f := range reflect.VisibleFields(typ) {
		if !f.Anonymous && f.Tag.Get("json") == "" {
			t.Errorf("field %s of %v has no JSON name", f.Name, typ)
		}
	}
}

func TestTextsInEveryLanguage(t *testing.T) {
	for _, r := range All() {
		for _, l := range lang.All() {
			t.Run(r.ID+"/"+string(l), func(t *testing.T) {
				title, detail, err := r.Texts(l, r.Example)
				if err != nil {
					t.Fatal(err)
				}
				for name, text := range map[string]string{"title": title, "detail": detail, "meaning": written(r.Meaning, l)} {
					checkText(t, name, text, l)
				}
				if n := len([]rune(title)); n > 140 || strings.HasSuffix(title, ".") {
					t.Errorf("title of %d characters: %q", n, title)
				}
			})
		}
	}
}

// written is a text in just this language, without English standing in.
func written(x lang.Text, l lang.Lang) string {
	if l == lang.RU {
		return x.RU
	}
	return x.EN
}

func checkText(t *testing.T, name, text string, l lang.Lang) {
	t.Helper()
	cyrillic := strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
	switch {
	case strings.TrimSpace(text) == "":
		t.Errorf("%s is empty", name)
	case cyrillic != (l == lang.RU):
		t.Errorf("%s is not written in %s: %q", name, l, text)
	case strings.Contains(text, "<no value>"), strings.Contains(text, "%!"), strings.Contains(text, "{{"), strings.Contains(text, "  "):
		t.Errorf("%s is badly filled in: %q", name, text)
	case strings.ContainsAny(text, "\n\t"):
		t.Errorf("%s has a line break: %q", name, text)
	}
}

func TestSilencesNameRules(t *testing.T) {
	all := All()
	for _, r := range all {
		for _, pattern := range r.Silences {
			hits := 0
			for _, other := range all {
				if silences(Rule{ID: r.ID, Silences: []string{pattern}}, other) {
					hits++
				}
			}
			if hits == 0 {
				t.Errorf("%s silences %s, which is no rule", r.ID, pattern)
			}
		}
	}
}

// TestSilencesHaveNoRing: a ring of more than two has no answer to who stands.
func TestSilencesHaveNoRing(t *testing.T) {
	all := All()
	state := make([]int, len(all))
	var visit func(i int) bool
	visit = func(i int) bool {
		if state[i] != 0 {
			return state[i] == 2
		}
		state[i] = 1
		for j := range all {
			mutual := silences(all[i], all[j]) && silences(all[j], all[i])
			if silences(all[i], all[j]) && (!mutual || all[i].Rank < all[j].Rank) && !visit(j) {
				return false
			}
		}
		state[i] = 2
		return true
	}
	for i := range all {
		if !visit(i) {
			t.Fatalf("silences go round in a ring through %s", all[i].ID)
		}
	}
}

func TestGet(t *testing.T) {
	if r, ok := Get("tcp.refused"); !ok || r.ID != "tcp.refused" {
		t.Errorf("Get(tcp.refused) = %q, %t", r.ID, ok)
	}
	if _, ok := Get("tcp.nothing"); ok {
		t.Error("Get finds a rule that does not exist")
	}
}

// TestCatalogueOrder shows a review which rule moved before which.
func TestCatalogueOrder(t *testing.T) {
	var b strings.Builder
	for _, r := range All() {
		doubt := ""
		if r.Undecided {
			doubt = "undecided"
		}
		line := fmt.Sprintf("%-12s %-34s %4d %-8s %-10s %s", r.Stage, r.ID, r.Rank, r.Severity, r.Basis, doubt)
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	golden := filepath.Join("testdata", "catalogue.golden")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.String(); got != string(want) {
		t.Errorf("the catalogue is not that of %s (go test -update writes it):\n%s", golden, got)
	}
}
