package probe

import (
	"crypto/tls"
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"hookcheck/checker/evidence"
	"hookcheck/internal/lab"
)

// answering is a TLS server that reads the request, writes an answer and then
// does what end says.
func answering(t *testing.T, answer string, end func(*tls.Conn, net.Conn)) string {
	return lab.Serve(t, func(c net.Conn) {
		s := tls.Server(c, serverConfig())
		if s.Handshake() != nil || lab.Answer(s, answer) == "" {
			return
		}
		if end != nil {
			end(s, c)
		}
	})
}

func TestDeliverEndings(t *testing.T) {
	const half = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok"
	stay := func(*tls.Conn, net.Conn) { time.Sleep(1500 * time.Millisecond) }
	for name, c := range map[string]struct {
		answer string
		end    func(*tls.Conn, net.Conn)
		want   string
		text   string
	}{
		"whole, then open":        {lab.OK, stay, evidence.HTTPResponse, ""},
		"whole, then reset":       {lab.OK, func(_ *tls.Conn, c net.Conn) { time.Sleep(50 * time.Millisecond); lab.Reset(c) }, evidence.HTTPResponse, ""},
		"nothing, then closed":    {"", nil, evidence.HTTPClosed, ""},
		"half, then closed":       {half, nil, evidence.HTTPClosed, ""},
		"half, then TLS closed":   {half, func(s *tls.Conn, _ net.Conn) { s.Close() }, evidence.HTTPClosed, ""},
		"half, then reset":        {half, func(_ *tls.Conn, c net.Conn) { time.Sleep(50 * time.Millisecond); lab.Reset(c) }, evidence.HTTPReset, ""},
		"half, then silence":      {half, stay, evidence.HTTPTimeout, ""},
		"half, then close_notify": {half, func(s *tls.Conn, c net.Conn) { s.CloseWrite(); stay(s, c) }, evidence.HTTPTimeout, ""},
		"not HTTP":                {"220 mail\r\n\r\n", stay, evidence.HTTPNotHTTP, "Not Implemented"},
		"damaged before the end": {
			strings.Replace(chunkedHead, "\r\n\r\n", "\r\nContent-Encoding: gzip\r\n\r\n", 1) + "4\r\nabcd\r\n", nil,
			evidence.HTTPBadBody, "Bad Request: zlib error -3",
		},
	} {
		ev := checkAt(t, answering(t, c.answer, c.end), func(r *Request) { r.Timeout = time.Second })
		if ev.HTTP == nil || ev.HTTP.Outcome != c.want || ev.HTTP.Error != c.text {
			t.Errorf("%s: %+v", name, ev.HTTP)
		}
	}
}

// A server that answers before it has read the request is taken at its word.
func TestDeliverAnswerBeforeRequest(t *testing.T) {
	addr := lab.Serve(t, func(c net.Conn) {
		s := tls.Server(c, serverConfig())
		if s.Handshake() == nil {
			io.WriteString(s, "HTTP/1.1 403 Forbidden\r\n\r\n")
			io.Copy(io.Discard, s)
		}
	})
	if ev := checkAt(t, addr, nil); ev.HTTP.Outcome != evidence.HTTPResponse || ev.HTTP.Status != 403 {
		t.Errorf("%+v", ev.HTTP)
	}
}

func TestDeliverTooLong(t *testing.T) {
	addr, sent := recorder(t, serverConfig(), lab.OK)
	ev := checkAt(t, addr, func(r *Request) {
		r.Target, r.SecretToken = parsed(t, "https://bot.test/"+strings.Repeat("a", 3800)), strings.Repeat("s", 256)
	})
	if ev.HTTP.Outcome != evidence.HTTPRequestTooLong || sent() != "" {
		t.Errorf("%+v, sent %d bytes", ev.HTTP, len(sent()))
	}
}

// With TLS 1.2 and with 1.3 a server may want a client certificate, which
// Telegram has not got.
func TestDeliverClientCertificate(t *testing.T) {
	config := serverConfig()
	config.ClientAuth = tls.RequireAnyClientCert
	ev := checkAt(t, lab.TLS(t, config, lab.OK), nil)
	refused := ev.TLS.Session.Alert
	if refused == nil && ev.HTTP != nil {
		refused = ev.HTTP.Alert
	}
	if refused == nil || refused.Code != 116 || ev.HTTP.Outcome == evidence.HTTPResponse {
		t.Errorf("%+v %+v", ev.TLS.Session, ev.HTTP)
	}
}
