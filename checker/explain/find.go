package explain

import (
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"hookcheck/checker/target"
)

// Found is the webhook that a pasted text names, as it stands there: it may
// hold secrets and is never shown.
type Found struct {
	Target      string   // URL, host or host:port
	Others      []string // further targets of other hosts
	Call        bool     // it stands in a setWebhook call
	Uploads     bool     // that call hands over a certificate
	SecretToken string   // that call's secret_token
	Partial     bool     // a part of the URL is a placeholder: Target is cut down to the host
}

const maxOthers = 5

var (
	// A URL in a text, whole or percent-encoded. A placeholder in angle
	// brackets or braces belongs to it.
	urlInText = regexp.MustCompile(`(?i)\bhttps?(?::\\?/\\?/|%3A%2F%2F)(?:[^\s"'<>` + "`" + `|\\^{}]|\\/|<[A-Za-z_ -]{1,40}>|\$?\{[^{}\s]{1,60}\}|\$\()+`)
	// Parts of a URL that stand for something else.
	placeholder = regexp.MustCompile(`<[^<>]{0,40}>|\{[^{}]{0,60}\}|\$[A-Z_]{3,}|\*{3}|(?i:your[_-]?(?:bot[_-]?)?token|bot_token|token_here)`)
	// What sets a webhook: the method itself, or how a library calls it.
	setsWebhook = regexp.MustCompile(`(?i)\bset_?(?:my_?)?webhook\b|\b(?:run|start)_webhook\(|\bwebhook_?url\b`)
	apiCall     = regexp.MustCompile(`(?i)/bot(?:[0-9]+|<|\{|\$|your)[^/\s]*/([a-z_]{3,40})\b`)
	nextParam   = regexp.MustCompile(`&(?:max_connections|allowed_updates|drop_pending_updates|secret_token|ip_address|certificate)=.*`)
	uploads     = regexp.MustCompile(`(?i)\bcertificate["']?\s*(?:=>|[:=])\s*(?:@|["']@|open\(|InputFile|new\s+\\?(?:CURLFile|InputFile)|FSInputFile|Input\.|fs\.|types\.|tgbotapi\.File|["'][^"'\s]+\.(?:pem|crt|cer)["'])`)
	secretGiven = regexp.MustCompile(`(?i)(?:[?&]|-F\s*["']?|-d\s*["']?|--data(?:-\w+)?\s+["']?|--form\s+["']?|["'])secret_?token["']?\s*(?:[:=]|=>)\s*["']?([A-Za-z0-9_-]{1,256})|\bsecret_?token\s*[:=]\s*["']([A-Za-z0-9_-]{1,256})["']`)
	// Where servers' logs tell the host and the path.
	loggedHost = regexp.MustCompile(`(?i)\bhost(?:"?:\s?"|=)([a-z0-9.-]+\.[a-z0-9-]+)(:[0-9]{1,5})?\b`)
	loggedPath = regexp.MustCompile(`(?i)(?:request: "POST |\bpath="|"uri":\s?")(/[^\s"]*)`)
)

// foreign are hosts of documentation and of Telegram's own, which are nobody's
// webhook.
var foreign = []string{"api.telegram.org", "core.telegram.org", "telegram.org", "t.me", "telegram.me", "github.com", "stackoverflow.com"}

// Find looks for the webhook in a text that is more than an address: a
// setWebhook call as command, link or code, a log line, a question.
func Find(text string) (Found, bool) {
	if len(text) > MaxInput {
		text = text[:MaxInput]
	}
	text = plainQuotes(strings.ToValidUTF8(text, " "))
	f := Found{Call: setsWebhook.MatchString(text)}
	var found []string
	if host := loggedHost.FindStringSubmatch(text); host != nil && !slices.Contains(foreign, strings.ToLower(host[1])) {
		found = append(found, logged(host, text))
	}
	for _, m := range urlInText.FindAllString(text, 40) {
		if u, ok := webhookIn(m); ok {
			found = append(found, u)
		}
	}
	slices.SortStableFunc(found, func(a, b string) int { return inner(a) - inner(b) })
	for _, u := range found {
		f.take(u)
	}
	if f.Target == "" {
		return Found{}, false
	}
	if f.Call {
		f.Uploads = uploads.MatchString(text)
		if m := secretGiven.FindStringSubmatch(text); m != nil {
			f.SecretToken = m[1] + m[2]
		}
	}
	return f, true
}

// logged makes a URL of the host that a log line names, with the path of the
// request where that stands there too.
func logged(host []string, text string) string {
	m := loggedPath.FindStringSubmatch(text)
	if m == nil {
		return host[1] + host[2]
	}
	return "https://" + host[1] + host[2] + m[1]
}

// take keeps a URL that can be checked: the first is the target.
func (f *Found) take(u string) {
	whole, cut := Whole(u)
	t, err := target.Parse(whole)
	if err != nil || slices.Contains(foreign, t.ASCIIHost) {
		return
	}
	if f.Target == "" {
		f.Target, f.Partial = whole, cut
		return
	}
	first, err := target.Parse(f.Target)
	other := t.HostPort()
	if err != nil || other == first.HostPort() || slices.Contains(f.Others, other) || len(f.Others) == maxOthers || inner(u) > 0 {
		return
	}
	f.Others = append(f.Others, other)
}

// Whole cuts a URL down to host and port where a part of it is a placeholder
// or was hidden: it cannot be called as it stands.
func Whole(u string) (usable string, cut bool) {
	scheme, rest, isURL := strings.Cut(u, "://")
	if !isURL {
		return u, false
	}
	authority, path, _ := strings.Cut(rest, "/")
	host := authority[strings.LastIndex(authority, "@")+1:]
	switch {
	case placeholder.MatchString(host) || !placeholder.MatchString(authority+"/"+path):
		return u, false
	case strings.EqualFold(scheme, "https"):
		return host, true
	}
	return scheme + "://" + host, true // its own fault shows without the path
}

// webhookIn is the webhook's URL in a URL from a text: itself, or what a call
// of the Bot API has in its query.
func webhookIn(u string) (string, bool) {
	u = strings.ReplaceAll(u, `\/`, "/")
	if !strings.Contains(u, "://") {
		u, _, _ = strings.Cut(u, "&")
		decoded, err := url.QueryUnescape(u)
		if err != nil {
			return "", false
		}
		u = decoded
	}
	if apiCall.MatchString(u) {
		_, query, _ := strings.Cut(u, "?")
		values, _ := url.ParseQuery(query) // what can be read of it is enough
		if u = values.Get("url"); !strings.Contains(u, "://") {
			return "", false
		}
	}
	u = nextParam.ReplaceAllLiteralString(u, "")
	u = strings.TrimRight(u, ".,;:!?*")
	for _, pair := range []string{"()", "[]", "{}"} {
		if strings.HasSuffix(u, pair[1:]) && !strings.Contains(u, pair[:1]) {
			u = strings.TrimRight(u, pair[1:]+".,;:")
		}
	}
	return u, len(u) > len("https://")
}

// inner ranks a URL that only the host itself can call behind the others.
func inner(u string) int {
	t, err := target.Parse(u)
	if err != nil {
		return 2
	}
	if ip, err := netip.ParseAddr(t.ASCIIHost); t.ASCIIHost == "localhost" || err == nil && (ip.IsLoopback() || ip.IsPrivate()) {
		return 1
	}
	return 0
}

// Bare finds addresses that stand in a text without a scheme: alone on a line,
// in quotes or brackets, or as host:port of a sentence.
func Bare(text string) (Found, bool) {
	var f Found
	if len(text) > maxSentence {
		return f, false
	}
	for line := range strings.Lines(plainQuotes(text)) {
		words := strings.Fields(line)
		for _, w := range words {
			w = strings.TrimRight(strings.Trim(w, "\"'`<>()[]{},;!?*"), ".:")
			t, err := target.Parse(w)
			if err == nil && (isAddress(t) || len(strings.Fields(text)) == 1 && !strings.Contains(t.Host, "(")) {
				f.take(w)
			}
		}
	}
	return f, f.Target != ""
}

// isAddress tells an address from other words of a sentence.
func isAddress(t target.Target) bool {
	if ip, err := netip.ParseAddr(t.Host); err == nil {
		return ip.Is4() && !ip.IsUnspecified()
	}
	return !t.IsIP && strings.Contains(t.ASCIIHost, ".") && !looksLikeFile(t.ASCIIHost) && (t.Port != 443 || hasPublicSuffix(t.ASCIIHost) || isReserved(t.ASCIIHost))
}
