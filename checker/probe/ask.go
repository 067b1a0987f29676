package probe

import (
	"context"
	"errors"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/miekg/dns"

	"hookcheck/checker/evidence"
)

const (
	dnsRounds = 2    // how often each server is asked
	ednsSize  = 1232 // that no path fragments (DNS flag day 2020)
)

// reply is what became of one question.
type reply struct {
	outcome, server, rcode string
	msg                    *dns.Msg // nil unless the answer can be used
}

// ask puts a question to the servers in turn. A server that is slow does not
// hold up the next, and its late answer still counts.
func (r *resolver) ask(ctx context.Context, name string, qtype uint16) reply {
	var wg sync.WaitGroup
	defer wg.Wait()
	ctx, cancel := context.WithTimeout(ctx, r.budget)
	defer cancel()
	tries := dnsRounds * len(r.servers)
	wait := min(time.Second, r.budget/time.Duration(tries+1))
	replies := make(chan reply, tries)
	timer := time.NewTimer(0)
	defer timer.Stop()
	worst := reply{outcome: evidence.DNSTimeout}
	for asked, answered := 0, 0; answered < tries; {
		select {
		case <-timer.C:
			if asked == tries {
				continue
			}
			server := r.servers[asked%len(r.servers)]
			asked++
			wg.Go(func() { replies <- r.askServer(ctx, server, name, qtype) })
			timer.Reset(wait)
		case got := <-replies:
			answered++
			if got.msg != nil || got.outcome == evidence.DNSNoName {
				return got
			}
			if worst.outcome == evidence.DNSTimeout {
				worst = got
			}
			timer.Reset(0)
		case <-ctx.Done():
			return worst
		}
	}
	return worst
}

// askServer asks one server, over TCP where the answer does not fit into a
// datagram, and plainly where the server does not know EDNS.
func (r *resolver) askServer(ctx context.Context, server netip.AddrPort, name string, qtype uint16) reply {
	q := new(dns.Msg)
	q.SetQuestion(name, qtype)
	q.SetEdns0(ednsSize, false)
	got, err := r.exchange(ctx, "udp", server, q)
	if err == nil && (got.Rcode == dns.RcodeFormatError || got.Rcode == dns.RcodeNotImplemented) {
		q.Extra = nil
		got, err = r.exchange(ctx, "udp", server, q)
	}
	if err == nil && got.Truncated {
		if whole, tcpErr := r.exchange(ctx, "tcp", server, q); tcpErr == nil {
			got = whole
		}
	}
	out := reply{outcome: evidence.DNSTimeout, server: server.String()}
	switch {
	case errors.Is(err, errUnaskable):
		out.outcome = evidence.DNSNoName
		return out
	case err != nil:
		return out
	}
	out.rcode = dns.RcodeToString[got.Rcode]
	switch got.Rcode {
	case dns.RcodeSuccess:
		out.outcome, out.msg = evidence.DNSNoData, got
	case dns.RcodeNameError:
		out.outcome, out.msg = evidence.DNSNoName, got
	default:
		out.outcome = evidence.DNSServFail
	}
	return out
}

// errUnaskable is a name that does not fit into a question, so that no server
// can know it.
var errUnaskable = errors.New("the name cannot be asked for")

// exchange sends one question and waits for its answer; whatever else arrives
// is passed over.
func (r *resolver) exchange(ctx context.Context, network string, server netip.AddrPort, q *dns.Msg) (*dns.Msg, error) {
	q.Id = dns.Id()
	if _, err := q.Pack(); err != nil {
		return nil, errUnaskable
	}
	raw, err := r.dialer.nameServer(ctx, network, server)
	if err != nil {
		return nil, err
	}
	defer func() { _ = raw.Close() }()
	defer bind(ctx, raw)()
	conn := &dns.Conn{Conn: raw, UDPSize: 4096}
	if err := conn.WriteMsg(q); err != nil {
		return nil, err
	}
	for range 64 {
		got, err := conn.ReadMsg()
		if errors.Is(err, dns.ErrShortRead) {
			continue
		}
		if err != nil && got == nil {
			return nil, err
		}
		if got != nil && answers(got, q) && (err == nil || got.Truncated) {
			return got, nil
		}
	}
	return nil, errors.New("reading the answer: none to the question")
}

func answers(got, q *dns.Msg) bool {
	return got.Response && got.Id == q.Id && len(got.Question) == 1 &&
		got.Question[0].Qtype == q.Question[0].Qtype &&
		strings.EqualFold(got.Question[0].Name, q.Question[0].Name)
}
