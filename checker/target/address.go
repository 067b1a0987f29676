package target

import (
	"net/netip"
	"strings"
)

// ParseAddress reads ADDR or ADDR:PORT, where ADDR is an IP address, an IPv6
// one with or without brackets. port is 0 where none is given.
func ParseAddress(s string) (ip netip.Addr, port uint16, ok bool) {
	if ap, err := netip.ParseAddrPort(s); err == nil {
		return ap.Addr().Unmap(), ap.Port(), ap.Port() != 0 && ap.Addr().Zone() == ""
	}
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") {
		s = s[1 : len(s)-1]
	}
	ip, err := netip.ParseAddr(s)
	return ip.Unmap(), 0, err == nil && ip.Zone() == ""
}
