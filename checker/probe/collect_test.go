package probe

import (
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/netip"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"hookcheck/checker/evidence"
	"hookcheck/checker/target"
	"hookcheck/internal/lab"
	"hookcheck/internal/testpki"
)

func serverConfig() *tls.Config {
	leaf := testpki.SelfSigned([]string{"bot.test"})
	return &tls.Config{Certificates: []tls.Certificate{testpki.TLSCertificate(leaf, leaf)}, MinVersion: tls.VersionTLS12}
}

func open() *Prober { return New(Options{Guard: Guard{AllowPrivate: true}, Tool: "test 1"}) }

func yes(*evidence.Evidence) bool { return true }

// checkAt checks https://bot.test/path at an address.
func checkAt(t testing.TB, addr string, edit func(*Request)) *evidence.Evidence {
	t.Helper()
	r := Request{Target: parsed(t, "https://bot.test/path"), Post: true, ConnectTo: addr, Accept: yes, Timeout: 10 * time.Second}
	if edit != nil {
		edit(&r)
	}
	ev, err := open().Collect(context.Background(), r)
	if err != nil {
		t.Fatalf("collecting: %v", err)
	}
	return ev
}

func TestCollectHealthy(t *testing.T) {
	addr := lab.TLS(t, serverConfig(), "HTTP/1.1 200 OK\r\nServer: lab\r\nContent-Length: 2\r\n\r\nok")
	var told []string
	ev := checkAt(t, addr, func(r *Request) {
		r.OnStage = func(_ *evidence.Evidence, id string, _ time.Duration) { told = append(told, id) }
		r.Accept = func(ev *evidence.Evidence) bool {
			return ev.TLS != nil && ev.TLS.Session != nil && ev.TLS.Versions["tls1.3"] != "" && len(ev.Presented) == 1
		}
	})
	if ev.Schema != evidence.Schema || ev.Kind != evidence.Live || ev.Tool != "test 1" || ev.ID == "" || ev.CheckedAt.IsZero() {
		t.Errorf("%+v", ev)
	}
	if ev.DNS.Outcome != evidence.DNSSkipped || ev.Request.ConnectTo != addr || ev.Request.Guarded {
		t.Errorf("dns %+v, request %+v", ev.DNS, ev.Request)
	}
	if len(ev.Addresses) != 1 || ev.Addresses[0].TCP != evidence.TCPOpen || ev.Addresses[0].TLS != evidence.HelloOK ||
		len(ev.Addresses[0].LeafSHA256) != 64 || ev.Addresses[0].Local {
		t.Errorf("%+v", ev.Addresses)
	}
	if ev.TLS.Main.SNI != "bot.test" || ev.TLS.NoSNI == nil || ev.TLS.NoSNI.SNI != "" || ev.TLS.Session.Outcome != evidence.SessionOK {
		t.Errorf("%+v", ev.TLS)
	}
	want := map[string]string{"tls1.0": "refused", "tls1.1": "refused", "tls1.2": "accepted", "tls1.3": "accepted"}
	if !reflect.DeepEqual(ev.TLS.Versions, want) {
		t.Errorf("%v", ev.TLS.Versions)
	}
	if ev.HTTP == nil || ev.HTTP.Outcome != evidence.HTTPResponse || ev.HTTP.Status != 200 || ev.HTTP.Server != "lab" || ev.HTTP.BodyStart != "ok" {
		t.Errorf("%+v", ev.HTTP)
	}
	stages := []string{"url", "dns", "tcp", "tls", "chain", "certificate", "upload", "http"}
	if !slices.Equal(told, stages) || len(ev.Stages) != len(stages) {
		t.Errorf("stages %v", told)
	}
	data, err := json.Marshal(ev)
	var back evidence.Evidence
	if err != nil || json.Unmarshal(data, &back) != nil || !reflect.DeepEqual(back.TLS, ev.TLS) || !reflect.DeepEqual(back.HTTP, ev.HTTP) {
		t.Errorf("evidence does not survive JSON: %v", err)
	}
}

// recorder is a TLS server that keeps what it is sent.
func recorder(t *testing.T, config *tls.Config, answer string) (addr string, sent func() string) {
	var mu sync.Mutex
	var got strings.Builder
	addr = lab.Serve(t, func(c net.Conn) {
		s := tls.Server(c, config)
		if s.Handshake() != nil {
			return
		}
		buf := make([]byte, 1<<14)
		for {
			n, err := s.Read(buf)
			mu.Lock()
			got.Write(buf[:n])
			mu.Unlock()
			if err != nil {
				return
			}
			if n > 0 {
				s.Write([]byte(answer))
			}
		}
	})
	return addr, func() string {
		mu.Lock()
		defer mu.Unlock()
		return got.String()
	}
}

func TestCollectSendsTheUpdateOnlyWhenAccepted(t *testing.T) {
	for _, version := range []uint16{tls.VersionTLS12, tls.VersionTLS13} {
		config := serverConfig()
		config.MinVersion, config.MaxVersion = version, version
		for name, c := range map[string]struct {
			post   bool
			accept func(*evidence.Evidence) bool
			want   string
			sent   bool
		}{
			"accepted":      {true, yes, evidence.HTTPResponse, true},
			"refused":       {true, func(*evidence.Evidence) bool { return false }, evidence.HTTPNotSent, false},
			"nobody to ask": {true, nil, evidence.HTTPNotSent, false},
			"not asked for": {false, yes, "", false},
		} {
			addr, sent := recorder(t, config, lab.OK)
			ev := checkAt(t, addr, func(r *Request) {
				r.Post, r.Accept, r.SecretToken = c.post, c.accept, "s3cretToken"
				r.Target = parsed(t, "https://user:hunter22@bot.test/path")
			})
			got := ""
			if ev.HTTP != nil {
				got = ev.HTTP.Outcome
			}
			if got != c.want || strings.HasPrefix(sent(), "POST /path HTTP/1.1\r\n") != c.sent || !c.sent && sent() != "" {
				t.Errorf("%s: %q, the server was sent %q", name, got, sent())
			}
			data, _ := json.Marshal(ev)
			if strings.Contains(string(data), "hunter22") || strings.Contains(string(data), "s3cretToken") {
				t.Errorf("%s: a secret is in the evidence: %s", name, data)
			}
		}
	}
}

func TestCollectStopsWhereTelegramWould(t *testing.T) {
	dnsAddr := serveDNS(t, zone{
		"four.test. A": {"four.test. 60 A 127.0.0.1"}, "four.test. AAAA": {},
		"six.test. A": {}, "six.test. AAAA": {"six.test. 60 AAAA ::1"},
	})
	var dialled atomic.Int32
	addr := lab.Serve(t, func(net.Conn) { dialled.Add(1) })
	_, port, _ := net.SplitHostPort(addr)
	for url, outcome := range map[string]string{
		"http://four.test/":               evidence.DNSOK, // not https
		"https://four.test:" + port + "/": evidence.DNSOK, // a port that Telegram does not call
		"https://six.test/":               evidence.DNSOK, // IPv6 alone
		"https://nowhere.test/":           evidence.DNSNoName,
		"https://[::1]:8443/":             evidence.DNSLiteral,
	} {
		ev, err := open().Collect(context.Background(), Request{Target: parsed(t, url), Post: true, DNS: dnsAddr, Accept: yes})
		if err != nil || ev.DNS.Outcome != outcome || ev.Addresses != nil || ev.TLS != nil || ev.HTTP != nil || len(ev.Stages) != 2 {
			t.Errorf("%s: %v %+v", url, err, ev)
		}
	}
	ev, err := open().Collect(context.Background(), Request{
		Target: parsed(t, "https://four.test:"+port+"/"), DNS: dnsAddr, AnyPort: true,
	})
	if err != nil || len(ev.Addresses) != 1 || !ev.Addresses[0].Local || dialled.Load() == 0 {
		t.Errorf("any port: %v %+v", err, ev)
	}
}

func TestCollectGuarded(t *testing.T) {
	var dialled atomic.Int32
	addr := lab.Serve(t, func(net.Conn) { dialled.Add(1) })
	_, port, _ := net.SplitHostPort(addr)
	dnsAddr := serveDNS(t, zone{"inside.test. A": {"inside.test. 60 A 127.0.0.1"}, "inside.test. AAAA": {}})
	for _, r := range []Request{
		{Target: parsed(t, "https://inside.test:"+port+"/"), DNS: dnsAddr, AnyPort: true},
		{Target: parsed(t, "https://127.0.0.1:"+port+"/"), AnyPort: true},
		{Target: parsed(t, "https://0x7f.1:"+port+"/"), AnyPort: true},
		{Target: parsed(t, "https://inside.test/"), ConnectTo: addr},
		{Target: parsed(t, "https://inside.test/"), ConnectTo: "::ffff:127.0.0.1"},
	} {
		ev, err := New(Options{}).Collect(context.Background(), r)
		if err != nil || len(ev.Addresses) != 1 || ev.Addresses[0].TCP != evidence.TCPForbidden || ev.TLS != nil || !ev.Request.Guarded {
			t.Errorf("%s: %v %+v", r.Target.Host, err, ev.Addresses)
		}
	}
	if dialled.Load() != 0 {
		t.Error("an address behind the guard was dialled")
	}
}

func TestCollectEveryAddress(t *testing.T) {
	addr := lab.TLS(t, serverConfig(), lab.OK)
	_, port, _ := net.SplitHostPort(addr)
	records := []string{"multi.test. 60 A 127.0.0.1", "multi.test. 60 A 127.0.0.9"}
	for range 10 {
		records = append(records, "multi.test. 60 A 127.0.0.1")
	}
	dnsAddr := serveDNS(t, zone{"multi.test. A": records, "multi.test. AAAA": {"multi.test. 60 AAAA ::1"}})
	ev, err := open().Collect(context.Background(), Request{
		Target: parsed(t, "https://multi.test:"+port+"/"), DNS: dnsAddr, AnyPort: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(ev.DNS.A) != 12 || len(ev.DNS.AAAA) != 1 || len(ev.Addresses) != maxDialled {
		t.Errorf("%+v %+v", ev.DNS, ev.Addresses)
	}
	first, odd, third := ev.Addresses[0], ev.Addresses[1], ev.Addresses[2]
	if first.TCP != evidence.TCPOpen || odd.TCP != evidence.TCPRefused || odd.IP != "127.0.0.9" || third.LeafSHA256 != first.LeafSHA256 {
		t.Errorf("%+v", ev.Addresses)
	}
}

func TestCollectIPHost(t *testing.T) {
	addr := lab.TLS(t, serverConfig(), lab.OK)
	ev, err := open().Collect(context.Background(), Request{Target: parsed(t, "https://"+addr+"/"), AnyPort: true})
	if err != nil || ev.DNS.Outcome != evidence.DNSLiteral || !slices.Equal(ev.DNS.A, []string{"127.0.0.1"}) {
		t.Fatalf("%v %+v", err, ev)
	}
	if ev.TLS.Main.SNI != "" || ev.TLS.NoSNI != nil || !ev.Addresses[0].Local {
		t.Errorf("%+v %+v", ev.TLS, ev.Addresses)
	}
}

func TestCollectBrokenTransports(t *testing.T) {
	for name, c := range map[string]struct {
		addr       string
		tcp, hello string
	}{
		"refused": {lab.Closed(t), evidence.TCPRefused, ""},
		"http": {lab.Serve(t, func(c net.Conn) {
			io.ReadFull(c, make([]byte, 5))
			io.WriteString(c, "HTTP/1.1 400 Bad Request\r\n\r\n")
		}), evidence.TCPOpen, evidence.HelloHTTP},
		"closed": {lab.Serve(t, func(c net.Conn) { io.ReadFull(c, make([]byte, 5)) }), evidence.TCPOpen, ""},
	} {
		ev := checkAt(t, c.addr, nil)
		if ev.Addresses[0].TCP != c.tcp || (ev.TLS != nil) != (c.tcp == evidence.TCPOpen) {
			t.Errorf("%s: %+v", name, ev.Addresses)
			continue
		}
		if ev.TLS == nil {
			if ev.HTTP != nil {
				t.Errorf("%s: %+v", name, ev.HTTP)
			}
			continue
		}
		if c.hello != "" && ev.TLS.Main.Outcome != c.hello || ev.TLS.Session.Outcome != evidence.SessionSkipped || ev.HTTP.Outcome != evidence.HTTPNotReached {
			t.Errorf("%s: %+v %+v", name, ev.TLS, ev.HTTP)
		}
	}
}

// silent is a server that takes connections and says nothing.
func silent(t testing.TB) string {
	done := make(chan struct{})
	addr := lab.Serve(t, func(net.Conn) { <-done })
	t.Cleanup(func() { close(done) }) // before the lab waits for its handlers
	return addr
}

// full is a listener whose queue is full, so that a connection gets no answer.
func full(t testing.TB) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	raw, err := ln.(*net.TCPListener).SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	shrink(t, raw)
	for range 8 {
		d := net.Dialer{Timeout: 50 * time.Millisecond}
		if c, err := d.Dial("tcp", ln.Addr().String()); err == nil {
			t.Cleanup(func() { c.Close() })
		}
	}
	return ln.Addr().String()
}

// Nothing outlives the time of the check, whatever hangs. The bound is wide
// for busy machines; without deadlines these would hang for good.
func TestCollectKeepsItsTime(t *testing.T) {
	hung := lab.Serve(t, func(c net.Conn) {
		s := tls.Server(c, serverConfig())
		if s.Handshake() == nil {
			io.Copy(io.Discard, s)
		}
	})
	for name, c := range map[string]struct {
		r    Request
		want func(*evidence.Evidence) bool
	}{
		"name servers": {Request{DNS: deafDNS(t)}, func(ev *evidence.Evidence) bool { return ev.DNS.Outcome == evidence.DNSTimeout }},
		"connecting":   {Request{ConnectTo: full(t)}, func(ev *evidence.Evidence) bool { return ev.Addresses[0].TCP == evidence.TCPTimeout }},
		"hello":        {Request{ConnectTo: silent(t)}, func(ev *evidence.Evidence) bool { return ev.TLS.Main.Outcome == evidence.HelloTimeout }},
		"answer":       {Request{ConnectTo: hung}, func(ev *evidence.Evidence) bool { return ev.HTTP.Outcome == evidence.HTTPTimeout }},
	} {
		c.r.Target, c.r.Post, c.r.Accept, c.r.Timeout = parsed(t, "https://bot.test/"), true, yes, 600*time.Millisecond
		start := time.Now()
		ev, err := open().Collect(context.Background(), c.r)
		if err != nil || !c.want(ev) || time.Since(start) > 5*time.Second {
			t.Errorf("%s, after %v: %v %+v", name, time.Since(start), err, ev)
		}
	}
}

func TestCollectLeavesNothingBehind(t *testing.T) {
	good, mute, gone := lab.TLS(t, serverConfig(), lab.OK), silent(t), lab.Closed(t)
	deaf := deafDNS(t)
	for range 3 {
		checkAt(t, good, nil)
		checkAt(t, gone, nil)
		checkAt(t, mute, func(r *Request) { r.Timeout = 200 * time.Millisecond })
		checkAt(t, "", func(r *Request) { r.ConnectTo, r.DNS, r.Timeout = "", deaf, 200*time.Millisecond })
	}
	for _, g := range running() {
		t.Errorf("still running:\n%s", g)
	}
}

// running lists the goroutines of a Prober that are still there. Those that
// have nothing left to do are given time to go.
func running() (left []string) {
	for range 100 {
		buf := make([]byte, 1<<20)
		left = nil
		for _, g := range strings.Split(string(buf[:runtime.Stack(buf, true)]), "\n\n") {
			ours := strings.Contains(g, "probe.(*") || strings.Contains(g, "probe/hello.") || strings.Contains(g, "net/http.(*")
			if ours && !strings.Contains(g, "net/http.(*Server)") {
				left = append(left, g)
			}
		}
		if left == nil {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return left
}

func TestCollectCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(50*time.Millisecond, cancel)
	ev, err := open().Collect(ctx, Request{Target: parsed(t, "https://bot.test/"), ConnectTo: silent(t)})
	if !errors.Is(err, context.Canceled) || ev != nil {
		t.Errorf("%v %v", ev, err)
	}
}

func TestCollectMistakes(t *testing.T) {
	good := parsed(t, "https://bot.test/")
	for field, r := range map[string]Request{
		"target":       {},
		"connect-to":   {Target: good, ConnectTo: "localhost"},
		"dns":          {Target: good, DNS: "127.0.0.1:0"},
		"timeout":      {Target: good, Timeout: -time.Second},
		"secret-token": {Target: good, SecretToken: "a\r\nEvil: 1"},
	} {
		_, err := open().Collect(context.Background(), r)
		var mistake *target.Error
		if !errors.As(err, &mistake) || mistake.Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
}

func TestDials(t *testing.T) {
	for in, want := range map[string]bool{
		"https://bot.test/": true, "https://bot.test:80/": true, "https://bot.test:88/": true, "https://bot.test:8443/": true,
		"https://bot.test:8444/": false, "http://bot.test:443/": false,
	} {
		pl := &plan{Request: Request{Target: parsed(t, in)}}
		if pl.dials() != want {
			t.Errorf("%s: %t", in, !want)
		}
		pl.AnyPort = true
		if pl.dials() != strings.HasPrefix(in, "https:") {
			t.Errorf("%s on any port: %t", in, pl.dials())
		}
	}
}

func TestAddrPort(t *testing.T) {
	for in, want := range map[string]string{
		"192.0.2.1": "192.0.2.1:8443", "192.0.2.1:99": "192.0.2.1:99", "::1": "[::1]:8443", "[::1]": "[::1]:8443",
		"[::1]:99": "[::1]:99", "::ffff:192.0.2.1": "192.0.2.1:8443",
		"": "", "a": "", "192.0.2.1:": "", "192.0.2.1:0": "", "192.0.2.1:65536": "", "192.0.2.1/24": "", "[192.0.2.1": "",
	} {
		got, err := addrPort("connect-to", in, 8443)
		if err == nil && got.String() != want || (err != nil) != (want == "") {
			t.Errorf("%q: %v %v", in, got, err)
		}
	}
}

func TestOwn(t *testing.T) {
	_, mine, _ := net.ParseCIDR("198.51.100.7/24")
	mine.IP = net.ParseIP("198.51.100.7")
	p := New(Options{Interfaces: func() ([]net.Addr, error) { return []net.Addr{mine}, nil }})
	own := p.own()
	for ip, want := range map[string]bool{"198.51.100.7": true, "198.51.100.8": false, "127.9.9.9": true, "8.8.8.8": false} {
		if own(netip.MustParseAddr(ip)) != want {
			t.Errorf("%s: %t", ip, !want)
		}
	}
}

func BenchmarkCollect(b *testing.B) {
	addr := lab.TLS(b, serverConfig(), lab.OK)
	for b.Loop() {
		if ev := checkAt(b, addr, nil); ev.HTTP == nil || ev.HTTP.Status != 200 {
			b.Fatalf("%+v", ev.HTTP)
		}
	}
}
