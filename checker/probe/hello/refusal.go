package hello

import (
	"errors"
	"io"
	"net"
	"os"
	"syscall"

	"hookcheck/checker/evidence"
)

// refusal is why a client gives up on what a server sent. Its value is
// OpenSSL's reason with underscores, so that ClientError can say the same.
type refusal string

func (r refusal) Error() string { return "refusing the server's answer: " + string(r) }

// Refusals of the record layer (ssl/record/ssl3_record.c, rec_layer_s3.c).
const (
	refWrongVersion    refusal = "wrong_version_number"
	refPacketTooLong   refusal = "packet_length_too_long"
	refEncryptedLong   refusal = "encrypted_length_too_long"
	refDataTooLong     refusal = "data_length_too_long"
	refBadRecordType   refusal = "bad_record_type"
	refBadRecordMAC    refusal = "decryption_failed_or_bad_record_mac"
	refInvalidCCS      refusal = "invalid_ccs_message"
	refUnexpectedCCS   refusal = "unexpected_ccs_message"
	refBadCCS          refusal = "bad_change_cipher_spec"
	refEarlyCCS        refusal = "ccs_received_early"
	refRecordSmall     refusal = "record_too_small"
	refUnexpectedRec   refusal = "unexpected_record"
	refInvalidAlert    refusal = "invalid_alert"
	refUnknownAlert    refusal = "unknown_alert_type"
	refManyAlerts      refusal = "too_many_warn_alerts"
	refNoRenegotiation refusal = "no_renegotiation"
	refDigest          refusal = "digest_check_failed"
	refInvalidAAD      refusal = "invalid_aad"  // of the provider of ciphers
	refInvalidData     refusal = "invalid_data" // likewise
)

// Refusals of handshake messages (ssl/statem).
const (
	refUnexpectedMsg  refusal = "unexpected_message"
	refExcessiveSize  refusal = "excessive_message_size"
	refLengthMismatch refusal = "length_mismatch"
	refLengthShort    refusal = "length_too_short"
	refBadLength      refusal = "bad_length"
	refCertLength     refusal = "cert_length_mismatch"
	refSessionIDLong  refusal = "ssl3_session_id_too_long"
	refSessionID      refusal = "invalid_session_id"
	refCompression    refusal = "invalid_compression_algorithm"
	refNoCompression  refusal = "compression_disabled"
	refUnsupported    refusal = "unsupported_protocol"
	refWrongSSL       refusal = "wrong_ssl_version"
	refBadProtocolNum refusal = "bad_protocol_version_number"
	refFallback       refusal = "inappropriate_fallback"
	refUnknownCipher  refusal = "unknown_cipher_returned"
	refWrongCipher    refusal = "wrong_cipher_returned"
	refBadExtension   refusal = "bad_extension"
	refUnsolicited    refusal = "unsolicited_extension"
	refPointFormat    refusal = "illegal_point_compression"
	refUnsafeLegacy   refusal = "unsafe_legacy_renegotiation_disabled"
	refRenegotiation  refusal = "renegotiation_mismatch"
	refRenegEncoding  refusal = "renegotiation_encoding_err"
	refNoHRRChange    refusal = "no_change_following_hrr"
	refBadKeyShare    refusal = "bad_key_share"
	refNoKeyShare     refusal = "no_suitable_key_share"
	refRecordBoundary refusal = "not_on_record_boundary"
	refWrongCurve     refusal = "wrong_curve"
	refBadECPoint     refusal = "bad_ecpoint"
	refBadDH          refusal = "bad_dh_value"
	refWrongSignature refusal = "wrong_signature_type"
	refBadSignature   refusal = "bad_signature"
	refWrongCertType  refusal = "wrong_certificate_type"
	refModulusLarge   refusal = "modulus_too_large"
)

// Refusals of our own: bounds that no sane server meets, and what this
// program has no code for.
const (
	refTooMuch   refusal = "too_much_data"
	refNoCode    refusal = "group_without_code"
	refInternal  refusal = "internal"
	errorUnnamed refusal = "unnamed"
)

// alertError is a fatal alert of the server, or a close_notify.
type alertError struct {
	evidence.Alert
	closing bool // close_notify is an orderly close
}

func (a *alertError) Error() string { return "the server sent an alert" }

// notTLSError is an answer that does not begin like a TLS record.
type notTLSError struct{ http bool }

func (notTLSError) Error() string { return "the server does not speak TLS" }

// record puts the reason why a flight ended into its evidence.
func record(h *evidence.Handshake, err error) {
	var (
		ref    refusal
		alert  *alertError
		notTLS notTLSError
	)
	switch {
	case err == nil:
		h.Outcome = evidence.HelloOK
	case errors.As(err, &ref):
		h.Outcome, h.Error = evidence.HelloMalformed, string(ref)
	case errors.As(err, &alert):
		a := alert.Alert
		h.Alert = &a
		h.Outcome = evidence.HelloAlert
		if alert.closing {
			h.Outcome = evidence.HelloClosed
		}
	case errors.As(err, &notTLS):
		h.Outcome = evidence.HelloNotTLS
		if notTLS.http {
			h.Outcome = evidence.HelloHTTP
		}
	default:
		h.Outcome, h.Error = networkOutcome(err)
	}
}

// networkOutcome names an error of the connection.
func networkOutcome(err error) (outcome, detail string) {
	var timeout net.Error
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return evidence.HelloClosed, ""
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.EPIPE), errors.Is(err, syscall.ECONNABORTED):
		return evidence.HelloReset, ""
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, syscall.ETIMEDOUT), errors.As(err, &timeout) && timeout.Timeout():
		return evidence.HelloTimeout, ""
	case errors.Is(err, net.ErrClosed), errors.Is(err, io.ErrClosedPipe):
		return evidence.HelloDial, "connection closed here"
	}
	return evidence.HelloDial, string(errorUnnamed)
}
