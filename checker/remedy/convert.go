package remedy

import (
	"strings"

	"hookcheck/internal/lang"
)

// conversions of a file to the PEM that setWebhook takes; @IN@ and @OUT@ are
// file names. -nokeys keeps the private key out, -clcerts takes the server's
// certificate alone; openssl x509 drops the bag attributes.
var conversions = []struct{ format, extension, openssl, keytool string }{
	{"der", "der", "openssl x509 -inform DER -in @IN@ -out @OUT@", "keytool -printcert -rfc -file @IN@ > @OUT@"},
	{"pkcs12", "p12", "openssl pkcs12 -in @IN@ -clcerts -nokeys | openssl x509 -out @OUT@", ""},
	{"pkcs7", "p7b", "{ openssl pkcs7 -inform DER -in @IN@ -print_certs 2>/dev/null || openssl pkcs7 -in @IN@ -print_certs; } | sed -n '/-BEGIN/,/-END/p' > @OUT@", ""},
	{"utf16", "pem", "iconv -f UTF-16 -t UTF-8 @IN@ | openssl x509 -out @OUT@", ""},
	{"base64", "txt", "base64 -d -i @IN@ | openssl x509 -inform DER -out @OUT@", ""},
	{"jks", "jks", "", "keytool -exportcert -rfc -keystore @IN@ -alias bot -file @OUT@"},
}

// formatOf maps what the reader of files calls a format to one of ours.
func formatOf(format string) string {
	f := strings.ToLower(format)
	switch {
	case strings.Contains(f, "crl"), strings.Contains(f, "ssh"), strings.Contains(f, "spki"):
		return ""
	case strings.Contains(f, "utf16"):
		return "utf16"
	case strings.Contains(f, "base64"):
		return "base64"
	case strings.Contains(f, "p12"), strings.Contains(f, "pfx"), strings.Contains(f, "pkcs12"):
		return "pkcs12"
	case strings.Contains(f, "p7"), strings.Contains(f, "pkcs7"):
		return "pkcs7"
	case strings.Contains(f, "jks"), strings.Contains(f, "jceks"), strings.Contains(f, "keystore"):
		return "jks"
	case strings.Contains(f, "csr"), strings.Contains(f, "request"):
		return "csr"
	case strings.Contains(f, "key"):
		return "key"
	case strings.Contains(f, "der"):
		return "der"
	}
	return ""
}

// OpenSSLConvert converts the file that was given. Where we have its PEM
// already, the file is written as it should be.
func OpenSSLConvert(p *Params) Remedy {
	if certs := certificates(p.UploadPEM); len(certs) > 0 {
		r := command("openssl.convert",
			fillText(text("The certificate in PEM form, as @FILE@", "Сертификат в виде PEM: @FILE@"), "@FILE@", p.file("-upload.pem")),
			writePEM(p.file("-upload.pem"), certs), "rm -f "+shell(p.file("-upload.pem"))+"\n")
		return r
	}
	format := formatOf(p.UploadForm)
	switch format {
	case "csr":
		return OtherCSR(p)
	case "key":
		return OtherKeyOnly(p)
	}
	title := text("OpenSSL: conversion to the PEM that setWebhook takes", "OpenSSL: преобразование в PEM для setWebhook")
	for _, c := range conversions {
		if c.format == format && c.openssl != "" {
			return convertNote("openssl.convert", title, fill(c.openssl, "@IN@", "input."+c.extension, "@OUT@", "upload.pem"))
		}
	}
	if format == "jks" {
		return KeytoolConvert(p)
	}
	var all []string
	for _, c := range conversions {
		if c.openssl != "" {
			all = append(all, "`"+fill(c.openssl, "@IN@", "input."+c.extension, "@OUT@", "upload.pem")+"`")
		}
	}
	list := strings.Join(all, "; ")
	return note("openssl.convert", title, fillText(text(
		"The file must hold a certificate in PEM form: text that begins with `-----BEGIN CERTIFICATE-----`. By what the file is: @LIST@. A CSR or a key alone is no certificate.",
		"В файле должен быть сертификат в виде PEM: текст, который начинается с `-----BEGIN CERTIFICATE-----`. Смотря что за файл: @LIST@. CSR или один ключ — не сертификат."), "@LIST@", list))
}

func convertNote(id string, title lang.Text, line string) Remedy {
	return note(id, title, fillText(text("With your file's name in place of the input: `@LINE@`. Then `openssl x509 -in upload.pem -noout -subject` must show the certificate, and `grep -c PRIVATE upload.pem` 0.",
		"Подставив имя своего файла: `@LINE@`. Затем `openssl x509 -in upload.pem -noout -subject` должна показать сертификат, а `grep -c PRIVATE upload.pem` — 0."), "@LINE@", line))
}

// KeytoolConvert exports a certificate from a Java keystore.
func KeytoolConvert(p *Params) Remedy {
	if f := formatOf(p.UploadForm); f != "" && f != "jks" && f != "pkcs12" {
		return Remedy{}
	}
	return convertNote("keytool.convert",
		text("keytool: the certificate out of a keystore, without its key (`keytool -list -keystore input.jks` shows the alias)",
			"keytool: сертификат из хранилища, без ключа (псевдоним покажет `keytool -list -keystore input.jks`)"),
		fill(conversions[len(conversions)-1].keytool, "@IN@", "input.jks", "@OUT@", "upload.pem"))
}

// OpenSSLStripKey leaves the certificates of a PEM alone.
func OpenSSLStripKey(*Params) Remedy {
	return note("openssl.strip_key",
		text("A file with the certificate alone", "Файл с одним сертификатом"),
		text("`openssl x509 -in input.pem -out upload.pem` writes the first certificate and nothing else. From a PKCS#12: `openssl pkcs12 -in input.p12 -clcerts -nokeys | openssl x509 -out upload.pem` (without -nokeys the private key goes along). Taking the key out does not undo the leak: the key must be replaced.",
			"`openssl x509 -in input.pem -out upload.pem` запишет первый сертификат и ничего больше. Из PKCS#12: `openssl pkcs12 -in input.p12 -clcerts -nokeys | openssl x509 -out upload.pem` (без -nokeys попадёт и закрытый ключ). Утечку это не отменяет: ключ надо заменить."))
}

// OtherCSR says what a CSR is.
func OtherCSR(p *Params) Remedy {
	return note("other.csr",
		text("A request is no certificate", "Запрос — не сертификат"),
		text("The file is a certificate signing request (CSR). Send it to a CA and use the certificate that comes back, or make a self-signed one from it: `openssl x509 -req -in request.csr -signkey private.key -days 365 -copy_extensions copy -out certificate.pem` (OpenSSL 3).",
			"Этот файл — запрос на сертификат (CSR). Отправьте его в УЦ и возьмите полученный сертификат либо сделайте из него самоподписанный: `openssl x509 -req -in request.csr -signkey private.key -days 365 -copy_extensions copy -out certificate.pem` (OpenSSL 3)."))
}

// OtherKeyOnly says what to send in place of a key.
func OtherKeyOnly(p *Params) Remedy {
	return note("other.private_key",
		text("Never send the private key", "Закрытый ключ никому не отправляют"),
		text("The file holds a private key. What belongs here is the certificate: the file that begins with `-----BEGIN CERTIFICATE-----`, such as fullchain.pem or bot.crt. A key that was sent anywhere counts as leaked: make a new one, with a new certificate.",
			"В файле закрытый ключ. Здесь нужен сертификат: файл, который начинается с `-----BEGIN CERTIFICATE-----`, например fullchain.pem или bot.crt. Ключ, который куда-либо отправили, считается раскрытым: сделайте новый ключ и новый сертификат."))
}
