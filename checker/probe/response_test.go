package probe

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"

	"hookcheck/checker/evidence"
)

func gz(s string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return b.String()
}

func zl(s string, dict []byte) string {
	var b bytes.Buffer
	w, _ := zlib.NewWriterLevelDict(&b, 6, dict)
	_, _ = w.Write([]byte(s))
	_ = w.Close()
	return b.String()
}

// with is an answer with one more field and a body of known length.
func with(field, body string) string {
	return fmt.Sprintf("HTTP/1.1 200 OK\r\n%s\r\nContent-Length: %d\r\n\r\n%s", field, len(body), body)
}

const (
	chunkedHead = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
	undecided   = "undecided" // the client waits for more
)

// answerCases were put before Telegram's published client too: the words are
// its own.
var answerCases = []struct{ in, outcome, text string }{
	// Heads.
	{"HTTP/1.1 200 OK\r\n\r\n", evidence.HTTPResponse, "200 OK"},
	{"HTTP/1.0 200 OK\r\n\r\nread until close", evidence.HTTPResponse, "200 OK"},
	{"HTTP/1.1 404\r\n\r\n", evidence.HTTPBadHead, "Bad Request"},
	{"HTTP/1.1 404 \r\n\r\n", evidence.HTTPResponse, "404 "},
	{"HTTP/1.1 404\r\nServer: foo\r\n\r\n", evidence.HTTPResponse, "404 foo"},
	{"HTTP/1.1 200\r\nServer: foo\r\nContent-Length: 3\r\n\r\n", undecided, ""},
	{"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", evidence.HTTPResponse, "100 Continue"},
	{"HTTP/1.1  200 OK\r\n\r\n", evidence.HTTPResponse, "0 200 OK"},
	{"HTTP/1.1 abc OK\r\n\r\n", evidence.HTTPResponse, "0 OK"},
	{"HTTP/1.1 -5 OK\r\n\r\n", evidence.HTTPResponse, "-5 OK"},
	{"HTTP/1.1 4294967496 Wrap\r\n\r\n", evidence.HTTPResponse, "200 Wrap"},
	{"HTTP/1.1 2147483648 Min\r\n\r\n", evidence.HTTPResponse, "-2147483648 Min"},
	{"HTTP/1.1 200OK yes\r\n\r\n", evidence.HTTPResponse, "200 yes"},
	{"HTTP/2 200\r\n\r\n", evidence.HTTPVersion, "HTTP Version Not Supported"},
	{"HTTPS/1.1 200 OK\r\n\r\n", evidence.HTTPVersion, "HTTP Version Not Supported"},
	{"ICY 200 OK\r\n\r\n", evidence.HTTPNotHTTP, "Not Implemented"},
	{"http/1.1 200 OK\r\n\r\n", evidence.HTTPNotHTTP, "Not Implemented"},
	{"SSH-2.0-OpenSSH\r\n\r\n", evidence.HTTPNotHTTP, "Not Implemented"},
	{"SSH-2.0-OpenSSH\r\n", undecided, ""},
	{"\r\nHTTP/1.1 200 OK\r\n\r\n", evidence.HTTPNotHTTP, "Not Implemented"},
	{"HTTP/1.1 200 OK\n\n", undecided, ""},
	{"HTTP/1.1 200 OK\r\nfoo\r\n\r\n", evidence.HTTPBadHead, "Bad Request"},
	{"HTTP/1.1 200 OK\r\nfoo\r\nbar: x\r\n\r\n", evidence.HTTPResponse, "200 OK"},
	{"HTTP/1.1 200 OK\r\nfoo: a\rb\r\n\r\n", evidence.HTTPBadHead, "Bad Request"},
	{"HTTP/1.1 200 OK\r\nfoo: a\r\n  b: c\r\n\r\n", evidence.HTTPResponse, "200 OK"},
	{"HTTP/1.1 200 OK\rX\r\n\r\n", evidence.HTTPBadHead, "Bad Request"},
	{"HTTP/1.1 200 OK\r\nX: " + strings.Repeat("a", 1<<18), evidence.HTTPHeadTooLarge, "Request Header Fields Too Large: total headers size exceeded"},
	// A request where an answer should be.
	{"GET / HTTP/1.1\r\n\r\n", evidence.HTTPBadHead, "Wrong response from the webhook: GET:/:keep-alive\nBEGIN CONTENT\nEND CONTENT\n"},
	{"GET /%41%zz?a=%42+c&b#c HTTP/1.1\r\nHost: x\r\nConnection: Close\r\n\r\n", evidence.HTTPBadHead,
		"Wrong response from the webhook: GET:/A%zz:[a:B c]:[b#c:]\nhost=x\nconnection=close\nBEGIN CONTENT\nEND CONTENT\n"},
	{"POST /hook HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 25\r\n\r\n{\"update_id\":0,\"a\":\"b\\n\"}", evidence.HTTPBadHead,
		"Wrong response from the webhook: POST:/hook:[update_id:0]:[a:b\n]:keep-alive\ncontent-type=application/json\ncontent-length=25\nBEGIN CONTENT\nEND CONTENT\n"},
	{"POST /x HTTP/1.1\r\nContent-Length: 4\r\n\r\nab", undecided, ""},
	{"GET /\r\n\r\n", evidence.HTTPBadHead, "Bad Request: wrong request line"},
	{"GET / HTTP/3\r\n\r\n", evidence.HTTPVersion, "HTTP Version Not Supported"},
	// Content-Length.
	{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nok", undecided, ""},
	{"HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\n", undecided, ""},
	{"HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\n", evidence.HTTPResponse, "200 OK"},
	{"HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", evidence.HTTPResponse, "200 OK"},
	{"HTTP/1.1 200 OK\r\nContent-Length : 3\r\n\r\nab", undecided, ""},
	{"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 0\r\n\r\n", evidence.HTTPResponse, "200 OK"},
	{"HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551617\r\n\r\na", evidence.HTTPResponse, "200 OK"},
	{"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\na", evidence.HTTPBadBody, "Request Entity Too Large: content length is 4294967295"},
	{"HTTP/1.1 200 OK\r\nContent-Length: 4294967294\r\n\r\na", undecided, ""},
	// Chunks.
	{chunkedHead + "2\r\nok\r\n0\r\n\r\n", evidence.HTTPResponse, "200 OK"},
	{chunkedHead + "2\r\nok\r\n0\r\n", undecided, ""},
	{chunkedHead + "2\r\nok\r\n0\r\nX: y\r\n\r\n", evidence.HTTPResponse, "200 OK"},
	{chunkedHead + "2\r\nokXX0\r\n\r\n", evidence.HTTPResponse, "200 OK"},
	{chunkedHead + "zz\r\nok", evidence.HTTPResponse, "200 OK"},
	{chunkedHead + "2;a=b\r\nok\r\n0\r\n\r\n", evidence.HTTPResponse, "200 OK"},
	{chunkedHead + "2;abcdefgh=b\r\nok\r\n0\r\n\r\n", evidence.HTTPBadBody, "Bad Request: Too long length in chunked 2;abcdefgh=b"},
	{chunkedHead + "00000002\r\nok\r\n0\r\n\r\n", evidence.HTTPResponse, "200 OK"},
	{chunkedHead + "000000002\r\nok\r\n0\r\n\r\n", evidence.HTTPBadBody, "Bad Request: Too long length in chunked 000000002"},
	{chunkedHead + "<html>no chunks</html>", evidence.HTTPBadBody, "Bad Request: Too long length in chunked <html>no chunks</html>"},
	{chunkedHead + "12345678\r", undecided, ""},
	{chunkedHead + "123456789\r", evidence.HTTPBadBody, "Bad Request: Too long length in chunked 123456789"},
	{chunkedHead + "ffffffff\r\nok", undecided, ""},
	{chunkedHead + "4e20\r\n" + strings.Repeat("x", 20000) + "\r\n0\r\n\r\n", evidence.HTTPResponse, "200 OK"},
	// Codings.
	{with("Transfer-Encoding: identity", "ok"), evidence.HTTPBadTransfer, "Unimplemented: unsupported transfer-encoding"},
	{with("Transfer-Encoding: gzip, chunked", "ok"), evidence.HTTPBadTransfer, "Unimplemented: unsupported transfer-encoding"},
	{"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n", evidence.HTTPResponse, "200 OK"},
	{with("Content-Encoding: br", "ok"), evidence.HTTPBadEncoding, "Unsupported Media Type: unsupported content-encoding"},
	{with("Content-Encoding: identity", "ok"), evidence.HTTPBadEncoding, "Unsupported Media Type: unsupported content-encoding"},
	{with("Content-Encoding: x-gzip", gz("ok")), evidence.HTTPBadEncoding, "Unsupported Media Type: unsupported content-encoding"},
	{with("Content-Encoding: none", "ok"), evidence.HTTPResponse, "200 OK"},
	{with("Content-Encoding: GZIP", gz("ok")), evidence.HTTPResponse, "200 OK"},
	{with("Content-Encoding: gzip", gz("ok")+"garbage"), evidence.HTTPResponse, "200 OK"},
	{with("Content-Encoding: gzip", zl("ok", nil)), evidence.HTTPResponse, "200 OK"},
	{with("Content-Encoding: deflate", zl("ok", nil)), evidence.HTTPResponse, "200 OK"},
	{with("Content-Encoding: deflate", "\x4b\x4c\x4a\x06\x00"), evidence.HTTPBadBody, "Bad Request: zlib error -3"},
	{with("Content-Encoding: deflate", zl("hello hello", []byte("hello"))), evidence.HTTPBadBody, "Bad Request: zlib error 2"},
	{with("Content-Encoding: gzip", "not gzip"), evidence.HTTPBadBody, "Bad Request: zlib error -3"},
	{with("Content-Encoding: gzip", "x"), evidence.HTTPBadBody, "Bad Request: zlib error -5"},
	{with("Content-Encoding: gzip", gz("hello")[:15]), evidence.HTTPBadBody, "Bad Request: zlib error -5"},
	{with("Content-Encoding: gzip", gz("hello")[:len(gz("hello"))-8]+"\x00\x00\x00\x00\x05\x00\x00\x00"), evidence.HTTPBadBody, "Bad Request: zlib error -3"},
	{with("Content-Encoding: gzip", "\x1f\x8b\x08\xe0"+gz("hello")[4:]), evidence.HTTPBadBody, "Bad Request: zlib error -3"},
	{strings.Replace(chunkedHead, "\r\n\r\n", "\r\nContent-Encoding: gzip\r\n\r\n", 1) + "0\r\n\r\n", evidence.HTTPBadBody, "Bad Request: zlib error -5"},
	{"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 1000\r\n\r\nnot gzip", undecided, ""},
	{"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 100000\r\n\r\n" + strings.Repeat("x", 20000), evidence.HTTPBadBody, "Bad Request: zlib error -3"},
	// Arguments of a method called in the answer.
	{with("Content-Type: application/json", "nonsense"), evidence.HTTPResponse, "200 OK"},
	{with("Content-Type: application/json", strings.Repeat(" ", 1<<20)), evidence.HTTPResponse, "200 OK"},
	{with("Content-Type: Application/JSON", strings.Repeat(" ", 1<<20+1)), evidence.HTTPBadBody, "Request Entity Too Large: too many parameters"},
	{with("Content-Type: application/json\r\nContent-Encoding: gzip", gz(strings.Repeat(" ", 1<<20+1))), evidence.HTTPBadBody, "Request Entity Too Large: too many parameters"},
	{with("Content-Type: text/html", strings.Repeat("a", 1<<21)), evidence.HTTPResponse, "200 OK"},
	{with("Content-Type: text/html", strings.Repeat("a", maxBody+100)), evidence.HTTPResponse, "200 OK"}, // the rest is not kept
	{"HTTP/1.1 200 OK\r\nContent-Length: 8000000\r\n\r\n" + strings.Repeat("a", maxBody+100), undecided, ""},
}

// read feeds an answer in pieces, ends it, and says what came of it.
func read(in string, piece int) (a *answer, outcome, text string) {
	a = &answer{}
	for rest := []byte(in); len(rest) > 0 && !a.decided(); {
		n := min(piece, len(rest))
		a.feed(rest[:n])
		rest = rest[n:]
	}
	a.cut()
	switch err := a.verdict(); {
	case err != nil:
		return a, err.outcome, err.text
	case !a.decided():
		return a, undecided, ""
	}
	return a, evidence.HTTPResponse, fmt.Sprintf("%d %s", a.head.status, a.head.reason)
}

func TestAnswer(t *testing.T) {
	for _, c := range answerCases {
		if _, outcome, text := read(c.in, len(c.in)); outcome != c.outcome || text != c.text {
			t.Errorf("%.100q\n got %s %q\nwant %s %q", c.in, outcome, text, c.outcome, c.text)
		}
	}
}

// However an answer is cut into records, the outcome is the same; only the
// bytes that a complaint quotes depend on what had come by then.
func TestAnswerInPieces(t *testing.T) {
	for _, c := range answerCases {
		for _, piece := range []int{1, 3, 1000} {
			if len(c.in) > 1<<16 && piece < 1000 {
				continue
			}
			if _, outcome, _ := read(c.in, piece); outcome != c.outcome {
				t.Errorf("%.100q in pieces of %d: %s, want %s", c.in, piece, outcome, c.outcome)
			}
		}
	}
}

func TestAnswerIsBounded(t *testing.T) {
	a := &answer{}
	a.feed([]byte("HTTP/1.1 200 OK\r\nContent-Length: 4000000000\r\n\r\n"))
	block := make([]byte, 1<<16)
	for range 1000 {
		if a.feed(block) {
			break
		}
	}
	if !a.decided() || len(a.content) > maxBody {
		t.Errorf("decided %t with %d bytes", a.decided(), len(a.content))
	}
	if err := a.verdict(); err == nil || err.outcome != evidence.HTTPEndless {
		t.Errorf("a body without an end is %v", err)
	}
	bomb := with("Content-Encoding: gzip", gz(strings.Repeat("\x00", 16<<20)))
	got, outcome, _ := read(bomb, len(bomb))
	if outcome != evidence.HTTPResponse || len(got.content) > maxBody {
		t.Errorf("a bomb: %s, %d bytes", outcome, len(got.content))
	}
}

func FuzzAnswer(f *testing.F) {
	for _, c := range answerCases {
		if len(c.in) < 4096 {
			f.Add(c.in, 7)
		}
	}
	for _, c := range formCases {
		f.Add(with("Content-Type: "+c.media, c.body), 7)
	}
	f.Fuzz(func(t *testing.T, in string, piece int) {
		_, whole, _ := read(in, max(len(in), 1))
		a, pieces, _ := read(in, max(piece, 1))
		if whole != pieces {
			t.Errorf("whole %s, in pieces %s", whole, pieces)
		}
		h := a.keep(newScrubber(&plan{}))
		if len(h.Reason) > maxReason || len(h.BodyStart) > maxBodyStart || len(h.Location) > maxLocation || len(h.Error) > maxErrorText {
			t.Errorf("too much is kept: %+v", h)
		}
	})
}
