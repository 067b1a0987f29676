package hello

import (
	"bytes"
	"fmt"
	"strings"

	"hookcheck/checker/evidence"
)

// Texts of Telegram's client that have no OpenSSL code in them. Its TLS runs
// over its own buffers, so that OpenSSL never meets an end of file.
const (
	textClosed  = "Webhook connection closed"
	textReset   = "Connection reset by peer"
	textTimeout = "Read timeout expired"
)

// Codes of OpenSSL 3.0's reasons (include/openssl/sslerr.h) that are no
// refusal of the reader's.
const (
	codeHTTPRequest  = 0x9c
	codeProxyRequest = 0x9b
	codeDHTooSmall   = 0x18a
	codeLegacySigalg = 0x14d
	alertReasons     = 1000 // the reason of an alert is its code and this
)

// minDHBits is what security level 2 (112 bits) asks of a finite-field group.
const minDHBits = 2048

// ClientError is the text that Telegram's client reports for a handshake, to
// the letter: empty where it gets through, or where this package cannot tell.
// It knows nothing of trust: where h.Chain is not empty the client judges the
// chain before it meets what this function tells. s may be nil.
func ClientError(h evidence.Handshake, s *evidence.Session) string {
	switch h.Outcome {
	case evidence.HelloOK:
		if text := parameterError(h); text != "" || s == nil {
			return text
		}
		return sessionError(*s)
	case evidence.HelloAlert:
		return alertText(h.Alert)
	case evidence.HelloHTTP, evidence.HelloNotTLS:
		return notTLSText(h.FirstBytes)
	case evidence.HelloMalformed:
		return refusalText(refusal(h.Error))
	case evidence.HelloClosed:
		return textClosed
	case evidence.HelloReset:
		return textReset
	case evidence.HelloTimeout:
		return textTimeout
	}
	return ""
}

// parameterError is what OpenSSL's security level 2 refuses of a handshake
// that is otherwise whole: short Diffie-Hellman groups, and the MD5 and SHA-1
// that sign every key exchange before TLS 1.2. RSA key exchange has no such
// signature, and gets through with TLS 1.0 and 1.1.
func parameterError(h evidence.Handshake) string {
	if h.KeyExchange == kxDHE && h.DHBits < minDHBits {
		return sslText(codeDHTooSmall, "dh key too small")
	}
	if versionByName(h.Version) < TLS12 && h.KeyExchange != kxRSA {
		return sslText(codeLegacySigalg, "legacy sigalg disallowed or unsupported")
	}
	return ""
}

func sessionError(s evidence.Session) string {
	switch s.Outcome {
	case evidence.SessionAlert:
		return alertText(s.Alert)
	case evidence.SessionClosed:
		return textClosed
	case evidence.SessionReset:
		return textReset
	case evidence.SessionTimeout:
		return textTimeout
	}
	return ""
}

// sslText is td::create_openssl_error of one reason of the SSL library.
func sslText(code int, reason string) string {
	return fmt.Sprintf("SSL error {error:0A%06X:SSL routines::%s}", code, reason)
}

func alertText(a *evidence.Alert) string {
	if a == nil {
		return ""
	}
	reason, ok := alertTexts[a.Code]
	if !ok {
		reason = fmt.Sprintf("reason(%d)", alertReasons+a.Code)
	}
	return sslText(alertReasons+a.Code, reason)
}

// notTLSText: OpenSSL knows a few words of HTTP by sight, all of a client's.
func notTLSText(first []byte) string {
	for _, method := range []string{"GET ", "POST ", "HEAD ", "PUT "} {
		if bytes.HasPrefix(first, []byte(method)) {
			return sslText(codeHTTPRequest, "http request")
		}
	}
	if bytes.HasPrefix(first, []byte("CONNE")) {
		return sslText(codeProxyRequest, "https proxy request")
	}
	return refusalText(refWrongVersion)
}

func refusalText(r refusal) string {
	if r == refModulusLarge {
		return "SSL error {error:02800067:Diffie-Hellman routines::modulus too large}" +
			strings.TrimPrefix(refusalText(refBadDH), "SSL error ")
	}
	code, ok := refusalCodes[r]
	if !ok {
		return ""
	}
	return sslText(code, strings.ReplaceAll(string(r), "_", " "))
}

// alertTexts are the reasons that OpenSSL has for alerts (ssl/ssl_err.c).
var alertTexts = map[int]string{
	10:  "sslv3 alert unexpected message",
	20:  "sslv3 alert bad record mac",
	21:  "tlsv1 alert decryption failed",
	22:  "tlsv1 alert record overflow",
	30:  "sslv3 alert decompression failure",
	40:  "sslv3 alert handshake failure",
	41:  "sslv3 alert no certificate",
	42:  "sslv3 alert bad certificate",
	43:  "sslv3 alert unsupported certificate",
	44:  "sslv3 alert certificate revoked",
	45:  "sslv3 alert certificate expired",
	46:  "sslv3 alert certificate unknown",
	47:  "sslv3 alert illegal parameter",
	48:  "tlsv1 alert unknown ca",
	49:  "tlsv1 alert access denied",
	50:  "tlsv1 alert decode error",
	51:  "tlsv1 alert decrypt error",
	60:  "tlsv1 alert export restriction",
	70:  "tlsv1 alert protocol version",
	71:  "tlsv1 alert insufficient security",
	80:  "tlsv1 alert internal error",
	86:  "tlsv1 alert inappropriate fallback",
	90:  "tlsv1 alert user cancelled",
	100: "tlsv1 alert no renegotiation",
	109: "tlsv13 alert missing extension",
	110: "tlsv1 unsupported extension",
	111: "tlsv1 certificate unobtainable",
	112: "tlsv1 unrecognized name",
	113: "tlsv1 bad certificate status response",
	114: "tlsv1 bad certificate hash value",
	115: "tlsv1 alert unknown psk identity",
	116: "tlsv13 alert certificate required",
	120: "tlsv1 alert no application protocol",
}

// refusalCodes are OpenSSL 3.0's codes for the refusals; the text of each is
// its name.
var refusalCodes = map[refusal]int{
	refWrongVersion:    0x10b,
	refPacketTooLong:   0xc6,
	refEncryptedLong:   0x96,
	refDataTooLong:     0x92,
	refBadRecordType:   0x1bb,
	refBadRecordMAC:    0x119,
	refInvalidCCS:      0x104,
	refUnexpectedCCS:   0x106,
	refBadCCS:          0x67,
	refEarlyCCS:        0x85,
	refRecordSmall:     0x12a,
	refUnexpectedRec:   0xf5,
	refInvalidAlert:    0xcd,
	refUnknownAlert:    0xf6,
	refManyAlerts:      0x199,
	refNoRenegotiation: 0x153,
	refUnexpectedMsg:   0xf4,
	refExcessiveSize:   0x98,
	refLengthMismatch:  0x9f,
	refLengthShort:     0xa0,
	refBadLength:       0x10f,
	refCertLength:      0x87,
	refSessionIDLong:   0x12c,
	refSessionID:       0x3e7,
	refCompression:     0x155,
	refNoCompression:   0x157,
	refUnsupported:     0x102,
	refWrongSSL:        0x10a,
	refBadProtocolNum:  0x74,
	refFallback:        0x175,
	refUnknownCipher:   0xf8,
	refWrongCipher:     0x105,
	refBadExtension:    0x6e,
	refUnsolicited:     0xd9,
	refUnsafeLegacy:    0x152,
	refRenegotiation:   0x151,
	refRenegEncoding:   0x150,
	refNoHRRChange:     0xd6,
	refBadKeyShare:     0x6c,
	refNoKeyShare:      0x65,
	refRecordBoundary:  0xb6,
	refWrongCurve:      0x17a,
	refBadECPoint:      0x132,
	refBadDH:           0x66,
	refWrongSignature:  0x172,
	refBadSignature:    0x7b,
	refWrongCertType:   0x17f,
}
