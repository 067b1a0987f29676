package hello

import (
	"encoding/binary"
	"errors"
	"net"

	"golang.org/x/crypto/cryptobyte"
)

// closing follows a server up to TLS 1.2 through its last flight, from
// ServerHelloDone to Finished, which is in the clear but for its end. It stops
// before what OpenSSL would refuse there: the libraries say of most of it no
// more than that they do not go on.
type closing struct {
	net.Conn
	session Protection

	header  []byte // of the present record, as far as it has come
	kind    byte   // of its content
	left    int    // of its content
	message []byte // of the present message, its four bytes and a ServerHello's body
	skip    int    // of a message's body

	done      bool // ServerHelloDone was read
	ticket    bool // NewSessionTicket is due
	encrypted bool // after ChangeCipherSpec
	finished  bool // an encrypted message came whole
	idle      bool // HelloRequest came, which OpenSSL ignores and the libraries do not
	refused   error
}

// RefusalReason is OpenSSL's reason where a connection of Finish was stopped,
// "" for all other errors.
func RefusalReason(err error) string {
	var r refusal
	errors.As(err, &r)
	return string(r)
}

// wrongFinished: a library that gives up on the last message does so because of
// what it says.
func (c *closing) wrongFinished() bool { return c.finished && !c.idle }

// Read is net.Conn's.
func (c *closing) Read(p []byte) (int, error) {
	if c.refused != nil {
		return 0, c.refused
	}
	n, err := c.Conn.Read(p)
	if whole := c.follow(p[:n]); c.refused != nil {
		if whole == 0 {
			return 0, c.refused
		}
		return whole, nil // what came before counts: the next Read tells
	}
	return n, err
}

// follow takes bytes of records and says how many came before the record that
// is refused.
func (c *closing) follow(p []byte) (whole int) {
	for at := 0; at < len(p); {
		if c.left == 0 && len(c.header) < headerLen {
			if len(c.header) == 0 {
				whole = at
			}
			take := min(headerLen-len(c.header), len(p)-at)
			c.header, at = append(c.header, p[at:at+take]...), at+take
			if len(c.header) < headerLen {
				return len(p)
			}
			if reason := c.begin(); reason != "" {
				c.refused = reason
				return whole
			}
			if c.left > 0 {
				continue
			}
		}
		take := min(c.left, len(p)-at)
		if reason := c.content(p[at : at+take]); reason != "" {
			c.refused = reason
			return whole
		}
		if c.left, at = c.left-take, at+take; c.left == 0 {
			c.end()
		}
	}
	return len(p)
}

// begin looks at a record's header.
func (c *closing) begin() refusal {
	c.kind, c.left = c.header[0], int(binary.BigEndian.Uint16(c.header[3:]))
	if !c.done {
		return "" // judged with the first flight
	}
	session := c.session
	if !c.encrypted {
		session.Cipher = "" // in the clear none is too short
	}
	if reason := LateRecord(session, c.header); reason != "" {
		return refusal(reason)
	}
	if c.encrypted {
		return ""
	}
	switch c.kind {
	case typeHandshake, typeAlert:
		return ""
	case typeCCS:
		switch {
		case c.skip > 0:
			return refEarlyCCS
		case len(c.message) > 0, c.left > 1:
			return refBadCCS
		case c.left == 0:
			return refUnexpectedMsg // passed over, and the next message makes no sense in the clear
		}
		return ""
	}
	return refUnexpectedRec
}

// content looks into a record in the clear.
func (c *closing) content(p []byte) refusal {
	switch {
	case len(p) == 0, c.encrypted:
		return ""
	case c.kind == typeHandshake:
		return c.messages(p)
	case c.kind == typeCCS && c.done && p[0] != 1:
		return refBadCCS
	case c.kind == typeCCS && c.done && c.ticket:
		return refUnexpectedMsg
	}
	return ""
}

func (c *closing) end() {
	switch {
	case c.encrypted:
		c.finished = c.finished || c.kind == typeHandshake
	case c.done && c.kind == typeCCS:
		c.encrypted = true
	}
	c.header = c.header[:0]
}

// messages follows handshake messages, however records cut them.
func (c *closing) messages(p []byte) refusal {
	for len(p) > 0 {
		if c.skip > 0 {
			take := min(c.skip, len(p))
			if c.message[0] == msgServerHello && len(c.message) < maxPlaintext {
				c.message = append(c.message, p[:take]...)
			}
			c.skip, p = c.skip-take, p[take:]
		} else {
			take := min(4-len(c.message), len(p))
			c.message, p = append(c.message, p[:take]...), p[take:]
			if len(c.message) < 4 {
				return ""
			}
			c.skip = int(c.message[1])<<16 | int(c.message[2])<<8 | int(c.message[3])
			if c.done && !c.due() {
				return refUnexpectedMsg
			}
		}
		if c.skip == 0 {
			c.messageRead()
			c.message = c.message[:0]
		}
	}
	return ""
}

// due: HelloRequest is passed over wherever it comes (RFC 5246, 7.4.1.1).
func (c *closing) due() bool {
	kind := c.message[0]
	return kind == msgHelloRequest && c.skip == 0 || kind == msgNewSessionTicket && c.ticket
}

func (c *closing) messageRead() {
	switch c.message[0] {
	case msgServerHello:
		if sh, err := parseServerHello(message{body: c.message[4:]}); err == nil {
			c.ticket = hasExtension(sh.extensions, extSessionTicket)
		}
	case msgServerHelloDone:
		c.done = true
	case msgNewSessionTicket:
		c.ticket = false
	case msgHelloRequest:
		c.idle = true
	}
}

func hasExtension(list cryptobyte.String, wanted uint16) bool {
	for !list.Empty() {
		var id uint16
		var data cryptobyte.String
		if !list.ReadUint16(&id) || !list.ReadUint16LengthPrefixed(&data) {
			return false
		}
		if id == wanted {
			return true
		}
	}
	return false
}
