package remedy

// HAProxyProxy puts HAProxy before the bot, on a port that Telegram connects
// to. A bot that speaks TLS itself keeps doing so: the bytes pass unchanged.
func HAProxyProxy(p *Params) Remedy {
	prepare := p.rememberJoined()
	if scheme, _ := p.backend(); scheme == "https" {
		prepare = p.rememberJoinedIfAny()
	}
	return haproxyEdit(p, "haproxy.proxy", proxyTitle(p, "HAProxy"),
		text("the configuration: sections at its end, or a `use_backend` line in the frontend that has port "+p.frontPort(),
			"конфигурацию: секции в конце или строка `use_backend` во frontend с портом "+p.frontPort()),
		edit{task: "proxy", names: "hookcheck-" + fileName(p.host()) + " " + p.haproxyPEM(), lines: haproxyProxySections(p), plain: haproxyProxySections(p.plainly()),
			port: p.frontPort(), prepare: portFree(p, haproxyServer) + prepare})
}

func haproxyProxySections(p *Params) string {
	scheme, addr := p.backend()
	mode, bind := "mode http", fill("bind :@PORT@ ssl crt @PEM@", "@PORT@", p.frontPort(), "@PEM@", p.haproxyPEM())
	if scheme == "https" {
		mode, bind = "mode tcp\n    option tcplog", "bind :"+p.frontPort()
	}
	return fill(`# begin @NAME@
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
`, "@NAME@", "hookcheck-"+fileName(p.host()), "@MODE@", mode, "@BIND@", bind, "@ADDR@", addr)
}

// haproxyTest is the condition of the webhook's path.
func haproxyTest(p *Params) string {
	path, prefix := p.routePath()
	if prefix {
		return "{ path_beg " + haproxyWord(path) + " }"
	}
	return "{ path " + haproxyWord(path) + " }"
}

// HAProxyRedirect answers the webhook before any redirect.
func HAProxyRedirect(p *Params) Remedy {
	return haproxyEdit(p, "haproxy.no_redirect",
		text("HAProxy: leave the webhook's path out of every redirect", "HAProxy: исключить путь вебхука из перенаправлений"),
		text("the `redirect` lines of the frontend of port "+p.port()+": their condition excepts the path", "строки `redirect` во frontend порта "+p.port()+": путь исключается условием"),
		edit{task: "redirect", lines: haproxyTest(p)})
}

// haproxyRoute is the choice of a backend for the webhook, and that backend.
func haproxyRoute(p *Params) string {
	return fill("use_backend @NAME@ if { req.hdr(host),field(1,:) -i @HOST@ } @TEST@\n\nbackend @NAME@\n    mode http\n    server bot @ADDR@\n",
		"@NAME@", "hookcheck-"+fileName(p.host()), "@HOST@", haproxyWord(p.host()), "@TEST@", haproxyTest(p), "@ADDR@", searched(p))
}

// HAProxyRoute routes the path to the bot.
func HAProxyRoute(p *Params) Remedy {
	return haproxyEdit(p, "haproxy.route",
		text("HAProxy: hand the webhook's path to the bot, in a backend of its own", "HAProxy: передать путь вебхука боту, отдельной секцией backend"),
		text("the frontend of port "+p.port()+" (a `use_backend` line before the others) and the end of the file", "frontend порта "+p.port()+" (строка `use_backend` перед остальными) и конец файла"),
		edit{task: "route", lines: haproxyRoute(p)})
}

// HAProxyUpstream corrects the address of the bot.
func HAProxyUpstream(p *Params) Remedy {
	return haproxyEdit(p, "haproxy.upstream",
		text("HAProxy: the address where the bot really listens in the `server` line", "HAProxy: адрес, на котором бот на самом деле слушает, в строке `server`"),
		text("the `server` lines that nothing answers at, in the backend that the webhook goes to; a backend of its own where there is none",
			"строки `server`, по адресу которых никто не отвечает, в backend, куда идёт вебхук; если такого backend нет, добавляется свой"),
		edit{task: "upstream", lines: haproxyRoute(p)})
}
