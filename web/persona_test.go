package web_test

import (
	"testing"

	"hookcheck/internal/lab"
	"hookcheck/internal/testpki"
)

const verifyFailed = "SSL error {error:0A000086:SSL routines::certificate verify failed}"

func served(t *testing.T, answer string, key *testpki.Node, presented ...*testpki.Node) string {
	return lab.TLS(t, serverConfig(key, presented...), answer)
}

// Let's Encrypt behind nginx, without the chain: from the pasted error.
func TestPersonaChainMissing(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.Leaf("bot.example.org")
	u, net := open(t, map[string]string{"bot.example.org": served(t, lab.OK, leaf, leaf)}, "/")
	u.Types("Webhook address", verifyFailed)
	u.Presses("Check")
	u.Reads("What can cause it")
	u.Types("Webhook address", "https://bot.example.org/hook")
	u.Presses("Check")
	u.Reads("an intermediate certificate is missing")
	u.Reads("ssl_certificate")
	net.to("bot.example.org", served(t, lab.OK, leaf, leaf, ca))
	u.Presses("Check")
	u.Reads("works")
	u.Reads("What happens next")
	u.Verdict("works")
	u.Within(3, 2)
}

// A self-signed certificate on an IP address, never uploaded.
func TestPersonaSelfSignedIP(t *testing.T) {
	self := testpki.SelfSigned([]string{"198.51.100.7"}, testpki.NoSAN())
	u, _ := open(t, map[string]string{"198.51.100.7": served(t, lab.OK, self, self)}, "/")
	u.Types("Webhook address", "https://198.51.100.7:8443/hook")
	u.Presses("Check")
	u.Reads("works once uploaded")
	u.Reads("certificate=@")
	u.Chooses("certificate", self.PEM())
	u.Presses("Check")
	u.Verdict("works")
	u.Within(2, 2)
}

// The certificate of a public CA was uploaded needlessly.
func TestPersonaNeedlessUpload(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.Leaf("bot.example.org")
	u, _ := open(t, map[string]string{"bot.example.org": served(t, lab.OK, leaf, leaf, ca)}, "/")
	u.Types("Webhook address", webhookInfo)
	u.Presses("Check")
	u.Reads("What getWebhookInfo said")
	u.Chooses("certificate", leaf.PEM())
	u.Presses("Check")
	u.Reads("upload.not_needed")
	u.Follows("No")
	u.Presses("Check")
	u.Verdict("works")
	u.Within(4, 2)
}

// A firewall that rejects.
func TestPersonaFirewall(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.Leaf("bot.example.org")
	u, net := open(t, map[string]string{"bot.example.org": lab.Closed(t)}, "/")
	u.Types("Webhook address", "bot.example.org:8443")
	u.Presses("Check")
	u.Reads("Connection refused")
	u.Reads("ufw")
	net.to("bot.example.org", served(t, lab.OK, leaf, leaf, ca))
	u.Presses("Check")
	u.Verdict("works")
	u.Within(2, 1)
}

// Shared hosting that shows another site's certificate, in Russian.
func TestPersonaSharedHostingInRussian(t *testing.T) {
	ca := testpki.PublicCA()
	other, leaf := ca.Leaf("www.hosting.example.net"), ca.Leaf("bot.example.org")
	u, net := open(t, map[string]string{"bot.example.org": served(t, lab.OK, other, other, ca)}, "/")
	u.Follows("Русский")
	u.Reads("Дойдут ли обновления")
	u.Types("Адрес вебхука", "https://bot.example.org/hook")
	u.Presses("Проверить")
	u.Reads("не работает")
	u.Reads("Как исправить")
	net.to("bot.example.org", served(t, lab.OK, leaf, leaf, ca))
	u.Presses("Проверить")
	u.Reads("работает")
	u.Verdict("works")
	u.Within(3, 1)
}

// The wrong path behind a proxy.
func TestPersonaWrongPath(t *testing.T) {
	ca := testpki.PublicCA()
	leaf := ca.Leaf("bot.example.org")
	notFound := "HTTP/1.1 404 Not Found\r\nServer: nginx/1.24.0\r\nContent-Length: 0\r\n\r\n"
	u, net := open(t, map[string]string{"bot.example.org": served(t, notFound, leaf, leaf, ca)}, "/")
	u.Types("Webhook address", "https://bot.example.org/wrong")
	u.Presses("Check")
	u.Reads("Wrong response from the webhook: 404 Not Found")
	net.to("bot.example.org", served(t, lab.OK, leaf, leaf, ca))
	u.Types("Webhook address", "https://bot.example.org/hook")
	u.Presses("Check")
	u.Verdict("works")
	u.Within(2, 2)
}
