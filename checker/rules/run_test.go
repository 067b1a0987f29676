package rules

import (
	"slices"
	"strings"
	"testing"

	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/target"
	"hookcheck/internal/lang"
)

// fake is a rule that always fires, or never.
func fake(id string, rank int, s Severity, silences ...string) Rule {
	return Rule{
		ID: id, Stage: StageURL, Rank: rank, Severity: s, Silences: silences,
		Check: func(*facts.Facts) *Hit { return &Hit{} },
	}
}

func liveFacts() *facts.Facts {
	ev := &evidence.Evidence{Kind: evidence.Live}
	return &facts.Facts{Ev: ev, Target: &target.Target{}, Live: true}
}

func idsOf(t *testing.T, catalogue []Rule, f *facts.Facts) []string {
	t.Helper()
	found, err := run(catalogue, f)
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{}
	for _, x := range found {
		ids = append(ids, x.Rule.ID)
	}
	return ids
}

func TestRunOrder(t *testing.T) {
	late := fake("url.late", 1, Blocker)
	late.Check = func(*facts.Facts) *Hit { return &Hit{Rank: 890} }
	raised := fake("url.raised", 4, Notice)
	raised.Check = func(*facts.Facts) *Hit { return &Hit{Severity: Blocker} }
	open := fake("url.open", 300, Blocker)
	open.Undecided = true
	tests := []struct {
		name  string
		rules []Rule
		want  []string
	}{
		{"severity before rank", []Rule{fake("url.n", 1, Notice), fake("url.w", 2, Warning), fake("url.b", 3, Blocker)}, []string{"url.b", "url.w", "url.n"}},
		{"rank across stages", []Rule{fake("url.b", 700, Blocker), {ID: "upload.a", Stage: StageUpload, Rank: 200, Severity: Blocker, Check: fake("", 0, "").Check}}, []string{"upload.a", "url.b"}},
		{"decided before undecided", []Rule{open, fake("url.sure", 300, Blocker)}, []string{"url.sure", "url.open"}},
		{"a hit may come later", []Rule{late, fake("url.b", 600, Blocker)}, []string{"url.b", "url.late"}},
		{"a hit may be graver", []Rule{fake("url.w", 2, Warning), raised}, []string{"url.raised", "url.w"}},
		{"warnings by stage", []Rule{{ID: "upload.w", Stage: StageUpload, Rank: 200, Severity: Warning, Check: fake("", 0, "").Check}, fake("url.w", 800, Warning)}, []string{"url.w", "upload.w"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := idsOf(t, tt.rules, liveFacts()); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestRunSilences(t *testing.T) {
	tests := []struct {
		name  string
		rules []Rule
		want  []string
	}{
		{"by id", []Rule{fake("url.a", 1, Blocker, "url.b"), fake("url.b", 2, Blocker), fake("url.bc", 3, Blocker)}, []string{"url.a", "url.bc"}},
		{"by prefix, not itself", []Rule{fake("url.a", 1, Blocker, "url.*"), fake("url.b", 2, Notice), fake("tcp.b", 3, Notice)}, []string{"url.a", "tcp.b"}},
		{"a silenced one silences nobody", []Rule{fake("url.a", 1, Blocker, "url.b"), fake("url.b", 2, Blocker, "url.c"), fake("url.c", 3, Blocker)}, []string{"url.a", "url.c"}},
		{"from behind", []Rule{fake("url.a", 1, Blocker, "url.b"), fake("url.b", 2, Blocker), fake("url.c", 3, Blocker, "url.a")}, []string{"url.b", "url.c"}},
		{"each other: the nearer to the cause stands", []Rule{fake("url.a", 1, Blocker, "url.b"), fake("url.b", 2, Blocker, "url.a")}, []string{"url.a"}},
		{"a notice silences too", []Rule{fake("url.a", 1, Notice, "url.b"), fake("url.b", 2, Blocker)}, []string{"url.a"}},
		{"a ring ends", []Rule{fake("url.a", 1, Blocker, "url.b"), fake("url.b", 2, Blocker, "url.c"), fake("url.c", 3, Blocker, "url.a")}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := idsOf(t, tt.rules, liveFacts())
			if tt.want != nil && !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestRunNamesTheRuleThatPanics(t *testing.T) {
	broken := fake("url.broken", 1, Blocker)
	broken.Check = func(f *facts.Facts) *Hit { panic("index out of range") }
	found, err := run([]Rule{fake("url.a", 1, Blocker), broken}, liveFacts())
	if err == nil || !strings.Contains(err.Error(), "url.broken") || found != nil {
		t.Errorf("got %v, %v", found, err)
	}
}

func TestRunWantsEvidence(t *testing.T) {
	if _, err := Run(&facts.Facts{}); err == nil {
		t.Error("facts without evidence are judged")
	}
}

func TestRunKeepsToStagesWithEvidence(t *testing.T) {
	always := func(s Stage) Rule {
		r := fake(string(s)+".x", stageIndex(s)+1, Blocker)
		r.Stage = s
		return r
	}
	var catalogue []Rule
	for _, s := range Stages() {
		catalogue = append(catalogue, always(s))
	}
	files := liveFacts()
	files.Ev.Kind, files.Ev.Presented = evidence.Files, [][]byte{{0x30}}
	resolved := liveFacts()
	resolved.Ev.DNS = &evidence.DNS{}
	handshaken := liveFacts()
	handshaken.Ev.DNS, handshaken.Ev.TLS = &evidence.DNS{}, &evidence.TLS{}
	for _, tt := range []struct {
		name string
		f    *facts.Facts
		want string
	}{
		{"nothing but a URL", liveFacts(), "url upload"},
		{"files", files, "chain certificate upload"},
		{"after DNS", resolved, "url dns tcp tls upload"},
		{"after TLS", handshaken, "url dns tcp tls upload http"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.ReplaceAll(strings.Join(idsOf(t, catalogue, tt.f), " "), ".x", "")
			if got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestTextsAreHarmless(t *testing.T) {
	r := Rule{ID: "url.x", Title: lang.Both("{{.V}}"), Detail: lang.Both("{{.V}}")}
	title, _, err := r.Texts(lang.EN, struct{ V string }{"a\x1b[31m\u202eb\x00\tc"})
	if want := "a\uFFFD[31m\uFFFDb\uFFFD\uFFFDc"; err != nil || title != want {
		t.Errorf("got %q, %v, want %q", title, err, want)
	}
}

func TestTextsRefuseAMissingValue(t *testing.T) {
	r := Rule{ID: "url.x", Title: lang.Both("x"), Detail: lang.Both("{{.Missing}}")}
	if _, _, err := r.Texts(lang.EN, struct{ V string }{"a"}); err == nil {
		t.Error("a struct without the field is filled in")
	}
	if _, _, err := r.Texts(lang.EN, map[string]string{}); err == nil {
		t.Error("a map without the key is filled in")
	}
}
