package main

import (
	"fmt"
	"sync"
	"time"

	"hookcheck/checker"
)

// slowAfter is when a check is long enough to say what it is doing.
const slowAfter = 700 * time.Millisecond

// progress names the stages on a terminal while a long check runs. It leaves
// no trace once the report comes.
type progress struct {
	a     *app
	on    bool
	start time.Time

	mu    sync.Mutex
	last  string
	shown bool
	timer *time.Timer
}

func newProgress(a *app, f *outputFlags) *progress {
	p := &progress{a: a, on: isTerminal(a.err) && !f.Quiet, start: time.Now(), last: "dns"}
	if p.on {
		p.timer = time.AfterFunc(slowAfter, func() {
			p.mu.Lock()
			defer p.mu.Unlock()
			p.show()
		})
	}
	return p
}

// stage is called as stages end, from any goroutine.
func (p *progress) stage(s checker.StageEnd) {
	if !p.on {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.last = s.ID
	if time.Since(p.start) >= slowAfter {
		p.show()
	}
}

func (p *progress) show() {
	if !p.on {
		return
	}
	p.shown = true
	fmt.Fprintf(p.a.err, "\r\x1b[K… %s", p.last)
}

// done clears the line.
func (p *progress) done() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.timer != nil {
		p.timer.Stop()
	}
	if p.shown {
		fmt.Fprint(p.a.err, "\r\x1b[K")
	}
	p.on = false
}
