package proving

import (
	"strings"
	"testing"
	"time"

	"hookcheck/internal/browser"
	"hookcheck/internal/testpki"
)

// persona is somebody whose bot is silent: a user before the site, and the
// machine on which they can type commands. What they do, they read on a page.
type persona struct {
	*browser.User
	ground
}

// fixEN and fixRU head the steps that mend the root cause.
const (
	fixEN, againEN = "How to fix it", "Check again"
	fixRU, againRU = "Как исправить", "Проверить ещё раз"
)

// newPersona starts the broken set-up and shows the front page.
func newPersona(t *testing.T, files map[string]string, start string) persona {
	t.Helper()
	g := newGround(t, true)
	for name, text := range files {
		g.bot.write(t, name, []byte(text))
	}
	g.bot.run(t, start)
	return persona{browser.Open(t, g.startSite(t), "/"), g}
}

// follows copies every visible command below a heading into the machine's
// shell, with the persona's own token, and gives what was printed.
func (p persona) follows(t *testing.T, heading string) string {
	t.Helper()
	commands := p.Commands(heading)
	if len(commands) == 0 {
		t.Fatalf("nothing to copy under %q", heading)
	}
	var out strings.Builder
	for _, c := range commands {
		p.Clicks++ // on Copy
		out.WriteString(p.bot.run(t, strings.ReplaceAll(c, "<TOKEN>", botToken)))
	}
	return out.String()
}

// green presses "check again" until the verdict is green: a reload takes
// effect a moment later.
func (p persona) green(t *testing.T, button string) {
	t.Helper()
	time.Sleep(300 * time.Millisecond)
	p.Presses(button)
	p.Verdict("works")
}

// Let's Encrypt behind nginx, without the chain: from the pasted error.
func TestPersonaChainMissing(t *testing.T) {
	t.Parallel()
	site := "server {\n    listen 8443 ssl;\n    server_name @HOST@;\n    ssl_certificate @CERT@/leaf.pem;\n    ssl_certificate_key @CERT@/key.pem;\n    " + answers + "\n}\n"
	p := newPersona(t, with(pki(t), nginxSite, site), "nginx")
	p.Types("Webhook address", "SSL error {error:0A000086:SSL routines::certificate verify failed}")
	p.Presses("Check")
	p.Reads("What it means")
	p.Types("Webhook address", hookURL)
	p.Presses("Check")
	p.Verdict("fails")
	p.Reads("an intermediate certificate is missing")
	p.follows(t, fixEN)
	p.green(t, againEN)
	p.Reads("What happens next")
	p.Within(5, 2)
}

// A self-signed certificate on an IP address, never uploaded.
func TestPersonaSelfSignedIP(t *testing.T) {
	t.Parallel()
	now := time.Now()
	self := testpki.SelfSigned([]string{publicIP}, testpki.NoSAN(), testpki.Valid(now.AddDate(0, 0, -1), now.AddDate(1, 0, 0)))
	files := map[string]string{"/etc/ssl/bot.pem": string(self.PEM()), "/etc/ssl/bot.key": string(self.KeyPEM()),
		nginxSite: "server { listen 8443 ssl; ssl_certificate /etc/ssl/bot.pem; ssl_certificate_key /etc/ssl/bot.key; " + answers + " }\n"}
	p := newPersona(t, files, "nginx")
	p.bot.startAPI(t)
	p.Types("Webhook address", "https://"+publicIP+":8443/webhook")
	p.Presses("Check")
	p.Verdict("if-uploaded")
	p.Reads("works once uploaded")
	p.follows(t, fixEN)
	sent := p.lastCall(t)
	if sent.Certificate == "" || sent.Fault != "" {
		t.Fatalf("no certificate was uploaded: %+v", sent)
	}
	p.Chooses("certificate", []byte(sent.Certificate))
	p.green(t, againEN)
	p.Within(5, 2)
}

// lastCall is the last setWebhook that Telegram's stand-in got.
func (p persona) lastCall(t *testing.T) call {
	t.Helper()
	var last call
	for _, c := range p.bot.calls(t) {
		if c.Method == "setWebhook" {
			last = c
		}
	}
	return last
}

// The certificate of a public CA was uploaded needlessly: getWebhookInfo, then
// the file, then getWebhookInfo again.
func TestPersonaNeedlessUpload(t *testing.T) {
	t.Parallel()
	files := with(pki(t), nginxSite, "server { listen 8443 ssl; server_name @HOST@; ssl_certificate @CERT@/full.pem; ssl_certificate_key @CERT@/key.pem; "+answers+" }\n")
	p := newPersona(t, files, "nginx")
	p.bot.startAPI(t)
	p.Pastes("Webhook address", `{"ok":true,"result":{"url":"`+hookURL+`","has_custom_certificate":true,"pending_update_count":3,"last_error_message":"SSL error {error:0A000086:SSL routines::certificate verify failed}"}}`)
	p.Presses("Check")
	p.Reads("A certificate was uploaded with setWebhook")
	p.Chooses("certificate", []byte(files["/etc/pki-test/leaf.pem"]))
	p.Presses("Check")
	p.Verdict("fails")
	p.Reads("upload.not_needed")
	info := p.follows(t, fixEN)
	if sent := p.lastCall(t); sent.URL != hookURL || sent.Certificate != "" || sent.Fault != "" {
		t.Fatalf("the webhook was set with %+v", sent)
	}
	p.Pastes("Webhook address", info)
	p.Presses("Check")
	p.Reads("Telegram reports no error")
	p.Presses("Check")
	p.Verdict("works")
	p.Within(7, 3)
}

// A firewall that drops: the guess is changed to the firewall that is there.
func TestPersonaFirewall(t *testing.T) {
	t.Parallel()
	files := with(pki(t), nginxSite, "server { listen 8443 ssl; server_name @HOST@; ssl_certificate @CERT@/full.pem; ssl_certificate_key @CERT@/key.pem; "+answers+" }\n")
	p := newPersona(t, files, "nginx; iptables -A INPUT -i lo -j ACCEPT; iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT; iptables -A INPUT -j DROP")
	p.Types("Webhook address", testpki.Host+":8443")
	p.Presses("Check")
	p.Verdict("unknown")
	p.Reads("Connection timed out")
	p.Picks("Where to fix it", "iptables")
	p.Presses("Show this first")
	p.Reads("iptables -")
	p.follows(t, fixEN)
	p.green(t, againEN)
	p.Within(6, 2)
}

// Shared hosting in Russian: a panel with a field for the chain, and no shell.
func TestPersonaSharedHostingInRussian(t *testing.T) {
	t.Parallel()
	need(t, "apache2")
	files := with(pki(t), apacheSite, "<VirtualHost *:8443>\n    ServerName @HOST@\n    SSLEngine on\n    SSLCertificateFile @CERT@/panel.pem\n    SSLCertificateKeyFile @CERT@/key.pem\n"+answer+"</VirtualHost>\n")
	files = with(files, "/etc/apache2/conf-enabled/port.conf", "Listen 8443\nServerName localhost\n")
	files["/etc/pki-test/panel.pem"] = files["/etc/pki-test/leaf.pem"]
	p := newPersona(t, files, "a2enmod -q ssl rewrite\napachectl start")
	p.Follows("Русский")
	p.Reads("Дойдут ли обновления")
	p.Types("Адрес вебхука", hookURL)
	p.Presses("Проверить")
	p.Verdict("fails")
	p.Reads("не хватает промежуточного сертификата")
	p.Picks("Где исправлять", "Панель хостинга")
	p.Presses("Показать первым")
	p.Reads("поле «Certificate Authority Bundle (CABUNDLE)»")
	p.Reads("исправленную цепочку со второго блока")
	p.Follows("Исправленная цепочка в порядке для сервера")
	p.panel(t, p.Commands("Цепочка, которую отдаёт сервер"))
	p.green(t, againRU)
	p.Reads("работает")
	p.Within(6, 2)
}

// panel is the hosting's panel: it takes what is pasted into its field
// CABUNDLE and installs it behind the server's certificate.
func (p persona) panel(t *testing.T, shown []string) {
	t.Helper()
	if len(shown) != 1 {
		t.Fatalf("%d texts to copy, want the chain", len(shown))
	}
	p.Clicks++ // on Copy
	const end = "-----END CERTIFICATE-----\n"
	_, second, ok := strings.Cut(shown[0], end)
	if _, block, found := strings.Cut(second, "-----BEGIN CERTIFICATE-----"); !ok || !found {
		t.Fatalf("no second block in %q", shown[0])
	} else {
		second = "-----BEGIN CERTIFICATE-----" + block
	}
	p.bot.write(t, "/run/cabundle", []byte(second))
	p.bot.run(t, "cat /etc/pki-test/leaf.pem /run/cabundle > /etc/pki-test/panel.pem\napachectl graceful")
}

// The wrong path behind a proxy: from the pasted error.
func TestPersonaWrongPath(t *testing.T) {
	t.Parallel()
	files := with(pki(t), nginxSite, "server {\n    listen 8443 ssl;\n    server_name @HOST@;\n    ssl_certificate @CERT@/full.pem;\n    ssl_certificate_key @CERT@/key.pem;\n    location /bot1 { proxy_pass http://127.0.0.1:5001; }\n}\n")
	p := newPersona(t, files, "nginx")
	p.bot.startBot(t, "127.0.0.1:5001")
	p.Types("Webhook address", "Wrong response from the webhook: 404 Not Found "+hookURL)
	p.Presses("Check")
	p.Reads("There is nothing at the webhook's path")
	p.Presses("Check")
	p.Verdict("fails")
	p.Reads("Wrong response from the webhook: 404 Not Found")
	p.follows(t, fixEN)
	p.green(t, againEN)
	p.Within(6, 1)
}
