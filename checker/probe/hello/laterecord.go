package hello

import "encoding/binary"

// RecordHeaderLen is the length of a TLS record's header.
const RecordHeaderLen = headerLen

// LateRecord tells why OpenSSL refuses a record by its header once the
// handshake of that version is over, "" where it reads on. TLS 1.3 then has application data alone: a
// ChangeCipherSpec or an alert in the clear is out of place.
func LateRecord(version string, header []byte) (reason string) {
	size := int(binary.BigEndian.Uint16(header[3:]))
	r := records{version: versionByName(version), keys: &trafficKeys{}}
	if err, ok := r.checkHeader(header[0], binary.BigEndian.Uint16(header[1:]), size).(refusal); ok {
		return string(err)
	}
	if r.version == TLS13 && header[0] == typeCCS {
		return string(refBadRecordType)
	}
	return ""
}
