package facts

import (
	"net"
	"slices"
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

// explainGap: where a certificate was lost to damage, the gap in the chain is
// that one, and no fault of its own.
func (fs *Files) explainGap(f *Facts) {
	lost := slices.ContainsFunc(fs.Damaged, func(i FileItem) bool { return i.Subject == "" })
	if lost {
		f.Chain.Faults = slices.DeleteFunc(f.Chain.Faults, func(x Fault) bool { return x.Kind == IntermediateMissing })
	}
}

func (fs *Files) addFile(f *Facts, r *evidence.FileRead) {
	before := len(fs.Keys) + len(fs.Damaged) + len(fs.Locked) + len(fs.TooMuch)
	for _, i := range r.Items {
		fs.addItem(f, FileItem{File: r.Name, Format: r.Format, Certificates: r.Certificates, FileItem: i})
	}
	for _, q := range r.Requests {
		fs.Requests = append(fs.Requests, fileRequest(f, r.Name, q))
	}
	told := len(fs.Keys)+len(fs.Damaged)+len(fs.Locked)+len(fs.TooMuch) > before
	whole := FileItem{File: r.Name, Format: r.Format, Certificates: r.Certificates}
	switch {
	case r.Certificates > 0 && !isPEM(r.Format):
		fs.Converted = append(fs.Converted, whole)
	case r.Certificates == 0 && len(r.Requests) == 0 && !told && !unreadable(f, r):
		fs.Unknown = append(fs.Unknown, whole)
	}
}

func isPEM(format string) bool {
	return format == string(certfile.PEM) || format == string(certfile.PEMDamaged)
}

// unreadable tells that the file's certificate is presented as it is, for
// cert.unparsable to speak of.
func unreadable(f *Facts, r *evidence.FileRead) bool {
	return f.Chain.Fault(Unparsable) != nil && slices.ContainsFunc(r.Items, presentedAsIs)
}

// presentedAsIs: a whole block with a damaged certificate inside; a server
// would send it.
func presentedAsIs(i evidence.FileItem) bool {
	return i.Kind == string(certfile.KindCertificate) && i.Path == "" &&
		(i.Problem == string(certfile.ProblemContent) || i.Problem == string(certfile.ProblemTruncated))
}

func (fs *Files) addItem(f *Facts, i FileItem) {
	switch certfile.Problem(i.Problem) {
	case certfile.ProblemPassword:
		fs.Locked = append(fs.Locked, i)
	case certfile.ProblemIntegrity:
		fs.Unchecked = append(fs.Unchecked, i)
	case certfile.ProblemWork, certfile.ProblemTooBig, certfile.ProblemTooMany, certfile.ProblemNested:
		fs.TooMuch = append(fs.TooMuch, i)
	default:
		fs.addByKind(f, i)
	}
}

func (fs *Files) addByKind(f *Facts, i FileItem) {
	kind := certfile.Kind(i.Kind)
	switch {
	case kind == certfile.KindPrivateKey:
		fs.Keys = append(fs.Keys, i)
	case i.Problem != "" && kind != certfile.KindOther:
		if !presentedAsIs(i.FileItem) || f.Chain.Fault(Unparsable) == nil {
			fs.Damaged = append(fs.Damaged, i)
		}
	case i.Certificates == 0 || i.Path != "" || !isPEM(i.Format) && i.Problem == "":
	case kind == certfile.KindCRL, kind == certfile.KindRequest, kind == certfile.KindPublicKey, kind == certfile.KindPKCS7, kind == certfile.KindPKCS12,
		kind == certfile.KindOther && !strings.HasSuffix(i.Name, " PARAMETERS"):
		fs.Mixed = append(fs.Mixed, i)
	}
}

// fileRequest judges the names of a request as those of a certificate.
func fileRequest(f *Facts, file string, q evidence.FileRequest) FileRequest {
	out := FileRequest{File: file, FileRequest: q, Judged: f.Ev.Request.Hostname}
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
	out.Names = slices.Concat(names, q.IPs)
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
