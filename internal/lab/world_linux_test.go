package lab_test

import (
	"bytes"
	"context"
	"crypto/x509"
	"net"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/miekg/dns"

	"hookcheck/checker"
	"hookcheck/checker/rules"
	"hookcheck/checker/target"
	"hookcheck/internal/lab"
	"hookcheck/internal/lang"
	"hookcheck/internal/testpki"
)

// worldCase is a check that resolves, in a network namespace whose addresses
// are public ones: what loopback cannot show.
type worldCase struct {
	name, target string
	dns          zone
	secret       string
	upload       []byte
	timeout      time.Duration
	verdict      string
	predicted    string
	blockers     []string
	others       []string
}

// zone answers for every name: addresses, or a code, or never.
type zone struct {
	a, aaaa []string
	rcode   int
	silent  bool
}

func (z zone) ServeDNS(w dns.ResponseWriter, q *dns.Msg) {
	if z.silent {
		return
	}
	m := new(dns.Msg)
	m.SetRcode(q, z.rcode)
	head := dns.RR_Header{Name: q.Question[0].Name, Class: dns.ClassINET, Ttl: 60, Rrtype: q.Question[0].Qtype}
	switch head.Rrtype {
	case dns.TypeA:
		for _, ip := range z.a {
			m.Answer = append(m.Answer, &dns.A{Hdr: head, A: net.ParseIP(ip)})
		}
	case dns.TypeAAAA:
		for _, ip := range z.aaaa {
			m.Answer = append(m.Answer, &dns.AAAA{Hdr: head, AAAA: net.ParseIP(ip)})
		}
	}
	_ = w.WriteMsg(m)
}

// The addresses of the world: 11.0.0.0/24 is answered by this machine and
// belongs to none of its interfaces, as another machine would.
const (
	healthyIP = "11.0.0.1"
	byIP      = "11.0.0.2" // its certificate is for the address
	hungIP    = "11.0.0.3"
	slowIP    = "11.0.0.4"
	brokenIP  = "11.0.0.5"
	emptyIP   = "11.0.0.6" // nothing listens
	droppedIP = "11.0.0.7"
	ownIP     = "11.0.1.1" // of an interface
	nowhereIP = "11.0.2.1" // unreachable
	barredIP  = "11.0.3.1" // prohibited
)

func worldCases() []worldCase {
	at := func(ips ...string) zone { return zone{a: ips} }
	url, host := "https://"+testpki.Host+":8443/hook", testpki.Host+":8443"
	badURL := "Bad Request: bad webhook: "
	ports := badURL + "Webhook can be set up only on ports 80, 88, 443 or 8443"
	return []worldCase{
		{name: "healthy", target: url, dns: at(healthyIP), verdict: "works"},
		{name: "healthy, with IPv6 besides", target: url, dns: zone{a: []string{healthyIP}, aaaa: []string{"2001:db8::1"}}, verdict: "works"},
		{name: "http", target: "http://" + host + "/", dns: at(healthyIP), verdict: "fails", predicted: badURL + "An HTTPS URL must be provided for webhook",
			blockers: []string{"url.not_https"}, others: []string{"url.local_api_hint"}},
		{name: "port 8444", target: testpki.Host + ":8444", dns: at(healthyIP), verdict: "fails", predicted: ports,
			blockers: []string{"url.port_unsupported"}, others: []string{"url.local_api_hint"}},
		{name: "token in the path", target: "https://" + host + "/bot123456789:AAEhBP0av28TUqGHBLoVRZGkxzDQLGbFyZ8", dns: at(healthyIP), verdict: "works",
			others: []string{"url.token_in_path"}},
		{name: "no such name", target: url, dns: zone{rcode: dns.RcodeNameError}, verdict: "fails",
			predicted: badURL + "Failed to resolve host: Name or service not known", blockers: []string{"dns.unresolvable"}},
		{name: "DNS fails", target: url, dns: zone{rcode: dns.RcodeServerFailure}, verdict: "unknown",
			predicted: badURL + "Failed to resolve host: Temporary failure in name resolution", blockers: []string{"dns.lookup_failed"}},
		{name: "IPv6 alone", target: url, dns: zone{aaaa: []string{"2001:db8::1"}}, verdict: "fails",
			predicted: badURL + "IPv6-only addresses are not allowed", blockers: []string{"dns.ipv6_only"}},
		{name: "a reserved address", target: url, dns: at("10.1.2.3"), verdict: "fails",
			predicted: badURL + "IP address 10.1.2.3 is reserved", blockers: []string{"dns.reserved_address"}},
		{name: "two addresses that differ", target: url, dns: at(healthyIP, emptyIP), verdict: "works", others: []string{"dns.addresses_differ"}},
		{name: "an address with a certificate for it", target: byIP + ":8443", verdict: "works", others: []string{"dns.ip_without_upload"}},
		{name: "refused", target: url, dns: at(emptyIP), verdict: "fails", predicted: "Connection refused", blockers: []string{"tcp.refused"}},
		{name: "dropped", target: url, dns: at(droppedIP), timeout: 1500 * time.Millisecond, verdict: "unknown", predicted: "Connection timed out", blockers: []string{"tcp.timeout"}},
		{name: "unreachable", target: url, dns: at(nowhereIP), verdict: "fails", predicted: "No route to host", blockers: []string{"tcp.unreachable"}},
		{name: "no route", target: url, dns: at("44.1.2.3"), verdict: "fails", predicted: "Network is unreachable", blockers: []string{"tcp.unreachable"}},
		{name: "prohibited", target: url, dns: at(barredIP), verdict: "unknown", blockers: []string{"tcp.failed"}},
		{name: "the machine's own address", target: url, dns: at(ownIP), verdict: "unknown", others: []string{"tcp.checked_from_itself"}},
		{name: "broken TLS", target: host, dns: at(brokenIP), verdict: "fails", predicted: "SSL error {error:0A0000F4:SSL routines::unexpected message}", blockers: []string{"tls.malformed"}},
		{name: "hung", target: url, dns: at(hungIP), timeout: 1500 * time.Millisecond, verdict: "fails", predicted: "Read timeout expired", blockers: []string{"http.timeout"}},
		{name: "slow", target: url, dns: at(slowIP), verdict: "works", others: []string{"http.slow"}},
		{name: "a path over 4 kB", target: url + strings.Repeat("a", 3900), dns: at(healthyIP), verdict: "fails", secret: strings.Repeat("s", 256),
			blockers: []string{"http.request_too_long"}},
		{name: "an upload over 3 MiB", target: host, dns: at(healthyIP), upload: bytes.Repeat([]byte("a"), 3<<20+1), verdict: "fails",
			predicted: "Bad Request: certificate size is too big (3145729 bytes)", blockers: []string{"upload.too_big"}},
	}
}

const inWorld = "HOOKCHECK_LAB_WORLD"

// TestWorld runs worldCases in a network namespace of its own.
func TestWorld(t *testing.T) {
	if os.Getenv(inWorld) == "" {
		if os.Geteuid() != 0 {
			t.Fatal("a network namespace needs root")
		}
		again := exec.Command(os.Args[0], "-test.run=^TestWorld$", "-test.v")
		again.Env = append(os.Environ(), inWorld+"=1")
		again.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNET}
		out, err := again.CombinedOutput()
		if err != nil || !bytes.Contains(out, []byte("--- PASS: TestWorld/healthy")) {
			t.Fatalf("%v\n%s", err, out)
		}
		return
	}
	makeWorld(t)
	c := newChecker(t)
	for _, wc := range worldCases() {
		t.Run(wc.name, func(t *testing.T) {
			t.Parallel()
			wc.run(t, c)
		})
	}
}

func makeWorld(t *testing.T) {
	script := `ip link set lo up
ip route add local 11.0.0.0/24 dev lo
ip addr add ` + ownIP + `/32 dev lo
ip route add unreachable 11.0.2.0/24
ip route add prohibit 11.0.3.0/24
PATH=$PATH:/usr/sbin:/sbin iptables -A INPUT -d ` + droppedIP + ` -p tcp --dport 8443 -j DROP`
	if out, err := exec.Command("bash", "-ec", script).CombinedOutput(); err != nil {
		t.Fatalf("making the namespace: %v\n%s", err, out)
	}
	ca, leaf := pki()
	address := ca.LeafWith(nil, testpki.Edit(func(c *x509.Certificate) { c.IPAddresses = []net.IP{net.ParseIP(byIP)} }))
	answer := func(after time.Duration) func(net.Conn) {
		return func(c net.Conn) { time.Sleep(after); lab.Answer(c, lab.OK) }
	}
	sites := map[string]func(net.Conn){
		healthyIP + ":8443": lab.OverTLS(healthy(), answer(0)),
		healthyIP + ":8444": lab.OverTLS(healthy(), answer(0)),
		ownIP + ":8443":     lab.OverTLS(healthy(), answer(0)),
		byIP + ":8443":      lab.OverTLS(config(address, address, ca), answer(0)),
		hungIP + ":8443":    lab.OverTLS(config(leaf, leaf, ca), answer(4*time.Second)),
		slowIP + ":8443":    lab.OverTLS(config(leaf, leaf, ca), answer(5100*time.Millisecond)),
		brokenIP + ":8443": func(c net.Conn) {
			c.Read(make([]byte, 4096))
			c.Write([]byte("\x16\x03\x03\x00\x04\x63\x00\x00\x00"))
			c.Read(make([]byte, 1))
		},
	}
	for addr, handle := range sites {
		lab.ServeAt(t, addr, handle)
	}
}

func (wc worldCase) run(t *testing.T, c *checker.Checker) {
	tg, err := target.Parse(wc.target)
	if err != nil {
		t.Fatal(err)
	}
	req := checker.CheckRequest{Target: tg, DNS: serveZone(t, wc.dns), SecretToken: wc.secret, Timeout: wc.timeout, AnyPort: true}
	if req.Timeout == 0 {
		req.Timeout = 15 * time.Second
	}
	if wc.upload != nil {
		req.Certificate = &checker.File{Name: "upload.pem", Data: wc.upload}
	}
	res, err := c.Check(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	rep, err := res.Report(lang.EN)
	if err != nil {
		t.Fatal(err)
	}
	compare(t, labCase{verdict: wc.verdict, predicted: wc.predicted, blockers: wc.blockers, others: wc.others}, rep)
	replay(t, c, res, rep)
}

func serveZone(t *testing.T, z zone) string {
	pc, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ready := make(chan struct{})
	s := &dns.Server{PacketConn: pc, Handler: z, NotifyStartedFunc: func() { close(ready) }}
	go s.ActivateAndServe()
	<-ready
	t.Cleanup(func() { s.Shutdown() })
	return pc.LocalAddr().String()
}

// notInTheLab are the rules that neither a lab server, nor the world, nor a
// fixture shows, and where they are shown.
var notInTheLab = map[string]string{
	"tcp.forbidden":                     "by the server's tests, behind the guard",
	"tcp.undecided":                     "by the rules' tests: the time is over between two stages",
	"tls.undecided":                     "likewise",
	"tls.no_chain":                      "by the handshake matrix: servers that no library can reach",
	"tls.unfinished":                    "likewise",
	"tls.dh_too_small":                  "by the proving ground: Apache with short parameters",
	"chain.root_not_in_documented_list": "by the rules' tests: a root given by file belongs to no list",
	"chain.distrust_after":              "likewise",
	"chain.root_expired":                "likewise: the lab has one root",
	"chain.too_complex":                 "likewise: thousands of certificates",
	"cert.lint":                         "by the linter's tests: only where it is asked for",
}

// TestEveryRuleIsShown: each rule about servers and certificates fires in a
// case that is run as a user would run it.
func TestEveryRuleIsShown(t *testing.T) {
	shown := map[string]bool{}
	add := func(ids ...string) {
		for _, id := range ids {
			shown[id] = true
		}
	}
	for _, lc := range cases() {
		add(lc.blockers...)
		add(lc.others...)
	}
	for _, wc := range worldCases() {
		add(wc.blockers...)
		add(wc.others...)
	}
	for _, c := range fixtureCases(t) {
		add(c.expect...)
	}
	for _, r := range rules.All() {
		_, elsewhere := notInTheLab[r.ID]
		if !strings.HasPrefix(r.ID, "pem.") && shown[r.ID] == elsewhere {
			t.Errorf("%s: shown %v, in the list of those that are not: %v", r.ID, shown[r.ID], elsewhere)
		}
	}
	for id := range notInTheLab {
		if !slices.ContainsFunc(rules.All(), func(r rules.Rule) bool { return r.ID == id }) {
			t.Errorf("there is no rule %s", id)
		}
	}
}
