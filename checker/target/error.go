package target

import "strconv"

// Error is a target that cannot be used. It names the field at fault and never
// repeats what was typed, which may hold a token or a password.
type Error struct {
	Field    string // target, scheme, userinfo, host, port
	Problem  string
	Expected string
}

// Error is one line.
func (e *Error) Error() string {
	return e.Field + ": " + e.Problem + "; expected " + e.Expected
}

const expectTarget = "HOST, HOST:PORT or https://HOST/PATH"

func fault(field, problem, expected string) *Error {
	return &Error{Field: field, Problem: problem, Expected: expected}
}

func quoteByte(c byte) string { return strconv.QuoteRuneToASCII(rune(c)) }
