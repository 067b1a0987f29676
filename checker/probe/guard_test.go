package probe

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"testing"
)

func TestGuardForbids(t *testing.T) {
	for _, s := range []string{
		"0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.0.1.1", "169.254.169.254",
		"172.16.0.1", "172.31.255.255", "192.0.0.192", "192.0.2.1", "192.88.99.1", "192.168.0.1", "198.18.0.1",
		"198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "168.63.129.16",
		"::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:0:127.0.0.1",
		"64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1",
		"2001:db8::1", "3fff::1", "2001:2::1", "2001:20::1", "5f00::1",
		"2002:7f00:1::1", "2002:a00:1::", "2002:a9fe:a9fe::1",
		"2001:0:7f00:1::", "2001:0:808:808:0:0:80ff:fffe", // Teredo: server 127.0.0.1; client 127.0.0.1
		"2a00::5efe:a00:1", "2a00::200:5efe:c0a8:1", // ISATAP
		"fc00::1", "fd00:ec2::254", "fe80::1", "fe80::1%eth0", "2a00::1%eth0", "fec0::1", "ff02::1", "4000::1",
	} {
		var forbidden *ForbiddenError
		if err := (Guard{}).Check(netip.MustParseAddr(s)); !errors.As(err, &forbidden) || forbidden.Block == "" {
			t.Errorf("%s: %v", s, err)
		}
		if err := (Guard{AllowPrivate: true}).Check(netip.MustParseAddr(s)); err != nil {
			t.Errorf("%s with the guard lifted: %v", s, err)
		}
	}
	if err := (Guard{}).Check(netip.Addr{}); err == nil {
		t.Error("no address at all was let through")
	}
}

func TestGuardLetsThrough(t *testing.T) {
	for _, s := range []string{
		"8.8.8.8", "149.154.167.220", "172.32.0.1", "100.128.0.1", "::ffff:8.8.8.8", "64:ff9b::808:808",
		"2a00:1450::1", "2002:808:808::1", "2001:4860:4860::8888",
	} {
		if err := (Guard{}).Check(netip.MustParseAddr(s)); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
}

// The socket itself is guarded, whatever way an address got there.
func TestGuardSeesTheSocket(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	d := newDialer(Guard{})
	var forbidden *ForbiddenError
	if _, err := d.guarded.DialContext(context.Background(), "tcp", ln.Addr().String()); !errors.As(err, &forbidden) {
		t.Errorf("dialling past Check: %v", err)
	}
	if _, err := d.dial(context.Background(), netip.MustParseAddrPort(ln.Addr().String())); !errors.As(err, &forbidden) {
		t.Errorf("dialling: %v", err)
	}
}
