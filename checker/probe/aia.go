package probe

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"time"

	"hookcheck/checker/evidence"
	"hookcheck/checker/target"
)

// Bounds of fetching issuers.
const (
	maxRounds    = 4 // links that are missing one above the other
	maxFetches   = 8
	maxRedirects = 3
	maxIssuer    = 64 << 10
	fetchTime    = 3 * time.Second         // for all of them
	fetchEach    = 1500 * time.Millisecond // so that a slow one leaves time for another
)

// Codes of a fetch that failed, as evidence.Fetched tells them.
const (
	fetchRefused   = "refused"
	fetchTimeout   = "timeout"
	fetchForbidden = "forbidden"
	fetchStatus    = "status"
	fetchSize      = "size"
	fetchFormat    = "format"
	fetchResolve   = "resolve"
	fetchFailed    = "failed"
)

// fetchMissing gets the issuers that Wants names, which a browser would fetch
// and Telegram does not.
func (c *collection) fetchMissing(ctx context.Context) {
	if c.Wants != nil {
		c.p.fetchIssuers(ctx, c.plan, c.ev, c.Wants)
	}
}

// FetchIssuers does for certificates that came from files what Collect does
// for those that a server presented. It dials nothing but what wants names.
func (p *Prober) FetchIssuers(ctx context.Context, ev *evidence.Evidence, wants func(*evidence.Evidence) []Want) {
	p.fetchIssuers(ctx, &plan{timeout: fetchTime}, ev, wants)
}

func (p *Prober) fetchIssuers(ctx context.Context, pl *plan, ev *evidence.Evidence, wants func(*evidence.Evidence) []Want) {
	if len(ev.Presented) == 0 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	client := p.issuerClient(pl)
	defer client.CloseIdleConnections()
	tried := map[string]bool{}
	for range maxRounds {
		progress := false
		for _, w := range wants(ev) {
			if tried[w.URL] || len(ev.Fetched) == maxFetches {
				continue
			}
			tried[w.URL] = true
			got := p.fetch(ctx, client, w)
			ev.Fetched = append(ev.Fetched, got)
			progress = progress || len(got.Certificates) > 0
		}
		if !progress {
			return
		}
	}
}

func (p *Prober) fetch(ctx context.Context, client *http.Client, w Want) evidence.Fetched {
	out := evidence.Fetched{URL: target.Redact(cutText(w.URL, maxLocation)), ForSHA256: w.ForSHA256}
	if out.Certificates = p.issuers.get(w.URL); len(out.Certificates) > 0 {
		return out
	}
	ctx, cancel := context.WithTimeout(ctx, fetchEach)
	defer cancel()
	body, err := download(ctx, client, w.URL)
	if err == nil {
		if out.Certificates = issuers(body); len(out.Certificates) == 0 {
			out.Error = fetchFormat
		}
		p.issuers.put(w.URL, out.Certificates)
		return out
	}
	var coded fetchError
	if errors.As(err, &coded) {
		out.Error = string(coded)
		return out
	}
	switch p.tcpOutcome(err) {
	case evidence.TCPRefused, evidence.TCPReset:
		out.Error = fetchRefused
	case evidence.TCPTimeout:
		out.Error = fetchTimeout
	case evidence.TCPForbidden:
		out.Error = fetchForbidden
	default:
		out.Error = fetchFailed
	}
	return out
}

// fetchError is a failure with a code of its own.
type fetchError string

func (e fetchError) Error() string { return "fetching an issuer: " + string(e) }

func download(ctx context.Context, client *http.Client, from string) ([]byte, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, from, http.NoBody)
	if err != nil || !fetchable(req.URL) {
		return nil, fetchError(fetchForbidden)
	}
	res, err := client.Do(req)
	if err != nil {
		return nil, fmt.Errorf("fetching an issuer: %w", err)
	}
	defer func() { _ = res.Body.Close() }()
	if res.StatusCode != http.StatusOK {
		return nil, fetchError(fetchStatus)
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, maxIssuer+1))
	if err != nil {
		return nil, fmt.Errorf("fetching an issuer: %w", err)
	}
	if len(body) > maxIssuer {
		return nil, fetchError(fetchSize)
	}
	return body, nil
}

func fetchable(u *url.URL) bool {
	return (u.Scheme == "http" || u.Scheme == "https") && u.User == nil && u.Hostname() != ""
}

// issuerClient makes requests by the resolver and the guarded dialer of the
// check alone: the URL comes out of a stranger's certificate.
func (p *Prober) issuerClient(pl *plan) *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			Proxy:             nil, // a proxy of the environment would pass the guard
			DisableKeepAlives: true,
			// What comes is verified by its signature, not by where it lay.
			TLSClientConfig: &tls.Config{InsecureSkipVerify: true},
			DialContext: func(ctx context.Context, _, address string) (net.Conn, error) {
				return p.dialIssuer(ctx, pl, address)
			},
			MaxResponseHeaderBytes: 32 << 10,
		},
		CheckRedirect: func(req *http.Request, via []*http.Request) error {
			if len(via) > maxRedirects || !fetchable(req.URL) {
				return fetchError(fetchForbidden)
			}
			return nil
		},
	}
}

// dialIssuer resolves once and dials what it resolved. On a guarded server the
// ports are those of the web alone.
func (p *Prober) dialIssuer(ctx context.Context, pl *plan, address string) (net.Conn, error) {
	host, portText, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fetchError(fetchForbidden)
	}
	port, err := strconv.ParseUint(portText, 10, 16)
	if err != nil || !p.o.Guard.AllowPrivate && port != 80 && port != 443 {
		return nil, fetchError(fetchForbidden)
	}
	ips := []string{host}
	if _, err := netip.ParseAddr(host); err != nil {
		found := p.resolver(pl).lookup(ctx, host)
		ips = slices.Concat(found.A, found.AAAA)
	}
	last := error(fetchError(fetchResolve))
	for _, s := range ips[:min(len(ips), maxDialled)] {
		ip, err := netip.ParseAddr(s)
		if err != nil {
			continue
		}
		if ip.Unmap().IsLinkLocalUnicast() { // where clouds keep their secrets, and no CA its certificates
			last = fetchError(fetchForbidden)
			continue
		}
		conn, err := p.dialer.dial(ctx, netip.AddrPortFrom(ip, uint16(port)))
		if err == nil {
			return conn, nil
		}
		last = err
	}
	return nil, last
}
