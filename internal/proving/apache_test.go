package proving

import "testing"

const apacheSite = "/etc/apache2/sites-enabled/bot.conf"

func apacheTrials(t *testing.T) []trial {
	site := func(text string) map[string]string {
		return with(with(pki(t), apacheSite, text), "/etc/apache2/conf-enabled/port.conf", "Listen 8443\nServerName localhost\n")
	}
	const pair = "SSLEngine on\n    SSLCertificateFile @CERT@/full.pem\n    SSLCertificateKeyFile @CERT@/key.pem\n"
	host := func(more string) string {
		return "<IfModule mod_ssl.c>\n<VirtualHost *:8443>\n    ServerName @HOST@\n    " + pair + more + "</VirtualHost>\n</IfModule>\n"
	}
	const shop = "<VirtualHost *:8443>\n    ServerName shop.example.net\n    SSLEngine on\n    SSLCertificateFile @CERT@/shop.pem\n    SSLCertificateKeyFile @CERT@/shop.key\n" + answer + "</VirtualHost>\n"
	leaf := "<VirtualHost *:8443>\n\tServerName @HOST@:8443\n\tSSLEngine on\n\tSSLCertificateFile \"@CERT@/leaf.pem\"\n\tSSLCertificateKeyFile @CERT@/key.pem\n" + answer + "</VirtualHost>\n"
	ssl := "a2enmod -q ssl rewrite proxy proxy_http\napachectl start"
	trials := []trial{
		{name: "short Diffie-Hellman", finding: "tls.dh_too_small", remedy: "apache.dh", start: shortDH + "cat /etc/dh.pem >> /etc/pki-test/rsa.pem\n" + ssl,
			files: site("<VirtualHost *:8443>\n    ServerName @HOST@\n    SSLEngine on\n    SSLCertificateFile @CERT@/rsa.pem\n    SSLCertificateKeyFile @CERT@/rsa.key\n    SSLProtocol TLSv1.2\n    SSLCipherSuite DHE-RSA-AES128-GCM-SHA256:@SECLEVEL=0\n" + answer + "</VirtualHost>\n")},
		{name: "PROXY protocol", finding: "tls.closed", remedy: "apache.proxy_protocol", start: "a2enmod -q remoteip\n" + ssl, files: site(host("    RemoteIPProxyProtocol On\n" + answer))},
		{name: "intermediate", finding: "chain.intermediate_missing", remedy: "apache.fullchain", files: site(leaf), start: ssl},
		{name: "intermediate in a file of its own", finding: "chain.intermediate_missing", remedy: "apache.chain_file", files: site(leaf), start: ssl},
		{name: "plain HTTP", finding: "tls.plaintext_http", remedy: "apache.ssl_engine", start: "a2enmod -q rewrite\napachectl start",
			files: issued(site("<VirtualHost *:8443>\n    ServerName @HOST@\n" + answer + "</VirtualHost>\n"))},
		{name: "old versions", finding: "tls.version_too_old", remedy: "apache.tls_versions", start: ssl,
			files: site(host("    SSLProtocol TLSv1 TLSv1.1\n    SSLCipherSuite ALL:@SECLEVEL=0\n" + answer))},
		{name: "ciphers", finding: "tls.no_common_cipher", remedy: "apache.ciphers", start: ssl,
			files: site(host("    SSLProtocol TLSv1.2\n    SSLCipherSuite ECDHE-ECDSA-ARIA256-GCM-SHA384\n" + answer))},
		{name: "client certificate", finding: "tls.client_certificate_required", remedy: "apache.client_certificate", start: ssl,
			files: site(host("    SSLCACertificateFile @CERT@/ca.pem\n    SSLVerifyClient require\n" + answer))},
		{name: "wrong site", finding: "tls.wrong_site", remedy: "apache.server_name", left: []string{"tls.default_certificate_differs"}, start: ssl, files: issued(site(shop))},
		{name: "redirect by RewriteRule", finding: "http.redirect", remedy: "apache.no_redirect", start: ssl, bot: "127.0.0.1:8080",
			files: site(host("    ProxyPass / http://127.0.0.1:8080/\n    RewriteEngine on\n    RewriteRule ^(.*)$ https://www.example.org$1 [R=301,L]\n"))},
		{name: "redirect by Redirect", finding: "http.redirect", remedy: "apache.no_redirect", start: ssl, bot: "127.0.0.1:5001",
			files: site(host("    Redirect permanent / https://www.example.org/\n"))},
		{name: "bad gateway", finding: "http.bad_gateway", remedy: "apache.upstream", start: ssl, bot: "127.0.0.1:5001",
			files: site(host("    ProxyPass / http://127.0.0.1:9/\n    ProxyPassReverse / http://127.0.0.1:9/\n"))},
		{name: "not found", finding: "http.not_found", remedy: "apache.location", start: ssl, bot: "127.0.0.1:5001",
			files: site(host("    ProxyPass /bot1 http://127.0.0.1:9/\n"))},
		{name: "forbidden", finding: "http.unauthorized", remedy: "apache.allow_telegram", start: ssl, bot: "127.0.0.1:8080",
			files: site(host("    ProxyPass /webhook http://127.0.0.1:8080/webhook\n    <Location /webhook>\n        Require ip 10.0.0.0/8\n    </Location>\n"))},
	}
	return trials
}

// answer has Apache answer 200 by itself.
const answer = "    RewriteEngine on\n    RewriteRule ^/webhook$ - [R=200]\n    ErrorDocument 200 ok\n"

func TestApacheRemedies(t *testing.T) {
	need(t, "apache2")
	proveAll(t, apacheTrials(t))
}
