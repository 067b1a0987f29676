package certfile

import (
	"bytes"
	"regexp"
	"strings"
)

// What may follow BEGIN or END: a label and five hyphens as OpenSSL wants
// them; or a label that is known, and hyphens that were turned into dashes,
// lost or doubled, as word processors, chats and retyping do.
var (
	exactLabel = regexp.MustCompile(`^ ([A-Za-z0-9][A-Za-z0-9 .#_+/-]{0,62}?) ?-----`)
	looseLabel = regexp.MustCompile(`^(?i:[ _]?((?:X509 ?|TRUSTED ?|NEW ?)?CERTIFICATE(?: ?REQUEST)?|X509 ?CRL|PKCS ?#?7|[A-Z0-9 ]{0,20}PRIVATE ?KEY)[ \t]?[-\x{ad}\x{2010}-\x{2015}\x{2212}]{1,20})`)
)

// armor is a BEGIN or END line that was found.
type armor struct {
	start, end int
	name       string
	exact      bool // as OpenSSL wants it
}

// Words of armor.
const (
	wordBegin = "BEGIN"
	wordEnd   = "END"
)

// findArmor finds the first line with the word.
func findArmor(word string, data []byte) (a armor, ok bool) {
	const longest = 160
	// All letters but the first: so is a word found that was merely capitalised.
	upper, lower := []byte(word[1:]), []byte(strings.ToLower(word[1:]))
	for at, next := 0, -1; ; {
		if next < at {
			next = len(data)
			if n := bytes.Index(data[at:], upper); n >= 0 {
				next = at + n
			}
		}
		hit := next
		if n := bytes.Index(data[at:hit], lower); n >= 0 {
			hit = at + n
		}
		if hit == len(data) {
			return a, false
		}
		at = hit + 1
		behind := hit + len(word) - 1
		if hit == 0 || data[hit-1]|0x20 != word[0]|0x20 || !mayBeLabel(data[behind:]) {
			continue
		}
		start, hyphens := dashesBefore(data[:hit-1])
		if start == hit-1 {
			continue
		}
		if a, ok := readArmor(data[behind:min(len(data), behind+longest)]); ok {
			a.start, a.end = start, behind+a.end
			a.exact = a.exact && hyphens && string(data[start:behind]) == "-----"+word
			return a, true
		}
	}
}

// mayBeLabel looks at what follows the word, for nothing but speed.
func mayBeLabel(b []byte) bool {
	if len(b) > 0 && (b[0] == ' ' || b[0] == '_') {
		b = b[1:]
	}
	return len(b) > 0 && isBase64(b[0])
}

// readArmor reads what follows the word.
func readArmor(b []byte) (a armor, ok bool) {
	if at := exactLabel.FindSubmatchIndex(b); at != nil {
		name := string(b[at[2]:at[3]])
		more := len(b[at[1]:]) - len(bytes.TrimLeft(b[at[1]:], "-"))
		if more >= joined { // BEGIN follows on the same line
			more = 0
		}
		a.end = at[1] + more
		a.name = name
		if looseLabel.Match(b) {
			a.name = properLabel(name)
		}
		a.exact = a.name == name && b[at[3]] == '-' && more == 0
		return a, true
	}
	if at := looseLabel.FindSubmatchIndex(b); at != nil {
		a.name, a.end = properLabel(string(b[at[2]:at[3]])), at[1]
		return a, true
	}
	return a, false
}

// joined is how many hyphens belong to another line.
const joined = 5

// dashesBefore finds where the dashes at the end of a line's beginning start,
// and whether all are hyphens.
func dashesBefore(b []byte) (start int, hyphens bool) {
	const most = 20
	at := len(b)
	if at > 0 && b[at-1] == ' ' || at > 0 && b[at-1] == '\t' {
		at--
	}
	hyphens = at == len(b)
	start = at
	for n := 0; n < most; n++ {
		switch {
		case bytes.HasSuffix(b[:start], []byte("-")):
			start--
		case bytes.HasSuffix(b[:start], []byte("\u00ad")):
			start, hyphens = start-2, false
		case start >= 3 && isDash(b[start-3:start]):
			start, hyphens = start-3, false
		default:
			n = most
		}
	}
	if start == at {
		return len(b), false
	}
	if hyphens && at-start >= 2*joined { // END stands before it on the same line
		return at - joined, true
	}
	return start, hyphens
}

func isDash(b []byte) bool {
	return b[0] == 0xe2 && (b[1] == 0x80 && 0x90 <= b[2] && b[2] <= 0x95 || b[1] == 0x88 && b[2] == 0x92)
}

// properLabel writes a label as it should be: capital, with its spaces.
func properLabel(s string) string {
	s = strings.ToUpper(s)
	for _, word := range []string{"CERTIFICATE", "REQUEST", "CRL", "KEY"} {
		s = strings.ReplaceAll(s, word, " "+word)
	}
	return strings.ReplaceAll(strings.Join(strings.Fields(s), " "), "PKCS 7", "PKCS7")
}
