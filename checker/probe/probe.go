// Package probe gathers evidence from the network: it resolves, dials, shakes
// hands, delivers a test update and fetches missing issuers. It judges
// nothing. Nothing else in the program opens a connection to a stranger.
package probe

import (
	"crypto/rand"
	"encoding/hex"
	"net"
	"sync/atomic"
	"time"

	"hookcheck/checker/evidence"
	"hookcheck/checker/target"
)

// DefaultTimeout bounds a check that names no time of its own.
const DefaultTimeout = 15 * time.Second

// Options are what all checks of a Prober share. The zero value guards.
type Options struct {
	Guard      Guard
	Timeout    time.Duration    // of a whole check, DefaultTimeout where zero
	Tool       string           // name and version, kept in the evidence
	Now        func() time.Time // time.Now where nil
	NewID      func() string    // of evidence; random where nil
	ResolvConf string           // /etc/resolv.conf where empty
	Interfaces func() ([]net.Addr, error)
}

// Request is one check.
type Request struct {
	Target      target.Target
	Post        bool             // deliver a test update
	SecretToken string           // sent with it
	Upload      *evidence.Upload // kept in the evidence for the rules
	ConnectTo   string           // ADDR or ADDR:PORT, dialled in place of resolving
	DNS         string           // ADDR or ADDR:PORT of the name server; those of resolv.conf where empty
	Timeout     time.Duration    // of the whole check: nothing outlives it
	AnyPort     bool             // dial ports that Telegram does not call

	// Accept is asked once the TLS evidence is complete whether Telegram would
	// go on. Path, authorization and secret token are sent only then.
	Accept func(*evidence.Evidence) bool
	// Wants names the issuers to fetch. It is asked again after each round.
	Wants func(*evidence.Evidence) []Want
	// OnStage is told of each stage that ends; it is called from Collect's own
	// goroutine.
	OnStage func(ev *evidence.Evidence, id string, d time.Duration)
}

// Want is a certificate's issuer that may be fetched.
type Want struct {
	URL       string
	ForSHA256 string // of the certificate whose issuer it is
}

// Prober gathers evidence. It is safe for use by many goroutines.
type Prober struct {
	o            Options
	dialer       *dialer
	issuers      *issuerCache
	unclassified atomic.Uint64
}

// New makes a Prober.
func New(o Options) *Prober {
	if o.Timeout <= 0 {
		o.Timeout = DefaultTimeout
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.NewID == nil {
		o.NewID = randomID
	}
	if o.ResolvConf == "" {
		o.ResolvConf = "/etc/resolv.conf"
	}
	if o.Interfaces == nil {
		o.Interfaces = net.InterfaceAddrs
	}
	return &Prober{o: o, dialer: newDialer(o.Guard), issuers: newIssuerCache(o.Now)}
}

// Unclassified counts network errors that no branch of the classifier named.
// Each is a gap to be closed.
func (p *Prober) Unclassified() uint64 { return p.unclassified.Load() }

func randomID() string {
	var b [16]byte
	_, _ = rand.Read(b[:]) // never fails (crypto/rand)
	return hex.EncodeToString(b[:])
}
