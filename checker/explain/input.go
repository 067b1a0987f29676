package explain

import (
	"html"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"hookcheck/checker/target"
)

// Bounds of the work: everything here was pasted by a stranger.
const (
	MaxInput   = 64 << 10 // bytes of the text that are looked at
	maxLines   = 400
	maxMatched = 300 // characters of a piece that is shown again
	maxFound   = 8   // meanings of one text
)

var (
	privateKey = regexp.MustCompile(`(?s)-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----.*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----|$)`)
	// How PKCS#8, PKCS#1 and SEC 1 begin in base64 that lost its header.
	bareKey = regexp.MustCompile(`\bM[A-Za-z0-9+/]{2,6}(?:AgEAM|IBADA|CAQAw|IBAAKC|CAQEE|AgEBB)[A-Za-z0-9+/=\s]{40,}`)
	secret  = regexp.MustCompile(`(?i)(secret[_-]token["']?\s*(?:[=:]|=>)\s*["']?)[A-Za-z0-9_-]+`)
)

// clean bounds a text, hides what is secret in it and drops what pasting
// brings along: a byte order mark, zero-width and control characters.
func clean(text string) (cleaned string, cut bool) {
	if len(text) > MaxInput {
		text, cut = text[:MaxInput], true
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n', r == '\t':
			return r
		case r == '\r', r == '\u2028', r == '\u2029', r == '\u0085':
			return '\n'
		case r == '\ufeff', r == '\u200b', r == '\u200c', r == '\u200d', r == '\u2060', unicode.Is(unicode.Bidi_Control, r):
			return -1
		case r == '\u00a0', r == '\u202f', unicode.IsControl(r):
			return ' '
		}
		return r
	}, text)
	return Redact(text), cut
}

// Redact hides what is secret in a pasted text that is shown again: private
// keys, bot tokens, credentials and secret tokens.
func Redact(s string) string {
	s = privateKey.ReplaceAllLiteralString(s, "[private key removed]")
	s = bareKey.ReplaceAllLiteralString(s, "[private key removed]")
	s = secret.ReplaceAllString(s, "${1}<SECRET>")
	return target.Redact(s)
}

// plainQuotes undoes what word processors and messengers make of quotes and
// what web pages make of markup.
func plainQuotes(s string) string {
	if strings.Contains(s, "&quot;") || strings.Contains(s, "&#34;") || strings.Contains(s, "&amp;") || strings.Contains(s, "&#39;") {
		s = html.UnescapeString(s)
	}
	return quotes.Replace(s)
}

var quotes = strings.NewReplacer(
	"“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "‟", `"`, "″", `"`,
	"‘", "'", "’", "'", "‚", "'", "‛", "'", "′", "'",
	"–", "-", "—", "-", "−", "-",
)

// folded is the form that patterns are compared with: lower case, plain
// quotes, single spaces, and OpenSSL's numbers spelled out behind them.
func folded(s string) string {
	s = strings.ToLower(plainQuotes(s))
	s = strings.Join(strings.Fields(s), " ")
	if names := reasonsIn(s); names != "" {
		s += " " + names
	}
	return s
}

// excerpt is a piece of the input to show again.
func excerpt(s string) string {
	s = Redact(strings.Join(strings.Fields(s), " "))
	if utf8.RuneCountInString(s) > maxMatched {
		s = string([]rune(s)[:maxMatched-1]) + "…"
	}
	return s
}

// lines are the lines of a text that hold anything.
func lines(text string) []string {
	var out []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
		if len(out) == maxLines {
			break
		}
	}
	return out
}
