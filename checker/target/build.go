package target

import (
	"net"
	"strconv"
	"strings"
)

// HostPort is what to dial when ASCIIHost is an address, or to resolve and
// then dial.
func (t Target) HostPort() string {
	return net.JoinHostPort(t.ASCIIHost, strconv.Itoa(t.Port))
}

// HostHeader is the value of the Host header that Telegram's client sends: the
// port is left out where it is the scheme's own (HttpHeaderCreator.cpp). A
// numeric IPv4 address stands there as it was typed.
func (t Target) HostHeader() string {
	host := t.ASCIIHost
	switch {
	case t.IsIP && strings.Contains(host, ":"):
		host = "[" + t.Host + "]"
	case t.IsIP:
		host = t.Host
	}
	if t.Port == defaultPort(t.Scheme) && (t.Scheme == "https" || t.Scheme == "http") {
		return host
	}
	return host + ":" + strconv.Itoa(t.Port)
}

func bare(input string, h hostName) Target {
	return Target{
		Input: Redact(trim(input)), Scheme: "https",
		Host: h.shown, ASCIIHost: h.ascii, Port: httpsPort, IsIP: true,
	}
}

// target judges the pieces and puts them together.
func (p *parts) target(input string) (Target, error) {
	h, err := readHost(p.host)
	if err != nil {
		return Target{}, err
	}
	port, err := p.number()
	if err != nil {
		return Target{}, err
	}
	if err := checkUserinfo(p.userinfo); err != nil {
		return Target{}, err
	}
	t := Target{
		Scheme: p.scheme, Host: h.shown, ASCIIHost: h.ascii, ClientHost: h.client, Port: port,
		IsIP: h.isIP, IsURL: p.isURL, HasUserinfo: p.userinfo != "",
		Input:  Redact(p.withoutUserinfo(trim(input))),
		Secret: Secret{Userinfo: p.userinfo},
	}
	if p.isURL {
		t.Secret.Path = sentPath(p.rest)
		t.Path = redactURL(t.Secret.Path)
		t.URL = p.scheme + "://" + p.shownUserinfo() + canonicalHost(h) + shownPort(p.scheme, port) + t.Path
	}
	t.TokenInPath = token.MatchString(p.rest) || token.MatchString(p.userinfo)
	return t, nil
}

// sentPath is path, query and fragment as one text, as the client puts it into
// the request line (HttpUrl.cpp, parse_url).
func sentPath(rest string) string {
	rest = strings.TrimRight(rest, " ")
	if !strings.HasPrefix(rest, "/") {
		rest = "/" + rest
	}
	return strings.ReplaceAll(rest, " ", "%20")
}

// canonicalHost is the host as a URL names it: A-labels, so that it means the
// same to every program; an address as it was typed, because the client
// compares a numeric one with names in that very form.
func canonicalHost(h hostName) string {
	switch {
	case h.isIP && strings.Contains(h.shown, ":"):
		return "[" + h.shown + "]"
	case h.isIP:
		return h.shown
	}
	return h.ascii
}

func shownPort(scheme string, port int) string {
	if port == defaultPort(scheme) {
		return ""
	}
	return ":" + strconv.Itoa(port)
}

func (p *parts) shownUserinfo() string {
	if p.userinfo == "" {
		return ""
	}
	return hidden + "@"
}

// withoutUserinfo hides credentials in the input, also where no scheme marks
// them as such.
func (p *parts) withoutUserinfo(input string) string {
	if p.userinfo == "" {
		return input
	}
	return strings.Replace(input, p.userinfo+"@", hidden+"@", 1)
}
