package remedy

// apacheRoute hands the webhook's path to the bot.
func apacheRoute(p *Params) string {
	scheme, addr := p.backend()
	path, _ := p.servedPath()
	raw, _ := p.routePath()
	lines := ""
	if scheme == "https" {
		// The bot behind us is ourselves: its certificate names the public host.
		lines = "SSLProxyEngine on\nSSLProxyVerify none\nSSLProxyCheckPeerName off\nSSLProxyCheckPeerCN off\n"
	}
	return lines + "ProxyPreserveHost on\nProxyPass " + apacheArgument(path) + " " + apacheArgument(scheme+"://"+addr+raw) + "\n"
}

// ApacheProxy puts Apache before the bot, on a port that Telegram connects to.
func ApacheProxy(p *Params) Remedy {
	name := "hookcheck-" + fileName(p.host()) + ".conf"
	vhost := fill(`<VirtualHost *:@PORT@>
    ServerName @HOST@
    SSLEngine on
    SSLCertificateFile @CRT@
    SSLCertificateKeyFile @KEY@
    SSLProtocol -all +TLSv1.2 +TLSv1.3
@ROUTE@</VirtualHost>
`, "@PORT@", p.frontPort(), "@HOST@", apacheArgument(p.urlHost()), "@CRT@", p.file("-proxy.pem"), "@KEY@", p.file("-proxy.key"),
		"@ROUTE@", indent(apacheRoute(p)))
	if p.frontPort() != "443" {
		// Debian's ports.conf listens on 443 as soon as mod_ssl is there.
		vhost = "Listen " + p.frontPort() + " https\n" + vhost
	}
	place := "dir=/etc/apache2/sites-enabled\n[ -d \"$dir\" ] || dir=/etc/httpd/conf.d\n"
	r := command("apache.proxy", proxyTitle(p, "Apache"),
		p.linkCertificate()+place+"cat > \"$dir\"/"+name+" <<'CONF'\n"+vhost+"CONF\n",
		place+"rm -f \"$dir\"/"+name+" "+p.file("-proxy.pem")+" "+p.file("-proxy.key")+"\n"+apacheApply)
	r.Apply = apacheModules("ssl proxy proxy_http") + apacheApply
	return r
}

// ApacheRedirect answers the webhook before any redirect.
func ApacheRedirect(p *Params) Remedy {
	return apacheConfig(p, "apache.no_redirect",
		text("Apache: leave the webhook's path out of every redirect (these lines before the first `RewriteRule`; in .htaccess the same)",
			"Apache: исключить путь вебхука из перенаправлений (эти строки — перед первым `RewriteRule`; в .htaccess так же)"),
		"`Redirect` and `RedirectMatch` of `/` (make them RewriteRules below these lines); for a missing slash also `DirectorySlash`",
		"RewriteEngine on\nRewriteCond %{REQUEST_URI} "+p.rewritePattern()+"\nRewriteRule ^ - [END]\n")
}

// ApacheLocation routes the path to the bot.
func ApacheLocation(p *Params) Remedy {
	r := apacheConfig(p, "apache.location",
		text("Apache: hand the webhook's path to the bot; "+botAddressEN(p), "Apache: передать путь вебхука боту; "+botAddressRU(p)),
		"`ProxyPass` of this path, if there is one (the first match wins: put it before `ProxyPass /`)", apacheRoute(p))
	r.Apply = apacheModules("proxy proxy_http") + apacheApply
	return r
}

// ApacheUpstream corrects the address of the bot.
func ApacheUpstream(p *Params) Remedy {
	return apacheConfig(p, "apache.upstream",
		text("Apache: the address where the bot really listens (`ss -ltnp` shows it); "+botAddressEN(p),
			"Apache: адрес, на котором бот на самом деле слушает (его покажет `ss -ltnp`); "+botAddressRU(p)),
		"`ProxyPass`", apacheRoute(p))
}

// ApacheAllowTelegram admits Telegram's ranges to the path.
func ApacheAllowTelegram(p *Params) Remedy {
	path, _ := p.servedPath()
	return apacheConfig(p, "apache.allow_telegram",
		text("Apache: admit Telegram's networks", "Apache: пропустить сети Telegram"),
		"the `<Location>` of this path, if there is one, with its `Require`, `AuthType` and `Deny` lines",
		"<Location "+apacheArgument(path)+">\n    AuthType None\n    <RequireAny>\n"+eachRange("        Require ip @NET@\n")+"    </RequireAny>\n</Location>\n")
}

// rewritePattern matches the webhook's path, which mod_rewrite has decoded.
func (p *Params) rewritePattern() string {
	path, prefix := p.servedPath()
	if prefix {
		return "^" + apachePattern(path)
	}
	return "^" + apachePattern(path) + "$"
}
