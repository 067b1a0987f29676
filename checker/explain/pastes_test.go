package explain

import (
	"slices"
	"strings"
	"testing"
)

// paste is a text as people bring it: an exception of a library, a line of a
// log, a few lines of a terminal. meaning is what it has to be read as, cause
// a finding that must be named for it.
type paste struct{ text, meaning, cause string }

// TestPastes: whatever stands around it, a text gets its meaning, and that one
// first.
func TestPastes(t *testing.T) {
	all := allPastes()
	if len(all) < 100 {
		t.Errorf("only %d pastes", len(all))
	}
	for _, p := range all {
		a := decode(p.text)
		if len(a.Meanings) == 0 || a.Meanings[0].ID != p.meaning {
			t.Errorf("%q\n\tis %s and means %v, want %s", p.text, a.Kind, meaningIDs(a.Meanings), p.meaning)
			continue
		}
		if p.cause != "" && !slices.Contains(a.Meanings[0].Findings, p.cause) {
			t.Errorf("%q: %s does not name %s: %v", p.text, p.meaning, p.cause, a.Meanings[0].Findings)
		}
	}
}

func allPastes() []paste {
	return slices.Concat(libraryPastes, apiPastes, logPastes, proxyPastes, toolPastes, infoPastes)
}

// TestPastesAmongText: the same among other lines, as in a question to a forum.
func TestPastesAmongText(t *testing.T) {
	for _, p := range slices.Concat(libraryPastes, apiPastes, proxyPastes) {
		if strings.Contains(p.text, "\n") {
			continue
		}
		a := decode("Hello, my bot is silent since yesterday.\n\n```\n" + p.text + "\n```\nWhat does it want? Restarting does not help.")
		if len(a.Meanings) == 0 || a.Meanings[0].ID != p.meaning {
			t.Errorf("%q\n\tamong text means %v, want %s", p.text, meaningIDs(a.Meanings), p.meaning)
		}
	}
}

const verifyFailed, missing = "delivery.verify_failed", "chain.intermediate_missing"

// libraryPastes are what setWebhook answers, in the words of libraries.
var libraryPastes = []paste{
	{"telegram.error.BadRequest: Bad webhook: failed to resolve host: name or service not known", "set.unresolvable", "dns.unresolvable"},
	{"telegram.error.BadRequest: Bad webhook: getaddrinfo: Name or service not known", "set.unresolvable", "dns.unresolvable"},
	{"2024-05-16T01:10:59 app[web.1]: telegram.error.BadRequest: Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443", "set.port", "url.port_unsupported"},
	{"aiogram.exceptions.TelegramBadRequest: Telegram server says - Bad Request: bad webhook: An HTTPS URL must be provided for webhook", "set.not_https", "url.not_https"},
	{"aiogram.exceptions.TelegramBadRequest: Telegram server says - Bad Request: secret token contains unallowed characters", "set.secret_token", ""},
	{"GrammyError: Call to 'setWebhook' failed! (400: Bad Request: bad webhook: IP address 10.0.0.4 is reserved)", "set.reserved", "dns.reserved_address"},
	{"TelegramError: 400: Bad Request: bad webhook: IPv6-only addresses are not allowed", "set.ipv6_only", "dns.ipv6_only"},
	{"Error: ETELEGRAM: 400 Bad Request: bad webhook: HTTPS url must be provided for webhook", "set.not_https", "url.not_https"},
	{"telebot.apihelper.ApiTelegramException: A request to the Telegram API was unsuccessful. Error code: 400. Description: Bad Request: bad webhook: Failed to resolve host: No address associated with hostname", "set.unresolvable", "dns.unresolvable"},
	{"PHP Fatal error:  Uncaught TelegramBot\\Api\\HttpException: Bad Request: can't parse URL in /var/www/bot/index.php:266", "set.invalid_url", ""},
	{"Telegram\\Bot\\Exceptions\\TelegramSDKException: Invalid URL, should be a HTTPS url.", "set.not_https", "url.not_https"},
	{"DefStudio\\Telegraph\\Exceptions\\TelegramWebhookException: You application must have a secure (https) url in order to accept webhook calls", "set.not_https", "url.not_https"},
	{"Telegram.Bot.Exceptions.ApiRequestException: Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443", "set.port", "url.port_unsupported"},
	{"Telegram::Bot::Exceptions::ResponseError: Telegram API has returned the error. (ok: false, error_code: 400, description: \"Bad Request: bad webhook: Failed to resolve host: Name or service not known\")", "set.unresolvable", "dns.unresolvable"},
	{`org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException: Error setting webhook: [400] Bad Request: bad webhook: Failed to set custom certificate file`, "delivery.upload_refused", "upload.not_pem"},
	{`{"ok":false,"error_code":400,"description":"[Error]: Bad Request: bad webhook: IP address 127.0.0.1 is reserved"}`, "set.reserved", "dns.reserved_address"},
	{"array(3) {\n  [\"ok\"]=>\n  bool(true)\n  [\"description\"]=>\n  string(15) \"Webhook was set\"\n}", "set.was_set", ""},
	{"telegram.error.RetryAfter: Flood control exceeded. Retry in 1 seconds", "api.too_many_requests", ""},
	{"TelegramRetryAfter: Telegram server says - Flood control exceeded on method 'SetWebhook'. Retry in 1 seconds.\nOriginal description: Too Many Requests: retry after 1", "api.too_many_requests", ""},
	{"tgbotapi: setWebhook: Too Many Requests: retry after 3", "api.too_many_requests", ""},
	{"telego: api response setWebhook: Ok: false, Err: [400 \"Bad Request: bad webhook: Failed to resolve host: Temporary failure in name resolution\"]", "set.lookup_failed", "dns.lookup_failed"},
}

// apiPastes are conflicts, tokens and the bot's own way to Telegram.
var apiPastes = []paste{
	{"telegram.error.Conflict: Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", "updates.other_poller", ""},
	{`error: [polling_error] {"code":"ETELEGRAM","message":"ETELEGRAM: 409 Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"}`, "updates.other_poller", ""},
	{"{ Error: ETELEGRAM: 409 Conflict: terminated by other long poll or webhook", "updates.other_poller", ""},
	{`ERROR - TeleBot: "A request to the Telegram API was unsuccessful. Error code: 409. Description: Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"`, "updates.webhook_active", ""},
	{"aiogram.exceptions.TelegramConflictError: Telegram server says - Conflict: terminated by setWebhook request", "updates.set_webhook", ""},
	{"GrammyError: Call to 'getUpdates' failed! (409: Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first)", "updates.webhook_active", ""},
	{`HTTP Request: POST https://api.telegram.org/bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1/getUpdates "HTTP/1.1 409 Conflict"`, "updates.conflict", ""},
	{"telegram.error.InvalidToken: The token `123` was rejected by the server.", "api.unauthorized", ""},
	{"aiogram.exceptions.TelegramUnauthorizedError: Telegram server says - Unauthorized", "api.unauthorized", ""},
	{"ETELEGRAM: 401 Unauthorized", "api.unauthorized", ""},
	{"Error code: 401. Description: Unauthorized", "api.unauthorized", ""},
	{"aiogram.utils.token.TokenValidationError: Token is invalid!", "api.unauthorized", ""},
	{"TelegramError: 404: Not Found", "api.not_found", ""},
	{"A request to the Telegram API was unsuccessful. Error code: 404. Description: Not Found", "api.not_found", ""},
	{"telebot.apihelper.ApiTelegramException: A request to the Telegram API was unsuccessful. Error code: 502. Description: Bad Gateway", "api.server_trouble", ""},
	{"telegram.error.NetworkError: Bad Gateway", "api.server_trouble", ""},
	{"requests.exceptions.ConnectionError: HTTPSConnectionPool(host='api.telegram.org', port=443): Max retries exceeded with url: /bot/getMe (Caused by NewConnectionError('Connection refused'))", "log.outbound_connect", ""},
	{"TelegramNetworkError: HTTP Client says - ClientConnectorError: Cannot connect to host api.telegram.org:443 ssl:default [Connection reset by peer]", "log.outbound_connect", ""},
	{"error: [polling_error] EFATAL: Error: connect ETIMEDOUT 149.154.167.220:443", "log.outbound_connect", ""},
	{"cURL error 28: Connection timed out after 10001 milliseconds for https://api.telegram.org/bot/setWebhook", "log.outbound_connect", ""},
	{"HttpError: Network request for 'setWebhook' failed!", "log.outbound_connect", ""},
	{"telegram.error.TimedOut: Timed out", "log.outbound_connect", ""},
	{"cURL error 60: SSL certificate problem: unable to get local issuer certificate for https://api.telegram.org/bot/setWebhook", "log.outbound_verify", ""},
	{"FetchError: request to https://api.telegram.org/bot/getMe failed, reason: self signed certificate in certificate chain", "log.outbound_verify", ""},
	{"ssl.SSLCertVerificationError: [SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: Hostname mismatch, certificate is not valid for 'api.telegram.org'. (_ssl.c:1007)", "log.outbound_verify", ""},
}

// logPastes are what the bot's server wrote about Telegram's client.
var logPastes = []paste{
	{"2023-02-20 02:04:42,125 - tornado.general - WARNING - SSL Error on 8 ('91.108.6.88', 39870): [SSL: TLSV1_ALERT_UNKNOWN_CA] tlsv1 alert unknown ca (_ssl.c:997)", "log.alert_unknown_ca", missing},
	{"ssl.SSLError: [SSL: SSL/TLS_ALERT_BAD_CERTIFICATE] ssl/tls alert bad certificate (_ssl.c:2578)", "log.alert_bad_certificate", "cert.name_mismatch"},
	{"Error: write EPROTO 140735:error:14094418:SSL routines:ssl3_read_bytes:tlsv1 alert unknown ca:../deps/openssl/ssl/s3_pkt.c:1498:SSL alert number 48", "log.alert_unknown_ca", missing},
	{"code: 'ERR_SSL_SSLV3_ALERT_CERTIFICATE_EXPIRED', reason: 'sslv3 alert certificate expired'", "log.alert_certificate_expired", "cert.expired"},
	{"io.netty.handler.codec.DecoderException: javax.net.ssl.SSLHandshakeException: Received fatal alert: bad_certificate", "log.alert_bad_certificate", "cert.name_mismatch"},
	{"[ssl:info] [pid 812] [client 91.108.6.97:34250] AH02008: SSL library error 1 in handshake (server bot.example.org:443)\n[ssl:info] [pid 812] SSL Library Error: error:0A000418:SSL routines::tlsv1 alert unknown ca (SSL alert number 48)", "log.alert_unknown_ca", missing},
	{"(mod_openssl.c.3489) SSL: 1 error:0A000412:SSL routines::ssl/tls alert bad certificate (91.108.6.97)", "log.alert_bad_certificate", "cert.name_mismatch"},
	{`time="2026-11-24T03:00:00Z" level=debug msg="http: TLS handshake error from 91.108.6.97:42000: remote error: tls: unknown certificate authority"`, "log.alert_unknown_ca", missing},
	{`{"level":"debug","ts":1795480000.1,"logger":"http.stdlib","msg":"http: TLS handshake error from 149.154.167.220:52000: remote error: tls: bad certificate"}`, "log.alert_bad_certificate", "cert.name_mismatch"},
	{"A fatal alert was received from the remote endpoint. The TLS protocol defined fatal alert code is 48.", "log.alert_unknown_ca", missing},
	{"System.Security.Authentication.AuthenticationException: Authentication failed because the remote party sent a TLS alert: 'UnknownCA'.", "log.alert_unknown_ca", missing},
	{"[notice] TLS :server: In state :wait_finished received CLIENT ALERT: Fatal - Unknown CA", "log.alert_unknown_ca", missing},
	{"actix_http: TLS error: received fatal alert: CertificateExpired", "log.alert_certificate_expired", "cert.expired"},
	{"stunnel: LOG3[12]: SSL_accept: ../ssl/record/rec_layer_s3.c:1605: error:0A000415:SSL routines::sslv3 alert certificate expired", "log.alert_certificate_expired", "cert.expired"},
	{"haproxy[812]: 91.108.6.97:54311 [24/Nov/2026:10:00:00.123] fe_tg/1: SSL handshake failure (error:0A000418:SSL routines::tlsv1 alert unknown ca)", "log.alert_unknown_ca", missing},
	{`2026/11/24 10:00:00 [info] 9#9: *3 SSL_do_handshake() failed (SSL: error:14209102:SSL routines:tls_early_post_process_client_hello:unsupported protocol) while SSL handshaking, client: 91.108.6.97, server: 0.0.0.0:8443`, "log.no_common", "tls.version_too_old"},
	{"SSL_do_handshake() failed (SSL: error:0A0000BF:SSL routines::no protocols available) while SSL handshaking", "log.no_common", "tls.version_too_old"},
	{"javax.net.ssl.SSLHandshakeException: no cipher suites in common", "log.no_common", "tls.no_common_cipher"},
	{`91.108.6.97 - - [24/Nov/2026:10:00:00 +0000] "\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03" 400 157 "-" "-"`, "log.tls_to_plain", "tls.plaintext_http"},
	{"aiohttp.http_exceptions.BadStatusLine: 400, message=\"Bad status line 'Invalid method encountered'\"", "log.tls_to_plain", "tls.plaintext_http"},
	{"You're accessing the development server over HTTPS, but it only supports HTTP.", "log.tls_to_plain", "tls.plaintext_http"},
	{`code 400, message Bad request version ('À\x13À')`, "log.tls_to_plain", "tls.plaintext_http"},
	{"WARNING:  Invalid HTTP request received.", "log.tls_to_plain", "tls.plaintext_http"},
	{"[Tue Nov 24 10:00:00 2026] 91.108.6.97:4312 Invalid request (Unsupported SSL request)", "log.tls_to_plain", "tls.plaintext_http"},
	{"java.lang.IllegalArgumentException: Invalid character found in method name [0x160x030x01]. HTTP method names must be tokens", "log.tls_to_plain", "tls.plaintext_http"},
	{"Error: listen EADDRINUSE: address already in use 0.0.0.0:8443", "log.port_taken", "tcp.refused"},
	{"OSError: [Errno 98] Address already in use", "log.port_taken", "tcp.refused"},
	{"nginx: [emerg] bind() to 0.0.0.0:443 failed (98: Address already in use)", "log.port_taken", "tcp.refused"},
	{"Error: listen EACCES: permission denied 0.0.0.0:443", "log.port_taken", "tcp.refused"},
	{"ssl.SSLError: [SSL] PEM lib (_ssl.c:3845)", "log.cannot_load", ""},
	{`nginx: [emerg] cannot load certificate key "/etc/ssl/bot.key": PEM_read_bio_PrivateKey() failed`, "log.cannot_load", ""},
	{`nginx: [emerg] SSL_CTX_use_PrivateKey("/etc/ssl/bot.key") failed (SSL: error:05800074:x509 certificate routines::key values mismatch)`, "log.cannot_load", ""},
	{"telegram.error.TelegramError: Invalid SSL Certificate", "log.cannot_load", ""},
	{"AH02565: Certificate and private key bot.example.org:443:0 from /etc/ssl/bot.pem and /etc/ssl/bot.key do not match", "log.cannot_load", ""},
	{`nginx: [warn] "ssl_stapling" ignored, issuer certificate not found for certificate "/etc/ssl/bot.pem"`, "log.no_issuer", missing},
	{"kernel: [UFW BLOCK] IN=eth0 OUT= MAC=aa SRC=91.108.6.97 DST=198.51.100.7 LEN=60 PROTO=TCP SPT=40312 DPT=8443 SYN", "log.firewall", "tcp.timeout"},
	{"fail2ban.actions [811]: NOTICE [nginx-limit-req] Ban 91.108.6.97", "log.banned", "tcp.reset"},
	{"WARNING django.security.csrf Forbidden (CSRF cookie not set.): /hook", "log.csrf", "http.unauthorized"},
}

// proxyPastes are the answers that proxies and frameworks logged.
var proxyPastes = []paste{
	{`at=error code=H10 desc="App crashed" method=POST path="/hook" host=bot.example.org fwd="91.108.6.97" dyno= connect= service= status=503 bytes=`, "delivery.bad_gateway", "http.bad_gateway"},
	{`at=error code=H12 desc="Request timeout" method=POST path="/hook" host=bot.example.org fwd="91.108.6.97" dyno=web.1 service=30000ms status=503`, "delivery.bad_gateway", "http.bad_gateway"},
	{`haproxy[812]: 91.108.6.97:54311 [24/Nov/2026:10:00:00.123] fe_tg bk_bot/<NOSRV> 0/-1/-1/-1/0 503 217 - - SC-- 1/1/0/0/0 0/0 "POST /hook HTTP/1.1"`, "delivery.bad_gateway", "http.bad_gateway"},
	{`INFO:     149.154.167.220:0 - "POST /webhook HTTP/1.1" 404 Not Found`, "delivery.not_found", "http.not_found"},
	{"POST /hook 405 3.123 ms - 148", "delivery.method_not_allowed", "http.method_not_allowed"},
	{`[24/Nov/2026 10:00:00] "POST /hook HTTP/1.1" 301 0`, "delivery.redirect", "http.redirect"},
	{`{"level":"error","logger":"http.log.access","request":{"remote_ip":"91.108.6.97","proto":"HTTP/1.1","method":"POST","host":"bot.example.org","uri":"/hook"},"status":502}`, "delivery.bad_gateway", "http.bad_gateway"},
	{`[GIN] 2026/11/24 - 10:00:00 | 404 |     850ns |   149.154.167.220 | POST     "/hook"`, "delivery.not_found", "http.not_found"},
	{"2026/11/24 10:00:00 [error] 9#9: *7 connect() failed (111: Connection refused) while connecting to upstream, client: 91.108.6.97, server: bot.example.org, request: \"POST /hook HTTP/1.1\", upstream: \"http://127.0.0.1:5000/hook\", host: \"bot.example.org\"", "log.upstream", "http.bad_gateway"},
	{`[error] 9#9: *7 bot could not be resolved (3: Host not found), client: 91.108.6.97, server: bot.example.org`, "log.upstream", "http.bad_gateway"},
	{"nginx: [emerg] host not found in upstream \"bot\" in /etc/nginx/conf.d/default.conf:9", "log.upstream", "http.bad_gateway"},
	{`level=debug msg="'502 Bad Gateway' caused by: dial tcp 172.18.0.3:8080: connect: connection refused"`, "log.upstream", "http.bad_gateway"},
	{`{"level":"error","logger":"http.log.error","msg":"dial tcp [::1]:8080: connect: connection refused","status":502}`, "log.upstream", "http.bad_gateway"},
	{"AH00957: HTTP: attempt to connect to 127.0.0.1:8081 (127.0.0.1) failed", "log.upstream", "http.bad_gateway"},
	{"Server bk_bot/bot1 is DOWN, reason: Layer4 connection problem, info: \"Connection refused\"", "log.upstream", "http.bad_gateway"},
	{"proxy bk_bot has no server available!", "log.upstream", "http.bad_gateway"},
	{`[error] 9#9: *8 upstream SSL certificate verify error: (20:unable to get local issuer certificate) while SSL handshaking to upstream`, "log.upstream", "http.bad_gateway"},
	{"Wrong response from the webhook: 419 unknown status", "delivery.csrf", "http.client_error"},
	{"getWebhookinfo显示 Wrong response from the webhook: 403 ModSecurity Action 请问", "delivery.unauthorized", "http.unauthorized"},
	{"Помогите: Wrong response from the webhook: 530 <none>", "delivery.bad_gateway", "http.bad_gateway"},
}

// toolPastes are what people see who try it by hand.
var toolPastes = []paste{
	{"curl: (7) Failed to connect to bot.example.org port 8443 after 12 ms: Couldn't connect to server", "delivery.refused", "tcp.refused"},
	{"curl: (28) Failed to connect to bot.example.org port 8443 after 130000 ms: Connection timed out", "delivery.timed_out", "tcp.timeout"},
	{"curl: (6) Could not resolve host: bot.example.org", "set.unresolvable", "dns.unresolvable"},
	{"curl: (52) Empty reply from server", "delivery.closed", "http.closed"},
	{"curl: (35) error:1408F10B:SSL routines:ssl3_get_record:wrong version number", "delivery.wrong_version_number", "tls.plaintext_http"},
	{"curl: (35) OpenSSL/3.0.15: error:0A000410:SSL routines::sslv3 alert handshake failure", "delivery.handshake_failure", "tls.no_common_cipher"},
	{"curl: (60) SSL: certificate subject name 'example.net' does not match target host name 'bot.example.org'", "tool.name", "cert.name_mismatch"},
	{"curl: (35) OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to bot.example.org:443", "delivery.tls_closed", "tls.closed"},
	{"depth=0 CN = bot.example.org\nverify error:num=20:unable to get local issuer certificate\nVerify return code: 21 (unable to verify the first certificate)", "tool.no_issuer", missing},
	{"Verify return code: 10 (certificate has expired)", "tool.expired", "cert.expired"},
	{"wget: Unable to establish SSL connection.\nOpenSSL: error:0A00010B:SSL routines::wrong version number", "delivery.wrong_version_number", "tls.plaintext_http"},
	{"ERROR: The certificate of 'bot.example.org' is not trusted.\nERROR: The certificate of 'bot.example.org' doesn't have a known issuer.", "tool.no_issuer", missing},
	{"SSL handshake has read 3312 bytes and written 401 bytes\nVerification: OK\nVerify return code: 0 (ok)", "tool.verified", ""},
	{"NET::ERR_CERT_AUTHORITY_INVALID", "tool.authority", "cert.self_signed"},
	{"net::ERR_CERT_COMMON_NAME_INVALID", "tool.name", "cert.name_mismatch"},
	{"NET::ERR_CERT_DATE_INVALID", "tool.expired", "cert.expired"},
	{"This site can't provide a secure connection. ERR_SSL_PROTOCOL_ERROR", "delivery.wrong_version_number", "tls.plaintext_http"},
	{"SSL_ERROR_RX_RECORD_TOO_LONG", "delivery.wrong_version_number", "tls.plaintext_http"},
	{"Error code: SEC_ERROR_UNKNOWN_ISSUER", "tool.authority", missing},
	{"MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT", "tool.self_signed", "cert.self_signed"},
	{"ERR_CONNECTION_REFUSED", "delivery.refused", "tcp.refused"},
	{"ERR_CONNECTION_TIMED_OUT", "delivery.timed_out", "tcp.timeout"},
	{"DNS_PROBE_FINISHED_NXDOMAIN", "set.unresolvable", "dns.unresolvable"},
	{"ERR_TOO_MANY_REDIRECTS", "delivery.redirect", "http.redirect"},
	{"400 Bad Request: No required SSL certificate was sent", "delivery.client_certificate", "tls.client_certificate_required"},
}

// infoPastes are answers of getWebhookInfo in the forms that programs print.
var infoPastes = []paste{
	{`"ok":true,"result":{"url":"https://bot.example.org/hook","has_custom_certificate":true,"pending_update_count":2,"last_error_date":1680013752,"last_error_message":"SSL error {error:0A000086:SSL routines::certificate verify failed}","max_connections":40}}`, verifyFailed, "upload.not_needed"},
	{"=> {\n \"ok\" => true,\n \"result\" => {\n \"url\" => \"https://192.0.2.7/telegram/x\",\n \"has_custom_certificate\" => true,\n \"pending_update_count\" => 6,\n \"last_error_date\" => 1507620861,\n \"last_error_message\" => \"SSL error {337047686, error:1416F086:SSL routines:tls_process_server_certificate:certificate verify failed}\"\n }\n}", verifyFailed, "upload.different_certificate"},
	{"DEBUG telegram webhook status: {'pending_update_count': 15, 'last_error_date': 1492136241, 'last_error_message': 'Connection refused', 'has_custom_certificate': False, 'url': 'https://bot.example.org:8443/api'}", "delivery.refused", "tcp.refused"},
	{"url='https://bot.example.org/hook' has_custom_certificate=False pending_update_count=3 ip_address='198.51.100.7' last_error_date=datetime.datetime(2026, 11, 24, 11, 58, 3, tzinfo=TzInfo(UTC)) last_error_message='Wrong response from the webhook: 502 Bad Gateway' max_connections=40 allowed_updates=None", "delivery.bad_gateway", "http.bad_gateway"},
	{"Array\n(\n    [url] => https://bot.example.org/hook.php\n    [has_custom_certificate] => \n    [pending_update_count] => 2\n    [last_error_date] => 1795521500\n    [last_error_message] => Read timeout expired\n    [max_connections] => 40\n)", "delivery.read_timeout", "http.timeout"},
	{`{"Url":"https://bot.example.org/hook","HasCustomCertificate":false,"PendingUpdateCount":4,"LastErrorDate":"2026-11-24T11:59:00Z","LastErrorMessage":"Connection timed out","MaxConnections":40}`, "delivery.timed_out", "tcp.timeout"},
	{"WebhookInfo(url=https://bot.example.org/hook, hasCustomCertificate=false, pendingUpdatesCount=1, lastErrorDate=1795521500, lastErrorMessage=Wrong response from the webhook: 404 Not Found, maxConnections=40, allowedUpdates=null)", "delivery.not_found", "http.not_found"},
	{"{URL:https://bot.example.org/hook HasCustomCertificate:false PendingUpdateCount:7 IPAddress:198.51.100.7 LastErrorDate:1795521500 LastErrorMessage:SSL error {error:0A000086:SSL routines::certificate verify failed} MaxConnections:40 AllowedUpdates:[]}", verifyFailed, missing},
	{"url: https://bot.example.org/hook\nhas_custom_certificate: false\npending_update_count: 1\nlast_error_message: Connection reset by peer\nlast_error_date: 1795521500", "delivery.reset", "tcp.reset"},
	{"{\n  url: 'https://bot.example.org/hook',\n  has_custom_certificate: false,\n  pending_update_count: 9,\n  last_error_date: 1795521500,\n  last_error_message: 'Wrong response from the webhook: 500 Internal Server Error'\n}", "delivery.server_error", "http.server_error"},
	{`"last_error_message": "SSL error {error:1416F086:SSL routines:tls_process_server_certificate:certificate verify failed}"`, verifyFailed, missing},
}
