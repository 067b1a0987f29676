package report

import (
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
)

func addresses(f *facts.Facts) []Address {
	out := []Address{}
	for i := range f.Ev.Addresses {
		a := &f.Ev.Addresses[i]
		out = append(out, Address{IP: a.IP, TCP: a.TCP, SameAsFirst: sameAsFirst(f.Net.First, a)})
	}
	return out
}

func sameAsFirst(first, a *evidence.Address) bool {
	if first == nil {
		return false
	}
	return a.IP == first.IP ||
		a.TCP == first.TCP && a.TLS == first.TLS && a.LeafSHA256 == first.LeafSHA256
}

func protocols(t *evidence.TLS) map[string]string {
	out := map[string]string{}
	for _, v := range Protocols() {
		out[v] = "unknown"
		if t != nil && t.Versions[v] != "" {
			out[v] = t.Versions[v]
		}
	}
	return out
}

// handshake shows the first flight that Telegram's own hello drew; the session
// that was carried to its end fills in what the flight does not tell.
func handshake(f *facts.Facts) Handshake {
	t := f.Ev.TLS
	if t == nil {
		return Handshake{}
	}
	h := Handshake{
		Version: t.Main.Version, Cipher: t.Main.Cipher, Group: t.Main.Group,
		SNISent: f.TLS.SNISent, DefaultCertificateDiffers: f.TLS.DefaultDiffers,
	}
	if s := t.Session; s != nil && s.Outcome == evidence.SessionOK {
		h.ALPN = s.ALPN
		h.Version, h.Cipher, h.Group = first(h.Version, s.Version), first(h.Cipher, s.Cipher), first(h.Group, s.Group)
	}
	return h
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

func answer(h *evidence.HTTP) HTTP {
	if h == nil {
		return HTTP{}
	}
	return HTTP{Status: h.Status, Reason: h.Reason, DurationMS: h.DurationMS, Location: h.Location}
}
