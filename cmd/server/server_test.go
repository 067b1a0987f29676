package main

import (
	"bytes"
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hookcheck/internal/langtest"
)

func noEnv(string) string { return "" }

func TestSettings(t *testing.T) {
	for _, tc := range []struct {
		args []string
		env  map[string]string
		code int
		says string // on stderr, or on stdout where code is 0
	}{
		{[]string{"--version"}, nil, exitOK, "hookcheck"},
		{[]string{"--help"}, nil, exitOK, "--allow-private"[1:]},
		{[]string{"--no-such"}, nil, exitUsage, "no-such"},
		{[]string{"extra"}, nil, exitUsage, "hint:"},
		{[]string{"--listen", "nonsense"}, nil, exitUsage, "--listen"},
		{[]string{"--allow-private", "--listen", "0.0.0.0:1"}, nil, exitUsage, "scan your network"},
		{[]string{"--allow-private", "--listen", ":1"}, nil, exitUsage, "scan your network"},
		{[]string{"--allow-private", "--listen", "198.51.100.1:1"}, nil, exitUsage, "scan your network"},
		{[]string{"--gallery", "--listen", "0.0.0.0:1"}, nil, exitUsage, "--gallery"},
		{[]string{"--timeout", "0s"}, nil, exitUsage, "--timeout"},
		{[]string{"--timeout", "2m"}, nil, exitUsage, "--timeout"},
		{[]string{"--rate", "-1"}, nil, exitUsage, "--rate"},
		{[]string{"--max-checks", "0"}, nil, exitUsage, "--max-checks"},
		{[]string{"--roots", "/"}, nil, exitUsage, "--roots"},
		{[]string{"--roots", "/no/such"}, nil, exitUsage, "--roots"},
		{[]string{"--listen", "127.0.0.1:99999"}, nil, exitUsage, "--listen"},
		{[]string{"--dns", "ns.example.org"}, nil, exitUsage, "--dns"},
		{[]string{"--dns", "127.0.0.1:0"}, nil, exitUsage, "--dns"},
		{nil, map[string]string{"HOOKCHECK_DNS": "x"}, exitUsage, "--dns"},
		{[]string{"--trusted-proxies", "all"}, nil, exitUsage, "--trusted-proxies"},
		{nil, map[string]string{"HOOKCHECK_RATE": "x"}, exitUsage, "HOOKCHECK_RATE"},
		{nil, map[string]string{"HOOKCHECK_LISTEN": "0.0.0.0:1", "HOOKCHECK_ALLOW_PRIVATE": "true"}, exitUsage, "scan your network"},
	} {
		var out, errs bytes.Buffer
		getenv := func(name string) string { return tc.env[name] }
		_, code, done := parse(tc.args, getenv, &out, &errs)
		text := errs.String()
		if tc.code == exitOK {
			text = out.String()
		}
		if !done || code != tc.code || !strings.Contains(text, tc.says) || strings.Contains(text, "goroutine") {
			t.Errorf("%v %v: code %d, done %v, says %q", tc.args, tc.env, code, done, text)
		}
		out.Reset()
		errs.Reset()
		_, code, _ = parse(tc.args, func(name string) string {
			if name == "LC_ALL" {
				return "ru_RU.UTF-8"
			}
			return tc.env[name]
		}, &out, &errs)
		said := out.String() + errs.String()
		if run := langtest.EnglishRun(said); code != tc.code || run != "" || tc.says != "hookcheck" && !langtest.Cyrillic(said) {
			t.Errorf("%v %v in Russian: code %d, says %q", tc.args, tc.env, code, said)
		}
	}
	s, _, done := parse([]string{"--rate", "7"}, func(name string) string {
		return map[string]string{"HOOKCHECK_RATE": "9", "HOOKCHECK_TRUSTED_PROXIES": "10.0.0.0/8, 192.0.2.7"}[name]
	}, &bytes.Buffer{}, &bytes.Buffer{})
	if done || s.rate != 7 || len(s.proxies) != 2 || s.proxies[1].Bits() != 32 {
		t.Errorf("%+v", s)
	}
}

// TestJunkRoots: a file that holds no roots is wrong usage.
func TestJunkRoots(t *testing.T) {
	junk := filepath.Join(t.TempDir(), "junk.pem")
	if err := os.WriteFile(junk, []byte{0x7f, 'E', 'L', 'F', 2, 0xff}, 0o600); err != nil {
		t.Fatal(err)
	}
	var errs bytes.Buffer
	code := run(context.Background(), []string{"--listen", "127.0.0.1:0", "--roots", junk}, noEnv, &bytes.Buffer{}, &errs)
	if text := errs.String(); code != exitUsage || !strings.Contains(text, "error: --roots: ") || strings.Count(text, "\n") != 1 {
		t.Errorf("code %d: %s", code, text)
	}
}

func TestBusyPort(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	var errs bytes.Buffer
	code := run(context.Background(), []string{"--listen", ln.Addr().String()}, noEnv, &bytes.Buffer{}, &errs)
	if code != exitError || !strings.Contains(errs.String(), "hint:") {
		t.Errorf("code %d: %s", code, &errs)
	}
}

// announced waits for the line that says where the server is.
type announced struct{ line chan string }

func (a announced) Write(p []byte) (int, error) { a.line <- string(p); return len(p), nil }

func TestServesAndStops(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	out := announced{make(chan string, 1)}
	ended := make(chan int)
	var errs bytes.Buffer
	go func() { ended <- run(ctx, []string{"--listen", "127.0.0.1:0"}, noEnv, out, &errs) }()
	line := <-out.line
	url := strings.TrimSpace(line[strings.Index(line, "http://"):])
	resp, err := (&http.Client{Timeout: 10 * time.Second}).Get(url + "healthz")
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	if resp.StatusCode != 200 {
		t.Errorf("healthz: %d", resp.StatusCode)
	}
	stop()
	if code := <-ended; code != exitOK {
		t.Errorf("code %d: %s", code, &errs)
	}
}

// TestDrain: what is under way is finished, what comes later is refused.
func TestDrain(t *testing.T) {
	started, release := make(chan struct{}), make(chan struct{})
	srv := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		close(started)
		<-release
		w.Write([]byte("finished"))
	})}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error)
	go func() { ended <- runServer(ctx, srv, ln) }()
	answer := make(chan string)
	go func() {
		resp, err := http.Get("http://" + ln.Addr().String())
		if err != nil {
			answer <- err.Error()
			return
		}
		defer resp.Body.Close()
		var b bytes.Buffer
		b.ReadFrom(resp.Body)
		answer <- b.String()
	}()
	<-started
	stop()
	for { // until the listener is closed
		c, err := net.Dial("tcp", ln.Addr().String())
		if err != nil {
			break
		}
		c.Close()
	}
	close(release)
	if got := <-answer; got != "finished" {
		t.Errorf("the request under way got %q", got)
	}
	if err := <-ended; err != nil && !errors.Is(err, http.ErrServerClosed) {
		t.Error(err)
	}
}
