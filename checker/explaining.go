package checker

import (
	"context"
	"time"

	"hookcheck/checker/explain"
)

// lookupTime is how long DNS is waited for where a text is explained.
const lookupTime = 2 * time.Second

// Explain says what a pasted text means. Where it is getWebhookInfo's answer
// with an address, the webhook's host is looked up to compare them; dns is the
// name server, "" for the system's. Nothing else is asked of the network.
func (c *Checker) Explain(ctx context.Context, text, dns string, now time.Time) *explain.Answer {
	o := explain.Options{Now: now}
	a := explain.Decode(text, o)
	t, ok := a.Host()
	if !ok || c.Prober == nil {
		return a
	}
	if o.Addresses = c.Prober.Addresses(ctx, t, dns, lookupTime); len(o.Addresses) == 0 {
		return a
	}
	return explain.Decode(text, o)
}
