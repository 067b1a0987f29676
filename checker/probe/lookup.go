package probe

import (
	"context"
	"net/netip"
	"time"

	"hookcheck/checker/target"
)

// Addresses are the IPv4 addresses of a host in DNS, as a check would find
// them, for who wants to know no more than that; none where there is no answer.
func (p *Prober) Addresses(ctx context.Context, t target.Target, server string, timeout time.Duration) []netip.Addr {
	pl, err := p.plan(Request{Target: t, DNS: server, Timeout: timeout})
	if err != nil || t.IsIP {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	var out []netip.Addr
	for _, s := range p.resolver(pl).lookup(ctx, pl.name).A {
		if ip, err := netip.ParseAddr(s); err == nil {
			out = append(out, ip)
		}
	}
	return out
}
