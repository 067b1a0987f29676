package remedy

import (
	"strings"

	"hookcheck/internal/lang"
)

// ownFiles are the certificate and key that the recipes here make.
func (p *Params) ownFiles() (pem, key string) { return p.file(".pem"), p.file(".key") }

// sanOf is the host as an entry of a SAN, with the prefix that the program
// wants before a name or an address.
func (p *Params) sanOf(name, address string) string {
	if p.IsIP {
		return address + p.host()
	}
	return name + p.host()
}

// selfSignedSettings is the configuration of a self-signed certificate. With
// an upload Telegram's client compares an IP host as a name (SslStream.cpp):
// CN = IP counts as long as no dNSName stands beside it. The iPAddress is for
// every other client. Names that the old certificate held stay in it: other
// sites may live on them.
func (p *Params) selfSignedSettings() string {
	san := p.sanOf("DNS:", "IP:")
	for _, name := range p.otherNames() {
		san += ",DNS:" + name
	}
	return "[req]\ndistinguished_name = name\nx509_extensions = server\nprompt = no\n" +
		"[name]\nCN = " + p.commonName() + "\n" +
		"[server]\nsubjectAltName = " + san + "\nbasicConstraints = critical,CA:FALSE\n" +
		"keyUsage = critical,digitalSignature,keyEncipherment\nextendedKeyUsage = serverAuth\n"
}

// commonName is the host where it fits: X.520 allows 64 characters. What is
// longer stands in the SAN alone.
func (p *Params) commonName() string {
	if name := p.host(); len(name) <= 64 {
		return name
	}
	return "webhook"
}

// otherNames are those of a self-signed certificate that is made anew.
func (p *Params) otherNames() []string {
	var out []string
	for _, name := range p.Names {
		bare := strings.TrimPrefix(name, "*.")
		if !p.SelfSigned || p.IsIP || name == p.host() || hostName(bare) != bare || !strings.Contains(bare, ".") || strings.Contains(bare, ":") {
			continue
		}
		if out = append(out, name); len(out) == 20 {
			break
		}
	}
	return out
}

// makeSelfSigned makes key and certificate, unless those that are there will
// do: each new certificate would have to be uploaded again.
func (p *Params) makeSelfSigned() string {
	pem, key := p.ownFiles()
	return fill(`install -d -m 755 `+dir+`
umask 077
cat > @PEM@.cnf.new <<'CNF'
@CNF@CNF
fits() { # the same settings, the key to it, and a month to go
  cmp -s @PEM@.cnf.new @PEM@.cnf && openssl x509 -in @PEM@ -noout -checkend 2592000 &&
    [ "$(openssl x509 -in @PEM@ -noout -pubkey)" = "$(openssl pkey -in @KEY@ -pubout)" ]
}
if ! fits >/dev/null 2>&1; then
  for f in @PEM@ @KEY@; do if [ -s "$f" ]; then cp -an "$f" "$f.before-hookcheck"; fi; done
  openssl req -new -x509 -sha256 -days 3650 -newkey rsa:2048 -nodes -config @PEM@.cnf.new -keyout @KEY@.new -out @PEM@.new
  mv @KEY@.new @KEY@
  mv @PEM@.new @PEM@
fi
mv @PEM@.cnf.new @PEM@.cnf
chmod 644 @PEM@
openssl x509 -in @PEM@ -noout -subject -dates -ext subjectAltName
`, "@PEM@", shell(pem), "@KEY@", shell(key), "@CNF@", p.selfSignedSettings())
}

// OpenSSLSelfSigned makes a self-signed certificate that works once served and
// uploaded, for a name as for an address.
func OpenSSLSelfSigned(p *Params) Remedy {
	pem, key := p.ownFiles()
	undo := fill("rm -f @PEM@.cnf\nfor f in @PEM@ @KEY@; do\n  if [ -e \"$f.before-hookcheck\" ]; then mv \"$f.before-hookcheck\" \"$f\"; else rm -f \"$f\"; fi\ndone\n",
		"@PEM@", shell(pem), "@KEY@", shell(key))
	r := command("openssl.self_signed",
		fillText(text("OpenSSL: a self-signed certificate for @HOST@ (key without a passphrase). Then point the server to @PEM@ and @KEY@, reload it, and upload @PEM@ with setWebhook",
			"OpenSSL: самоподписанный сертификат для @HOST@ (ключ без пароля). Затем укажите серверу @PEM@ и @KEY@, перечитайте его конфигурацию и загрузите @PEM@ через setWebhook"),
			"@HOST@", p.host(), "@PEM@", pem, "@KEY@", key), p.makeSelfSigned(), undo)
	r.Apply = fill("openssl verify -CAfile @PEM@ -purpose sslserver @PEM@\n", "@PEM@", shell(pem)) + reloadServers
	return r
}

// OpenSSLNewKey replaces a key that has left the machine. A key alone does not
// tell whose certificate it was, and one for a made-up host helps nobody.
func OpenSSLNewKey(p *Params) Remedy {
	if p.Host == "" {
		return Remedy{}
	}
	r := OpenSSLSelfSigned(p)
	r.ID = "openssl.new_key"
	r.Title = text("OpenSSL: the uploaded key is leaked: make a new key and certificate, serve and upload them (a CA's certificate: have it revoked and reissued)",
		"OpenSSL: загруженный ключ раскрыт: сделайте новые ключ и сертификат, установите и загрузите их (сертификат от УЦ — отозвать и перевыпустить)")
	pem, key := p.ownFiles()
	// Once: what was made here is not leaked. The old key is kept aside, as the
	// server may still read it.
	r.Body = lang.Both(fill("if [ -s @KEY@ ] && [ ! -e @KEY@.leaked ]; then\n  (umask 077; cp -a @KEY@ @KEY@.leaked)\n  rm -f @PEM@.cnf\nfi\n", "@KEY@", shell(key), "@PEM@", shell(pem)) + r.Body.EN)
	r.Undo += fill("if [ -e @KEY@.leaked ]; then mv @KEY@.leaked @KEY@; fi\n", "@KEY@", shell(key))
	return r
}

// rememberOwn is makeSelfSigned with its files remembered for the undo of an
// edit.
func (p *Params) rememberOwn() string {
	pem, key := p.ownFiles()
	return fill("remember @PEM@\nremember @PEM@.cnf\nremember @KEY@\nremember @PEM@.before-hookcheck\nremember @KEY@.before-hookcheck\n", "@PEM@", shell(pem), "@KEY@", shell(key)) + p.makeSelfSigned()
}

// siteTask is how the pair reaches the site: into a block for the name, or for
// an address, which no client names, into the one that answers by default.
func (p *Params) siteTask(names, line string) (task, out, lines string) {
	if p.IsIP {
		return "tls", "", ""
	}
	return "site", names + " ", line
}

// NginxSelfSigned makes a self-signed certificate and has nginx serve it.
func NginxSelfSigned(p *Params) Remedy {
	pem, key := p.ownFiles()
	task, names, line := p.siteTask("server_name", "server_name "+nginxString(p.host())+";\n")
	return nginxEdit(p, "nginx.self_signed", selfSignedTitle(p, "nginx"),
		edit{task: task, names: names + "ssl_certificate ssl_certificate_key", prepare: p.rememberOwn(),
			lines: line + "ssl_certificate " + nginxString(pem) + ";\nssl_certificate_key " + nginxString(key) + ";\n"})
}

// ApacheSelfSigned makes a self-signed certificate and has Apache serve it.
func ApacheSelfSigned(p *Params) Remedy {
	pem, key := p.ownFiles()
	task, names, line := p.siteTask("ServerName ServerAlias", "ServerName "+apacheArgument(p.urlHost())+"\n")
	return apacheEdit(p, "apache.self_signed", selfSignedTitle(p, "Apache"),
		edit{task: task, names: names + "SSLCertificateFile SSLCertificateKeyFile SSLCertificateChainFile", prepare: p.rememberOwn(),
			lines: line + "SSLCertificateFile " + apacheArgument(pem) + "\nSSLCertificateKeyFile " + apacheArgument(key) + "\n"})
}

// HAProxySelfSigned makes a self-signed certificate and puts it, with its key,
// into the file that HAProxy reads the present one from.
func HAProxySelfSigned(p *Params) Remedy {
	pem, key := p.ownFiles()
	return haproxyCrt(p, "haproxy.self_signed", selfSignedTitle(p, "HAProxy"), p.rememberOwn()+p.presentedKey(), pem, key)
}

// CaddySelfSigned makes a self-signed certificate for Caddy, which runs as a
// user of its own and has to read the key.
func CaddySelfSigned(p *Params) Remedy {
	pem, key := p.ownFiles()
	readable := fill("if getent group caddy >/dev/null; then\n  chgrp caddy @KEY@\n  chmod 640 @KEY@\nfi\n", "@KEY@", shell(key))
	return caddyEdit(p, "caddy.self_signed", selfSignedTitle(p, "Caddy"),
		edit{task: "site", names: shell(pem) + " " + shell(key) + " replace", lines: caddySite(p, "http", searched(p), p.port()), prepare: p.rememberOwn() + readable})
}

func selfSignedTitle(p *Params, server string) lang.Text {
	pem, _ := p.ownFiles()
	return fillText(text("@SERVER@: make a self-signed certificate for @HOST@ and serve it; then upload @PEM@ with setWebhook",
		"@SERVER@: создать самоподписанный сертификат для @HOST@ и отдавать его; затем загрузить @PEM@ через setWebhook"),
		"@SERVER@", server, "@HOST@", p.host(), "@PEM@", pem)
}

// presentedKey is shell that sets $own to the public key of the certificate
// that the server presents.
func (p *Params) presentedKey() string {
	certs := certificates(p.LeafPEM)
	if len(certs) == 0 {
		return "own=none\n"
	}
	return "own=$(openssl x509 -noout -pubkey <<'PEM'\n" + certs[0] + "PEM\n)\n"
}
