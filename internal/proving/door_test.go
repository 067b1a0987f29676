package proving

import (
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/miekg/dns"

	"hookcheck/internal/testpki"
)

const (
	publicIP = "45.90.10.2" // of the bot's host: an address that Telegram would connect to

	// namesVariable makes the test's own program a name server, doorVariable a
	// way into a machine's network from this one.
	namesVariable = "HOOKCHECK_PROVING_NAMES"
	doorVariable  = "HOOKCHECK_PROVING_DOOR"
)

// serveNames answers every question for an address with those that follow its
// own: "ADDR IP IP".
func serveNames(at string) {
	words := strings.Fields(at)
	h := dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		m := new(dns.Msg)
		m.SetReply(q)
		if q.Question[0].Qtype == dns.TypeA {
			for _, ip := range words[1:] {
				m.Answer = append(m.Answer, &dns.A{Hdr: dns.RR_Header{Name: q.Question[0].Name, Rrtype: dns.TypeA, Class: dns.ClassINET}, A: net.ParseIP(ip)})
			}
		}
		_ = w.WriteMsg(m)
	})
	fmt.Fprintln(os.Stderr, (&dns.Server{Addr: words[0], Net: "udp", Handler: h}).ListenAndServe())
	os.Exit(1)
}

// serveDoor hands connections to a socket on to an address: "SOCKET ADDR".
func serveDoor(at string) {
	socket, addr, _ := strings.Cut(at, " ")
	ln, err := net.Listen("unix", socket)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	enterBy(ln, "tcp", addr)
	os.Exit(1)
}

// enterBy hands every connection on.
func enterBy(ln net.Listener, network, addr string) {
	for {
		in, err := ln.Accept()
		if err != nil {
			return
		}
		go func() {
			defer in.Close()
			out, err := net.Dial(network, addr)
			if err != nil {
				return
			}
			defer out.Close()
			go func() {
				_, _ = io.Copy(out, in)
				_ = out.(interface{ CloseWrite() error }).CloseWrite()
			}()
			_, _ = io.Copy(in, out)
		}()
	}
}

// serverBuilt is the server, compiled once for all tests of the package.
var serverBuilt = sync.OnceValues(func() (string, error) {
	bin, err := built()
	if err != nil {
		return "", err
	}
	server := filepath.Join(filepath.Dir(bin), "server")
	if out, err := exec.Command("go", "build", "-o", server, "hookcheck/cmd/server").CombinedOutput(); err != nil {
		return "", fmt.Errorf("%s", out)
	}
	return server, nil
})

// startSite runs the server on Telegram's side of the wire and gives its
// address on this one. There the bot's host has a public address and names.
func (g ground) startSite(t *testing.T) string {
	t.Helper()
	server, err := serverBuilt()
	if err != nil {
		t.Fatal(err)
	}
	g.bot.run(t, "ip addr add "+publicIP+"/32 dev b0")
	g.telegram.run(t, "ip route add "+publicIP+"/32 dev t0 src "+inside)
	self := executable(t)
	dir, err := os.MkdirTemp("", "door") // a socket's path is short
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket, roots := filepath.Join(dir, "s"), filepath.Join(dir, "roots.pem")
	if err := os.WriteFile(roots, testpki.PublicRoot().PEM(), 0o644); err != nil {
		t.Fatal(err)
	}
	g.telegram.background(t, nil, server, "--listen", "127.0.0.1:8080", "--allow-private", "--roots", roots, "--dns", "127.0.0.1", "--timeout", "8s", "--rate", "0")
	g.telegram.background(t, []string{namesVariable + "=127.0.0.1:53 " + publicIP}, self)
	g.telegram.background(t, []string{doorVariable + "=" + socket + " 127.0.0.1:8080"}, self)
	g.telegram.run(t, "for i in $(seq 200); do if (: < /dev/tcp/127.0.0.1/8080) 2>/dev/null; then exit; fi; sleep 0.05; done; exit 1")
	for range 200 {
		if _, err := os.Stat(socket); err == nil {
			break
		}
		time.Sleep(25 * time.Millisecond)
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	go enterBy(ln, "unix", socket)
	return "http://" + ln.Addr().String()
}

// background runs a program on the machine until the test ends.
func (h *host) background(t *testing.T, env []string, args ...string) {
	t.Helper()
	cmd := h.enter(args...)
	cmd.Env, cmd.Stderr = append(os.Environ(), env...), os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
}
