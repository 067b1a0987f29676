package guides_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hookcheck/internal/testpki"
	"hookcheck/web/guides"
)

// shown is the first code of a guide that holds a word.
func shown(t *testing.T, id, word string) string {
	t.Helper()
	g, _ := guides.Get(id)
	for _, p := range g.Parts {
		for _, b := range p.Blocks {
			if strings.Contains(b.Code, word) {
				return b.Code
			}
		}
	}
	t.Fatalf("%s shows no %s", id, word)
	return ""
}

// program finds a server or fails: scripts/test.sh installs them.
func program(t *testing.T, name string) string {
	t.Helper()
	for _, dir := range []string{"", "/usr/sbin/", "/sbin/"} {
		if path, err := exec.LookPath(dir + name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") != "" {
		t.Fatalf("no %s", name)
	}
	t.Skipf("no %s", name)
	return ""
}

// bot is a program that says its name and the path it was called by.
func bot(t *testing.T, name string) string {
	t.Helper()
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		fmt.Fprint(w, name, r.URL.Path)
	}))
	t.Cleanup(srv.Close)
	return strings.TrimPrefix(srv.URL, "http://")
}

func freeAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func write(t *testing.T, path string, data ...[]byte) {
	t.Helper()
	var all []byte
	for _, d := range data {
		all = append(all, d...)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, all, 0o600); err != nil {
		t.Fatal(err)
	}
}

// run starts a server and stops it at the end of the test.
func run(t *testing.T, name string, args ...string) {
	t.Helper()
	var out strings.Builder
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
		if t.Failed() {
			t.Log(out.String())
		}
	})
}

// post calls a webhook as Telegram would and tells what the bot said.
func post(t *testing.T, addr, url string) string {
	t.Helper()
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(testpki.PublicRoot().PEM())
	client := http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: roots, Time: func() time.Time { return testpki.Epoch }},
		Dial:            func(string, string) (net.Conn, error) { return net.Dial("tcp", addr) },
	}}
	defer client.CloseIdleConnections()
	var err error
	for range 100 { // until the server listens
		var answer *http.Response
		if answer, err = client.Post(url, "application/json", strings.NewReader(`{"update_id":0}`)); err == nil {
			defer answer.Body.Close()
			body, _ := io.ReadAll(answer.Body)
			return fmt.Sprint(answer.StatusCode, " ", string(body))
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal(err)
	return ""
}

// TestNginxByPath runs the guide's configuration.
func TestNginxByPath(t *testing.T) {
	nginx, dir, addr := program(t, "nginx"), t.TempDir(), freeAddress(t)
	ca := testpki.PublicCA()
	leaf := ca.Leaf("bots.example.org")
	live := filepath.Join(dir, "live")
	write(t, live+"/bots.example.org/fullchain.pem", testpki.Bundle(leaf, ca))
	write(t, live+"/bots.example.org/privkey.pem", leaf.KeyPEM())
	conf := strings.NewReplacer("listen 443 ssl", "listen "+addr+" ssl", "/etc/letsencrypt/live", live,
		"127.0.0.1:8001", bot(t, "news"), "127.0.0.1:8002", bot(t, "orders")).Replace(shown(t, "several-bots", "ssl_certificate"))
	write(t, dir+"/nginx.conf", []byte("daemon off; master_process off; pid "+dir+"/pid; error_log stderr; events {}\n"+
		"http { access_log off; client_body_temp_path "+dir+"; proxy_temp_path "+dir+"; fastcgi_temp_path "+dir+"; uwsgi_temp_path "+dir+"; scgi_temp_path "+dir+";\n"+conf+"\n}\n"))
	run(t, nginx, "-c", dir+"/nginx.conf")
	for url, want := range map[string]string{
		"https://bots.example.org:8443/news": "200 news/news", "https://bots.example.org/orders": "200 orders/orders",
	} {
		if got := post(t, addr, url); got != want {
			t.Errorf("%s: %s", url, got)
		}
	}
	if got := post(t, addr, "https://bots.example.org/other"); !strings.HasPrefix(got, "404") {
		t.Errorf("a path of nobody: %s", got)
	}
}

// TestHAProxyBySubdomain runs the guide's configuration, with the port in the
// Host header and without.
func TestHAProxyBySubdomain(t *testing.T) {
	haproxy, dir, addr := program(t, "haproxy"), t.TempDir(), freeAddress(t)
	ca := testpki.PublicCA()
	for _, name := range []string{"news", "orders"} {
		leaf := ca.Leaf(name + ".example.org")
		write(t, dir+"/certs/"+name+".pem", testpki.Bundle(leaf, ca), leaf.KeyPEM())
	}
	conf := strings.NewReplacer("bind :443", "bind "+addr, "/etc/haproxy/certs/", dir+"/certs/",
		"127.0.0.1:8001", bot(t, "news"), "127.0.0.1:8002", bot(t, "orders")).Replace(shown(t, "several-bots", "use_backend"))
	write(t, dir+"/haproxy.cfg", []byte(conf+"\n"))
	if out, err := exec.Command(haproxy, "-c", "-f", dir+"/haproxy.cfg").CombinedOutput(); err != nil || strings.Contains(string(out), "[WARNING]") {
		t.Fatalf("%v\n%s", err, out)
	}
	run(t, haproxy, "-db", "-f", dir+"/haproxy.cfg")
	for url, want := range map[string]string{
		"https://news.example.org/hook": "200 news/hook", "https://orders.example.org:8443/hook": "200 orders/hook", "https://NEWS.example.org:88/": "200 news/",
	} {
		if got := post(t, addr, url); got != want {
			t.Errorf("%s: %s", url, got)
		}
	}
}

// TestSelfSignedForAnAddress runs the guide's openssl command: the address is
// the common name, and the key asks for no passphrase.
func TestSelfSignedForAnAddress(t *testing.T) {
	program(t, "openssl")
	dir := t.TempDir()
	command, _, _ := strings.Cut(shown(t, "verified-or-self-signed", "openssl req"), "\ncurl")
	cmd := exec.Command("sh", "-c", command)
	cmd.Dir = dir
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	pair, err := tls.LoadX509KeyPair(dir+"/bot.pem", dir+"/bot.key")
	if err != nil {
		t.Fatal(err)
	}
	if cn := pair.Leaf.Subject.CommonName; cn != "198.51.100.7" || len(pair.Leaf.DNSNames) > 0 {
		t.Errorf("CN = %s, names %v", cn, pair.Leaf.DNSNames)
	}
	data, err := os.ReadFile(dir + "/bot.pem")
	if block, rest := pem.Decode(data); err != nil || block == nil || block.Type != "CERTIFICATE" || len(rest) > 0 {
		t.Errorf("bot.pem holds something else: %v", err)
	}
}

// TestGuidesAreWhole: no guide, part or block is empty, and ids are links.
func TestGuidesAreWhole(t *testing.T) {
	for _, g := range guides.All() {
		if strings.Trim(g.ID, "abcdefghijklmnopqrstuvwxyz-") != "" || g.Title.IsZero() || g.Lead.IsZero() || len(g.Parts) == 0 {
			t.Errorf("%q is not whole", g.ID)
		}
		for _, p := range g.Parts {
			for _, b := range p.Blocks {
				if b.Text.IsZero() && b.Code == "" && len(b.Items) == 0 && len(b.Claims) == 0 {
					t.Errorf("%s: an empty block under %s", g.ID, p.Heading.EN)
				}
			}
		}
	}
	if _, ok := guides.Get("none"); ok {
		t.Error("a guide that is not there")
	}
}
