package remedy

import (
	"encoding/pem"
	"net"
	"net/url"
	"strconv"
	"strings"
)

// dir is where the files that remedies write are kept.
const dir = "/etc/ssl/hookcheck"

// supported tells whether Telegram connects to a port.
func supported(port int) bool {
	return port == 443 || port == 80 || port == 88 || port == 8443
}

// port is the webhook's port, as a word.
func (p *Params) port() string {
	if p.Port < 1 || p.Port > 65535 {
		return "443"
	}
	return strconv.Itoa(p.Port)
}

// frontPort is the port that Telegram is to use: the one in the URL where it
// can be used at all.
func (p *Params) frontPort() string {
	if supported(p.Port) && !p.plainHTTP() {
		return p.port()
	}
	if p.plainHTTP() && p.Port == 443 {
		return "8443"
	}
	return "443"
}

// plainHTTP tells whether the URL says http.
func (p *Params) plainHTTP() bool { return strings.HasPrefix(strings.ToLower(p.URL), "http://") }

// botPort is where the bot itself listens behind a proxy: the port of the URL
// where that is not Telegram's, 8080 where it is unknown.
func (p *Params) botPort() string {
	if p.Port > 0 && (p.plainHTTP() || !supported(p.Port)) {
		return p.port()
	}
	return "8080"
}

// backend is the bot's address behind a proxy. A URL https://host:5000 says
// that the bot speaks TLS there, unless it was seen not to.
func (p *Params) backend() (scheme, addr string) {
	addr = "127.0.0.1:" + p.botPort()
	if !p.plainHTTP() && !p.Plain && p.Port > 0 && !supported(p.Port) {
		return "https", addr
	}
	return "http", addr
}

// plainly is the situation where the bot turns out to speak HTTP.
func (p *Params) plainly() *Params {
	q := *p
	q.Plain = true
	return &q
}

// host is the host without anything that means something else somewhere.
func (p *Params) host() string { return hostName(p.Host) }

// hostOr is the host, or words for one that a file alone does not tell.
func (p *Params) hostOr(words string) string {
	if p.Host == "" {
		return words
	}
	return p.host()
}

// urlHost is the host as it stands in a URL.
func (p *Params) urlHost() string {
	if h := p.host(); strings.Contains(h, ":") {
		return "[" + h + "]"
	}
	return p.host()
}

// path is the path of the webhook without its query, at least "/".
func (p *Params) path() string {
	path, _, _ := strings.Cut(printable(p.Path), "?")
	path, _, _ = strings.Cut(path, "#")
	if !strings.HasPrefix(path, "/") {
		return "/" + path
	}
	return path
}

// routePath is path for a server's configuration: a token that stood in it is
// not known here, so the route matches up to it.
func (p *Params) routePath() (path string, prefix bool) {
	path = p.path()
	if i := strings.Index(path, "<TOKEN>"); i > 0 {
		return path[:strings.LastIndex(path[:i], "/")+1], true
	}
	return path, false
}

// servedPath is routePath as nginx, Apache and Caddy compare it: decoded.
func (p *Params) servedPath() (path string, prefix bool) {
	path, prefix = p.routePath()
	if decoded, err := url.PathUnescape(path); err == nil && printable(decoded) == decoded {
		return decoded, prefix
	}
	return path, prefix
}

// webhookURL is an https URL with a port that Telegram supports.
func (p *Params) webhookURL() string {
	if !p.plainHTTP() && supported(p.Port) && strings.HasPrefix(p.URL, "https://") {
		return printable(p.URL)
	}
	path := printable(p.Path)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path
	}
	return p.urlOn(p.urlHost()) + path
}

// urlOn is scheme, host and port without the path.
func (p *Params) urlOn(host string) string {
	if port := p.frontPort(); port != "443" {
		return "https://" + host + ":" + port
	}
	return "https://" + host
}

// file is a path in dir that belongs to this host.
func (p *Params) file(suffix string) string {
	return dir + "/" + fileName(strings.ToLower(p.Host)) + suffix
}

// live is the directory that certbot keeps for this host.
func (p *Params) live() string { return "/etc/letsencrypt/live/" + fileName(p.host()) }

// bundleFile is the full chain to point a server to.
func (p *Params) bundleFile() string { return p.file("-fullchain.pem") }

// ip is the address of the host, "" where unknown.
func (p *Params) ip() string {
	if ip := net.ParseIP(p.IP); ip != nil {
		return ip.String()
	}
	if ip := net.ParseIP(p.Host); ip != nil && p.IsIP {
		return ip.String()
	}
	return ""
}

// certificates keeps the certificates of a PEM text, encoded anew: nothing
// else of it can reach a here-document.
func certificates(text string) []string {
	var out []string
	for rest := []byte(text); len(out) < 20; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			break
		}
		if block.Type == "CERTIFICATE" && len(block.Bytes) > 0 {
			out = append(out, string(pem.EncodeToMemory(&pem.Block{Type: block.Type, Bytes: block.Bytes})))
		}
	}
	return out
}

// writePEM is the commands that write certificates to a file, "" where there
// are none.
func writePEM(path string, certs []string) string {
	if len(certs) == 0 {
		return ""
	}
	return "install -d -m 755 " + dir + "\n" +
		"umask 022\n" +
		"cat > " + shell(path) + " <<'PEM'\n" + strings.Join(certs, "") + "PEM\n"
}

// resolveLocation is where a redirect leads, "" where that is no https URL
// that Telegram could call.
func (p *Params) resolveLocation() string {
	base, err := url.Parse(p.webhookURL())
	if err != nil || p.Location == "" {
		return ""
	}
	to, err := base.Parse(printable(p.Location))
	if err != nil || to.Scheme != "https" || to.Host == "" || to.User != nil {
		return ""
	}
	if n, err := strconv.Atoi(to.Port()); to.Port() != "" && (err != nil || !supported(n)) {
		return ""
	}
	return strings.NewReplacer("%3CTOKEN%3E", "<TOKEN>").Replace(to.String())
}
