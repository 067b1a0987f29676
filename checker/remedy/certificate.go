package remedy

import (
	"encoding/base64"
	"encoding/pem"

	"hookcheck/internal/lang"
)

// The remedies here have a server use a certificate that came from a CA:
// certbot's for the host, or what was put at the host's own place.

func certificateTitle(p *Params, server string) lang.Text {
	return fillText(text("@SERVER@: then serve the new certificate: the one that its file holds by now, that of certbot, or @PEM@ and @KEY@ where you have put one",
		"@SERVER@: затем отдавать новый сертификат: тот, что уже лежит в его файле, от certbot или @PEM@ и @KEY@, если вы его туда положили"),
		"@SERVER@", server, "@PEM@", p.file(".pem"), "@KEY@", p.file(".key"))
}

// NginxCertificate has nginx serve the host's certificate.
func NginxCertificate(p *Params) Remedy {
	task, names, line := p.siteTask("server_name", "server_name "+nginxString(p.host())+";\n")
	return nginxEdit(p, "nginx.certificate", certificateTitle(p, "nginx"),
		edit{task: task, names: names + "ssl_certificate ssl_certificate_key" + p.presentedMark(), lines: line + nginxPair(p), tls: true})
}

// ApacheCertificate has Apache serve the host's certificate.
func ApacheCertificate(p *Params) Remedy {
	task, names, line := p.siteTask("ServerName ServerAlias", "ServerName "+apacheArgument(p.urlHost())+"\n")
	return apacheEdit(p, "apache.certificate", certificateTitle(p, "Apache"),
		edit{task: task, names: names + "SSLCertificateFile SSLCertificateKeyFile SSLCertificateChainFile" + p.presentedMark(), lines: line + apachePair(p), tls: true})
}

// HAProxyCertificate puts the host's certificate into the file that HAProxy
// reads the present one from.
func HAProxyCertificate(p *Params) Remedy {
	crt, key := p.ownPair()
	return haproxyCrt(p, "haproxy.certificate", certificateTitle(p, "HAProxy"), p.rememberLinks()+p.linkCertificate()+p.presentedKey(), crt, key, p.presentedMark())
}

// CaddyCertificate has Caddy serve the host's certificate.
func CaddyCertificate(p *Params) Remedy {
	prepare, names := p.caddyPair()
	return caddyEdit(p, "caddy.certificate", certificateTitle(p, "Caddy"),
		edit{task: "site", names: names + p.presentedMark(), lines: caddySite(p, "http", searched(p), p.port()), prepare: prepare})
}

// presentedMark tells the program which certificate is presented: a file that
// holds another good one has only to be read again.
func (p *Params) presentedMark() string {
	certs := certificates(p.LeafPEM)
	if len(certs) == 0 {
		return ""
	}
	block, _ := pem.Decode([]byte(certs[0]))
	text := base64.StdEncoding.EncodeToString(block.Bytes)
	return " -presented=" + text[max(0, len(text)-60):]
}
