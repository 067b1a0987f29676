package proving

import (
	"strings"
	"testing"

	"hookcheck/internal/testpki"
)

// foundInApache are configurations as people have them.
func foundInApache(t *testing.T) []trial {
	site := func(text string) map[string]string {
		return with(with(pki(t), apacheSite, text), "/etc/apache2/conf-enabled/port.conf", "Listen 8443\nServerName localhost\n")
	}
	const pair = "SSLEngine on\n  SSLCertificateFile @CERT@/full.pem\n  SSLCertificateKeyFile @CERT@/key.pem\n"
	host := func(more string) map[string]string {
		return site("<VirtualHost *:8443>\n  ServerName @HOST@\n  " + pair + more + "</VirtualHost>\n")
	}
	const shop = "<VirtualHost *:8443>\n  ServerName shop.example.net\n  SSLEngine on\n  SSLCertificateFile @CERT@/shop.pem\n  SSLCertificateKeyFile @CERT@/shop.key\n%MORE%</VirtualHost>\n"
	live := "/etc/letsencrypt/live/" + testpki.Host
	certbot := site("<IfModule mod_ssl.c>\n<VirtualHost *:8443>\n\tServerName @HOST@\n" + answer + "\nSSLCertificateFile " + live + "/cert.pem\nSSLCertificateKeyFile " + live + "/privkey.pem\nInclude /etc/letsencrypt/options-ssl-apache.conf\n</VirtualHost>\n</IfModule>\n")
	certbot[live+"/cert.pem"], certbot[live+"/privkey.pem"], certbot[live+"/fullchain.pem"] = certbot["/etc/pki-test/leaf.pem"], certbot["/etc/pki-test/key.pem"], certbot["/etc/pki-test/full.pem"]
	certbot = with(certbot, "/etc/letsencrypt/options-ssl-apache.conf", "SSLEngine on\nSSLProtocol all -SSLv2 -SSLv3 -TLSv1 -TLSv1.1\nSSLHonorCipherOrder off\n")
	options := with(host("  Include /etc/apache2/old-tls.conf\n"+answer), "/etc/apache2/old-tls.conf", "SSLProtocol +TLSv1 +TLSv1.1 -TLSv1.2 -TLSv1.3\nSSLCipherSuite ALL:@SECLEVEL=0\n")
	crlf := host("  SSLVerifyClient require\n  SSLCACertificateFile @CERT@/ca.pem\n" + answer)
	crlf[apacheSite] = strings.ReplaceAll(crlf[apacheSite], "\n", "\r\n")
	own := func(all map[string]string) map[string]string {
		all["/etc/apache2/ssl/bot.crt"], all["/etc/apache2/ssl/bot.key"] = all["/etc/pki-test/full.pem"], all["/etc/pki-test/key.pem"]
		return all
	}
	const cgi = "mkdir -p /etc/www; printf '#!/bin/sh\\ncat >/dev/null\\necho; echo ok\\n' > /etc/www/webhook; chmod 755 /etc/www/webhook; a2enmod -q cgid; "
	const docs = "  DocumentRoot /etc/www\n  <Directory /etc/www>\n    Options +ExecCGI\n    SetHandler cgi-script\n    AllowOverride All\n    Require all granted\n  </Directory>\n"
	return []trial{
		{name: "certbot: cert.pem in place of fullchain.pem", finding: "chain.intermediate_missing", remedy: "apache.fullchain", files: certbot},
		{name: "RSA and ECDSA, and a chain file", finding: "chain.intermediate_missing", remedy: "apache.fullchain",
			files: site("Define CERTS @CERT@\n<VirtualHost _default_:8443>\n  ServerAlias *.example.org\n  SSLEngine on\n  SSLCertificateFile ${CERTS}/rsa.pem\n  SSLCertificateKeyFile ${CERTS}/rsa.key\n  #SSLCertificateFile ${CERTS}/full.pem\n  SSLCertificateFile \"${CERTS}/leaf.pem\"\n  SSLCertificateKeyFile ${CERTS}/key.pem\n" + answer + "</VirtualHost>\n")},
		{name: "old versions from an included file", finding: "tls.version_too_old", remedy: "apache.tls_versions", files: options},
		{name: "client certificate, lines end as on Windows", finding: "tls.client_certificate_required", remedy: "apache.client_certificate", files: crlf},
		{name: "plain HTTP, a certificate somewhere", finding: "tls.plaintext_http", remedy: "apache.ssl_engine", start: "a2enmod -q rewrite; apachectl start",
			files: own(site("<VirtualHost *:8443>\n  # SSLEngine on\n  ServerName @HOST@\n" + answer + "</VirtualHost>\n"))},
		{name: "TLS switched off beside its certificate", finding: "tls.plaintext_http", remedy: "apache.ssl_engine", files: site("<VirtualHost *:8443>\n  ServerName @HOST@\n  SSLEngine off\n  SSLCertificateFile @CERT@/full.pem\n  SSLCertificateKeyFile @CERT@/key.pem\n" + answer + "</VirtualHost>\n")},
		{name: "strict SNI", finding: "tls.wrong_site", remedy: "apache.server_name", left: []string{"tls.default_certificate_differs"}, bot: "127.0.0.1:5001",
			files: own(site("SSLStrictSNIVHostCheck on\n" + strings.Replace(shop, "%MORE%", "", 1)))},
		{name: "wrong site, bot not in Apache yet", finding: "tls.wrong_site", remedy: "apache.server_name", left: []string{"tls.default_certificate_differs"}, bot: "127.0.0.1:5001", alike: []string{"shop.example.net"},
			files: own(site(strings.Replace(shop, "%MORE%", "  ServerAlias x.example.net \\\n    y.example.net\n", 1)))},
		{name: "redirect in .htaccess", finding: "http.redirect", remedy: "apache.no_redirect", start: cgi + "printf 'RewriteEngine On\\nRewriteCond %%{HTTP_HOST} !^www\\nRewriteRule ^ https://www.example.org%%{REQUEST_URI} [R=301,L]\\n' > /etc/www/.htaccess\n", files: host(docs)},
		{name: "Redirect in .htaccess", finding: "http.redirect", remedy: "apache.no_redirect", start: cgi + "printf 'Redirect 301 / https://www.example.org/\\n' > /etc/www/.htaccess\n", files: host(docs)},
		{name: "RedirectMatch beside a bot of CGI", finding: "http.redirect", remedy: "apache.no_redirect", start: cgi, files: host(docs + "  RedirectMatch permanent ^/(.*)$ https://www.example.org/$1\n")},
		{name: "redirect, and a proxy of a section", finding: "http.redirect", remedy: "apache.no_redirect", bot: "127.0.0.1:8080", files: host("  <Location \"/\">\n    ProxyPass http://127.0.0.1:8080/\n  </Location>\n  RewriteEngine On\n  RewriteCond %{REQUEST_URI} !/$\n  RewriteRule ^(.*)$ $1/ [R=301,L]\n")},
		{name: "bad gateway, rule with [P]", finding: "http.bad_gateway", remedy: "apache.upstream", bot: "127.0.0.1:5001", files: host("  RewriteEngine On\n  RewriteRule ^/webhook$ http://localhost:9/webhook [P,L]\n")},
		{name: "bad gateway, balancer", finding: "http.bad_gateway", remedy: "apache.upstream", bot: "127.0.0.1:5001", start: "a2enmod -q proxy_balancer lbmethod_byrequests slotmem_shm\n", files: host("  <Proxy \"balancer://bots\">\n    BalancerMember http://127.0.0.1:9 retry=0\n  </Proxy>\n  ProxyPass / balancer://bots/\n  ProxyPassReverse / balancer://bots/\n")},
		{name: "bad gateway, proxy of a section", finding: "http.bad_gateway", remedy: "apache.upstream", bot: "127.0.0.1:5001", files: host("  ProxyPass /static !\n  <Location /webhook>\n    ProxyPass http://127.0.0.1:9/webhook\n    ProxyPassReverse http://127.0.0.1:9/webhook\n  </Location>\n")},
		{name: "not found, a section takes everything", finding: "http.not_found", remedy: "apache.location", bot: "127.0.0.1:5002", start: "python3 -c 'import http.server as h\nclass H(h.BaseHTTPRequestHandler):\n  def do_POST(s): s.send_response(404); s.end_headers()\nh.HTTPServer((\"127.0.0.1\", 5001), H).serve_forever()' >/dev/null 2>&1 &\n",
			files: host("  <Location />\n    ProxyPass http://127.0.0.1:5001/\n  </Location>\n")},
		{name: "this machine alone", finding: "tcp.refused", remedy: "apache.listen_public", files: with(with(host(answer), "/etc/apache2/conf-enabled/port.conf", "Listen 127.0.0.1:8443 https\nServerName localhost\n"), apacheSite,
			"<VirtualHost 127.0.0.1:8443>\n  ServerName @HOST@\n  "+pair+answer+"</VirtualHost>\n")},
	}
}

func TestApacheAsFound(t *testing.T) {
	need(t, "apache2")
	trials := foundInApache(t)
	for i := range trials {
		if !strings.Contains(trials[i].start, "apachectl") {
			trials[i].start += "a2enmod -q ssl rewrite proxy proxy_http\napachectl start"
		}
	}
	proveAll(t, trials)
}
