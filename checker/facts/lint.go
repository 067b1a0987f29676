package facts

// Lint is advice about one presented certificate: a departure from the rules
// for certificates that Telegram's client does not mind.
type Lint struct {
	ID          string // of the lint, such as e_dnsname_not_valid_tld
	Status      string // error, warn, notice
	Source      string // whose rule it is: RFC5280, CABF_BR, …
	Certificate int    // position as presented
	Group       string // what it is about: one of LintGroups
	Detail      string // the linter's own words, in English
}

// NotLinted is the id that stands for a certificate that could not be linted.
const NotLinted = "not_linted"

// The groups of lints, by what they are about.
const (
	LintNames      = "names"
	LintValidity   = "validity"
	LintKey        = "key"
	LintUsage      = "usage"
	LintIdentifier = "identifiers"
	LintSubject    = "subject"
	LintIssuance   = "issuance"
	LintEncoding   = "encoding"
	LintOther      = "other"
)

// LintGroups lists them in the order in which they are shown.
func LintGroups() []string {
	return []string{
		LintNames, LintValidity, LintKey, LintUsage, LintIdentifier, LintSubject, LintIssuance, LintEncoding, LintOther,
	}
}
