// Package templates holds the pages and the view models that they show. A
// template makes no decisions: what to show, and in which words, is settled in
// its view model.
package templates

import (
	"strings"

	"github.com/a-h/templ"
)

// Page is what every page has.
type Page struct {
	M           *Messages
	Lang        string // of the html element
	Locale      string // the language as og:locale names it
	Title       string
	Description string
	Root        string // "" or "/ru": what links begin with
	Here        string // which entry of the navigation this is
	OtherHref   string // the same page in the other language
	OtherLang   string
	CSS, JS     string // URLs with a content hash
	Icon        string
	NoIndex     bool
	Canonical   string // the page's one absolute address, "" where it has none
	Alternates  []Link // the page in each language: its name and address
	Guides      []Link // of the footer
}

// Link is a place and its name.
type Link struct {
	Href, Text string
}

// Form is what the check form is filled in with.
type Form struct {
	Target string
	Upload string // which answer about an uploaded certificate is chosen: no, yes, unknown
	Error  string // one line, names the field
	Note   string // what to know before submitting
	Again  string // the report whose uploaded file may be used again
	// KeptFile is that file's name, "" where there is none.
	KeptFile string
	Open     bool // the optional fields are unfolded
	Compact  bool // below a report
	Running  bool // the stages are shown as of a check under way
	Stages   []Stage
}

// Home is the front page.
type Home struct {
	Page
	Form Form
}

// Report is a finished check.
type Report struct {
	Page
	Form         Form
	TookFor      string
	Others       []Link // further addresses in the text that was pasted
	Target       string
	CheckedAt    string
	Took         string
	Class        string // works, if-uploaded, fails, unknown
	Symbol       string
	Word         string
	Summary      string
	Predicted    string
	ReportedBy   string
	UploadNote   string
	Fix          *Fix
	Platforms    []Choice
	ThisPath     string // where the platform chooser comes back to
	SetWebhook   string
	CallNow      bool // the call is one of the steps
	Next         []string
	Silent       bool // a bot that stays silent has another cause
	Stages       []Stage
	Findings     []Finding
	FromFiles    bool
	Drawing      string // SVG
	DrawingText  []string
	Certificates []Certificate
	RootText     string
	Bundle       string
	Changes      []string // how Bundle differs from what was sent
	Protocols    []Pair
	Handshake    []Pair
	Addresses    []Pair
	Hints        []Pair
	Lint         []Pair
	Downloads    []Link
}

// Fix is how to mend the root cause.
type Fix struct {
	Cause     string
	ApplyStep string // heading over the commands that follow the change
	First     *Remedy
	Others    []Remedy
}

// Choice is one entry of a list to choose from.
type Choice struct {
	Value, Text string
	Chosen      bool
}

// Stage is one part of the check.
type Stage struct {
	ID, Name, Status, Word, Symbol, Summary, Duration string
	Share                                             string // of the whole time, a class of the style sheet
}

// Finding is one finding with its fixes.
type Finding struct {
	ID, Href, Severity, Word, Title, Detail string
	Evidence                                string
	Vantage                                 bool
	Open                                    bool
	Remedies                                []Remedy
	Sources                                 []Pair
}

// Remedy is one fix.
type Remedy struct {
	ID, Title, Platform, Where, Body, Apply, Undo string
	Aside                                         string // what is said beside the title, in small
	Gist, GistLabel, ApplyGist                    string // long commands in short
	Prose                                         bool   // Body is a text for people, not code
}

// Certificate is one presented certificate.
type Certificate struct {
	Position, Subject, Issuer, Valid, Life, Key, Signature, Names, MoreNames, SHA256, Role string
	LifeClass                                                                              string
	Unread                                                                                 bool
}

// Pair is a label and its value; Value may be a link.
type Pair struct {
	Label, Value string
}

// PEM is the page for certificate files.
type PEM struct {
	Page
	Text     string // as pasted, without keys
	Hostname string
	Error    string
}

// Explain is the page for pasted texts.
type Explain struct {
	Page
	Form     Form
	Text     string // as pasted, redacted
	Error    string
	TakenFor string
	Summary  string
	Hint     string
	Asked    bool // a text was given
	Meanings []Meaning
	Notes    []Meaning
	Silent   []Meaning
	Webhook  []Pair
	Peers    []Pair
	Check    *Form
}

// Meaning is one thing that a pasted text says.
type Meaning struct {
	Title, Text, Matched string // without a Title where the summary is the same
	Causes               []Cause
	Remedies             []Remedy
}

// Cause is a finding that can be behind it.
type Cause struct {
	ID, Href, Text string
}

// Rules is the catalogue.
type Rules struct {
	Page
	Stages []RuleStage
}

// RuleStage is the catalogue's part for one stage.
type RuleStage struct {
	ID, Name string
	Rules    []RuleLine
}

// RuleLine is one rule in the catalogue.
type RuleLine struct {
	ID, Href, Severity, Word, Title string
}

// Rule is one rule in full.
type Rule struct {
	Page
	ID, Severity, Word, Stage, Basis string
	RuleTitle, Meaning, Predicted    string
	Open                             bool
	Sources                          []Pair
	Remedies                         []Remedy
}

// Guides is the list of guide pages.
type Guides struct {
	Page
	Pages []GuideLine
}

// GuideLine is one guide in the list.
type GuideLine struct {
	Href, Title, Lead string
}

// Guide is one guide page.
type Guide struct {
	Page
	Heading, Lead string
	Parts         []GuidePart
}

// GuidePart is one section of a guide.
type GuidePart struct {
	Heading string
	Blocks  []GuideBlock
}

// GuideBlock is a paragraph, a list, claims or code, whichever is filled in.
type GuideBlock struct {
	Text   string
	Items  []string
	Claims []GuideClaim
	Code   string
}

// GuideClaim is what is often read, and what is true.
type GuideClaim struct {
	Said, True string
}

// Failure is an error page.
type Failure struct {
	Page
	Message string
}

// Gallery lists the states that can be looked at.
type Gallery struct {
	Page
	States []Link
}

func chainHeading(v Report) string {
	if v.FromFiles {
		return v.M.ChainFiles
	}
	return v.M.Chain
}

func current(here bool) templ.Attributes {
	if here {
		return templ.Attributes{"aria-current": "page"}
	}
	return nil
}

type piece struct {
	Text string
	Code bool
}

// pieces splits a text at its backticks; one without a partner stays.
func pieces(s string) []piece {
	parts := strings.Split(s, "`")
	if len(parts)%2 == 0 {
		return []piece{{Text: typeset(s)}}
	}
	var out []piece
	for i, p := range parts {
		switch {
		case i%2 == 1 && p != "":
			out = append(out, piece{Text: p, Code: true})
		case p != "":
			out = append(out, piece{Text: typeset(p)})
		}
	}
	return out
}
