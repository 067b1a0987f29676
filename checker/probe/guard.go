package probe

import (
	"fmt"
	"net/netip"
)

// Guard says which addresses may be dialled. Its zero value keeps a public
// server from being turned on its own network.
type Guard struct {
	AllowPrivate bool // lifts the guard
}

// ForbiddenError is an address that the guard does not let us dial.
type ForbiddenError struct {
	IP    netip.Addr
	Block string // why: the block it lies in
}

// Error names the address and the block.
func (e *ForbiddenError) Error() string {
	return fmt.Sprintf("address %s is not dialled: %s", e.IP, e.Block)
}

// Check is nil where the address may be dialled.
func (g Guard) Check(ip netip.Addr) error {
	if g.AllowPrivate {
		return nil
	}
	if block := forbidden(ip); block != "" {
		return &ForbiddenError{IP: ip, Block: block}
	}
	return nil
}

// forbidden names the block that forbids an address, "" where none does.
func forbidden(ip netip.Addr) string {
	if !ip.IsValid() || ip.Zone() != "" {
		return "not a global address"
	}
	ip = ip.Unmap() // ::ffff:0:0/96
	if ip.Is4() {
		return inside(ip, forbidden4)
	}
	if block := inside(ip, forbidden6); block != "" {
		return block
	}
	for _, e := range embedded(ip) {
		if block := inside(e, forbidden4); block != "" {
			return "it carries " + e.String() + " of " + block
		}
	}
	if !global6.Contains(ip) && !nat64.Contains(ip) {
		return "outside " + global6.String()
	}
	return ""
}

func inside(ip netip.Addr, blocks []netip.Prefix) string {
	for _, b := range blocks {
		if b.Contains(ip) {
			return b.String()
		}
	}
	return ""
}

// embedded lists the IPv4 addresses that an IPv6 address leads to through a
// translator or tunnel.
func embedded(ip netip.Addr) []netip.Addr {
	b := ip.As16()
	at := func(i int) netip.Addr { return netip.AddrFrom4([4]byte(b[i : i+4])) }
	var out []netip.Addr
	switch {
	case nat64.Contains(ip): // RFC 6052
		out = append(out, at(12))
	case sixToFour.Contains(ip): // RFC 3056
		out = append(out, at(2))
	case teredo.Contains(ip): // RFC 4380, 4: server, and client with its bits turned
		out = append(out, at(4), netip.AddrFrom4([4]byte{^b[12], ^b[13], ^b[14], ^b[15]}))
	}
	if (b[8]&^2) == 0 && b[9] == 0 && b[10] == 0x5e && b[11] == 0xfe { // ISATAP, RFC 5214, 6.1
		out = append(out, at(12))
	}
	return out
}

var (
	global6   = netip.MustParsePrefix("2000::/3")
	nat64     = netip.MustParsePrefix("64:ff9b::/96")
	sixToFour = netip.MustParsePrefix("2002::/16")
	teredo    = netip.MustParsePrefix("2001::/32")

	// forbidden4 is IANA's special-purpose registry of IPv4, with the address
	// by which Azure's hosts reach their own platform.
	forbidden4 = prefixes(
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
		"192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
		"198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "168.63.129.16/32",
	)
	// forbidden6 is what IANA's registry carves out of 2000::/3, and for a good
	// message the blocks that lie outside it.
	forbidden6 = prefixes(
		"::/96", "64:ff9b:1::/48", "100::/64", "2001:2::/48", "2001:10::/28", "2001:20::/28", "2001:db8::/32",
		"3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
	)
)

func prefixes(list ...string) []netip.Prefix {
	out := make([]netip.Prefix, len(list))
	for i, s := range list {
		out[i] = netip.MustParsePrefix(s)
	}
	return out
}
