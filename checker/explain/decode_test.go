package explain

import (
	"slices"
	"strings"
	"testing"
	"time"

	"hookcheck/internal/lang"
)

var now = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func decode(text string) *Answer { return Decode(text, Options{Now: now}) }

// TestTexts: what people paste, what it is taken for, what it means and what
// is named first as its cause.
func TestTexts(t *testing.T) {
	const verify, v = "delivery.verify_failed", "chain.intermediate_missing"
	seen := make(map[string]bool)
	for _, tc := range []struct {
		text  string
		kind  Kind
		id    string
		first string // "" where no finding is behind it
	}{
		// Telegram's own words, today and before.
		{"SSL error {error:0A000086:SSL routines::certificate verify failed}", DeliveryError, verify, v},
		{"SSL error {error:1416F086:SSL routines:tls_process_server_certificate:certificate verify failed}", DeliveryError, verify, v},
		{"SSL error {error:14090086:SSL routines:ssl3_get_server_certificate:certificate verify failed}", DeliveryError, verify, v},
		{"SSL error {337047686, error:1416F086:SSL routines:tls_process_server_certificate:certificate verify failed}", DeliveryError, verify, v},
		{"SSL error {336134278, error:14090086:SSL routines:ssl3_get_server_certificate:certificate verify failed}", DeliveryError, verify, v},
		{"{337047686, error:1416F086}", DeliveryError, verify, v},
		{"error:0A000086", DeliveryError, verify, v},
		{"\ufeffssl ERROR  {error:0a000086:ssl routines::certificate\u00a0verify failed}\r\n", DeliveryError, verify, v},
		{"SSL error {error:0A000086:SSL routines::certificate\n  verify failed}", DeliveryError, verify, v},
		{"SSL error {error:0A00010B:SSL routines::wrong version number}", DeliveryError, "delivery.wrong_version_number", "tls.plaintext_http"},
		{"SSL error {336130315, error:1408F10B:SSL routines:ssl3_get_record:wrong version number}", DeliveryError, "delivery.wrong_version_number", "tls.plaintext_http"},
		{"error:1408F10B", DeliveryError, "delivery.wrong_version_number", "tls.plaintext_http"},
		{"SSL error {error:0A000126:SSL routines::unexpected eof while reading}", DeliveryError, "delivery.tls_closed", "tls.closed"},
		{"SSL error {error:0A000458:SSL routines::tlsv1 unrecognized name}", DeliveryError, "delivery.unrecognized_name", "tls.name_rejected"},
		{"SSL error {error:0A00045C:SSL routines::tlsv13 alert certificate required}", DeliveryError, "delivery.client_certificate", "tls.client_certificate_required"},
		{"SSL error {error:0A000410:SSL routines::sslv3 alert handshake failure}", DeliveryError, "delivery.handshake_failure", "tls.no_common_cipher"},
		{"SSL error {336151568, error:14094410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure}", DeliveryError, "delivery.handshake_failure", "tls.no_common_cipher"},
		{"SSL error {error:0A000438:SSL routines::tlsv1 alert internal error}", DeliveryError, "delivery.internal_error", "tls.name_rejected"},
		{"SSL error {error:0A00014D:SSL routines::legacy sigalg disallowed or unsupported}", DeliveryError, "delivery.version_too_old", "tls.version_too_old"},
		{"SSL error {error:0A000102:SSL routines::unsupported protocol}", DeliveryError, "delivery.version_too_old", "tls.version_too_old"},
		{"SSL error {error:0A00042E:SSL routines::tlsv1 alert protocol version}", DeliveryError, "delivery.version_too_old", "tls.version_too_old"},
		{"SSL error {error:0A00018A:SSL routines::dh key too small}", DeliveryError, "delivery.dh_too_small", "tls.dh_too_small"},
		{"SSL error {error:0A00018F:SSL routines::ee key too small}", DeliveryError, "delivery.weak_key", "cert.weak_key"},
		{"SSL error {error:0A00018E:SSL routines::ca md too weak}", DeliveryError, "delivery.weak_signature", "cert.weak_signature"},
		{"SSL error {error:0A000417:SSL routines::sslv3 alert illegal parameter}", DeliveryError, "delivery.tls_alert", "tls.alert"},
		{"SSL error {error:0A000412:SSL routines::sslv3 alert bad certificate}", DeliveryError, "delivery.client_certificate", "tls.client_certificate_required"},
		{"SSL error {error:0A00041B:SSL routines::tlsv1 alert decrypt error}", DeliveryError, "delivery.tls_alert", "tls.alert"},
		{"SSL error {error:0A0000F4:SSL routines::unexpected message}", DeliveryError, "delivery.tls_other", "tls.malformed"},
		{"SSL error {error:06800066:asn1 encoding routines::bad object header}{error:0A08000D:SSL routines::ASN1 lib}", DeliveryError, "delivery.certificate_damaged", "chain.bad_signature"},
		{"Webhook connection closed", DeliveryError, "delivery.closed", "tls.closed"},
		{"Connection refused", DeliveryError, "delivery.refused", "tcp.refused"},
		{"Connection timed out", DeliveryError, "delivery.timed_out", "tcp.timeout"},
		{"Connection reset by peer", DeliveryError, "delivery.reset", "tcp.reset"},
		{"No route to host", DeliveryError, "delivery.unreachable", "tcp.unreachable"},
		{"Network is unreachable", DeliveryError, "delivery.unreachable", "tcp.unreachable"},
		{"Read timeout expired", DeliveryError, "delivery.read_timeout", "http.timeout"},
		{"Write timeout expired", DeliveryError, "delivery.write_timeout", "http.timeout"},
		{"Wrong response from the webhook: 302 Found", DeliveryError, "delivery.redirect", "http.redirect"},
		{"Wrong response from the webhook: 308 Permanent Redirect", DeliveryError, "delivery.redirect", "http.redirect"},
		{"Wrong response from the webhook: 401 Unauthorized", DeliveryError, "delivery.unauthorized", "http.unauthorized"},
		{"Wrong response from the webhook: 403 Forbidden", DeliveryError, "delivery.unauthorized", "http.unauthorized"},
		{"Wrong response from the webhook: 404 Not Found", DeliveryError, "delivery.not_found", "http.not_found"},
		{"Wrong response from the webhook: 405 Method Not Allowed", DeliveryError, "delivery.method_not_allowed", "http.method_not_allowed"},
		{"Wrong response from the webhook: 410 Gone", DeliveryError, "delivery.gone", "http.gone"},
		{"Wrong response from the webhook: 429 Too Many Requests", DeliveryError, "delivery.client_error", "http.client_error"},
		{"Wrong response from the webhook: 500 Internal Server Error", DeliveryError, "delivery.server_error", "http.server_error"},
		{"Wrong response from the webhook: 501 Not Implemented", DeliveryError, "delivery.server_error", "http.server_error"},
		{"Wrong response from the webhook: 502 Bad Gateway", DeliveryError, "delivery.bad_gateway", "http.bad_gateway"},
		{"Wrong response from the webhook: 521 Origin Down", DeliveryError, "delivery.bad_gateway", "http.bad_gateway"},
		{"Wrong response from the webhook: 600 Unknown", DeliveryError, "delivery.odd_status", "http.odd_status"},
		{"Not Implemented", DeliveryError, "delivery.not_http", "http.not_http"},
		{"HTTP Version Not Supported", DeliveryError, "delivery.not_http", "http.not_http"},
		{"Bad Request: unexpected end of request content", DeliveryError, "delivery.not_http", "http.not_http"},
		{"Can't create an SSL context: Failed to set custom certificate file{error:05800088:x509 certificate routines::no certificate or crl found}", DeliveryError, "delivery.upload_refused", "upload.not_pem"},

		{"Unsupported Media Type: unsupported content-encoding", DeliveryError, "delivery.encoding", "http.encoding"},
		{"Can't connect to the webhook: some reason", DeliveryError, "delivery.cannot_connect", "tcp.unreachable"},

		// setWebhook.
		{`{"ok":true,"result":true,"description":"Webhook was set"}`, SetWebhook, "set.was_set", ""},
		{`{"ok":true,"result":true,"description":"Webhook is already set"}`, SetWebhook, "set.already_set", ""},
		{`{"ok":true,"result":true,"description":"Webhook was deleted"}`, SetWebhook, "set.deleted", ""},
		{`{"ok":false,"error_code":400,"description":"Bad Request: bad webhook: An HTTPS URL must be provided for webhook"}`, SetWebhook, "set.not_https", "url.not_https"},
		{"Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443", SetWebhook, "set.port", "url.port_unsupported"},
		{"Bad Request: bad webhook: Failed to resolve host: Name or service not known", SetWebhook, "set.unresolvable", "dns.unresolvable"},
		{"Bad Request: bad webhook: Failed to resolve host: Temporary failure in name resolution", SetWebhook, "set.lookup_failed", "dns.lookup_failed"},
		{"Bad Request: bad webhook: IPv6-only addresses are not allowed", SetWebhook, "set.ipv6_only", "dns.ipv6_only"},
		{"Bad Request: bad webhook: IP address 192.168.1.2 is reserved", SetWebhook, "set.reserved", "dns.reserved_address"},
		{"Bad Request: bad webhook: Failed to set custom certificate file{error:05800088:x509 certificate routines::no certificate or crl found}", SetWebhook, "delivery.upload_refused", "upload.not_pem"},
		{"Bad Request: bad webhook: something new", SetWebhook, "set.bad_webhook", ""},
		{"Bad Request: certificate size is too big (4000000 bytes)", SetWebhook, "set.upload_too_big", "upload.too_big"},
		{"Bad Request: secret token contains unallowed characters", SetWebhook, "set.secret_token", ""},
		{"Internal Server Error: failed to save certificate", SetWebhook, "set.save_failed", ""},
		{`{"ok":false,"error_code":500,"description":"Internal Server Error: failed to save certificate"}`, SetWebhook, "set.save_failed", ""},

		{"Bad Request: invalid webhook URL specified", SetWebhook, "set.invalid_url", "url.not_https"},
		{"Bad Request: bad webhook: Invalid IP address specified", SetWebhook, "set.invalid_ip", ""},
		{"Conflict: terminated by other setWebhook", SetWebhook, "set.other_call", ""},

		// Other answers of the API.
		{"telegram.error.Conflict: Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first", APIAnswer, "updates.webhook_active", ""},
		{"Conflict: can’t use getUpdates method while webhook is active", APIAnswer, "updates.webhook_active", ""},
		{"ETELEGRAM: 409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", APIAnswer, "updates.other_poller", ""},
		{"Conflict: terminated by setWebhook request", APIAnswer, "updates.set_webhook", ""},
		{`{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 1","parameters":{"retry_after":1}}`, APIAnswer, "api.too_many_requests", ""},
		{`{"ok":false,"error_code":401,"description":"Unauthorized"}`, APIAnswer, "api.unauthorized", ""},
		{`{"ok":false,"error_code":404,"description":"Not Found"}`, APIAnswer, "api.not_found", ""},

		{`{"ok":false,"error_code":400,"description":"Logged out"}`, APIAnswer, "api.logged_out", ""},
		{`{"ok":false,"error_code":502,"description":"Bad Gateway"}`, APIAnswer, "api.server_trouble", ""},

		// Servers' logs.
		{`2026/11/24 03:00:00 [crit] 7#7: *1 SSL_do_handshake() failed (SSL: error:14094418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca:SSL alert number 48) while SSL handshaking, client: 91.108.6.97, server: 0.0.0.0:443`, ServerLog, "log.alert_unknown_ca", v},
		{"tlsv1 alert unknown ca:SSL alert number 48", ServerLog, "log.alert_unknown_ca", v},
		{"alert unknown ca", ServerLog, "log.alert_unknown_ca", v},
		{"[ssl:info] [pid 9] SSL Library Error: error:0A000412:SSL routines::sslv3 alert bad certificate (SSL alert number 42)", ServerLog, "log.alert_bad_certificate", "cert.name_mismatch"},
		{"haproxy[12]: 149.154.167.220:40312 [24/Nov/2026:03:00:00.000] fe/1: SSL handshake failure (error:0A000415:SSL routines::sslv3 alert certificate expired)", ServerLog, "log.alert_certificate_expired", "cert.expired"},
		{"http: TLS handshake error from 91.108.6.97:42000: remote error: tls: unknown certificate authority", ServerLog, "log.alert_unknown_ca", v},
		{"http: TLS handshake error from 91.108.6.97:42000: remote error: tls: bad certificate", ServerLog, "log.alert_bad_certificate", "cert.name_mismatch"},
		{"http: TLS handshake error from 91.108.6.97:42000: remote error: tls: expired certificate", ServerLog, "log.alert_certificate_expired", "cert.expired"},
		{"http: TLS handshake error from 91.108.6.97:42000: remote error: tls: unsupported certificate", ServerLog, "log.alert_unsupported_certificate", "cert.usage"},
		{"http: TLS handshake error from 192.0.2.9:42000: EOF", ServerLog, "log.hung_up", ""},
		{"Error: 4047C5E0:error:0A000418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca:../deps/openssl/ssl/record/rec_layer_s3.c:1590:SSL alert number 48", ServerLog, "log.alert_unknown_ca", v},
		{"code: 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA'", ServerLog, "log.alert_unknown_ca", v},
		{"ssl.SSLError: [SSL: TLSV1_ALERT_UNKNOWN_CA] tlsv1 alert unknown ca (_ssl.c:1007)", ServerLog, "log.alert_unknown_ca", v},
		{"ssl.SSLError: [SSL: SSLV3_ALERT_CERTIFICATE_EXPIRED] sslv3 alert certificate expired (_ssl.c:2580)", ServerLog, "log.alert_certificate_expired", "cert.expired"},
		{"javax.net.ssl.SSLHandshakeException: Received fatal alert: unknown_ca", ServerLog, "log.alert_unknown_ca", v},
		{"javax.net.ssl.SSLHandshakeException: Received fatal alert: certificate_unknown", ServerLog, "log.alert_certificate_unknown", v},
		{"received fatal alert: UnknownCA", ServerLog, "log.alert_unknown_ca", v},
		{"AlertReceived(BadCertificate)", ServerLog, "log.alert_bad_certificate", "cert.name_mismatch"},
		{"SSL_do_handshake() failed (SSL: error:0A0000C1:SSL routines::no shared cipher) while SSL handshaking, client: 91.108.6.97", ServerLog, "log.no_common", "tls.no_common_cipher"},
		{"http: TLS handshake error from 192.0.2.9:42000: tls: first record does not look like a TLS handshake", ServerLog, "log.not_tls_client", ""},
		{"[error] 7#7: *3 connect() failed (111: Connection refused) while connecting to upstream, client: 91.108.6.97", ServerLog, "log.upstream", "http.bad_gateway"},
		{`91.108.6.97 - - [24/Nov/2026:03:00:00 +0000] "POST /hook HTTP/1.1" 404 153 "-" "-"`, ServerLog, "delivery.not_found", "http.not_found"},
		{`91.108.6.97 - - [24/Nov/2026:03:00:00 +0000] "POST /hook HTTP/1.1" 200 2 "-" "-"`, ServerLog, "delivery.delivered", ""},
		{"requests.exceptions.SSLError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1007)", ServerLog, "log.outbound_verify", ""},
		{"sun.security.validator.ValidatorException: PKIX path building failed: unable to find valid certification path", ServerLog, "log.outbound_verify", ""},

		{"remote error: tls: error decrypting message", ServerLog, "log.alert_decrypt_error", "chain.bad_signature"},
		{"remote error: tls: protocol version not supported", ServerLog, "log.alert_protocol_version", "tls.version_too_old"},
		{"javax.net.ssl.SSLHandshakeException: Received fatal alert: handshake_failure", ServerLog, "log.alert_handshake_failure", "tls.no_common_cipher"},
		{"tlsv1 alert insufficient security:SSL alert number 71", ServerLog, "log.alert_insufficient_security", "tls.dh_too_small"},

		// Tools.
		{"curl: (60) SSL certificate problem: unable to get local issuer certificate", ToolOutput, "tool.no_issuer", v},
		{"Verify return code: 21 (unable to verify the first certificate)", ToolOutput, "tool.no_issuer", v},
		{"verify error:num=18:self-signed certificate", ToolOutput, "tool.self_signed", "cert.self_signed"},

		{"curl: (60) SSL certificate problem: certificate has expired", ToolOutput, "tool.expired", "cert.expired"},
		{"curl: (60) SSL: no alternative certificate subject name matches target host name 'bot.example.org'", ToolOutput, "tool.name", "cert.name_mismatch"},

		// What is none of it.
		{"the bot is broken", Unknown, "", ""},
		{"{}", Unknown, "", ""},
		{`{"ok":true,"result":[]}`, Unknown, "", ""},
		{"bot.example.org:8443", Unknown, "", ""},
		{" \n\t\ufeff", Empty, "", ""},
		{"", Empty, "", ""},
	} {
		a := decode(tc.text)
		if a.Kind != tc.kind {
			t.Errorf("%q is %s, want %s", tc.text, a.Kind, tc.kind)
		}
		if tc.id == "" {
			if len(a.Meanings) > 0 || a.Recognised() || a.Hint.EN == "" || a.Hint.RU == "" {
				t.Errorf("%q: meanings %v, hint %q", tc.text, a.Meanings, a.Hint)
			}
			continue
		}
		if len(a.Meanings) != 1 || a.Meanings[0].ID != tc.id {
			t.Errorf("%q means %v, want %s", tc.text, meaningIDs(a.Meanings), tc.id)
			continue
		}
		seen[tc.id] = true
		first := ""
		if f := a.Meanings[0].Findings; len(f) > 0 {
			first = f[0]
		}
		if first != tc.first {
			t.Errorf("%q: first cause %q of %v, want %q", tc.text, first, a.Meanings[0].Findings, tc.first)
		}
	}
	for _, p := range allPastes() {
		seen[p.meaning] = true
	}
	for _, e := range newIndex(nil).entries {
		if !seen[e.id] {
			t.Errorf("%s: no text here leads to it", e.id)
		}
	}
	for _, a := range alerts {
		if !seen[a.id] {
			t.Errorf("%s: no line here leads to it", a.id)
		}
	}
}

func meaningIDs(ms []Meaning) []string {
	out := make([]string, len(ms))
	for i, m := range ms {
		out[i] = m.ID
	}
	return out
}

// TestAlertsNarrow: a log tells names from chains, which last_error_message
// does not.
func TestAlertsNarrow(t *testing.T) {
	a := decode("tlsv1 alert unknown ca:SSL alert number 48")
	for _, id := range []string{"cert.name_mismatch", "cert.expired", "cert.usage"} {
		if slices.Contains(a.Meanings[0].Findings, id) {
			t.Errorf("unknown_ca names %s", id)
		}
	}
	if !slices.Contains(a.Meanings[0].Findings, "chain.untrusted_root") {
		t.Error("unknown_ca does not name chain.untrusted_root")
	}
}

func TestLogPeers(t *testing.T) {
	a := decode("http: TLS handshake error from 91.108.6.97:42000: remote error: tls: bad certificate\n" +
		"http: TLS handshake error from 8.8.8.8:42000: remote error: tls: bad certificate\n" +
		"http: TLS handshake error from 10.0.0.1:42000: remote error: tls: bad certificate")
	if want := []Peer{{"91.108.6.97", true}, {"8.8.8.8", false}}; !slices.Equal(a.Peers, want) {
		t.Errorf("peers %v, want %v", a.Peers, want)
	}
	if got := meaningIDs(a.Notes); !slices.Equal(got, []string{"log.from_telegram"}) {
		t.Errorf("notes %v", got)
	}
	b := decode("http: TLS handshake error from 8.8.8.8:42000: remote error: tls: bad certificate")
	if got := meaningIDs(b.Notes); !slices.Equal(got, []string{"log.not_telegram"}) {
		t.Errorf("notes %v", got)
	}
}

// TestSecrets: nothing secret comes out again, wherever it stood.
func TestSecrets(t *testing.T) {
	const token = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
	key := "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49\n-----END PRIVATE KEY-----"
	for _, text := range []string{
		"Connection refused https://bot.example.org/bot" + token,
		`{"ok":true,"result":{"url":"https:\/\/user:hunter2@bot.example.org\/bot` + token + `","has_custom_certificate":false,"pending_update_count":0}}`,
		`{"ok":true,"result":{"url":"https://bot.example.org/` + "\\u0031" + token[1:] + `","has_custom_certificate":false,"pending_update_count":0,"last_error_message":"` + "\\u0031" + token[1:] + `","last_error_date":1}}`,
		`91.108.6.97 - - [24/Nov/2026] "POST /bot` + token + ` HTTP/1.1" 404 153`,
		`Connection refused curl -F secret_token=hunter2 "secret_token": "hunter2"`,
		"Connection refused " + key, key, "Connection refused\n" + key[:40],
	} {
		for _, l := range lang.All() {
			out := document(t, decode(text), l)
			for _, secret := range []string{"AAHdqTcvCH1v", "hunter2", "MIGHAg"} {
				if strings.Contains(out, secret) {
					t.Errorf("%q shows %s:\n%s", text, secret, out)
				}
			}
		}
	}
	if a := decode(key); a.Recognised() || a.Hint != hintKey {
		t.Errorf("a private key alone: %s, %q", a.Kind, a.Hint)
	}
}

func TestBounds(t *testing.T) {
	long := strings.Repeat("x ", MaxInput) + "Connection refused"
	if a := decode(long); !a.Cut || a.Recognised() {
		t.Errorf("cut %v, kind %s", a.Cut, a.Kind)
	}
	many := strings.Repeat("{", 50000)
	if a := decode(many); a.Recognised() {
		t.Errorf("kind %s", a.Kind)
	}
	var all strings.Builder
	for _, e := range newIndex(nil).entries {
		if len(e.any) > 0 {
			all.WriteString(e.any[0] + "\n")
		}
	}
	if a := decode(all.String()); len(a.Meanings) != maxFound {
		t.Errorf("%d meanings", len(a.Meanings))
	}
	if a := decode("Connection refused " + strings.Repeat("y", 5000)); len([]rune(a.Meanings[0].Matched)) > maxMatched {
		t.Errorf("an excerpt of %d", len(a.Meanings[0].Matched))
	}
}
