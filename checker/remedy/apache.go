package remedy

import (
	"strings"

	"hookcheck/internal/lang"
)

var apacheServer = server{
	programs: []*string{&editApache, &editApacheHTTP},
	find: `find_apache() { # the Apache that runs on this machine, not in a container, and its configuration
  local p i e arguments
  ctl=apachectl conf=${APACHE_CONF:-} running=
  for p in /proc/[0-9]*; do
    case $(cat "$p/comm" 2>/dev/null) in apache2 | httpd) ;; *) continue ;; esac
    if [ ! "$p/root/." -ef / ] || [ ! "$p/ns/net" -ef /proc/self/ns/net ]; then continue; fi
    running=yes
    mapfile -d '' -t arguments < "$p/cmdline"
    for i in "${!arguments[@]}"; do
      if [ "${arguments[i]}" = -f ]; then
        conf=${conf:-${arguments[i+1]}}
        ctl="$(readlink "$p/exe") -f ${arguments[i+1]}"
        while IFS= read -r -d '' e; do case $e in APACHE_*) export "$e" ;; esac; done < "$p/environ"
      fi
    done
    break
  done
  conf=${conf:-/etc/apache2/apache2.conf}
  [ -e "$conf" ] || conf=/etc/httpd/conf/httpd.conf
}
find_apache
`,
	check:   `$ctl -t`,
	process: "apache2|httpd",
	reload: `if [ "$ctl" = apachectl ]; then apachectl graceful; else $ctl -k graceful; fi
`,
	restart: `if [ -d /run/systemd/system ] && [ "$ctl" = apachectl ]; then apachectl restart
else
  if [ -n "$running" ]; then
    $ctl -k stop
    for _ in {1..100}; do if [ -n "$(ss -ltnpH | grep -E '"(apache2|httpd)"')" ]; then sleep 0.1; fi; done
  fi
  $ctl -k start
fi
`,
}

// apacheEdit is directives for the virtual host of this name, in place of
// those that names lists.
func apacheEdit(p *Params, id string, title lang.Text, e edit) Remedy {
	e.server = apacheServer
	return editing(p, id, title, fillText(text("the `<VirtualHost>` that answers for @HOST@ on port @PORT@, in the file where it stands",
		"`<VirtualHost>`, который отвечает за @HOST@ на порту @PORT@, в том файле, где он стоит"), "@HOST@", p.host(), "@PORT@", editPort(p, e)), e)
}

// apacheModules enables modules where Debian's tool for it exists, and notes
// which links it made.
func apacheModules(names string) string {
	return `if command -v a2enmod >/dev/null; then
  mkdir -p -m 700 "$keep"
  before=" $(echo /etc/apache2/mods-enabled/*) "
  a2enmod -q ` + names + `
  for f in /etc/apache2/mods-enabled/*; do
    case $before in *" $f "*) ;; *) echo "$f" >> "$keep/.new" ;; esac
  done
fi
`
}

// ApacheFullchain points Apache 2.4.8 and newer to the whole chain.
func ApacheFullchain(p *Params) Remedy {
	return apacheEdit(p, "apache.fullchain",
		text("Apache 2.4.8 and newer: the whole chain in `SSLCertificateFile`, the server's certificate first (otherwise Apache does not start: its error log says \"AH02565: Certificate and private key … do not match\"); `SSLCertificateChainFile` goes",
			"Apache 2.4.8 и новее: вся цепочка в `SSLCertificateFile`, сначала сертификат сервера (иначе Apache не запустится: в журнале ошибок «AH02565: Certificate and private key … do not match»); `SSLCertificateChainFile` убирается"),
		edit{task: "chain", lines: "SSLCertificateFile " + apacheArgument(p.chainFile()) + "\n", prepare: p.rememberBundle()})
}

// ApacheChainFile is the form that Apache before 2.4.8 needs: intermediates in
// a file of their own.
func ApacheChainFile(p *Params) Remedy {
	file, prepare := p.file("-chain.pem"), ""
	if strings.Contains(p.chainFile(), "/letsencrypt/") {
		file = p.live() + "/chain.pem"
	}
	if certs := certificates(p.BundlePEM); len(certs) > 1 {
		prepare = "remember " + file + "\n" + writePEM(file, certs[1:])
	}
	return apacheEdit(p, "apache.chain_file",
		text("Apache before 2.4.8: the intermediates in `SSLCertificateChainFile`", "Apache до 2.4.8: промежуточные сертификаты в `SSLCertificateChainFile`"),
		edit{task: "tls", names: "SSLCertificateChainFile", lines: "SSLCertificateChainFile " + apacheArgument(file) + "\n", prepare: prepare})
}

// apachePair names the linked certificate and key.
func apachePair(p *Params) string {
	return "SSLCertificateFile " + p.file("-proxy.pem") + "\nSSLCertificateKeyFile " + p.file("-proxy.key") + "\n"
}

// ApacheSSLEngine turns TLS on.
func ApacheSSLEngine(p *Params) Remedy {
	return apacheEdit(p, "apache.ssl_engine",
		text("Apache: `SSLEngine on`", "Apache: `SSLEngine on`"),
		edit{task: "tls-listen", names: "SSLEngine SSLCertificateFile SSLCertificateKeyFile SSLCertificateChainFile", tls: true,
			lines: "SSLEngine on\n" + apachePair(p), prepare: apacheModules("ssl")})
}

// ApacheVersions offers TLS 1.2 and 1.3.
func ApacheVersions(p *Params) Remedy {
	return apacheEdit(p, "apache.tls_versions",
		text("Apache: TLS 1.2 and 1.3 (in the first virtual host of the port too, which may decide for all)",
			"Apache: TLS 1.2 и 1.3 (и в первом виртуальном хосте порта: может решать он)"),
		edit{task: "tls-default", names: "SSLProtocol", lines: "SSLProtocol -all +TLSv1.2 +TLSv1.3\n"})
}

// ApacheCiphers sets the Mozilla intermediate suites.
func ApacheCiphers(p *Params) Remedy {
	return apacheEdit(p, "apache.ciphers",
		text("Apache: suites and curves that every current client shares", "Apache: наборы шифров и кривые, которые есть у каждого современного клиента"),
		edit{task: "tls-default", names: "SSLProtocol SSLCipherSuite SSLHonorCipherOrder SSLOpenSSLConfCmd",
			lines: "SSLProtocol -all +TLSv1.2 +TLSv1.3\nSSLCipherSuite " + suites + "\nSSLOpenSSLConfCmd Curves X25519:prime256v1:secp384r1\nSSLHonorCipherOrder off\n"})
}

// ApacheDH leaves finite-field Diffie-Hellman out.
func ApacheDH(p *Params) Remedy {
	return apacheEdit(p, "apache.dh",
		text("Apache: ECDHE in place of the short Diffie-Hellman parameters", "Apache: ECDHE вместо коротких параметров Диффи — Хеллмана"),
		edit{task: "tls-default", names: "SSLCipherSuite SSLOpenSSLConfCmd", lines: "SSLCipherSuite " + ecdheSuites + "\n"})
}

// ApacheClientCert stops asking for client certificates.
func ApacheClientCert(p *Params) Remedy {
	path, _ := p.servedPath()
	return apacheEdit(p, "apache.client_certificate",
		text("Apache: no client certificate demanded; `SSLVerifyClient require` stays in the `<Location>` of other paths, not in one that covers "+prose(path),
			"Apache: не требовать клиентский сертификат; `SSLVerifyClient require` остаётся в `<Location>` других путей, но не там, куда входит "+prose(path)),
		edit{task: "tls", names: "SSLVerifyClient", lines: "SSLVerifyClient none\n"})
}

// ApacheServerName makes a site answer for this name.
func ApacheServerName(p *Params) Remedy {
	return apacheEdit(p, "apache.server_name",
		text("Apache: a virtual host for this name with its certificate (a copy of the bot's one where that has other names, which keep theirs)",
			"Apache: виртуальный хост для этого имени с его сертификатом (копия хоста бота, если у того есть другие имена: они остаются как были)"),
		edit{task: "site", names: "ServerName ServerAlias SSLCertificateFile SSLCertificateKeyFile SSLCertificateChainFile", tls: true,
			lines: "ServerName " + apacheArgument(p.urlHost()) + "\n" + apachePair(p) + apacheRoute(p, searched(p)), prepare: apacheModules("proxy proxy_http")})
}

// ApacheProxyProtocol stops waiting for a PROXY line.
func ApacheProxyProtocol(p *Params) Remedy {
	return apacheEdit(p, "apache.proxy_protocol",
		text("Apache: no PROXY protocol where clients connect directly", "Apache: без протокола PROXY там, где клиенты подключаются напрямую"),
		edit{task: "tls", names: "RemoteIPProxyProtocol", lines: "RemoteIPProxyProtocol Off\n"})
}

// ApacheListenPublic has it listen on every address, and starts it.
func ApacheListenPublic(p *Params) Remedy {
	return apacheEdit(p, "apache.listen_public",
		fillText(text("Apache: `Listen @PORT@` in place of 127.0.0.1, and start it. What keeps it from starting is shown or stands in its error log (\"AH02565: Certificate and private key … do not match\": the certificate of the server does not stand first in its file)",
			"Apache: `Listen @PORT@` вместо 127.0.0.1 и запуск. Показывается, что мешает запуску, или это есть в журнале ошибок («AH02565: Certificate and private key … do not match»: сертификат сервера стоит в файле не первым)"), "@PORT@", p.port()),
		edit{task: "listen-public", lines: "Listen " + p.port() + "\n", restart: true})
}
