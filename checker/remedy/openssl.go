package remedy

// OpenSSLCSR makes a request for a CA.
func OpenSSLCSR(p *Params) Remedy {
	csr, key := p.file(".csr"), p.file("-new.key")
	return command("openssl.csr",
		fillText(text("OpenSSL: a certificate request for @HOST@ to give to a CA (key without a passphrase)",
			"OpenSSL: запрос на сертификат для @HOST@ в УЦ (ключ без пароля)"), "@HOST@", p.host()),
		fill(`install -d -m 755 `+dir+`
umask 077
if [ ! -s @KEY@ ]; then openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out @KEY@; fi
openssl req -new -sha256 -key @KEY@ -subj @SUBJ@ -addext @SAN@ -out @CSR@
chmod 644 @CSR@
cat @CSR@
`, "@KEY@", shell(key), "@CSR@", shell(csr), "@SUBJ@", shellAlways("/CN="+p.commonName()), "@SAN@", shellAlways("subjectAltName="+p.sanOf("DNS:", "IP:"))),
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
