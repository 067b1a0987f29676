package main

import (
	"net/netip"
	"strings"
)

// addressFlag reads ADDR or ADDR:PORT, where ADDR is an IP address. It gives
// the canonical form, with brackets only where a port follows.
func addressFlag(flag, value string) (string, error) {
	if value == "" {
		return "", nil
	}
	hint := "give an IP address, with :port where it differs, such as 127.0.0.2 or [::1]:8443"
	bare := strings.TrimSuffix(strings.TrimPrefix(value, "["), "]")
	if ip, err := netip.ParseAddr(bare); err == nil && ip.Zone() == "" {
		return ip.Unmap().String(), nil
	}
	ap, err := netip.ParseAddrPort(value)
	if err != nil || ap.Port() == 0 || ap.Addr().Zone() != "" {
		return "", usage(hint, "%s: not an address: %s", flag, quoted(value))
	}
	return netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port()).String(), nil
}

// laterFlags are promised and not there yet: a script that uses them is told
// so at once.
type laterFlags struct {
	Lint bool `hidden:"" help:"Lint every certificate (comes with a later release)."`
}

func (f laterFlags) refuse() error {
	if f.Lint {
		return later("--lint")
	}
	return nil
}

func later(what string) error {
	return usage("leave it out for now", "%s comes with a later release", what)
}
