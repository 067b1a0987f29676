package proving

import (
	"strings"
	"testing"
)

func haproxyTrials(t *testing.T) []trial {
	const base = "global\n    log /dev/log local0\n    stats timeout 30s\n    daemon\n@GLOBAL@\ndefaults\n    mode http\n    retries 0\n    timeout connect 2000\n    timeout client  5000\n    timeout server  5000\n\n"
	conf := func(global, rest string) map[string]string {
		return with(pki(t), "/etc/haproxy/haproxy.cfg", strings.Replace(base, "@GLOBAL@\n", global, 1)+rest)
	}
	const bot = "backend bot\n    server bot 127.0.0.1:8080\n"
	front := func(bind, more string) string {
		return "frontend web\n    bind :8443 " + bind + "\n" + more + "    default_backend bot\n\n" + bot
	}
	const tls = "ssl crt @CERT@/full+key.pem"
	trials := []trial{
		{name: "intermediate", finding: "chain.intermediate_missing", remedy: "haproxy.pem", bot: "127.0.0.1:8080", files: conf("", front("ssl crt @CERT@/leaf+key.pem alpn h2,http/1.1", ""))},
		{name: "plain HTTP", finding: "tls.plaintext_http", remedy: "haproxy.bind_ssl", bot: "127.0.0.1:8080", files: issued(conf("", front("", "")))},
		{name: "files without a final newline", finding: "tls.plaintext_http", remedy: "haproxy.bind_ssl", bot: "127.0.0.1:8080", files: ragged(issued(conf("", front("", ""))), "\n")},
		{name: "files with CRLF", finding: "tls.plaintext_http", remedy: "haproxy.bind_ssl", bot: "127.0.0.1:8080", files: ragged(issued(conf("", front("", ""))), "\r\n")},
		{name: "old versions", finding: "tls.version_too_old", remedy: "haproxy.tls_versions", bot: "127.0.0.1:8080",
			files: conf("    ssl-default-bind-options ssl-min-ver TLSv1.0 ssl-max-ver TLSv1.1\n    ssl-default-bind-ciphers ALL:@SECLEVEL=0\n", front(tls, ""))},
		{name: "old versions on the bind line", finding: "tls.version_too_old", remedy: "haproxy.tls_versions", bot: "127.0.0.1:8080",
			files: conf("", front(tls+" ssl-min-ver TLSv1.0 ssl-max-ver TLSv1.1 ciphers ALL:@SECLEVEL=0", ""))},
		{name: "ciphers", finding: "tls.no_common_cipher", remedy: "haproxy.ciphers", bot: "127.0.0.1:8080",
			files: conf("", front(tls+" ssl-max-ver TLSv1.2 ciphers ECDHE-ECDSA-ARIA256-GCM-SHA384", ""))},
		{name: "client certificate", finding: "tls.client_certificate_required", remedy: "haproxy.client_certificate", bot: "127.0.0.1:8080",
			files: conf("", front(tls+" ca-file @CERT@/ca.pem verify required", ""))},
		{name: "strict SNI", finding: "tls.name_rejected", remedy: "haproxy.crt_list", bot: "127.0.0.1:8080",
			files: issued(conf("", front("ssl crt @CERT@/shop+key.pem strict-sni", "")))},
		{name: "wrong site", finding: "tls.wrong_site", remedy: "haproxy.crt_list", left: []string{"tls.default_certificate_differs"}, bot: "127.0.0.1:8080",
			files: issued(conf("", front("ssl crt @CERT@/shop+key.pem", "")))},
		{name: "redirect", finding: "http.redirect", remedy: "haproxy.no_redirect", bot: "127.0.0.1:8080",
			files: conf("", front(tls, "    acl www hdr_beg(host) -i www.\n    redirect prefix https://www.example.org code 301 if !www\n"))},
		{name: "bad gateway", finding: "http.bad_gateway", remedy: "haproxy.upstream", bot: "127.0.0.1:5001", files: conf("", front(tls, ""))},
		{name: "not found", finding: "http.not_found", remedy: "haproxy.route", bot: "127.0.0.1:5001",
			files: conf("", "frontend web\n    bind :8443 "+tls+"\n    http-request return status 404 if { path /nothing }\n    default_backend shop\nbackend shop\n    http-request return status 404\n")},
		{name: "PROXY protocol", finding: "tcp.reset", remedy: "haproxy.proxy_protocol", bot: "127.0.0.1:8080", files: conf("", front(tls+" accept-proxy", ""))},
	}
	for i := range trials {
		trials[i].start += "haproxy -D -f /etc/haproxy/haproxy.cfg -p /run/haproxy.pid"
	}
	return trials
}

func TestHAProxyRemedies(t *testing.T) {
	need(t, "haproxy")
	proveAll(t, haproxyTrials(t))
}
