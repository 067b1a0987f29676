package probe

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"syscall"
)

// dialer is the one way out to servers. It dials addresses alone, never names,
// so that what is dialled is what was checked.
type dialer struct {
	guard   Guard
	guarded net.Dialer
	trusted net.Dialer
}

func newDialer(g Guard) *dialer {
	d := &dialer{guard: g}
	d.guarded.KeepAliveConfig.Enable = false
	d.guarded.KeepAlive = -1
	d.guarded.ControlContext = d.control
	return d
}

// dial connects to a server that a stranger named.
func (d *dialer) dial(ctx context.Context, addr netip.AddrPort) (net.Conn, error) {
	if err := d.guard.Check(addr.Addr()); err != nil {
		return nil, err
	}
	return d.guarded.DialContext(ctx, "tcp", addr.String())
}

// nameServer connects to a server that the operator named, which is seldom a
// public one: the guard does not apply.
func (d *dialer) nameServer(ctx context.Context, network string, addr netip.AddrPort) (net.Conn, error) {
	return d.trusted.DialContext(ctx, network, addr.String())
}

// control sees the address that the socket is about to connect to, whatever
// was asked for.
func (d *dialer) control(_ context.Context, _, address string, _ syscall.RawConn) error {
	addr, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("reading the address to dial: %w", err)
	}
	return d.guard.Check(addr.Addr())
}
