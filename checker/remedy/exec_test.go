package remedy

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// selfSignedHosts are names and addresses, also those with rules of their own:
// a common name holds 64 characters, keytool takes no underscore.
func selfSignedHosts() []*Params {
	var out []*Params
	for _, host := range []string{"bot.example.org", "198.51.100.7", "my_bot.example.org", strings.Repeat("long", 15) + ".xn--e1afmkfd.xn--p1ai"} {
		p := Sample()
		p.Host, p.IsIP = host, host == "198.51.100.7"
		out = append(out, p)
	}
	return out
}

// TestSelfSignedRecipes runs the recipes and asks OpenSSL whether the result,
// served and uploaded, is what Telegram's client accepts.
func TestSelfSignedRecipes(t *testing.T) {
	recipes := map[string]Constructor{"openssl": OpenSSLSelfSigned, "keytool": KeytoolSelfSigned}
	for program, recipe := range recipes {
		for _, p := range selfSignedHosts() {
			name := p.host()
			lookPath(t, "openssl")
			if _, err := exec.LookPath(program); err != nil {
				t.Logf("%s is not installed", program)
				continue
			}
			root := t.TempDir()
			here := func(s string) string { return strings.ReplaceAll(s, dir, root) }
			run(t, here(recipe(p).Body.EN))
			pem := here(p.file(".pem"))
			first, err := os.ReadFile(pem)
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(first), "PRIVATE") {
				t.Errorf("%s, %s: the key is in the file to upload", program, name)
			}
			// As with an upload: the host is compared as a name, IP or not.
			run(t, "openssl verify -no-CApath -no-CAstore -CAfile "+pem+" -purpose sslserver -auth_level 2 -verify_hostname "+p.host()+" "+pem)
			if p.IsIP {
				run(t, "openssl verify -no-CApath -no-CAstore -CAfile "+pem+" -verify_ip "+p.host()+" "+pem)
			}
			text := run(t, "openssl x509 -in "+pem+" -noout -text")
			for _, want := range []string{"Digital Signature, Key Encipherment", "TLS Web Server Authentication", "(2048 bit)"} {
				if !strings.Contains(text, want) {
					t.Errorf("%s, %s: no %s in\n%s", program, name, want, text)
				}
			}
			run(t, here(recipe(p).Body.EN))
			if second, _ := os.ReadFile(pem); string(second) != string(first) {
				t.Errorf("%s, %s: applied twice it is another certificate", program, name)
			}
			run(t, here(recipe(p).Undo))
			if _, err := os.Stat(pem); err == nil {
				t.Errorf("%s, %s: the certificate is there after undo", program, name)
			}
		}
	}
}

func TestRequestRecipe(t *testing.T) {
	lookPath(t, "openssl")
	for name, want := range map[string]string{"sample": "DNS:bot.example.org", "ip": "IP Address:198.51.100.7"} {
		root := t.TempDir()
		p := situations()[name]
		run(t, strings.ReplaceAll(OpenSSLCSR(p).Body.EN, dir, root))
		if text := run(t, "openssl req -noout -text -verify -in "+strings.ReplaceAll(p.file(".csr"), dir, root)); !strings.Contains(text, want) {
			t.Errorf("%s: no %s in\n%s", name, want, text)
		}
	}
}

// oddNames are files as people name them.
var oddNames = []string{"bot.cer", "my cert.cer", "it's my `cert` $(id) \"2026\".cer", "-cert.cer", "сертификат бота.cer", "folder/a;b&c.cer", "*.cer"}

// TestConversions converts one certificate from every form back to PEM, by the
// command for the very file.
func TestConversions(t *testing.T) {
	lookPath(t, "openssl")
	lookPath(t, "keytool")
	work := t.TempDir()
	here := func(s string) string { return strings.ReplaceAll(s, dir, work) }
	p := Sample()
	run(t, here(OpenSSLSelfSigned(p).Body.EN))
	pem, key := here(p.file(".pem")), here(p.file(".key"))
	want, err := os.ReadFile(pem)
	if err != nil {
		t.Fatal(err)
	}
	const pass = "se'cret x"
	makers := []struct{ format, password, make string }{
		{"der-certificate", "", "openssl x509 -in PEM -outform DER -out IN"},
		{"der-pkcs7", "", "openssl crl2pkcs7 -nocrl -certfile PEM -outform DER -out IN"},
		{"pkcs7", "", "openssl crl2pkcs7 -nocrl -certfile PEM -out IN; sed -i 's/$/\\r/' IN"},
		{"pkcs12", "", "openssl pkcs12 -export -in PEM -inkey KEY -passout pass: -out IN"},
		{"pkcs12", pass, "openssl pkcs12 -export -in PEM -inkey KEY -passout \"pass:$PASSWORD\" -out IN"},
		{"pkcs12", pass, "openssl pkcs12 -export -legacy -in PEM -inkey KEY -passout \"pass:$PASSWORD\" -out IN"},
		{"jks", "", "openssl pkcs12 -export -name a -in PEM -inkey KEY -passout pass:xxxxxx -out p12; keytool -importkeystore -srckeystore p12 -srcstoretype PKCS12 -srcstorepass xxxxxx -destkeystore IN -deststoretype JKS -deststorepass xxxxxx"},
		{"jks", pass, "openssl pkcs12 -export -name a -in PEM -inkey KEY -passout pass:xxxxxx -out p12; keytool -importkeystore -srckeystore p12 -srcstoretype PKCS12 -srcstorepass xxxxxx -destkeystore IN -deststoretype JCEKS -deststorepass \"$PASSWORD\""},
		{"utf16", "", "iconv -f UTF-8 -t UTF-16 PEM > IN"},
		{"base64-certificate", "", "openssl x509 -in PEM -outform DER | base64 > IN"},
	}
	for i, c := range makers {
		name := oddNames[i%len(oddNames)]
		script := strings.NewReplacer("PEM", pem, "KEY", key, "IN", shellAlways("./"+name), "p12", work+"/p12").Replace(c.make)
		run(t, "export PASSWORD="+shellAlways(c.password)+"\nrm -f "+work+"/p12\nmkdir -p "+work+"/folder\ncd "+work+"\nrm -f "+shellAlways("./"+name)+"\n{ "+script+"; } >/dev/null 2>&1")
		p.UploadForm, p.UploadName = c.format, name
		for _, r := range List(OpenSSLConvert, KeytoolConvert)(p) {
			if r.Kind != Command || r.ID == "keytool.convert" && c.password == "" && c.format == "pkcs12" {
				continue // keytool opens no PKCS#12 without a password
			}
			run(t, "export PASSWORD="+shellAlways(c.password)+"\ncd "+work+"\n"+here(r.Body.EN))
			if got, _ := os.ReadFile(here(p.file("-upload.pem"))); string(got) != string(want) {
				t.Errorf("%s of %s gives\n%s", r.ID, c.format, got)
			}
			run(t, here(r.Undo))
		}
	}
}

func TestFormatNames(t *testing.T) {
	// The names are those of certfile.Format, and of file endings.
	for format, want := range map[string]string{
		"der-certificate": "der", "pkcs12": "pkcs12", "pkcs7": "pkcs7", "der-pkcs7": "pkcs7", "jks": "jks", "jceks": "jks",
		"csr": "csr", "der-csr": "csr", "private-key": "key", "der-private-key": "key", "utf16": "utf16",
		"base64-certificate": "base64", "der-crl": "", "crl": "", "ssh-private-key": "", "ssh-public": "", "text": "", "": "",
	} {
		if got := formatOf(format); got != want {
			t.Errorf("%s is taken for %q, want %q", format, got, want)
		}
	}
}
