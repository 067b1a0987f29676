package certfile

import (
	"bytes"
	"regexp"
	"slices"
)

// looseKey finds the first line of a key whose dashes were lost or replaced,
// as word processors and chats do.
var looseKey = regexp.MustCompile(`(?i)BEGIN[ _][A-Z0-9 _]{0,30}PRIVATE[ _]KEY`)

// maxLooseKeys bounds the search.
const maxLooseKeys = 1000

// looseKeys finds what announces a private key in any layout and has something
// behind it that may be one. It gives the places.
func looseKeys(data []byte) []int {
	const near, digits = 400, 32
	var out []int
	if !bytes.Contains(data, []byte("RIVATE")) && !bytes.Contains(data, []byte("rivate")) { // much sooner than the expression
		return nil
	}
	for _, at := range looseKey.FindAllIndex(data, maxLooseKeys) {
		run := 0
		for _, c := range data[at[1]:min(len(data), at[1]+near)] {
			if run++; !isBase64(c) {
				run = 0
			}
			if run == digits {
				out = append(out, at[0])
				break
			}
		}
	}
	return out
}

// addLooseKeys counts the keys that were not recognised in another way.
func (f *File) addLooseKeys(data []byte) {
	places := looseKeys(data)
	for _, at := range places[min(len(places), f.PrivateKeys):] {
		f.addKey(Item{Line: 1 + bytes.Count(data[:at], []byte("\n")), Offset: int64(at)})
	}
}

// puttyKey begins a private key of PuTTY.
const puttyKey = "PuTTY-User-Key-File-"

// ssh2Key begins a private key in the form of ssh.com.
const ssh2Key = "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY"

// microsoftKey recognises a PRIVATEKEYBLOB and a .pvk file.
func microsoftKey(data []byte) bool {
	return bytes.HasPrefix(data, []byte{0x07, 0x02, 0, 0}) || bytes.HasPrefix(data, []byte{0x1e, 0xf1, 0xb5, 0xb0})
}

// pgpSecret recognises a binary secret key of OpenPGP (RFC 9580, 4.2, 5.5):
// packet type 5 in the old or the new form, with a version that exists.
func pgpSecret(data []byte) bool { return pgpPacket(data, 0x94, 0xc5) }

// pgpPublic recognises a binary public key of OpenPGP: packet type 6.
func pgpPublic(data []byte) bool { return pgpPacket(data, 0x98, 0xc6) }

// pgpPacket looks for a key packet, given the first byte of its old form with
// a length of one byte, and of its new form.
func pgpPacket(data []byte, old, fresh byte) bool {
	if len(data) < 8 {
		return false
	}
	head := 0
	switch data[0] {
	case old:
		head = 2
	case old + 1:
		head = 3
	case fresh:
		head = 2
		if data[1] >= 192 {
			head = 3
		}
		if data[1] == 255 {
			head = 6
		}
	default:
		return false
	}
	return len(data) > head && data[head] >= 3 && data[head] <= 6
}

// otherKeys are private keys in forms without a frame: what openssl and
// certtool print with -text, WireGuard's and age's.
var otherKeys = regexp.MustCompile(`(?m)^[ \t]*(?:privateExponent:|priv:[ \t]*\r?$|private exponent:|PrivateKey[ \t]*=[ \t]*[A-Za-z0-9+/]{42,44}=?[ \t]*\r?$)|<D>[ \t\r\n]*[A-Za-z0-9+/]{16}|AGE-SECRET-KEY-1[0-9A-Z]{20}`)

// otherMarks are the words of otherKeys: where none stands, as in most files,
// the expression, which is slow, need not run.
func otherMarks() []string {
	return []string{"privateExponent:", "priv:", "private exponent:", "PrivateKey", "<D>", "AGE-SECRET-KEY-1"}
}

// jsonKey is the secret member of a JSON Web Key (RFC 7517), wherever it
// stands: certbot keeps its account key in this form.
var jsonKey = regexp.MustCompile(`"(?:d|k)"\s*:\s*"[A-Za-z0-9_-]{16}`)

// addOtherKeys counts the keys of those forms.
func (f *File) addOtherKeys(text []byte) {
	var found [][]int
	if slices.ContainsFunc(otherMarks(), func(mark string) bool { return bytes.Contains(text, []byte(mark)) }) {
		found = otherKeys.FindAllIndex(text, maxLooseKeys)
	}
	if bytes.Contains(text, []byte(`"kty"`)) {
		found = append(found, jsonKey.FindAllIndex(text, maxLooseKeys)...)
	}
	for _, at := range found {
		f.addKey(Item{Line: 1 + bytes.Count(text[:at[0]], []byte("\n")), Offset: int64(at[0])})
	}
}
