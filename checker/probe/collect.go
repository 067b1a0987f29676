package probe

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"time"

	"hookcheck/checker/evidence"
)

// Collect gathers the evidence of one check. Everything the network does is
// evidence; an error is a mistake of the caller, or the caller's own cancelling.
func (p *Prober) Collect(ctx context.Context, r Request) (*evidence.Evidence, error) {
	pl, err := p.plan(r)
	if err != nil {
		return nil, err
	}
	work, cancel := context.WithTimeout(ctx, pl.timeout-margin(pl.timeout))
	defer cancel()
	c := &collection{p: p, plan: pl, start: time.Now(), ev: p.blank(pl)}
	c.lap = c.start
	c.run(work)
	if errors.Is(ctx.Err(), context.Canceled) {
		return nil, fmt.Errorf("collecting evidence: %w", ctx.Err())
	}
	c.ev.DurationMS = time.Since(c.start).Milliseconds()
	return c.ev, nil
}

// margin is what is left of the time for tidying up and for the report.
func margin(timeout time.Duration) time.Duration {
	return min(timeout/8, 300*time.Millisecond)
}

func (p *Prober) blank(pl *plan) *evidence.Evidence {
	ev := &evidence.Evidence{
		Schema: evidence.Schema, Tool: p.o.Tool, ID: p.o.NewID(), Kind: evidence.Live,
		CheckedAt: p.o.Now().UTC(), Target: pl.Target, Upload: pl.Upload,
		Request: evidence.Request{
			Post: pl.Post, ConnectTo: pl.ConnectTo, SecretGiven: pl.SecretToken != "",
			Guarded: !p.o.Guard.AllowPrivate, AnyPort: pl.AnyPort, TimeoutMS: pl.timeout.Milliseconds(),
		},
	}
	if pl.connectTo.IsValid() {
		ev.Request.ConnectTo = pl.connectTo.String()
	}
	return ev
}

// collection is one check under way. Its own goroutine alone writes evidence.
type collection struct {
	*plan
	p     *Prober
	ev    *evidence.Evidence
	start time.Time
	lap   time.Time // when the last stage ended
}

func (c *collection) run(ctx context.Context) {
	c.stage("url")
	addrs := c.resolve(ctx)
	c.stage("dns")
	if len(addrs) == 0 || !c.dials() {
		return
	}
	c.survey(ctx, addrs)
	if c.ev.TLS == nil {
		return
	}
	main := c.ev.TLS.Main
	c.ev.Presented = main.Chain[:min(len(main.Chain), evidence.MaxPresented)]
	session := c.finish(ctx, addrs[0])
	defer session.close()
	c.stage("tls")
	c.fetchMissing(ctx)
	c.stage("chain")
	accepted := c.Post && session.conn != nil && c.Accept != nil && c.Accept(c.ev)
	c.stage("certificate")
	c.stage("upload")
	if c.Post {
		c.ev.HTTP = c.deliver(ctx, session, accepted)
		c.stage("http")
	}
}

func (c *collection) deliver(ctx context.Context, s session, accepted bool) *evidence.HTTP {
	switch {
	case s.conn == nil:
		return &evidence.HTTP{Outcome: evidence.HTTPNotReached}
	case !accepted:
		return &evidence.HTTP{Outcome: evidence.HTTPNotSent}
	}
	return c.p.deliver(ctx, c.plan, s.conn, s.raw)
}

// stage ends a stage.
func (c *collection) stage(id string) {
	now := time.Now()
	d := now.Sub(c.lap)
	c.lap = now
	c.ev.Stages = append(c.ev.Stages, evidence.StageTime{ID: id, DurationMS: d.Milliseconds()})
	if c.OnStage != nil {
		c.OnStage(c.ev, id, d)
	}
}

// maxDialled bounds how many addresses of a host are tried.
const maxDialled = 8

// resolve fills in DNS and names the addresses to dial, Telegram's first. An
// IPv6 address is not dialled, because Telegram never does, unless we were
// told to.
func (c *collection) resolve(ctx context.Context) []netip.AddrPort {
	if c.connectTo.IsValid() {
		c.ev.DNS = &evidence.DNS{Outcome: evidence.DNSSkipped}
		return []netip.AddrPort{c.connectTo}
	}
	start := time.Now()
	if c.Target.IsIP {
		c.ev.DNS = literal(c.Target.ASCIIHost)
	} else {
		c.ev.DNS = c.p.resolver(c.plan).lookup(ctx, c.name)
	}
	c.ev.DNS.DurationMS = time.Since(start).Milliseconds()
	var out []netip.AddrPort
	for _, s := range c.ev.DNS.A {
		ip, err := netip.ParseAddr(s)
		if err == nil && len(out) < maxDialled {
			out = append(out, netip.AddrPortFrom(ip, uint16(c.Target.Port)))
		}
	}
	return out
}

func literal(host string) *evidence.DNS {
	out := &evidence.DNS{Outcome: evidence.DNSLiteral}
	if ip, err := netip.ParseAddr(host); err == nil && ip.Is4() {
		out.A = []string{host}
	} else {
		out.AAAA = []string{host}
	}
	return out
}
