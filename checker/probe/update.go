package probe

import (
	"context"
	"errors"
	"io"
	"net"
	"syscall"
	"time"

	"hookcheck/checker/evidence"
)

// readSize is one TLS record and no more.
const readSize = 1 << 14

// deliver sends the test update over a connection that Telegram would accept
// and reads the answer as its client does.
func (p *Prober) deliver(ctx context.Context, pl *plan, conn net.Conn, raw *watched) *evidence.HTTP {
	request, ok := pl.updateRequest()
	if !ok {
		return &evidence.HTTP{Outcome: evidence.HTTPRequestTooLong}
	}
	defer bind(ctx, raw)()
	start := time.Now()
	// An answer may stand in the way of the request, so that a failed write
	// says less than what can still be read; but the kernel tells of a reset
	// once, and then of an end.
	_, failed := conn.Write(request)
	got, err := readAnswer(conn, raw)
	if errors.Is(failed, syscall.ECONNRESET) && errors.Is(err, io.EOF) {
		err = failed
	}
	out := got.keep(newScrubber(pl))
	if !got.decided() {
		out.Outcome, out.Alert = p.httpOutcome(err)
		if text := raw.recordText(err); text != "" {
			out.Outcome, out.Error = evidence.HTTPBadHead, text
		}
	}
	out.DurationMS = time.Since(start).Milliseconds()
	return out
}

func readAnswer(conn net.Conn, raw *watched) (*answer, error) {
	var a answer
	buf := make([]byte, readSize)
	for {
		n, err := conn.Read(buf)
		if a.feed(buf[:n]) {
			return &a, nil
		}
		if err == nil {
			continue
		}
		if errors.Is(err, io.EOF) && !raw.ended {
			err = raw.drain()
		}
		a.cut()
		return &a, err
	}
}

// watched is a connection that remembers whether the peer ended it. A TLS
// close_notify alone means nothing to Telegram's client, which goes on waiting
// (td/net/SslStream.cpp, SSL_ERROR_ZERO_RETURN).
type watched struct {
	net.Conn
	ended   bool
	late    lateRecords
	refused error
}

func (w *watched) Read(p []byte) (int, error) {
	if w.refused != nil {
		return 0, w.refused
	}
	n, err := w.Conn.Read(p)
	if errors.Is(err, io.EOF) {
		w.ended = true
	}
	n, w.refused = w.late.pass(p[:n])
	switch {
	case w.refused == nil:
		return n, err
	case n == 0:
		return 0, w.refused
	}
	return n, nil // what came before counts: the next Read tells
}

// drain reads on to the end of the connection and says how it came.
func (w *watched) drain() error {
	buf := make([]byte, readSize)
	for {
		if _, err := w.Read(buf); err != nil {
			return err
		}
	}
}
