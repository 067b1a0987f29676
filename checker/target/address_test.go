package target

import "testing"

func TestParseAddress(t *testing.T) {
	for text, want := range map[string]struct {
		ip   string
		port uint16
	}{
		"127.0.0.2":               {"127.0.0.2", 0},
		"127.0.0.2:53":            {"127.0.0.2", 53},
		"::1":                     {"::1", 0},
		"[::1]":                   {"::1", 0},
		"[::1]:8443":              {"::1", 8443},
		"::ffff:192.0.2.1":        {"192.0.2.1", 0},
		"[::ffff:192.0.2.1]:8443": {"192.0.2.1", 8443},
	} {
		if ip, port, ok := ParseAddress(text); !ok || ip.String() != want.ip || port != want.port {
			t.Errorf("%s: %v %d %v", text, ip, port, ok)
		}
	}
	for _, text := range []string{"", "bot.example.org", "127.0.0.1:0", "127.0.0.1:", "127.0.0.1:99999", "127.1", "fe80::1%eth0", "[fe80::1%eth0]:1", "[127.0.0.1", "127.0.0.1]", " 127.0.0.1"} {
		if ip, port, ok := ParseAddress(text); ok {
			t.Errorf("%q is taken for %v %d", text, ip, port)
		}
	}
}
