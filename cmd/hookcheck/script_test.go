package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"hookcheck/internal/testpki"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"hookcheck": func() {
			os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv))
		},
	})
}

// TestScripts runs testdata/script, which is written to be read: each file
// shows one part of the command line, exit statuses included.
//
// A script finds the addresses of three servers in its environment: GOOD sends
// its whole chain and answers 200, SELF presents a self-signed certificate,
// NOTHING refuses connections. The files roots.pem, chain.pem, leaf.pem,
// self.pem and key.pem lie beside it. `exits N` asks for an exact exit status.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   filepath.Join("testdata", "script"),
		Setup: setup,
		Cmds:  map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "mode": mode},
	})
}

func setup(env *testscript.Env) error {
	now := time.Now()
	valid := testpki.Valid(now.AddDate(0, -1, 0), now.AddDate(0, 2, 0))
	ca := testpki.PublicCA()
	leaf := ca.LeafWith([]string{testpki.Host}, valid)
	self := testpki.SelfSigned([]string{testpki.Host}, valid)
	for name, data := range map[string][]byte{
		"roots.pem": testpki.PublicRoot().PEM(), "chain.pem": testpki.Bundle(leaf, ca), "leaf.pem": leaf.PEM(),
		"self.pem": self.PEM(), "key.pem": leaf.KeyPEM(),
	} {
		if err := os.WriteFile(filepath.Join(env.WorkDir, name), data, 0o600); err != nil {
			return err
		}
	}
	gone, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	gone.Close()
	env.Setenv("GOOD", serve(env, leaf, leaf, ca))
	env.Setenv("SELF", serve(env, self, self))
	env.Setenv("NOTHING", gone.Addr().String())
	env.Setenv("HOST", testpki.Host)
	env.Setenv("LONG", strings.Repeat("a", 5000))
	env.Setenv("CONTROL", "bot\x1b[31m.example.org")
	return nil
}

func serve(env *testscript.Env, key *testpki.Node, presented ...*testpki.Node) string {
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.WriteHeader(http.StatusMethodNotAllowed)
		}
	}))
	s.TLS = serverConfig(testpki.TLSCertificate(key, presented...))
	s.Config.ErrorLog = quietLog
	s.StartTLS()
	env.Defer(s.Close)
	return s.Listener.Addr().String()
}

// exits runs a command and asks for its exact exit status.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits STATUS COMMAND [ARG...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	switch err := ts.Exec(args[1], args[2:]...); {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	case err != nil:
		ts.Fatalf("running %s: %v", args[1], err)
	}
	if got != want {
		ts.Fatalf("%s exits %d, want %d", strings.Join(args[1:], " "), got, want)
	}
	if strings.Contains(ts.ReadFile("stderr"), "goroutine ") {
		ts.Fatalf("a stack trace on stderr")
	}
}

// mode compares a file's permission bits.
func mode(ts *testscript.TestScript, neg bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := strconv.FormatUint(uint64(info.Mode().Perm()), 8); got != args[0] {
		ts.Fatalf("%s has mode %s, want %s", args[1], got, args[0])
	}
}
