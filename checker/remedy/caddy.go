package remedy

import "hookcheck/internal/lang"

const caddyFile = "/etc/caddy/Caddyfile"

var caddyServer = server{
	programs: []*string{&editCaddy},
	find: `find_caddy() { # the Caddy that runs on this machine, not in a container, and its configuration
  local p i e arguments user
  conf=${CADDY_CONF:-} running= as=
  for p in /proc/[0-9]*; do
    if [ "$(cat "$p/comm" 2>/dev/null)" != caddy ] || [ ! "$p/root/." -ef / ] || [ ! "$p/ns/net" -ef /proc/self/ns/net ]; then continue; fi
    mapfile -d '' -t arguments < "$p/cmdline"
    case ${arguments[1]:-} in run | start) ;; *) continue ;; esac
    running=${p#/proc/}
    for i in "${!arguments[@]}"; do
      case ${arguments[i]} in
        --config | -config | -c) conf=${conf:-${arguments[i+1]}} ;;
        --config=* | -config=*) conf=${conf:-${arguments[i]#*=}} ;;
      esac
    done
    if [ -n "$conf" ] && [ "${conf#/}" = "$conf" ]; then conf=$(readlink "$p/cwd")/$conf; fi
    if [ -z "$conf" ] && [ -e "$p/cwd/Caddyfile" ]; then conf=$(readlink "$p/cwd")/Caddyfile; fi
    user=$(stat -c %U "$p")
    if [ "$user" != "$(id -un)" ]; then as="runuser -u $user --"; fi
    while IFS= read -r -d '' e; do # {$NAME} in the configuration
      if grep -rqsF "{\$${e%%=*}" "${conf%/*}"; then export "$e"; fi
    done < "$p/environ"
    break
  done
  conf=${conf:-` + caddyFile + `}
}
find_caddy
`,
	check:   `cd / && $as caddy validate --config "$conf" --adapter caddyfile`,
	process: "caddy",
	reload: `if [ -n "$running" ] && caddy reload --force --config "$conf" --adapter caddyfile; then :
else
` + caddyRestart + `fi
`,
	restart: caddyRestart,
}

// caddyRestart serves where the admin endpoint is off, or moves a socket.
const caddyRestart = `  if [ -d /run/systemd/system ]; then systemctl restart caddy
  else
    if [ -n "$running" ]; then
      kill "$running"
      for _ in {1..100}; do if [ -e "/proc/$running" ]; then sleep 0.1; fi; done
    fi
    caddy start --config "$conf" --adapter caddyfile </dev/null
  fi
`

// caddyEdit is directives for the site of this host.
func caddyEdit(p *Params, id string, title lang.Text, e edit) Remedy {
	e.server = caddyServer
	return editing(p, id, title, fillText(text("the site block that answers for @HOST@ on port @PORT@, in the file where it stands",
		"блок сайта, который отвечает за @HOST@ на порту @PORT@, в том файле, где он стоит"), "@HOST@", p.host(), "@PORT@", editPort(p, e)), e)
}

// caddySite is the whole site block of this host.
func caddySite(p *Params, scheme, addr, port string) string {
	route := "reverse_proxy " + addr + "\n"
	if scheme == "https" {
		// The bot behind us is ourselves: its certificate names the public host.
		route = "reverse_proxy https://" + addr + " {\n    transport http {\n        tls_insecure_skip_verify\n    }\n}\n"
	}
	address := p.urlHost()
	if port != "443" {
		address += ":" + port
	}
	return "https://" + address + " {\n" + indent(route) + "}\n"
}

// caddyPair looks for a certificate and hands it to the program; Caddy gets
// one by itself where there is none.
func (p *Params) caddyPair() (prepare, names string) {
	return p.rememberLinks() + p.linkCertificateIfAny(), "${crt:+" + p.file("-proxy.pem") + "} ${crt:+" + p.file("-proxy.key") + "}"
}

// CaddyProxy puts Caddy before the bot, on a port that Telegram connects to.
func CaddyProxy(p *Params) Remedy {
	site := func(p *Params) string { scheme, addr := p.backend(); return caddySite(p, scheme, addr, p.frontPort()) }
	prepare, names := p.caddyPair()
	if p.plainHTTP() {
		names += " only-new"
	}
	return caddyEdit(p, "caddy.proxy", proxyTitle(p, "Caddy"),
		edit{task: "proxy", names: names, lines: site(p), plain: site(p.plainly()), port: p.frontPort(), prepare: portFree(p, caddyServer) + prepare})
}

// CaddySite makes Caddy answer for this name with TLS.
func CaddySite(p *Params) Remedy {
	prepare, names := p.caddyPair()
	return caddyEdit(p, "caddy.site",
		text("Caddy: a site with TLS for this name, with a certificate for it that is on the machine; where there is none Caddy gets one itself (ports 80 and 443 must be reachable)",
			"Caddy: сайт с TLS для этого имени и сертификатом для него, если такой есть на машине; иначе Caddy получит сертификат сам (должны быть доступны порты 80 и 443)"),
		edit{task: "site", names: names, lines: caddySite(p, "http", searched(p), p.port()), prepare: prepare})
}

// CaddyFullchain points Caddy to the corrected chain.
func CaddyFullchain(p *Params) Remedy {
	return caddyEdit(p, "caddy.fullchain",
		text("Caddy: the whole chain in `tls`, the server's certificate first (otherwise Caddy does not load it: \"does not match public key\"); the second file, the key, stays. Without a `tls` line Caddy gets a certificate with its chain by itself",
			"Caddy: вся цепочка в `tls`, сначала сертификат сервера (иначе Caddy его не загрузит: «does not match public key»); второй файл, ключ, остаётся. Без строки `tls` Caddy сам получит сертификат с цепочкой"),
		edit{task: "chain", names: p.chainFile(), lines: "tls " + p.chainFile() + " " + p.live() + "/privkey.pem\n", prepare: p.rememberBundle()})
}

// CaddyVersions tells that Caddy offers TLS 1.2 and 1.3 and can do no less.
func CaddyVersions(p *Params) Remedy {
	return note("caddy.tls_versions",
		text("Caddy: it is not Caddy that offers old versions", "Caddy: старые версии предлагает не Caddy"),
		fillText(text("Caddy 2 knows TLS 1.2 and 1.3 alone and refuses to load `protocols tls1.0`. What answers on port @PORT@ with an older version is another program before it: `ss -ltnp 'sport = :@PORT@'` on the host names it, unless it is a balancer of the provider.",
			"Caddy 2 умеет только TLS 1.2 и 1.3 и не загружает `protocols tls1.0`. На порту @PORT@ со старой версией отвечает другая программа перед ним: её назовёт `ss -ltnp 'sport = :@PORT@'` на сервере, если это не балансировщик провайдера."), "@PORT@", p.port()))
}

// CaddyCiphers returns to Caddy's own choice of suites.
func CaddyCiphers(p *Params) Remedy {
	return caddyEdit(p, "caddy.ciphers",
		text("Caddy: its own choice of versions, suites and curves, which every current client shares (`ciphers`, `curves` and `protocols` leave the block `tls`)",
			"Caddy: его собственный выбор версий, шифров и кривых, который есть у каждого современного клиента (`ciphers`, `curves` и `protocols` убираются из блока `tls`)"),
		edit{task: "ciphers"})
}

// CaddyClientCert stops asking for client certificates.
func CaddyClientCert(p *Params) Remedy {
	return caddyEdit(p, "caddy.client_certificate",
		text("Caddy: verify a client certificate only where one is given", "Caddy: проверять клиентский сертификат, только если он предъявлен"),
		edit{task: "client-auth", lines: "mode verify_if_given\n"})
}

// caddyHandle hands the path to the bot. handle keeps the path, handle_path
// would cut it off.
func caddyHandle(p *Params) string {
	path, prefix := p.servedPath()
	if prefix {
		path += "*"
	}
	return "handle " + caddyToken(path) + " {\n    reverse_proxy " + searched(p) + "\n}\n"
}

// CaddyRedirect answers the webhook before any redirect.
func CaddyRedirect(p *Params) Remedy {
	return caddyEdit(p, "caddy.no_redirect",
		text("Caddy: answer the webhook's path in a `handle` of its own; what else the site does moves into a `handle { … }` beside it, as `redir` would come first otherwise",
			"Caddy: отвечать на путь вебхука в отдельном `handle`; остальное в сайте переносится в соседний `handle { … }`, иначе `redir` сработает раньше"),
		edit{task: "redirect", lines: caddyHandle(p)})
}

// CaddyRoute routes the path to the bot.
func CaddyRoute(p *Params) Remedy {
	return caddyEdit(p, "caddy.route",
		text("Caddy: hand the webhook's path to the bot", "Caddy: передать путь вебхука боту"),
		edit{task: "location", lines: caddyHandle(p)})
}

// CaddyUpstream corrects the address of the bot.
func CaddyUpstream(p *Params) Remedy {
	return caddyEdit(p, "caddy.upstream",
		text("Caddy: the address where the bot really listens in `reverse_proxy`", "Caddy: адрес, на котором бот на самом деле слушает, в `reverse_proxy`"),
		edit{task: "upstream", lines: caddyHandle(p)})
}

// CaddyListenPublic has it listen on every address, and starts it.
func CaddyListenPublic(p *Params) Remedy {
	return caddyEdit(p, "caddy.listen_public",
		text("Caddy: no `bind 127.0.0.1`, and start it. What keeps it from starting is shown (\"does not match public key\": the certificate of the server does not stand first in its file)",
			"Caddy: без `bind 127.0.0.1` и запуск. Показывается, что мешает запуску («does not match public key»: сертификат сервера стоит в файле не первым)"),
		edit{task: "listen-public", restart: true})
}
