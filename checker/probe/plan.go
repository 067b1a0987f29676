package probe

import (
	"cmp"
	"net/netip"
	"time"

	"hookcheck/checker/target"
)

// plan is a request whose settings were read.
type plan struct {
	Request
	connectTo netip.AddrPort // invalid where the host is to be resolved
	servers   []netip.AddrPort
	timeout   time.Duration
	name      string // what Telegram's client resolves and sends as SNI
}

// plan reads the settings of a request. Its errors are the caller's mistakes.
func (p *Prober) plan(r Request) (*plan, error) {
	t := r.Target
	if t.ASCIIHost == "" || t.Port < 1 || t.Port > 65535 {
		return nil, mistake("target", "it names no host and port", "HOST, HOST:PORT or https://HOST/PATH")
	}
	out := &plan{Request: r, timeout: r.Timeout, name: t.ASCIIHost}
	if t.ClientHost != "" {
		out.name = t.ClientHost
	}
	switch {
	case r.Timeout < 0:
		return nil, mistake("timeout", "it is negative", "a duration such as 15s")
	case r.Timeout == 0:
		out.timeout = p.o.Timeout
	}
	if !validSecretToken(r.SecretToken) {
		return nil, mistake("secret-token", "it is too long or has other characters", "1 to 256 of A-Z a-z 0-9 _ -")
	}
	var err error
	if r.ConnectTo != "" {
		if out.connectTo, err = addrPort("connect-to", r.ConnectTo, t.Port); err != nil {
			return nil, err
		}
	}
	if r.DNS != "" {
		server, err := addrPort("dns", r.DNS, 53)
		if err != nil {
			return nil, err
		}
		out.servers = []netip.AddrPort{server}
	}
	return out, nil
}

// dials tells whether more than DNS is looked at.
func (p *plan) dials() bool {
	if p.Target.Scheme != "https" {
		return false
	}
	switch p.Target.Port {
	case 443, 80, 88, 8443: // the ports that Telegram calls (guide)
		return true
	}
	return p.AnyPort || p.connectTo.IsValid()
}

// sni is the server name that Telegram's client sends: none for an address
// (td/net/SslStream.cpp).
func (p *plan) sni() string {
	if p.Target.IsIP {
		return ""
	}
	return p.name
}

// addrPort reads an address; port stands in where none is given.
func addrPort(field, s string, port int) (netip.AddrPort, error) {
	ip, own, ok := target.ParseAddress(s)
	if !ok || port < 0 || port > 1<<16-1 {
		return netip.AddrPort{}, mistake(field, "it is not an IP address and a port",
			"an IP address, or an IP address and a port such as 192.0.2.1:8443")
	}
	return netip.AddrPortFrom(ip, cmp.Or(own, uint16(port))), nil
}

// validSecretToken keeps what setWebhook would refuse, line breaks above all,
// out of the request's head.
func validSecretToken(s string) bool {
	if len(s) > 256 {
		return false
	}
	for i := range len(s) {
		c := s[i]
		letter := c|0x20 >= 'a' && c|0x20 <= 'z'
		if !letter && (c < '0' || c > '9') && c != '_' && c != '-' {
			return false
		}
	}
	return true
}

// mistake is an error of the caller, in the words of package target's own.
func mistake(field, problem, expected string) error {
	return &target.Error{Field: field, Problem: problem, Expected: expected}
}
