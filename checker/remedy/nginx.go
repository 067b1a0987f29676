package remedy

import (
	"hookcheck/internal/lang"
)

var nginxServer = server{
	programs: []*string{&editNginx, &editNginxHTTP},
	find: `find_nginx() { # the nginx that runs on this machine, not in a container, and its configuration
  local p title
  nginx=nginx conf=${NGINX_CONF:-} prefix= master=
  for p in /proc/[0-9]*; do
    title=
    { IFS= read -r -d '' title < "$p/cmdline"; } 2>/dev/null || true
    if [[ $title != 'nginx: master process '* ]] || [ ! "$p/root/." -ef / ] || [ ! "$p/ns/net" -ef /proc/self/ns/net ]; then continue; fi
    master=${p#/proc/}
    if [ -x "$p/exe" ]; then nginx=$(readlink "$p/exe"); fi
    prefix=$(echo "$title" | sed -n 's/.* -p  *\([^ ]*\).*/\1/p')
    conf=${conf:-$(echo "$title" | sed -n 's/.* -c  *\([^ ]*\).*/\1/p')}
    break
  done
  [ -x "$nginx" ] || nginx=nginx
  conf=${conf:-$("$nginx" -V 2>&1 | sed -n 's/.*--conf-path=\([^ ]*\).*/\1/p')}
  conf=${conf:-/etc/nginx/nginx.conf}
  if [ "${conf#/}" = "$conf" ]; then conf=${prefix%/}/$conf; fi
}
find_nginx
`,
	check:   `"$nginx" -q -t -c "$conf" ${prefix:+-p "$prefix"}`,
	process: "nginx",
	reload: `if [ -n "$master" ]; then kill -HUP "$master"
elif [ -d /run/systemd/system ]; then systemctl start nginx
else "$nginx" -c "$conf"
fi
`,
	restart: `if [ -d /run/systemd/system ]; then systemctl restart nginx
else
  if [ -n "$master" ]; then
    kill -QUIT "$master"
    for _ in {1..100}; do if [ -e "/proc/$master" ]; then sleep 0.1; fi; done
  fi
  "$nginx" -c "$conf" ${prefix:+-p "$prefix"}
fi
`,
}

// nginxEdit is directives for the server block of this host, in place of
// those that names lists.
func nginxEdit(p *Params, id string, title lang.Text, e edit) Remedy {
	e.server = nginxServer
	return editing(p, id, title, fillText(text("the `server { … }` block that answers for @HOST@ on port @PORT@, in the file where it stands",
		"блок `server { … }`, который отвечает за @HOST@ на порту @PORT@, в том файле, где он стоит"), "@HOST@", p.host(), "@PORT@", editPort(p, e)), e)
}

// NginxFullchain points nginx to the corrected chain. It belongs to
// ssl_certificate; ssl_certificate_key stays as it is.
func NginxFullchain(p *Params) Remedy {
	return nginxEdit(p, "nginx.fullchain",
		text("nginx: the whole chain in `ssl_certificate`, the server's certificate first (otherwise nginx refuses to load it, \"key values mismatch\", or, where the CA's key is of another kind, loads it and no handshake succeeds)",
			"nginx: вся цепочка в `ssl_certificate`, сначала сертификат сервера (иначе nginx его не загрузит, «key values mismatch», а если ключ УЦ другого типа, загрузит, но ни одно рукопожатие не удастся)"),
		edit{task: "chain", lines: "ssl_certificate " + nginxString(p.chainFile()) + ";\n", prepare: p.rememberBundle()})
}

// nginxPair names the linked certificate and key.
func nginxPair(p *Params) string {
	return "ssl_certificate " + p.file("-proxy.pem") + ";\nssl_certificate_key " + p.file("-proxy.key") + ";\n"
}

// NginxListenSSL turns TLS on.
func NginxListenSSL(p *Params) Remedy {
	return nginxEdit(p, "nginx.listen_ssl",
		text("nginx: `ssl` on the listen line", "nginx: `ssl` в строке listen"),
		edit{task: "tls-listen", names: "ssl ssl_certificate ssl_certificate_key", lines: nginxPair(p), tls: true})
}

// NginxVersions offers TLS 1.2 and 1.3. The default server of a port decides
// for all its servers.
func NginxVersions(p *Params) Remedy {
	return nginxEdit(p, "nginx.tls_versions",
		text("nginx: TLS 1.2 and 1.3 (in the default server of the port too, which decides for all)",
			"nginx: TLS 1.2 и 1.3 (и в сервере по умолчанию для порта: решает он)"),
		edit{task: "tls-default", names: "ssl_protocols", lines: "ssl_protocols TLSv1.2 TLSv1.3;\n"})
}

// NginxCiphers sets the Mozilla intermediate suites.
func NginxCiphers(p *Params) Remedy {
	return nginxEdit(p, "nginx.ciphers",
		text("nginx: suites and curves that every current client shares; in a certificate file that begins with the CA's certificate the server's own comes first",
			"nginx: наборы шифров и кривые, которые есть у каждого современного клиента; если файл сертификата начинается с сертификата УЦ, первым ставится сертификат сервера"),
		edit{task: "ciphers", names: "ssl_protocols ssl_ciphers ssl_ecdh_curve ssl_prefer_server_ciphers ssl_conf_command",
			lines: "ssl_protocols TLSv1.2 TLSv1.3;\nssl_ciphers " + suites + ";\nssl_ecdh_curve X25519:prime256v1:secp384r1;\nssl_prefer_server_ciphers off;\n"})
}

// NginxDH leaves finite-field Diffie-Hellman out.
func NginxDH(p *Params) Remedy {
	return nginxEdit(p, "nginx.dh",
		text("nginx: ECDHE in place of the short Diffie-Hellman parameters", "nginx: ECDHE вместо коротких параметров Диффи — Хеллмана"),
		edit{task: "tls-default", names: "ssl_ciphers ssl_ecdh_curve ssl_dhparam", lines: "ssl_ciphers " + ecdheSuites + ";\nssl_ecdh_curve X25519:prime256v1:secp384r1;\n"})
}

// NginxClientCert stops asking for client certificates.
func NginxClientCert(p *Params) Remedy {
	return nginxEdit(p, "nginx.client_certificate",
		text("nginx: no client certificate demanded, nor asked for by an `if` (`optional` and a check of $ssl_client_verify in other locations where they need one)",
			"nginx: не требовать клиентский сертификат, в том числе через `if` (если он нужен другим путям — `optional` и проверка $ssl_client_verify в их location)"),
		edit{task: "no-client", names: "ssl_verify_client", lines: "ssl_verify_client off;\n"})
}

// NginxServerName makes a site answer for this name.
func NginxServerName(p *Params) Remedy {
	return nginxEdit(p, "nginx.server_name",
		text("nginx: a server block for this name with its certificate (a copy of the bot's block where that has other names, which keep theirs)",
			"nginx: блок server для этого имени с его сертификатом (копия блока бота, если у того есть другие имена: они остаются как были)"),
		edit{task: "site", names: "server_name ssl_certificate ssl_certificate_key", tls: true,
			lines: "server_name " + nginxString(p.host()) + ";\n" + nginxPair(p) + nginxLocation(p, searched(p))})
}

// NginxProxyProtocol stops waiting for a PROXY line that Telegram never sends.
func NginxProxyProtocol(p *Params) Remedy {
	return nginxEdit(p, "nginx.proxy_protocol",
		text("nginx: no `proxy_protocol` where clients connect directly (keep it only behind a balancer that sends it)",
			"nginx: без `proxy_protocol` там, где клиенты подключаются напрямую (он нужен только за балансировщиком, который его шлёт)"),
		edit{task: "listen-direct", lines: "listen " + p.port() + " ssl;\n"})
}

// NginxListenPublic has it listen on every address, and starts it.
func NginxListenPublic(p *Params) Remedy {
	return nginxEdit(p, "nginx.listen_public",
		fillText(text("nginx: `listen @PORT@` in place of 127.0.0.1, and start it. What keeps it from starting is shown (\"key values mismatch\": the certificate of the server does not stand first in its file)",
			"nginx: `listen @PORT@` вместо 127.0.0.1 и запуск. Показывается, что мешает запуску («key values mismatch»: сертификат сервера стоит в файле не первым)"), "@PORT@", p.port()),
		edit{task: "listen-public", lines: "listen " + p.port() + " ssl;\n", restart: true})
}
