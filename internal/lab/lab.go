// Package lab runs servers on loopback that show one fault each, so that a
// whole check can be tested against them.
package lab

import (
	"bufio"
	"crypto/tls"
	"errors"
	"net"
	"net/textproto"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// maxHold bounds how long a lab server keeps a connection open, so that no
// test leaves one behind.
const maxHold = 20 * time.Second

// Serve accepts connections on loopback until the test ends and hands each to
// handle, which owns it.
func Serve(t testing.TB, handle func(net.Conn)) (addr string) {
	t.Helper()
	return ServeAt(t, "127.0.0.1:0", handle)
}

// ServeAt is Serve on an address of the test's choice.
func ServeAt(t testing.TB, at string, handle func(net.Conn)) (addr string) {
	t.Helper()
	ln, err := net.Listen("tcp", at)
	if err != nil {
		t.Fatalf("listening on %s: %v", at, err)
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			c, err := ln.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			if err != nil {
				continue
			}
			wg.Go(func() {
				defer c.Close()
				c.SetDeadline(time.Now().Add(maxHold))
				handle(c)
			})
		}
	})
	t.Cleanup(func() {
		ln.Close()
		wg.Wait()
	})
	return ln.Addr().String()
}

// TLS serves a configuration and answers each request with raw bytes; "" closes
// the connection unanswered.
func TLS(t testing.TB, config *tls.Config, answer string) (addr string) {
	t.Helper()
	return Serve(t, OverTLS(config, func(c net.Conn) { Answer(c, answer) }))
}

// OverTLS shakes hands before handle gets the connection.
func OverTLS(config *tls.Config, handle func(net.Conn)) func(net.Conn) {
	return func(c net.Conn) {
		s := tls.Server(c, config)
		if s.Handshake() == nil {
			handle(s)
		}
	}
}

// Answer reads one request and writes the raw answer.
func Answer(c net.Conn, answer string) (request string) {
	r := textproto.NewReader(bufio.NewReader(c))
	var head []string
	length := 0
	for {
		line, err := r.ReadLine()
		if err != nil {
			return ""
		}
		if line == "" {
			break
		}
		head = append(head, line)
		if k, v, ok := strings.Cut(line, ": "); ok && k == "Content-Length" {
			length, _ = strconv.Atoi(v)
		}
	}
	body := make([]byte, min(length, 1<<20))
	for n := 0; n < len(body); {
		m, err := r.R.Read(body[n:])
		if err != nil {
			return ""
		}
		n += m
	}
	c.Write([]byte(answer))
	return strings.Join(head, "\r\n") + "\r\n\r\n" + string(body)
}

// OK is the answer of a healthy bot.
const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"

// Reset ends a connection with RST.
func Reset(c net.Conn) {
	if tc, ok := c.(*net.TCPConn); ok {
		tc.SetLinger(0)
	}
	c.Close()
}

// Closed is an address on loopback where nothing listens.
func Closed(t testing.TB) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("finding a free port: %v", err)
	}
	defer ln.Close()
	return ln.Addr().String()
}
