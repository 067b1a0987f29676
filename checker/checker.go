// Package checker is the one public way in: it gathers evidence, derives
// facts, judges them and hands over a report. It orchestrates and decides
// nothing itself.
package checker

import (
	"context"
	"encoding/pem"
	"fmt"
	"time"

	"hookcheck/checker/certfile"
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/lint"
	"hookcheck/checker/probe"
	"hookcheck/checker/report"
	"hookcheck/checker/rules"
	"hookcheck/checker/target"
	"hookcheck/internal/lang"
	"hookcheck/rootstore"
)

// Checker checks endpoints and files. It is safe for use by many goroutines.
type Checker struct {
	Prober *probe.Prober    // nil where no network is to be used
	Roots  *rootstore.Store // the public roots
	// GivenRoots tells that Roots are the user's own: they travel with the
	// evidence, so that a replay judges by the same ones.
	GivenRoots bool
	Clock      func() time.Time // time.Now outside tests; for CheckFiles
	// Linter adds advice on every presented certificate; nil: none is asked for.
	Linter *lint.Linter
}

// CheckRequest asks for a check of a live endpoint.
type CheckRequest struct {
	Target      target.Target
	Certificate *File  // what was handed to setWebhook; nil where nothing or unknown
	SecretToken string // sent with the test update
	Post        *bool  // nil: deliver a test update where the target is a URL
	ConnectTo   string // ADDR or ADDR:PORT dialled in place of resolving
	DNS         string // ADDR or ADDR:PORT of the DNS server
	Timeout     time.Duration
	AnyPort     bool           // dial ports that setWebhook refuses too
	OnStage     func(StageEnd) // called as stages end; may be nil
}

// File is a file's name and content, of a big one its start.
type File struct {
	Name string
	Data []byte
	Size int64 // of the whole; 0 where Data is all of it
}

// sized tells a file's own size of what was read from its start.
func (f *File) sized(read *certfile.File) *certfile.File {
	read.Size = max(read.Size, f.Size)
	return read
}

// Result is a judged check. Report makes it readable in a language.
type Result struct {
	Evidence *evidence.Evidence
	Facts    *facts.Facts
	Findings []rules.Finding
}

// Report is the result in one language.
func (r *Result) Report(l lang.Lang) (*report.Report, error) {
	return report.Build(report.Input{Evidence: r.Evidence, Facts: r.Facts, Findings: r.Findings, Lang: l})
}

// Check contacts the endpoint and judges what it saw.
func (c *Checker) Check(ctx context.Context, req CheckRequest) (*Result, error) {
	start := time.Now()
	upload, err := readUpload(req.Certificate)
	if err != nil {
		return nil, err
	}
	post := req.Target.IsURL
	if req.Post != nil {
		post = *req.Post
	}
	onStage := func(ev *evidence.Evidence, id string, _ time.Duration) {
		if req.OnStage != nil {
			redact(ev, req.SecretToken)
			req.OnStage(StageEnd{ID: id, ev: ev, roots: c.Roots})
		}
	}
	ev, err := c.Prober.Collect(ctx, probe.Request{
		Target: req.Target, Post: post, SecretToken: req.SecretToken, Upload: upload,
		ConnectTo: req.ConnectTo, DNS: req.DNS, Timeout: req.Timeout, AnyPort: req.AnyPort,
		Accept: c.accepts, Wants: c.wants, OnStage: onStage,
	})
	if err != nil {
		return nil, fmt.Errorf("collecting evidence: %w", err)
	}
	redact(ev, req.SecretToken)
	c.addRoots(ev)
	ev.Request.Lint = c.Linter != nil
	if req.Timeout > 0 { // what the network left of it
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, start.Add(req.Timeout))
		defer cancel()
	}
	return judge(ctx, ev, c.Roots, c.Linter)
}

// Replay judges saved evidence again, by the roots that were given then or by
// those of this program.
func (c *Checker) Replay(ev *evidence.Evidence) (*Result, error) {
	var linter *lint.Linter
	if ev.Request.Lint {
		if linter = c.Linter; linter == nil {
			linter = lint.New()
		}
		linter = linter.Patient()
	}
	if !ev.Request.RootsGiven {
		return judge(context.Background(), ev, c.Roots, linter)
	}
	var bundle []byte
	for _, der := range ev.GivenRoots {
		bundle = append(bundle, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})...)
	}
	roots, err := rootstore.FromPEM("saved roots", bundle)
	if err != nil {
		return nil, fmt.Errorf("reading the roots in the evidence: %w", err)
	}
	return judge(context.Background(), ev, roots, linter)
}

func judge(ctx context.Context, ev *evidence.Evidence, roots *rootstore.Store, linter *lint.Linter) (*Result, error) {
	f := facts.Derive(ev, roots)
	if linter != nil {
		f.Lint = linter.Run(ctx, f)
		ev.Request.LintLate = lint.Late(f.Lint)
	}
	found, err := rules.Run(f)
	if err != nil {
		return nil, fmt.Errorf("judging: %w", err)
	}
	return &Result{Evidence: ev, Facts: f, Findings: found}, nil
}

// addRoots keeps the user's own roots with the evidence.
func (c *Checker) addRoots(ev *evidence.Evidence) {
	if !c.GivenRoots {
		return
	}
	ev.Request.RootsGiven = true
	ev.GivenRoots = c.Roots.DER()
}

func readUpload(f *File) (*evidence.Upload, error) {
	if f == nil {
		return nil, nil
	}
	read, err := certfile.Read(f.Name, f.Data)
	if err != nil {
		return nil, fmt.Errorf("reading the certificate file: %w", err)
	}
	wipe(read, f)
	return upload(f.sized(read)), nil
}
