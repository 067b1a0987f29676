package web_test

import (
	"testing"

	"hookcheck/internal/lab"
	"hookcheck/internal/testpki"
)

const verifyFailed = "SSL error {error:0A000086:SSL routines::certificate verify failed}"

// within fails where a persona needed more than it should.
func (u *user) within(clicks, inputs int) {
	u.t.Helper()
	u.t.Logf("%d clicks, %d inputs", u.clicks, u.inputs)
	if u.clicks > clicks || u.inputs > inputs {
		u.t.Errorf("%d clicks and %d inputs; at most %d and %d", u.clicks, u.inputs, clicks, inputs)
	}
}

func served(t *testing.T, answer string, key *testpki.Node, presented ...*testpki.Node) string {
	return lab.TLS(t, serverConfig(key, presented...), answer)
}

// Let's Encrypt behind nginx, without the chain: from the pasted error.
func TestPersonaChainMissing(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.Leaf("bot.example.org")
	u, net := open(t, map[string]string{"bot.example.org": served(t, lab.OK, leaf, leaf)}, "/")
	u.types("Webhook address", verifyFailed)
	u.presses("Check")
	u.reads("What can cause it")
	u.types("Webhook address", "https://bot.example.org/hook")
	u.presses("Check")
	u.reads("an intermediate certificate is missing")
	u.reads("ssl_certificate")
	net.to("bot.example.org", served(t, lab.OK, leaf, leaf, ca))
	u.presses("Check")
	u.reads("works")
	u.reads("What happens next")
	u.verdict("works")
	u.within(3, 2)
}

// A self-signed certificate on an IP address, never uploaded.
func TestPersonaSelfSignedIP(t *testing.T) {
	self := testpki.SelfSigned([]string{"198.51.100.7"}, testpki.NoSAN())
	u, _ := open(t, map[string]string{"198.51.100.7": served(t, lab.OK, self, self)}, "/")
	u.types("Webhook address", "https://198.51.100.7:8443/hook")
	u.presses("Check")
	u.reads("works once uploaded")
	u.reads("certificate=@")
	u.chooses("certificate", self.PEM())
	u.presses("Check")
	u.verdict("works")
	u.within(2, 2)
}

// The certificate of a public CA was uploaded needlessly.
func TestPersonaNeedlessUpload(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.Leaf("bot.example.org")
	u, _ := open(t, map[string]string{"bot.example.org": served(t, lab.OK, leaf, leaf, ca)}, "/")
	u.types("Webhook address", webhookInfo)
	u.presses("Check")
	u.reads("What getWebhookInfo said")
	u.chooses("certificate", leaf.PEM())
	u.presses("Check")
	u.reads("upload.not_needed")
	u.follows("No")
	u.presses("Check")
	u.verdict("works")
	u.within(4, 2)
}

// A firewall that rejects.
func TestPersonaFirewall(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.Leaf("bot.example.org")
	u, net := open(t, map[string]string{"bot.example.org": lab.Closed(t)}, "/")
	u.types("Webhook address", "bot.example.org:8443")
	u.presses("Check")
	u.reads("Connection refused")
	u.reads("ufw")
	net.to("bot.example.org", served(t, lab.OK, leaf, leaf, ca))
	u.presses("Check")
	u.verdict("works")
	u.within(2, 1)
}

// Shared hosting that shows another site's certificate, in Russian.
func TestPersonaSharedHostingInRussian(t *testing.T) {
	ca := testpki.PublicCA()
	other, leaf := ca.Leaf("www.hosting.example.net"), ca.Leaf("bot.example.org")
	u, net := open(t, map[string]string{"bot.example.org": served(t, lab.OK, other, other, ca)}, "/")
	u.follows("Русский")
	u.reads("Дойдут ли обновления")
	u.types("Адрес вебхука", "https://bot.example.org/hook")
	u.presses("Проверить")
	u.reads("не работает")
	u.reads("Как исправить")
	net.to("bot.example.org", served(t, lab.OK, leaf, leaf, ca))
	u.presses("Проверить")
	u.reads("работает")
	u.verdict("works")
	u.within(3, 1)
}

// The wrong path behind a proxy.
func TestPersonaWrongPath(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.Leaf("bot.example.org")
	notFound := "HTTP/1.1 404 Not Found\r\nServer: nginx/1.24.0\r\nContent-Length: 0\r\n\r\n"
	u, net := open(t, map[string]string{"bot.example.org": served(t, notFound, leaf, leaf, ca)}, "/")
	u.types("Webhook address", "https://bot.example.org/wrong")
	u.presses("Check")
	u.reads("Wrong response from the webhook: 404 Not Found")
	net.to("bot.example.org", served(t, lab.OK, leaf, leaf, ca))
	u.types("Webhook address", "https://bot.example.org/hook")
	u.presses("Check")
	u.verdict("works")
	u.within(2, 2)
}
