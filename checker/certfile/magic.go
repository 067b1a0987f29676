package certfile

import (
	"bytes"
	"unicode/utf8"
)

// magics are the first bytes of formats that hold no certificates in a form
// that is read here, or that are unpacked first.
var magics = []struct {
	at     int
	magic  string
	format Format
}{
	{0, "\xfe\xed\xfe\xed\x00\x00\x00", JKS},
	{0, "\xce\xce\xce\xce\x00\x00\x00", JCEKS},
	{0, "\x1f\x8b", Gzip},
	{257, "ustar", Tar},
	{0, "7z\xbc\xaf\x27\x1c", SevenZip},
	{0, "Rar!\x1a\x07", Rar},
	{0, "BZh", Bzip2},
	{0, "\xfd7zXZ\x00", XZ},
	{0, "\x28\xb5\x2f\xfd", Zstandard},
	{0, "%PDF-", PDF},
	{0, "\x89PNG\r\n", Image},
	{0, "\xff\xd8\xff", Image},
	{0, "GIF8", Image},
	{0, "\x7fELF", Program},
	{0, "MZ", Program},
	{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Office},
	{0, "SQLite format 3\x00", Database},
}

// magicFormat goes by a file's first bytes.
func magicFormat(data []byte) (Format, bool) {
	for _, m := range magics {
		if len(data) > m.at && bytes.HasPrefix(data[m.at:], []byte(m.magic)) && !(m.magic == "MZ" && utf8.Valid(data)) {
			return m.format, true
		}
	}
	return "", false
}

// prefixes are the first words of texts.
var prefixes = []struct {
	prefix string
	format Format
}{
	{puttyKey, SSHPrivateKey}, {ssh2Key, SSHPrivateKey}, {"---- BEGIN SSH2 PUBLIC KEY", SSHPublicKey},
	{"ssh-rsa", SSHPublicKey}, {"ssh-ed25519", SSHPublicKey}, {"ssh-dss ", SSHPublicKey}, {"ecdsa-sha2-", SSHPublicKey}, {"sk-ssh-", SSHPublicKey},
	{"<?xml", XML}, {"Certificate:\n    Data:", CertificateText}, {"Certificate:\r\n    Data:", CertificateText},
	{"X.509 Certificate Information:", CertificateText},
}

// strangerDER names binary structures that are no certificates.
func strangerDER(data []byte) (Format, bool) {
	outer, _, ok := readElement(data)
	if !ok || outer.tag != tagSequence {
		return "", false
	}
	parts, ok := outer.children()
	if !ok || len(parts) == 0 {
		return "", false
	}
	const tagEnumerated = 0x0a
	envelopedData := []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x03}
	pbes2 := []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d}
	switch {
	case parts[0].tag == tagEnumerated && len(parts[0].body) == 1: // RFC 6960, 4.2.1
		return OCSP, true
	case startsWithOID(outer, envelopedData, oidEncryptedData):
		return EncryptedMessage, true
	case len(parts) == 2 && pattern(parts, tagSequence, tagSequence) && isBCFKS(parts[0], pbes2):
		return BCFKS, true
	}
	return "", false
}

// isBCFKS looks for the encrypted part of Bouncy Castle's keystore.
func isBCFKS(store element, pbes2 []byte) bool {
	parts, ok := store.children()
	return ok && len(parts) == 2 && pattern(parts, tagSequence, tagOctetString) && startsWithOID(parts[0], pbes2)
}

// withCRLF recognises a binary file in which each line feed got a carriage
// return, as FTP does in ASCII mode, and takes them out again.
func withCRLF(data []byte) (back []byte, is bool) {
	if len(data) == 0 || data[0] != tagSequence || bytes.Count(data, []byte("\n")) != bytes.Count(data, []byte("\r\n")) {
		return nil, false
	}
	back = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	defer func() {
		if !is {
			clear(back)
		}
	}()
	whole, fine := wholeElement(back)
	if !fine || len(whole) != len(back) || len(back) == len(data) {
		return nil, false
	}
	_, is = embeddedFormat(back)
	return back, is
}

// transcoded recognises a binary certificate or container that a program took
// for text: what was no ASCII became two bytes, or a mark of replacement. Where
// nothing was lost it is turned back.
func transcoded(data []byte) (back []byte, is bool) {
	const most = 0x80
	if len(data) > 64 && data[0] == tagSequence && bytes.IndexByte(data, 0) >= 0 && !bytes.ContainsFunc(data, func(r rune) bool { return r >= most }) {
		return nil, true // the upper halves are cut off, or became question marks
	}
	if len(data) < 8 || data[0] != tagSequence || !utf8.Valid(data) || bytes.IndexByte(data, 0) < 0 && !bytes.HasPrefix(data[1:], []byte("\ufffd")) {
		return nil, false
	}
	r, _ := utf8.DecodeRune(data[1:])
	if r != utf8.RuneError && (r < 0x80 || r > 0x84) {
		return nil, false
	}
	back = make([]byte, 0, len(data))
	for _, r := range string(data) {
		if r > 0xff {
			return nil, true
		}
		back = append(back, byte(r))
	}
	return back, true
}
