package explain

import (
	"hookcheck/checker/remedy"
	"hookcheck/checker/rules"
	"hookcheck/internal/lang"
)

// Schema names the form of Document.
const Schema = "hookcheck-explain/1"

// Document is an answer in one language, ready for JSON, text and pages.
type Document struct {
	Schema    string    `json:"schema"`
	Lang      lang.Lang `json:"lang"`
	Kind      Kind      `json:"kind"`
	TakenFor  string    `json:"taken_for"`
	Summary   string    `json:"summary"`
	Truncated bool      `json:"truncated"`
	Meanings  []Section `json:"meanings"`
	Notes     []Section `json:"notes"`
	Silent    []Section `json:"silent"`
	Webhook   *Webhook  `json:"webhook"`
	Check     *Check    `json:"check"`
	Peers     []Peer    `json:"peers"`
	Hint      string    `json:"hint"`
}

// Section is a Meaning in one language.
type Section struct {
	ID       string    `json:"id"`
	Title    string    `json:"title"`
	Text     string    `json:"text"`
	Matched  string    `json:"matched"`
	Findings []Finding `json:"findings"`
	Remedies []Fix     `json:"remedies"`
}

// Finding is a row of the catalogue that can be the cause.
type Finding struct {
	ID       string         `json:"id"`
	Severity rules.Severity `json:"severity"`
	Stage    rules.Stage    `json:"stage"`
	Meaning  string         `json:"meaning"`
}

// Fix is a remedy in one language.
type Fix struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Platform string `json:"platform"`
	Kind     string `json:"kind"`
	Where    string `json:"where"`
	Body     string `json:"body"`
	Apply    string `json:"apply"`
	Undo     string `json:"undo"`
}

// In is the answer in a language.
func (a *Answer) In(l lang.Lang) Document {
	byID := make(map[string]rules.Rule)
	for _, r := range rules.All() {
		byID[r.ID] = r
	}
	peers := a.Peers
	if peers == nil {
		peers = []Peer{}
	}
	return Document{
		Schema: Schema, Lang: l, Kind: a.Kind,
		TakenFor: takenFor[a.Kind].In(l), Summary: a.summary().In(l), Truncated: a.Cut,
		Meanings: sections(l, a.Meanings, byID), Notes: sections(l, a.Notes, byID), Silent: sections(l, a.Silent, byID),
		Webhook: a.Webhook, Check: a.Check, Peers: peers, Hint: a.Hint.In(l),
	}
}

// SilentIn is Silent in a language.
func SilentIn(l lang.Lang) []Section { return sections(l, Silent(), nil) }

func sections(l lang.Lang, ms []Meaning, byID map[string]rules.Rule) []Section {
	out := make([]Section, 0, len(ms))
	for _, m := range ms {
		s := Section{
			ID: m.ID, Title: m.Title.In(l), Text: m.Text.In(l), Matched: m.Matched,
			Findings: []Finding{}, Remedies: []Fix{},
		}
		for _, id := range m.Findings {
			if r, ok := byID[id]; ok {
				s.Findings = append(s.Findings, Finding{ID: id, Severity: r.Severity, Stage: r.Stage, Meaning: r.Meaning.In(l)})
			}
		}
		for _, r := range m.Remedies {
			s.Remedies = append(s.Remedies, fixIn(l, r))
		}
		out = append(out, s)
	}
	return out
}

func fixIn(l lang.Lang, r remedy.Remedy) Fix {
	return Fix{
		ID: r.ID, Title: r.Title.In(l), Platform: r.Platform, Kind: r.Kind,
		Where: r.Where.In(l), Body: r.Body.In(l), Apply: r.Apply, Undo: r.Undo,
	}
}
