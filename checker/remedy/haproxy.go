package remedy

import "hookcheck/internal/lang"

const haproxySet = "conf=${HAPROXY_CONF:-/etc/haproxy/haproxy.cfg}\n"

// haproxyFiles prints the certificate files that the configuration in $conf
// names.
const haproxyFiles = `awk '{ for (i = 1; i < NF; i++) if ($i == "crt") print $(i + 1); else if ($i == "crt-list") while ((getline line < $(i + 1)) > 0) { split(line, w, " "); print w[1] } }' "$conf" | while read -r f; do
  if [ -d "$f" ]; then find "$f" -type f ! -name '*.key'; else echo "$f"; fi
done | sort -u`

const haproxyApply = haproxySet + `haproxy -c -f "$conf"
if [ -d /run/systemd/system ]; then systemctl reload-or-restart haproxy
else haproxy -D -f "$conf" -p /run/haproxy.pid -sf $(pidof haproxy || true)
fi
`

var haproxyServer = server{program: &editHAProxy, conf: haproxySet, apply: haproxyApply}

func haproxyEdit(p *Params, id string, title, place lang.Text, e edit) Remedy {
	e.server = haproxyServer
	return editing(p, id, title, place, e)
}

// inFrontend names the frontend of the port.
func inFrontend(p *Params) lang.Text {
	return text("the `bind` line of port "+p.port()+" in the configuration", "строку `bind` порта "+p.port()+" в конфигурации")
}

func inGlobal(p *Params) lang.Text {
	return text("section `global`, and the `bind` line of port "+p.port()+" where it says otherwise", "секцию `global` и строку `bind` порта "+p.port()+", если в ней указано иное")
}

// HAProxyPEM rewrites the PEM that HAProxy loads: certificate, intermediates,
// then the key that stands in it.
func HAProxyPEM(p *Params) Remedy {
	write := p.writeBundle()
	title := text("HAProxy: certificate, intermediates and key, in this order, in the file of `crt`",
		"HAProxy: сертификат, промежуточные и ключ, в этом порядке, в файле из `crt`")
	if write == "" {
		return note("haproxy.pem", title, fillText(text(
			"Join the server's certificate, its intermediates and the private key, in this order, into the file that `crt` names: `awk 1 fullchain.pem privkey.pem > haproxy.pem` (awk 1 ends the last line of each file). Then `haproxy -c -f /etc/haproxy/haproxy.cfg` and reload.",
			"Сложите сертификат сервера, промежуточные и закрытый ключ, в этом порядке, в файл из `crt`: `awk 1 fullchain.pem privkey.pem > haproxy.pem` (awk 1 завершает последнюю строку каждого файла). Затем `haproxy -c -f /etc/haproxy/haproxy.cfg` и перечитайте конфигурацию.")))
	}
	return haproxyCrt(p, "haproxy.pem", title, p.rememberBundle(), fill("own=$(openssl x509 -in @BUNDLE@ -noout -pubkey)\n", "@BUNDLE@", p.bundleFile()),
		fill(`cat @BUNDLE@; if grep -q 'PRIVATE KEY' "$f"; then openssl pkey -in "$f"; fi`, "@BUNDLE@", p.bundleFile()))
}

// haproxyCrt rewrites the file of `crt` that holds the certificate with the
// public key in $own: write prints what belongs into $f.
func haproxyCrt(p *Params, id string, title lang.Text, prepare, own, write string) Remedy {
	keep := "keep=/var/backups/hookcheck/" + id + "-" + fileName(p.host()) + "-" + p.port() + "\n" + haproxySet
	body := keep + remember + prepare + own + fill("files=$("+haproxyFiles+")\n"+`done=
for f in $files; do
  # the file may hold the intermediate first, or the key: its key tells whose it is
  found=$(openssl pkey -in "$f" -pubout 2>/dev/null || openssl x509 -in "$f" -noout -pubkey 2>/dev/null || true)
  [ "$found" = "$own" ] || [ -e "$keep$f" ] || continue
  remember "$f"
  (umask 077; { @WRITE@; } > "$keep/.file")
  cat "$keep/.file" > "$f"
  rm "$keep/.file"
  done=$f
done
if [ -z "$done" ]; then
  echo "no crt file in $conf holds this certificate" >&2
  exit 1
fi
`, "@WRITE@", write)
	r := command(id, title, body, keep+undoFiles+haproxyApply)
	r.Apply = haproxyApply
	return r
}

// HAProxyBindSSL turns TLS on. The file holds certificate, chain and key.
func HAProxyBindSSL(p *Params) Remedy {
	return haproxyEdit(p, "haproxy.bind_ssl",
		text("HAProxy: `ssl crt` on the bind line", "HAProxy: `ssl crt` в строке bind"),
		inFrontend(p), edit{task: "bind-ssl", lines: "ssl crt " + p.haproxyPEM(), prepare: p.rememberJoined()})
}

// haproxyPEM is the joined file of this host.
func (p *Params) haproxyPEM() string { return p.file("-haproxy.pem") }

// joinPEM makes it from the certificate and key of this host.
func (p *Params) joinPEM() string {
	return p.linkCertificate() + fill("umask 077\nawk 1 @OWN@-proxy.pem @OWN@-proxy.key > @OWN@-haproxy.pem\n", "@OWN@", p.file(""))
}

// rememberJoined is joinPEM with its files remembered for the undo.
func (p *Params) rememberJoined() string {
	return p.rememberLinks() + "remember " + p.haproxyPEM() + "\n" + p.joinPEM()
}

// HAProxyVersions offers TLS 1.2 and 1.3.
func HAProxyVersions(p *Params) Remedy {
	return haproxyEdit(p, "haproxy.tls_versions",
		text("HAProxy: TLS 1.2 and 1.3 (`force-tlsv10`, `ssl-max-ver` and the like leave the bind line)",
			"HAProxy: TLS 1.2 и 1.3 (`force-tlsv10`, `ssl-max-ver` и подобное убираются из строки bind)"),
		inGlobal(p), edit{task: "versions", names: "ssl-default-bind-options", lines: "ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets\n"})
}

// HAProxyCiphers sets the Mozilla intermediate suites.
func HAProxyCiphers(p *Params) Remedy {
	return haproxyEdit(p, "haproxy.ciphers",
		text("HAProxy: suites that every current client shares (`ciphers`, `ciphersuites` and `curves` leave the bind line)",
			"HAProxy: наборы шифров, которые есть у каждого современного клиента (`ciphers`, `ciphersuites` и `curves` убираются из строки bind)"),
		inGlobal(p), edit{task: "ciphers", names: "ssl-default-bind-ciphers ssl-default-bind-ciphersuites ssl-default-bind-curves ssl-default-bind-options",
			lines: "ssl-default-bind-ciphers " + suites + "\nssl-default-bind-ciphersuites " + suitesTLS13 +
				"\nssl-default-bind-curves X25519:P-256:P-384\nssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets\n"})
}

// HAProxyDH raises the Diffie-Hellman size.
func HAProxyDH(p *Params) Remedy {
	return haproxyEdit(p, "haproxy.dh",
		text("HAProxy: Diffie-Hellman parameters of 2048 bits, ECDHE first", "HAProxy: параметры Диффи — Хеллмана в 2048 бит, сначала ECDHE"),
		inGlobal(p), edit{task: "ciphers", names: "tune.ssl.default-dh-param ssl-dh-param-file ssl-default-bind-ciphers",
			lines: "tune.ssl.default-dh-param 2048\nssl-default-bind-ciphers " + suites + "\n"})
}

// HAProxyClientCert stops asking for client certificates.
func HAProxyClientCert(p *Params) Remedy {
	return haproxyEdit(p, "haproxy.client_certificate",
		text("HAProxy: no client certificate demanded (`verify optional` and an `acl` with ssl_c_used where other paths need one)",
			"HAProxy: не требовать клиентский сертификат (`verify optional` и `acl` с ssl_c_used, если он нужен другим путям)"),
		inFrontend(p), edit{task: "bind-verify", lines: "verify none"})
}

// HAProxyCrtList gives the name a certificate of its own; what stands on the
// bind line stays.
func HAProxyCrtList(p *Params) Remedy {
	list := p.file("-crt-list.txt")
	return haproxyEdit(p, "haproxy.crt_list",
		text("HAProxy: a certificate for this name, beside those that are there", "HAProxy: сертификат для этого имени, рядом с имеющимися"),
		inFrontend(p), edit{task: "bind-ssl", lines: "crt-list " + list,
			prepare: p.rememberJoined() + fill("remember @LIST@\nprintf '%s %s\\n' @PEM@ @HOST@ > @LIST@\n", "@PEM@", p.haproxyPEM(), "@HOST@", shell(p.host()), "@LIST@", list)})
}

// HAProxyProxyProtocol stops waiting for a PROXY line.
func HAProxyProxyProtocol(p *Params) Remedy {
	return haproxyEdit(p, "haproxy.proxy_protocol",
		text("HAProxy: no `accept-proxy` where clients connect directly; `send-proxy` to a bot that does not expect it goes too",
			"HAProxy: без `accept-proxy` там, где клиенты подключаются напрямую; `send-proxy` к боту, который его не ждёт, тоже лишний"),
		inFrontend(p), edit{task: "bind-direct", lines: "bind :" + p.port() + " ssl"})
}
