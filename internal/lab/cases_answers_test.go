package lab_test

import (
	"crypto/tls"
	"net"
	"strings"
	"testing"

	"hookcheck/internal/lab"
)

// answerCases are answers on which HTTP readers differ, with what Telegram's
// client makes of them (td/net/HttpReader.cpp, HttpChunkedByteFlow.cpp,
// HttpContentLengthByteFlow.cpp).
func answerCases() []labCase {
	const closed = "Webhook connection closed"
	var out []labCase
	add := func(name, answer, predicted string, blockers ...string) {
		verdict := "fails"
		if predicted == "" {
			verdict = "works"
		}
		out = append(out, labCase{name: "answer: " + name, start: tlsServer(healthy(), answer), path: "/hook", verdict: verdict, predicted: predicted, blockers: blockers})
	}
	ok := func(name, fields, body string) { add(name, "HTTP/1.1 200 OK\r\n"+fields+"\r\n\r\n"+body, "") }
	bad := func(name, fields, body, predicted, id string) {
		add(name, "HTTP/1.1 200 OK\r\n"+fields+"\r\n\r\n"+body, predicted, id)
	}
	ok("no length, a body all the same", "Server: x", "hello")
	ok("more than the length", "Content-Length: 2", "hello")
	ok("two lengths, the last counts", "Content-Length: 50\r\nContent-Length: 5", "hello")
	bad("two lengths, the last is too long", "Content-Length: 5\r\nContent-Length: 50", "hello", closed, "http.closed")
	ok("a negative length", "Content-Length: -5", "hello")
	ok("a length that is no number", "Content-Length: abc", "hello")
	bad("a huge length", "Content-Length: 99999999999999999999", "hello", "Request Entity Too Large: content length is 4294967295", "http.encoding")
	ok("a chunk with a short extension", "Transfer-Encoding: chunked", "5;a=b\r\nhello\r\n0\r\n\r\n")
	bad("a chunk with a long extension", "Transfer-Encoding: chunked", "5;name=value\r\nhello\r\n0\r\n\r\n", "Bad Request: Too long length in chunked 5;name=value", "http.encoding")
	ok("a trailer", "Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\nX: y\r\n\r\n")
	bad("chunks without an end", "Transfer-Encoding: chunked", "5\r\nhello\r\n", closed, "http.closed")
	bad("gzip as transfer-encoding", "Transfer-Encoding: gzip, chunked", "5\r\nhello\r\n0\r\n\r\n", "Unimplemented: unsupported transfer-encoding", "http.encoding")
	bad("identity as content-encoding", "Content-Encoding: identity\r\nContent-Length: 5", "hello", "Unsupported Media Type: unsupported content-encoding", "http.encoding")
	ok("brotli without a body", "Content-Encoding: br\r\nContent-Length: 0", "")
	bad("gzip that is none", "Content-Encoding: gzip\r\nContent-Length: 5", "hello", "Bad Request: zlib error -3", "http.encoding")
	ok("JSON with a method", "Content-Type: application/json\r\nContent-Length: 38", `{"method":"sendMessage","chat_id":1000}`)
	ok("a folded field", "X-A: b\r\n c\r\nContent-Length: 5", "hello")
	add("HTTP/1.0", "HTTP/1.0 200 OK\r\nConnection: close\r\n\r\nok", "")
	add("HTTP/0.9", "HTTP/0.9 200 OK\r\nContent-Length: 0\r\n\r\n", "HTTP Version Not Supported", "http.not_http")
	add("lower-case http", "http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "Not Implemented", "http.not_http")
	add("100 Continue first", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", wrong("100 Continue"), "http.odd_status")
	add("no reason", "HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n", wrong("404 "), "http.not_found")
	add("a page", "<html><body>hello</body></html>\r\n\r\n", "Not Implemented", "http.not_http")
	add("a frame of HTTP/2", "\x00\x00\x12\x04\x00\x00\x00\x00\x00", closed, "http.closed")
	add("a head cut off", "HTTP/1.1 200 OK\r\nContent-Le", closed, "http.closed")
	add("304", status("304 Not Modified"), wrong("304 Not Modified"), "http.redirect")
	add("429", status("429 Too Many Requests"), wrong("429 Too Many Requests"), "http.client_error")
	add("530", status("530 Origin DNS Error"), wrong("530 Origin DNS Error"), "http.bad_gateway")
	add("cut off, whatever the status", "HTTP/1.1 404 Not Found\r\nContent-Length: 100\r\n\r\nab", closed, "http.closed")
	add("5 MB", "HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n"+strings.Repeat("a", 5000000), "")
	return append(out, afterHandshakeCases()...)
}

// afterHandshakeCases: TLS is whole, and then the server misbehaves.
func afterHandshakeCases() []labCase {
	after := func(name, predicted, id string, act func(*tls.Conn)) labCase {
		c := healthy()
		start := raw(func(conn net.Conn) {
			s := tls.Server(conn, c)
			if s.Handshake() == nil {
				act(s)
			}
		})
		lc := labCase{name: "after the handshake: " + name, start: start, path: "/hook", verdict: "works", predicted: predicted}
		if id != "" {
			lc.verdict, lc.blockers = "fails", []string{id}
		}
		return lc
	}
	request := func(s *tls.Conn) { lab.Answer(s, "") }
	say := func(text string) func(*tls.Conn) {
		return func(s *tls.Conn) { request(s); s.NetConn().Write([]byte(text)); s.NetConn().Read(make([]byte, 1)) }
	}
	refuse := func(version uint16) func(testing.TB) string {
		return tlsServer(with(healthy(), func(c *tls.Config) {
			c.MaxVersion = version
			c.VerifyConnection = func(tls.ConnectionState) error { return net.ErrClosed }
		}), lab.OK)
	}
	const badCertificate = "SSL error {error:0A000412:SSL routines::sslv3 alert bad certificate}"
	return []labCase{
		after("RST at once", "Connection reset by peer", "http.reset", func(s *tls.Conn) { lab.Reset(s.NetConn()) }),
		after("RST for an answer", "Connection reset by peer", "http.reset", func(s *tls.Conn) { request(s); lab.Reset(s.NetConn()) }),
		after("close_notify for an answer", "Webhook connection closed", "http.closed", func(s *tls.Conn) { request(s); s.Close() }),
		after("the answer before the request", "", "", func(s *tls.Conn) { s.Write([]byte(lab.OK)); request(s) }),
		after("plain text", "SSL error {error:0A00010B:SSL routines::wrong version number}", "http.not_http", say(lab.OK)),
		after("a damaged record", "SSL error {error:0A000119:SSL routines::decryption failed or bad record mac}", "http.not_http",
			say("\x17\x03\x03\x00\x20"+strings.Repeat("a", 32))),
		{name: "after the handshake: a damaged record, TLS 1.2", path: "/hook", verdict: "fails", blockers: []string{"http.not_http"},
			predicted: "SSL error {error:1C800066:Provider routines::cipher operation failed}{error:0A000119:SSL routines::decryption failed or bad record mac}",
			start: raw(lab.OverTLS(with(healthy(), func(c *tls.Config) { c.MaxVersion = tls.VersionTLS12 }), func(c net.Conn) {
				say("\x17\x03\x03\x00\x20" + strings.Repeat("a", 32))(c.(*tls.Conn))
			}))},
		{name: "an alert that nobody asked for, TLS 1.3", start: refuse(tls.VersionTLS13), path: "/", verdict: "fails", predicted: badCertificate, blockers: []string{"tls.alert"}},
		{name: "an alert that nobody asked for, TLS 1.2", start: refuse(tls.VersionTLS12), path: "/", verdict: "fails", predicted: badCertificate, blockers: []string{"tls.alert"}},
	}
}
