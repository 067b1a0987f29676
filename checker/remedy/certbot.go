package remedy

import (
	"crypto/sha256"
	"encoding/pem"
	"fmt"
	"strings"

	"hookcheck/internal/lang"
)

// reloadServers has every web server that runs read its certificates anew.
const reloadServers = `if pidof nginx >/dev/null; then nginx -t && nginx -s reload; fi
if pidof apache2 httpd >/dev/null; then apachectl configtest && apachectl graceful; fi
if pidof haproxy >/dev/null; then
  if [ -d /run/systemd/system ]; then systemctl reload haproxy
  else haproxy -D -f "${HAPROXY_CONF:-/etc/haproxy/haproxy.cfg}" -p /run/haproxy.pid -sf $(pidof haproxy); fi
fi
`

// reloadHook tells every web server that runs to read its certificates anew:
// the step that renewals miss. HAProxy reads files that hold certificate and
// key: those with the renewed one's names are written first.
const reloadHook = `install -d /etc/letsencrypt/renewal-hooks/deploy
cat > /etc/letsencrypt/renewal-hooks/deploy/reload-web-server <<'HOOK'
#!/bin/sh
# A server keeps the old certificate until it is told to read the new one.
names() { openssl x509 -in "$1" -noout -ext subjectAltName 2>/dev/null | grep -o 'DNS:[^, ]*' | sort; }
conf=${HAPROXY_CONF:-/etc/haproxy/haproxy.cfg}
if [ -n "$RENEWED_LINEAGE" ] && [ -e "$conf" ]; then
  ` + haproxyFiles + ` | while read -r f; do
    if grep -q 'PRIVATE KEY' "$f" && [ -n "$(names "$f")" ] && [ "$(names "$f")" = "$(names "$RENEWED_LINEAGE/cert.pem")" ]; then
      (umask 077; awk 1 "$RENEWED_LINEAGE/fullchain.pem" "$RENEWED_LINEAGE/privkey.pem" > "$f.renewed")
      cat "$f.renewed" > "$f"
      rm "$f.renewed"
    fi
  done
fi
` + reloadServers + `exit 0
HOOK
chmod 755 /etc/letsencrypt/renewal-hooks/deploy/reload-web-server
`

const dropReloadHook = "rm -f /etc/letsencrypt/renewal-hooks/deploy/reload-web-server\n"

// lineage sets $live to the directory in which certbot keeps a certificate for
// the host: that of its name, or another one that covers it.
func (p *Params) lineage() string {
	return fill(`live=@LIVE@
for f in /etc/letsencrypt/live/*/fullchain.pem; do
  if [ ! -e "$live" ] && openssl x509 -in "$f" -noout -checkhost @HOST@ 2>/dev/null | grep -q 'does match'; then live=${f%/*}; fi
done
`, "@LIVE@", shell(p.live()), "@HOST@", shell(p.host()))
}

// forced sets $force where certbot holds the very certificate that the server
// presents: it is not due for renewal by itself in every such case.
func (p *Params) forced() string {
	certs := certificates(p.LeafPEM)
	if len(certs) == 0 {
		return "force=--force-renewal\n"
	}
	block, _ := pem.Decode([]byte(certs[0]))
	return fill(`force=
if openssl x509 -in "$live/cert.pem" -noout -fingerprint -sha256 | grep -q @PRINT@; then force=--force-renewal; fi
`, "@PRINT@", fingerprint(block.Bytes))
}

// fingerprint is SHA-256 as OpenSSL writes it.
func fingerprint(der []byte) string {
	sum := sha256.Sum256(der)
	return strings.ReplaceAll(fmt.Sprintf("% X", sum[:]), " ", ":")
}

// CertbotRenew renews now and reloads the server.
func CertbotRenew(p *Params) Remedy {
	r := command("certbot.renew",
		text("certbot: renew now, and reload the server after every renewal", "certbot: продлить сейчас и после каждого продления перечитывать конфигурацию сервера"),
		reloadHook+p.lineage()+p.forced()+"certbot renew --non-interactive --no-random-sleep-on-renew --cert-name \"${live##*/}\" $force\n"+
			"RENEWED_LINEAGE=$live /etc/letsencrypt/renewal-hooks/deploy/reload-web-server\n", dropReloadHook)
	r.Apply = "certbot certificates\n"
	return certbotHost(p, r)
}

// CertbotNewKey renews with a new key, as that of before has left the machine.
func CertbotNewKey(p *Params) Remedy {
	r := CertbotRenew(p)
	if r.ID == "" {
		return r
	}
	r.ID = "certbot.new_key"
	r.Title = text("certbot: revoke the certificate whose key is leaked and get one with a new key", "certbot: отозвать сертификат с раскрытым ключом и получить другой, с новым ключом")
	r.Body = lang.Both(reloadHook + p.lineage() + p.forced() + `if [ -n "$force" ]; then
  old=$(mktemp)
  cat "$live/cert.pem" "$live/privkey.pem" > "$old"
  certbot renew --non-interactive --no-random-sleep-on-renew --cert-name "${live##*/}" --new-key --force-renewal
  # the old one once the new one is there
  certbot revoke --non-interactive --cert-path "$old" --key-path "$old" --reason keycompromise --no-delete-after-revoke
  rm -f "$old"
fi
RENEWED_LINEAGE=$live /etc/letsencrypt/renewal-hooks/deploy/reload-web-server
`)
	return r
}

// CertbotTimer makes renewals happen by themselves.
func CertbotTimer(p *Params) Remedy {
	r := command("certbot.timer",
		text("certbot: renewal by itself, with a reload of the server", "certbot: автоматическое продление; после него сервер перечитывает конфигурацию"),
		reloadHook+"if [ -d /run/systemd/system ]; then\n  for timer in certbot.timer certbot-renew.timer snap.certbot.renew.timer; do\n"+
			"    if systemctl cat \"$timer\" >/dev/null 2>&1; then systemctl enable --now \"$timer\"; fi\n  done\nfi\ncertbot renew --non-interactive --no-random-sleep-on-renew\n", dropReloadHook)
	r.Apply = "certbot certificates\n"
	return certbotHost(p, r)
}

// CertbotReissue gets a certificate for exactly this name.
func CertbotReissue(p *Params) Remedy {
	r := command("certbot.reissue",
		fillText(text("certbot: a certificate for @HOST@ itself (needs port 80 from outside; accepts the terms of the CA). Then point the server to @LIVE@",
			"certbot: сертификат именно для @HOST@ (нужен порт 80 снаружи; условия УЦ принимаются). Затем укажите серверу @LIVE@"), "@HOST@", p.host(), "@LIVE@", p.live()),
		reloadHook+certonly(p), dropReloadHook+"# the certificate stays: nothing reads it until a server is pointed to it\n")
	r.Apply = "certbot certificates\n" + reloadServers
	return certbotHost(p, r)
}

// certonly asks the running web server to answer the challenge, or answers it
// itself. A certificate of this name keeps the other names that it holds.
func certonly(p *Params) string {
	return fill(`how=--standalone
if pidof nginx >/dev/null && certbot plugins 2>/dev/null | grep -q '^\* nginx'; then how=--nginx; fi
if pidof apache2 httpd >/dev/null && certbot plugins 2>/dev/null | grep -q '^\* apache'; then how=--apache; fi
if [ $how = --standalone ] && [ -n "$(ss -ltnH 'sport = :80')" ]; then
  echo 'port 80 is taken: install python3-certbot-nginx or python3-certbot-apache, or stop what listens there for a minute' >&2
  exit 1
fi
names=
for name in $(certbot certificates --cert-name @NAME@ 2>/dev/null | sed -n 's/^ *\(Domains\|Identifiers\): *//p' | tr , ' '); do
  if [ "$name" != @HOST@ ]; then names="$names -d $name"; fi
done
certbot certonly "$how" --non-interactive --agree-tos --register-unsafely-without-email --keep-until-expiring --cert-name @NAME@ -d @HOST@ $names
`, "@NAME@", shell(fileName(p.host())), "@HOST@", shell(p.host()))
}

// CertbotPublicCA replaces a private certificate by a public one.
func CertbotPublicCA(p *Params) Remedy {
	r := CertbotReissue(p)
	if r.ID == "" {
		return r
	}
	r.ID = "certbot.public_ca"
	r.Title = fillText(text("certbot: a certificate of a public CA, free of charge, in place of the private one; nothing is uploaded then. Point the server to @LIVE@/fullchain.pem and @LIVE@/privkey.pem",
		"certbot: бесплатный сертификат публичного УЦ вместо своего; загружать тогда ничего не надо. Укажите серверу @LIVE@/fullchain.pem и @LIVE@/privkey.pem"), "@LIVE@", p.live())
	return r
}

// CertbotFullchain says which of certbot's four files a server needs.
func CertbotFullchain(p *Params) Remedy {
	if !strings.Contains(p.Issuer, "Let's Encrypt") && p.Issuer != "" && p.Issuer != Sample().Issuer {
		return Remedy{}
	}
	return certbotHost(p, note("certbot.fullchain",
		text("certbot: fullchain.pem, not cert.pem", "certbot: fullchain.pem, а не cert.pem"),
		fillText(text("certbot keeps four files in @LIVE@: the server needs fullchain.pem and privkey.pem. cert.pem holds the server's certificate without its intermediate. nginx: `ssl_certificate @LIVE@/fullchain.pem;`. Apache 2.4.8 and newer: `SSLCertificateFile @LIVE@/fullchain.pem`. HAProxy: `awk 1 @LIVE@/fullchain.pem @LIVE@/privkey.pem > /etc/haproxy/bot.pem`. After a renewal the server must reload.",
			"certbot хранит в @LIVE@ четыре файла: серверу нужны fullchain.pem и privkey.pem. В cert.pem сертификат сервера без промежуточного. nginx: `ssl_certificate @LIVE@/fullchain.pem;`. Apache 2.4.8 и новее: `SSLCertificateFile @LIVE@/fullchain.pem`. HAProxy: `awk 1 @LIVE@/fullchain.pem @LIVE@/privkey.pem > /etc/haproxy/bot.pem`. После продления сервер должен перечитать конфигурацию."), "@LIVE@", p.live())))
}

// certbotHost leaves out what certbot cannot do: a certificate for an address.
func certbotHost(p *Params, r Remedy) Remedy {
	if p.IsIP {
		return Remedy{}
	}
	return r
}

// OtherAcmeshRenew renews by acme.sh.
func OtherAcmeshRenew(p *Params) Remedy {
	return note("other.acmesh_renew",
		text("acme.sh: renew and install with a reload", "acme.sh: продлить и установить; сервер перечитает сертификат"),
		fillText(text("`acme.sh --renew -d @HOST@ --force`, then `acme.sh --install-cert -d @HOST@ --fullchain-file @CRT@ --key-file @KEY@ --reloadcmd 'nginx -s reload'` (or your server's reload): acme.sh remembers files and reload for every later renewal. Never point the server into ~/.acme.sh itself. `acme.sh --install-cronjob` makes renewals happen.",
			"`acme.sh --renew -d @HOST@ --force`, затем `acme.sh --install-cert -d @HOST@ --fullchain-file @CRT@ --key-file @KEY@ --reloadcmd 'nginx -s reload'` (или команда вашего сервера): acme.sh запомнит файлы и команду для следующих продлений. Не указывайте серверу файлы внутри ~/.acme.sh. Автоматическое продление включает `acme.sh --install-cronjob`."),
			"@HOST@", shell(p.host()), "@CRT@", p.bundleFile(), "@KEY@", p.file(".key")))
}

// OtherAcmeshReissue issues for the exact name by acme.sh.
func OtherAcmeshReissue(p *Params) Remedy {
	return certbotHost(p, note("other.acmesh_reissue",
		text("acme.sh: a certificate for this very name", "acme.sh: сертификат именно для этого имени"),
		fillText(text("`acme.sh --issue -d @HOST@ --standalone` (port 80 must be free and open; with a web server running use `-w` and its document root), then `acme.sh --install-cert -d @HOST@ --fullchain-file @CRT@ --key-file @KEY@ --reloadcmd 'nginx -s reload'`.",
			"`acme.sh --issue -d @HOST@ --standalone` (порт 80 должен быть свободен и открыт; при работающем веб-сервере — `-w` и его корневой каталог), затем `acme.sh --install-cert -d @HOST@ --fullchain-file @CRT@ --key-file @KEY@ --reloadcmd 'nginx -s reload'`."),
			"@HOST@", shell(p.host()), "@CRT@", p.bundleFile(), "@KEY@", p.file(".key"))))
}

// CaddyRenew lets Caddy renew.
func CaddyRenew(p *Params) Remedy {
	return note("caddy.renew",
		text("Caddy renews by itself", "Caddy продлевает сертификаты сам"),
		fillText(text("Caddy renews at two thirds of a certificate's life as long as the site block of @HOST@ has no `tls` line with files, ports 80 and 443 are open from outside and its data directory survives restarts (in Docker: a volume for /data). `journalctl -u caddy | grep -i -e obtain -e renew -e error` says what hinders it; `caddy reload --config "+caddyFile+"` makes it try again.",
			"Caddy продлевает сертификат, когда прошло две трети срока, если в блоке @HOST@ нет `tls` с файлами, порты 80 и 443 открыты снаружи, а каталог данных переживает перезапуск (в Docker — том для /data). Что мешает, покажет `journalctl -u caddy | grep -i -e obtain -e renew -e error`; ещё одну попытку вызовет `caddy reload --config "+caddyFile+"`."), "@HOST@", p.host()))
}

// CaddyPublicCA gets a public certificate by Caddy.
func CaddyPublicCA(p *Params) Remedy {
	r := CaddySite(p)
	r.ID = "caddy.public_ca"
	return certbotHost(p, r)
}

// OtherReload reloads whatever serves the old file.
func OtherReload(p *Params) Remedy {
	return note("other.reload",
		text("Renewed on disk, old on the wire: reload the server", "На диске новый, а отдаётся старый: пусть сервер его перечитает"),
		fillText(text("A server keeps the certificate that it read at start. `openssl x509 -in @LIVE@/fullchain.pem -noout -enddate` shows the one on disk. If it is newer than the one presented: `nginx -s reload`, `apachectl graceful`, `systemctl reload haproxy`, or a restart of the bot that ends TLS itself. A self-signed one that was renewed must be uploaded again.",
			"Сервер держит тот сертификат, который прочёл при запуске. Сертификат на диске покажет `openssl x509 -in @LIVE@/fullchain.pem -noout -enddate`. Если он новее предъявленного: `nginx -s reload`, `apachectl graceful`, `systemctl reload haproxy` или перезапуск бота, который сам принимает TLS. Новый самоподписанный сертификат нужно ещё раз загрузить в setWebhook."), "@LIVE@", p.live()))
}

// OtherClock looks at the clock.
func OtherClock(p *Params) Remedy {
	r := command("other.clock",
		text("The clock: have it set by the network, then issue the certificate anew if it was made with a wrong clock",
			"Часы: включите синхронизацию; если сертификат выпущен при неверных часах, выпустите его заново"),
		"date -u\nif command -v timedatectl >/dev/null && [ -d /run/systemd/system ]; then\n  timedatectl set-ntp true\n  timedatectl status\nfi\n", "")
	return r
}
