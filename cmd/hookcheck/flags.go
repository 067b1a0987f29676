package main

import (
	"net/netip"
	"strings"

	"hookcheck/checker"
	"hookcheck/checker/lint"
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

// lintFlag asks for advice on every certificate.
type lintFlag struct {
	Lint bool `group:"output" help:"Lint every certificate. Advice alone: it never changes the verdict."`
}

func (f lintFlag) apply(c *checker.Checker) {
	if f.Lint {
		c.Linter = lint.New()
	}
}
