package hello

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"reflect"
	"time"

	"hookcheck/checker/clienterror"
	"hookcheck/checker/evidence"
)

// SessionOptions say how the whole handshake is made.
type SessionOptions struct {
	SNI string // as in Hello
}

// settleTime is how long a TLS 1.3 server is given to refuse an empty client
// certificate: its alert comes after the handshake is over for the client.
const settleTime = 700 * time.Millisecond

// Finish makes the whole handshake over a fresh connection, with an empty
// client certificate where one is asked for, and without verification: the
// caller has judged the chain of the first flight and decides what may be
// sent. The connection it returns is nil unless the outcome is SessionOK, and
// carries the deadline of the context; the caller closes conn either way.
//
// Where Telegram's client would have given up on the first flight nothing is
// tried. A failure is reported only where a library here could have shaken hands:
// what it could not have done by its design is SessionUnsupported.
func Finish(ctx context.Context, conn net.Conn, first evidence.Handshake, s SessionOptions) (net.Conn, evidence.Session) {
	if first.Outcome != evidence.HelloOK || clienterror.Parameters(first) != "" {
		return nil, evidence.Session{Outcome: evidence.SessionSkipped}
	}
	start := time.Now()
	release := bind(ctx, conn)
	defer release()
	var (
		made net.Conn
		got  evidence.Session
	)
	way := choose(first)
	last := &closing{Conn: conn, session: Protection{first.Version, first.Cipher, first.EncryptThenMAC}}
	if way.exact && way.max < TLS13 {
		conn = last
	}
	switch {
	case way.none:
		got = evidence.Session{Outcome: evidence.SessionUnsupported, Error: "no library has this kind of key"}
	case way.zcrypto:
		made, got = finishZcrypto(conn, way, s)
	default:
		made, got = finishStandard(ctx, conn, way, s)
	}
	if got.Error == refusedByLibrary && last.wrongFinished() {
		got.Outcome, got.Error = evidence.SessionMalformed, string(refDigest)
	}
	got.DurationMS = time.Since(start).Milliseconds()
	return made, got
}

const refusedByLibrary = "refused by the library"

// failed turns the error of a library into the session's outcome. exact tells
// that the library has all that the server chose for Telegram's hello: only
// then is its failure the server's.
func failed(got evidence.Session, err error, exact bool) evidence.Session {
	alert := remoteAlert(err)
	outcome, _ := networkOutcome(err)
	switch {
	case !exact:
		got.Outcome, got.Error = evidence.SessionUnsupported, "outside the library"
	case alert != nil:
		got.Outcome, got.Alert = evidence.SessionAlert, alert
	case outcome == evidence.HelloClosed:
		got.Outcome = evidence.SessionClosed
	case outcome == evidence.HelloReset:
		got.Outcome = evidence.SessionReset
	case outcome == evidence.HelloTimeout:
		got.Outcome = evidence.SessionTimeout
	case damage(err) != "":
		got.Outcome, got.Error = evidence.SessionMalformed, string(damage(err))
	default:
		got.Outcome, got.Error = evidence.SessionUnsupported, refusedByLibrary
	}
	return got
}

// damage names the complaints of a library that every client would have: about
// a record's header, and about one that does not decrypt. crypto/tls tells of
// the latter by the alert that it sends itself.
func damage(err error) refusal {
	var own refusal
	var header tls.RecordHeaderError
	var op *net.OpError
	switch {
	case errors.As(err, &own):
		return own
	case errors.As(err, &header):
		return refWrongVersion
	case errors.As(err, &op) && op.Op == "local error" && op.Err.Error() == "tls: bad record MAC":
		return refBadRecordMAC
	}
	return ""
}

// remoteAlert finds the server's alert in an error of crypto/tls or of its
// offspring. Both wrap it in a net.OpError as an unexported type of kind
// uint8, which errors.As cannot name (crypto/tls.AlertError is for QUIC).
func remoteAlert(err error) *evidence.Alert {
	var op *net.OpError
	if !errors.As(err, &op) || op.Op != "remote error" {
		return nil
	}
	v := reflect.ValueOf(op.Err)
	if v.Kind() != reflect.Uint8 {
		return nil
	}
	return &evidence.Alert{Level: alertFatal, Code: int(v.Uint())}
}

// prefixedConn gives back what was read too early.
type prefixedConn struct {
	net.Conn
	prefix []byte
}

func (c *prefixedConn) Read(p []byte) (int, error) {
	if len(c.prefix) > 0 {
		n := copy(p, c.prefix)
		c.prefix = c.prefix[n:]
		return n, nil
	}
	return c.Conn.Read(p)
}
