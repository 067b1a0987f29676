package web_test

import (
	"fmt"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"hookcheck/checker/rules"
	"hookcheck/internal/lab"
	"hookcheck/internal/testpki"
	"hookcheck/web/guides"
)

// labHosts are servers with one fault each, by name.
func labHosts(t testing.TB) map[string]string {
	ca, private := testpki.PublicCA(), testpki.PrivateRoot()
	leaf := func(host string) *testpki.Node { return ca.Leaf(host) }
	self := testpki.SelfSigned([]string{"self.example.org"})
	below := private.Leaf("private.example.org")
	return map[string]string{
		"works.example.org":    lab.TLS(t, serverConfig(leaf("works.example.org"), leaf("works.example.org"), ca), lab.OK),
		"missing.example.org":  lab.TLS(t, serverConfig(leaf("missing.example.org"), leaf("missing.example.org")), lab.OK),
		"self.example.org":     lab.TLS(t, serverConfig(self, self), lab.OK),
		"private.example.org":  lab.TLS(t, serverConfig(below, below, private, ca), lab.OK),
		"refused.example.org":  lab.Closed(t),
		"name.example.org":     lab.TLS(t, serverConfig(leaf("other.example.org"), leaf("other.example.org"), ca), lab.OK),
		"redirect.example.org": lab.TLS(t, serverConfig(leaf("redirect.example.org"), leaf("redirect.example.org"), ca), "HTTP/1.1 302 Found\r\nLocation: https://www.example.org/\r\nContent-Length: 0\r\n\r\n"),
		"error.example.org":    lab.TLS(t, serverConfig(leaf("error.example.org"), leaf("error.example.org"), ca), "HTTP/1.1 500 Internal Server Error\r\nContent-Length: 0\r\n\r\n"),
	}
}

const webhookInfo = `{"ok":true,"result":{"url":"https://bot.example.org/hook","has_custom_certificate":true,"pending_update_count":3,` +
	`"last_error_date":1780000000,"last_error_message":"SSL error {error:0A000086:SSL routines::certificate verify failed}","max_connections":40,"ip_address":"198.51.100.7"}}`

// everyPage serves each page of the site once, in the language of root.
func everyPage(t *testing.T, s site, root string) map[string]*httptest.ResponseRecorder {
	t.Helper()
	out := map[string]*httptest.ResponseRecorder{}
	for _, path := range []string{"/", "/pem", "/explain", "/silent", "/rules", "/guides", "/no-such-page", "/checks/forgotten", "/?target=bot.example.org"} {
		out["GET "+path] = s.get(root+path, "Accept-Language", strings.TrimPrefix(root, "/"))
	}
	for _, g := range guides.All() {
		out["GET guide "+g.ID] = s.get(root + "/guides/" + g.ID)
	}
	for _, r := range rules.All() {
		out["GET rule "+r.ID] = s.get(root + "/rules/" + r.ID)
	}
	for host := range labHosts(t) {
		out["report "+host] = s.postForm(root+"/checks", field{key: "target", value: "https://" + host + "/hook"}, field{key: "upload", value: "unknown"})
	}
	post := func(name, path string, fields ...field) { out[name] = s.postForm(root+path, fields...) }
	leaf := string(testpki.PublicCA().Leaf(testpki.Host).PEM())
	post("pem report", "/pem", field{key: "text", value: leaf}, field{key: "hostname", value: testpki.Host})
	post("pem mistake", "/pem")
	post("pem mistaken host", "/pem", field{key: "text", value: leaf}, field{key: "hostname", value: "a..b"})
	post("box: pem", "/checks", field{key: "target", value: leaf})
	post("box: nothing", "/checks", field{key: "target", value: " "})
	post("box: upload without a file", "/checks", field{key: "target", value: "works.example.org"}, field{key: "upload", value: "yes"})
	post("box: bad secret", "/checks", field{key: "target", value: "works.example.org"}, field{key: "secret_token", value: "ä"})
	post("box: redacted", "/checks", field{key: "target", value: "https://works.example.org/bot<TOKEN>/x"})
	post("box: getWebhookInfo", "/checks", field{key: "target", value: webhookInfo})
	post("box: error", "/checks", field{key: "target", value: "SSL error {error:0A000086:SSL routines::certificate verify failed}"})
	post("explain: log line", "/explain", field{key: "text", value: "SSL_do_handshake() failed (SSL: error:0A000418:SSL routines::tlsv1 alert unknown ca:SSL alert number 48) while SSL handshaking, client: 91.108.6.97"})
	post("explain: nothing", "/explain", field{key: "text", value: ""})
	post("explain: riddle", "/explain", field{key: "text", value: "the quick brown fox"})
	return out
}

func TestEveryPageIsSoundHTML(t *testing.T) {
	s := newSite(t, labHosts(t))
	for _, root := range []string{"", "/ru"} {
		for name, w := range everyPage(t, s, root) {
			if w.Code >= 500 || w.Code == 400 {
				t.Errorf("%s%s: status %d", root, name, w.Code)
			}
			csp := w.Header().Get("Content-Security-Policy")
			if !strings.Contains(csp, "default-src 'none'") || strings.Contains(csp, "unsafe") {
				t.Errorf("%s: Content-Security-Policy %q", name, csp)
			}
			doc, err := html.Parse(strings.NewReader(w.Body.String()))
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			for _, fault := range lintHTML(doc) {
				t.Errorf("%s%s: %s", root, name, fault)
			}
		}
	}
}

// lintHTML finds what a page of ours never has.
func lintHTML(doc *html.Node) []string {
	var faults []string
	count := map[string]int{}
	ids, labelled, refs := map[string]bool{}, map[string]bool{}, []string{}
	type input struct{ id, label string }
	var inputs []input
	level := 0
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data != "title" || n.Parent.Data == "head" { // a drawing has a title too
			count[n.Data]++
		}
		a := map[string]string{}
		for _, x := range n.Attr {
			a[x.Key] = x.Val
			if strings.HasPrefix(x.Key, "on") || x.Key == "style" {
				faults = append(faults, "inline "+x.Key+" in "+n.Data)
			}
			if x.Key == "href" && strings.HasPrefix(strings.ToLower(x.Val), "javascript:") {
				faults = append(faults, "javascript: link")
			}
			if (x.Key == "src" || n.Data == "link" && x.Key == "href" && !address(n)) && !strings.HasPrefix(x.Val, "/static/") {
				faults = append(faults, "an asset from elsewhere: "+x.Val)
			}
			if x.Key == "aria-labelledby" || x.Key == "aria-describedby" {
				refs = append(refs, strings.Fields(x.Val)...)
			}
		}
		if id := a["id"]; id != "" {
			if ids[id] {
				faults = append(faults, "two elements with id "+id)
			}
			ids[id] = true
		}
		switch n.Data {
		case "h1", "h2", "h3", "h4":
			if now := int(n.Data[1] - '0'); now > level+1 {
				faults = append(faults, fmt.Sprintf("a heading h%d under h%d", now, level))
			} else {
				level = now
			}
		case "label":
			labelled[a["for"]] = true
		case "input", "textarea", "select":
			inside := n.Parent.Data == "label"
			if a["type"] != "hidden" && !inside && a["aria-label"] == "" {
				inputs = append(inputs, input{a["id"], a["name"]})
			}
		case "script":
			if n.FirstChild != nil || a["src"] == "" {
				faults = append(faults, "inline script")
			}
		case "style":
			if n.Parent.Data != "svg" {
				faults = append(faults, "inline style")
			}
		case "img":
			if _, ok := a["alt"]; !ok {
				faults = append(faults, "img without alt")
			}
		case "html":
			if a["lang"] == "" {
				faults = append(faults, "html without lang")
			}
		}
	}
	for _, i := range inputs {
		if i.id == "" || !labelled[i.id] {
			faults = append(faults, "no label for "+i.label)
		}
	}
	for _, r := range refs {
		if !ids[r] {
			faults = append(faults, "aria refers to "+r+", which is not there")
		}
	}
	for _, one := range []string{"h1", "title", "main"} {
		if count[one] != 1 {
			faults = append(faults, one+" does not stand there exactly once")
		}
	}
	return faults
}

// address tells whether a link names where a page is, and loads nothing.
func address(n *html.Node) bool {
	for _, a := range n.Attr {
		if a.Key == "rel" {
			return a.Val == "canonical" || a.Val == "alternate"
		}
	}
	return false
}

func TestLintHTMLCanFail(t *testing.T) {
	for _, bad := range []string{
		`<html lang=en><title>x</title><main><h1>x</h1><h1>y</h1></main>`, `<html lang=en><title>x</title><main><h1>x</h1><p style="color:red">`,
		`<html lang=en><title>x</title><main><h1>x</h1><input name=q>`, `<html lang=en><title>x</title><main><h1>x</h1><script>1</script>`,
		`<html lang=en><title>x</title><main><h1>x</h1><p id=a><p id=a>`, `<html lang=en><title>x</title><main><h1>x</h1><h3>y</h3>`, `<html lang=en><link rel=stylesheet href=http://x.example/a.css><title>x</title><main><h1>x</h1>`, `<title>x</title><main><h1>x</h1>`,
	} {
		doc, _ := html.Parse(strings.NewReader(bad))
		if len(lintHTML(doc)) == 0 {
			t.Errorf("%s passes", bad)
		}
	}
}

// english finds a run of English words: what a Russian page must not hold.
var english = regexp.MustCompile(`(?i)\b(?:the|and|is|are|was|not|with|for|from|this|that|which|your|you|its|does|has|of|to|by)\s+[a-z'-]{2,}`)

// quoted are names of buttons, messages of programs, statuses and flags, as they stand there.
var quoted = regexp.MustCompile(`«[^»]*»|AH[0-9]{5}, [a-z ]+|\b[1-5][0-9]{2} [A-Z][A-Za-z ]+|--[a-z-]+ [a-z-]+`)

func TestRussianPagesHoldNoEnglishSentence(t *testing.T) {
	s := newSite(t, labHosts(t))
	for name, w := range everyPage(t, s, "/ru") {
		doc, err := html.Parse(strings.NewReader(w.Body.String()))
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range prose(doc) {
			if m := english.FindString(quoted.ReplaceAllString(text, "")); m != "" {
				t.Errorf("%s: %q in %.120q", name, m, text)
			}
		}
	}
}

// prose is the text of a page outside code and whatever a user or a server
// wrote.
func prose(n *html.Node) []string {
	var out []string
	for c := range n.ChildNodes() {
		switch {
		case c.Type == html.TextNode:
			out = append(out, strings.TrimSpace(c.Data))
		case c.Type == html.ElementNode:
			switch c.Data {
			case "code", "pre", "script", "textarea":
				continue
			}
			out = append(out, prose(c)...)
		}
	}
	return out
}

func TestLanguageChoice(t *testing.T) {
	s := newSite(t, nil)
	for _, tc := range []struct {
		path string
		head []string
		want string
	}{
		{"/", nil, "en"}, {"/ru", nil, "ru"}, {"/ru/", nil, "ru"}, {"/ru/pem", []string{"Accept-Language", "en"}, "ru"},
		{"/", []string{"Accept-Language", "ru-RU,ru;q=0.9,en;q=0.8"}, "ru"},
		{"/", []string{"Accept-Language", "ru", "Cookie", "lang=en"}, "en"},
		{"/", []string{"Accept-Language", "en", "Cookie", "lang=ru"}, "ru"},
		{"/", []string{"Accept-Language", "de", "Cookie", "lang=xx"}, "en"},
	} {
		w := s.get(tc.path, tc.head...)
		if !strings.Contains(w.Body.String(), `<html lang="`+tc.want+`">`) {
			t.Errorf("%s %v is not in %s", tc.path, tc.head, tc.want)
		}
	}
	w := s.get("/lang/ru?to=/rules")
	if w.Code != 303 || w.Header().Get("Location") != "/ru/rules" || !strings.Contains(w.Header().Get("Set-Cookie"), "lang=ru") {
		t.Errorf("%d %v", w.Code, w.Header())
	}
	for _, to := range []string{"//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nX: y"} {
		r := httptest.NewRequest("GET", "/lang/en", nil)
		q := r.URL.Query()
		q.Set("to", to)
		r.URL.RawQuery = q.Encode()
		if got := s.do(r).Header().Get("Location"); got != "/" {
			t.Errorf("%q leads to %q", to, got)
		}
	}
}
