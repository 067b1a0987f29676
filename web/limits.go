package web

import (
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// maxClients bounds how many clients the limiter remembers; the oldest are
// forgotten first, which forgives them.
const maxClients = 10000

// limiter gives each client its own rate of checks.
type limiter struct {
	every time.Duration
	burst int
	now   func() time.Time

	mu      sync.Mutex
	clients map[string]*client
}

type client struct {
	limit *rate.Limiter
	seen  time.Time
}

// newLimiter allows perMinute checks a minute and client; 0 is no limit.
func newLimiter(perMinute int, now func() time.Time) *limiter {
	if perMinute <= 0 {
		return nil
	}
	return &limiter{
		every: time.Minute / time.Duration(perMinute), burst: perMinute,
		now: now, clients: map[string]*client{},
	}
}

// allow takes one check of a client, or says in how many whole seconds the
// next one is free.
func (l *limiter) allow(key string) (ok bool, retry int) {
	if l == nil {
		return true, 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	c := l.clients[key]
	if c == nil {
		l.forget(now)
		c = &client{limit: rate.NewLimiter(rate.Every(l.every), l.burst)}
		l.clients[key] = c
	}
	c.seen = now
	r := c.limit.ReserveN(now, 1)
	if wait := r.DelayFrom(now); wait > 0 {
		r.CancelAt(now)
		return false, int(wait/time.Second) + 1
	}
	return true, 0
}

// network is what one client is taken to hold: an IPv4 address, or an IPv6
// network of 64 bits, whose addresses cost nothing.
func network(ip string) string {
	a, err := netip.ParseAddr(ip)
	if err != nil || a.Unmap().Is4() {
		return ip
	}
	p, err := a.WithZone("").Prefix(64)
	if err != nil {
		return ip
	}
	return p.String()
}

// forget drops the clients whose allowance is whole again, and where that is
// not enough any others, so that memory stays bounded.
func (l *limiter) forget(now time.Time) {
	if len(l.clients) < maxClients {
		return
	}
	whole := l.every * time.Duration(l.burst)
	for k, c := range l.clients {
		if now.Sub(c.seen) > whole {
			delete(l.clients, k)
		}
	}
	for k := range l.clients {
		if len(l.clients) < maxClients {
			return
		}
		delete(l.clients, k)
	}
}

// slots bounds how many checks run at once.
type slots chan struct{}

// take gets a place without waiting.
func (s slots) take() bool {
	select {
	case s <- struct{}{}:
		return true
	default:
		return false
	}
}

func (s slots) free() { <-s }
