package probe

import (
	"sync"
	"time"
)

// Bounds of the cache of issuers.
const (
	maxCached  = 128
	cachedFor  = time.Hour
	maxURLSize = 2048
)

// issuerCache remembers what lay at an address, so that a set-up that is
// checked again and again costs its CA one request an hour. Failures are not
// remembered. Nothing is trusted for being in it.
type issuerCache struct {
	now func() time.Time

	mu  sync.Mutex
	all map[string]cachedIssuers
}

type cachedIssuers struct {
	certificates [][]byte
	until        time.Time
}

func newIssuerCache(now func() time.Time) *issuerCache {
	return &issuerCache{now: now, all: map[string]cachedIssuers{}}
}

func (c *issuerCache) get(url string) [][]byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.all[url]
	if !ok || !c.now().Before(e.until) {
		return nil
	}
	return e.certificates
}

func (c *issuerCache) put(url string, certificates [][]byte) {
	if len(certificates) == 0 || len(url) > maxURLSize {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.all) >= maxCached {
		c.evict()
	}
	c.all[url] = cachedIssuers{certificates: certificates, until: c.now().Add(cachedFor)}
}

// evict makes room: the entry that ends first goes.
func (c *issuerCache) evict() {
	oldest := ""
	for url, e := range c.all {
		if oldest == "" || e.until.Before(c.all[oldest].until) {
			oldest = url
		}
	}
	delete(c.all, oldest)
}
