package certfile

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"unicode/utf16"
	"unicode/utf8"
)

// sniff finds out what the file is and what it holds.
func (f *File) sniff(data []byte) {
	if len(bytes.TrimSpace(data)) == 0 {
		f.Format = Empty
		return
	}
	if text, ok := fromUTF16(data); ok {
		f.scanPEM(text)
		f.addLooseKeys(text)
		clear(text)
		f.Format = UTF16
		return
	}
	if f.scanPEM(data) {
		f.addLooseKeys(data)
		f.Format = f.pemFormat()
		return
	}
	if format, ok := derFormat(data); ok {
		f.Format = format
		f.addDER(format, data, Item{})
		return
	}
	f.Format = f.otherFormat(data)
}

// otherFormat goes by magic numbers and first words.
func (f *File) otherFormat(data []byte) Format {
	for _, m := range []struct {
		magic  string
		format Format
	}{
		{"\xfe\xed\xfe\xed\x00\x00\x00", JKS}, {"\xce\xce\xce\xce\x00\x00\x00", JCEKS}, {"\x1f\x8b", Gzip},
		{puttyKey, SSHPrivateKey}, {ssh2Key, SSHPrivateKey}, {"---- BEGIN SSH2 PUBLIC KEY", SSHPublicKey},
		{"ssh-rsa ", SSHPublicKey}, {"ssh-ed25519 ", SSHPublicKey}, {"ssh-dss ", SSHPublicKey}, {"ecdsa-sha2-", SSHPublicKey},
	} {
		if bytes.HasPrefix(data, []byte(m.magic)) {
			f.addMagic(m.format, data)
			return m.format
		}
	}
	if microsoftKey(data) || pgpSecret(data) {
		f.addKey(Item{})
	}
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		f.addLooseKeys(data)
		f.keepLocated(salvage(data))
		return Binary
	}
	f.addLooseKeys(data)
	return f.textFormat(bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
}

func (f *File) addMagic(format Format, data []byte) {
	switch format {
	case JKS, JCEKS:
		f.addKeystore(data, Item{})
	case SSHPrivateKey:
		f.addKey(Item{Line: 1})
	}
}

// addKey counts a private key; where it stood is all that is kept.
func (f *File) addKey(item Item) {
	item.Kind = KindPrivateKey
	f.PrivateKeys++
	f.add(item)
}

func (f *File) textFormat(text []byte) Format {
	head := bytes.ToLower(text[:min(len(text), 1024)])
	switch {
	case len(text) > 0 && text[0] == '<' && (bytes.Contains(head, []byte("<html")) || bytes.Contains(head, []byte("<!doctype html"))):
		return HTML
	case len(text) > 0 && (text[0] == '{' || text[0] == '[') && json.Valid(text):
		for range jsonKeys(text) {
			f.addKey(Item{Line: 1})
		}
		return JSON
	case f.bareBase64(text):
		return Base64
	}
	return Text
}

// bareBase64 recognises a certificate or a container whose BEGIN and END lines
// were lost, or never were.
func (f *File) bareBase64(text []byte) bool {
	if !bytes.HasPrefix(text, []byte("M")) && !bytes.HasPrefix(text, []byte("/u3+7")) {
		return false
	}
	der, ok := decodeLeniently(text)
	defer clear(der)
	if !ok {
		return false
	}
	format, _ := derFormat(der)
	switch format {
	case DERCertificate, DERPKCS7, PKCS12:
		f.addDER(format, der, Item{Line: 1, Offset: -1})
		return true
	case DERPrivateKey:
		f.addKey(Item{Line: 1})
	}
	return false
}

// fromUTF16 converts a text that begins with the byte order mark of UTF-16, or
// with dashes in it.
func fromUTF16(data []byte) ([]byte, bool) {
	var order binary.ByteOrder
	start := 2
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}):
		order = binary.LittleEndian
	case bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		order = binary.BigEndian
	case bytes.HasPrefix(data, []byte("-\x00-\x00-\x00")):
		order, start = binary.LittleEndian, 0
	case bytes.HasPrefix(data, []byte("\x00-\x00-\x00-")):
		order, start = binary.BigEndian, 0
	default:
		return nil, false
	}
	out := make([]byte, 0, len(data)/2*3)
	for i := start; i+1 < len(data); i += 2 {
		r := rune(order.Uint16(data[i:]))
		if utf16.IsSurrogate(r) {
			r = utf8.RuneError
		}
		out = utf8.AppendRune(out, r)
	}
	return out, true
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
		} else if c > ' ' && c != '=' {
			return nil, false
		}
	}
	der := make([]byte, base64.RawStdEncoding.DecodedLen(len(digits)))
	n, err := base64.RawStdEncoding.Decode(der, digits)
	return der[:n], err == nil
}
