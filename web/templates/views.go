// Package templates holds the pages and the view models that they show. A
// template makes no decisions: what to show, and in which words, is settled in
// its view model.
package templates

// Page is what every page has.
type Page struct {
	M         *Messages
	Lang      string // of the html element
	Title     string
	Root      string // "" or "/ru": what links begin with
	OtherHref string // the same page in the other language
	OtherLang string
	CSS, JS   string // URLs with a content hash
	NoIndex   bool
}

// Form is what the check form is filled in with.
type Form struct {
	Target string
	Error  string // one line, names the field
	Open   bool   // the optional fields are unfolded
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
	Target       string
	CheckedAt    string
	Class        string // works, if-uploaded, fails, unknown
	Symbol       string
	Word         string
	Summary      string
	Predicted    string
	ReportedBy   string
	SetWebhook   string
	Stages       []Stage
	Findings     []Finding
	Certificates []Certificate
	Missing      []string
	Root         string
	Bundle       string
	Protocols    []Pair
	Addresses    []Pair
	Hints        []Pair
}

// Stage is one part of the check.
type Stage struct {
	ID, Status, Symbol, Summary, Duration string
}

// Finding is one finding with its fixes.
type Finding struct {
	ID, Href, Severity, Word, Title, Detail string
	Evidence                                string
	Vantage                                 bool
	Open                                    bool
	First                                   []Remedy // shown at once
	Others                                  []Remedy // folded
	Sources                                 []Pair
}

// Remedy is one fix.
type Remedy struct {
	Title, Platform, Where, Body, Apply, Undo string
	Prose                                     bool // Body is a text for people, not code
}

// Certificate is one presented certificate.
type Certificate struct {
	Position, Subject, Issuer, Valid, Key, Signature, Names, SHA256, Role string
}

// Pair is a label and its value; Value may be a link.
type Pair struct {
	Label, Value string
}

// PEM is the page for certificate files.
type PEM struct {
	Page
	Hostname string
	Error    string
}

// Rules is the catalogue.
type Rules struct {
	Page
	Stages []RuleStage
}

// RuleStage is the catalogue's part for one stage.
type RuleStage struct {
	ID    string
	Rules []RuleLine
}

// RuleLine is one rule in the catalogue.
type RuleLine struct {
	ID, Href, Severity, Word, Title, Predicted string
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

// Failure is an error page.
type Failure struct {
	Page
	Message string
}
