package hello

// Handshake messages that a server sends (RFC 8446, 4).
const (
	msgHelloRequest        = 0
	msgServerHello         = 2
	msgNewSessionTicket    = 4
	msgEncryptedExtensions = 8
	msgCertificate         = 11
	msgServerKeyExchange   = 12
	msgCertificateRequest  = 13
	msgServerHelloDone     = 14
	msgCertificateVerify   = 15
	msgFinished            = 20
)

// maxMessage is what OpenSSL takes of each (ssl/statem/statem_clnt.c). A
// Certificate message over 100 KiB is refused with its default settings.
func maxMessage(kind byte) int {
	switch kind {
	case msgServerHello:
		return 65607
	case msgEncryptedExtensions:
		return 20000
	case msgCertificate, msgServerKeyExchange, msgCertificateRequest:
		return 100 << 10
	case msgServerHelloDone:
		return 0
	case msgFinished:
		return 64
	}
	return 16384
}

// message is one handshake message; raw includes its header.
type message struct {
	kind byte
	body []byte
	raw  []byte
}

// messages puts handshake messages together from records.
type messages struct {
	rec      *records
	buf      []byte
	warnings []int // alerts of level warning, which are ignored
	run      int   // of them without anything else between
}

// next is the next message, which must be of one of the given kinds.
func (m *messages) next(expected ...byte) (message, error) {
	for {
		m.skipHelloRequests()
		if len(m.buf) >= 4 {
			kind, size := m.buf[0], int(m.buf[1])<<16|int(m.buf[2])<<8|int(m.buf[3])
			if !contains(expected, kind) {
				return message{}, refUnexpectedMsg
			}
			if size > maxMessage(kind) {
				return message{}, refExcessiveSize
			}
			if len(m.buf) >= 4+size {
				raw := m.buf[:4+size]
				m.buf = m.buf[4+size:]
				return message{kind: kind, body: raw[4:], raw: raw}, nil
			}
		}
		if err := m.more(); err != nil {
			return message{}, err
		}
	}
}

// skipHelloRequests drops the requests to renegotiate that a server may send
// at any time (RFC 5246, 7.4.1.1).
func (m *messages) skipHelloRequests() {
	for len(m.buf) >= 4 && m.buf[0]|m.buf[1]|m.buf[2]|m.buf[3] == 0 {
		m.buf = m.buf[4:]
	}
}

// more reads one record.
func (m *messages) more() error {
	kind, version, data, err := m.rec.next()
	if err != nil {
		return err
	}
	if kind != typeAlert && len(data) > 0 {
		m.run = 0
	}
	switch kind {
	case typeHandshake:
		m.buf = append(m.buf, data...)
		return nil
	case typeAlert:
		return m.alert(data, version)
	case typeCCS:
		return m.changeCipherSpec(data)
	}
	if m.rec.version == 0 {
		return refUnexpectedMsg
	}
	return refUnexpectedRec
}

func (m *messages) alert(data []byte, version uint16) error {
	code, err := parseAlert(data, version, m.rec.version == TLS13)
	if err != nil {
		return err
	}
	m.warnings = append(m.warnings, code)
	if m.run++; m.run == maxWarnAlerts {
		return refManyAlerts
	}
	return nil
}

// changeCipherSpec is never due in the first flight of TLS 1.2 and before.
func (m *messages) changeCipherSpec(data []byte) error {
	switch {
	case len(m.buf) >= 4 && m.rec.version == 0:
		return refUnexpectedMsg
	case len(m.buf) >= 4:
		return refEarlyCCS
	case len(m.buf) > 0 || len(data) != 1 || data[0] != 1:
		return refBadCCS
	}
	return refUnexpectedMsg
}

func contains(list []byte, b byte) bool {
	for _, v := range list {
		if v == b {
			return true
		}
	}
	return false
}
