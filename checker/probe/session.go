package probe

import (
	"context"
	"net"
	"net/netip"

	"hookcheck/checker/evidence"
	"hookcheck/checker/probe/hello"
)

// session is a whole handshake. conn is nil where it did not succeed.
type session struct {
	conn net.Conn
	raw  *watched
}

func (s session) close() {
	if s.raw != nil {
		_ = s.raw.Close()
	}
}

// finish makes the whole handshake over a connection of its own. Nothing
// secret is in it.
func (c *collection) finish(ctx context.Context, addr netip.AddrPort) session {
	main := c.ev.TLS.Main
	if main.Outcome != evidence.HelloOK {
		c.ev.TLS.Session = &evidence.Session{Outcome: evidence.SessionSkipped}
		return session{}
	}
	raw, err := c.p.dialer.dial(ctx, addr)
	if err != nil {
		// The server answered a moment ago: that it does not take one more
		// connection from us says nothing of Telegram's.
		c.ev.TLS.Session = &evidence.Session{
			Outcome: evidence.SessionDial, Error: "connecting again: " + c.p.tcpOutcome(err),
		}
		return session{}
	}
	s := session{raw: &watched{Conn: raw}}
	conn, got := hello.Finish(ctx, s.raw, main, hello.SessionOptions{SNI: c.sni()})
	c.ev.TLS.Session = &got
	if got.Outcome == evidence.SessionOK {
		s.conn = conn
		s.raw.late.session = hello.Protection{
			Version: got.Version, Cipher: got.Cipher,
			EncryptThenMAC: main.EncryptThenMAC && got.Cipher == main.Cipher,
		}
	}
	return s
}
