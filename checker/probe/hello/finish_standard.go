package hello

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"time"

	"hookcheck/checker/evidence"
)

// finishStandard makes the session with crypto/tls.
func finishStandard(ctx context.Context, conn net.Conn, w way, s SessionOptions) (net.Conn, evidence.Session) {
	got := evidence.Session{Client: "crypto/tls"}
	asked, agreed := false, false
	tickets := &ticketSignal{conn: conn}
	config := &tls.Config{
		ServerName:         s.SNI,
		InsecureSkipVerify: true, // the chain was judged by the caller
		VerifyPeerCertificate: func([][]byte, [][]*x509.Certificate) error {
			agreed = true
			return nil
		},
		MinVersion:         w.min,
		MaxVersion:         w.max,
		CipherSuites:       w.suites,
		CurvePreferences:   curves(libraryGroups),
		ClientSessionCache: tickets,
		Renegotiation:      tls.RenegotiateFreelyAsClient, // as OpenSSL does
		GetClientCertificate: func(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
			asked = true
			return &tls.Certificate{}, nil
		},
	}
	c := tls.Client(conn, config)
	if err := c.Handshake(); err != nil {
		// An alert to the hello itself may be about what it lacks.
		return nil, failed(got, err, w.exact && (agreed || remoteAlert(err) == nil))
	}
	state := c.ConnectionState()
	got.Version, got.ALPN = VersionName(state.Version), state.NegotiatedProtocol
	if chosen, ok := suiteByID(state.CipherSuite); ok {
		got.Cipher = chosen.name
	}
	if state.CurveID != 0 {
		got.Group = groupName(uint16(state.CurveID))
	}
	var made net.Conn = c
	if asked && state.Version == tls.VersionTLS13 {
		var err error
		if made, err = settle(ctx, c, tickets); err != nil {
			return nil, failed(got, err, true)
		}
	}
	got.Outcome = evidence.SessionOK
	return made, got
}

func curves(ids []uint16) []tls.CurveID {
	list := make([]tls.CurveID, len(ids))
	for i, id := range ids {
		list[i] = tls.CurveID(id)
	}
	return list
}

// settle waits for what the server makes of the empty client certificate: an
// alert, or anything else, or nothing for a while. What it reads that is the
// application's is kept.
func settle(ctx context.Context, c *tls.Conn, tickets *ticketSignal) (net.Conn, error) {
	deadline, bounded := ctx.Deadline()
	until := time.Now().Add(settleTime)
	if bounded && deadline.Before(until) {
		until = deadline
	}
	if err := c.SetReadDeadline(until); err != nil {
		return nil, err
	}
	tickets.waiting = true
	buf := make([]byte, 512)
	n, err := c.Read(buf)
	tickets.waiting = false
	if outcome, _ := networkOutcome(err); n == 0 && err != nil && outcome != evidence.HelloTimeout {
		return nil, err
	}
	if err := c.SetReadDeadline(deadline); err != nil {
		return nil, err
	}
	if ctx.Err() != nil {
		return nil, context.DeadlineExceeded
	}
	return &prefixedConn{Conn: c, prefix: buf[:n]}, nil
}

// ticketSignal is a session cache that keeps nothing. A server that issues a
// ticket has taken the client's certificate as it is, so the wait for its
// alert is over.
type ticketSignal struct {
	conn    net.Conn
	waiting bool
}

// Get has no session to offer.
func (t *ticketSignal) Get(string) (*tls.ClientSessionState, bool) { return nil, false }

// Put ends the wait. It runs inside of the Read that waits.
func (t *ticketSignal) Put(string, *tls.ClientSessionState) {
	if t.waiting {
		_ = t.conn.SetReadDeadline(time.Unix(1, 0))
	}
}
