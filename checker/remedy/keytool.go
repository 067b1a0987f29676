package remedy

// KeytoolSelfSigned makes a self-signed certificate in a Java keystore.
func KeytoolSelfSigned(p *Params) Remedy {
	san := "dns:" + p.host()
	if p.IsIP {
		san = "ip:" + p.host()
	}
	store, pass, pem := p.file(".p12"), p.file(".password"), p.file(".pem")
	return command("keytool.self_signed",
		fillText(text("keytool: a self-signed certificate for @HOST@ in the keystore @STORE@ (its password in @PASS@), and @PEM@ to upload",
			"keytool: самоподписанный сертификат для @HOST@ в хранилище @STORE@ (пароль в @PASS@) и @PEM@ для загрузки"),
			"@HOST@", p.host(), "@STORE@", store, "@PASS@", pass, "@PEM@", pem),
		fill(`install -d -m 755 `+dir+`
umask 077
if [ ! -s @PASS@ ]; then openssl rand -hex 16 > @PASS@; fi
rm -f @STORE@.new
# once made it stays: each new certificate would have to be uploaded again
if [ "$(cat @STORE@.for 2>/dev/null)" != @MARK@ ]; then
keytool -genkeypair -alias bot -keyalg RSA -keysize 2048 -sigalg SHA256withRSA -validity 3650 -dname @DN@ \
  -ext @SAN@ -ext KeyUsage:critical=digitalSignature,keyEncipherment -ext ExtendedKeyUsage=serverAuth \
  -storetype PKCS12 -keystore @STORE@.new -storepass:file @PASS@
if [ -e @STORE@ ]; then cp -an @STORE@ @STORE@.before-hookcheck; fi
mv @STORE@.new @STORE@
echo @MARK@ > @STORE@.for
fi
# -file: the virtual machine may print warnings of its own to standard output
keytool -exportcert -rfc -alias bot -keystore @STORE@ -storepass:file @PASS@ -file @PEM@
chmod 644 @PEM@
`, "@STORE@", shell(store), "@PASS@", shell(pass), "@PEM@", shell(pem), "@DN@", shellAlways("CN="+p.host()), "@SAN@", shellAlways("SAN="+san), "@MARK@", shellAlways(san)),
		fill("if [ -e @STORE@.before-hookcheck ]; then mv @STORE@.before-hookcheck @STORE@; else rm -f @STORE@ @PASS@; fi\nrm -f @PEM@ @STORE@.for\n",
			"@STORE@", shell(store), "@PASS@", shell(pass), "@PEM@", shell(pem)))
}

// KeytoolCSR makes a request from the keystore's key.
func KeytoolCSR(p *Params) Remedy {
	san := "dns:" + p.host()
	if p.IsIP {
		san = "ip:" + p.host()
	}
	return note("keytool.csr",
		text("keytool: a certificate request", "keytool: запрос на сертификат"),
		fillText(text("`keytool -certreq -alias bot -keystore bot.p12 -ext @SAN@ -file request.csr` writes the request for the key under the alias bot; keytool leaves the names out unless -ext names them. The CA's answer goes back with its chain: `keytool -importcert -alias bot -keystore bot.p12 -file fullchain.pem`.",
			"`keytool -certreq -alias bot -keystore bot.p12 -ext @SAN@ -file request.csr` запишет запрос для ключа с псевдонимом bot; без -ext имена в запрос не попадут. Ответ вместе с цепочкой импортируется обратно: `keytool -importcert -alias bot -keystore bot.p12 -file fullchain.pem`."),
			"@SAN@", "SAN="+san))
}

// KeytoolImport puts the whole chain under the key's alias: a certificate
// imported under an alias of its own is not sent.
func KeytoolImport(p *Params) Remedy {
	return note("keytool.import_chain",
		text("Java: the whole chain under the alias of the key", "Java: вся цепочка под псевдонимом ключа"),
		fillText(text("Save the corrected chain as fullchain.pem (leaf first) and import it over the key's own alias, shown by `keytool -list -keystore bot.p12` as PrivateKeyEntry: `keytool -importcert -noprompt -trustcacerts -alias bot -keystore bot.p12 -file fullchain.pem`. Or build the keystore anew: `openssl pkcs12 -export -in fullchain.pem -inkey private.key -name bot -out bot.p12`. Intermediates imported under aliases of their own are not sent. Restart the program.",
			"Сохраните исправленную цепочку как fullchain.pem (сначала сертификат сервера) и импортируйте поверх псевдонима ключа, который `keytool -list -keystore bot.p12` показывает как PrivateKeyEntry: `keytool -importcert -noprompt -trustcacerts -alias bot -keystore bot.p12 -file fullchain.pem`. Или соберите хранилище заново: `openssl pkcs12 -export -in fullchain.pem -inkey private.key -name bot -out bot.p12`. Промежуточные под отдельными псевдонимами сервер не отправляет. Перезапустите программу.")))
}
