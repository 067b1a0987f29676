package probe

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"syscall"
	"testing"

	"hookcheck/checker/evidence"
)

func wrapped(err error) error {
	return fmt.Errorf("outer: %w", &net.OpError{Op: "dial", Net: "tcp", Err: os.NewSyscallError("connect", err)})
}

func TestTCPOutcome(t *testing.T) {
	for _, c := range []struct {
		err   error
		want  string
		count uint64
	}{
		{nil, evidence.TCPOpen, 0},
		{wrapped(syscall.ECONNREFUSED), evidence.TCPRefused, 0},
		{wrapped(syscall.ECONNRESET), evidence.TCPReset, 0},
		{wrapped(syscall.ECONNABORTED), evidence.TCPReset, 0},
		{wrapped(syscall.EHOSTUNREACH), evidence.TCPNoRoute, 0},
		{wrapped(syscall.ENETUNREACH), evidence.TCPNetUnreachable, 0},
		{wrapped(syscall.ENOPROTOOPT), evidence.TCPNoProtocol, 0},
		{wrapped(syscall.EHOSTDOWN), evidence.TCPHostDown, 0},
		{wrapped(syscall.ETIMEDOUT), evidence.TCPTimeout, 0},
		{context.DeadlineExceeded, evidence.TCPTimeout, 0},
		{context.Canceled, evidence.TCPTimeout, 0},
		{&net.OpError{Op: "dial", Err: os.ErrDeadlineExceeded}, evidence.TCPTimeout, 0},
		{fmt.Errorf("dial: %w", &ForbiddenError{}), evidence.TCPForbidden, 0},
		{wrapped(syscall.EPERM), evidence.TCPError, 1},
		{errors.New("connection refused"), evidence.TCPError, 1}, // the text alone says nothing
	} {
		p := New(Options{})
		if got := p.tcpOutcome(c.err); got != c.want || p.Unclassified() != c.count {
			t.Errorf("%v: %s, counted %d; want %s, %d", c.err, got, p.Unclassified(), c.want, c.count)
		}
	}
}

// tlsAlert is like the unexported types of the TLS libraries.
type tlsAlert uint8

func (tlsAlert) Error() string { return "tls: alert" }

func TestHTTPOutcome(t *testing.T) {
	for _, c := range []struct {
		err   error
		want  string
		alert int
		count uint64
	}{
		{io.EOF, evidence.HTTPClosed, 0, 0},
		{io.ErrUnexpectedEOF, evidence.HTTPClosed, 0, 0},
		{net.ErrClosed, evidence.HTTPClosed, 0, 0},
		{wrapped(syscall.ECONNRESET), evidence.HTTPReset, 0, 0},
		{wrapped(syscall.EPIPE), evidence.HTTPReset, 0, 0},
		{os.ErrDeadlineExceeded, evidence.HTTPTimeout, 0, 0},
		{&net.OpError{Op: "remote error", Err: tlsAlert(116)}, evidence.HTTPClientAlert, 116, 0},
		{&net.OpError{Op: "local error", Err: tlsAlert(20)}, evidence.HTTPClosed, 0, 1},
		{&net.OpError{Op: "remote error"}, evidence.HTTPClosed, 0, 1},
		{errors.New("something"), evidence.HTTPClosed, 0, 1},
	} {
		p := New(Options{})
		got, alert := p.httpOutcome(c.err)
		code := 0
		if alert != nil {
			code = alert.Code
		}
		if got != c.want || code != c.alert || p.Unclassified() != c.count {
			t.Errorf("%v: %s, alert %d, counted %d", c.err, got, code, p.Unclassified())
		}
	}
}
