package web_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestTooLargeIsSaid: a client that writes a body over the limit to its end
// before it reads is told so, rather than cut off; one that asks first is told
// before it sends anything.
func TestTooLargeIsSaid(t *testing.T) {
	srv := httptest.NewServer(newSite(t, nil))
	defer srv.Close()
	for name, send := range map[string]func(io.Writer) error{
		"at once": func(w io.Writer) error {
			_, err := fmt.Fprintf(w, "Content-Length: %d\r\n\r\n%s", 16<<20, strings.Repeat("a", 16<<20))
			return err
		},
		"in chunks": func(w io.Writer) error {
			_, err := fmt.Fprint(w, "Transfer-Encoding: chunked\r\n\r\n", strings.Repeat("100000\r\n"+strings.Repeat("a", 1<<20)+"\r\n", 16), "0\r\n\r\n")
			return err
		},
		"asking first": func(w io.Writer) error {
			_, err := fmt.Fprintf(w, "Content-Length: %d\r\nExpect: 100-continue\r\n\r\n", 16<<20)
			return err
		},
	} {
		conn, err := net.Dial("tcp", srv.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		_ = conn.SetDeadline(time.Now().Add(30 * time.Second))
		fmt.Fprint(conn, "POST /api/v1/pem HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-pem-file\r\n")
		if err := send(conn); err != nil {
			t.Errorf("%s: the server did not take it in: %v", name, err)
			continue
		}
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		if err != nil || resp.StatusCode != http.StatusRequestEntityTooLarge {
			t.Errorf("%s: %v, %v", name, resp, err)
		}
	}
}
