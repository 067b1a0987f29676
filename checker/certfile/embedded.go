package certfile

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"regexp"
)

// Where structures may begin in a text: the base64 of a SEQUENCE, that of
// "-----BEGIN" (as Kubernetes keeps its secrets), and hexadecimal digits.
var (
	base64Start = regexp.MustCompile(`(?:^|[^A-Za-z0-9+/_-])(M[A-Za-z0-9+/_-]{43}|LS0tLS1CRUdJTi|/u3\+7QAAAA|UEsDB)`)
	hexStart    = regexp.MustCompile(`(?i)30(?:8[1-3]|[2-7][0-9a-f]02)`)
)

// Bounds of looking into a text.
const (
	maxRuns     = 500
	deepestText = 3 // base64 in base64
)

// addEmbedded takes in what stands encoded in a text that has no PEM block:
// one value of a JSON or YAML file, an attachment of a mail, a dump. false
// where there is none.
func (f *File) addEmbedded(text []byte) bool {
	before := len(f.Items)
	for at, runs := 0, 0; at < len(text) && runs < maxRuns; runs++ {
		m := base64Start.FindSubmatchIndex(text[at:])
		if m == nil {
			break
		}
		start := at + m[2]
		data, end := decodeRun(text[start:])
		at = start + end
		f.addDecoded(data, Item{Line: 1 + bytes.Count(text[:start], []byte("\n")), Offset: -1})
		clear(data)
	}
	if len(f.Items) == before {
		f.addHex(text)
	}
	return len(f.Items) > before
}

// addPEMInBase64 looks for PEM that is encoded once more, beside blocks that
// are not.
func (f *File) addPEMInBase64(text []byte) {
	mark := []byte("LS0tLS1CRUdJTi")
	for at, runs := 0, 0; runs < maxRuns; runs++ {
		n := bytes.Index(text[at:], mark)
		if n < 0 {
			return
		}
		data, end := decodeRun(text[at+n:])
		f.addDecoded(data, Item{Line: 1 + bytes.Count(text[:at+n], []byte("\n")), Offset: -1})
		clear(data)
		at += n + end
	}
}

// decodeRun decodes base64 of either alphabet from the start of text as far as
// it goes, over line breaks of any kind; end is where it stopped.
func decodeRun(text []byte) (data []byte, end int) {
	end = runLength(text)
	digits := make([]byte, 0, end)
	defer func() { clear(digits[:cap(digits)]) }()
	for i := 0; i < end; i++ {
		c := text[i]
		switch {
		case c == '-':
			c = '+'
		case c == '_':
			c = '/'
		case c == '\\' && text[i+1] != '/':
			i++ // \n or \r
		}
		if isBase64(c) {
			digits = append(digits, c)
		}
	}
	return decodeDigits(digits), end
}

// runLength is how far base64 goes, over spaces, line breaks and those of a
// program's source.
func runLength(text []byte) int {
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case isBase64(c), c == '-', c == '_', c <= ' ':
		case c == '\\' && i+1 < len(text) && (text[i+1] == 'n' || text[i+1] == 'r' || text[i+1] == '/'):
			i++
		default:
			return i
		}
	}
	return len(text)
}

func decodeDigits(digits []byte) []byte {
	if len(digits)%4 == 1 {
		digits = digits[:len(digits)-1]
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(digits)))
	n, _ := base64.RawStdEncoding.Decode(out, digits) // all are digits
	return out[:n]
}

// addHex takes in a structure that is written in hexadecimal, with whatever
// divides the digits.
func (f *File) addHex(text []byte) {
	digits := make([]byte, 0, len(text))
	defer func() { clear(digits[:cap(digits)]) }()
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case c == '0' && i+1 < len(text) && (text[i+1] == 'x' || text[i+1] == 'X'), c == '\\' && i+1 < len(text) && text[i+1] == 'x':
			i++
		case c == ':' || c == ',' || c <= ' ':
		default:
			digits = append(digits, c)
		}
	}
	for at, tries, tried := 0, 0, 0; tries < maxRuns && tried < maxTriedBytes; tries++ {
		m := hexStart.FindIndex(digits[at:])
		if m == nil {
			return
		}
		start := at + m[0]
		end := start
		for end < len(digits) && isHexDigit(digits[end]) {
			end++
		}
		at = start + 2
		data := make([]byte, (end-start)/2)
		tried += len(data)
		if _, err := hex.Decode(data, digits[start:start+len(data)*2]); err != nil {
			continue
		}
		if _, ok := embeddedFormat(data); ok {
			f.addDecoded(data, Item{Line: 1, Offset: -1})
			at = end
		}
		clear(data)
	}
}

func isHexDigit(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// addDecoded keeps what a run decodes to, where it is of use.
func (f *File) addDecoded(data []byte, item Item) {
	if f.depth >= deepestText {
		return
	}
	if _, ok := findArmor(wordBegin, data); ok || isZip(data) || bytes.HasPrefix(data, []byte("\xfe\xed\xfe\xed")) {
		f.addPart(f.from.read(f.Name, data, f.depth+1), func(i *Item) { i.Line, i.Offset = item.Line, -1 })
		return
	}
	if format, ok := embeddedFormat(data); ok {
		switch {
		case format == DERCertificate:
			data = certificatesIn(data)
		case format == DERPrivateKey && f.PrivateKeys > 0:
			return // counted by what announces it
		}
		f.addDER(format, data, item)
	}
}

// embeddedFormat is derFormat for a place where chance may look like a
// structure.
func embeddedFormat(data []byte) (Format, bool) {
	format, ok := derFormat(data)
	switch format {
	case DERCertificate, DERPKCS7, PKCS12, DERPrivateKey, DERCSR:
		return format, ok
	}
	return "", false
}

// certificatesIn leaves out what follows the certificates.
func certificatesIn(data []byte) []byte {
	rest := data
	for len(rest) > 1 && rest[0] == tagSequence && rest[1] > 0x80 {
		_, after := firstElement(rest)
		rest = after
	}
	return data[:len(data)-len(rest)]
}
