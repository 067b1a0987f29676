package facts

import (
	"cmp"
	"fmt"
	"strings"

	"hookcheck/checker/clienterror"
	"hookcheck/checker/evidence"
)

// minDHBits is what security level 2 asks of a finite-field group (OpenSSL,
// BN_security_bits: 112 bits).
const minDHBits = 2048

// TLS alerts that decide between causes (RFC 8446, 6).
const (
	alertHandshakeFailure     = 40
	alertProtocolVersion      = 70
	alertInsufficientSecurity = 71
	alertInternalError        = 80
	alertUnrecognizedName     = 112
	alertCertificateRequired  = 116
)

func deriveTLS(ev *evidence.Evidence) TLS {
	t := ev.TLS
	if t == nil {
		return TLS{}
	}
	out := TLS{
		Alert: t.Main.Alert, DHBits: t.Main.DHBits, SNISent: t.Main.SNI != "",
		FirstBytes: printable(t.Main.FirstBytes), Service: service(t.Main.FirstBytes),
	}
	out.BestVersion, out.Old = versions(t)
	out.Problem = firstFlight(t, &out)
	if out.Problem == TLSFine {
		out.Problem = rest(ev, &out)
	}
	if out.Problem == TLSFine {
		out.BelowDocumented = isOld(t.Main.Version)
		out.NoChain = len(ev.Presented) == 0
	} else {
		out.Predicted = clienterror.Text(t.Main, t.Session)
	}
	if out.Problem == TLSClientCert && ev.HTTP != nil && ev.HTTP.Outcome == evidence.HTTPResponse {
		_, out.Predicted = statusProblem(ev.HTTP)
	}
	if out.Problem != TLSFine && out.Predicted == "" && out.Alert != nil {
		out.Predicted = clienterror.Text(evidence.Handshake{Outcome: evidence.HelloAlert, Alert: out.Alert}, nil)
	}
	if out.Alert != nil {
		out.AlertName = fmt.Sprintf("%s (%d)", clienterror.AlertName(out.Alert.Code), out.Alert.Code)
	}
	return out
}

func versions(t *evidence.TLS) (best string, old []string) {
	for _, v := range []string{"tls1.0", "tls1.1", "tls1.2", "tls1.3"} {
		if t.Versions[v] != "accepted" {
			continue
		}
		best = v
		if isOld(v) {
			old = append(old, v)
		}
	}
	if best == "" {
		best = t.Main.Version
	}
	if isOld(best) {
		old = nil
	}
	return best, old
}

func isOld(v string) bool { return v == "ssl3" || v == "tls1.0" || v == "tls1.1" }

// firstFlight names what is wrong with the answer to the hello.
func firstFlight(t *evidence.TLS, out *TLS) TLSProblem {
	switch m := t.Main; m.Outcome {
	case evidence.HelloOK:
		return agreed(m)
	case evidence.HelloHTTP:
		return TLSPlainHTTP
	case evidence.HelloNotTLS:
		return TLSNotTLS
	case evidence.HelloClosed:
		return TLSClosed
	case evidence.HelloReset:
		return TLSReset
	case evidence.HelloTimeout:
		return TLSTimeout
	case evidence.HelloAlert:
		return alertProblem(t, out)
	case evidence.HelloDial:
		return TLSSlow
	}
	return TLSMalformed
}

// agreed judges what the server chose. Below TLS 1.2 the client refuses the
// server's signature (legacy sigalg), so only RSA key exchange gets through.
func agreed(m evidence.Handshake) TLSProblem {
	switch {
	case m.Version == "ssl3" || isOld(m.Version) && m.KeyExchange != "RSA":
		return TLSTooOld
	case m.DHBits > 0 && m.DHBits < minDHBits:
		return TLSWeakDH
	}
	return TLSFine
}

func alertProblem(t *evidence.TLS, out *TLS) TLSProblem {
	if isOld(out.BestVersion) || settledOnOld(t) {
		return TLSTooOld
	}
	switch t.Main.Alert.Code {
	case alertProtocolVersion:
		return TLSTooOld
	case alertUnrecognizedName, alertInternalError:
		return TLSNameRejected
	case alertHandshakeFailure, alertInsufficientSecurity:
		if t.NoSNI != nil && t.NoSNI.Outcome == evidence.HelloOK {
			return TLSNameRejected
		}
		return TLSNoCipher
	case alertCertificateRequired:
		return TLSClientCert
	}
	return TLSOtherAlert
}

// settledOnOld: the alert came in a record of TLS 1.0 or 1.1, so the server
// had chosen that version before it failed, as an OpenSSL 3 server does that
// allows the old versions alone at its default security level.
func settledOnOld(t *evidence.TLS) bool {
	v := t.Main.Alert.RecordVersion
	return t.Main.Alert.Code == alertInternalError && (v == 0x0301 || v == 0x0302) &&
		t.Versions["tls1.2"] != "accepted" && t.Versions["tls1.3"] != "accepted"
}

// rest judges what came after the first flight. A failure that the server did
// not cause by asking for a client certificate may be due to a difference
// between the libraries here and OpenSSL, and is no fault.
func rest(ev *evidence.Evidence, out *TLS) TLSProblem {
	s := ev.TLS.Session
	asked := ev.TLS.Main.ClientCertRequested
	if h := ev.HTTP; h != nil {
		switch {
		case asked && refusedWithoutCertificate(h):
			out.Alert = cmp.Or(h.Alert, out.Alert)
			return TLSClientCert
		case h.Outcome == evidence.HTTPClientAlert && h.Alert != nil:
			out.Alert = h.Alert
			return lateAlert(h.Alert.Code)
		}
	}
	if s == nil || s.Outcome == evidence.SessionOK || s.Outcome == evidence.SessionSkipped || s.Outcome == evidence.SessionDial {
		return TLSFine
	}
	if s.Outcome == evidence.SessionUnsupported {
		out.Unfinished = true
		return TLSFine
	}
	if asked && s.Outcome != evidence.SessionTimeout && s.Outcome != evidence.SessionMalformed {
		out.Alert = s.Alert
		return TLSClientCert
	}
	switch s.Outcome {
	case evidence.SessionAlert:
		out.Alert = s.Alert
		return TLSOtherAlert
	case evidence.SessionClosed:
		return TLSClosed
	case evidence.SessionReset:
		return TLSReset
	case evidence.SessionTimeout:
		return TLSTimeout
	case evidence.SessionMalformed:
		return TLSMalformed
	}
	out.Unfinished = true
	return TLSFine
}

// lateAlert: what a server says that had finished the handshake. Up to TLS 1.2
// a handshake_failure is then the end of a second one, which asked for a client
// certificate (Apache's SSLVerifyClient for a path).
func lateAlert(code int) TLSProblem {
	if code == alertHandshakeFailure || code == alertCertificateRequired {
		return TLSClientCert
	}
	return TLSOtherAlert
}

// refusedWithoutCertificate: the server finished the handshake and then turned
// the request away for want of a client certificate, by an alert (TLS 1.3) or
// as nginx does, with 400 and a page that says so.
func refusedWithoutCertificate(h *evidence.HTTP) bool {
	if h.Outcome == evidence.HTTPClientAlert {
		return true
	}
	return h.Outcome == evidence.HTTPResponse && (h.Status == 495 || h.Status == 496 ||
		h.Status == 400 && strings.Contains(h.BodyStart, "No required SSL certificate"))
}

func printable(b []byte) string {
	var s strings.Builder
	for _, c := range b {
		if c >= 0x20 && c < 0x7f {
			s.WriteByte(c)
		} else {
			s.WriteByte('.')
		}
	}
	return s.String()
}

// service guesses what speaks by its first bytes.
func service(b []byte) string {
	for _, g := range []struct{ prefix, name string }{
		{"HTTP/", "HTTP"}, {"SSH-", "SSH"}, {"220 ", "SMTP/FTP"}, {"220-", "SMTP/FTP"},
		{"+OK", "POP3"}, {"* OK", "IMAP"}, {"\x03\x00", "RDP"}, {"-ERR", "Redis"}, {"<", "XML/HTML"},
	} {
		if strings.HasPrefix(string(b), g.prefix) {
			return g.name
		}
	}
	return ""
}
