// Package proving runs the built command against real servers.
package proving

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hookcheck/internal/testpki"
)

// site is a real nginx on 127.0.0.2 with one configuration.
type site struct {
	dir  string
	addr string
}

// startNginx runs nginx with these server blocks, in a folder of its own. The
// blocks may use @DIR@ and @ADDR@.
func startNginx(t *testing.T, blocks string, files map[string][]byte) site {
	t.Helper()
	bin := need(t, "nginx")
	s := site{dir: t.TempDir(), addr: freeAddr(t)}
	for name, data := range files {
		if err := os.WriteFile(filepath.Join(s.dir, name), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	blocks = strings.NewReplacer("@DIR@", s.dir, "@ADDR@", s.addr).Replace(blocks)
	conf := fmt.Sprintf("daemon off; pid %[1]s/pid; error_log %[1]s/error.log; user root;\nevents {}\nhttp { access_log off;\n"+
		"client_body_temp_path %[1]s/b; proxy_temp_path %[1]s/p; fastcgi_temp_path %[1]s/f; uwsgi_temp_path %[1]s/u; scgi_temp_path %[1]s/s;\n%[2]s\n}\n", s.dir, blocks)
	file := filepath.Join(s.dir, "nginx.conf")
	if err := os.WriteFile(file, []byte(conf), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(bin, "-e", filepath.Join(s.dir, "error.log"), "-c", file)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Signal(os.Interrupt); cmd.Wait() })
	waitOpen(t, s.addr)
	return s
}

// certs are the files of a server: full chain, leaf alone, key.
func certs(host string, opts ...testpki.Option) map[string][]byte {
	now := time.Now()
	opts = append([]testpki.Option{testpki.Valid(now.AddDate(0, 0, -1), now.AddDate(0, 2, 0))}, opts...)
	ca := testpki.PublicCA()
	leaf := ca.LeafWith([]string{host}, opts...)
	return map[string][]byte{"full.pem": testpki.Bundle(leaf, ca), "leaf.pem": leaf.PEM(), "key.pem": leaf.KeyPEM(), "ca.pem": ca.PEM()}
}

const block = "server { listen @ADDR@ ssl; server_name %s; ssl_certificate @DIR@/%s; ssl_certificate_key @DIR@/key.pem; location / { %s } }"

func TestNginx(t *testing.T) {
	now := time.Now()
	expired := testpki.Valid(now.AddDate(0, -3, 0), now.AddDate(0, 0, -2))
	for _, c := range []struct {
		name, blocks string
		files        map[string][]byte
		verdict      string
		exit         int
		blockers     []string
	}{
		{"full chain", fmt.Sprintf(block, testpki.Host, "full.pem", "return 200 ok;"), certs(testpki.Host), "works", 0, nil},
		{"leaf alone", fmt.Sprintf(block, testpki.Host, "leaf.pem", "return 200 ok;"), certs(testpki.Host), "fails", 1, []string{"chain.intermediate_missing"}},
		{"wrong site", fmt.Sprintf(block, "_", "full.pem", "return 200 ok;"), certs("shop.example.net"), "fails", 1, []string{"tls.wrong_site"}},
		{"expired", fmt.Sprintf(block, testpki.Host, "full.pem", "return 200 ok;"), certs(testpki.Host, expired), "fails", 1, []string{"cert.expired"}},
		{"redirect", fmt.Sprintf(block, testpki.Host, "full.pem", "return 302 https://www.example.org/;"), certs(testpki.Host), "fails", 1, []string{"http.redirect"}},
		{"plain HTTP", "server { listen @ADDR@; location / { return 200 ok; } }", nil, "fails", 1, []string{"tls.plaintext_http"}},
		{"rejects the handshake", "server { listen @ADDR@ ssl; ssl_reject_handshake on; }", nil, "fails", 1, []string{"tls.name_rejected"}},
		{"client certificate", strings.Replace(fmt.Sprintf(block, testpki.Host, "full.pem", "return 200 ok;"), "location", "ssl_client_certificate @DIR@/ca.pem; ssl_verify_client on; location", 1),
			certs(testpki.Host), "fails", 1, []string{"tls.client_certificate_required"}},
		{"bad gateway", fmt.Sprintf(block, testpki.Host, "full.pem", "proxy_pass http://127.0.0.3:1;"), certs(testpki.Host), "fails", 1, []string{"http.bad_gateway"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := startNginx(t, c.blocks, c.files)
			got := check(t, s.addr, "https://"+testpki.Host+":8443/hook")
			got.expect(t, c.verdict, c.exit, c.blockers)
		})
	}
	t.Run("nothing listens", func(t *testing.T) {
		check(t, freeAddr(t), "https://"+testpki.Host+":8443/hook").expect(t, "fails", 1, []string{"tcp.refused"})
	})
}
