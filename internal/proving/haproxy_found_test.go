package proving

import (
	"strings"
	"testing"

	"hookcheck/internal/testpki"
)

// foundInHAProxy are configurations as people have them.
func foundInHAProxy(t *testing.T) []trial {
	const base = "global\n\tlog /dev/log\tlocal0\n\tuser haproxy\n\tgroup haproxy\n\tdaemon\n@GLOBAL@\ndefaults\n\tmode\thttp\n\tretries 0\n\ttimeout connect 2000\n\ttimeout client  5000\n\ttimeout server  5000\n\n"
	conf := func(global, rest string) map[string]string {
		return with(pki(t), "/etc/haproxy/haproxy.cfg", strings.Replace(base, "@GLOBAL@", global, 1)+rest)
	}
	front := func(bind, more string) string {
		return "frontend web\n\tbind *:8443 " + bind + "\n" + more + "\tdefault_backend bot\n\nbackend bot\n\tserver bot 127.0.0.1:8080 check\n"
	}
	const tls = "ssl crt @CERT@/full+key.pem"
	list := func(entry string) map[string]string {
		return with(conf("", front("ssl crt-list /etc/haproxy/list.txt", "")), "/etc/haproxy/list.txt", "# bots\n"+entry+"\n@CERT@/shop+key.pem shop.example.net\n")
	}
	keyFirst := conf("\tcrt-base /etc/haproxy/certs", front("ssl crt bot.pem crt shop.pem alpn h2,http/1.1", ""))
	keyFirst["/etc/haproxy/certs/bot.pem"] = keyFirst["/etc/pki-test/key.pem"] + strings.ReplaceAll(strings.TrimSpace(keyFirst["/etc/pki-test/leaf.pem"]), "\n", "\r\n")
	keyFirst["/etc/haproxy/certs/shop.pem"] = keyFirst["/etc/pki-test/shop+key.pem"]
	apart := conf("", front("ssl crt /etc/haproxy/certs/bot.pem", ""))
	apart["/etc/haproxy/certs/bot.pem"], apart["/etc/haproxy/certs/bot.pem.key"] = apart["/etc/pki-test/leaf.pem"], apart["/etc/pki-test/key.pem"]
	own := func(all map[string]string) map[string]string {
		all["/etc/haproxy/own/bot.crt"], all["/etc/haproxy/own/bot.key"] = all["/etc/pki-test/full.pem"], all["/etc/pki-test/key.pem"]
		return all
	}
	split := with(with(pki(t), "/etc/haproxy/conf.d/00-base.cfg", strings.Replace(base, "@GLOBAL@", "", 1)), "/etc/haproxy/conf.d/10-bot.cfg", front(tls+" verify required ca-file @CERT@/ca.pem", ""))
	guide := "frontend public-https\n\tbind 0.0.0.0:8443 " + tls + "\n\toption httpclose\n\tuse_backend mybot1 if { hdr_beg(Host) -i bot1.example.org }\n\tuse_backend mybot2 if { hdr_beg(Host) -i bot2.example.org }\nbackend mybot1\n\tmode http\n\tredirect scheme https if !{ ssl_fc }\n\tserver mybot1 127.0.0.1:5001 check\nbackend mybot2\n\tserver mybot2 127.0.0.1:5002\n"
	run := "haproxy -D -f /etc/haproxy/haproxy.cfg -p /run/haproxy.pid"
	crlf := conf("", front(tls+" verify required ca-file @CERT@/ca.pem", ""))
	crlf["/etc/haproxy/haproxy.cfg"] = strings.ReplaceAll(crlf["/etc/haproxy/haproxy.cfg"], "\n", "\r\n")
	trials := []trial{
		{name: "key first, a base folder, CRLF", finding: "chain.intermediate_missing", remedy: "haproxy.pem", files: keyFirst},
		{name: "key in a file of its own", finding: "chain.intermediate_missing", remedy: "haproxy.pem", files: apart},
		{name: "list of certificates", finding: "chain.intermediate_missing", remedy: "haproxy.pem", files: list("@CERT@/leaf+key.pem [alpn http/1.1] " + testpki.Host)},
		{name: "old versions in the list", finding: "tls.version_too_old", remedy: "haproxy.tls_versions", left: []string{"tls.default_certificate_differs"}, files: list("@CERT@/full+key.pem [ssl-min-ver TLSv1.0 ssl-max-ver TLSv1.1 ciphers ALL:@SECLEVEL=0] " + testpki.Host)},
		{name: "old versions forced, other options beside", finding: "tls.version_too_old", remedy: "haproxy.tls_versions",
			files: conf("\tssl-default-bind-options prefer-client-ciphers ssl-min-ver TLSv1.0 ssl-max-ver TLSv1.1 no-tls-tickets # old\n\tssl-default-bind-ciphers ALL:@SECLEVEL=0", front(tls, ""))},
		{name: "client certificate, several files", finding: "tls.client_certificate_required", remedy: "haproxy.client_certificate", files: split, start: "haproxy -D -f /etc/haproxy/conf.d -p /run/haproxy.pid"},
		{name: "client certificate, lines end as on Windows", finding: "tls.client_certificate_required", remedy: "haproxy.client_certificate", files: crlf},
		{name: "plain HTTP beside its certificate", finding: "tls.plaintext_http", remedy: "haproxy.bind_ssl", files: conf("", front("crt @CERT@/full+key.pem", ""))},
		{name: "plain HTTP in listen, a certificate somewhere", finding: "tls.plaintext_http", remedy: "haproxy.bind_ssl", files: own(conf("", "listen bot\n\tbind :8443,:8444 # public\n\tserver bot 127.0.0.1:8080\n"))},
		{name: "plain HTTP in mode tcp", finding: "tls.plaintext_http", remedy: "haproxy.bind_ssl", files: own(conf("", "frontend f\n\tmode tcp\n\tbind :8443\n\tdefault_backend b\nbackend b\n\tmode tcp\n\tserver bot 127.0.0.1:8080\n"))},
		{name: "strict SNI with a folder", finding: "tls.name_rejected", remedy: "haproxy.crt_list", alike: []string{"shop.example.net"},
			files: own(with(conf("", front("ssl crt /etc/haproxy/certs/ strict-sni", "")), "/etc/haproxy/certs/shop.pem", pki(t)["/etc/pki-test/shop+key.pem"]))},
		{name: "redirect to www with a comment", finding: "http.redirect", remedy: "haproxy.no_redirect", files: conf("", front(tls, "\tacl www hdr_beg(host) -i www.\n\tacl api path_beg /api\n\thttp-request redirect prefix https://www.example.org code 301 if !www !api || api !www # all to www\n"))},
		{name: "redirect in the backend", finding: "http.redirect", remedy: "haproxy.no_redirect", files: conf("", front(tls, "")+"\thttp-request redirect scheme https code 308 unless { hdr(x-forwarded-proto) https }\n")},
		{name: "redirect as an answer", finding: "http.redirect", remedy: "haproxy.no_redirect", files: conf("", front(tls, "\thttp-request return status 302 hdr location https://www.example.org/ unless { path_beg /x }\n\thttp-request set-header X-A b\n"))},
		{name: "bad gateway, of two bots one is gone", finding: "http.bad_gateway", remedy: "haproxy.upstream", bot: "127.0.0.1:5001",
			files: conf("", "frontend web\n\tbind :8443 "+tls+"\n\tacl hook path_beg /webhook\n\tuse_backend bot if hook\n\tdefault_backend other\nbackend bot\n\tbalance roundrobin\n\tserver a localhost:9 ssl verify none check inter 1s\nbackend other\n\tserver o 127.0.0.1:10\n")},
		{name: "one subdomain a bot, this one is missing", finding: "http.bad_gateway", remedy: "haproxy.upstream", bot: "127.0.0.1:5003", files: conf("", guide)},
		{name: "this machine alone", finding: "tcp.refused", remedy: "haproxy.listen_public", files: conf("", strings.Replace(front(tls, ""), "*:8443", "127.0.0.1:8443", 1))},
	}
	for i := range trials {
		c := &trials[i]
		if c.start == "" {
			c.start = run
		}
		if c.bot == "" {
			c.bot = "127.0.0.1:8080"
		}
	}
	return trials
}

func TestHAProxyAsFound(t *testing.T) {
	need(t, "haproxy")
	proveAll(t, foundInHAProxy(t))
}
