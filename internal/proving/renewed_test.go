package proving

import (
	"strings"
	"testing"
	"time"

	"hookcheck/internal/testpki"
)

// renewedTrials are servers that still hold the certificate from before its
// renewal: the file that they name is new, or the new one lies elsewhere.
func renewedTrials(t *testing.T) []trial {
	now := time.Now()
	ca := testpki.PublicCA()
	old := ca.LeafWith([]string{testpki.Host}, testpki.Valid(now.AddDate(0, -3, 0), now.AddDate(0, 0, -1)))
	files := func(name, text string) map[string]string {
		all := with(pki(t), name, text)
		all["/etc/bot/cert.pem"], all["/etc/bot/key.pem"] = string(testpki.Bundle(old, ca)), string(old.KeyPEM())
		all["/etc/bot/both.pem"] = all["/etc/bot/cert.pem"] + all["/etc/bot/key.pem"]
		return all
	}
	const renewal = "; sleep 1; cp /etc/pki-test/full.pem /etc/bot/cert.pem; cp /etc/pki-test/key.pem /etc/bot/key.pem; cp /etc/pki-test/full+key.pem /etc/bot/both.pem\n"
	const port = "/etc/apache2/conf-enabled/port.conf"
	servers := []trial{
		{name: "nginx", remedy: "nginx.certificate", start: "nginx",
			files: files(nginxSite, "server { listen 8443 ssl; server_name @HOST@; ssl_certificate /etc/bot/cert.pem; ssl_certificate_key /etc/bot/key.pem; "+answers+" }\n")},
		{name: "Apache", remedy: "apache.certificate", start: "echo Listen 8443 > " + port + "; a2enmod -q ssl rewrite; apachectl start",
			files: files(apacheSite, "<VirtualHost *:8443>\n  ServerName @HOST@\n  SSLEngine on\n  SSLCertificateFile /etc/bot/cert.pem\n  SSLCertificateKeyFile /etc/bot/key.pem\n"+answer+"</VirtualHost>\n")},
		{name: "HAProxy", remedy: "haproxy.certificate", start: "haproxy -D -f /etc/haproxy/haproxy.cfg -p /run/haproxy.pid", bot: "127.0.0.1:8080",
			files: files("/etc/haproxy/haproxy.cfg", "defaults\n  mode http\n  timeout connect 2s\n  timeout client 5s\n  timeout server 5s\nlisten bot\n  bind :8443 ssl crt /etc/bot/both.pem\n  server bot 127.0.0.1:8080\n")},
		{name: "Caddy", remedy: "caddy.certificate", start: caddyStart, files: files(caddyConf, "@HOST@:8443 {\n\ttls /etc/bot/cert.pem /etc/bot/key.pem\n\trespond ok\n}\n")},
	}
	var trials []trial
	for _, c := range servers {
		c.finding = "cert.expired"
		again, elsewhere := c, c
		again.name, again.start, again.renewed = c.name+" has to read it again", c.start+renewal, true
		elsewhere.name = c.name + " reads another file"
		trials = append(trials, again, elsewhere)
	}
	return trials
}

func TestRenewedCertificates(t *testing.T) {
	trials := renewedTrials(t)
	for _, c := range trials {
		need(t, strings.ToLower(strings.Replace(strings.Fields(c.name)[0], "Apache", "apache2", 1)))
	}
	proveAll(t, trials)
}
