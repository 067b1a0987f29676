package remedy

import (
	"strings"

	"hookcheck/internal/lang"
)

// haproxyFiles prints the certificate files that the configuration in $conf
// names.
const haproxyFiles = `awk '{ for (i = 1; i < NF; i++) if ($i == "crt") print $(i + 1); else if ($i == "crt-list") while ((getline line < $(i + 1)) > 0) { split(line, w, " "); print w[1] } }' "$conf" | while read -r f; do
  if [ -d "$f" ]; then find "$f" -type f ! -name '*.key'; else echo "$f"; fi
done | sort -u`

const haproxyFind = `find_haproxy() { # the HAProxy that runs on this machine, not in a container, and its configuration
  local p i arguments
  haproxy=haproxy conf=${HAPROXY_CONF:-} running= master=
  for p in /proc/[0-9]*; do
    if [ "$(cat "$p/comm" 2>/dev/null)" != haproxy ] || [ ! "$p/root/." -ef / ] || [ ! "$p/ns/net" -ef /proc/self/ns/net ]; then continue; fi
    running="$running ${p#/proc/}"
    if [ "$(cat "/proc/$(sed -n 's/^PPid:[^0-9]*//p' "$p/status" 2>/dev/null)/comm" 2>/dev/null)" = haproxy ]; then continue; fi # a worker
    if [ -n "$master" ] || [ -n "${arguments:-}" ]; then continue; fi
    mapfile -d '' -t arguments < "$p/cmdline"
    for i in "${!arguments[@]}"; do
      case ${arguments[i]} in
        -f) case $conf in *"${arguments[i+1]}"*) ;; *) [ -n "${HAPROXY_CONF:-}" ] || conf=${conf:+$conf$'\n'}${arguments[i+1]} ;; esac ;;
        -W | -Ws) master=${p#/proc/} ;;
      esac
    done
  done
  conf=${conf:-/etc/haproxy/haproxy.cfg}
  files=$(echo "$conf" | sed 's/^/-f /' | tr '\n' ' ')
}
find_haproxy
`

var haproxyServer = server{
	programs: []*string{&editHAProxy, &editHAProxyHTTP},
	find:     haproxyFind,
	check:    `haproxy -c -q $files`,
	process:  "haproxy",
	reload: `if [ -n "$master" ]; then kill -USR2 "$master"
elif [ -d /run/systemd/system ]; then systemctl reload-or-restart haproxy
else haproxy -D $files -p /run/haproxy.pid ${running:+-sf $running}
fi
`,
}

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
	title := text("HAProxy: certificate, intermediates and key in the file of `crt`, the server's certificate before its intermediates (otherwise HAProxy refuses the file: \"inconsistencies between private key and certificate\")",
		"HAProxy: сертификат, промежуточные и ключ в файле из `crt`, сертификат сервера перед промежуточными (иначе HAProxy не примет файл: «inconsistencies between private key and certificate»)")
	if p.writeBundle() == "" {
		return note("haproxy.pem", title, text(
			"Join the server's certificate, its intermediates and the private key, in this order, into the file that `crt` names: `awk 1 fullchain.pem privkey.pem > haproxy.pem` (awk 1 ends the last line of each file). Then `haproxy -c -f /etc/haproxy/haproxy.cfg` and reload.",
			"Сложите сертификат сервера, промежуточные и закрытый ключ, в этом порядке, в файл из `crt`: `awk 1 fullchain.pem privkey.pem > haproxy.pem` (awk 1 завершает последнюю строку каждого файла). Затем `haproxy -c -f /etc/haproxy/haproxy.cfg` и перечитайте конфигурацию."))
	}
	return haproxyCrt(p, "haproxy.pem", title, p.rememberBundle()+fill("own=$(openssl x509 -in @BUNDLE@ -noout -pubkey)\n", "@BUNDLE@", p.bundleFile()), p.bundleFile(), "")
}

// haproxyCrt rewrites the files of `crt` that hold the certificate with the
// public key in $own, which prepare sets: chain and key come to stand there,
// the key that is there where none is given.
func haproxyCrt(p *Params, id string, title lang.Text, prepare, chain, key string, more ...string) Remedy {
	return haproxyEdit(p, id, title,
		text("the files of this certificate that `crt` and `crt-list` name", "файлы с этим сертификатом, названные в `crt` и `crt-list`"),
		edit{task: "chain", names: `"$own" ` + shell(chain) + " " + shell(key) + strings.Join(more, ""), prepare: prepare})
}

// HAProxyBindSSL turns TLS on. The file holds certificate, chain and key.
func HAProxyBindSSL(p *Params) Remedy {
	return haproxyEdit(p, "haproxy.bind_ssl",
		text("HAProxy: `ssl crt` on the bind line", "HAProxy: `ssl crt` в строке bind"),
		inFrontend(p), edit{task: "bind-ssl", lines: "ssl crt " + p.haproxyPEM(), prepare: p.rememberJoined()})
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
		text("the `bind` line of port "+p.port()+" in the configuration; where nothing behind it takes the webhook, a `use_backend` line and a backend for the bot too",
			"строку `bind` порта "+p.port()+" в конфигурации; если за ней вебхук никто не принимает — ещё строку `use_backend` и backend для бота"),
		edit{task: "site", lines: "crt-list " + list + "\n" + haproxyRoute(p),
			prepare: p.rememberJoined() + fill("remember @LIST@\nprintf '%s %s\\n' @PEM@ @HOST@ > @LIST@\n", "@PEM@", p.haproxyPEM(), "@HOST@", shell(p.host()), "@LIST@", list)})
}

// HAProxyProxyProtocol stops waiting for a PROXY line.
func HAProxyProxyProtocol(p *Params) Remedy {
	return haproxyEdit(p, "haproxy.proxy_protocol",
		text("HAProxy: no `accept-proxy` where clients connect directly; `send-proxy` to a bot that does not expect it goes too",
			"HAProxy: без `accept-proxy` там, где клиенты подключаются напрямую; `send-proxy` к боту, который его не ждёт, тоже лишний"),
		inFrontend(p), edit{task: "bind-direct", lines: "bind :" + p.port() + " ssl"})
}

// HAProxyListenPublic binds every address, and starts it.
func HAProxyListenPublic(p *Params) Remedy {
	return haproxyEdit(p, "haproxy.listen_public",
		fillText(text("HAProxy: `bind :@PORT@` in place of 127.0.0.1, and start it. What keeps it from starting is shown (\"inconsistencies between private key and certificate\": the certificate of the server does not stand first in its file)",
			"HAProxy: `bind :@PORT@` вместо 127.0.0.1 и запуск. Показывается, что мешает запуску («inconsistencies between private key and certificate»: сертификат сервера стоит в файле не первым)"), "@PORT@", p.port()),
		inFrontend(p), edit{task: "bind-public", lines: "bind :" + p.port()})
}
