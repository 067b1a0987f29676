package hello

import (
	"bytes"
	"encoding/binary"

	"golang.org/x/crypto/cryptobyte"
)

// retryRandom marks a HelloRetryRequest (RFC 8446, 4.1.3).
var retryRandom = []byte{
	0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
	0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
}

// serverHello is what the rest of the flight needs of one.
type serverHello struct {
	retry      bool
	version    uint16
	random     []byte
	session    []byte
	suite      uint16
	compressed byte
	extensions cryptobyte.String
	found      map[uint16][]byte
	raw        []byte
}

// serverHello reads a ServerHello or HelloRetryRequest with the checks of
// tls_process_server_hello, in their order.
func (f *flight) serverHello() (*serverHello, error) {
	msg, err := f.msgs.next(msgServerHello)
	if err != nil {
		return nil, err
	}
	sh, err := parseServerHello(msg)
	if err != nil {
		return nil, err
	}
	sh.retry = f.hello.max >= TLS13 && sh.version == TLS12 && bytes.Equal(sh.random, retryRandom)
	if sh.retry {
		if f.retried {
			return nil, refUnexpectedMsg
		}
		return sh, f.acceptRetry(sh)
	}
	if err := f.chooseVersion(sh); err != nil {
		return nil, err
	}
	f.got.Version = VersionName(sh.version)
	place := inServerHello12
	if sh.version == TLS13 {
		place = inServerHello13
		if err := f.checkEcho(sh); err != nil {
			return nil, err
		}
	}
	if sh.found, err = f.hello.parseExtensions(sh.extensions, place); err != nil {
		return nil, err
	}
	if sh.version == TLS13 && len(f.msgs.buf) > 0 {
		return nil, refRecordBoundary
	}
	f.msgs.rec.version = sh.version
	return sh, f.chooseSuite(sh)
}

func parseServerHello(msg message) (*serverHello, error) {
	sh := &serverHello{raw: msg.raw}
	s := cryptobyte.String(msg.body)
	var session cryptobyte.String
	if !s.ReadUint16(&sh.version) || !s.ReadBytes(&sh.random, 32) || !s.ReadUint8LengthPrefixed(&session) {
		return nil, refLengthMismatch
	}
	if len(session) > 32 {
		return nil, refSessionIDLong
	}
	sh.session = session
	if !s.ReadUint16(&sh.suite) || !s.ReadUint8(&sh.compressed) {
		return nil, refLengthMismatch
	}
	if s.Empty() {
		return sh, nil
	}
	if !s.ReadUint16LengthPrefixed(&sh.extensions) || !s.Empty() {
		return nil, refBadLength
	}
	return sh, nil
}

// chooseVersion is ssl_choose_client_version.
func (f *flight) chooseVersion(sh *serverHello) error {
	found, err := f.hello.parseExtensions(sh.extensions, inServerHello12|inServerHello13)
	if err != nil {
		return err
	}
	if data, ok := found[extSupportedVersions]; ok {
		if len(data) != 2 {
			return refLengthMismatch
		}
		if binary.BigEndian.Uint16(data) != TLS13 {
			return refBadProtocolNum
		}
		sh.version = TLS13
	}
	if f.retried && sh.version != TLS13 {
		return refWrongSSL
	}
	if sh.version < f.hello.min || sh.version > f.hello.max {
		if sh.version>>8 == 3 {
			f.got.Version = VersionName(sh.version)
		}
		return refUnsupported
	}
	return f.checkDowngrade(sh)
}

// checkDowngrade looks for the mark of a server that could do better (RFC
// 8446, 4.1.3).
func (f *flight) checkDowngrade(sh *serverHello) error {
	if sh.version >= f.hello.max {
		return nil
	}
	tail := sh.random[24:]
	if bytes.Equal(tail, []byte("DOWNGRD\x00")) || f.hello.max == TLS13 && bytes.Equal(tail, []byte("DOWNGRD\x01")) {
		return refFallback
	}
	return nil
}

// checkEcho holds a TLS 1.3 server to the legacy fields of RFC 8446, 4.1.3.
func (f *flight) checkEcho(sh *serverHello) error {
	if sh.compressed != 0 {
		return refCompression
	}
	if !bytes.Equal(sh.session, f.hello.session) {
		return refSessionID
	}
	return nil
}

func (f *flight) chooseSuite(sh *serverHello) error {
	s, ok := suiteByID(sh.suite)
	if !ok {
		return refUnknownCipher
	}
	f.got.Cipher, f.got.KeyExchange = s.name, s.kx
	offered := contains16(f.hello.suites(), s.id)
	switch {
	case !offered && s.legacy:
		return refUnknownCipher // OpenSSL 3 is built without it
	case !offered, sh.version < s.min, sh.version > s.max:
		return refWrongCipher
	}
	if f.retried && f.suite.id != s.id {
		return refWrongCipher
	}
	f.suite, f.serverRandom = s, sh.random
	if sh.version < TLS13 {
		if sh.compressed != 0 {
			return refNoCompression
		}
		return f.checkExtensions12(sh)
	}
	return nil
}

// checkExtensions12 looks into the extensions that OpenSSL reads, as far as
// it can refuse them.
func (f *flight) checkExtensions12(sh *serverHello) error {
	if _, ok := sh.found[extSCT]; ok {
		return refBadExtension // asked for by no hello of ours
	}
	if len(sh.found[extServerName]) > 0 || len(sh.found[extSessionTicket]) > 0 {
		return refBadExtension
	}
	_, f.got.EncryptThenMAC = sh.found[extEncryptThenMAC]
	formats, sent := sh.found[extPointFormats]
	if sent {
		if err := checkPointFormats(formats); err != nil {
			return err
		}
	}
	if f.hello.single() {
		return nil // a probe of a version does not judge the rest
	}
	if err := checkRenegotiation(sh); err != nil {
		return err
	}
	const uncompressed = 0
	if sent && f.suite.kx == kxECDHE && bytes.IndexByte(formats[1:], uncompressed) < 0 {
		return refPointFormat // final_ec_pt_formats
	}
	return nil
}

// checkPointFormats is tls_parse_stoc_ec_pt_formats.
func checkPointFormats(data []byte) error {
	switch {
	case len(data) == 0 || int(data[0]) != len(data)-1:
		return refBadExtension
	case len(data) == 1:
		return refBadLength
	}
	return nil
}

// checkRenegotiation refuses servers without RFC 5746, as OpenSSL 3 does.
func checkRenegotiation(sh *serverHello) error {
	data, ok := sh.found[extRenegotiation]
	if !ok {
		return refUnsafeLegacy
	}
	switch {
	case len(data) == 0 || int(data[0]) != len(data)-1:
		return refRenegEncoding
	case len(data) > 1:
		return refRenegotiation
	}
	return nil
}

// acceptRetry checks a HelloRetryRequest.
func (f *flight) acceptRetry(sh *serverHello) error {
	if err := f.checkEcho(sh); err != nil {
		return err
	}
	s, ok := suiteByID(sh.suite)
	switch {
	case !ok:
		return refUnknownCipher
	case s.min != TLS13:
		return refWrongCipher
	}
	f.suite = s
	var err error
	sh.found, err = f.hello.parseExtensions(sh.extensions, inRetry)
	return err
}

// answerRetry sends the second hello.
func (f *flight) answerRetry(sh *serverHello) error {
	share, cookie := sh.found[extKeyShare], sh.found[extCookie]
	if share == nil && cookie == nil {
		return refNoHRRChange
	}
	if share != nil {
		if err := f.reshare(share); err != nil {
			return err
		}
	}
	if cookie != nil {
		s := cryptobyte.String(cookie)
		var value cryptobyte.String
		if !s.ReadUint16LengthPrefixed(&value) || !s.Empty() {
			return refLengthMismatch
		}
		f.hello.cookie = value
	}
	f.retried, f.msgs.rec.retried = true, true
	f.transcript = append(f.messageHash(), sh.raw...)
	_, _ = f.out.Write([]byte{typeCCS, 3, 3, 0, 1, 1}) // middlebox compatibility
	second := f.hello.message()
	f.transcript = append(f.transcript, second...)
	f.send(second, 3)
	return nil
}
