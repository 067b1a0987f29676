package probe

import (
	"context"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/miekg/dns"

	"hookcheck/checker/evidence"
)

const (
	maxAddresses = 32 // of each family
	maxServers   = 3  // as resolv.conf(5)
	maxAliases   = 8  // CNAME records followed
	// latecomer is how long AAAA is waited for once A is known.
	latecomer = 400 * time.Millisecond
)

// resolver asks name servers directly: no hosts file and no search list come
// between, because Telegram sees neither.
type resolver struct {
	servers []netip.AddrPort
	dialer  *dialer
	budget  time.Duration // for one lookup
}

func (p *Prober) resolver(pl *plan) *resolver {
	r := &resolver{servers: pl.servers, dialer: p.dialer, budget: min(pl.timeout/2, 8*time.Second)}
	if len(r.servers) == 0 {
		r.servers = systemServers(p.o.ResolvConf)
	}
	return r
}

// systemServers reads resolv.conf; without one it is this host, as for the C
// library.
func systemServers(file string) []netip.AddrPort {
	var out []netip.AddrPort
	if conf, err := dns.ClientConfigFromFile(file); err == nil {
		for _, s := range conf.Servers {
			if ip, err := netip.ParseAddr(s); err == nil && len(out) < maxServers {
				out = append(out, netip.AddrPortFrom(ip, 53))
			}
		}
	}
	if len(out) == 0 {
		out = append(out, netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), 53))
	}
	return out
}

// lookup asks for the A and AAAA records of a name.
func (r *resolver) lookup(ctx context.Context, name string) *evidence.DNS {
	ctx, cancel := context.WithTimeout(ctx, r.budget)
	defer cancel()
	six, giveUp := context.WithCancel(ctx)
	defer giveUp()
	var a, aaaa records
	var wg sync.WaitGroup
	wg.Go(func() { aaaa = r.records(six, name, dns.TypeAAAA) })
	a = r.records(ctx, name, dns.TypeA)
	if len(a.addresses) > 0 {
		late := time.AfterFunc(latecomer, giveUp)
		defer late.Stop()
	}
	wg.Wait()
	return combine(a, aaaa)
}

// combine is the outcome of both questions. What became of the question for A
// decides: a server that answers it with an error has not said that there is
// IPv6 alone.
func combine(a, aaaa records) *evidence.DNS {
	out := &evidence.DNS{
		Outcome: a.outcome, Server: a.server, Rcode: a.rcode,
		A: texts(a.addresses), AAAA: texts(aaaa.addresses), CNAME: a.aliases,
	}
	switch {
	case len(a.addresses) > 0:
		out.Outcome = evidence.DNSOK
	case a.outcome == evidence.DNSNoData && len(aaaa.addresses) > 0:
		out.Outcome = evidence.DNSOK
	case a.outcome != evidence.DNSNoData:
		out.AAAA = nil
	}
	return out
}

func texts(list []netip.Addr) []string {
	var out []string
	for _, ip := range list {
		out = append(out, ip.String())
	}
	return out
}

// records is what one type of question brought.
type records struct {
	outcome, server, rcode string
	addresses              []netip.Addr
	aliases                []string
}

// records asks for one type and follows aliases, within the answer and, where
// it ends in one, by asking again.
func (r *resolver) records(ctx context.Context, name string, qtype uint16) records {
	var out records
	for owner := dns.Fqdn(name); ; {
		got := r.ask(ctx, owner, qtype)
		out.outcome, out.server, out.rcode = got.outcome, got.server, got.rcode
		if got.msg == nil {
			return out
		}
		end, aliases := follow(got.msg.Answer, owner, maxAliases-len(out.aliases))
		out.aliases = append(out.aliases, aliases...)
		out.addresses = addresses(got.msg.Answer, end, qtype)
		if len(out.addresses) > 0 {
			out.outcome = evidence.DNSOK
			return out
		}
		if got.outcome != evidence.DNSNoData || len(aliases) == 0 || len(out.aliases) >= maxAliases {
			return out
		}
		owner = end
	}
}

// follow walks the CNAME records from a name to the end of the chain.
func follow(answer []dns.RR, name string, most int) (end string, aliases []string) {
	end = name
	for len(aliases) < most {
		next := alias(answer, end)
		if next == "" {
			break
		}
		end = next
		aliases = append(aliases, strings.ToLower(strings.TrimSuffix(next, ".")))
	}
	return end, aliases
}

func alias(answer []dns.RR, name string) string {
	for _, rr := range answer {
		if c, ok := rr.(*dns.CNAME); ok && strings.EqualFold(c.Hdr.Name, name) {
			return c.Target
		}
	}
	return ""
}

// addresses are those of one owner, in the order of the answer.
func addresses(answer []dns.RR, owner string, qtype uint16) []netip.Addr {
	var out []netip.Addr
	for _, rr := range answer {
		h := rr.Header()
		if h.Rrtype != qtype || !strings.EqualFold(h.Name, owner) || len(out) == maxAddresses {
			continue
		}
		var raw []byte
		switch rec := rr.(type) {
		case *dns.A:
			raw = rec.A.To4()
		case *dns.AAAA:
			raw = rec.AAAA.To16()
		}
		if ip, ok := netip.AddrFromSlice(raw); ok {
			out = append(out, ip)
		}
	}
	return out
}
