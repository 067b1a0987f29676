package hello

import (
	"bufio"
	"bytes"
	"crypto/cipher"
	"encoding/binary"
	"errors"
	"io"

	"hookcheck/checker/evidence"
)

// Record types (RFC 8446, 5.1).
const (
	typeCCS       = 20
	typeAlert     = 21
	typeHandshake = 22
	typeAppData   = 23
)

const (
	alertWarning = 1
	alertFatal   = 2
)

// Bounds of one flight, and OpenSSL's own.
const (
	maxFlightBytes   = 1 << 20
	maxFlightRecords = 2000
	maxFirstBytes    = 64

	headerLen       = 5
	maxPlaintext    = 1 << 14
	maxCipherTLS13  = maxPlaintext + 256
	maxCipherTLS12  = maxPlaintext + 256 + 64
	maxRecordBuffer = maxCipherTLS12 + 3 // OpenSSL's read buffer, aligned
	maxEmptyRecords = 32
	maxWarnAlerts   = 5
)

// records reads the records of one flight as ssl3_get_record does.
type records struct {
	in      *bufio.Reader
	bytes   int
	count   int
	empty   int
	version uint16 // chosen by the ServerHello, 0 before
	retried bool   // a HelloRetryRequest was answered
	keys    *trafficKeys
}

func newRecords(in io.Reader) *records {
	return &records{in: bufio.NewReaderSize(&stickyReader{in: in}, 4096)}
}

// stickyReader gives its first error again and again: a reset is told once by
// the kernel, and bufio forgets it after a Peek.
type stickyReader struct {
	in  io.Reader
	err error
}

func (s *stickyReader) Read(p []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.in.Read(p)
	s.err = err
	return n, err
}

// next is the next record's type, version and content.
func (r *records) next() (kind byte, version uint16, data []byte, err error) {
	header, err := r.header()
	if err != nil {
		return 0, 0, nil, err
	}
	kind, version = header[0], binary.BigEndian.Uint16(header[1:])
	size := int(binary.BigEndian.Uint16(header[3:]))
	if err := r.checkHeader(kind, version, size); err != nil {
		return 0, 0, nil, err
	}
	r.count++
	r.bytes += headerLen + size
	if r.count > maxFlightRecords || r.bytes > maxFlightBytes {
		return 0, 0, nil, refTooMuch
	}
	data = make([]byte, size)
	if _, err := io.ReadFull(r.in, data); err != nil {
		return 0, 0, nil, err
	}
	if kind, data, err = r.open(kind, header, data); err != nil {
		return 0, 0, nil, err
	}
	return kind, version, data, nil
}

func (r *records) header() ([]byte, error) {
	header, err := r.in.Peek(headerLen)
	if err != nil {
		if errors.Is(err, io.EOF) && len(header) > 0 {
			err = io.ErrUnexpectedEOF
		}
		return nil, err
	}
	if r.count == 0 && header[1] != 3 {
		return nil, notTLSError{http: looksLikeHTTP(r.buffered())}
	}
	header = bytes.Clone(header)
	_, err = r.in.Discard(headerLen)
	return header, err
}

// buffered is what has come in and was not read yet, at most maxFirstBytes.
func (r *records) buffered() []byte {
	b, _ := r.in.Peek(min(r.in.Buffered(), maxFirstBytes))
	return bytes.Clone(b)
}

// looksLikeHTTP also knows the bare pages that some servers send in answer to
// what they take for HTTP/0.9.
func looksLikeHTTP(b []byte) bool {
	for _, prefix := range []string{"http/", "<html", "<!doctype"} {
		if len(b) >= len(prefix) && bytes.EqualFold(b[:len(prefix)], []byte(prefix)) {
			return true
		}
	}
	return false
}

func (r *records) checkHeader(kind byte, version uint16, size int) error {
	tls13 := r.version == TLS13
	if r.version != 0 && !tls13 && version != r.version {
		return refWrongVersion
	}
	if version>>8 != 3 {
		return refWrongVersion
	}
	if tls13 && r.keys != nil {
		if kind != typeAppData && kind != typeCCS {
			return refBadRecordType
		}
		if version != TLS12 {
			return refWrongVersion
		}
	}
	switch {
	case size > maxRecordBuffer:
		return refPacketTooLong
	case tls13 && size > maxCipherTLS13, size > maxCipherTLS12:
		return refEncryptedLong
	}
	return nil
}

// open decrypts a record where keys are in use, and bounds empty ones.
func (r *records) open(kind byte, header, data []byte) (byte, []byte, error) {
	tls13 := r.version == TLS13
	if kind == typeCCS && (tls13 || r.retried) {
		if len(data) != 1 || data[0] != 1 {
			return 0, nil, refInvalidCCS
		}
		if r.empty++; r.empty > maxEmptyRecords {
			return 0, nil, refUnexpectedCCS
		}
		return typeHandshake, nil, nil // ignored (RFC 8446, 5)
	}
	if r.keys != nil {
		var err error
		if data, err = r.keys.open(header, data); err != nil {
			return 0, nil, refBadRecordMAC
		}
		if kind, data, err = innerType(data); err != nil {
			return 0, nil, err
		}
	}
	if tls13 && len(data) == 0 && (kind == typeHandshake || kind == typeAlert) {
		return 0, nil, refBadLength
	}
	if len(data) > maxPlaintext {
		return 0, nil, refDataTooLong
	}
	if len(data) > 0 {
		r.empty = 0
	} else if r.empty++; r.empty > maxEmptyRecords {
		return 0, nil, refRecordSmall
	}
	return kind, data, nil
}

// innerType strips the padding of a TLS 1.3 record (RFC 8446, 5.2).
func innerType(data []byte) (byte, []byte, error) {
	end := len(data) - 1
	for end > 0 && data[end] == 0 {
		end--
	}
	if end < 0 {
		return 0, nil, refBadRecordType
	}
	switch kind := data[end]; kind {
	case typeAppData, typeAlert, typeHandshake:
		return kind, data[:end], nil
	}
	return 0, nil, refBadRecordType
}

// trafficKeys open the server's records of TLS 1.3 (RFC 8446, 5.3).
type trafficKeys struct {
	aead cipher.AEAD
	iv   []byte
	seq  uint64
}

func (k *trafficKeys) open(header, data []byte) ([]byte, error) {
	nonce := bytes.Clone(k.iv)
	tail := nonce[len(nonce)-8:]
	binary.BigEndian.PutUint64(tail, binary.BigEndian.Uint64(tail)^k.seq)
	k.seq++
	return k.aead.Open(nil, nonce, data, header)
}

// parseAlert reads an alert record. A nil error means an ignorable warning.
func parseAlert(data []byte, version uint16, tls13 bool) (code int, err error) {
	if len(data) != 2 {
		return 0, refInvalidAlert
	}
	level, code := int(data[0]), int(data[1])
	const userCancelled, noRenegotiation = 90, 100
	alert := &alertError{
		Alert:   evidence.Alert{Level: level, Code: code, RecordVersion: int(version)},
		closing: code == 0 && (tls13 || level == alertWarning),
	}
	switch {
	case tls13 && code == userCancelled:
		return code, nil
	case tls13 || level == alertFatal || alert.closing:
		return code, alert
	case level != alertWarning:
		return code, refUnknownAlert
	case code == noRenegotiation:
		return code, refNoRenegotiation
	}
	return code, nil
}
