package hello

import (
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"testing"
	"time"

	"hookcheck/checker/evidence"
)

// patience bounds tests that wait for a peer; none waits for it to pass.
const patience = 20 * time.Second

// serve runs a handler for each connection on loopback.
func serve(t *testing.T, handle func(net.Conn)) (dial func(context.Context) (net.Conn, error)) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() {
				defer conn.Close()
				_ = conn.SetDeadline(time.Now().Add(patience))
				handle(conn)
			}()
		}
	}()
	return func(ctx context.Context) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "tcp", l.Addr().String())
	}
}

// handshake is Read and Finish, each over a connection of its own.
func handshake(t *testing.T, dial func(context.Context) (net.Conn, error)) (evidence.Handshake, net.Conn, evidence.Session) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	conn, err := dial(ctx)
	if err != nil {
		t.Fatal(err)
	}
	first := Read(ctx, conn, Hello{SNI: "bot.example.org"})
	_ = conn.Close()
	if conn, err = dial(ctx); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	made, session := Finish(ctx, conn, first, SessionOptions{SNI: "bot.example.org"})
	if (made != nil) != (session.Outcome == evidence.SessionOK) {
		t.Fatalf("outcome %q with connection %v", session.Outcome, made)
	}
	return first, made, session
}

func serverConfig(t *testing.T, change func(*tls.Config)) *tls.Config {
	t.Helper()
	der, key := testLeaf(t)
	config := &tls.Config{
		Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}},
		MinVersion:   tls.VersionTLS10,
	}
	if change != nil {
		change(config)
	}
	return config
}

func TestFinish(t *testing.T) {
	greet := func(c *tls.Conn) { _, _ = c.Write([]byte("hello")); _, _ = io.Copy(io.Discard, c) }
	listen := func(c *tls.Conn) { _, _ = io.Copy(io.Discard, c) }
	tests := []struct {
		name    string
		config  func(*tls.Config)
		after   func(*tls.Conn)
		outcome string
		alert   int
		data    string
	}{
		{"plain", nil, greet, evidence.SessionOK, 0, "hello"},
		{"TLS 1.2", func(c *tls.Config) { c.MaxVersion = tls.VersionTLS12 }, greet, evidence.SessionOK, 0, "hello"},
		{"asked, the server speaks first", func(c *tls.Config) { c.ClientAuth = tls.RequestClientCert }, greet, evidence.SessionOK, 0, "hello"},
		{"asked, a ticket", func(c *tls.Config) { c.ClientAuth = tls.RequestClientCert }, listen, evidence.SessionOK, 0, ""},
		{"asked, silence", func(c *tls.Config) {
			c.ClientAuth, c.SessionTicketsDisabled = tls.RequestClientCert, true
		}, listen, evidence.SessionOK, 0, ""},
		{"asked, closed", func(c *tls.Config) {
			c.ClientAuth, c.SessionTicketsDisabled = tls.RequestClientCert, true
		}, func(*tls.Conn) {}, evidence.SessionClosed, 0, ""},
		{"demanded in TLS 1.3", func(c *tls.Config) { c.ClientAuth = tls.RequireAnyClientCert }, listen, evidence.SessionAlert, 116, ""},
		{"demanded in TLS 1.2", func(c *tls.Config) {
			c.ClientAuth, c.MaxVersion = tls.RequireAnyClientCert, tls.VersionTLS12
		}, listen, evidence.SessionAlert, 40, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			config := serverConfig(t, test.config)
			dial := serve(t, func(conn net.Conn) {
				c := tls.Server(conn, config)
				if c.Handshake() == nil {
					test.after(c)
				}
				_ = c.Close()
			})
			first, made, session := handshake(t, dial)
			if session.Outcome != test.outcome || session.Client != "crypto/tls" {
				t.Fatalf("%+v, want %q", session, test.outcome)
			}
			if test.alert != 0 && (session.Alert == nil || session.Alert.Code != test.alert) {
				t.Errorf("alert %+v, want %d", session.Alert, test.alert)
			}
			if asked := config.ClientAuth != tls.NoClientCert; first.ClientCertRequested != asked {
				t.Errorf("client certificate requested: %v, want %v", first.ClientCertRequested, asked)
			}
			if test.data == "" {
				return
			}
			got := make([]byte, len(test.data))
			if _, err := io.ReadFull(made, got); err != nil || string(got) != test.data {
				t.Errorf("read %q, %v", got, err)
			}
		})
	}
}

// TestFinishDoesNotTryInVain: what Telegram's client gives up on.
func TestFinishDoesNotTryInVain(t *testing.T) {
	for name, first := range map[string]evidence.Handshake{
		"alert":        {Outcome: evidence.HelloAlert},
		"TLS 1.0":      {Outcome: evidence.HelloOK, Version: "tls1.0", KeyExchange: kxECDHE},
		"DHE too weak": {Outcome: evidence.HelloOK, Version: "tls1.2", KeyExchange: kxDHE, DHBits: 1024},
	} {
		if made, s := Finish(context.Background(), nil, first, SessionOptions{}); made != nil || s.Outcome != evidence.SessionSkipped {
			t.Errorf("%s: %+v", name, s)
		}
	}
}

// TestFinishWithUnparsableLeaf: a negative serial number, which OpenSSL takes
// and crypto/x509 does not.
func TestFinishWithUnparsableLeaf(t *testing.T) {
	der, key := testLeaf(t)
	good, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	odd := bytes.Replace(der, []byte{2, 1, 1, 0x30}, []byte{2, 1, 0x81, 0x30}, 1)
	if _, err := x509.ParseCertificate(odd); err == nil {
		t.Fatal("crypto/x509 parses the certificate")
	}
	for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		config := &tls.Config{
			Certificates: []tls.Certificate{{Certificate: [][]byte{odd}, PrivateKey: key, Leaf: good}},
			MinVersion:   version, MaxVersion: version,
		}
		dial := serve(t, func(conn net.Conn) {
			c := tls.Server(conn, config)
			_, _ = c.Write([]byte("hello"))
			_ = c.Close()
		})
		first, made, session := handshake(t, dial)
		if first.Outcome != evidence.HelloOK {
			t.Fatalf("first flight: %+v", first)
		}
		want := evidence.SessionOK
		if version == tls.VersionTLS13 {
			want = evidence.SessionUnsupported
		}
		if session.Outcome != want || session.Client != "zcrypto" {
			t.Fatalf("%s: %+v", VersionName(version), session)
		}
		if made == nil {
			continue
		}
		if got, err := io.ReadAll(made); string(got) != "hello" {
			t.Errorf("read %q, %v", got, err)
		}
	}
}

// TestReadOverTheNetwork: what a reader of bytes does not show.
func TestReadOverTheNetwork(t *testing.T) {
	read := func(conn net.Conn) { _, _ = conn.Read(make([]byte, 4096)) }
	reset := func(conn net.Conn) { _ = conn.(*net.TCPConn).SetLinger(0) }
	tests := []struct {
		name    string
		handle  func(net.Conn)
		outcome string
	}{
		{"close", read, evidence.HelloClosed},
		{"reset", func(c net.Conn) { read(c); reset(c) }, evidence.HelloReset},
		{"alert, then reset", func(c net.Conn) { read(c); _, _ = c.Write(alertRec(2, 40)); reset(c) }, evidence.HelloAlert},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), patience)
			defer cancel()
			conn, err := serve(t, test.handle)(ctx)
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			if got := Read(ctx, conn, Hello{}); got.Outcome != test.outcome {
				t.Errorf("%+v, want %q", got, test.outcome)
			}
		})
	}
}

// TestReadEndsWithItsContext: by its deadline, and when it is cancelled.
func TestReadEndsWithItsContext(t *testing.T) {
	silent := serve(t, func(conn net.Conn) { _, _ = io.Copy(io.Discard, conn) })
	short, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	cancelled, stop := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, stop)
	for name, ctx := range map[string]context.Context{"deadline": short, "cancelled": cancelled} {
		conn, err := silent(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if got := Read(ctx, conn, Hello{}); got.Outcome != evidence.HelloTimeout {
			t.Errorf("%s: %+v", name, got)
		}
		_ = conn.Close()
	}
}
