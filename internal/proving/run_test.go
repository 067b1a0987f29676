package proving

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"hookcheck/checker/report"
	"hookcheck/internal/browser"
	"hookcheck/internal/testpki"
)

// need finds a program that the tests cannot do without.
func need(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err == nil {
		return path
	}
	if path = "/usr/sbin/" + name; fileExists(path) {
		return path
	}
	t.Fatalf("%s is not installed; scripts/test.sh installs it", name)
	return ""
}

func fileExists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// freeAddr is an address on 127.0.0.2 where nothing listens yet.
func freeAddr(t *testing.T) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	return ln.Addr().String()
}

func waitOpen(t *testing.T, addr string) {
	t.Helper()
	for range 200 {
		if c, err := net.Dial("tcp", addr); err == nil {
			c.Close()
			return
		}
		time.Sleep(25 * time.Millisecond)
	}
	t.Fatalf("nothing listens on %s", addr)
}

// built is the command, compiled once for all tests of the package.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "hookcheck")
	if err != nil {
		return "", err
	}
	bin := filepath.Join(dir, "hookcheck")
	out, err := exec.Command("go", "build", "-o", bin, "hookcheck/cmd/hookcheck").CombinedOutput()
	if err != nil {
		return "", errors.New(string(out))
	}
	return bin, nil
})

func command(t *testing.T) string {
	t.Helper()
	bin, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return bin
}

func TestMain(m *testing.M) {
	if addr := os.Getenv(botVariable); addr != "" {
		serveBot(addr)
	}
	if addr := os.Getenv(apiVariable); addr != "" {
		serveAPI(addr)
	}
	if at := os.Getenv(namesVariable); at != "" {
		serveNames(at)
	}
	if at := os.Getenv(doorVariable); at != "" {
		serveDoor(at)
	}
	if addr := os.Getenv(looseVariable); addr != "" {
		serveLoose(addr)
	}
	code := m.Run()
	browser.Stop()
	if path := os.Getenv("HOOKCHECK_PROVING_TABLE"); path != "" {
		if err := writeTable(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	if bin, err := built(); err == nil {
		os.RemoveAll(filepath.Dir(bin))
	}
	os.Exit(code)
}

type result struct {
	report report.Report
	exit   int
}

// check runs `hookcheck check` as a user would, with the test root for public.
func check(t *testing.T, connectTo, target string, flags ...string) result {
	t.Helper()
	return runCheck(t, nil, append([]string{"--connect-to", connectTo}, flags...), target)
}

// runCheck puts prefix, such as "ip netns exec", before the command.
func runCheck(t *testing.T, prefix, flags []string, target string) result {
	t.Helper()
	if !slices.Contains(flags, "--roots") {
		roots := filepath.Join(t.TempDir(), "roots.pem")
		if err := os.WriteFile(roots, testpki.PublicRoot().PEM(), 0o600); err != nil {
			t.Fatal(err)
		}
		flags = append([]string{"--roots", roots}, flags...)
	}
	args := slices.Concat(prefix, []string{command(t), "check", "--format", "json"}, flags, []string{target})
	cmd := exec.Command(args[0], args[1:]...)
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	var r result
	r.exit = cmd.ProcessState.ExitCode()
	if err := json.Unmarshal(stdout.Bytes(), &r.report); err != nil {
		t.Fatalf("%v: %v\n%s%s", args, err, stdout.Bytes(), stderr.Bytes())
	}
	return r
}

func (r result) expect(t *testing.T, verdict string, exit int, blockers []string) {
	t.Helper()
	var got []string
	for _, f := range r.report.Findings {
		if f.Severity == "blocker" {
			got = append(got, f.ID)
		}
	}
	if string(r.report.Verdict) != verdict || r.exit != exit || !slices.Equal(got, blockers) {
		t.Errorf("got %s, exit %d, blockers %v\nwant %s, exit %d, blockers %v\n%s", r.report.Verdict, r.exit, got, verdict, exit, blockers, r.report.Summary)
	}
}
