package remedy

import (
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"hookcheck/internal/lang"
)

// situations are the kinds of parameters that rules hand over, and hostile
// ones in every field.
func situations() map[string]*Params {
	change := func(f func(*Params)) *Params {
		p := Sample()
		f(p)
		return p
	}
	out := map[string]*Params{
		"sample": Sample(),
		"empty":  {},
		"ip": change(func(p *Params) {
			p.Host, p.IsIP, p.URL = "198.51.100.7", true, "https://198.51.100.7:8443/webhook"
		}),
		"http":  change(func(p *Params) { p.URL, p.Port = "http://bot.example.org/webhook", 80 }),
		"odd":   change(func(p *Params) { p.URL, p.Port = "https://bot.example.org:5000/webhook", 5000 }),
		"token": change(func(p *Params) { p.Token, p.URL, p.Path = true, "https://bot.example.org:8443/b/<TOKEN>", "/b/<TOKEN>" }),
		"leaf": change(func(p *Params) {
			p.Upload, p.UploadPEM, p.UploadHas, p.BundlePEM, p.UploadForm = "leaf", testPEM, true, testPEM+testPEM, "pkcs12"
		}),
		"root": change(func(p *Params) { p.Upload, p.Issuer, p.SecretGiven = "root", "Let's Encrypt", false }),
		"jks":  change(func(p *Params) { p.UploadForm, p.AIA = "jks", nil }),
		"csr":  change(func(p *Params) { p.UploadForm = "csr" }),
	}
	for i, h := range hostile {
		out[fmt.Sprintf("hostile %d", i)] = &Params{
			Host: h, Port: 443, IP: h, URL: "https://" + h + "/" + h, Path: "/" + h, SecretGiven: true, Upload: "leaf",
			UploadPEM: h, UploadForm: h, BundlePEM: h + testPEM + h, Missing: []string{h}, AIA: []string{h}, Issuer: h,
			Names: []string{h}, Location: h, Status: 403, Likely: []string{h}, OtherIPs: []string{h},
		}
	}
	return out
}

var (
	mark        = regexp.MustCompile(`@[A-Z][A-Z0-9]*@`)
	placeholder = regexp.MustCompile(`<[A-Z][A-Z_ ]*>`)
	quotedHeads = regexp.MustCompile(`(^|[^<])<<[^'<]`)
	identifier  = regexp.MustCompile(`^[a-z]+\.[a-z0-9_]+$`)
)

func TestAllRemedies(t *testing.T) {
	for name, p := range situations() {
		seen := map[string]bool{}
		rs := All(p)
		if len(rs) < 100 {
			t.Fatalf("%s: only %d remedies", name, len(rs))
		}
		for _, r := range rs {
			if seen[r.ID] && r.ID != "other.csr" && r.ID != "other.private_key" && r.ID != "keytool.convert" {
				t.Errorf("%s: %s is there twice", name, r.ID)
			}
			seen[r.ID] = true
			if err := form(r); err != nil {
				t.Errorf("%s: %s: %v", name, r.ID, err)
			}
		}
	}
}

// form is what every remedy must look like.
func form(r Remedy) error {
	if !identifier.MatchString(r.ID) || platformOf(r.ID) != r.Platform {
		return fmt.Errorf("the id does not begin with the platform %s", r.Platform)
	}
	if r.Kind != Command && r.Kind != Config && r.Kind != Note {
		return fmt.Errorf("kind %q", r.Kind)
	}
	if r.Kind != Note && r.Body.EN != r.Body.RU {
		return fmt.Errorf("code differs between languages")
	}
	r.Body = lang.Text{EN: shorn(r.Body.EN), RU: shorn(r.Body.RU)}
	for what, t := range map[string]lang.Text{"title": r.Title, "where": r.Where, "body": r.Body} {
		if strings.TrimSpace(t.EN) == "" || strings.TrimSpace(t.RU) == "" {
			return fmt.Errorf("%s lacks a language", what)
		}
		if m := mark.FindString(t.EN + t.RU); m != "" && !strings.Contains(t.EN, "@SECLEVEL") {
			return fmt.Errorf("%s: %s is left", what, m)
		}
		if strings.Contains(t.EN+t.RU, "\r") || strings.Contains(t.EN+t.RU, "\x00") {
			return fmt.Errorf("%s: control characters", what)
		}
		if what != "body" && strings.Contains(t.EN+t.RU, "\n") {
			return fmt.Errorf("%s has more than one line", what)
		}
	}
	for _, m := range placeholder.FindAllString(r.Body.EN+r.Apply+r.Undo, -1) {
		if m != "<TOKEN>" && m != "<SECRET>" {
			return fmt.Errorf("placeholder %s", m)
		}
	}
	code := r.Body.EN + r.Apply + r.Undo
	if r.Kind != Note && strings.ContainsAny(code, "–—“”‘’") {
		return fmt.Errorf("typographic characters in code")
	}
	if quotedHeads.MatchString(r.Body.EN+r.Apply+r.Undo) && r.Kind == Command {
		return fmt.Errorf("a here-document that the shell would expand")
	}
	return nil
}

// shorn leaves out the program that a body hands to perl, which is the same in
// every situation and has a test of its own.
func shorn(body string) string {
	const begin, end = "<<'PERL' || exit 1\n", "PERL\n"
	from, to := strings.Index(body, begin), strings.LastIndex(body, end)
	if from < 0 || to < from+len(begin) {
		return body
	}
	return body[:from+len(begin)] + body[to:]
}

// TestCommandsParse has bash read every command without running it.
func TestCommandsParse(t *testing.T) {
	bash, err := exec.LookPath("bash")
	if err != nil {
		t.Skip("bash is not installed")
	}
	parsed := 0
	for name, p := range situations() {
		var scripts []string
		for _, r := range All(p) {
			if r.Kind == Command {
				scripts = append(scripts, shorn(r.Body.EN))
			}
			scripts = append(scripts, r.Apply, r.Undo)
		}
		// One process a situation; a function a script, so that one script
		// cannot mend another's quotes.
		var all strings.Builder
		for i, s := range scripts {
			fmt.Fprintf(&all, "f%d() {\n:\n%s\n}\n", i, strings.TrimSuffix(s, "\n"))
			parsed++
		}
		cmd := exec.Command(bash, "-n")
		cmd.Stdin = strings.NewReader(all.String())
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v: %.500s", name, err, out)
		}
	}
	if parsed < 1000 {
		t.Errorf("only %d scripts were read", parsed)
	}
}

// TestGuideFaults keeps the known faults of older guides out.
func TestGuideFaults(t *testing.T) {
	for name, p := range situations() {
		for _, r := range All(p) {
			code := r.Body.EN + "\n" + r.Apply
			for _, bad := range []string{"netstat", "ifconfig", "curl -k", "jdk.tls.client.protocols", "https.protocols", "ssl_protocols TLSv1.2;", "149.154.167"} {
				if strings.Contains(code, bad) {
					t.Errorf("%s: %s says %s", name, r.ID, bad)
				}
			}
			if strings.Contains(code, "openssl pkcs12 -in") && !strings.Contains(code, "-nokeys") {
				t.Errorf("%s: %s lets the key out of the PKCS#12", name, r.ID)
			}
			if strings.Contains(code, "ssl_certificate_key") && strings.Contains(code, "ssl_certificate_key "+p.bundleFile()) {
				t.Errorf("%s: %s puts the chain where the key belongs", name, r.ID)
			}
		}
	}
}

func TestSortIsStable(t *testing.T) {
	rs := []Remedy{{ID: "nginx.a", Platform: Nginx}, {ID: "apache.a", Platform: Apache}, {ID: "nginx.b", Platform: Nginx}, {ID: "caddy.a", Platform: Caddy}}
	var got []string
	for _, r := range Sort(rs, []string{Caddy, Nginx}) {
		got = append(got, r.ID)
	}
	if s := strings.Join(got, " "); s != "caddy.a nginx.a nginx.b apache.a" {
		t.Errorf("sorted as %s", s)
	}
	if rs[0].ID != "nginx.a" {
		t.Error("the argument was changed")
	}
}

func TestTelegramRanges(t *testing.T) {
	if s := fmt.Sprint(TelegramRanges()); s != "[149.154.160.0/20 91.108.4.0/22]" {
		t.Errorf("ranges %s", s)
	}
}
