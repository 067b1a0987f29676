package remedy

// findCertificate sets $crt and $key: a certificate for this name on the
// machine and the key that fits it. Certbot's come first, then the whole
// chains, then whatever covers the name.
const findCertificate = `fits() { # does a file begin with a certificate for the name that is valid?
  openssl x509 -in "$1" -noout -@CHECK@ @HOST@ 2>/dev/null | grep -q 'does match' && openssl x509 -in "$1" -noout -checkend 0 >/dev/null 2>&1
}
key_of() { # the file with the key of a certificate
  local k public=$(openssl x509 -in "$1" -noout -pubkey)
  { printf '%s\n' "${1%/*}/privkey.pem" "${1%.*}.key" "$1" "$1.key"; search 'PRIVATE KEY'; } | while IFS= read -r k; do
    if [ -s "$k" ] && [ "$(openssl pkey -in "$k" -passin pass: -pubout 2>/dev/null)" = "$public" ]; then echo "$k"; break; fi
  done
}
search() { # files where administrators put certificates and keys
  { find /etc -xdev -type f -size -65k ! -path '*/archive/*' ! -path '@DIR@/*' -regex '.*\.\(pem\|crt\|cer\|key\)' -print0
    find /root /home /srv /opt /var/lib/acme -xdev -maxdepth 4 -type f -size -65k -regex '.*\.\(pem\|crt\|cer\|key\)' -print0
    find /var/lib/caddy -xdev -type f -size -65k -regex '.*/certificates/.*' -print0
  } 2>/dev/null | xargs -0 -r grep -lsF -- "$1" | head -n 200 || true
}
find_certificate() {
  local f k n best=0
  crt= key=
  while IFS= read -r f; do
    if [ ! -s "$f" ] || ! fits "$f"; then continue; fi
    n=$(grep -c 'BEGIN CERTIFICATE' "$f")
    if [ "$n" -le "$best" ]; then continue; fi
    k=$(key_of "$f")
    if [ -z "$k" ]; then continue; fi
    crt=$f key=$k best=$n
    case $n:$f in 1:@LIVE@/*) break ;; 1:@OWN@.pem) break ;; 1:*) ;; *) break ;; esac
  done < <(printf '%s\n' @LIVE@/fullchain.pem @OWN@.pem "$(readlink @OWN@-proxy.pem)" /etc/letsencrypt/live/*/fullchain.pem; search 'BEGIN CERTIFICATE')
}
find_certificate
`

// linkCertificate links the host's certificate and key to the names that a
// proxy's configuration uses, so that renewals are followed.
func (p *Params) linkCertificate() string { return p.findPair() + p.links() }

// findPair sets $crt and $key, or stops.
func (p *Params) findPair() string {
	return p.searchCertificate() + fill(`if [ -z "$crt" ]; then
  echo "no certificate for "@HOST@" with its key found on this machine: get one, or make a self-signed one (@OWN@.pem and .key)" >&2
  exit 1
fi
install -d -m 755 `+dir+`
`, "@HOST@", shellAlways(p.host()), "@OWN@", p.file(""))
}

// linkCertificateIfAny is linkCertificate for a server that can do without.
func (p *Params) linkCertificateIfAny() string {
	return p.searchCertificate() + "if [ -n \"$crt\" ]; then\n  install -d -m 755 " + dir + "\n" + indent(p.links()) + "fi\n"
}

func (p *Params) searchCertificate() string {
	check := "checkhost"
	if p.IsIP {
		check = "checkip"
	}
	return fill(findCertificate, "@CHECK@", check, "@HOST@", shellAlways(p.host()), "@LIVE@", p.live(), "@OWN@", p.file(""), "@DIR@", dir)
}

func (p *Params) links() string {
	return fill("ln -sfn \"$crt\" @OWN@-proxy.pem\nln -sfn \"$key\" @OWN@-proxy.key\n", "@OWN@", p.file(""))
}

// rememberLinks remembers what linkCertificate writes.
func (p *Params) rememberLinks() string {
	return "remember " + p.file("-proxy.pem") + "\nremember " + p.file("-proxy.key") + "\n"
}

// rememberBundle writes the corrected chain. Where none could be built the
// file has to be there already.
func (p *Params) rememberBundle() string {
	if p.writeBundle() == "" {
		return p.needBundle()
	}
	return "remember " + p.bundleFile() + "\n" + p.writeBundle()
}

// needBundle is the corrected chain, written where it is known.
func (p *Params) needBundle() string {
	if text := p.writeBundle(); text != "" {
		return text
	}
	return fill("if [ ! -s @FILE@ ]; then\n  echo 'no chain yet in @FILE@: fetch the intermediate first' >&2\n  exit 1\nfi\n", "@FILE@", p.chainFile())
}

// dropBundle takes it away again.
func (p *Params) dropBundle() string {
	if p.writeBundle() == "" {
		return ""
	}
	return "rm -f " + shell(p.bundleFile()) + "\n"
}

// haproxyPEM is the file of this host with certificate, chain and key, as
// HAProxy reads it.
func (p *Params) haproxyPEM() string { return p.file("-haproxy.pem") }

// joinPEM makes it from the certificate and key of this host.
func (p *Params) joinPEM() string { return p.linkCertificate() + p.join() }

func (p *Params) join() string {
	return fill("(umask 077; { awk 1 @OWN@-proxy.pem | tr -d '\\r' | sed -n '/BEGIN CERT/,/END CERT/p'; awk 1 @OWN@-proxy.key | tr -d '\\r' | sed -n '/BEGIN .*PRIVATE/,/END .*PRIVATE/p'; } > @OWN@-haproxy.pem)\n", "@OWN@", p.file(""))
}

// rememberJoined is joinPEM with its files remembered for the undo.
func (p *Params) rememberJoined() string {
	return p.rememberLinks() + "remember " + p.haproxyPEM() + "\n" + p.joinPEM()
}

// rememberJoinedIfAny is rememberJoined where HAProxy can do without: the bytes
// pass to a bot that has TLS itself, unless another frontend ends it.
func (p *Params) rememberJoinedIfAny() string {
	return p.rememberLinks() + "remember " + p.haproxyPEM() + "\n" + p.linkCertificateIfAny() + "if [ -n \"$crt\" ]; then\n" + indent(p.join()) + "fi\n"
}
