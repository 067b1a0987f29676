package facts

import (
	"net"
	"slices"
	"strconv"
	"strings"

	"hookcheck/checker/cert"
	"hookcheck/checker/certfile"
	"hookcheck/checker/evidence"
	"hookcheck/checker/verify"
)

// Files is about the files that were read in place of a server's answer.
type Files struct {
	Given     bool
	Keys      []FileItem // private keys, which are refused
	Damaged   []FileItem // certificates and containers that cannot be read as they stand
	Mixed     []FileItem // what stands beside certificates in one file
	Unknown   []FileItem // files without anything that is of use here
	Locked    []FileItem // containers that no password at hand opens
	Unchecked []FileItem // containers that were read, with a password that does not fit them
	TooMuch   []FileItem // what is beyond the bounds
	Converted []FileItem // files that hold their certificates in another form than PEM
	Requests  []FileRequest
	Key       *evidence.FileKey
	KeyFits   bool // Key belongs to the server's certificate
}

// FileItem is an item and the file it stands in.
type FileItem struct {
	File         string
	Format       string
	Certificates int // in the file
	evidence.FileItem
}

// FileRequest is a signing request and what a certificate made from it would
// be good for.
type FileRequest struct {
	File string
	evidence.FileRequest
	Names  []string // that would count: DNS names, or the common name where there is none
	Judged bool     // a host was given
	Covers bool
	Weak   bool // the key is one that OpenSSL at security level 2 refuses
}

func deriveFiles(f *Facts) Files {
	in := f.Ev.Files
	if in == nil {
		return Files{}
	}
	out := Files{Given: true, Key: in.Key}
	for i := range in.Read {
		out.addFile(f, &in.Read[i])
	}
	if in.Left > 0 {
		out.TooMuch = append(out.TooMuch, FileItem{
			Certificates: in.Left,
			FileItem:     evidence.FileItem{Kind: string(certfile.KindCertificate), Block: evidence.MaxPresented + 1, Offset: -1, Problem: string(certfile.ProblemTooMany)},
		})
	}
	out.explainGap(f)
	if k := in.Key; k != nil && k.Position >= 0 && k.Position < len(f.Chain.Presented) {
		c := f.Chain.Presented[k.Position].Cert
		out.KeyFits = c != nil && f.Leaf != nil && c.SHA256 == f.Leaf.SHA256
	}
	return out
}

// explainGap: where a certificate was lost to damage, or stands in what was not
// opened, the gap in the chain and the place that cannot be read are that one,
// and no faults of their own. So is a CA in the place of the server's.
func (fs *Files) explainGap(f *Facts) {
	unread := slices.ContainsFunc(fs.Damaged, func(i FileItem) bool { return i.Subject == "" && i.Problem != string(certfile.ProblemLabel) })
	closed := len(fs.Locked) > 0 || slices.ContainsFunc(fs.TooMuch, func(i FileItem) bool {
		return i.Problem != string(certfile.ProblemTooMany)
	})
	if !unread && !closed {
		return
	}
	authority := f.Leaf != nil && f.Leaf.IsCA()
	f.Chain.Faults = slices.DeleteFunc(f.Chain.Faults, func(x Fault) bool {
		return x.Kind == IntermediateMissing || x.Kind == Unparsable && x.Cert == nil || authority && x.Kind == Usage
	})
}

func (fs *Files) addFile(f *Facts, r *evidence.FileRead) {
	before := fs.told()
	for _, i := range r.Items {
		fs.addItem(FileItem{File: r.Name, Format: r.Format, Certificates: r.Certificates, FileItem: i})
	}
	for _, q := range r.Requests {
		fs.Requests = append(fs.Requests, fileRequest(f, r.Name, q))
	}
	whole := FileItem{File: r.Name, Format: r.Format, Certificates: r.Certificates}
	switch {
	case r.Certificates > 0 && !isPEM(r.Format):
		fs.Converted = append(fs.Converted, whole)
	case r.Certificates == 0 && len(r.Requests) == 0 && fs.told() == before:
		fs.Unknown = append(fs.Unknown, whole)
	}
}

func isPEM(format string) bool {
	return format == string(certfile.PEM) || format == string(certfile.PEMDamaged)
}

// told is how many items stop a file from being used as it is.
func (fs *Files) told() int {
	return len(fs.Keys) + len(fs.Damaged) + len(fs.Locked) + len(fs.TooMuch) + len(fs.Unknown)
}

func (fs *Files) addItem(i FileItem) {
	switch certfile.Problem(i.Problem) {
	case certfile.ProblemPassword, certfile.ProblemWrong, certfile.ProblemLockedZip:
		fs.Locked = append(fs.Locked, i)
	case certfile.ProblemIntegrity:
		fs.Unchecked = append(fs.Unchecked, i)
	case certfile.ProblemWork, certfile.ProblemTooBig, certfile.ProblemTooMany, certfile.ProblemNested:
		fs.TooMuch = append(fs.TooMuch, i)
	case certfile.ProblemUnsupported:
		fs.Unknown = append(fs.Unknown, i)
	default:
		fs.addByKind(i)
	}
}

func (fs *Files) addByKind(i FileItem) {
	kind := certfile.Kind(i.Kind)
	switch {
	case kind == certfile.KindPrivateKey, kind == certfile.KindSecret:
		fs.Keys = append(fs.Keys, i)
	case i.Problem != "" && (kind != certfile.KindOther || i.Path != "" && i.Problem == string(certfile.ProblemTruncated)):
		fs.Damaged = append(fs.Damaged, i)
	case i.Certificates == 0 || i.Path != "" || !isPEM(i.Format) && i.Problem == "":
	case kind == certfile.KindCRL, kind == certfile.KindRequest, kind == certfile.KindPublicKey, kind == certfile.KindPKCS7, kind == certfile.KindPKCS12,
		kind == certfile.KindOther && !strings.HasSuffix(i.Name, " PARAMETERS"):
		fs.Mixed = append(fs.Mixed, i)
	}
}

// fileRequest judges the names of a request as those of a certificate.
func fileRequest(f *Facts, file string, q evidence.FileRequest) FileRequest {
	out := FileRequest{File: file, FileRequest: q, Judged: f.Ev.Request.Hostname, Weak: weakKey(q.Key)}
	names := q.DNSNames
	if len(names) == 0 && q.CommonName != "" {
		names = []string{q.CommonName} // counts where there is no DNS name
	}
	c := &cert.Cert{SAN: &cert.SAN{DNS: names}}
	for _, s := range q.IPs {
		if ip := net.ParseIP(s).To4(); ip != nil {
			c.SAN.IP = append(c.SAN.IP, ip)
		}
	}
	for _, name := range slices.Concat(names, q.IPs) {
		if !slices.Contains(out.Names, name) {
			out.Names = append(out.Names, name)
		}
	}
	if !out.Judged {
		return out
	}
	// An address must stand in the SAN where nothing is uploaded, and in the
	// common name where the certificate is: either is a way to use it.
	if ip := net.ParseIP(f.Host); f.IsIP && ip != nil && verify.MatchIP(c, ip) {
		out.Covers = true
		return out
	}
	out.Covers = verify.MatchHost(c, nameHost(f)).OK
	return out
}

// weakKey reads "RSA 1024". From 1963 bits on OpenSSL counts 112 bits of
// security.
func weakKey(key string) bool {
	const enough = 1963
	size, isRSA := strings.CutPrefix(key, "RSA ")
	bits, err := strconv.Atoi(size)
	return isRSA && err == nil && bits < enough || key == "EC P-192"
}
