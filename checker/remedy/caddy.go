package remedy

import "hookcheck/internal/lang"

const (
	caddyFile  = "/etc/caddy/Caddyfile"
	caddyApply = "caddy validate --config " + caddyFile + " --adapter caddyfile\ncaddy reload --config " + caddyFile + " --adapter caddyfile\n"
	caddyUndo  = "cp -a " + caddyFile + ".before-hookcheck " + caddyFile + "\n" + caddyApply
)

func caddyConfig(p *Params, id string, title, place lang.Text, body string) Remedy {
	return Remedy{
		ID: id, Platform: Caddy, Kind: Config, Title: title,
		Where: fillText(text(
			"keep a copy first: `cp -an "+caddyFile+" "+caddyFile+".before-hookcheck`. Then in "+caddyFile+", @PLACE@",
			"сначала сохраните копию: `cp -an "+caddyFile+" "+caddyFile+".before-hookcheck`. Затем в "+caddyFile+", @PLACERU@"),
			"@PLACE@", place.EN, "@PLACERU@", place.RU),
		Body: lang.Both(body), Apply: caddyApply, Undo: caddyUndo,
	}
}

// inSite names the site block and the lines to replace.
func inSite(p *Params, lines string) lang.Text {
	return text("the site block of "+p.host()+", in place of: "+lines, "блок сайта "+p.host()+", вместо: "+lines)
}

// caddySite is the whole site block of this host.
func caddySite(p *Params) string {
	scheme, addr := p.backend()
	route := "reverse_proxy " + addr + "\n"
	if scheme == "https" {
		// The bot behind us is ourselves: its certificate names the public host.
		route = "reverse_proxy https://" + addr + " {\n    transport http {\n        tls_insecure_skip_verify\n    }\n}\n"
	}
	address := p.urlHost()
	if port := p.frontPort(); port != "443" {
		address += ":" + port
	}
	return "https://" + address + " {\n" + indent(route) + "}\n"
}

// CaddyProxy puts Caddy before the bot, on a port that Telegram connects to.
func CaddyProxy(p *Params) Remedy {
	return caddyConfig(p, "caddy.proxy", proxyTitle(p, "Caddy"),
		text("as a block of its own (in place of the block of this host, if there is one)", "отдельным блоком (вместо блока этого имени, если он есть)"),
		caddySite(p))
}

// CaddySite makes Caddy answer for this name, with a certificate that it gets
// by itself.
func CaddySite(p *Params) Remedy {
	return caddyConfig(p, "caddy.site",
		text("Caddy: a site block for this name; Caddy gets its certificate itself (ports 80 and 443 must be reachable); "+botAddressEN(p),
			"Caddy: блок сайта с этим именем; сертификат Caddy получит сам (должны быть доступны порты 80 и 443); "+botAddressRU(p)),
		text("as a block of its own (in place of the block of this host, and of an `http://` address before it)",
			"отдельным блоком (вместо блока этого имени и адреса с `http://`)"),
		caddySite(p))
}

// CaddyFullchain points Caddy to the corrected chain.
func CaddyFullchain(p *Params) Remedy {
	r := caddyConfig(p, "caddy.fullchain",
		text("Caddy: the whole chain in `tls` (the second file, the key, stays the one that stands there); without a `tls` line Caddy gets a certificate with its chain by itself",
			"Caddy: вся цепочка в `tls` (второй файл, ключ, остаётся прежним); без строки `tls` Caddy сам получит сертификат с цепочкой"),
		inSite(p, "`tls`"), "tls "+p.chainFile()+" "+p.live()+"/privkey.pem\n")
	r.Apply = p.writeBundle() + caddyApply
	return r
}

// CaddyVersions offers TLS 1.2 and 1.3, which is Caddy's own choice.
func CaddyVersions(p *Params) Remedy {
	return caddyConfig(p, "caddy.tls_versions",
		text("Caddy: TLS 1.2 and 1.3", "Caddy: TLS 1.2 и 1.3"),
		inSite(p, "`protocols` (`tls`)"), "tls {\n    protocols tls1.2 tls1.3\n}\n")
}

// CaddyCiphers returns to Caddy's own choice of suites.
func CaddyCiphers(p *Params) Remedy {
	return caddyConfig(p, "caddy.ciphers",
		text("Caddy: suites and curves that every current client shares", "Caddy: наборы шифров и кривые, которые есть у каждого современного клиента"),
		inSite(p, "`ciphers`, `curves`, `protocols` (`tls`)"),
		"tls {\n    protocols tls1.2 tls1.3\n    ciphers TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256\n    curves x25519 secp256r1 secp384r1\n}\n")
}

// CaddyClientCert stops asking for client certificates.
func CaddyClientCert(p *Params) Remedy {
	return caddyConfig(p, "caddy.client_certificate",
		text("Caddy: verify a client certificate only where one is given", "Caddy: проверять клиентский сертификат, только если он предъявлен"),
		inSite(p, "`mode` (`tls`, `client_auth`)"), "mode verify_if_given\n")
}

// CaddyRedirect answers the webhook before any redirect.
func CaddyRedirect(p *Params) Remedy {
	_, addr := p.backend()
	path, prefix := p.servedPath()
	if prefix {
		path += "*"
	}
	return caddyConfig(p, "caddy.no_redirect",
		text("Caddy: answer the webhook's path before the redirect; "+botAddressEN(p), "Caddy: отвечать на путь вебхука до перенаправления; "+botAddressRU(p)),
		text("the site block of "+p.host()+", in place of the `handle` of this path; a `redir` beside it moves into `handle { … }`",
			"блок сайта "+p.host()+", вместо `handle` этого пути; `redir` рядом переносится в `handle { … }`"),
		"handle "+caddyToken(path)+" {\n    reverse_proxy "+addr+"\n}\n")
}

// CaddyRoute routes the path to the bot. handle keeps the path, handle_path
// would cut it off.
func CaddyRoute(p *Params) Remedy {
	r := CaddyRedirect(p)
	r.ID = "caddy.route"
	r.Title = text("Caddy: hand the webhook's path to the bot; "+botAddressEN(p), "Caddy: передать путь вебхука боту; "+botAddressRU(p))
	return r
}

// CaddyUpstream corrects the address of the bot.
func CaddyUpstream(p *Params) Remedy {
	_, addr := p.backend()
	return caddyConfig(p, "caddy.upstream",
		text("Caddy: the address where the bot really listens (`ss -ltnp` shows it); "+botAddressEN(p),
			"Caddy: адрес, на котором бот на самом деле слушает (его покажет `ss -ltnp`); "+botAddressRU(p)),
		inSite(p, "`reverse_proxy`"), "reverse_proxy "+addr+"\n")
}
