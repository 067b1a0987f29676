package proving

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hookcheck/internal/testpki"
)

// TestConversions: a file that Telegram cannot read is converted by the
// command for that very file, and the result, uploaded, works.
func TestConversions(t *testing.T) {
	need(t, "keytool")
	now := time.Now()
	self := testpki.SelfSigned([]string{testpki.Host}, testpki.Valid(now.AddDate(0, 0, -1), now.AddDate(1, 0, 0)))
	g := newGround(t, false)
	g.bot.write(t, "/etc/bot/crt", self.PEM())
	g.bot.write(t, "/etc/bot/key", self.KeyPEM())
	g.bot.write(t, nginxSite, []byte("server { listen 8443 ssl; ssl_certificate /etc/bot/crt; ssl_certificate_key /etc/bot/key; "+answers+" }\n"))
	g.bot.run(t, "nginx")
	const p12 = "openssl pkcs12 -export -name a -in /etc/bot/crt -inkey /etc/bot/key -passout pass:"
	for _, c := range []struct{ name, make, password, finding, remedy string }{
		{"my cert.cer", "openssl x509 -in /etc/bot/crt -outform DER", "", "upload.not_pem", "openssl.convert"},
		{"it's `id` \"x\" $(touch pwned).der", "openssl x509 -in /etc/bot/crt -outform DER", "", "upload.not_pem", "keytool.convert"},
		{"bot's chain.p7b", "openssl crl2pkcs7 -nocrl -certfile /etc/bot/crt -outform DER", "", "upload.not_pem", "openssl.convert"},
		{"chain;reboot.p7b", "openssl crl2pkcs7 -nocrl -certfile /etc/bot/crt | sed 's/$/\\r/'", "", "upload.not_pem", "openssl.convert"},
		{"сертификат.pfx", p12, "", "upload.not_pem", "openssl.convert"},
		{"with password.pfx", p12 + "secret", "secret", "upload.not_pem", "openssl.convert"},
		{"with password.p12", p12 + "secret", "secret", "upload.not_pem", "keytool.convert"},
		{"old store.jks", p12 + "secret -out /run/p12; keytool -importkeystore -srckeystore /run/p12 -srcstorepass secret -destkeystore /run/jks -deststoretype JKS -deststorepass secret >&2; cat /run/jks; rm /run/jks", "", "upload.not_pem", "keytool.convert"},
		{"from PowerShell.txt", "iconv -f UTF-8 -t UTF-16 /etc/bot/crt", "", "upload.not_pem", "openssl.convert"},
		{"bare.txt", "openssl x509 -in /etc/bot/crt -outform DER | base64", "", "upload.not_pem", "openssl.convert"},
		{"with key.pem", "cat /etc/bot/crt; awk 1 /etc/bot/key", "", "upload.contains_private_key", "openssl.strip_key"},
	} {
		t.Run(c.name, func(t *testing.T) {
			work := t.TempDir() // the same directory in both hosts
			file := filepath.Join(work, c.name)
			data := g.bot.run(t, "{ "+c.make+"; } 2>/dev/null")
			if err := os.WriteFile(file, []byte(data), 0o600); err != nil {
				t.Fatal(err)
			}
			broken := g.check(t, hookURL, "--certificate", file)
			fix := broken.remedy(t, c.finding, c.remedy)
			g.bot.run(t, "export PASSWORD="+c.password+"\ncd '"+work+"'\n"+fix.Body)
			g.bot.run(t, fix.Apply)
			made := "/etc/ssl/hookcheck/" + testpki.Host + "-upload.pem"
			if strings.Contains(g.bot.run(t, "cat "+made), "PRIVATE") {
				t.Error("the key went along")
			}
			g.check(t, hookURL, "--certificate", g.bot.path(made)).expect(t, "works", 0, nil)
			if _, err := os.Stat(filepath.Join(work, "pwned")); err == nil {
				t.Error("the name of the file ran as a command")
			}
			g.bot.run(t, fix.Undo)
			g.bot.run(t, "test ! -e "+made)
			if !t.Failed() {
				proven(c.finding, c.remedy)
			}
		})
	}
}

// TestChainWritten: certificates in another form, as the PEM that servers read.
func TestChainWritten(t *testing.T) {
	need(t, "openssl")
	g := newGround(t, false)
	files := issued(pki(t))
	for name, text := range files {
		g.bot.write(t, name, []byte(text))
	}
	work := t.TempDir()
	bundle := filepath.Join(work, "chain.p7b")
	g.bot.run(t, "openssl crl2pkcs7 -nocrl -certfile /etc/pki-test/full.pem -outform DER -out "+bundle)
	roots := filepath.Join(work, "roots.pem")
	if err := os.WriteFile(roots, testpki.PublicRoot().PEM(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _ := exec.Command(command(t), "pem", "--format", "json", "--roots", roots, bundle).Output()
	var r result
	if err := json.Unmarshal(out, &r.report); err != nil {
		t.Fatal(err)
	}
	fix := r.remedy(t, "pem.converted", "openssl.chain_pem")
	for range 2 {
		g.bot.run(t, fix.Body)
	}
	if got := g.bot.run(t, "cat /etc/ssl/hookcheck/"+testpki.Host+"-chain.pem"); got != files["/etc/pki-test/full.pem"] {
		t.Errorf("written:\n%s", got)
	}
	g.bot.run(t, fix.Undo)
	if !t.Failed() {
		proven("pem.converted", "openssl.chain_pem")
	}
}
