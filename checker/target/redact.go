package target

import "regexp"

// What stands in place of a secret.
const (
	tokenMark = "<TOKEN>"
	hidden    = "***"
)

// A bot token is the bot's number, a colon and 35 characters today; the bounds
// are wide so that neither an older nor a longer one slips through. In a URL
// the colon may be percent-encoded, even twice.
const tokenShape = `[0-9]{6,12}(?::|%(?:25)*3[Aa])(?:[A-Za-z0-9_-]|%(?:25)*(?:2[Dd]|5[Ff])){30,}`

var (
	token       = regexp.MustCompile(tokenShape)
	bareToken   = regexp.MustCompile(`^(?:bot)?` + tokenShape + `$`)
	urlUserinfo = regexp.MustCompile(`([A-Za-z][A-Za-z0-9+.-]*://)[^\s/?#@]+(?:@[^\s/?#@]*)*@`)
	password    = regexp.MustCompile(`[^\s/?#@:"'<>=]+:[^\s/?#@"'<>]+@`)
)

// Redact hides what is secret in a text that is about to be shown: anything
// shaped like a bot token, and the credentials of URLs.
func Redact(s string) string {
	return password.ReplaceAllLiteralString(redactURL(s), hidden+"@")
}

// redactURL leaves a "name:word@" alone that has no scheme before it: in a
// path that is no password.
func redactURL(s string) string {
	s = token.ReplaceAllLiteralString(s, tokenMark)
	return urlUserinfo.ReplaceAllString(s, "${1}"+hidden+"@")
}
