package report

import (
	"sort"
	"strings"

	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
)

// sign is a piece of text that gives a platform away.
type sign struct {
	text     string // lower case
	platform string
}

// serverSigns are looked for in Server, Via, X-Powered-By and error pages. The
// first one that matches a text counts for it.
var serverSigns = []sign{
	{"openresty", remedy.Nginx}, {"nginx", remedy.Nginx}, {"tengine", remedy.Nginx},
	{"caddy", remedy.Caddy}, {"haproxy", remedy.HAProxy},
	{"tomcat", remedy.Java}, {"coyote", remedy.Java}, {"jetty", remedy.Java}, {"undertow", remedy.Java},
	{"whitelabel error page", remedy.Java},
	{"apache", remedy.Apache},
	{"microsoft-iis", remedy.Windows}, {"microsoft-httpapi", remedy.Windows}, {"asp.net", remedy.Windows},
	{"plesk", remedy.Panel}, {"cpanel", remedy.Panel}, {"litespeed", remedy.Panel},
	{"gunicorn", remedy.Python}, {"uvicorn", remedy.Python}, {"hypercorn", remedy.Python},
	{"werkzeug", remedy.Python}, {"aiohttp", remedy.Python}, {"tornadoserver", remedy.Python},
	{"waitress", remedy.Python}, {"wsgiserver", remedy.Python}, {"basehttp", remedy.Python},
	{"django", remedy.Python}, {"flask", remedy.Python},
	{"express", remedy.Node}, {"next.js", remedy.Node}, {"cannot post /", remedy.Node},
	{"php", remedy.PHP},
	{"cloudflare", remedy.Other},
}

// issuerSigns are looked for in the issuer of the server's certificate.
var issuerSigns = []sign{
	{"caddy local authority", remedy.Caddy},
	{"let's encrypt", remedy.Certbot},
	{"cpanel", remedy.Panel},
	{"plesk", remedy.Panel},
	{"cloudflare", remedy.Other},
}

// hints names what the server looks like, the surest sign first. It orders
// fixes and is shown as a remark; no verdict rests on it.
func hints(f *facts.Facts) []Hint {
	var found []Hint
	add := func(signs []sign, label, text string) {
		lower := strings.ToLower(text)
		for _, s := range signs {
			if strings.Contains(lower, s.text) {
				found = append(found, Hint{Platform: s.platform, Sign: label + shorten(text)})
				return
			}
		}
	}
	if h := f.Ev.HTTP; h != nil {
		add(serverSigns, "Server: ", h.Server)
		for _, k := range sortedKeys(h.Headers) {
			if !strings.EqualFold(k, "server") {
				add(serverSigns, k+": ", h.Headers[k])
			}
		}
		add(serverSigns, "", h.BodyStart)
	}
	if t := f.Ev.TLS; t != nil && t.Main.Outcome == evidence.HelloHTTP {
		add(serverSigns, "", string(t.Main.FirstBytes))
	}
	if f.Leaf != nil {
		add(issuerSigns, "issuer: ", f.Leaf.Issuer.Text)
	}
	return firstOfEach(found)
}

// edgeSigns are looked for in the fields of an answer and at the start of its
// body: a CDN or a platform's router stands before the server.
var edgeSigns = []sign{
	{"cf-ray", "cloudflare"}, {"cloudflare", "cloudflare"},
	{"vegur", "paas"}, {"heroku", "paas"}, {"x-render-origin-server", "paas"}, {"render.com", "paas"},
	{"fly-request-id", "paas"}, {"fly/", "paas"}, {"railway", "paas"}, {"x-vercel-id", "paas"}, {"vercel", "paas"}, {"netlify", "paas"},
}

// edge names what answered before the server, "" where nothing tells.
func edge(h *evidence.HTTP) string {
	if h == nil {
		return ""
	}
	seen := []string{h.Server, h.BodyStart}
	for _, k := range sortedKeys(h.Headers) {
		seen = append(seen, k+": "+h.Headers[k])
	}
	all := strings.ToLower(strings.Join(seen, "\n"))
	for _, s := range edgeSigns {
		if strings.Contains(all, s.text) {
			return s.platform
		}
	}
	return ""
}

func sortedKeys(m map[string]string) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// shorten makes one printable line of at most 80 characters.
func shorten(s string) string {
	s = strings.Join(strings.Fields(strings.Map(printable, s)), " ")
	if r := []rune(s); len(r) > 80 {
		return string(r[:79]) + "…"
	}
	return s
}

func printable(r rune) rune {
	if r < ' ' || r == 0x7f || r == '\uFFFD' {
		return ' '
	}
	return r
}

func firstOfEach(all []Hint) []Hint {
	seen := map[string]bool{}
	var out []Hint
	for _, h := range all {
		if !seen[h.Platform] {
			seen[h.Platform] = true
			out = append(out, h)
		}
	}
	return out
}
