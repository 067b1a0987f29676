package probe

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"os"
	"reflect"
	"syscall"

	"hookcheck/checker/clienterror"
	"hookcheck/checker/evidence"
	"hookcheck/checker/probe/hello"
)

// tcpOutcome turns the error of a dial into its outcome. What it has no name
// for is counted.
func (p *Prober) tcpOutcome(err error) string {
	var forbidden *ForbiddenError
	switch {
	case err == nil:
		return evidence.TCPOpen
	case errors.As(err, &forbidden):
		return evidence.TCPForbidden
	case errors.Is(err, syscall.ECONNREFUSED):
		return evidence.TCPRefused
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.ECONNABORTED):
		return evidence.TCPReset
	case errors.Is(err, syscall.EHOSTUNREACH):
		return evidence.TCPNoRoute
	case errors.Is(err, syscall.ENETUNREACH):
		return evidence.TCPNetUnreachable
	case errors.Is(err, syscall.ENOPROTOOPT):
		return evidence.TCPNoProtocol
	case errors.Is(err, syscall.EHOSTDOWN):
		return evidence.TCPHostDown
	case isTimeout(err):
		return evidence.TCPTimeout
	}
	p.unclassified.Add(1)
	return evidence.TCPError
}

// httpOutcome turns the error that ended the reading of an answer into its
// outcome, with the server's alert where there was one.
func (p *Prober) httpOutcome(err error) (string, *evidence.Alert) {
	alert := remoteAlert(err)
	switch {
	case alert != nil:
		return evidence.HTTPClientAlert, alert
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed):
		return evidence.HTTPClosed, nil
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE):
		return evidence.HTTPReset, nil
	case isTimeout(err):
		return evidence.HTTPTimeout, nil
	}
	p.unclassified.Add(1)
	return evidence.HTTPClosed, nil
}

// recordText is what Telegram's client says where bytes that are no TLS, or
// not of this session, follow a whole handshake; "" for other errors.
func (w *watched) recordText(err error) string {
	var header tls.RecordHeaderError
	var late *lateError
	const badRecordMAC = 20 // the alert that crypto/tls sends of itself
	switch {
	case errors.As(err, &late):
		return clienterror.Refusal(late.reason)
	case hello.RefusalReason(err) != "":
		return clienterror.Refusal(hello.RefusalReason(err))
	case errors.As(err, &header):
		return clienterror.Refusal("wrong_version_number")
	case alertFrom(err, "local error") == badRecordMAC:
		return clienterror.Damage(w.late.session.Version, w.late.session.Cipher, "decryption_failed_or_bad_record_mac")
	}
	return ""
}

// isTimeout: ETIMEDOUT answers to net.Error too.
func isTimeout(err error) bool {
	var ne net.Error
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) ||
		errors.Is(err, os.ErrDeadlineExceeded) || errors.As(err, &ne) && ne.Timeout()
}

// remoteAlert finds the alert that a server sent. crypto/tls and zcrypto wrap
// it in a net.OpError as an unexported type of kind uint8.
func remoteAlert(err error) *evidence.Alert {
	if code := alertFrom(err, "remote error"); code >= 0 {
		return &evidence.Alert{Level: 2, Code: code}
	}
	return nil
}

// alertFrom is the alert that one side sent, -1 where there is none.
func alertFrom(err error, side string) int {
	var op *net.OpError
	if !errors.As(err, &op) || op.Op != side || op.Err == nil {
		return -1
	}
	if v := reflect.ValueOf(op.Err); v.Kind() == reflect.Uint8 {
		return int(v.Uint())
	}
	return -1
}
