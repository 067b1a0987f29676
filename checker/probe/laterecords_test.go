package probe

import (
	"errors"
	"testing"

	"hookcheck/checker/probe/hello"
)

// TestLateRecords: however the bytes are cut, a refused record is met at its
// own header, after all that came before.
func TestLateRecords(t *testing.T) {
	const data, ccs = "\x17\x03\x03\x00\x02ab", "\x14\x03\x03\x00\x01\x01"
	for _, tc := range []struct{ name, version, in, want string }{
		{"data alone", "tls1.3", data + data, ""},
		{"ChangeCipherSpec", "tls1.3", data + ccs, "bad_record_type"},
		{"alert in the clear", "tls1.3", data + "\x15\x03\x03\x00\x02\x02\x28", "bad_record_type"},
		{"too long", "tls1.3", data + "\x17\x03\x03\x60\x01", "packet_length_too_long"},
		{"no TLS", "tls1.3", data + "HTTP/1.1", "wrong_version_number"},
		{"alert, TLS 1.2", "tls1.2", data + "\x15\x03\x03\x00\x02\x02\x28", ""}, // the suite is not known here
		{"within the handshake", "", data + ccs, ""},
	} {
		for _, piece := range []int{1, 3, 100} {
			l := lateRecords{session: hello.Protection{Version: tc.version}}
			var err error
			passed := 0
			for rest := tc.in; rest != "" && err == nil; {
				n := 0
				cut := min(piece, len(rest))
				n, err = l.pass([]byte(rest[:cut]))
				passed, rest = passed+n, rest[cut:]
			}
			var late *lateError
			switch {
			case errors.As(err, &late) && late.reason != tc.want, err == nil && tc.want != "":
				t.Errorf("%s in pieces of %d: %v, want %q", tc.name, piece, err, tc.want)
			case tc.want != "" && piece == 100 && passed != len(data):
				t.Errorf("%s: %d bytes passed, want %d", tc.name, passed, len(data))
			}
		}
	}
}
