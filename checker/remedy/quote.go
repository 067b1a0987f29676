package remedy

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"unicode"
)

// Every value that a target or a server supplied passes through one of these
// on its way into a template. Control characters have no business in a host,
// a path or a name: they are dropped before anything is quoted, so that no
// line of code can be ended from within a value.

// printable drops control and formatting characters and what is not UTF-8.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, s)
}

// prose makes a value fit for a sentence: backticks mark code there.
func prose(s string) string {
	s = strings.ReplaceAll(printable(s), "`", "'")
	if r := []rune(s); len(r) > 200 {
		s = string(r[:200]) + "…"
	}
	return s
}

// plain tells whether s needs no quoting in any of the languages.
func plain(s string) bool {
	if s == "" || s[0] == '-' {
		return false
	}
	for _, c := range []byte(s) {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9':
		case strings.IndexByte("._-/:", c) >= 0:
		default:
			return false
		}
	}
	return true
}

// shell quotes one word for a POSIX shell.
func shell(s string) string {
	if s = printable(s); plain(s) {
		return s
	}
	return shellAlways(s)
}

// shellAlways quotes even what needs no quotes.
func shellAlways(s string) string {
	return "'" + strings.ReplaceAll(printable(s), "'", `'\''`) + "'"
}

// nginxString quotes one parameter of an nginx directive. nginx knows no
// escape for the dollar sign; it is dropped, as no variable is meant.
func nginxString(s string) string {
	if s = strings.ReplaceAll(printable(s), "$", ""); plain(s) {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// apacheArgument quotes one argument of an Apache directive. ${…} is expanded
// even in quotes (core, Define), so the dollar sign is dropped.
func apacheArgument(s string) string {
	if s = strings.ReplaceAll(printable(s), "$", ""); plain(s) {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// apachePattern is a regular expression for exactly s. mod_rewrite reads its
// arguments by rules of its own, in which an escaped quote ends the argument:
// every byte that could mean something is written as \xNN.
func apachePattern(s string) string {
	var b strings.Builder
	for _, c := range []byte(printable(s)) {
		if c == '.' || !plain("x"+string(rune(c))) {
			fmt.Fprintf(&b, `\x%02x`, c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// haproxyWord quotes one word of a HAProxy line (configuration manual, 2.2:
// nothing is special within single quotes).
func haproxyWord(s string) string {
	if s = printable(s); plain(s) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// caddyToken quotes one token of a Caddyfile. {$NAME} is expanded before the
// file is cut into tokens and {name} when it is used: braces become the
// one-character wildcard of a path matcher.
func caddyToken(s string) string {
	s = strings.NewReplacer("{", "?", "}", "?").Replace(printable(s))
	if plain(s) {
		return s
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(s) + `"`
}

// jsString quotes for JSON and JavaScript.
func jsString(s string) string {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // <TOKEN> stays readable
	if err := enc.Encode(printable(s)); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// pythonString quotes for Python, ASCII alone.
func pythonString(s string) string { return strconv.QuoteToASCII(printable(s)) }

// phpString quotes for PHP, where single quotes expand nothing.
func phpString(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(printable(s)) + "'"
}

// windowsString quotes for cmd.exe and PowerShell alike: what either of them
// expands within double quotes is percent-encoded, as values here are URLs.
func windowsString(s string) string {
	return `"` + strings.NewReplacer(`"`, "%22", "`", "%60", "$", "%24", `\`, "%5C", "!", "%21", "^", "%5E",
		"“", "%E2%80%9C", "”", "%E2%80%9D", "„", "%E2%80%9E").Replace(printable(s)) + `"`
}

// fileName makes a name for a file from a host: one path element, no dot or
// dash first.
func fileName(host string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '.', r == '-', r == '_':
			return r
		}
		return '_'
	}, host)
	name = strings.TrimLeft(name, ".-")
	if len(name) > 100 {
		name = name[:100]
	}
	if name == "" {
		return "webhook"
	}
	return name
}

// hostName keeps the characters that a host name or address can hold; in
// server_name, a SAN list and the like others have a meaning of their own.
func hostName(host string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '.', r == '-', r == '_', r == ':':
			return r
		case r >= 'A' && r <= 'Z':
			return unicode.ToLower(r)
		}
		return -1
	}, host)
	name = strings.TrimLeft(name, ".-")
	if len(name) > 253 {
		name = name[:253]
	}
	if name == "" {
		return "localhost"
	}
	return name
}
