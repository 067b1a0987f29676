package facts

import (
	"net/netip"

	"hookcheck/checker/evidence"
)

// reservedBlocks are the IPv4 blocks that setWebhook refuses (Telegram's
// client, td/utils/port/IPAddress.cpp, IPAddress::is_reserved).
var reservedBlocks = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("10.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"),
	netip.MustParsePrefix("127.0.0.0/8"),
	netip.MustParsePrefix("169.254.0.0/16"),
	netip.MustParsePrefix("172.16.0.0/12"),
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("192.88.99.0/24"),
	netip.MustParsePrefix("192.168.0.0/16"),
	netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("224.0.0.0/3"),
}

// Reserved names the block that makes setWebhook refuse an IPv4 address, ""
// where it does not.
func Reserved(ip netip.Addr) string {
	ip = ip.Unmap()
	for _, b := range reservedBlocks {
		if b.Contains(ip) {
			return b.String()
		}
	}
	return ""
}

func deriveNet(ev *evidence.Evidence) Net {
	var n Net
	n.FirstIP = firstIP(ev)
	if ev.Request.ConnectTo == "" {
		if ip, err := netip.ParseAddr(n.FirstIP); err == nil {
			n.Reserved = Reserved(ip)
		}
	}
	for i := range ev.Addresses {
		if a := &ev.Addresses[i]; a.IP == n.FirstIP {
			n.First = a
			break
		}
	}
	if n.First == nil {
		return n
	}
	n.FromItself = n.First.Local && ev.Request.ConnectTo == ""
	for _, a := range ev.Addresses {
		if ip, err := netip.ParseAddr(a.IP); err != nil || !ip.Unmap().Is4() {
			continue // Telegram never uses it
		}
		if a.IP != n.FirstIP && !sameAnswer(*n.First, a) {
			n.Differ = append(n.Differ, a)
		}
	}
	return n
}

// firstIP is the address that Telegram would connect to, or that we were told
// to dial in its place.
func firstIP(ev *evidence.Evidence) string {
	if ev.Request.ConnectTo != "" && len(ev.Addresses) > 0 {
		return ev.Addresses[0].IP
	}
	if ev.DNS != nil && len(ev.DNS.A) > 0 {
		return ev.DNS.A[0]
	}
	return ""
}

// sameAnswer tells whether two addresses look alike from outside.
func sameAnswer(a, b evidence.Address) bool {
	return a.TCP == b.TCP && a.TLS == b.TLS && a.LeafSHA256 == b.LeafSHA256
}
