package remedy

import "strings"

// apacheRoute hands the webhook's path to the bot.
func apacheRoute(p *Params, addr string) string {
	scheme, _ := p.backend()
	path, _ := p.servedPath()
	raw, _ := p.routePath()
	lines := ""
	if scheme == "https" {
		// The bot behind us is ourselves: its certificate names the public host.
		lines = "SSLProxyEngine on\nSSLProxyVerify none\nSSLProxyCheckPeerName off\nSSLProxyCheckPeerCN off\n"
	}
	return lines + "ProxyPreserveHost on\nProxyPass " + apacheArgument(path) + " " + scheme + "://" + addr + apacheTail(raw) + "\n"
}

// apacheTail quotes the path of a ProxyPass URL, which follows an address that
// the shell fills in.
func apacheTail(path string) string {
	if q := apacheArgument(path); q == path {
		return path
	}
	return strings.NewReplacer(`"`, "%22", `\`, "%5C", " ", "%20", "$", "").Replace(printable(path))
}

// ApacheProxy puts Apache before the bot, on a port that Telegram connects to.
func ApacheProxy(p *Params) Remedy {
	names := "hookcheck-" + fileName(p.host())
	if p.plainHTTP() {
		names += " only-new"
	}
	return apacheEdit(p, "apache.proxy", proxyTitle(p, "Apache"),
		edit{task: "proxy", names: names, lines: apacheProxyHost(p), plain: apacheProxyHost(p.plainly()), port: p.frontPort(), tls: true,
			prepare: portFree(p, apacheServer) + apacheModules("ssl proxy proxy_http")})
}

func apacheProxyHost(p *Params) string {
	_, addr := p.backend()
	return fill(`<VirtualHost *:@PORT@>
    ServerName @HOST@
    SSLEngine on
    SSLCertificateFile @CRT@
    SSLCertificateKeyFile @KEY@
    SSLProtocol -all +TLSv1.2 +TLSv1.3
@ROUTE@</VirtualHost>
`, "@PORT@", p.frontPort(), "@HOST@", apacheArgument(p.urlHost()), "@CRT@", p.file("-proxy.pem"), "@KEY@", p.file("-proxy.key"),
		"@ROUTE@", indent(apacheRoute(p, addr)))
}

// ApacheRedirect answers the webhook before any redirect.
func ApacheRedirect(p *Params) Remedy {
	return apacheEdit(p, "apache.no_redirect",
		text("Apache: leave the webhook's path out of every redirect (before the first `RewriteRule`; [END] counts for .htaccess too)",
			"Apache: исключить путь вебхука из перенаправлений (перед первым `RewriteRule`; [END] действует и на .htaccess)"),
		edit{task: "redirect", prepare: apacheModules("rewrite proxy proxy_http"),
			lines: "RewriteEngine on\nRewriteCond %{REQUEST_URI} " + p.rewritePattern() + "\nRewriteRule ^ - [END]\n" + apacheRoute(p, searched(p))})
}

// ApacheLocation routes the path to the bot.
func ApacheLocation(p *Params) Remedy {
	return apacheEdit(p, "apache.location",
		text("Apache: hand the webhook's path to the bot, before every other `ProxyPass`: the first match wins", "Apache: передать путь вебхука боту, до остальных `ProxyPass`: действует первый подходящий"),
		edit{task: "location", prepare: apacheModules("proxy proxy_http"), lines: apacheRoute(p, searched(p))})
}

// ApacheUpstream corrects the address of the bot.
func ApacheUpstream(p *Params) Remedy {
	return apacheEdit(p, "apache.upstream",
		text("Apache: the address where the bot really listens in `ProxyPass`", "Apache: адрес, на котором бот на самом деле слушает, в `ProxyPass`"),
		edit{task: "upstream", lines: apacheRoute(p, searched(p))})
}

// ApacheAllowTelegram admits Telegram's ranges to the path.
func ApacheAllowTelegram(p *Params) Remedy {
	path, _ := p.servedPath()
	return apacheEdit(p, "apache.allow_telegram",
		text("Apache: admit Telegram's networks to this path, and nobody else; a client certificate that a section demands is no longer needed for it (with TLS 1.3 Apache answers 403 where there is none)",
			"Apache: пропустить к этому пути сети Telegram и никого больше; клиентский сертификат, которого требует секция, для него больше не нужен (с TLS 1.3 Apache отвечает без него 403)"),
		edit{task: "section", lines: "<Location " + apacheArgument(path) + ">\n    AuthType None\n    <RequireAny>\n" + eachRange("        Require ip @NET@\n") + "    </RequireAny>\n</Location>\n"})
}

// rewritePattern matches the webhook's path, which mod_rewrite has decoded.
func (p *Params) rewritePattern() string {
	path, prefix := p.servedPath()
	if prefix {
		return "^" + apachePattern(path)
	}
	return "^" + apachePattern(path) + "$"
}
