package remedy

// OtherGetAnew has a damaged file fetched again: no conversion brings back
// what was cut off.
func OtherGetAnew(p *Params) Remedy {
	file := p.DamagedName
	if file == "" {
		if !p.UploadDamaged && !p.sample() {
			return Remedy{}
		}
		file = "bot.pem"
	}
	return note("other.get_anew",
		text("Take the file anew, whole, from where it came", "Возьмите файл заново и целиком там, откуда он взят"),
		fillText(text("What is cut off or damaged in @NAME@ cannot be converted back. Save the file again from the CA's page, panel or mail; certbot keeps it on the server, @LIVE@. Carry it as a file: `scp`, or FTP in binary mode, not copy and paste. `sha256sum @FILE@` must print the same where it comes from and where it arrives. A whole file can be read: `openssl x509 -in @FILE@ -noout -subject` names the certificate (DER, the binary form: with `-inform DER`).",
			"То, чего в @NAME@ не хватает или что повреждено, преобразованием не вернуть. Сохраните файл ещё раз со страницы, из панели или письма УЦ; certbot хранит его на сервере, @LIVE@. Переносите его как файл: `scp` или FTP в двоичном режиме, но не копированием текста. `sha256sum @FILE@` должен напечатать одно и то же там, откуда файл взят, и там, куда попал. Целый файл читается: `openssl x509 -in @FILE@ -noout -subject` назовёт сертификат (для DER, двоичного вида, — с `-inform DER`)."),
			"@NAME@", prose(file), "@FILE@", prose(fileArgument(file)), "@LIVE@", prose(p.liveChain())))
}

// OtherServerCertificate says where the server's own certificate lies.
func OtherServerCertificate(p *Params) Remedy {
	return note("other.server_certificate",
		text("Add the server's own certificate, first", "Добавьте сертификат самого сервера, первым"),
		fillText(text("certbot: take fullchain.pem in place of chain.pem (@LIVE@). A zip or mail of a CA: the file named after the host is the server's, the one named bundle, chain, intermediate or CA is not. A server that runs: what `ssl_certificate` (nginx), `SSLCertificateFile` (Apache), `crt` (HAProxy) or `tls` (Caddy) names. Check both together: `hookcheck pem server.crt ca-bundle.crt`.",
			"certbot: возьмите fullchain.pem вместо chain.pem (@LIVE@). Архив или письмо УЦ: файл с именем хоста — сертификат сервера, а bundle, chain, intermediate или CA — нет. На работающем сервере это файл из `ssl_certificate` (nginx), `SSLCertificateFile` (Apache), `crt` (HAProxy) или `tls` (Caddy). Проверьте оба вместе: `hookcheck pem server.crt ca-bundle.crt`."),
			"@LIVE@", prose(p.liveChain())))
}

// liveChain is certbot's file with the whole chain; without a host, the folder
// that holds those of all.
func (p *Params) liveChain() string {
	if p.Host == "" {
		return "/etc/letsencrypt/live"
	}
	return p.live() + "/fullchain.pem"
}
