package report

import (
	"bytes"
	"cmp"
	"encoding/pem"
	"net"
	"slices"
	"strconv"
	"strings"
	"time"

	"hookcheck/checker/cert"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/checker/target"
)

// maxUploadShown is up to how many certificates an uploaded file is given back
// in the call that sets it again.
const maxUploadShown = 5

// params fills in what the remedies are made of.
func params(f *facts.Facts, hints []Hint) *remedy.Params {
	t := f.Target
	p := &remedy.Params{
		Host: hostOf(f), Port: cmp.Or(f.Port, 443), IsIP: f.IsIP, IP: f.Net.FirstIP,
		URL: webhookURL(f), Path: webhookPath(t.Path), Token: t.TokenInPath,
		SecretGiven: f.Ev.Request.SecretGiven,
		Upload:      f.Upload.Needed, UploadPEM: f.Upload.NeededPEM,
		UploadHas: f.Upload.Given,
		Pinned:    pinned(f.Ev.Request.ConnectTo),
		BundlePEM: encodePEM(f.Chain.Corrected),
		Names:     f.Names.All,
		Edge:      edge(f.Ev.HTTP),
		Plain:     f.TLS.Problem == facts.TLSPlainHTTP,
		Location:  f.HTTP.Location, Status: f.HTTP.Status,
		ClockOff: clockOff(f),
	}
	if p.Upload == "" {
		p.Upload = UploadNone
	}
	if f.Ev.Upload != nil {
		p.UploadForm, p.UploadName = f.Ev.Upload.Format, fileName(f.Ev.Upload.Name)
	}
	if uploadDamaged(f.Ev.Upload) {
		p.UploadDamaged, p.DamagedName = true, p.UploadName
	}
	if up := f.Ev.Upload; p.Upload == UploadGiven && up != nil && len(up.Certificates) <= maxUploadShown {
		for _, der := range up.Certificates {
			p.UploadPEM += string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
		}
	}
	if fs := f.Files; p.UploadForm == "" && len(fs.Converted)+len(fs.Unknown)+len(fs.Locked)+len(fs.Keys) > 0 {
		file := slices.Concat(fs.Locked, fs.Converted, fs.Unknown, fs.Keys)[0]
		p.UploadForm, p.UploadName = file.Format, fileName(file.File)
		p.KeyAlone = len(fs.Keys) > 0 && file.Certificates == 0 && len(fs.Locked) == 0
	}
	if q := f.Files.Requests; p.UploadForm == "" && f.Leaf == nil && len(q) > 0 {
		p.UploadForm, p.UploadName = "csr", fileName(q[0].File)
	}
	if d := f.Files.Damaged; len(d) > 0 {
		p.DamagedName = cmp.Or(fileName(d[0].File), "bot.pem")
	}
	for _, m := range f.Chain.Missing {
		p.Missing = append(p.Missing, m.Subject)
		p.AIA = append(p.AIA, m.AIA...)
	}
	if f.Leaf != nil && len(f.Leaf.Issuer.Org) > 0 {
		p.Issuer = f.Leaf.Issuer.Org[0]
	}
	if f.Leaf != nil {
		p.LeafPEM = encodePEM([]*cert.Cert{f.Leaf})
	}
	p.SelfSigned = f.Leaf != nil && f.Leaf.SelfSigned()
	for _, k := range f.Chain.WouldFail {
		p.WouldFail = append(p.WouldFail, string(k))
	}
	for _, h := range hints {
		p.Likely = append(p.Likely, h.Platform)
	}
	for _, a := range f.Net.Differ {
		p.OtherIPs = append(p.OtherIPs, a.IP)
	}
	return p
}

// hostOf is the host that the fixes are written for. Files may be judged
// without a name: then it is the first one in the certificate.
func hostOf(f *facts.Facts) string {
	if f.Host != "" || f.Leaf == nil {
		return f.Host
	}
	for _, name := range certNames(f.Leaf) {
		name = strings.ToLower(strings.TrimPrefix(name, "*."))
		if t, err := target.Parse(name); err == nil && !t.IsURL {
			return t.ASCIIHost
		}
	}
	return ""
}

// webhookURL is the URL that was typed, or one made of host and port; "" where
// there is no host. An http one stays as it is: the port that the bot listens
// on follows from it, and the fixes lead another one there.
func webhookURL(f *facts.Facts) string {
	if u := f.Target.URL; u != "" {
		return u
	}
	host := hostOf(f)
	switch {
	case host == "":
		return ""
	case f.Port != 443 && f.Port != 0:
		host = net.JoinHostPort(host, strconv.Itoa(f.Port))
	case strings.Contains(host, ":"):
		host = "[" + host + "]"
	}
	return "https://" + host + "/"
}

func webhookPath(path string) string {
	if !strings.HasPrefix(path, "/") {
		return "/" + path
	}
	return path
}

// clockOff tells that a certificate is from the near future, which is more
// often a wrong clock than a certificate made ahead of time.
func clockOff(f *facts.Facts) bool {
	return f.Chain.Fault(facts.NotYetValid) != nil && f.Leaf != nil &&
		f.Leaf.NotBefore.Sub(f.Now) < 48*time.Hour
}

// fileName is the name of a file on the user's disk: what was pasted, piped or
// sent in JSON has none.
func fileName(name string) string {
	switch name {
	case "certificate", "pasted.txt", "вставка.txt", "body", "standard input":
		return ""
	}
	return name
}

// pinned is the address of --connect-to, which may come with a port.
func pinned(connectTo string) string {
	if host, _, err := net.SplitHostPort(connectTo); err == nil {
		return host
	}
	return connectTo
}

func encodePEM(chain []*cert.Cert) string {
	var b bytes.Buffer
	for _, c := range chain {
		// A bytes.Buffer takes every write.
		_ = pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})
	}
	return b.String()
}
