package probe

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net"
	"net/netip"
	"sync"
	"time"

	"hookcheck/checker/evidence"
	"hookcheck/checker/probe/hello"
)

// patience is how long what runs beside the first address is waited for once
// that one has answered, with twice the time it took on top.
const patience = 2 * time.Second

// maxConnect bounds how long a connection is waited for.
const maxConnect = 10 * time.Second

// survey looks at all addresses at once, and at the first one, which is
// Telegram's, in every way.
func (c *collection) survey(ctx context.Context, addrs []netip.AddrPort) {
	beside, cut := context.WithCancel(ctx)
	defer cut()
	var wg sync.WaitGroup
	list := c.addresses(addrs)
	for i := range list[1:] {
		wg.Go(func() { c.look(beside, addrs[i+1], &list[i+1]) })
	}
	start := time.Now()
	conn := c.connect(ctx, addrs[0], &list[0])
	c.ev.Addresses = list[:1] // the others are still being looked at
	c.stage("tcp")
	var seen evidence.TLS
	if conn != nil {
		wg.Go(func() { seen.NoSNI = c.withoutSNI(beside, addrs[0]) })
		wg.Go(func() { seen.Versions = hello.Versions(beside, c.dialTo(addrs[0]), c.sni()) })
		seen.Main = c.greet(ctx, conn, &list[0])
		c.ev.TLS = &seen
	}
	late := time.AfterFunc(patience+2*time.Since(start), cut)
	defer late.Stop()
	wg.Wait()
	c.ev.Addresses = list
}

func (c *collection) addresses(addrs []netip.AddrPort) []evidence.Address {
	out := make([]evidence.Address, len(addrs))
	mine := c.p.own()
	for i, a := range addrs {
		out[i].IP = a.Addr().String()
		out[i].Local = !c.connectTo.IsValid() && mine(a.Addr())
	}
	return out
}

// look connects to one more address and makes Telegram's hello.
func (c *collection) look(ctx context.Context, addr netip.AddrPort, out *evidence.Address) {
	if conn := c.connect(ctx, addr, out); conn != nil {
		c.greet(ctx, conn, out)
	}
}

// connect fills in how an address answers; nil where it does not.
func (c *collection) connect(ctx context.Context, addr netip.AddrPort, out *evidence.Address) net.Conn {
	ctx, cancel := context.WithTimeout(ctx, maxConnect)
	defer cancel()
	start := time.Now()
	conn, err := c.p.dialer.dial(ctx, addr)
	out.DurationMS = time.Since(start).Milliseconds()
	out.TCP = c.p.tcpOutcome(err)
	if err != nil {
		out.Error = err.Error()
		return nil
	}
	return conn
}

// greet makes Telegram's hello and closes the connection.
func (c *collection) greet(ctx context.Context, conn net.Conn, out *evidence.Address) evidence.Handshake {
	defer func() { _ = conn.Close() }()
	got := hello.Read(ctx, conn, hello.Hello{SNI: c.sni()})
	out.TLS = got.Outcome
	if len(got.Chain) > 0 {
		sum := sha256.Sum256(got.Chain[0])
		out.LeafSHA256 = hex.EncodeToString(sum[:])
	}
	return got
}

// withoutSNI makes the hello again without a name, nil where none is sent
// anyway.
func (c *collection) withoutSNI(ctx context.Context, addr netip.AddrPort) *evidence.Handshake {
	if c.sni() == "" {
		return nil
	}
	conn, err := c.p.dialer.dial(ctx, addr)
	if err != nil {
		return &evidence.Handshake{Outcome: evidence.HelloDial, Error: c.p.tcpOutcome(err)}
	}
	defer func() { _ = conn.Close() }()
	got := hello.Read(ctx, conn, hello.Hello{})
	return &got
}

func (c *collection) dialTo(addr netip.AddrPort) func(context.Context) (net.Conn, error) {
	return func(ctx context.Context) (net.Conn, error) { return c.p.dialer.dial(ctx, addr) }
}
