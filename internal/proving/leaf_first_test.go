package proving

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"hookcheck/checker/remedy"
	"hookcheck/internal/testpki"
)

// quoted are the words that a title gives as a program's own.
var quoted = regexp.MustCompile(`["«]([^"»]+)["»]`)

// TestLeafNotFirstIsRefused: servers do not load a file whose first certificate
// is the CA's, and say what the titles quote. Where the CA's key is of another
// kind nginx takes the file, and no handshake succeeds.
func TestLeafNotFirstIsRefused(t *testing.T) {
	ca := testpki.PublicCA()
	now := time.Now()
	other := ca.LeafWith([]string{testpki.Host}, testpki.Valid(now.AddDate(0, 0, -1), now.AddDate(0, 2, 0)), testpki.WithKey(testpki.CommittedRSA("rsa2048")))
	apache := "Listen 8443\nServerName localhost\n<VirtualHost *:8443>\nSSLEngine on\nSSLCertificateFile /etc/bot/all.pem\nSSLCertificateKeyFile /etc/bot/key.pem\n</VirtualHost>\n"
	haproxy := "frontend a\n  mode http\n  timeout client 5s\n  bind :8443 ssl crt /etc/bot/joined.pem\n"
	for _, c := range []struct {
		server, file, conf, start string
		fix, public               func(*remedy.Params) remedy.Remedy
		mixed                     bool // quotes what it says where the keys are of two kinds
	}{
		{"nginx", nginxSite, "server { listen 8443 ssl; ssl_certificate /etc/bot/all.pem; ssl_certificate_key /etc/bot/key.pem; }\n", "nginx", remedy.NginxFullchain, remedy.NginxListenPublic, false},
		{"apache2", apacheSite, apache, "a2enmod -q ssl; apachectl start || { cat /var/log/apache2/error.log; exit 1; }", remedy.ApacheFullchain, remedy.ApacheListenPublic, true},
		{"haproxy", "/etc/haproxy/haproxy.cfg", haproxy, "haproxy -D -f /etc/haproxy/haproxy.cfg", remedy.HAProxyPEM, remedy.HAProxyListenPublic, true},
		{"caddy", caddyConf, "https://" + testpki.Host + ":8443 {\n\ttls /etc/bot/all.pem /etc/bot/key.pem\n}\n", caddyStart, remedy.CaddyFullchain, remedy.CaddyListenPublic, true},
	} {
		t.Run(c.server, func(t *testing.T) {
			t.Parallel()
			need(t, c.server)
			h := startHost(t)
			h.write(t, c.file, []byte(c.conf))
			for _, leaf := range []*testpki.Node{ca.LeafWith([]string{testpki.Host}, testpki.Valid(now.AddDate(0, 0, -1), now.AddDate(0, 2, 0))), other} {
				if leaf == other && !c.mixed {
					continue
				}
				all := testpki.Bundle(ca, leaf)
				h.write(t, "/etc/bot/all.pem", all)
				h.write(t, "/etc/bot/key.pem", leaf.KeyPEM())
				h.write(t, "/etc/bot/joined.pem", append(all, leaf.KeyPEM()...))
				printed, err := h.try(t, c.start)
				if err == nil {
					t.Fatalf("it started:\n%s", printed)
				}
				for _, title := range []remedy.Remedy{c.fix(remedy.Sample()), c.public(remedy.Sample())} {
					says(t, title.Title.EN, printed)
					says(t, title.Title.RU, printed)
				}
			}
		})
	}
	t.Run("nginx takes keys of two kinds", func(t *testing.T) {
		t.Parallel()
		g := newGround(t, false)
		g.bot.write(t, "/etc/bot/all.pem", testpki.Bundle(ca, other))
		g.bot.write(t, "/etc/bot/key.pem", other.KeyPEM())
		g.bot.write(t, nginxSite, []byte("server { listen 8443 ssl; ssl_certificate /etc/bot/all.pem; ssl_certificate_key /etc/bot/key.pem; }\n"))
		g.bot.run(t, "nginx")
		g.check(t, hookURL).expect(t, "fails", 1, []string{"tls.no_common_cipher"})
	})
}

// says looks for every quotation of a title; … stands for names.
func says(t *testing.T, title, printed string) {
	t.Helper()
	words := quoted.FindAllStringSubmatch(title, -1)
	if len(words) == 0 {
		t.Errorf("%q quotes nothing", title)
	}
	for _, w := range words {
		rest := printed
		for part := range strings.SplitSeq(w[1], "…") {
			_, after, found := strings.Cut(rest, part)
			if !found {
				t.Errorf("%q is not what is printed:\n%s", w[1], printed)
			}
			rest = after
		}
	}
}
