package remedy

// nginxLocation is the location block that hands the webhook to the bot.
func nginxLocation(p *Params, addr string) string {
	scheme, _ := p.backend()
	match := "= "
	path, prefix := p.servedPath()
	if prefix {
		match = "^~ "
	}
	return fill(`location @MATCH@@PATH@ {
    proxy_pass @SCHEME@://@ADDR@;
    proxy_http_version 1.1;
    proxy_set_header Host $host;
    proxy_set_header X-Forwarded-Proto https;
    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
}
`, "@MATCH@", match, "@PATH@", nginxString(path), "@SCHEME@", scheme, "@ADDR@", addr)
}

// searched is the bot's address: known where the URL tells it, otherwise
// looked for on the bot's host.
func searched(p *Params) string {
	if _, addr := p.backend(); p.botPort() != "8080" || p.Port == 8080 {
		return addr
	}
	return botMark
}

// NginxProxy puts nginx before the bot, on a port that Telegram connects to.
func NginxProxy(p *Params) Remedy {
	names := "hookcheck-" + fileName(p.host())
	if p.plainHTTP() {
		names += " only-new"
	}
	return nginxEdit(p, "nginx.proxy", proxyTitle(p, "nginx"),
		edit{task: "proxy", names: names, lines: nginxProxyServer(p), plain: nginxProxyServer(p.plainly()), port: p.frontPort(), prepare: portFree(p, nginxServer), tls: true})
}

func nginxProxyServer(p *Params) string {
	_, addr := p.backend()
	return fill(`server {
    listen @PORT@ ssl;
    server_name @HOST@;
    ssl_certificate @CRT@;
    ssl_certificate_key @KEY@;
    ssl_protocols TLSv1.2 TLSv1.3;
@LOCATION@}
`, "@PORT@", p.frontPort(), "@HOST@", nginxString(p.host()), "@CRT@", p.file("-proxy.pem"), "@KEY@", p.file("-proxy.key"),
		"@LOCATION@", indent(nginxLocation(p, addr)))
}

// NginxRedirect answers the webhook before any redirect.
func NginxRedirect(p *Params) Remedy {
	return nginxEdit(p, "nginx.no_redirect",
		text("nginx: answer the webhook's path before any redirect: `break` leaves it out of `return` and `rewrite` of the server, and an exact location wins over others that redirect",
			"nginx: отвечать на путь вебхука до перенаправлений: `break` исключает его из `return` и `rewrite` уровня server, а точный location важнее тех, что перенаправляют"),
		edit{task: "redirect", lines: p.nginxException() + nginxLocation(p, searched(p))})
}

// nginxException ends the rewriting of the server for the webhook's path.
func (p *Params) nginxException() string {
	path, prefix := p.servedPath()
	if prefix {
		return "if ($uri ~ \"" + p.rewritePattern() + "\") {\n    break;\n}\n"
	}
	return "if ($uri = " + nginxString(path) + ") {\n    break;\n}\n"
}

// NginxLocation routes the path to the bot.
func NginxLocation(p *Params) Remedy {
	return nginxEdit(p, "nginx.location",
		text("nginx: hand the webhook's path to the bot (`proxy_pass` without a path keeps the path as it came)",
			"nginx: передать путь вебхука боту (`proxy_pass` без пути оставляет путь как есть)"),
		edit{task: "location", lines: nginxLocation(p, searched(p))})
}

// NginxUpstream corrects the address of the bot.
func NginxUpstream(p *Params) Remedy {
	scheme, _ := p.backend()
	return nginxEdit(p, "nginx.upstream",
		text("nginx: the address where the bot really listens in `proxy_pass`", "nginx: адрес, на котором бот на самом деле слушает, в `proxy_pass`"),
		edit{task: "upstream", lines: scheme + "://" + searched(p)})
}

// NginxAllowTelegram admits Telegram's ranges to the path.
func NginxAllowTelegram(p *Params) Remedy {
	names := "allow deny auth_basic auth_basic_user_file satisfy"
	if _, prefix := p.servedPath(); prefix {
		names += " -prefix"
	}
	return nginxEdit(p, "nginx.allow_telegram",
		text("nginx: admit Telegram's networks in the location of this path, and nobody else", "nginx: пропустить в location этого пути сети Telegram и никого больше"),
		edit{task: "in-location", names: names, lines: eachRange("allow @NET@;\n") + "deny all;\nauth_basic off;\n"})
}
