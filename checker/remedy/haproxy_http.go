package remedy

// HAProxyProxy puts HAProxy before the bot, on a port that Telegram connects
// to. A bot that speaks TLS itself keeps doing so: the bytes pass unchanged.
func HAProxyProxy(p *Params) Remedy {
	scheme, addr := p.backend()
	name := "hookcheck-" + fileName(p.host())
	mode, bind := "mode http", fill("bind :@PORT@ ssl crt @PEM@", "@PORT@", p.frontPort(), "@PEM@", p.haproxyPEM())
	prepare := p.joinPEM()
	if scheme == "https" {
		mode, bind, prepare = "mode tcp\n    option tcplog", "bind :"+p.frontPort(), ""
	}
	section := fill(`
# begin @NAME@
frontend @NAME@
    @MODE@
    @BIND@
    timeout client 75s
    default_backend @NAME@
backend @NAME@
    @MODE@
    timeout connect 5s
    timeout server 75s
    server bot @ADDR@
# end @NAME@
`, "@NAME@", name, "@MODE@", mode, "@BIND@", bind, "@ADDR@", addr)
	drop := fill("sed -i -e '/^# begin @NAME@$/,/^# end @NAME@$/d' -e '$a\\' "+haproxyConf+"\n", "@NAME@", name)
	r := command("haproxy.proxy", proxyTitle(p, "HAProxy"),
		prepare+drop+"cat >> "+haproxyConf+" <<'CONF'\n"+section[1:]+"CONF\n",
		drop+haproxyApply)
	r.Apply = haproxyApply
	return r
}

// HAProxyRedirect answers the webhook before any redirect.
func HAProxyRedirect(p *Params) Remedy {
	path, prefix := p.routePath()
	match := "path"
	if prefix {
		match = "path_beg"
	}
	return haproxyConfig("haproxy.no_redirect",
		text("HAProxy: leave the webhook's path out of the redirect", "HAProxy: исключить путь вебхука из перенаправления"),
		inFrontend(p, "`http-request redirect` and `redirect` (its other conditions stay)"),
		"http-request redirect scheme https unless { ssl_fc } || { "+match+" "+haproxyWord(path)+" }\n")
}

// HAProxyRoute routes the path to the bot.
func HAProxyRoute(p *Params) Remedy {
	_, addr := p.backend()
	path, prefix := p.routePath()
	match := "path"
	if prefix {
		match = "path_beg"
	}
	name := "hookcheck-" + fileName(p.host())
	return haproxyConfig("haproxy.route",
		text("HAProxy: hand the webhook's path to the bot; "+botAddressEN(p), "HAProxy: передать путь вебхука боту; "+botAddressRU(p)),
		text("the first line into the `frontend` of port "+p.port()+", before its other use_backend lines; the rest at the end of the file",
			"первая строка — в `frontend` порта "+p.port()+", перед остальными use_backend; остальное — в конец файла"),
		fill("use_backend @NAME@ if { req.hdr(host),field(1,:) -i @HOST@ } { @MATCH@ @PATH@ }\n\nbackend @NAME@\n    mode http\n    server bot @ADDR@\n",
			"@NAME@", name, "@HOST@", haproxyWord(p.host()), "@MATCH@", match, "@PATH@", haproxyWord(path), "@ADDR@", addr))
}

// HAProxyUpstream corrects the address of the bot.
func HAProxyUpstream(p *Params) Remedy {
	_, addr := p.backend()
	return haproxyConfig("haproxy.upstream",
		text("HAProxy: the address where the bot really listens (`ss -ltnp` shows it); "+botAddressEN(p),
			"HAProxy: адрес, на котором бот на самом деле слушает (его покажет `ss -ltnp`); "+botAddressRU(p)),
		text("`backend` of the bot, in place of: `server`", "секция `backend` бота, вместо: `server`"),
		"server bot "+addr+" check\n")
}
