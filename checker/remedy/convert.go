package remedy

import (
	"strings"

	"hookcheck/internal/lang"
)

// conversions of a file to the PEM that setWebhook takes: @IN@ is the file's
// name, what they print is kept. -nokeys keeps the private key out; every
// certificate goes along, as the root may be the one that counts.
var conversions = []struct{ format, program, line string }{
	{"der", OpenSSL, "openssl x509 -inform DER -in @IN@"},
	{"pkcs12", OpenSSL, "{ openssl pkcs12 -in @IN@ -nokeys -passin env:PASSWORD 2>/dev/null || openssl pkcs12 -legacy -in @IN@ -nokeys -passin env:PASSWORD; }" + onlyPEM},
	{"pkcs7", OpenSSL, "{ openssl pkcs7 -inform DER -in @IN@ -print_certs 2>/dev/null || openssl pkcs7 -in @IN@ -print_certs; }" + onlyPEM},
	{"utf16", OpenSSL, "iconv -f UTF-16 -t UTF-8 @IN@" + onlyPEM},
	{"base64", OpenSSL, "base64 -d -i @IN@ | openssl x509 -inform DER"},
	{"jks", Keytool, "keytool -list -rfc -keystore @IN@ ${PASSWORD:+-storepass:env PASSWORD} </dev/null 2>/dev/null" + onlyPEM},
	{"pkcs12", Keytool, "keytool -list -rfc -keystore @IN@ -storepass:env PASSWORD </dev/null 2>/dev/null" + onlyPEM},
	{"der", Keytool, "keytool -printcert -rfc -file @IN@" + onlyPEM},
}

// onlyPEM drops what stands between the blocks, and Windows' line ends.
const onlyPEM = ` | tr -d '\r' | sed -n '/-BEGIN/,/-END/p'`

// conversion is the one of a program for a format, "" where there is none.
func conversion(program, format string) string {
	for _, c := range conversions {
		if c.program == program && c.format == format {
			return c.line
		}
	}
	return ""
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

// OpenSSLConvert converts the file that was given. A file without a name was
// pasted or sent: where we have its certificates, they are written.
func OpenSSLConvert(p *Params) Remedy {
	if p.UploadDamaged {
		return Remedy{}
	}
	certs := certificates(p.UploadPEM)
	if p.UploadName == "" && len(certs) > 0 {
		return command("openssl.convert",
			fillText(text("The certificate in PEM form, as @FILE@", "Сертификат в виде PEM: @FILE@"), "@FILE@", p.file("-upload.pem")),
			writePEM(p.file("-upload.pem"), certs), "rm -f "+shell(p.file("-upload.pem"))+"\n")
	}
	format := formatOf(p.UploadForm)
	switch format {
	case "csr":
		return OtherCSR(p)
	case "key":
		return OtherKeyOnly(p)
	case "jks":
		return KeytoolConvert(p)
	}
	if line := conversion(OpenSSL, format); line != "" {
		return p.convert("openssl.convert", text("OpenSSL: conversion to the PEM that setWebhook takes, as @FILE@", "OpenSSL: преобразование в PEM для setWebhook: @FILE@"), format, line)
	}
	var all []string
	for _, c := range conversions {
		if c.program == OpenSSL {
			all = append(all, "`"+fill(c.line, "@IN@", "input", "env:PASSWORD", "stdin")+" > upload.pem`")
		}
	}
	return note("openssl.convert", text("OpenSSL: conversion to the PEM that setWebhook takes", "OpenSSL: преобразование в PEM для setWebhook"), fillText(text(
		"The file must hold a certificate in PEM form: text that begins with `-----BEGIN CERTIFICATE-----`. By what the file is: @LIST@. A CSR or a key alone is no certificate.",
		"В файле должен быть сертификат в виде PEM: текст, который начинается с `-----BEGIN CERTIFICATE-----`. Смотря что за файл: @LIST@. CSR или один ключ — не сертификат."), "@LIST@", strings.Join(all, "; ")))
}

// convert is the command that converts the file under its own name.
func (p *Params) convert(id string, title lang.Text, format, line string) Remedy {
	out := shell(p.file("-upload.pem"))
	password := ""
	if format == "pkcs12" || format == "jks" {
		password = "# if it has a password: PASSWORD=… before the command\nexport PASSWORD=\"${PASSWORD-}\"\n"
	}
	r := command(id, fillText(title, "@FILE@", p.file("-upload.pem")), fill(`install -d -m 755 `+dir+`
@PASSWORD@@LINE@ > @OUT@.new
openssl x509 -in @OUT@.new -noout -subject -enddate
chmod 644 @OUT@.new
mv @OUT@.new @OUT@
`, "@PASSWORD@", password, "@LINE@", fill(line, "@IN@", p.uploadName(format)), "@OUT@", out), "rm -f "+out+"\n")
	r.Where = text("shell, as root, in the folder of the file", "командная строка от имени root, в папке с файлом")
	return r
}

// uploadName is the file's own name for a shell, or one made up.
func (p *Params) uploadName(format string) string {
	name := p.UploadName
	if name == "" {
		name = "input." + format
	}
	return fileArgument(name)
}

// fileArgument is a file's name as a shell and the command take it: never for
// an option.
func fileArgument(name string) string {
	if strings.HasPrefix(name, "-") {
		name = "./" + name
	}
	return shell(name)
}

// KeytoolConvert exports the certificates of a Java keystore, or of what
// keytool reads besides.
func KeytoolConvert(p *Params) Remedy {
	format := formatOf(p.UploadForm)
	line := conversion(Keytool, format)
	if line == "" || p.UploadDamaged {
		return Remedy{}
	}
	return p.convert("keytool.convert", text("keytool: the certificates without the keys, as PEM in @FILE@", "keytool: сертификаты без ключей, в виде PEM в @FILE@"), format, line)
}

// OpenSSLStripKey leaves the certificates of a file alone.
func OpenSSLStripKey(p *Params) Remedy {
	format := formatOf(p.UploadForm)
	line := conversion(OpenSSL, format)
	switch {
	case format == "key", p.KeyAlone:
		return Remedy{}
	case line == "":
		line = "sed -n '/-BEGIN CERTIFICATE-/,/-END CERTIFICATE-/p' @IN@"
	}
	if p.UploadName == "" {
		return note("openssl.strip_key", text("A file with the certificate alone", "Файл с одним сертификатом"),
			text("`openssl x509 -in input.pem -out upload.pem` writes the first certificate and nothing else. From a PKCS#12: `openssl pkcs12 -in input.p12 -nokeys | openssl x509 -out upload.pem` (without -nokeys the private key goes along). Taking the key out does not undo the leak: the key must be replaced.",
				"`openssl x509 -in input.pem -out upload.pem` запишет первый сертификат и ничего больше. Из PKCS#12: `openssl pkcs12 -in input.p12 -nokeys | openssl x509 -out upload.pem` (без -nokeys попадёт и закрытый ключ). Утечку это не отменяет: ключ надо заменить."))
	}
	return p.convert("openssl.strip_key",
		text("OpenSSL: the certificates alone, as @FILE@. It does not undo the leak: the key must be replaced",
			"OpenSSL: одни сертификаты, без ключа: @FILE@. Утечку это не отменяет: ключ надо заменить"), format, line)
}

// OtherCSR says what a CSR is.
func OtherCSR(p *Params) Remedy {
	name := "request.csr"
	if p.UploadName != "" {
		name = fileArgument(p.UploadName)
	}
	return note("other.csr",
		text("A request is no certificate", "Запрос — не сертификат"),
		fillText(text("The file is a certificate signing request (CSR). Send it to a CA and use the certificate that comes back, or make a self-signed one from it: `openssl x509 -req -in @CSR@ -signkey private.key -days 365 -copy_extensions copy -out certificate.pem` (OpenSSL 3).",
			"Этот файл — запрос на сертификат (CSR). Отправьте его в УЦ и возьмите полученный сертификат либо сделайте из него самоподписанный: `openssl x509 -req -in @CSR@ -signkey private.key -days 365 -copy_extensions copy -out certificate.pem` (OpenSSL 3)."),
			"@CSR@", prose(name)))
}

// OtherKeyOnly says what to send in place of a key.
func OtherKeyOnly(p *Params) Remedy {
	return note("other.private_key",
		text("Never send the private key", "Закрытый ключ никому не отправляют"),
		text("The file holds a private key. What belongs here is the certificate: the file that begins with `-----BEGIN CERTIFICATE-----`, such as fullchain.pem or bot.crt. A key that was sent anywhere counts as leaked: make a new one, with a new certificate.",
			"В файле закрытый ключ. Здесь нужен сертификат: файл, который начинается с `-----BEGIN CERTIFICATE-----`, например fullchain.pem или bot.crt. Ключ, который куда-либо отправили, считается раскрытым: сделайте новый ключ и новый сертификат."))
}
