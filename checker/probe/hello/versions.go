package hello

import (
	"context"
	"net"
	"sync"

	"hookcheck/checker/evidence"
)

// What a server makes of a protocol version.
const (
	Accepted = "accepted"
	Refused  = "refused"
	Unknown  = "unknown"
)

// Versions asks for each protocol version alone, all at once, each over a
// connection of its own. A version is refused where the server says so, or
// hangs up on it and not on another.
func Versions(ctx context.Context, dial func(context.Context) (net.Conn, error), sni string) map[string]string {
	asked := []uint16{TLS10, TLS11, TLS12, TLS13}
	got := make([]evidence.Handshake, len(asked))
	var wg sync.WaitGroup
	for i, v := range asked {
		wg.Go(func() { got[i] = probeVersion(ctx, dial, Hello{SNI: sni, Min: v, Max: v}) })
	}
	wg.Wait()
	verdicts := map[string]string{}
	any := false
	for i, v := range asked {
		verdicts[VersionName(v)] = versionVerdict(got[i], VersionName(v))
		any = any || verdicts[VersionName(v)] == Accepted
	}
	for i, v := range asked {
		hungUp := got[i].Outcome == evidence.HelloClosed || got[i].Outcome == evidence.HelloReset
		if any && hungUp && verdicts[VersionName(v)] == Unknown {
			verdicts[VersionName(v)] = Refused
		}
	}
	return verdicts
}

func probeVersion(ctx context.Context, dial func(context.Context) (net.Conn, error), h Hello) evidence.Handshake {
	conn, err := dial(ctx)
	if err != nil {
		return evidence.Handshake{Outcome: evidence.HelloDial}
	}
	defer func() { _ = conn.Close() }()
	return Read(ctx, conn, h)
}

// versionVerdict takes a ServerHello of the version with a suite of the
// hello's for an acceptance, whatever comes after it.
func versionVerdict(got evidence.Handshake, name string) string {
	switch {
	case got.Version == name && got.Cipher != "":
		return Accepted
	case got.Version != "", got.Outcome == evidence.HelloAlert:
		return Refused
	}
	return Unknown
}
