package remedy

import (
	"strings"

	"hookcheck/internal/lang"
)

const (
	haproxyConf  = "/etc/haproxy/haproxy.cfg"
	haproxyCheck = "haproxy -c -f " + haproxyConf + "\n"
	haproxyApply = haproxyCheck +
		"if [ -d /run/systemd/system ]; then systemctl reload haproxy\n" +
		"else haproxy -D -f " + haproxyConf + " -p /run/haproxy.pid -sf $(pidof haproxy || true)\nfi\n"
	haproxyUndo = "cp -a " + haproxyConf + ".before-hookcheck " + haproxyConf + "\n" + haproxyApply
)

func haproxyConfig(id string, title lang.Text, place lang.Text, body string) Remedy {
	return Remedy{
		ID: id, Platform: HAProxy, Kind: Config, Title: title,
		Where: fillText(text(
			"keep a copy first: `cp -an "+haproxyConf+" "+haproxyConf+".before-hookcheck`. Then in "+haproxyConf+", @PLACE@",
			"сначала сохраните копию: `cp -an "+haproxyConf+" "+haproxyConf+".before-hookcheck`. Затем в "+haproxyConf+", @PLACERU@"),
			"@PLACE@", place.EN, "@PLACERU@", place.RU),
		Body: lang.Both(body), Apply: haproxyApply, Undo: haproxyUndo,
	}
}

// inFrontend names the frontend of the port and the lines to replace.
func inFrontend(p *Params, lines string) lang.Text {
	return text("`frontend` of port "+p.port()+", in place of: "+lines, "секция `frontend` порта "+p.port()+", вместо: "+lines)
}

func inGlobal(lines string) lang.Text {
	return text("section `global`, in place of: "+lines, "секция `global`, вместо: "+lines)
}

// HAProxyPEM rewrites the PEM that HAProxy loads: certificate, intermediates,
// then the key that stands in it.
func HAProxyPEM(p *Params) Remedy {
	write := p.writeBundle()
	title := text("HAProxy: certificate, intermediates and key, in this order, in the file of `crt`",
		"HAProxy: сертификат, промежуточные и ключ, в этом порядке, в файле из `crt`")
	if write == "" {
		return note("haproxy.pem", title, fillText(text(
			"Join the server's certificate, its intermediates and the private key, in this order, into the file that `crt` names: `awk 1 fullchain.pem privkey.pem > haproxy.pem` (awk 1 ends the last line of each file). Then `haproxy -c -f "+haproxyConf+"` and reload.",
			"Сложите сертификат сервера, промежуточные и закрытый ключ, в этом порядке, в файл из `crt`: `awk 1 fullchain.pem privkey.pem > haproxy.pem` (awk 1 завершает последнюю строку каждого файла). Затем `haproxy -c -f "+haproxyConf+"` и перезагрузка настроек.")))
	}
	find := fill(`own=$(openssl x509 -in @BUNDLE@ -noout -pubkey)
files=$(awk '{ for (i = 1; i < NF; i++) if ($i == "crt") print $(i + 1) }' `+haproxyConf+` | while read -r f; do
  if [ -d "$f" ]; then find "$f" -type f ! -name '*.before-hookcheck' ! -name '*.key'; else echo "$f"; fi
done | sort -u)
done=
for f in $files; do
`, "@BUNDLE@", p.bundleFile())
	body := write + find + fill(`  [ "$(openssl x509 -in "$f" -noout -pubkey 2>/dev/null)" = "$own" ] || continue
  cp -an "$f" "$f.before-hookcheck"
  umask 077
  key=$(if grep -q 'PRIVATE KEY' "$f"; then openssl pkey -in "$f"; fi)
  { cat @BUNDLE@; printf '%s\n' "$key"; } > "$f.new"
  chown --reference="$f" "$f.new"
  chmod --reference="$f" "$f.new"
  mv "$f.new" "$f"
  done=$f
done
if [ -z "$done" ]; then
  echo 'no crt file in `+haproxyConf+` holds this certificate' >&2
  exit 1
fi
`, "@BUNDLE@", p.bundleFile())
	undo := write + strings.Replace(find, "done=\n", "", 1) + `  if [ -e "$f.before-hookcheck" ]; then mv "$f.before-hookcheck" "$f"; fi
done
` + haproxyApply
	r := command("haproxy.pem", title, body, undo)
	r.Apply = haproxyApply
	return r
}

// HAProxyBindSSL turns TLS on. The file holds certificate, chain and key.
func HAProxyBindSSL(p *Params) Remedy {
	r := haproxyConfig("haproxy.bind_ssl",
		text("HAProxy: `ssl crt` on the bind line", "HAProxy: `ssl crt` в строке bind"),
		inFrontend(p, "`bind`"), fill("bind :@PORT@ ssl crt @PEM@\n", "@PORT@", p.port(), "@PEM@", p.haproxyPEM()))
	r.Apply = p.joinPEM() + haproxyApply
	return r
}

// haproxyPEM is the joined file of this host.
func (p *Params) haproxyPEM() string { return p.file("-haproxy.pem") }

// joinPEM makes it from the certificate and key of this host.
func (p *Params) joinPEM() string {
	return p.linkCertificate() + fill("umask 077\nawk 1 @OWN@-proxy.pem @OWN@-proxy.key > @OWN@-haproxy.pem\n", "@OWN@", p.file(""))
}

// HAProxyVersions offers TLS 1.2 and 1.3.
func HAProxyVersions(p *Params) Remedy {
	return haproxyConfig("haproxy.tls_versions",
		text("HAProxy: TLS 1.2 and 1.3 (take `force-tlsv10`, `force-tlsv11`, `ssl-max-ver` out of the bind lines)",
			"HAProxy: TLS 1.2 и 1.3 (уберите `force-tlsv10`, `force-tlsv11`, `ssl-max-ver` из строк bind)"),
		inGlobal("`ssl-default-bind-options`"), "ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets\n")
}

// HAProxyCiphers sets the Mozilla intermediate suites.
func HAProxyCiphers(p *Params) Remedy {
	return haproxyConfig("haproxy.ciphers",
		text("HAProxy: suites that every current client shares (take `ciphers` and `ciphersuites` out of the bind lines)",
			"HAProxy: наборы шифров, которые есть у каждого современного клиента (уберите `ciphers` и `ciphersuites` из строк bind)"),
		inGlobal("`ssl-default-bind-ciphers`, `ssl-default-bind-ciphersuites`, `ssl-default-bind-curves`, `ssl-default-bind-options`"),
		"ssl-default-bind-ciphers "+suites+"\nssl-default-bind-ciphersuites "+suitesTLS13+
			"\nssl-default-bind-curves X25519:P-256:P-384\nssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets\n")
}

// HAProxyDH raises the Diffie-Hellman size.
func HAProxyDH(p *Params) Remedy {
	return haproxyConfig("haproxy.dh",
		text("HAProxy: Diffie-Hellman parameters of 2048 bits, ECDHE first", "HAProxy: параметры Диффи — Хеллмана в 2048 бит, сначала ECDHE"),
		inGlobal("`tune.ssl.default-dh-param`, `ssl-dh-param-file` (take that line out), `ssl-default-bind-ciphers`"),
		"tune.ssl.default-dh-param 2048\nssl-default-bind-ciphers "+suites+"\n")
}

// HAProxyClientCert stops asking for client certificates.
func HAProxyClientCert(p *Params) Remedy {
	return haproxyConfig("haproxy.client_certificate",
		text("HAProxy: no client certificate demanded (`verify optional` and an `acl` with ssl_c_used where other paths need one)",
			"HAProxy: не требовать клиентский сертификат (`verify optional` и `acl` с ssl_c_used, если он нужен другим путям)"),
		inFrontend(p, "`bind … verify required`"), fill("bind :@PORT@ ssl crt @PEM@ verify none\n", "@PORT@", p.port(), "@PEM@", p.haproxyPEM()))
}

// HAProxyCrtList gives the name a certificate of its own.
func HAProxyCrtList(p *Params) Remedy {
	list := p.file("-crt-list.txt")
	r := haproxyConfig("haproxy.crt_list",
		text("HAProxy: a certificate for this name", "HAProxy: сертификат для этого имени"),
		text("add `crt-list "+list+"` to the `bind` line of port "+p.port()+" and keep the crt that stands there: it would read",
			"допишите `crt-list "+list+"` в строку `bind` порта "+p.port()+", оставив прежний crt; получится"),
		fill("bind :@PORT@ ssl crt-list @LIST@\n", "@PORT@", p.port(), "@LIST@", list))
	r.Apply = p.joinPEM() + fill("printf '%s %s\\n' @PEM@ @HOST@ > @LIST@\n", "@PEM@", p.haproxyPEM(), "@HOST@", shell(p.host()), "@LIST@", list) + haproxyApply
	return r
}

// HAProxyProxyProtocol stops waiting for a PROXY line.
func HAProxyProxyProtocol(p *Params) Remedy {
	return haproxyConfig("haproxy.proxy_protocol",
		text("HAProxy: no `accept-proxy` where clients connect directly; `send-proxy` to a bot that does not expect it goes too",
			"HAProxy: без `accept-proxy` там, где клиенты подключаются напрямую; `send-proxy` к боту, который его не ждёт, тоже лишний"),
		inFrontend(p, "`bind … accept-proxy`"), fill("bind :@PORT@ ssl crt @PEM@\n", "@PORT@", p.port(), "@PEM@", p.haproxyPEM()))
}
