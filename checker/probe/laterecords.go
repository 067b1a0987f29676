package probe

import (
	"encoding/binary"

	"hookcheck/checker/probe/hello"
)

// lateRecords follows the records of a connection and stops it before the
// first that OpenSSL would refuse by its header: the libraries here ignore
// some of those, and word others differently.
type lateRecords struct {
	session hello.Protection // judged from here on where there is a version
	header  []byte           // of the next record, as far as it has come
	left    int              // of the present record
}

// lateError is why a record is refused, see hello.LateRecord.
type lateError struct{ reason string }

func (e *lateError) Error() string { return "refusing a record: " + e.reason }

// pass says how much of p comes before a refused record.
func (l *lateRecords) pass(p []byte) (n int, err error) {
	for n < len(p) {
		if l.left > 0 {
			take := min(l.left, len(p)-n)
			l.left -= take
			n += take
			continue
		}
		take := min(hello.RecordHeaderLen-len(l.header), len(p)-n)
		l.header = append(l.header, p[n:n+take]...)
		if len(l.header) < hello.RecordHeaderLen {
			return len(p), nil
		}
		if l.session.Version != "" {
			if reason := hello.LateRecord(l.session, l.header); reason != "" {
				return n, &lateError{reason}
			}
		}
		n += take
		l.left, l.header = int(binary.BigEndian.Uint16(l.header[3:])), l.header[:0]
	}
	return n, nil
}
