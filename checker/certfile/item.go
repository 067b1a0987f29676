package certfile

import (
	"strconv"
	"strings"

	"hookcheck/checker/cert"
	"hookcheck/checker/evidence"
)

// Item is one thing found in a file.
type Item struct {
	Kind    Kind
	Path    string  // inside an archive, "" otherwise
	Block   int     // which one of the file, or of that part of an archive, from 1
	Line    int     // counted from 1; 0 in a binary file
	BadLine int     // in which the damage is, where that can be told
	Offset  int64   // of its first byte; in the part that was decrypted -1
	Name    string  // of an entry in a keystore
	Subject string  // of a certificate or request
	Problem Problem // "" where it is sound

	inside bool // of a container that is an item of its own
}

// Kind names what an item is.
type Kind string

// The kinds of items.
const (
	KindCertificate Kind = "certificate"
	KindTrusted     Kind = "trusted_certificate" // OpenSSL's own form, with trust settings
	KindCRL         Kind = "crl"
	KindRequest     Kind = "request"
	KindPrivateKey  Kind = "private_key"
	KindPublicKey   Kind = "public_key"
	KindPKCS7       Kind = "pkcs7"
	KindPKCS12      Kind = "pkcs12"
	KindKeystore    Kind = "keystore"
	KindSecret      Kind = "secret" // a symmetric key of a keystore
	KindArchive     Kind = "archive"
	KindOther       Kind = "other"
)

// Kinds lists every kind.
func Kinds() []Kind {
	return []Kind{
		KindCertificate, KindTrusted, KindCRL, KindRequest, KindPrivateKey, KindPublicKey,
		KindPKCS7, KindPKCS12, KindKeystore, KindSecret, KindArchive, KindOther,
	}
}

// Problem names what is wrong with an item.
type Problem string

// The problems.
const (
	ProblemNoEnd       Problem = "no_end"      // the END line is missing or names something else
	ProblemBase64      Problem = "base64"      // the text between BEGIN and END is damaged
	ProblemEmpty       Problem = "empty"       // nothing between BEGIN and END
	ProblemContent     Problem = "content"     // it decodes to something else than it claims to be
	ProblemIndented    Problem = "indented"    // BEGIN is not at the start of its line: OpenSSL does not see it
	ProblemOneLine     Problem = "one_line"    // BEGIN shares its line with what follows
	ProblemTooMany     Problem = "too_many"    // the file holds more than is looked at
	ProblemTruncated   Problem = "truncated"   // a binary structure ends before its length
	ProblemEscaped     Problem = "escaped_nl"  // line breaks are written as \n
	ProblemPassword    Problem = "password"    // no password at hand opens it
	ProblemIntegrity   Problem = "integrity"   // read, but the password does not fit its checksum
	ProblemWork        Problem = "work"        // opening it takes more rounds of key derivation than are spent
	ProblemTooBig      Problem = "too_big"     // more bytes than are looked at
	ProblemNested      Problem = "nested"      // an archive inside an archive
	ProblemUnsupported Problem = "unsupported" // a form or an encryption that is not read
	ProblemArmor       Problem = "armor"       // BEGIN or END is not written as OpenSSL wants it
	ProblemNoBegin     Problem = "no_begin"    // END without BEGIN
	ProblemSwapped     Problem = "swapped"     // END stands where BEGIN belongs
	ProblemCR          Problem = "cr"          // lines end in a carriage return alone
	ProblemHeader      Problem = "header"      // header lines inside a certificate's block
	ProblemBlank       Problem = "blank"       // blank lines inside the block
	ProblemMarkup      Problem = "markup"      // traces of HTML, mail or a program's source in the text
	ProblemTranscoded  Problem = "transcoded"  // a binary file that was saved as text
	ProblemUnseen      Problem = "unseen"      // OpenSSL refuses the file or passes over the block
	ProblemLockedZip   Problem = "locked"      // an encrypted archive, which is not opened
	ProblemAlien       Problem = "alien"       // bytes behind the end of a binary certificate
	ProblemInvisible   Problem = "invisible"   // a character that is not seen, or looks like another, inside a line
	ProblemLabel       Problem = "label"       // sound, and another thing than BEGIN calls it
	ProblemWrong       Problem = "wrong"       // the password that was given does not open it
)

// Problems lists every problem.
func Problems() []Problem {
	return []Problem{
		ProblemNoEnd, ProblemBase64, ProblemEmpty, ProblemContent, ProblemIndented, ProblemOneLine, ProblemTooMany,
		ProblemTruncated, ProblemEscaped, ProblemPassword, ProblemIntegrity, ProblemWork, ProblemTooBig,
		ProblemNested, ProblemUnsupported, ProblemArmor, ProblemNoBegin, ProblemSwapped, ProblemCR, ProblemHeader,
		ProblemBlank, ProblemMarkup, ProblemTranscoded, ProblemUnseen, ProblemLockedZip, ProblemAlien,
		ProblemInvisible, ProblemLabel, ProblemWrong,
	}
}

// add keeps an item and numbers it.
func (f *File) add(i Item) {
	i.Block = len(f.Items) + 1
	f.Items = append(f.Items, i)
}

// keepCertificate takes one certificate in; item says where it stood.
func (f *File) keepCertificate(c *cert.Cert, item Item) {
	if item.Kind == "" {
		item.Kind = KindCertificate
	}
	if len(f.Certificates) >= MaxCertificates {
		item.Problem = ProblemTooMany
		f.add(item)
		return
	}
	item.Subject = subjectOf(c)
	f.Certificates = append(f.Certificates, c.Raw)
	f.Presented = append(f.Presented, c.Raw)
	f.add(item)
}

// subjectOf names a certificate for people: its subject, or its first name.
func subjectOf(c *cert.Cert) string {
	if c.Subject.Text == "" && c.SAN != nil && len(c.SAN.DNS) > 0 {
		return clip(c.SAN.DNS[0])
	}
	return clip(c.Subject.Text)
}

// clip bounds a value that comes from a file.
func clip(s string) string {
	const most = 200
	s = strings.ToValidUTF8(s, "\ufffd")
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// Upload is the part of the file that may be kept as evidence.
func (f *File) Upload() *evidence.Upload {
	up := &evidence.Upload{
		Name: f.Name, Size: f.Size, Format: string(f.Format), Certificates: f.Certificates,
		PrivateKeys: f.PrivateKeys, OpenSSLAccepts: f.OpenSSLAccepts, OpenSSLError: f.OpenSSLError,
		Trust: f.trust,
	}
	for i, item := range f.Items {
		if i == 20 {
			up.Notes = append(up.Notes, "…")
			break
		}
		if item.Problem != "" || item.Kind != KindCertificate {
			up.Notes = append(up.Notes, item.note())
		}
	}
	return up
}

func (i Item) note() string {
	where := "byte " + strconv.FormatInt(i.Offset, 10)
	switch {
	case i.Line > 0:
		where = "line " + strconv.Itoa(i.Line)
	case i.Offset < 0:
		where = "item " + strconv.Itoa(i.Block)
	}
	if i.Path != "" {
		where = i.Path + ", " + where
	}
	s := where + ": " + string(i.Kind)
	if i.Problem != "" {
		s += ": " + string(i.Problem)
	}
	return s
}

// mostItems is how many items of a file are kept as evidence.
const mostItems = 200

// Read is what the file was, as evidence: items, requests, nothing secret.
func (f *File) Read() evidence.FileRead {
	out := evidence.FileRead{
		Name: f.Name, Size: f.Size, Format: string(f.Format), Certificates: len(f.Certificates),
		PrivateKeys: f.PrivateKeys, OpenSSLAccepts: f.OpenSSLAccepts,
	}
	for _, i := range f.Items {
		if len(out.Items) == mostItems && i.Problem == "" && i.Kind == KindCertificate {
			out.MoreItems++
			continue
		}
		if len(out.Items) >= 2*mostItems {
			out.MoreItems++
			continue
		}
		out.Items = append(out.Items, evidence.FileItem{
			Kind: string(i.Kind), Path: i.Path, Block: i.Block, Line: i.Line, Offset: i.Offset,
			Name: i.Name, Subject: i.Subject, Problem: string(i.Problem), BadLine: i.BadLine,
		})
	}
	for i, der := range f.Requests {
		if i == maxRequests {
			break
		}
		out.Requests = append(out.Requests, readRequest(der))
	}
	return out
}
