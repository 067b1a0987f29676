package remedy

import (
	"strings"

	"hookcheck/internal/lang"
)

const (
	apacheApply = "apachectl configtest\napachectl graceful\n"
	apacheUndo  = "conf=/etc/apache2\n[ -d \"$conf\" ] || conf=/etc/httpd\ncp -aT \"$conf.before-hookcheck\" \"$conf\"\n" + apacheApply
)

// apacheConfig is directives for the virtual host of this name. replaced names
// the directives that give way.
func apacheConfig(p *Params, id string, title lang.Text, replaced, body string) Remedy {
	return Remedy{
		ID: id, Platform: Apache, Kind: Config, Title: title,
		Where: fillText(text(
			"keep a copy first: `cp -aTn /etc/apache2 /etc/apache2.before-hookcheck` (RHEL: /etc/httpd). Then, in the `<VirtualHost *:@PORT@>` of @HOST@ (`apachectl -S` shows the file), in place of: @OLD@",
			"сначала сохраните копию: `cp -aTn /etc/apache2 /etc/apache2.before-hookcheck` (RHEL: /etc/httpd). Затем в `<VirtualHost *:@PORT@>` для @HOST@ (файл покажет `apachectl -S`) вместо: @OLD@"),
			"@HOST@", p.host(), "@PORT@", p.port(), "@OLD@", replaced),
		Body: lang.Both(body), Apply: apacheApply, Undo: apacheUndo,
	}
}

// apacheModules enables modules where Debian's tool for it exists.
func apacheModules(names string) string {
	return "if command -v a2enmod >/dev/null; then a2enmod -q " + names + "; fi\n"
}

// ApacheFullchain points Apache 2.4.8 and newer to the whole chain.
func ApacheFullchain(p *Params) Remedy {
	r := apacheConfig(p, "apache.fullchain",
		text("Apache 2.4.8 and newer: the whole chain in `SSLCertificateFile`", "Apache 2.4.8 и новее: вся цепочка в `SSLCertificateFile`"),
		"`SSLCertificateFile`; take `SSLCertificateChainFile` out",
		"SSLCertificateFile "+apacheArgument(p.chainFile())+"\n")
	r.Apply = p.writeBundle() + apacheApply
	return r
}

// ApacheChainFile is the form that Apache before 2.4.8 needs: intermediates in
// a file of their own.
func ApacheChainFile(p *Params) Remedy {
	file := p.file("-chain.pem")
	if strings.Contains(p.chainFile(), "/letsencrypt/") {
		file = p.live() + "/chain.pem"
	}
	r := apacheConfig(p, "apache.chain_file",
		text("Apache before 2.4.8: the intermediates in `SSLCertificateChainFile`", "Apache до 2.4.8: промежуточные сертификаты в `SSLCertificateChainFile`"),
		"`SSLCertificateChainFile`", "SSLCertificateChainFile "+apacheArgument(file)+"\n")
	if certs := certificates(p.BundlePEM); len(certs) > 1 {
		r.Apply = writePEM(file, certs[1:]) + apacheApply
	}
	return r
}

// ApacheSSLEngine turns TLS on.
func ApacheSSLEngine(p *Params) Remedy {
	r := apacheConfig(p, "apache.ssl_engine",
		text("Apache: `SSLEngine on`", "Apache: `SSLEngine on`"),
		"`SSLEngine`, `SSLCertificateFile`, `SSLCertificateKeyFile`",
		fill("SSLEngine on\nSSLCertificateFile @DIR@/fullchain.pem\nSSLCertificateKeyFile @DIR@/privkey.pem\n", "@DIR@", p.live()))
	r.Apply = apacheModules("ssl") + apacheApply
	return r
}

// ApacheVersions offers TLS 1.2 and 1.3.
func ApacheVersions(p *Params) Remedy {
	return apacheConfig(p, "apache.tls_versions",
		text("Apache: TLS 1.2 and 1.3 (also in mods-enabled/ssl.conf, where an older line stands)", "Apache: TLS 1.2 и 1.3 (и в mods-enabled/ssl.conf, если там старая строка)"),
		"`SSLProtocol`", "SSLProtocol -all +TLSv1.2 +TLSv1.3\n")
}

// ApacheCiphers sets the Mozilla intermediate suites.
func ApacheCiphers(p *Params) Remedy {
	return apacheConfig(p, "apache.ciphers",
		text("Apache: suites and curves that every current client shares", "Apache: наборы шифров и кривые, которые есть у каждого современного клиента"),
		"`SSLCipherSuite`, `SSLProtocol`, `SSLHonorCipherOrder`, `SSLOpenSSLConfCmd Curves`",
		"SSLProtocol -all +TLSv1.2 +TLSv1.3\nSSLCipherSuite "+suites+"\nSSLOpenSSLConfCmd Curves X25519:prime256v1:secp384r1\nSSLHonorCipherOrder off\n")
}

// ApacheDH leaves finite-field Diffie-Hellman out.
func ApacheDH(p *Params) Remedy {
	return apacheConfig(p, "apache.dh",
		text("Apache: ECDHE in place of the short Diffie-Hellman parameters", "Apache: ECDHE вместо коротких параметров Диффи — Хеллмана"),
		"`SSLCipherSuite`, `SSLOpenSSLConfCmd DHParameters` (take that line out)", "SSLCipherSuite "+ecdheSuites+"\n")
}

// ApacheClientCert stops asking for client certificates.
func ApacheClientCert(p *Params) Remedy {
	path, _ := p.servedPath()
	return apacheConfig(p, "apache.client_certificate",
		text("Apache: no client certificate demanded; `SSLVerifyClient require` may stay in the `<Location>` of other paths, not in that of "+prose(path),
			"Apache: не требовать клиентский сертификат; `SSLVerifyClient require` можно оставить в `<Location>` других путей, но не "+prose(path)),
		"`SSLVerifyClient`", "SSLVerifyClient none\n")
}

// ApacheServerName makes the site answer for this name.
func ApacheServerName(p *Params) Remedy {
	return apacheConfig(p, "apache.server_name",
		text("Apache: the site answers for this name", "Apache: сайт отвечает на это имя"),
		"`ServerName` (or add the name as `ServerAlias`), `SSLCertificateFile`, `SSLCertificateKeyFile`; the certificate must cover the name",
		fill("ServerName @HOST@\nSSLCertificateFile @DIR@/fullchain.pem\nSSLCertificateKeyFile @DIR@/privkey.pem\n",
			"@HOST@", apacheArgument(p.urlHost()), "@DIR@", p.live()))
}

// ApacheProxyProtocol stops waiting for a PROXY line.
func ApacheProxyProtocol(p *Params) Remedy {
	return apacheConfig(p, "apache.proxy_protocol",
		text("Apache: no PROXY protocol where clients connect directly", "Apache: без протокола PROXY там, где клиенты подключаются напрямую"),
		"`RemoteIPProxyProtocol`", "RemoteIPProxyProtocol Off\n")
}
