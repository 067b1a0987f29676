package remedy

import (
	"hookcheck/internal/lang"
)

const (
	nginxApply = "nginx -t\nnginx -s reload\n"
	nginxUndo  = "cp -aT /etc/nginx.before-hookcheck /etc/nginx\n" + nginxApply
)

// nginxConfig is directives for the server block of this host. replaced names
// the directives that give way.
func nginxConfig(p *Params, id string, title lang.Text, replaced, body string) Remedy {
	return Remedy{
		ID: id, Platform: Nginx, Kind: Config, Title: title,
		Where: fillText(text(
			"keep a copy first: `cp -aTn /etc/nginx /etc/nginx.before-hookcheck`. Then, in the `server { … }` block for @HOST@ on port @PORT@ (`grep -rnF -- @QHOST@ /etc/nginx` shows the file), in place of: @OLD@",
			"сначала сохраните копию: `cp -aTn /etc/nginx /etc/nginx.before-hookcheck`. Затем в блоке `server { … }` для @HOST@ на порту @PORT@ (файл покажет `grep -rnF -- @QHOST@ /etc/nginx`) вместо: @OLD@"),
			"@HOST@", p.host(), "@PORT@", p.port(), "@QHOST@", shell(p.host()), "@OLD@", replaced),
		Body: lang.Both(body), Apply: nginxApply, Undo: nginxUndo,
	}
}

// NginxFullchain points nginx to the corrected chain. It belongs to
// ssl_certificate; ssl_certificate_key stays as it is.
func NginxFullchain(p *Params) Remedy {
	r := nginxConfig(p, "nginx.fullchain",
		text("nginx: the whole chain in `ssl_certificate`", "nginx: вся цепочка в `ssl_certificate`"),
		"`ssl_certificate`", "ssl_certificate "+nginxString(p.chainFile())+";\n")
	r.Apply = p.writeBundle() + nginxApply
	return r
}

// NginxListenSSL turns TLS on.
func NginxListenSSL(p *Params) Remedy {
	return nginxConfig(p, "nginx.listen_ssl",
		text("nginx: `ssl` on the listen line", "nginx: `ssl` в строке listen"),
		"`listen`, `ssl`, `ssl_certificate`, `ssl_certificate_key`",
		fill("listen @PORT@ ssl;\nssl_certificate @CRT@;\nssl_certificate_key @KEY@;\n",
			"@PORT@", p.port(), "@CRT@", p.live()+"/fullchain.pem", "@KEY@", p.live()+"/privkey.pem"))
}

// NginxVersions offers TLS 1.2 and 1.3. The default server of a port decides
// for all its servers in older releases.
func NginxVersions(p *Params) Remedy {
	return nginxConfig(p, "nginx.tls_versions",
		text("nginx: TLS 1.2 and 1.3 (also in the default server of the port and in `http { … }`, where older lines stand)",
			"nginx: TLS 1.2 и 1.3 (и в блоке server по умолчанию для порта, и в `http { … }`, если там есть старые строки)"),
		"`ssl_protocols`", "ssl_protocols TLSv1.2 TLSv1.3;\n")
}

// NginxCiphers sets the Mozilla intermediate suites.
func NginxCiphers(p *Params) Remedy {
	return nginxConfig(p, "nginx.ciphers",
		text("nginx: suites and curves that every current client shares", "nginx: наборы шифров и кривые, которые есть у каждого современного клиента"),
		"`ssl_ciphers`, `ssl_ecdh_curve`, `ssl_protocols`, `ssl_prefer_server_ciphers`",
		"ssl_protocols TLSv1.2 TLSv1.3;\nssl_ciphers "+suites+";\nssl_ecdh_curve X25519:prime256v1:secp384r1;\nssl_prefer_server_ciphers off;\n")
}

// NginxDH leaves finite-field Diffie-Hellman out.
func NginxDH(p *Params) Remedy {
	return nginxConfig(p, "nginx.dh",
		text("nginx: ECDHE in place of the short Diffie-Hellman parameters", "nginx: ECDHE вместо коротких параметров Диффи — Хеллмана"),
		"`ssl_ciphers`, `ssl_ecdh_curve`, `ssl_dhparam` (take that line out)",
		"ssl_ciphers "+ecdheSuites+";\nssl_ecdh_curve X25519:prime256v1:secp384r1;\n")
}

// NginxClientCert stops asking for client certificates.
func NginxClientCert(p *Params) Remedy {
	return nginxConfig(p, "nginx.client_certificate",
		text("nginx: no client certificate demanded (keep `optional` and check $ssl_client_verify in the other locations where they need one)",
			"nginx: не требовать клиентский сертификат (если он нужен другим путям — `optional` и проверка $ssl_client_verify в их location)"),
		"`ssl_verify_client`", "ssl_verify_client off;\n")
}

// NginxServerName makes the site answer for this name.
func NginxServerName(p *Params) Remedy {
	return nginxConfig(p, "nginx.server_name",
		text("nginx: the site answers for this name", "nginx: сайт отвечает на это имя"),
		"`server_name` and `ssl_certificate` (add the name to those that stand there; the certificate must cover it)",
		fill("server_name @HOST@;\nssl_certificate @CRT@;\nssl_certificate_key @KEY@;\n", "@HOST@", nginxString(p.host()),
			"@CRT@", p.live()+"/fullchain.pem", "@KEY@", p.live()+"/privkey.pem"))
}

// NginxProxyProtocol stops waiting for a PROXY line that Telegram never sends.
func NginxProxyProtocol(p *Params) Remedy {
	return nginxConfig(p, "nginx.proxy_protocol",
		text("nginx: no `proxy_protocol` where clients connect directly (keep it only behind a balancer that sends it)",
			"nginx: без `proxy_protocol` там, где клиенты подключаются напрямую (он нужен только за балансировщиком, который его шлёт)"),
		"`listen … proxy_protocol`", "listen "+p.port()+" ssl;\n")
}
