package facts

import (
	"fmt"

	"hookcheck/checker/evidence"
)

// alertNames are OpenSSL's reasons for fatal alerts (ssl/ssl_err.c); the
// reason's number is 1000 and the alert's.
var alertNames = map[int]string{
	10: "sslv3 alert unexpected message", 20: "sslv3 alert bad record mac", 40: "sslv3 alert handshake failure",
	42: "sslv3 alert bad certificate", 46: "sslv3 alert certificate unknown", 47: "sslv3 alert illegal parameter",
	48: "tlsv1 alert unknown ca", 50: "tlsv1 alert decode error", 70: "tlsv1 alert protocol version",
	71: "tlsv1 alert insufficient security", 80: "tlsv1 alert internal error", 112: "tlsv1 unrecognized name",
	116: "tlsv13 alert certificate required",
}

// AlertName is an alert in OpenSSL's words.
func AlertName(code int) string { return alertNames[code] }

// ClientError is what Telegram's client reports for a handshake that does not
// come about, "" where it does.
func ClientError(h evidence.Handshake, s *evidence.Session) string {
	a := h.Alert
	if s != nil && s.Alert != nil {
		a = s.Alert
	}
	switch {
	case a != nil:
		return fmt.Sprintf("SSL error {error:0A%06X:SSL routines::%s}", 1000+a.Code, AlertName(a.Code))
	case h.Outcome == evidence.HelloHTTP || h.Outcome == evidence.HelloNotTLS:
		return "SSL error {error:0A00010B:SSL routines::wrong version number}"
	case h.Outcome == evidence.HelloReset:
		return "Connection reset by peer"
	case h.Outcome == evidence.HelloTimeout:
		return "Read timeout expired"
	case h.DHBits > 0 && h.DHBits < minDHBits:
		return "SSL error {error:0A00018A:SSL routines::dh key too small}"
	case isOld(h.Version):
		return "SSL error {error:0A00014D:SSL routines::legacy sigalg disallowed or unsupported}"
	}
	return "Webhook connection closed"
}
