package remedy

import "strings"

// KeytoolSelfSigned makes a self-signed certificate in the keystore that the
// Java program reads, or in one of its own.
func KeytoolSelfSigned(p *Params) Remedy {
	san := p.sanOf("dns:", "ip:")
	pem := p.file(".pem")
	return command("keytool.self_signed",
		fillText(text("keytool: a self-signed certificate for @HOST@ in the keystore of the running Java program (else in @STORE@, its password in @PASS@), and @PEM@ to upload; then restart the program",
			"keytool: самоподписанный сертификат для @HOST@ в хранилище работающей программы на Java (иначе в @STORE@, пароль в @PASS@) и @PEM@ для загрузки; затем перезапустите программу"),
			"@HOST@", p.host(), "@STORE@", p.file(".p12"), "@PASS@", p.file(".password"), "@PEM@", pem),
		fill(`install -d -m 755 `+dir+`
umask 077
`)+p.searchStore()+fill(`if [ "$store" = @STORE@ ] && [ ! -e "$store" ] && [ ! -s @PASS@ ]; then
  openssl rand -hex 16 > @PASS@
  STOREPASS=$(cat @PASS@)
fi
# once made it stays: each new certificate would have to be uploaded again
if [ "$(cat "$store.for" 2>/dev/null)" != @MARK@ ]; then
  rm -f "$store.new"
  if [ -s "$store" ]; then
    cp -an "$store" "$store.before-hookcheck"
    cp "$store" "$store.new"
    if [ -n "$alias" ]; then keytool -delete -alias "$alias" -keystore "$store.new" -storepass:env STOREPASS; fi
  fi
  keytool -genkeypair -alias "${alias:-bot}" -keyalg RSA -keysize 2048 -sigalg SHA256withRSA -validity 3650 -dname @DN@ \
    @SAN@ -ext KeyUsage:critical=digitalSignature,keyEncipherment -ext ExtendedKeyUsage=serverAuth \
    -keystore "$store.new" -storepass:env STOREPASS
  if [ -s "$store" ]; then cat "$store.new" > "$store"; rm "$store.new"; else mv "$store.new" "$store"; fi
  echo @MARK@ > "$store.for"
fi
# -file: the virtual machine may print warnings of its own to standard output
keytool -exportcert -rfc -alias "${alias:-bot}" -keystore "$store" -storepass:env STOREPASS -file @PEM@
chmod 644 @PEM@
`, "@PEM@", shell(pem), "@DN@", shellAlways("CN="+p.commonName()), "@SAN@", p.keytoolSAN(), "@MARK@", shellAlways(san), "@STORE@", shell(p.file(".p12")), "@PASS@", shell(p.file(".password"))),
		p.searchStore()+fill(`if [ -e "$store.before-hookcheck" ]; then cat "$store.before-hookcheck" > "$store"; rm "$store.before-hookcheck"
elif [ -e "$store.for" ]; then rm -f "$store" @PASS@; fi
rm -f @PEM@ "$store.for"
`, "@PASS@", shell(p.file(".password")), "@PEM@", shell(pem)))
}

// searchStore sets $store, $STOREPASS and $alias: the keystore that a running
// Java program was told of, or the one that the recipe here makes.
func (p *Params) searchStore() string {
	return fill(`# the keystore, named by yourself as STORE=… STOREPASS=… where the search is wrong
option() { # option NAME...: what a Java program was started with
  for name in "$@"; do
    cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' '\n' | sed -n "s/^-D$name=//p; s/^--$name=//p" | head -n 1
  done | head -n 1
}
store=${STORE:-$(option javax.net.ssl.keyStore server.ssl.key-store)}
store=${store#file:}
store=${store:-@STORE@}
pass=${STOREPASS:-$(option javax.net.ssl.keyStorePassword server.ssl.key-store-password)}
if [ -z "$pass" ] && [ -s @PASS@ ]; then pass=$(cat @PASS@); fi
export STOREPASS=${pass:-changeit}
alias=$(keytool -J-Duser.language=en -list -keystore "$store" -storepass:env STOREPASS 2>/dev/null | sed -n 's/, .*PrivateKeyEntry.*//p' | head -n 1)
`, "@STORE@", shell(p.file(".p12")), "@PASS@", shell(p.file(".password")))
}

// findStore is searchStore where there has to be a key.
func (p *Params) findStore() string {
	return p.searchStore() + `if [ -z "$alias" ]; then
  echo "no private key in $store, or its password is another" >&2
  exit 1
fi
`
}

// keytoolSAN is the option for the host. keytool refuses an underscore in a
// dNSName, Telegram does not: then the common name alone has to do.
func (p *Params) keytoolSAN() string {
	if strings.Contains(p.host(), "_") {
		return ""
	}
	return "-ext " + shellAlways("SAN="+p.sanOf("dns:", "ip:"))
}

// KeytoolCSR makes a request from the keystore's key.
func KeytoolCSR(p *Params) Remedy {
	csr := p.file(".csr")
	return command("keytool.csr",
		text("keytool: a certificate request for the key in the keystore (the names come from -ext alone)",
			"keytool: запрос на сертификат для ключа из хранилища (имена берутся только из -ext)"),
		p.findStore()+fill(`install -d -m 755 `+dir+`
keytool -certreq -alias "$alias" -keystore "$store" -storepass:env STOREPASS @SAN@ -file @CSR@
cat @CSR@
`, "@SAN@", p.keytoolSAN(), "@CSR@", shell(csr)),
		"rm -f "+shell(csr)+"\n")
}

// KeytoolImport puts the whole chain under the key's alias: a certificate
// imported under an alias of its own is not sent.
func KeytoolImport(p *Params) Remedy {
	r := command("keytool.import_chain",
		text("Java: the whole chain under the alias of the key in the keystore (intermediates under aliases of their own are not sent); then restart the program",
			"Java: вся цепочка под псевдонимом ключа в хранилище (промежуточные под отдельными псевдонимами сервер не отправляет); затем перезапустите программу"),
		p.findStore()+p.needBundle()+fill(`if [ ! -e "$store.before-hookcheck" ]; then cp -a "$store" "$store.before-hookcheck"; fi
keytool -importcert -noprompt -trustcacerts -alias "$alias" -keystore "$store" -storepass:env STOREPASS -file @CRT@
`, "@CRT@", shell(p.chainFile())),
		p.findStore()+`if [ -e "$store.before-hookcheck" ]; then mv "$store.before-hookcheck" "$store"; fi`+"\n"+p.dropBundle())
	r.Apply = p.findStore() + `keytool -list -keystore "$store" -storepass:env STOREPASS` + "\n"
	return r
}
