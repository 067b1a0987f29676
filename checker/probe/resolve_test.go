package probe

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/miekg/dns"

	"hookcheck/checker/evidence"
)

// zone answers questions by "name. TYPE" with records, or with a code.
type zone map[string][]string

func (z zone) ServeDNS(w dns.ResponseWriter, q *dns.Msg) {
	m := new(dns.Msg)
	m.SetReply(q)
	records, known := z[q.Question[0].Name+" "+dns.TypeToString[q.Question[0].Qtype]]
	if !known {
		m.Rcode = dns.RcodeNameError
	}
	for _, s := range records {
		if code, ok := dns.StringToRcode[s]; ok {
			m.Rcode = code
			continue
		}
		rr, err := dns.NewRR(s)
		if err != nil {
			panic(err)
		}
		m.Answer = append(m.Answer, rr)
	}
	_ = w.WriteMsg(m)
}

// serveDNS answers on loopback, over UDP and TCP on the same port.
func serveDNS(t testing.TB, h dns.Handler) string {
	t.Helper()
	for range 20 {
		pc, err := net.ListenPacket("udp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		ln, err := net.Listen("tcp", pc.LocalAddr().String())
		if err != nil {
			pc.Close()
			continue
		}
		for _, s := range []*dns.Server{{PacketConn: pc, Handler: h}, {Listener: ln, Handler: h}} {
			up := make(chan struct{})
			s.NotifyStartedFunc = func() { close(up) }
			go s.ActivateAndServe()
			<-up
			t.Cleanup(func() { s.Shutdown() })
		}
		return pc.LocalAddr().String()
	}
	t.Fatal("no port free for both UDP and TCP")
	return ""
}

// deafDNS is a server that never answers.
func deafDNS(t testing.TB) string {
	t.Helper()
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { pc.Close() })
	return pc.LocalAddr().String()
}

func resolverFor(budget time.Duration, servers ...string) *resolver {
	r := &resolver{dialer: newDialer(Guard{}), budget: budget}
	for _, s := range servers {
		r.servers = append(r.servers, netip.MustParseAddrPort(s))
	}
	return r
}

func TestLookup(t *testing.T) {
	many := []string{}
	for i := range 40 {
		many = append(many, fmt.Sprintf("many.test. 60 A 198.51.100.%d", i))
	}
	addr := serveDNS(t, zone{
		"two.test. A":           {"two.test. 60 A 198.51.100.2", "two.test. 60 A 198.51.100.1"},
		"two.test. AAAA":        {"two.test. 60 AAAA 2001:db8::1"},
		"six.test. A":           {},
		"six.test. AAAA":        {"six.test. 60 AAAA 2001:db8::6"},
		"none.test. A":          {},
		"none.test. AAAA":       {},
		"broken.test. A":        {"SERVFAIL"},
		"broken.test. AAAA":     {"broken.test. 60 AAAA 2001:db8::6"},
		"refused.test. A":       {"REFUSED"},
		"refused.test. AAAA":    {"REFUSED"},
		"alias.test. A":         {"alias.test. 60 CNAME B.test.", "b.test. 60 CNAME c.test.", "c.test. 60 A 198.51.100.3", "other.test. 60 A 198.51.100.9"},
		"alias.test. AAAA":      {"alias.test. 60 CNAME b.test."},
		"b.test. AAAA":          {},
		"far.test. A":           {"far.test. 60 CNAME two.test."},
		"far.test. AAAA":        {"far.test. 60 CNAME gone.test."},
		"loop.test. A":          {"loop.test. 60 CNAME loop.test."},
		"loop.test. AAAA":       {},
		"dangling.test. A":      {"dangling.test. 60 CNAME gone.test.", "NXDOMAIN"},
		"many.test. A":          many,
		"many.test. AAAA":       {},
		"localhost. A":          {"localhost. 60 A 198.51.100.77"},
		"localhost. AAAA":       {},
		"my_bot.test. A":        {"my_bot.test. 60 A 198.51.100.5"},
		"answerless.test. A":    {"somebody.else. 60 A 198.51.100.5"},
		"answerless.test. AAAA": {},
	})
	for _, c := range []struct {
		name, outcome, rcode string
		a, aaaa, cname       []string
	}{
		{"two.test", evidence.DNSOK, "NOERROR", []string{"198.51.100.2", "198.51.100.1"}, []string{"2001:db8::1"}, nil},
		{"six.test", evidence.DNSOK, "NOERROR", nil, []string{"2001:db8::6"}, nil},
		{"none.test", evidence.DNSNoData, "NOERROR", nil, nil, nil},
		{"nowhere.test", evidence.DNSNoName, "NXDOMAIN", nil, nil, nil},
		{"broken.test", evidence.DNSServFail, "SERVFAIL", nil, nil, nil},
		{"refused.test", evidence.DNSServFail, "REFUSED", nil, nil, nil},
		{"alias.test", evidence.DNSOK, "NOERROR", []string{"198.51.100.3"}, nil, []string{"b.test", "c.test"}},
		{"far.test", evidence.DNSOK, "NOERROR", []string{"198.51.100.2", "198.51.100.1"}, nil, []string{"two.test"}},
		{"dangling.test", evidence.DNSNoName, "NXDOMAIN", nil, nil, []string{"gone.test"}},
		{"localhost", evidence.DNSOK, "NOERROR", []string{"198.51.100.77"}, nil, nil}, // every hosts file says otherwise
		{"my_bot.test", evidence.DNSOK, "NOERROR", []string{"198.51.100.5"}, nil, nil},
		{"answerless.test", evidence.DNSNoData, "NOERROR", nil, nil, nil},
		{"a..test", evidence.DNSNoName, "", nil, nil, nil},
	} {
		got := resolverFor(3*time.Second, addr).lookup(context.Background(), c.name)
		if got.Outcome != c.outcome || got.Rcode != c.rcode || !slices.Equal(got.A, c.a) ||
			!slices.Equal(got.AAAA, c.aaaa) || !slices.Equal(got.CNAME, c.cname) || got.Server != addr {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	if got := resolverFor(3*time.Second, addr).lookup(context.Background(), "many.test"); len(got.A) != maxAddresses {
		t.Errorf("%d addresses kept", len(got.A))
	}
	if got := resolverFor(3*time.Second, addr).lookup(context.Background(), "loop.test"); got.Outcome != evidence.DNSNoData || len(got.CNAME) > maxAliases {
		t.Errorf("a loop of aliases: %+v", got)
	}
}

// The answer does not fit into a datagram; the whole one comes over TCP.
func TestLookupTruncated(t *testing.T) {
	addr := serveDNS(t, dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		m := new(dns.Msg)
		m.SetReply(q)
		if _, udp := w.LocalAddr().(*net.UDPAddr); udp {
			m.Truncated = true
		} else if q.Question[0].Qtype == dns.TypeA {
			rr, _ := dns.NewRR("big.test. 60 A 198.51.100.8")
			m.Answer = []dns.RR{rr}
		}
		_ = w.WriteMsg(m)
	}))
	if got := resolverFor(3*time.Second, addr).lookup(context.Background(), "big.test"); !slices.Equal(got.A, []string{"198.51.100.8"}) {
		t.Errorf("%+v", got)
	}
}

func TestLookupWithoutEDNS(t *testing.T) {
	inner := zone{"old.test. A": {"old.test. 60 A 198.51.100.8"}, "old.test. AAAA": {}}
	addr := serveDNS(t, dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		if q.IsEdns0() == nil {
			inner.ServeDNS(w, q)
			return
		}
		m := new(dns.Msg)
		_ = w.WriteMsg(m.SetRcode(q, dns.RcodeFormatError))
	}))
	if got := resolverFor(3*time.Second, addr).lookup(context.Background(), "old.test"); !slices.Equal(got.A, []string{"198.51.100.8"}) {
		t.Errorf("%+v", got)
	}
}

// What is not the answer to the question is passed over.
func TestLookupForeignAnswers(t *testing.T) {
	inner := zone{"right.test. A": {"right.test. 60 A 198.51.100.8"}, "right.test. AAAA": {}}
	addr := serveDNS(t, dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		_, _ = w.Write([]byte("x"))
		forged := q.Copy()
		forged.Id++
		zone{"right.test. A": {"right.test. 60 A 198.51.100.66"}}.ServeDNS(w, forged)
		forged = q.Copy()
		forged.Question[0].Name = "wrong.test."
		zone{"wrong.test. A": {"right.test. 60 A 198.51.100.67"}}.ServeDNS(w, forged)
		inner.ServeDNS(w, q)
	}))
	if got := resolverFor(3*time.Second, addr).lookup(context.Background(), "right.test"); !slices.Equal(got.A, []string{"198.51.100.8"}) {
		t.Errorf("%+v", got)
	}
}

func TestLookupServers(t *testing.T) {
	good := serveDNS(t, zone{"up.test. A": {"up.test. 60 A 198.51.100.8"}, "up.test. AAAA": {}})
	bad := serveDNS(t, zone{"up.test. A": {"SERVFAIL"}, "up.test. AAAA": {"SERVFAIL"}})
	for name, servers := range map[string][]string{
		"the first is deaf":   {deafDNS(t), good},
		"the first is broken": {bad, good},
		"nobody listens":      {"127.0.0.1:1", good},
	} {
		if got := resolverFor(3*time.Second, servers...).lookup(context.Background(), "up.test"); !slices.Equal(got.A, []string{"198.51.100.8"}) || got.Server != good {
			t.Errorf("%s: %+v", name, got)
		}
	}
	if got := resolverFor(200*time.Millisecond, deafDNS(t)).lookup(context.Background(), "up.test"); got.Outcome != evidence.DNSTimeout {
		t.Errorf("all deaf: %+v", got)
	}
	if got := resolverFor(time.Second, deafDNS(t), bad).lookup(context.Background(), "up.test"); got.Outcome != evidence.DNSServFail {
		t.Errorf("one deaf, one broken: %+v", got)
	}
}

// A lost datagram is asked for again.
func TestLookupLostDatagram(t *testing.T) {
	inner := zone{"lossy.test. A": {"lossy.test. 60 A 198.51.100.8"}, "lossy.test. AAAA": {}}
	var asked atomic.Int32
	addr := serveDNS(t, dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		if asked.Add(1) > 2 {
			inner.ServeDNS(w, q)
		}
	}))
	if got := resolverFor(2*time.Second, addr).lookup(context.Background(), "lossy.test"); !slices.Equal(got.A, []string{"198.51.100.8"}) {
		t.Errorf("%+v", got)
	}
}

// A server that swallows questions for AAAA does not hold up the check.
func TestLookupDeafToAAAA(t *testing.T) {
	inner := zone{"four.test. A": {"four.test. 60 A 198.51.100.8"}}
	addr := serveDNS(t, dns.HandlerFunc(func(w dns.ResponseWriter, q *dns.Msg) {
		if q.Question[0].Qtype == dns.TypeA {
			inner.ServeDNS(w, q)
		}
	}))
	start := time.Now()
	got := resolverFor(30*time.Second, addr).lookup(context.Background(), "four.test")
	if got.Outcome != evidence.DNSOK || len(got.A) != 1 || time.Since(start) > 15*time.Second {
		t.Errorf("%+v", got)
	}
}

func TestSystemServers(t *testing.T) {
	file := filepath.Join(t.TempDir(), "resolv.conf")
	text := "search example.org\nnameserver 192.0.2.1\nnameserver nonsense\nnameserver 2001:db8::1\noptions ndots:5\nnameserver 192.0.2.3\nnameserver 192.0.2.4\n"
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	want := []netip.AddrPort{netip.MustParseAddrPort("192.0.2.1:53"), netip.MustParseAddrPort("[2001:db8::1]:53"), netip.MustParseAddrPort("192.0.2.3:53")}
	if got := systemServers(file); !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	if got := systemServers(file + ".missing"); !slices.Equal(got, []netip.AddrPort{netip.MustParseAddrPort("127.0.0.1:53")}) {
		t.Errorf("without a file: %v", got)
	}
}
