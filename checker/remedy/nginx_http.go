package remedy

import "hookcheck/internal/lang"

// nginxLocation is the location block that hands the webhook to the bot.
func nginxLocation(p *Params) string {
	scheme, addr := p.backend()
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

// NginxProxy puts nginx before the bot, on a port that Telegram connects to.
func NginxProxy(p *Params) Remedy {
	conf := "/etc/nginx/conf.d/hookcheck-" + fileName(p.host()) + ".conf"
	server := fill(`server {
    listen @PORT@ ssl;
    server_name @HOST@;
    ssl_certificate @CRT@;
    ssl_certificate_key @KEY@;
    ssl_protocols TLSv1.2 TLSv1.3;
@LOCATION@}
`, "@PORT@", p.frontPort(), "@HOST@", nginxString(p.host()), "@CRT@", p.file("-proxy.pem"), "@KEY@", p.file("-proxy.key"),
		"@LOCATION@", indent(nginxLocation(p)))
	r := command("nginx.proxy",
		proxyTitle(p, "nginx"),
		p.linkCertificate()+"cat > "+conf+" <<'CONF'\n"+server+"CONF\n",
		"rm -f "+conf+" "+p.file("-proxy.pem")+" "+p.file("-proxy.key")+"\n"+nginxApply)
	r.Apply = nginxApply
	return r
}

// NginxRedirect answers the webhook before any redirect.
func NginxRedirect(p *Params) Remedy {
	return nginxConfig(p, "nginx.no_redirect",
		text("nginx: answer the webhook's path before the redirect. An exact location wins over prefixes and regular expressions; a `return` or `rewrite` outside of any location must go into `location / { … }`. The bot's own address stands in its `proxy_pass`",
			"nginx: отвечать на путь вебхука до перенаправления. Точный location важнее префиксов и регулярных выражений; `return` и `rewrite` вне location перенесите в `location / { … }`. Адрес самого бота — в `proxy_pass`"),
		"the `location` of this path; `return` and `rewrite` of the server block move into `location / { … }`", nginxLocation(p))
}

// NginxLocation routes the path to the bot.
func NginxLocation(p *Params) Remedy {
	return nginxConfig(p, "nginx.location",
		text("nginx: hand the webhook's path to the bot (`proxy_pass` without a path keeps the path as it came); "+botAddressEN(p),
			"nginx: передать путь вебхука боту (`proxy_pass` без пути оставляет путь как есть); "+botAddressRU(p)),
		"the `location` of this path, if there is one", nginxLocation(p))
}

// NginxUpstream corrects the address of the bot.
func NginxUpstream(p *Params) Remedy {
	scheme, addr := p.backend()
	r := nginxConfig(p, "nginx.upstream",
		text("nginx: the address where the bot really listens (`ss -ltnp` shows it); "+botAddressEN(p),
			"nginx: адрес, на котором бот на самом деле слушает (его покажет `ss -ltnp`); "+botAddressRU(p)),
		"`proxy_pass`", "proxy_pass "+scheme+"://"+addr+";\n")
	return r
}

// NginxAllowTelegram admits Telegram's ranges to the path.
func NginxAllowTelegram(p *Params) Remedy {
	path, _ := p.servedPath()
	return Remedy{
		ID: "nginx.allow_telegram", Platform: Nginx, Kind: Config,
		Title: text("nginx: admit Telegram's networks", "nginx: пропустить сети Telegram"),
		Where: fillText(text(
			"keep a copy first: `cp -aTn /etc/nginx /etc/nginx.before-hookcheck`. Then in the location of @PATH@, in place of its `allow`, `deny` and `auth_basic` lines",
			"сначала сохраните копию: `cp -aTn /etc/nginx /etc/nginx.before-hookcheck`. Затем в location для @PATH@, вместо его строк `allow`, `deny` и `auth_basic`"),
			"@PATH@", prose(path)),
		Body:  lang.Both(eachRange("allow @NET@;\n") + "deny all;\nauth_basic off;\n"),
		Apply: nginxApply, Undo: nginxUndo,
	}
}
