package main

import (
	"net/netip"

	"hookcheck/checker"
	"hookcheck/checker/lint"
	"hookcheck/checker/target"
)

// addressFlag reads ADDR or ADDR:PORT, where ADDR is an IP address. It gives
// the canonical form, with brackets only where a port follows.
func addressFlag(flag, value string) (string, error) {
	if value == "" {
		return "", nil
	}
	hint := "expected an IP address, with :port where it differs, such as 127.0.0.2 or [::1]:8443"
	ip, port, ok := target.ParseAddress(value)
	switch {
	case !ok:
		return "", usage(hint, "%s: not an address: %s", flag, quoted(value))
	case port == 0:
		return ip.String(), nil
	}
	return netip.AddrPortFrom(ip, port).String(), nil
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
