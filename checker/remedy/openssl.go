package remedy

import "strings"

// selfSignedSettings is the configuration of a self-signed certificate. With
// an upload Telegram's client compares an IP host as a name (SslStream.cpp):
// CN = IP counts as long as no dNSName stands beside it. The iPAddress is for
// every other client.
func (p *Params) selfSignedSettings() string {
	san := "DNS:" + p.host()
	if p.IsIP {
		san = "IP:" + p.host()
	}
	return "[req]\ndistinguished_name = name\nx509_extensions = server\nprompt = no\n" +
		"[name]\nCN = " + p.host() + "\n" +
		"[server]\nsubjectAltName = " + san + "\nbasicConstraints = critical,CA:FALSE\n" +
		"keyUsage = critical,digitalSignature,keyEncipherment\nextendedKeyUsage = serverAuth\n"
}

// OpenSSLSelfSigned makes a self-signed certificate that works once served and
// uploaded, for a name as for an address.
func OpenSSLSelfSigned(p *Params) Remedy {
	pem, key := p.file(".pem"), p.file(".key")
	body := fill(`install -d -m 755 `+dir+`
umask 077
if [ ! -s @KEY@ ]; then openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out @KEY@; fi
cat > @PEM@.cnf.new <<'CNF'
@CNF@CNF
# once made it stays: each new certificate would have to be uploaded again
if ! cmp -s @PEM@.cnf.new @PEM@.cnf || ! openssl x509 -in @PEM@ -noout -checkend 2592000; then
  if [ -s @PEM@ ]; then cp -an @PEM@ @PEM@.before-hookcheck; fi
  openssl req -new -x509 -sha256 -days 3650 -key @KEY@ -config @PEM@.cnf.new -out @PEM@
fi
mv @PEM@.cnf.new @PEM@.cnf
chmod 644 @PEM@
openssl x509 -in @PEM@ -noout -subject -dates -ext subjectAltName
`, "@PEM@", shell(pem), "@KEY@", shell(key), "@CNF@", p.selfSignedSettings())
	undo := fill("rm -f @PEM@.cnf\nif [ -e @PEM@.before-hookcheck ]; then mv @PEM@.before-hookcheck @PEM@; else rm -f @PEM@ @KEY@; fi\n",
		"@PEM@", shell(pem), "@KEY@", shell(key))
	r := command("openssl.self_signed",
		fillText(text("OpenSSL: a self-signed certificate for @HOST@ (key without a passphrase). Then point the server to @PEM@ and @KEY@, reload it, and upload @PEM@ with setWebhook",
			"OpenSSL: самоподписанный сертификат для @HOST@ (ключ без пароля). Затем укажите серверу @PEM@ и @KEY@, перечитайте его конфигурацию и загрузите @PEM@ через setWebhook"),
			"@HOST@", p.host(), "@PEM@", pem, "@KEY@", key), body, undo)
	r.Apply = fill("openssl verify -CAfile @PEM@ -purpose sslserver @PEM@\n", "@PEM@", shell(pem)) + reloadServers
	return r
}

// OpenSSLCSR makes a request for a CA.
func OpenSSLCSR(p *Params) Remedy {
	csr, key := p.file(".csr"), p.file("-new.key")
	san := "DNS:" + p.host()
	if p.IsIP {
		san = "IP:" + p.host()
	}
	return command("openssl.csr",
		fillText(text("OpenSSL: a certificate request for @HOST@ to give to a CA (key without a passphrase)",
			"OpenSSL: запрос на сертификат для @HOST@ в УЦ (ключ без пароля)"), "@HOST@", p.host()),
		fill(`install -d -m 755 `+dir+`
umask 077
if [ ! -s @KEY@ ]; then openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out @KEY@; fi
openssl req -new -sha256 -key @KEY@ -subj @SUBJ@ -addext @SAN@ -out @CSR@
chmod 644 @CSR@
cat @CSR@
`, "@KEY@", shell(key), "@CSR@", shell(csr), "@SUBJ@", shellAlways("/CN="+p.host()), "@SAN@", shellAlways("subjectAltName="+san)),
		"rm -f "+shell(csr)+" "+shell(key)+"\n")
}

// OpenSSLFetchIntermediate builds the chain from the issuer that the
// certificate names.
func OpenSSLFetchIntermediate(p *Params) Remedy {
	if len(p.AIA) == 0 || len(certificates(p.BundlePEM)) > 0 {
		return Remedy{}
	}
	body := fill(`install -d -m 755 `+dir+`
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
openssl s_client -connect @CONNECT@ @SNI@ </dev/null 2>/dev/null | openssl x509 > "$work/leaf.pem"
curl -fsS --max-time 20 -o "$work/issuer" @AIA@
if ! openssl x509 -inform DER -in "$work/issuer" > "$work/issuer.pem" 2>/dev/null &&
   ! openssl x509 -in "$work/issuer" > "$work/issuer.pem" 2>/dev/null; then
  openssl pkcs7 -inform DER -in "$work/issuer" -print_certs | sed -n '/-BEGIN/,/-END/p' > "$work/issuer.pem"
fi
openssl verify -partial_chain -trusted "$work/issuer.pem" "$work/leaf.pem"
awk 1 "$work/leaf.pem" "$work/issuer.pem" > "$work/bundle.pem"
install -m 644 "$work/bundle.pem" @BUNDLE@
`, "@CONNECT@", shell(p.urlHost()+":"+p.port()), "@SNI@", sniOption(p), "@AIA@", shellAlways(p.AIA[0]), "@BUNDLE@", shell(p.bundleFile()))
	r := command("openssl.fetch_intermediate",
		fillText(text("OpenSSL: fetch the missing issuer and write the chain to @FILE@, then point the server to it. Where that issuer is itself signed by another intermediate, its own issuer belongs in the file too",
			"OpenSSL: скачать недостающего издателя и записать цепочку в @FILE@, затем указать её серверу. Если и этот издатель подписан промежуточным, в файл нужен и его издатель"),
			"@FILE@", p.bundleFile()), body, "rm -f "+shell(p.bundleFile())+"\n")
	return r
}

func sniOption(p *Params) string {
	if p.IsIP {
		return "-noservername"
	}
	return "-servername " + shell(p.host())
}

// OpenSSLNewKey replaces a key that has left the machine.
func OpenSSLNewKey(p *Params) Remedy {
	r := OpenSSLSelfSigned(p)
	r.ID = "openssl.new_key"
	r.Title = text("OpenSSL: the uploaded key is leaked: make a new key and certificate, serve and upload them (a CA's certificate: have it revoked and reissued)",
		"OpenSSL: загруженный ключ раскрыт: сделайте новые ключ и сертификат, установите и загрузите их (сертификат от УЦ — отозвать и перевыпустить)")
	key := shell(p.file(".key"))
	// Kept aside rather than deleted: the server may still read it.
	r.Body.EN = strings.Replace(r.Body.EN, "umask 077\n",
		fill("umask 077\nif [ -s @KEY@ ] && [ ! -e @KEY@.leaked ]; then mv @KEY@ @KEY@.leaked; rm -f @PEM@.cnf; fi\n", "@KEY@", key, "@PEM@", shell(p.file(".pem"))), 1)
	r.Body.RU = r.Body.EN
	r.Undo += fill("if [ -e @KEY@.leaked ]; then mv @KEY@.leaked @KEY@; fi\n", "@KEY@", key)
	return r
}
