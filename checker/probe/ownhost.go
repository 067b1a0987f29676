package probe

import (
	"net"
	"net/netip"
)

// own tells which addresses are this machine's: from there a check does not
// pass the firewall that Telegram meets.
func (p *Prober) own() func(netip.Addr) bool {
	mine := map[netip.Addr]bool{}
	list, _ := p.o.Interfaces() // without it only loopback is known
	for _, a := range list {
		if n, ok := a.(*net.IPNet); ok {
			if ip, ok := netip.AddrFromSlice(n.IP); ok {
				mine[ip.Unmap()] = true
			}
		}
	}
	return func(ip netip.Addr) bool { return ip.IsLoopback() || mine[ip.Unmap()] }
}
