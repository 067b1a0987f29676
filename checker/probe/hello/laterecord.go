package hello

import (
	"encoding/binary"
	"strings"
)

// RecordHeaderLen is the length of a TLS record's header.
const RecordHeaderLen = headerLen

// Protection is what the records of a session are protected with.
type Protection struct {
	Version        string // as in evidence.Handshake
	Cipher         string
	EncryptThenMAC bool // RFC 7366
}

// LateRecord tells why OpenSSL refuses a record by its header once the
// handshake is over, "" where it reads on. TLS 1.3 then has application data
// alone: a ChangeCipherSpec or an alert in the clear is out of place.
func LateRecord(p Protection, header []byte) (reason string) {
	size := int(binary.BigEndian.Uint16(header[3:]))
	r := records{version: versionByName(p.Version), keys: &trafficKeys{}}
	if err, ok := r.checkHeader(header[0], binary.BigEndian.Uint16(header[1:]), size).(refusal); ok {
		return string(err)
	}
	if r.version == TLS13 {
		if header[0] == typeCCS {
			return string(refBadRecordType)
		}
		return ""
	}
	return string(p.tooShort(size))
}

// Lengths of what TLS 1.2 adds to a record.
const (
	explicitNonce = 8
	tagLen        = 16
	shortTagLen   = 8
)

// tooShort: a record in the clear, as an alert of a proxy's, is shorter than
// what protects one. OpenSSL has a word for it with each kind of cipher
// (providers/implementations/ciphers, tls_init; ssl/record/ssl3_record.c).
func (p Protection) tooShort(size int) refusal {
	has := func(part string) bool { return strings.Contains(p.Cipher, part) }
	switch {
	case p.Cipher == "", versionByName(p.Version) < TLS12 && !p.EncryptThenMAC:
	case has("GCM"):
		if size < explicitNonce+tagLen {
			return refInvalidAAD
		}
	case has("CHACHA20"):
		if size < tagLen {
			return refInvalidData
		}
	case has("CCM8"):
		if size < explicitNonce+shortTagLen {
			return refInvalidData
		}
	case has("CCM"):
		if size < explicitNonce+tagLen {
			return refInvalidData
		}
	case p.EncryptThenMAC && size < macLen(p.Cipher):
		return refLengthShort
	}
	return ""
}

// macLen is the length of a CBC suite's MAC, which its name ends in.
func macLen(cipher string) int {
	switch {
	case strings.HasSuffix(cipher, "SHA384"):
		return 48
	case strings.HasSuffix(cipher, "SHA256"):
		return 32
	}
	return 20
}
