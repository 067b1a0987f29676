package web

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"sync"
	"time"

	"hookcheck/checker"
	"hookcheck/checker/explain"
	"hookcheck/checker/target"
)

// Bounds of what is kept: reports, the bytes of their evidence, and time.
const (
	maxKept      = 1000
	maxKeptBytes = 64 << 20
	keepFor      = time.Hour
)

// kept holds finished checks in memory for a while, under ids that cannot be
// guessed, so that a report can be read in the other language and downloaded.
type kept struct {
	now func() time.Time

	mu    sync.Mutex
	byID  map[string]*keptCheck
	order []*keptCheck // oldest first
	bytes int
}

type keptCheck struct {
	id     string
	at     time.Time
	size   int
	result *checker.Result
	asked  asked
}

// asked is what the form said beyond the target.
type asked struct {
	uploadUnknown bool           // "don't know" was answered about an uploaded certificate
	redacted      bool           // the target came without its secret part: nothing was posted
	typed         string         // that target, redacted: the form shows it again
	upload        *checker.File  // the file that was chosen as certificate, for the next check; nil where it held a key
	found         *explain.Found // where the target stood in a longer text; nil where it was typed
}

// size is what the chosen file weighs.
func (a *asked) size() int {
	if a.upload == nil {
		return 0
	}
	return len(a.upload.Data)
}

// forget drops what is secret in it: it is kept with the report.
func (a *asked) forget() {
	if a.found != nil {
		a.found.Target, a.found.SecretToken = "", ""
	}
}

func newKept(now func() time.Time) *kept {
	return &kept{now: now, byID: map[string]*keptCheck{}}
}

// keep stores a result without its secrets and returns the id.
func (k *kept) keep(r *checker.Result, a asked) string {
	r.Evidence.Target.Secret = target.Secret{}
	if r.Facts != nil && r.Facts.Target != nil {
		r.Facts.Target.Secret = target.Secret{}
	}
	if up := r.Evidence.Upload; up == nil || up.PrivateKeys > 0 || a.upload == nil {
		a.upload = nil // what held a key is not kept
	} else {
		a.upload = &checker.File{Name: a.upload.Name, Data: bytes.Clone(a.upload.Data)} // out of the request's body
	}
	var raw [18]byte
	_, _ = rand.Read(raw[:]) // never fails (crypto/rand)
	c := &keptCheck{id: base64.RawURLEncoding.EncodeToString(raw[:]), at: k.now(), size: sizeOf(r) + a.size(), result: r, asked: a}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.byID[c.id] = c
	k.order = append(k.order, c)
	k.bytes += c.size
	k.drop()
	return c.id
}

// get finds a check that is still kept.
func (k *kept) get(id string) (*keptCheck, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.drop()
	c, ok := k.byID[id]
	return c, ok
}

// drop forgets what is old or too much; the newest always stays.
func (k *kept) drop() {
	for len(k.order) > 0 {
		old := k.order[0]
		full := len(k.order) > 1 && (len(k.order) > maxKept || k.bytes > maxKeptBytes)
		if !full && k.now().Sub(old.at) < keepFor {
			return
		}
		k.order = k.order[1:]
		k.bytes -= old.size
		delete(k.byID, old.id)
	}
}

// sizeOf estimates what a result weighs: its certificates, several times over
// because facts hold them parsed, and a flat sum for the rest.
func sizeOf(r *checker.Result) int {
	n := 16 << 10
	ev := r.Evidence
	lists := [][][]byte{ev.Presented, ev.GivenRoots}
	if ev.Upload != nil {
		lists = append(lists, ev.Upload.Certificates)
	}
	for _, f := range ev.Fetched {
		lists = append(lists, f.Certificates)
	}
	for _, list := range lists {
		for _, der := range list {
			n += 6 * len(der)
		}
	}
	return n
}
