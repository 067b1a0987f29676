package hello

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"

	"hookcheck/checker/clienterror"
	"hookcheck/checker/evidence"
)

func openssl(code, reason string) string {
	return "SSL error {error:0A" + code + ":SSL routines::" + reason + "}"
}

// TestFirstFlightErrors feeds whole answers to the reader. The texts were
// seen from Telegram's published client in answer to the same bytes.
func TestFirstFlightErrors(t *testing.T) {
	leaf, _ := testLeaf(t)
	const rsaSuite, ecdsaSuite, dheSuite = 0xc02f, 0xc02b, 0x009e
	ec := func(group, alg uint16, point []byte) []byte {
		return recs(TLS12, serverHelloMsg(helloSpec{suite: ecdsaSuite}), certMsg(leaf), ecParams(group, alg, point), done)
	}
	good := serverHelloMsg(helloSpec{})
	exts := func(e ...byte) []byte { return recs(TLS12, serverHelloMsg(helloSpec{exts: join(extReneg, e)})) }
	wrongVersion := openssl("00010B", "wrong version number")
	handshakeFailure := openssl("000410", "sslv3 alert handshake failure")
	unexpected := openssl("0000F4", "unexpected message")
	badExtension := openssl("00006E", "bad extension")
	tests := []struct {
		name    string
		answer  []byte
		outcome string
		text    string
	}{
		{"nothing", nil, evidence.HelloClosed, "Webhook connection closed"},
		{"four bytes", []byte("220 "), evidence.HelloClosed, "Webhook connection closed"},
		{"http", []byte("HTTP/1.1 400 Bad Request\r\n\r\n"), evidence.HelloHTTP, wrongVersion},
		{"bare page", []byte("<html>bad request</html>"), evidence.HelloHTTP, wrongVersion},
		{"ssh", []byte("SSH-2.0-OpenSSH_9.2\r\n"), evidence.HelloNotTLS, wrongVersion},
		{"smtp", []byte("220 mail ESMTP\r\n"), evidence.HelloNotTLS, wrongVersion},
		{"zeros", make([]byte, 100), evidence.HelloNotTLS, wrongVersion},
		{"sslv2", append([]byte{0x80, 0x2e, 4, 0, 1}, make([]byte, 50)...), evidence.HelloNotTLS, wrongVersion},
		{"a client of HTTP", []byte("GET / HTTP/1.1\r\n\r\n"), evidence.HelloNotTLS, openssl("00009C", "http request")},
		{"a client of a proxy", []byte("CONNECT x:443"), evidence.HelloNotTLS, openssl("00009B", "https proxy request")},

		{"alert", alertRec(2, 40), evidence.HelloAlert, handshakeFailure},
		{"alert after hello", join(recs(TLS12, good), alertRec(2, 40)), evidence.HelloAlert, handshakeFailure},
		{"alert after certificate", join(recs(TLS12, good, certMsg([]byte{0x30, 0})), alertRec(2, 80)), evidence.HelloAlert,
			openssl("000438", "tlsv1 alert internal error")},
		{"alert inside a message", join(rec(typeHandshake, TLS12, good[:20]), alertRec(2, 40)), evidence.HelloAlert, handshakeFailure},
		{"alert of another version", join(recs(TLS12, good), rec(typeAlert, TLS10, []byte{2, 40})), evidence.HelloMalformed, wrongVersion},
		{"close_notify", alertRec(1, 0), evidence.HelloClosed, "Webhook connection closed"},
		{"fatal close_notify", alertRec(2, 0), evidence.HelloAlert, openssl("0003E8", "reason(1000)")},
		{"no_renegotiation", alertRec(1, 100), evidence.HelloMalformed, openssl("000153", "no renegotiation")},
		{"alert of level 3", alertRec(3, 40), evidence.HelloMalformed, openssl("0000F6", "unknown alert type")},
		{"short alert", rec(typeAlert, TLS12, []byte{2}), evidence.HelloMalformed, openssl("0000CD", "invalid alert")},
		{"four warnings", join(bytes.Repeat(alertRec(1, 112), 4), alertRec(2, 40)), evidence.HelloAlert, handshakeFailure},
		{"five warnings", bytes.Repeat(alertRec(1, 112), 5), evidence.HelloMalformed, openssl("000199", "too many warn alerts")},

		{"empty records", join(bytes.Repeat(rec(typeHandshake, TLS12, nil), 32), alertRec(2, 40)), evidence.HelloAlert, handshakeFailure},
		{"too many empty records", bytes.Repeat(rec(typeHandshake, TLS12, nil), 33), evidence.HelloMalformed, openssl("00012A", "record too small")},
		{"record over its buffer", []byte{22, 3, 3, 0xff, 0xff}, evidence.HelloMalformed, openssl("0000C6", "packet length too long")},
		{"record of 16708", []byte{22, 3, 3, 0x41, 0x44}, evidence.HelloMalformed, openssl("0000C6", "packet length too long")},
		{"record of 16707", []byte{22, 3, 3, 0x41, 0x43}, evidence.HelloMalformed, openssl("000096", "encrypted length too long")},
		{"record of 16704", rec(22, TLS12, make([]byte, 16704)), evidence.HelloMalformed, openssl("000092", "data length too long")},
		{"record of another version", join(recs(TLS12, good), recs(TLS10, certMsg(leaf))), evidence.HelloMalformed, wrongVersion},
		{"first record's version is free", join(recs(TLS10, good), alertRec(2, 40)), evidence.HelloAlert, handshakeFailure},
		{"unknown record type", rec(99, TLS12, []byte("hello")), evidence.HelloMalformed, unexpected},
		{"application data first", rec(23, TLS12, []byte("hello")), evidence.HelloMalformed, unexpected},
		{"application data later", join(recs(TLS12, good), rec(23, TLS12, []byte("hello"))), evidence.HelloMalformed, openssl("0000F5", "unexpected record")},
		{"change cipher spec", rec(20, TLS12, []byte{1}), evidence.HelloMalformed, unexpected},
		{"bad change cipher spec", rec(20, TLS12, []byte{2}), evidence.HelloMalformed, openssl("000067", "bad change cipher spec")},
		{"change cipher spec inside a message", join(recs(TLS12, good), rec(22, TLS12, certMsg(leaf)[:9]), rec(20, TLS12, []byte{1})),
			evidence.HelloMalformed, openssl("000085", "ccs received early")},

		{"hello request", join(recs(TLS12, hs(0), good), alertRec(2, 40)), evidence.HelloAlert, handshakeFailure},
		{"finished first", recs(TLS12, hs(msgFinished, make([]byte, 12)...)), evidence.HelloMalformed, unexpected},
		{"certificate missing", recs(TLS12, good, done), evidence.HelloMalformed, unexpected},
		{"key exchange missing", recs(TLS12, serverHelloMsg(helloSpec{suite: ecdsaSuite}), certMsg(leaf), done), evidence.HelloMalformed, unexpected},
		{"hello over its size", recs(TLS12, hs(msgServerHello, make([]byte, 65608)...)), evidence.HelloMalformed, openssl("000098", "excessive message size")},
		{"short hello", recs(TLS12, hs(msgServerHello, 3, 3)), evidence.HelloMalformed, openssl("00009F", "length mismatch")},
		{"hello with a tail", recs(TLS12, hs(msgServerHello, append(good[4:], 0)...)), evidence.HelloMalformed, openssl("00010F", "bad length")},
		{"long session", recs(TLS12, serverHelloMsg(helloSpec{session: make([]byte, 33)})), evidence.HelloMalformed, openssl("00012C", "ssl3 session id too long")},

		{"sslv3", recs(SSL30, serverHelloMsg(helloSpec{version: SSL30, suite: 0x2f, bare: true})), evidence.HelloMalformed, openssl("000102", "unsupported protocol")},
		{"version of the future", recs(TLS12, serverHelloMsg(helloSpec{version: 0x0305})), evidence.HelloMalformed, openssl("000102", "unsupported protocol")},
		{"downgrade to 1.2", recs(TLS12, serverHelloMsg(helloSpec{random: append(make([]byte, 24), "DOWNGRD\x01"...)})), evidence.HelloMalformed,
			openssl("000175", "inappropriate fallback")},
		{"downgrade to 1.1", recs(TLS12, serverHelloMsg(helloSpec{random: append(make([]byte, 24), "DOWNGRD\x00"...)})), evidence.HelloMalformed,
			openssl("000175", "inappropriate fallback")},
		{"retry that changes nothing", recs(TLS12, serverHelloMsg(helloSpec{random: retryRandom, suite: 0x1301})), evidence.HelloMalformed,
			openssl("0003E7", "invalid session id")},
		{"3DES", recs(TLS12, serverHelloMsg(helloSpec{suite: 0x0a})), evidence.HelloMalformed, openssl("0000F8", "unknown cipher returned")},
		{"unknown suite", recs(TLS12, serverHelloMsg(helloSpec{suite: 0x9999})), evidence.HelloMalformed, openssl("0000F8", "unknown cipher returned")},
		{"suite of TLS 1.3", recs(TLS12, serverHelloMsg(helloSpec{suite: 0x1301})), evidence.HelloMalformed, openssl("000105", "wrong cipher returned")},
		{"suite of TLS 1.2 in 1.0", recs(TLS10, serverHelloMsg(helloSpec{version: TLS10, suite: rsaSuite})), evidence.HelloMalformed,
			openssl("000105", "wrong cipher returned")},
		{"compression", recs(TLS12, serverHelloMsg(helloSpec{comp: 1})), evidence.HelloMalformed, openssl("000157", "compression disabled")},
		{"no secure renegotiation", recs(TLS12, serverHelloMsg(helloSpec{bare: true})), evidence.HelloMalformed,
			openssl("000152", "unsafe legacy renegotiation disabled")},
		{"renegotiation mismatch", recs(TLS12, serverHelloMsg(helloSpec{exts: []byte{0xff, 1, 0, 2, 1, 0}})), evidence.HelloMalformed,
			openssl("000151", "renegotiation mismatch")},
		{"renegotiation garbled", recs(TLS12, serverHelloMsg(helloSpec{exts: []byte{0xff, 1, 0, 0}})), evidence.HelloMalformed,
			openssl("000150", "renegotiation encoding err")},
		{"ALPN unasked", exts(0, 16, 0, 5, 0, 3, 2, 'h', '2'), evidence.HelloMalformed, openssl("0000D9", "unsolicited extension")},
		{"extension twice", exts(extReneg...), evidence.HelloMalformed, badExtension},
		{"key share in TLS 1.2", exts(0, 51, 0, 0), evidence.HelloMalformed, badExtension},
		{"name with content", exts(0, 0, 0, 1, 'x'), evidence.HelloMalformed, badExtension},
		{"extension list cut", exts(1), evidence.HelloMalformed, badExtension},

		{"no certificates", recs(TLS12, good, certMsg()), evidence.HelloMalformed, openssl("00009F", "length mismatch")},
		{"certificate cut", recs(TLS12, good, hs(msgCertificate, 0, 0, 5, 0, 0, 9, 'a', 'b')), evidence.HelloMalformed,
			openssl("000087", "cert length mismatch")},
		{"certificate with a tail", recs(TLS12, good, certMsg(append(bytes.Clone(leaf), 0)), done), evidence.HelloMalformed,
			openssl("000087", "cert length mismatch")},
		{"certificates over 100 KiB", recs(TLS12, good, certMsg(make([]byte, 102400))), evidence.HelloMalformed,
			openssl("000098", "excessive message size")},
		{"certificate of another kind", recs(TLS12, serverHelloMsg(helloSpec{suite: rsaSuite}), certMsg(leaf)), evidence.HelloMalformed,
			openssl("00017F", "wrong certificate type")},
		{"curve unasked", ec(0x16, 0x0403, make([]byte, 65)), evidence.HelloMalformed, openssl("00017A", "wrong curve")},
		{"bad point", ec(groupX25519, 0x0403, make([]byte, 31)), evidence.HelloMalformed, openssl("000132", "bad ecpoint")},
		{"SHA-1 signature", ec(groupX25519, 0x0203, make([]byte, 32)), evidence.HelloMalformed, openssl("000172", "wrong signature type")},
		{"signature of another kind", ec(groupX25519, 0x0804, make([]byte, 32)), evidence.HelloMalformed, openssl("000172", "wrong signature type")},
		{"wrong signature", ec(groupX25519, 0x0403, make([]byte, 32)), evidence.HelloMalformed, openssl("00007B", "bad signature")},
		{"done with a body", recs(TLS12, serverHelloMsg(helloSpec{}), certMsg([]byte{0x30, 0}), hs(msgServerHelloDone, 0)), evidence.HelloMalformed,
			openssl("000098", "excessive message size")},
		{"request garbled", recs(TLS12, serverHelloMsg(helloSpec{}), certMsg([]byte{0x30, 0}), hs(msgCertificateRequest, 0), done), evidence.HelloMalformed,
			openssl("00009F", "length mismatch")},
		{"DHE of 1024 bits", recs(TLS12, serverHelloMsg(helloSpec{suite: dheSuite}), certMsg([]byte{0x30, 0}), dhParams(1024), done), evidence.HelloOK,
			openssl("00018A", "dh key too small")},
		{"DHE of 16384 bits", recs(TLS12, serverHelloMsg(helloSpec{suite: dheSuite}), certMsg([]byte{0x30, 0}), dhParams(16384), done),
			evidence.HelloMalformed,
			"SSL error {error:02800067:Diffie-Hellman routines::modulus too large}{error:0A000066:SSL routines::bad dh value}"},
		{"RSA key exchange", recs(TLS12, serverHelloMsg(helloSpec{}), certMsg([]byte{0x30, 0}), done), evidence.HelloOK, ""},
		{"RSA key exchange of TLS 1.0", recs(TLS10, serverHelloMsg(helloSpec{version: TLS10, suite: 0x2f}), certMsg([]byte{0x30, 0}), done),
			evidence.HelloOK, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := readFlight(bytes.NewReader(test.answer), io.Discard, Hello{SNI: "bot.example.org"})
			if got.Outcome != test.outcome {
				t.Errorf("outcome %q (%s), want %q", got.Outcome, got.Error, test.outcome)
			}
			if text := clienterror.Text(got, nil); text != test.text {
				t.Errorf("text %q, want %q", text, test.text)
			}
		})
	}
}

// TestEveryRefusalHasAText: but for our own, the name of each is OpenSSL's.
func TestEveryRefusalHasAText(t *testing.T) {
	for _, own := range []refusal{refTooMuch, refNoCode, refInternal} {
		if text := clienterror.Refusal(string(own)); text != "" {
			t.Errorf("%s is no refusal of OpenSSL's and has the text %q", own, text)
		}
	}
	for _, r := range []refusal{refWrongVersion, refPacketTooLong, refUnsafeLegacy, refBadSignature, refWrongCertType} {
		if text := clienterror.Refusal(string(r)); text == "" || strings.Contains(text, "_") {
			t.Errorf("%s reads %q", r, text)
		}
	}
}

func TestAlertTexts(t *testing.T) {
	tests := map[int]string{
		40: openssl("000410", "sslv3 alert handshake failure"), 80: openssl("000438", "tlsv1 alert internal error"),
		112: openssl("000458", "tlsv1 unrecognized name"), 116: openssl("00045C", "tlsv13 alert certificate required"),
		70: openssl("00042E", "tlsv1 alert protocol version"), 120: openssl("000460", "tlsv1 alert no application protocol"),
		1: openssl("0003E9", "reason(1001)"), 255: openssl("0004E7", "reason(1255)"),
	}
	for code, want := range tests {
		h := evidence.Handshake{Outcome: evidence.HelloAlert, Alert: &evidence.Alert{Level: 2, Code: code}}
		if got := clienterror.Text(h, nil); got != want {
			t.Errorf("alert %d: %q, want %q", code, got, want)
		}
	}
}

func TestClientErrorOfSessions(t *testing.T) {
	modern := evidence.Handshake{Outcome: evidence.HelloOK, Version: "tls1.3", KeyExchange: kxTLS13}
	old := evidence.Handshake{Outcome: evidence.HelloOK, Version: "tls1.1", KeyExchange: kxECDHE}
	tests := []struct {
		h    evidence.Handshake
		s    evidence.Session
		want string
	}{
		{modern, evidence.Session{Outcome: evidence.SessionOK}, ""},
		{modern, evidence.Session{Outcome: evidence.SessionUnsupported}, ""},
		{modern, evidence.Session{Outcome: evidence.SessionClosed}, "Webhook connection closed"},
		{modern, evidence.Session{Outcome: evidence.SessionReset}, "Connection reset by peer"},
		{modern, evidence.Session{Outcome: evidence.SessionTimeout}, "Read timeout expired"},
		{modern, evidence.Session{Outcome: evidence.SessionAlert, Alert: &evidence.Alert{Level: 2, Code: 116}},
			openssl("00045C", "tlsv13 alert certificate required")},
		{old, evidence.Session{Outcome: evidence.SessionSkipped}, openssl("00014D", "legacy sigalg disallowed or unsupported")},
	}
	for i, test := range tests {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			if got := clienterror.Text(test.h, &test.s); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}
