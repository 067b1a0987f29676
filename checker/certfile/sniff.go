package certfile

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"html"
	"io"
	"mime/quotedprintable"
	"net/url"
	"strings"
	"unicode/utf8"
)

// sniff finds out what the file is and what it holds.
func (f *File) sniff(data []byte) {
	if len(bytes.TrimSpace(withoutMark(data))) == 0 {
		f.Format = Empty
		return
	}
	if text, ok := fromUTF16(data); ok {
		f.sniffText(text)
		clear(text)
		f.Format = UTF16
		return
	}
	if format, ok := magicFormat(data); ok {
		f.Format = format
		f.addMagic(format, data)
		return
	}
	if f.scanPEM(data) {
		f.addOutsideBlocks(data)
		f.Format = f.pemFormat()
		return
	}
	if back, is := withCRLF(data); is {
		f.Format = Mangled
		f.addTranscoded(back)
		return
	}
	if format, ok := derFormat(data); ok {
		f.Format = format
		f.addDER(format, data, Item{})
		return
	}
	f.Format = f.otherFormat(data)
}

// sniffText looks into a text that was converted.
func (f *File) sniffText(text []byte) {
	if f.scanPEM(text) {
		f.addOutsideBlocks(text)
		return
	}
	f.otherFormat(text)
}

// addOutsideBlocks looks for what stands in a file beside PEM blocks.
func (f *File) addOutsideBlocks(text []byte) {
	f.addLooseKeys(text)
	f.addPEMInBase64(text)
	if f.PrivateKeys == 0 {
		f.addOtherKeys(text)
	}
}

// withoutMark cuts off the byte order mark of UTF-8.
func withoutMark(data []byte) []byte { return bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")) }

// otherFormat goes by first words, and looks into what has none.
func (f *File) otherFormat(data []byte) Format {
	text := bytes.TrimSpace(withoutMark(data))
	for _, p := range prefixes {
		if bytes.HasPrefix(text, []byte(p.prefix)) {
			f.addText(p.format, data)
			return p.format
		}
	}
	if microsoftKey(data) || pgpSecret(data) {
		f.addKey(Item{})
	}
	switch format, ok := strangerDER(data); {
	case ok:
		return format
	case pgpPublic(data):
		return PGP
	case isBKS(data):
		f.addBKS(data)
		return BKS
	}
	if back, is := transcoded(data); is {
		f.addTranscoded(back)
		return Mangled
	}
	f.addLooseKeys(data)
	f.addOtherKeys(data)
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		f.unordered = true
		f.keepLocated(salvage(data))
		return Binary
	}
	return f.textFormat(text)
}

func (f *File) addText(format Format, data []byte) {
	switch format {
	case SSHPrivateKey:
		f.addKey(Item{Line: 1})
	case XML:
		f.addLooseKeys(data)
		f.addOtherKeys(data)
		f.addEmbedded(data)
	case CertificateText:
		f.addOtherKeys(data)
	}
}

func (f *File) addMagic(format Format, data []byte) {
	switch format {
	case JKS, JCEKS:
		f.addKeystore(data, Item{})
	case Gzip:
		f.addGzip(data)
	case Tar:
		f.addTar(data)
	default:
		f.addLooseKeys(data)
	}
}

// addTranscoded tells of a binary file that became text, and reads what could
// be turned back.
func (f *File) addTranscoded(back []byte) {
	item := Item{Kind: KindCertificate, Problem: ProblemTranscoded}
	if format, ok := embeddedFormat(back); ok {
		if format != DERCertificate {
			item.Kind = KindOther
			f.add(item)
			item.Problem = ""
		}
		f.addDER(format, back, item)
		clear(back)
		return
	}
	f.presentLost()
	f.add(item)
}

// addKey counts a private key; where it stood is all that is kept.
func (f *File) addKey(item Item) {
	item.Kind = KindPrivateKey
	f.PrivateKeys++
	f.add(item)
}

func (f *File) textFormat(text []byte) Format {
	head := bytes.ToLower(text[:min(len(text), 1024)])
	format := Text
	switch {
	case len(text) > 0 && text[0] == '<' && (bytes.Contains(head, []byte("<html")) || bytes.Contains(head, []byte("<!doctype html"))):
		format = HTML
	case len(text) > 0 && (text[0] == '{' || text[0] == '[') && json.Valid(text):
		format = JSON
	}
	if !f.addEncoded(text) || format != Text {
		return format
	}
	if len(f.Certificates)+len(f.Requests) == 0 {
		return Text // a key
	}
	plain, ok := decodeLeniently(text)
	defer clear(plain)
	if _, known := embeddedFormat(plain); ok && known || bytes.HasPrefix(plain, []byte("-----BEGIN")) {
		return Base64
	}
	return Encoded
}

// addEncoded takes in what stands encoded in a text.
func (f *File) addEncoded(text []byte) bool {
	if bytes.Contains(text, []byte("BEGIN%20")) || bytes.Contains(text, []byte("BEGIN+")) {
		unescape := url.PathUnescape
		if bytes.Contains(text, []byte("BEGIN+")) {
			unescape = url.QueryUnescape
		}
		if plain, err := unescape(string(text)); err == nil {
			data := []byte(plain[max(0, strings.Index(plain, "-----BEGIN")):])
			f.addDecoded(data, Item{Line: 1})
			clear(data)
			return len(f.Items) > 0
		}
	}
	if bytes.Contains(text, []byte("BEGIN CERTIFICATE&")) || bytes.Contains(text, []byte("KEY&#")) {
		plain := html.UnescapeString(string(text))
		data := []byte(plain[max(0, strings.Index(plain, "-----BEGIN")):])
		f.addDecoded(data, Item{Line: 1})
		clear(data)
		return len(f.Items) > 0
	}
	if bytes.Contains(text, []byte("BEGIN=20")) {
		if data, err := io.ReadAll(quotedprintable.NewReader(bytes.NewReader(text))); err == nil {
			f.addDecoded(data, Item{Line: 1})
			clear(data)
			return len(f.Items) > 0
		}
	}
	return f.addEmbedded(text)
}

// pemFormat is what a file with PEM blocks is as a whole.
func (f *File) pemFormat() Format {
	count := map[Kind]int{}
	for _, item := range f.Items {
		if !item.inside {
			count[item.Kind]++
		}
	}
	switch {
	case count[KindCertificate]+count[KindTrusted] > 0:
		if f.OpenSSLAccepts {
			return PEM
		}
		return PEMDamaged
	case f.ssh:
		return SSHPrivateKey
	case f.pgp:
		return PGP
	case count[KindPrivateKey] > 0:
		return PrivateKey
	case count[KindRequest] > 0:
		return CSR
	case count[KindPKCS7] > 0:
		return PKCS7
	case count[KindPKCS12] > 0:
		return PKCS12
	case count[KindCRL] > 0:
		return PEMRevocation
	case count[KindPublicKey] > 0:
		return PublicKey
	}
	return PEMOther
}

// decodeLeniently decodes base64 however it is broken into lines.
func decodeLeniently(text []byte) ([]byte, bool) {
	digits := make([]byte, 0, len(text))
	defer func() { clear(digits[:cap(digits)]) }()
	for _, c := range text {
		if isBase64(c) {
			digits = append(digits, c)
		} else if c > ' ' && c != '=' && c < 0x80 {
			return nil, false
		}
	}
	der := make([]byte, base64.RawStdEncoding.DecodedLen(len(digits)))
	n, err := base64.RawStdEncoding.Decode(der, digits)
	return der[:n], err == nil
}
