// Package clienterror says what Telegram's client reports for a handshake that
// does not come about, word for word. It is pure: it reads evidence.
package clienterror

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

// Text is what Telegram's client reports for a handshake, to
// the letter: empty where it gets through, or where this package cannot tell.
// It knows nothing of trust: where h.Chain is not empty the client judges the
// chain before it meets what this function tells. s may be nil.
func Text(h evidence.Handshake, s *evidence.Session) string {
	switch h.Outcome {
	case evidence.HelloOK:
		if text := Parameters(h); text != "" || s == nil {
			return text
		}
		return sessionError(h, *s)
	case evidence.HelloAlert:
		return alertText(h.Alert)
	case evidence.HelloHTTP, evidence.HelloNotTLS:
		return notTLSText(h.FirstBytes)
	case evidence.HelloMalformed:
		return strings.Replace(refusalText(h.Error), "{", h.ErrorQueue+"{", 1)
	case evidence.HelloClosed:
		return textClosed
	case evidence.HelloReset:
		return textReset
	case evidence.HelloTimeout:
		return textTimeout
	}
	return ""
}

// Parameters is what OpenSSL's security level 2 refuses of a handshake
// that is otherwise whole: short Diffie-Hellman groups, and the MD5 and SHA-1
// that sign every key exchange before TLS 1.2. RSA key exchange has no such
// signature, and gets through with TLS 1.0 and 1.1.
func Parameters(h evidence.Handshake) string {
	if h.KeyExchange == "DHE" && h.DHBits < minDHBits {
		return sslText(codeDHTooSmall, "dh key too small")
	}
	if (h.Version == "ssl3" || h.Version == "tls1.0" || h.Version == "tls1.1") && h.KeyExchange != "RSA" {
		return sslText(codeLegacySigalg, "legacy sigalg disallowed or unsupported")
	}
	return ""
}

func sessionError(h evidence.Handshake, s evidence.Session) string {
	switch s.Outcome {
	case evidence.SessionMalformed:
		return Damage(h.Version, h.Cipher, s.Error)
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

// Damage is the text for a refused record of a session: in TLS 1.2 the GCM
// suites leave an error of their own.
func Damage(version, cipher, reason string) string {
	text := refusalText(reason)
	if version == "tls1.2" && strings.Contains(cipher, "GCM") && reason == "decryption_failed_or_bad_record_mac" {
		const provider = "{error:1C800066:Provider routines::cipher operation failed}"
		text = strings.Replace(text, "{", provider+"{", 1)
	}
	return text
}

// sslText is td::create_openssl_error of one reason of the SSL library.
func sslText(code int, reason string) string {
	return fmt.Sprintf("SSL error {error:0A%06X:SSL routines::%s}", code, reason)
}

// AlertName is an alert in OpenSSL's words.
func AlertName(code int) string {
	if name, ok := alertTexts[code]; ok {
		return name
	}
	return fmt.Sprintf("reason(%d)", alertReasons+code)
}

func alertText(a *evidence.Alert) string {
	if a == nil {
		return ""
	}
	return sslText(alertReasons+a.Code, AlertName(a.Code))
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
	return refusalText("wrong_version_number")
}

// Refusal is the text for a refusal of the client's own, by OpenSSL's reason
// with underscores, as evidence.Handshake.Error names it; "" where there is none.
func Refusal(reason string) string { return refusalText(reason) }

func refusalText(r string) string {
	if r == "modulus_too_large" {
		return "SSL error {error:02800067:Diffie-Hellman routines::modulus too large}" +
			strings.TrimPrefix(refusalText("bad_dh_value"), "SSL error ")
	}
	const internal = "{error:0A0C0103:SSL routines::internal error}"
	switch r {
	case "invalid_aad":
		return "SSL error {error:1C80006C:Provider routines::invalid aad}" + internal
	case "invalid_data":
		return "SSL error {error:1C800073:Provider routines::invalid data}" + internal
	}
	code, ok := refusalCodes[r]
	if !ok {
		return ""
	}
	return sslText(code, strings.ReplaceAll(r, "_", " "))
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
var refusalCodes = map[string]int{
	"wrong_version_number":                 0x10b,
	"packet_length_too_long":               0xc6,
	"encrypted_length_too_long":            0x96,
	"data_length_too_long":                 0x92,
	"bad_record_type":                      0x1bb,
	"decryption_failed_or_bad_record_mac":  0x119,
	"invalid_ccs_message":                  0x104,
	"unexpected_ccs_message":               0x106,
	"bad_change_cipher_spec":               0x67,
	"ccs_received_early":                   0x85,
	"record_too_small":                     0x12a,
	"unexpected_record":                    0xf5,
	"invalid_alert":                        0xcd,
	"unknown_alert_type":                   0xf6,
	"too_many_warn_alerts":                 0x199,
	"no_renegotiation":                     0x153,
	"unexpected_message":                   0xf4,
	"excessive_message_size":               0x98,
	"length_mismatch":                      0x9f,
	"length_too_short":                     0xa0,
	"bad_length":                           0x10f,
	"cert_length_mismatch":                 0x87,
	"ssl3_session_id_too_long":             0x12c,
	"invalid_session_id":                   0x3e7,
	"invalid_compression_algorithm":        0x155,
	"compression_disabled":                 0x157,
	"unsupported_protocol":                 0x102,
	"wrong_ssl_version":                    0x10a,
	"bad_protocol_version_number":          0x74,
	"inappropriate_fallback":               0x175,
	"unknown_cipher_returned":              0xf8,
	"wrong_cipher_returned":                0x105,
	"bad_extension":                        0x6e,
	"illegal_point_compression":            0xa2,
	"unsolicited_extension":                0xd9,
	"unsafe_legacy_renegotiation_disabled": 0x152,
	"renegotiation_mismatch":               0x151,
	"renegotiation_encoding_err":           0x150,
	"no_change_following_hrr":              0xd6,
	"bad_key_share":                        0x6c,
	"no_suitable_key_share":                0x65,
	"not_on_record_boundary":               0xb6,
	"digest_check_failed":                  0x95,
	"wrong_curve":                          0x17a,
	"bad_ecpoint":                          0x132,
	"bad_dh_value":                         0x66,
	"wrong_signature_type":                 0x172,
	"bad_signature":                        0x7b,
	"wrong_certificate_type":               0x17f,
}
