package proving

import (
	"cmp"
	"crypto/x509"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"hookcheck/checker/report"
	"hookcheck/internal/testpki"
)

// javaBot answers 200; it speaks TLS where it is told of a keystore.
const javaBot = `import java.io.*;
import java.net.*;
import java.security.*;
import javax.net.ssl.*;
public class Bot {
  public static void main(String[] args) throws Exception {
    String file = System.getProperty("javax.net.ssl.keyStore");
    char[] pass = System.getProperty("javax.net.ssl.keyStorePassword").toCharArray();
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
    keys.init(KeyStore.getInstance(new File(file), pass), pass);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    ServerSocket server = context.getServerSocketFactory().createServerSocket(8443);
    while (true) {
      Socket peer = server.accept();
      new Thread(() -> { try (peer) { answer(peer); } catch (IOException e) { System.out.println(e); } }).start();
    }
  }
  static void answer(Socket peer) throws IOException {
    DataInputStream in = new DataInputStream(peer.getInputStream());
    int length = 0;
    for (String line; !(line = in.readLine()).isEmpty(); )
      if (line.toLowerCase().startsWith("content-length:")) length = Integer.parseInt(line.substring(15).trim());
    in.readNBytes(length);
    peer.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes());
  }
}
`

// javaClasses are that program, compiled once.
var javaClasses = sync.OnceValues(func() (map[string][]byte, error) {
	dir, err := os.MkdirTemp("", "java")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	source := filepath.Join(dir, "Bot.java")
	if err := os.WriteFile(source, []byte(javaBot), 0o600); err != nil {
		return nil, err
	}
	if out, err := exec.Command("javac", "-d", dir, source).CombinedOutput(); err != nil {
		return nil, fmt.Errorf("javac: %w: %s", err, out)
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.class"))
	classes := map[string][]byte{}
	for _, f := range files {
		if classes["/etc/java/"+filepath.Base(f)], err = os.ReadFile(f); err != nil {
			return nil, err
		}
	}
	return classes, err
})

// startJava has the program in the machine, with an OpenJDK that still knows
// what it has switched off since.
func (h *host) startJava(t *testing.T) {
	t.Helper()
	for _, name := range []string{"javac", "java", "keytool"} {
		need(t, name)
	}
	classes, err := javaClasses()
	if err != nil {
		t.Fatal(err)
	}
	for name, class := range classes {
		h.write(t, name, class)
	}
	h.write(t, "/etc/java/old.security", []byte("jdk.tls.disabledAlgorithms=NULL\njdk.tls.legacyAlgorithms=NULL\njdk.certpath.disabledAlgorithms=NULL\n"))
}

const (
	runJava   = "start java -XX:-UsePerfData -XX:TieredStopAtLevel=1 -Xshare:auto -Djava.security.properties=/etc/java/old.security @HERE@ -cp /etc/java Bot"
	fullStore = "-Djavax.net.ssl.keyStore=/etc/bot/full.p12 -Djavax.net.ssl.keyStorePassword=changeit "
)

// javaStores makes keystores of what pki has.
const javaStores = `mkdir -p /etc/bot
store() { openssl pkcs12 -export -name bot -in /etc/pki-test/$1 -inkey /etc/pki-test/$2 -passout pass:changeit -out /etc/bot/$3; }
store full.pem key.pem full.p12; store leaf.pem key.pem leaf.p12; store rsa.pem rsa.key rsa.p12
`

// TestJavaRemedies: options of the command line, and keystores.
func TestJavaRemedies(t *testing.T) {
	store := func(file string) string { return strings.Replace(fullStore, "full.p12", file, 1) }
	for _, c := range []struct {
		name, finding, remedy string
		broken                string // the options at first
		fixed                 string // those of the keystore that the remedy made; "" where they stay, "body" where the remedy's body is an option
	}{
		{"versions", "tls.version_too_old", "java.tls_versions", fullStore + "-Djdk.tls.server.protocols=TLSv1.1", "body"},
		{"suites", "tls.no_common_cipher", "java.ciphers", fullStore + "-Djdk.tls.server.protocols=TLSv1.2 -Djdk.tls.server.cipherSuites=TLS_ECDHE_ECDSA_WITH_3DES_EDE_CBC_SHA", "body"},
		{"Diffie-Hellman", "tls.dh_too_small", "java.dh", store("rsa.p12") + "-Djdk.tls.server.protocols=TLSv1.2 -Djdk.tls.server.cipherSuites=TLS_DHE_RSA_WITH_AES_128_GCM_SHA256 -Djdk.tls.namedGroups=secp256r1 -Djdk.tls.ephemeralDHKeySize=1024", "body"},
		{"plain HTTP", "tls.plaintext_http", "java.tls", "", store("")},
		{"chain, a keystore made anew", "chain.intermediate_missing", "java.fullchain", store("leaf.p12"), store("")},
		{"chain, into the keystore", "chain.intermediate_missing", "keytool.import_chain", store("leaf.p12"), ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g := newGround(t, strings.HasPrefix(c.finding, "chain."))
			for name, text := range issued(pki(t)) {
				g.bot.write(t, name, []byte(text))
			}
			g.bot.startJava(t)
			g.bot.run(t, javaStores)
			launch := func(options string) {
				g.bot.run(t, startProgram+strings.Replace(runJava, "@HERE@", options, 1))
			}
			if c.broken == "" {
				// As Tomcat answers.
				g.bot.write(t, "/etc/bot.py", []byte(strings.Replace(pythonBot, "@HERE@", "context = None", 1)))
				g.bot.run(t, startProgram+"start /usr/bin/python3 /etc/bot.py")
			} else {
				launch(c.broken)
			}
			broken := trial{}.awaitLong(t, g, func(r result) bool { return r.finding(c.finding) != nil })
			fix := broken.remedy(t, c.finding, c.remedy)
			original := g.bot.etc(t)
			if c.fixed == "body" {
				// In place of the option of the same name.
				name, _, _ := strings.Cut(fix.Body, "=")
				at := strings.Index(c.broken, name+"=")
				_, rest, _ := strings.Cut(c.broken[at:], " ")
				launch(c.broken[:at] + strings.TrimSpace(fix.Body) + " " + rest)
			} else {
				g.bot.run(t, fix.Body)
				g.bot.run(t, fix.Apply)
				g.bot.run(t, fix.Body)
				launch(cmp.Or(strings.Replace(c.fixed, "/etc/bot/", "/etc/ssl/hookcheck/"+testpki.Host+"-java.p12", 1), c.broken))
			}
			trial{}.awaitLong(t, g, func(r result) bool { return r.report.Verdict == report.Works })
			if c.fixed != "body" {
				g.bot.run(t, fix.Undo)
				if names := changed(original, g.bot.etc(t)); len(names) > 0 {
					t.Errorf("after undo %v differ", names)
				}
			}
			if !t.Failed() {
				proven(c.finding, c.remedy)
			}
		})
	}
}

// TestKeytoolSelfSigned: the certificate lands in the keystore that the
// program reads, and works once uploaded.
func TestKeytoolSelfSigned(t *testing.T) {
	now := time.Now()
	expired := testpki.SelfSigned([]string{testpki.Host}, testpki.Valid(now.AddDate(-1, 0, 0), now.AddDate(0, 0, -3)))
	address := testpki.SelfSigned(nil, testpki.Valid(now.AddDate(0, 0, -1), now.AddDate(1, 0, 0)), testpki.IP(botIP), testpki.Edit(func(c *x509.Certificate) { c.Subject.CommonName = "bot" }))
	for _, c := range []struct {
		name, finding, host string
		cert                *testpki.Node
	}{
		{"a name", "cert.expired", testpki.Host, expired},
		{"an address", "cert.ip_needs_common_name", botIP, address},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g := newGround(t, false)
			g.bot.startAPI(t)
			g.bot.startJava(t)
			g.bot.write(t, "/etc/bot/old.pem", append(c.cert.PEM(), c.cert.KeyPEM()...))
			g.bot.run(t, "openssl pkcs12 -export -name mykey -in /etc/bot/old.pem -passout 'pass:se cret' -out /etc/bot/store.p12")
			launch := func() {
				g.bot.run(t, startProgram+strings.Replace(runJava, "@HERE@", "-Djavax.net.ssl.keyStore=/etc/bot/store.p12 '-Djavax.net.ssl.keyStorePassword=se cret'", 1))
			}
			launch()
			target := "https://" + c.host + ":8443/webhook"
			at := trial{target: target, flags: []string{"--certificate", store(t, c.cert.PEM())}}
			broken := at.awaitLong(t, g, func(r result) bool { return r.finding(c.finding) != nil })
			fix := broken.remedy(t, c.finding, "keytool.self_signed")
			original := g.bot.etc(t)
			g.bot.run(t, fix.Body)
			g.bot.run(t, fix.Apply)
			launch()
			once := g.bot.etc(t)
			trial{target: target}.awaitLong(t, g, func(r result) bool { return r.finding("cert.self_signed") != nil })
			uploadMade(t, g, broken, c.finding, target)
			g.bot.run(t, fix.Body)
			if names := changed(once, g.bot.etc(t)); len(names) > 0 {
				t.Errorf("applied twice it changes %v", names)
			}
			g.bot.run(t, fix.Undo)
			if names := changed(original, g.bot.etc(t)); len(names) > 0 {
				t.Errorf("after undo %v differ", names)
			}
			if !t.Failed() {
				proven(c.finding, "keytool.self_signed")
			}
		})
	}
}
