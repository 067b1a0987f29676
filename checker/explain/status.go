package explain

import (
	"regexp"
	"strconv"
	"strings"
)

var wrongResponse = regexp.MustCompile(`wrong response from the webhook: ?([1-9][0-9]{2})\b`)

// accessLines are the forms in which servers log a POST and its answer, once
// the text is folded. Telegram speaks HTTP/1.1.
var accessLines = []*regexp.Regexp{
	// nginx, Apache, gunicorn, uvicorn, Django, aiohttp: the common format.
	regexp.MustCompile(`"post [^"]* http/1\.[01]" ([1-5][0-9]{2}) `),
	// HAProxy: the status stands before the counters and the request.
	regexp.MustCompile(` ([1-5][0-9]{2}) [0-9]+ \S+ \S+ [a-z-]{4} [0-9/+]+ [0-9/]+ (?:\{[^}]*\} )*"post `),
	// Heroku's router.
	regexp.MustCompile(`\bat=(?:error|info|warning) .*\bmethod=post .*\bstatus=([1-5][0-9]{2})\b`),
	// Node's morgan; Go's gin; tornado; PHP's own server.
	regexp.MustCompile(`\bpost /\S* ([1-5][0-9]{2}) [0-9.]+ ?ms\b`),
	regexp.MustCompile(`\| ?([1-5][0-9]{2}) ?\|[^|]*\|[^|]*\| ?post `),
	regexp.MustCompile(`\b([1-5][0-9]{2}) post /\S* \(`),
	regexp.MustCompile(`\[([1-5][0-9]{2})\]: post /`),
	// Caddy, and nginx with a log in JSON.
	regexp.MustCompile(`"(?:request_)?method": ?"post".*"status": ?"?([1-5][0-9]{2})\b`),
}

// statusIn is the status of the webhook's answer that a folded text names, 0
// where it names none, and whether an access log says so.
func statusIn(text string) (status int, access bool) {
	m := wrongResponse.FindStringSubmatch(text)
	for i := 0; m == nil && i < len(accessLines) && strings.Contains(text, "post"); i++ {
		m = accessLines[i].FindStringSubmatch(text + " ")
		access = m != nil
	}
	if m == nil {
		return 0, false
	}
	status, _ = strconv.Atoi(m[1])
	return status, access
}
