package hello

import (
	"crypto/tls"
	"encoding/binary"
	"io"
	"net"
	"strings"
	"testing"

	"hookcheck/checker/clienterror"
	"hookcheck/checker/evidence"
)

// editedConn edits the server's records as it writes them; they are counted
// from 1, from the first after ServerHelloDone.
type editedConn struct {
	net.Conn
	edit func(n int, record []byte) []byte
	n    int
	last bool // ServerHelloDone was written
}

// Write is net.Conn's. crypto/tls writes whole records.
func (c *editedConn) Write(p []byte) (int, error) {
	var out []byte
	for rest := p; len(rest) > headerLen; {
		size := headerLen + int(binary.BigEndian.Uint16(rest[3:]))
		record := rest[:size]
		rest = rest[size:]
		if c.last {
			c.n++
			record = c.edit(c.n, append([]byte(nil), record...))
		}
		c.last = c.last || record[0] == typeHandshake && strings.HasSuffix(string(record), "\x0e\x00\x00\x00")
		out = append(out, record...)
	}
	if _, err := c.Conn.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// TestDamagedClosingFlight: NewSessionTicket, ChangeCipherSpec and Finished of
// TLS 1.2, each text as Telegram's client has it.
func TestDamagedClosingFlight(t *testing.T) {
	const ticket, ccs, finished = 1, 2, 3
	before := func(at int, record string) func(int, []byte) []byte {
		return func(n int, r []byte) []byte {
			if n == at {
				return append([]byte(record), r...)
			}
			return r
		}
	}
	at := func(at int, edit func([]byte) []byte) func(int, []byte) []byte {
		return func(n int, r []byte) []byte {
			if n == at {
				return edit(r)
			}
			return r
		}
	}
	drop := func([]byte) []byte { return nil }
	flip := func(i int) func([]byte) []byte {
		return func(r []byte) []byte {
			r[(i+len(r))%len(r)] ^= 1
			return r
		}
	}
	const clearAlert, change = "\x15\x03\x03\x00\x02\x02\x50", "\x14\x03\x03\x00\x01\x01"
	tests := []struct {
		name string
		edit func(int, []byte) []byte
		want string
	}{
		{"whole", func(_ int, r []byte) []byte { return r }, ""},
		{"ServerHelloDone twice", before(ticket, "\x16\x03\x03\x00\x04\x0e\x00\x00\x00"), "unexpected message"},
		{"no ticket", at(ticket, drop), "unexpected message"},
		{"a changed ticket", at(ticket, flip(-1)), "digest check failed"},
		{"data before the ticket", before(ticket, "\x17\x03\x03\x00\x02ab"), "unexpected record"},
		{"an unknown record", at(ticket, func(r []byte) []byte { r[0] = 99; return r }), "unexpected record"},
		{"ticket cut short", at(ticket, func(r []byte) []byte {
			binary.BigEndian.PutUint16(r[3:], uint16(len(r)-headerLen-1))
			return r[:len(r)-1]
		}), "ccs received early"},
		{"no ChangeCipherSpec", at(ccs, drop), "unexpected message"},
		{"ChangeCipherSpec of another value", at(ccs, flip(-1)), "bad change cipher spec"},
		{"long ChangeCipherSpec", at(ccs, func([]byte) []byte { return []byte("\x14\x03\x03\x00\x02\x01\x01") }), "bad change cipher spec"},
		{"empty ChangeCipherSpec", at(ccs, func([]byte) []byte { return []byte("\x14\x03\x03\x00\x00") }), "unexpected message"},
		{"ChangeCipherSpec twice", before(finished, change), "invalid aad"},
		{"alert in the clear at the end", before(finished, clearAlert), "invalid aad"},
		{"alert in the clear", before(ccs, clearAlert), "tlsv1 alert internal error"},
		{"no TLS", before(ccs, "HTTP/1.1 400 Bad Request\r\n\r\n"), "wrong version number"},
	}
	config := serverConfig(t, func(c *tls.Config) {
		c.MaxVersion = tls.VersionTLS12
		c.CipherSuites = []uint16{tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}
	})
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dial := serve(t, func(conn net.Conn) {
				c := tls.Server(&editedConn{Conn: conn, edit: test.edit}, config)
				if c.Handshake() == nil {
					_, _ = io.Copy(io.Discard, c)
				}
				_ = c.Close()
			})
			first, _, session := handshake(t, dial)
			if first.Outcome != evidence.HelloOK {
				t.Fatalf("first flight: %+v", first)
			}
			got := clienterror.Text(first, &session)
			if test.want == "" && (got != "" || session.Outcome != evidence.SessionOK) || !strings.Contains(got, "routines::"+test.want+"}") && test.want != "" {
				t.Errorf("%+v reads %q, want %q", session, got, test.want)
			}
		})
	}
}

// TestClosingInPieces: however the bytes are cut, the same record is refused.
func TestClosingInPieces(t *testing.T) {
	const (
		hello   = "\x16\x03\x03\x00\x30\x02\x00\x00\x2c\x03\x03" + "0123456789abcdef0123456789abcdef" + "\x00\xc0\x2b\x00\x00\x04\x00\x23\x00\x00"
		done    = "\x16\x03\x03\x00\x04\x0e\x00\x00\x00"
		request = "\x16\x03\x03\x00\x04\x00\x00\x00\x00"
		ticket  = "\x16\x03\x03\x00\x0b\x04\x00\x00\x07\x00\x00\x00\x00\x00\x01x"
		change  = "\x14\x03\x03\x00\x01\x01"
	)
	end := "\x16\x03\x03\x00\x28" + strings.Repeat("f", 40)
	tests := []struct {
		in   string
		want refusal
	}{
		{hello + done + ticket + change + end, ""},
		{hello + done + request + ticket + request + change + end, ""},
		{hello + done + change, refUnexpectedMsg},
		{hello + done + ticket + ticket, refUnexpectedMsg},
		{hello + done + ticket + change + "\x15\x03\x03\x00\x02\x02\x28", refInvalidAAD},
		{hello + done + ticket + change + end + "\x17\x03\x03\x00\x00", refInvalidAAD},
	}
	for i, test := range tests {
		for _, piece := range []int{1, 3, 7, 1000} {
			c := closing{session: Protection{Version: "tls1.2", Cipher: "ECDHE-ECDSA-AES128-GCM-SHA256"}}
			for rest := test.in; rest != "" && c.refused == nil; {
				cut := min(piece, len(rest))
				c.follow([]byte(rest[:cut]))
				rest = rest[cut:]
			}
			if got := RefusalReason(c.refused); got != string(test.want) {
				t.Errorf("%d in pieces of %d: %q, want %q", i, piece, got, test.want)
			}
			if test.want == "" && !c.finished {
				t.Errorf("%d in pieces of %d: no end", i, piece)
			}
		}
	}
}

func TestRecordsTooShort(t *testing.T) {
	tests := []struct {
		p    Protection
		size int
		want refusal
	}{
		{Protection{"tls1.2", "ECDHE-RSA-AES256-GCM-SHA384", false}, 23, refInvalidAAD},
		{Protection{"tls1.2", "ECDHE-RSA-AES256-GCM-SHA384", false}, 24, ""},
		{Protection{"tls1.2", "ECDHE-RSA-CHACHA20-POLY1305", false}, 15, refInvalidData},
		{Protection{"tls1.2", "ECDHE-RSA-CHACHA20-POLY1305", false}, 16, ""},
		{Protection{"tls1.2", "AES128-CCM8", false}, 15, refInvalidData},
		{Protection{"tls1.2", "AES128-CCM8", false}, 16, ""},
		{Protection{"tls1.2", "AES128-CCM", false}, 23, refInvalidData},
		{Protection{"tls1.2", "AES128-SHA", true}, 19, refLengthShort},
		{Protection{"tls1.2", "AES128-SHA", true}, 20, ""},
		{Protection{"tls1.2", "AES128-SHA", false}, 2, ""},
		{Protection{"tls1.2", "AES128-SHA256", true}, 31, refLengthShort},
		{Protection{"tls1.2", "ECDHE-RSA-AES256-SHA384", true}, 47, refLengthShort},
		{Protection{"tls1.1", "AES128-SHA", true}, 19, refLengthShort},
		{Protection{"tls1.3", "TLS_AES_128_GCM_SHA256", false}, 2, ""},
	}
	for _, test := range tests {
		minor := byte(3)
		if test.p.Version == "tls1.1" {
			minor = 2
		}
		header := []byte{typeAppData, 3, minor, 0, byte(test.size)}
		if got := LateRecord(test.p, header); got != string(test.want) {
			t.Errorf("%+v, %d bytes: %q, want %q", test.p, test.size, got, test.want)
		}
	}
}
