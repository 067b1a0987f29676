package hello

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"time"

	"hookcheck/checker/evidence"
)

// Read sends a hello over conn and reads the server's first flight: up to
// ServerHelloDone, or in TLS 1.3 up to Finished. It ends with the context, and
// leaves the connection for the caller to close; nothing else can be done
// with it.
func Read(ctx context.Context, conn net.Conn, h Hello) evidence.Handshake {
	start := time.Now()
	release := bind(ctx, conn)
	defer release()
	got := readFlight(conn, conn, h)
	got.DurationMS = time.Since(start).Milliseconds()
	return got
}

// bind makes a connection end with a context.
func bind(ctx context.Context, conn net.Conn) (release func()) {
	deadline, _ := ctx.Deadline()
	_ = conn.SetDeadline(deadline) // a connection that refuses it fails on the next read
	stop := context.AfterFunc(ctx, func() { _ = conn.SetDeadline(time.Unix(1, 0)) })
	return func() { stop() }
}

// readFlight is Read over any pair of streams.
func readFlight(in io.Reader, out io.Writer, h Hello) evidence.Handshake {
	f := flight{out: out}
	f.msgs.rec = newRecords(in)
	var err error
	if f.hello, err = newClientHello(h); err == nil {
		f.got.SNI = f.hello.sni
		err = f.run()
	}
	err = f.afterClosing(err)
	f.got.WarningAlerts = f.msgs.warnings
	if f.got.Version == "" {
		f.got.FirstBytes = f.first
		if f.msgs.rec.count == 0 {
			f.got.FirstBytes = f.msgs.rec.buffered()
		}
	}
	record(&f.got, err)
	if f.got.Outcome == evidence.HelloAlert {
		f.got.FirstBytes = nil
	}
	return f.got
}

// flight is the state of one reading.
type flight struct {
	out        io.Writer
	unsent     error // the first failure to write
	hello      *clientHello
	msgs       messages
	got        evidence.Handshake
	transcript []byte // of TLS 1.3, the handshake so far
	retried    bool   // the hello was sent again
	suite      suite
	leafKey    string // see keyKind

	serverRandom []byte
	first        []byte
}

func (f *flight) run() error {
	f.transcript = f.hello.message()
	f.send(f.transcript, 1)
	f.first = f.peekFirst()
	sh, err := f.serverHello()
	if f.unsent != nil && errors.Is(err, io.EOF) {
		return f.unsent // a reset is told once, and here it was told to the writer
	}
	if err != nil {
		return err
	}
	if sh.retry {
		if err := f.answerRetry(sh); err != nil {
			return err
		}
		if sh, err = f.serverHello(); err != nil {
			return err
		}
	}
	if f.msgs.rec.version == TLS13 {
		return f.flight13(sh)
	}
	return f.flight12()
}

// afterClosing: to Telegram's client a close_notify says nothing (SslStream.cpp,
// SSL_ERROR_ZERO_RETURN), so that it waits for the connection to end.
func (f *flight) afterClosing(err error) error {
	var alert *alertError
	if !errors.As(err, &alert) || !alert.closing {
		return err
	}
	if _, end := io.CopyN(io.Discard, f.msgs.rec.in, maxFlightBytes); end != nil && !errors.Is(end, io.EOF) {
		return end
	}
	return err
}

// peekFirst keeps the start of the answer for what turns out malformed.
func (f *flight) peekFirst() []byte {
	_, _ = f.msgs.rec.in.Peek(headerLen) // its error comes again with the next record
	return f.msgs.rec.buffered()
}

// send writes a handshake message as records. A failing write is not the end:
// a server that refuses at once closes before it has read everything, and
// what it said first is there to be read.
func (f *flight) send(msg []byte, minor byte) {
	w := bufio.NewWriter(f.out)
	for len(msg) > 0 {
		n := min(len(msg), maxPlaintext)
		_, _ = w.Write([]byte{typeHandshake, 3, minor, byte(n >> 8), byte(n)})
		_, _ = w.Write(msg[:n])
		msg = msg[n:]
	}
	if err := w.Flush(); err != nil && f.unsent == nil {
		f.unsent = err
	}
}
