package explain

import (
	"regexp"
	"strconv"
	"strings"

	"hookcheck/checker/clienterror"
)

// OpenSSL packs library and reason of an error into one number: since 3.0 the
// library stands from bit 23 on and the function is gone; before, it stood
// from bit 24 on, above twelve bits of function and twelve of reason
// (openssl/err.h).
const (
	libSSL       = 20
	alertReasons = 1000 // SSL_AD_REASON_OFFSET
)

// Both ways to print it: hexadecimal after "error:", and decimal as older
// texts of Telegram begin.
var (
	hexCode     = regexp.MustCompile(`error:([0-9a-f]{8})\b`)
	decimalCode = regexp.MustCompile(`[{(\[ ]([0-9]{9})\b`)
	numberFirst = regexp.MustCompile(`\{[0-9]{9}, ?error:`)
)

// reasonNames are OpenSSL's words for the reasons that matter here
// (openssl/sslerr.h). Those of alerts come from clienterror.
var reasonNames = map[int]string{
	0x86: "certificate verify failed", 0x87: "cert length mismatch", 0x9b: "https proxy request", 0x9c: "http request", 0xbf: "no protocols available",
	0xc1: "no shared cipher", 0x102: "unsupported protocol", 0x10a: "wrong ssl version", 0x10b: "wrong version number",
	0x126: "unexpected eof while reading", 0x14d: "legacy sigalg disallowed or unsupported",
	0x18a: "dh key too small", 0x18d: "ca key too small", 0x18e: "ca md too weak", 0x18f: "ee key too small",
}

// reasonsIn spells out the numbers in a folded text, so that a number alone
// means as much as its words.
func reasonsIn(s string) string {
	var names []string
	for _, code := range codesIn(s) {
		if name := reasonName(code); name != "" && !strings.Contains(s, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, " ")
}

// codesIn are the SSL library's reasons that a folded text numbers.
func codesIn(s string) []int {
	var out []int
	for _, m := range hexCode.FindAllStringSubmatch(s, maxFound) {
		if n, err := strconv.ParseUint(m[1], 16, 32); err == nil {
			out = appendReason(out, n)
		}
	}
	for _, m := range decimalCode.FindAllStringSubmatch(s, maxFound) {
		if n, err := strconv.ParseUint(m[1], 10, 32); err == nil {
			out = appendReason(out, n)
		}
	}
	return out
}

func appendReason(to []int, code uint64) []int {
	switch {
	case code>>23 == libSSL:
		return append(to, int(code&0x7fffff))
	case code>>24 == libSSL:
		return append(to, int(code&0xfff))
	}
	return to
}

func reasonName(reason int) string {
	if reason >= alertReasons && reason < alertReasons+256 {
		return clienterror.AlertName(reason - alertReasons)
	}
	return reasonNames[reason]
}
