package hello

import (
	"bufio"
	"bytes"
	"context"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"hookcheck/checker/clienterror"
	"hookcheck/checker/evidence"
	"hookcheck/internal/testtable"
)

// TestOpenSSLMatrix puts before our reader, and before `openssl s_client`,
// one `openssl s_server` for each suite of OpenSSL's DEFAULT, each default
// group, and each kind of key, that offers only that. The two must agree on
// every handshake. Where the libraries cannot finish one, the session must
// say so and not that the server failed.
func TestOpenSSLMatrix(t *testing.T) {
	keys := matrixKeys(t)
	var mu sync.Mutex
	var table []string
	for _, test := range matrix() {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			row := test.check(t, keys[test.key])
			mu.Lock()
			table = append(table, row)
			mu.Unlock()
		})
	}
	t.Cleanup(func() {
		slices.Sort(table)
		finished, left := 0, ""
		for _, row := range table {
			if strings.HasSuffix(row, evidence.SessionOK) {
				finished++
				continue
			}
			left += row + "\n"
		}
		testtable.Publish(t, "openssl-handshakes", fmt.Sprintf("%d handshakes with %s, the same as s_client's; %d finished by the libraries.\n"+
			"The others: with the chain seen it is judged and http is skipped (tls.unfinished), without it the verdict is unknown (tls.no_chain).\n%s",
			len(table), version(t), finished, left))
		if len(table) < 55 {
			t.Errorf("the matrix shrank to %d", len(table))
		}
	})
}

// matrixCase is a server that offers one thing.
type matrixCase struct {
	name string
	key  string
	args []string
	// unsupported names why no library finishes the handshake: such a
	// server's http stage is skipped, and nothing says that it fails.
	unsupported string
}

const (
	noGroup   = "neither library has the group"
	noCBC384  = "neither library has ECDHE with AES-256-CBC and SHA-384"
	noKeyKind = "neither library can verify with the key"
)

func matrix() []matrixCase {
	var list []matrixCase
	for _, s := range suiteTable {
		if !s.offered {
			continue
		}
		c := matrixCase{name: "suite/" + s.name, key: "rsa", args: []string{"-tls1_2", "-cipher", s.name}}
		if s.min == TLS13 {
			c.args = []string{"-tls1_3", "-ciphersuites", s.name}
		}
		if strings.Contains(s.name, "ECDSA") {
			c.key = "p256"
		}
		if strings.HasSuffix(s.name, "AES256-SHA384") {
			c.unsupported = noCBC384
		}
		list = append(list, c)
	}
	for _, g := range append(append([]uint16(nil), ecGroups...), ffdheGroups...) {
		c := matrixCase{name: "group/" + groupName(g), key: "rsa", args: []string{"-tls1_3", "-groups", groupName(g)}}
		if g == groupX448 || contains16(ffdheGroups, g) {
			c.unsupported = noGroup
		}
		list = append(list, c)
		if contains16(ecGroups, g) {
			c.name, c.args = "group12/"+groupName(g), []string{"-tls1_2", "-cipher", "ECDHE", "-groups", groupName(g)}
			list = append(list, c)
		}
	}
	for _, key := range []string{"rsa", "rsapss", "p256", "p384", "p521", "ed25519", "ed448"} {
		c := matrixCase{key: key}
		if key == "rsapss" || key == "ed448" {
			c.unsupported = noKeyKind
		}
		c.name, c.args = "key13/"+key, []string{"-tls1_3"}
		list = append(list, c)
		c.name, c.args = "key12/"+key, []string{"-tls1_2"}
		list = append(list, c)
	}
	return list
}

func (m matrixCase) check(t *testing.T, cert string) string {
	addr := startServer(t, append([]string{"-cert", cert, "-key", cert}, m.args...))
	want := clientOutcome(t, addr, cert)
	dial := func(ctx context.Context) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "tcp", addr)
	}
	first, _, session := handshake(t, dial)
	if text := clienterror.Text(first, &session); first.Outcome != evidence.HelloOK || text != "" {
		t.Errorf("first flight %q (%s), error %q", first.Outcome, first.Error, text)
	}
	got := peerView{first.Version, first.Cipher, first.Group, first.DHBits}
	if got != want {
		t.Errorf("ours     %+v\ns_client %+v", got, want)
	}
	if len(first.Chain) != 1 || !bytes.Equal(first.Chain[0], certDER(t, cert)) {
		t.Errorf("chain of %d is not the server's certificate", len(first.Chain))
	}
	outcome := evidence.SessionOK
	if m.unsupported != "" {
		outcome = evidence.SessionUnsupported
	}
	if session.Outcome != outcome {
		t.Errorf("session %+v, want %q", session, outcome)
	}
	row := fmt.Sprintf("%-38s %-8s %-30s %-10s ", m.name, first.Version, first.Cipher, first.Group)
	if m.unsupported != "" {
		return row + session.Outcome + ": " + m.unsupported
	}
	return row + session.Outcome
}

// peerView is what both clients tell of a handshake.
type peerView struct {
	version, cipher, group string
	dhBits                 int
}

var (
	cipherLine  = regexp.MustCompile(`New, (\S+), Cipher is (\S+)`)
	versionLine = regexp.MustCompile(`(?m)^\s+Protocol\s*: (\S+)`)
	groupLine   = regexp.MustCompile(`Server Temp Key: (?:ECDH, )?(\w+), (?:(\w+), )?(\d+) bits`)
)

// clientOutcome is the handshake as s_client makes it, with the roots and the
// hello of Telegram's client.
func clientOutcome(t *testing.T, addr, root string) peerView {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	client := exec.CommandContext(ctx, openSSL(t), "s_client", "-connect", addr, "-servername", "bot.example.org",
		"-CAfile", root, "-verify_return_error")
	out, err := client.CombinedOutput()
	line := cipherLine.FindSubmatch(out)
	if err != nil || line == nil {
		t.Fatalf("s_client: %v\n%s", err, out)
	}
	view := peerView{cipher: string(line[2]), version: "tls1.3"}
	if m := versionLine.FindSubmatch(out); m != nil {
		view.version = strings.ToLower(strings.Replace(string(m[1]), "v", "", 1))
	}
	m := groupLine.FindSubmatch(out)
	if m == nil {
		return view // RSA key exchange
	}
	names := map[string]string{"prime256v1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}
	view.group = string(m[1])
	if n, ok := names[view.group]; ok {
		view.group = n
	}
	if view.group == "DH" {
		view.group = ""
		if view.version == "tls1.3" {
			view.group = "ffdhe" + string(m[3])
		} else {
			_, _ = fmt.Sscan(string(m[3]), &view.dhBits)
		}
	}
	return view
}

var acceptLine = regexp.MustCompile(`ACCEPT (\S+)`)

// startServer runs s_server on a free port of loopback.
func startServer(t *testing.T, args []string) (addr string) {
	t.Helper()
	server := exec.Command(openSSL(t), append([]string{"s_server", "-accept", "127.0.0.1:0", "-www"}, args...)...)
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	server.Stderr = &stderr
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	stuck := time.AfterFunc(patience, func() { _ = server.Process.Kill() })
	defer stuck.Stop()
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if m := acceptLine.FindStringSubmatch(lines.Text()); m != nil {
			return m[1]
		}
	}
	_ = server.Wait()
	t.Fatalf("s_server %s: %s", args, stderr.String())
	return ""
}

// matrixKeys makes a self-signed certificate for each kind of key, in one
// file with the key.
func matrixKeys(t *testing.T) map[string]string {
	t.Helper()
	kinds := map[string][]string{
		"rsa":     {"-newkey", "rsa:2048"},
		"rsapss":  {"-newkey", "rsa-pss", "-pkeyopt", "rsa_keygen_bits:2048"},
		"p256":    {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"},
		"p384":    {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"},
		"p521":    {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-521"},
		"ed25519": {"-newkey", "ed25519"},
		"ed448":   {"-newkey", "ed448"},
	}
	dir := t.TempDir()
	files := map[string]string{}
	for name, args := range kinds {
		path := filepath.Join(dir, name+".pem")
		args = append([]string{"req", "-x509", "-nodes", "-days", "2", "-subj", "/CN=bot.example.org",
			"-addext", "subjectAltName=DNS:bot.example.org", "-keyout", path, "-out", path + ".crt"}, args...)
		if out, err := exec.Command(openSSL(t), args...).CombinedOutput(); err != nil {
			t.Fatalf("making a key: %v\n%s", err, out)
		}
		key, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		cert, err := os.ReadFile(path + ".crt")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, append(key, cert...), 0o600); err != nil {
			t.Fatal(err)
		}
		files[name] = path
	}
	return files
}

func certDER(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for {
		block, rest := pem.Decode(data)
		if block == nil {
			t.Fatal("no certificate in ", path)
		}
		if block.Type == "CERTIFICATE" {
			return block.Bytes
		}
		data = rest
	}
}

func version(t *testing.T) string {
	out, err := exec.Command(openSSL(t), "version").Output()
	if err != nil {
		t.Error(err)
	}
	return strings.TrimSpace(string(out))
}

// TestSuitesOfOpenSSL: the hello offers what OpenSSL's DEFAULT does, in its
// order, so that the matrix leaves no suite out.
func TestSuitesOfOpenSSL(t *testing.T) {
	out, err := exec.Command("openssl", "ciphers", "-s", "DEFAULT").Output()
	if err != nil {
		t.Fatal(err)
	}
	var ours []string
	for _, s := range suiteTable {
		if s.offered {
			ours = append(ours, s.name)
		}
	}
	if theirs := strings.Split(strings.TrimSpace(string(out)), ":"); !slices.Equal(ours, theirs) {
		t.Errorf("we offer  %v\nopenssl offers %v", ours, theirs)
	}
}
