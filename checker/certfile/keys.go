package certfile

import (
	"bytes"
	"encoding/json"
	"regexp"
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
func pgpSecret(data []byte) bool {
	if len(data) < 8 {
		return false
	}
	head := 0
	switch data[0] {
	case 0x94:
		head = 2
	case 0x95:
		head = 3
	case 0xc5:
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

// jsonKeys counts the private keys of a JSON Web Key or a set of them (RFC
// 7517): certbot keeps its account key in this form.
func jsonKeys(text []byte) int {
	type key struct {
		Kty string          `json:"kty"`
		D   json.RawMessage `json:"d"`
	}
	var set struct {
		key
		Keys []key `json:"keys"`
	}
	if json.Unmarshal(text, &set) != nil {
		return 0
	}
	count := 0
	for _, k := range append(set.Keys, set.key) {
		if k.Kty != "" && len(k.D) > 0 {
			count++
		}
		clear(k.D)
	}
	return count
}
