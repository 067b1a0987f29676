package hello

import (
	"context"
	"crypto/tls"
	"errors"
	"maps"
	"net"
	"testing"
)

func TestVersions(t *testing.T) {
	tlsServer := func(lowest, highest uint16) func(net.Conn) {
		config := serverConfig(t, func(c *tls.Config) {
			c.MinVersion, c.MaxVersion = lowest, highest
			for _, s := range append(tls.CipherSuites(), tls.InsecureCipherSuites()...) {
				c.CipherSuites = append(c.CipherSuites, s.ID)
			}
		})
		return func(conn net.Conn) { _ = tls.Server(conn, config).Handshake() }
	}
	// hangs up on TLS 1.0 and 1.1, as some servers do in place of an alert
	curt := func(conn net.Conn) {
		hello := make([]byte, 4096)
		n, _ := conn.Read(hello)
		if n > 10 && hello[10] < 3 { // the version in the hello
			return
		}
		_, _ = conn.Write(recs(TLS12, serverHelloMsg(helloSpec{})))
	}
	all := func(a, b, c, d string) map[string]string {
		return map[string]string{"tls1.0": a, "tls1.1": b, "tls1.2": c, "tls1.3": d}
	}
	tests := []struct {
		name   string
		handle func(net.Conn)
		want   map[string]string
	}{
		{"all", tlsServer(tls.VersionTLS10, tls.VersionTLS13), all(Accepted, Accepted, Accepted, Accepted)},
		{"modern", tlsServer(tls.VersionTLS12, tls.VersionTLS13), all(Refused, Refused, Accepted, Accepted)},
		{"old", tlsServer(tls.VersionTLS10, tls.VersionTLS11), all(Accepted, Accepted, Refused, Refused)},
		{"curt", curt, all(Refused, Refused, Accepted, Refused)},
		{"deaf", func(net.Conn) {}, all(Unknown, Unknown, Unknown, Unknown)},
		{"3DES alone", func(c net.Conn) {
			_, _ = c.Read(make([]byte, 4096))
			_, _ = c.Write(recs(TLS12, serverHelloMsg(helloSpec{suite: 0x0a})))
		}, all(Refused, Refused, Accepted, Refused)},
		{"plain", func(c net.Conn) { _, _ = c.Write([]byte("HTTP/1.1 400 Bad Request\r\n\r\n")) }, all(Unknown, Unknown, Unknown, Unknown)},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), patience)
			defer cancel()
			if got := Versions(ctx, serve(t, test.handle), "bot.example.org"); !maps.Equal(got, test.want) {
				t.Errorf("got  %v\nwant %v", got, test.want)
			}
		})
	}
	nobody := func(context.Context) (net.Conn, error) { return nil, errors.New("refused") }
	if got := Versions(context.Background(), nobody, ""); !maps.Equal(got, all(Unknown, Unknown, Unknown, Unknown)) {
		t.Errorf("nobody there: %v", got)
	}
}
