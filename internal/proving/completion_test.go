package proving

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"hookcheck/internal/testpki"
)

// TestBundleInstalled: nginx sends its own certificate alone; the chain that
// --bundle writes, fetched from the CA, is installed and works.
func TestBundleInstalled(t *testing.T) {
	ca := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(testpki.PublicCA().DER) }))
	t.Cleanup(ca.Close)
	files := certs(testpki.Host, testpki.AIA(ca.URL+"/ca.der"))
	blocks := fmt.Sprintf(block, testpki.Host, "leaf.pem", "return 200 ok;")
	s := startNginx(t, blocks, files)
	bundle := filepath.Join(t.TempDir(), "fullchain.pem")
	url := "https://" + testpki.Host + ":8443/hook"
	check(t, s.addr, url, "--bundle", bundle).expect(t, "fails", 1, []string{"chain.intermediate_missing"})
	offered, err := os.ReadFile(bundle)
	if err != nil {
		t.Fatal(err)
	}
	if string(offered) != string(files["full.pem"]) {
		t.Errorf("another chain:\n%s", offered)
	}
	files["leaf.pem"] = offered
	s = startNginx(t, blocks, files)
	check(t, s.addr, url).expect(t, "works", 0, nil)
}

// TestBundleWanted: where nothing can be found, it is told what to look for.
func TestBundleWanted(t *testing.T) {
	dir := t.TempDir()
	files := certs(testpki.Host, testpki.AIA("http://127.0.0.9:1/ca.der"))
	leaf, roots, bundle := filepath.Join(dir, "leaf.pem"), filepath.Join(dir, "roots.pem"), filepath.Join(dir, "bundle.pem")
	for name, data := range map[string][]byte{leaf: files["leaf.pem"], roots: testpki.PublicRoot().PEM()} {
		if err := os.WriteFile(name, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command(command(t), "pem", "--quiet", "--lang", "en", "--roots", roots, "--bundle", bundle, leaf)
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != 1 {
		t.Fatalf("%v: %s", err, out)
	}
	for _, want := range []string{"Hookcheck Public CA 1", "key identifier", "http://127.0.0.9:1/ca.der"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("does not name %s:\n%s", want, out)
		}
	}
	if _, err := os.Stat(bundle); err == nil {
		t.Error("a bundle was written")
	}
}
