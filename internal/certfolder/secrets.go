package certfolder

import (
	"bytes"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"net"
	"net/url"
	"strings"

	"golang.org/x/crypto/ssh"

	"hookcheck/internal/testpki"
)

func pkcs8() []byte { return must(x509.MarshalPKCS8PrivateKey(key())) }

func sec1() []byte { return must(x509.MarshalECPrivateKey(key())) }

func keyPEM() []byte { return block("PRIVATE KEY", pkcs8()) }

func csr() []byte {
	template := &x509.CertificateRequest{
		Subject: pkix.Name{CommonName: testpki.Host}, DNSNames: []string{testpki.Host}, IPAddresses: []net.IP{net.IPv4(198, 51, 100, 7)},
	}
	return must(x509.CreateCertificateRequest(rand.Reader, template, key()))
}

func requests() []File {
	broken := csr()
	broken[len(broken)-3] ^= 1
	text := block("CERTIFICATE REQUEST", csr())
	return []File{
		file("bot.csr", text, 0, unknown, "pem.csr"),
		file("iis.csr", block("NEW CERTIFICATE REQUEST", csr()), 0, unknown, "pem.csr"),
		file("csr.der", csr(), 0, unknown, "pem.csr"),
		file("bad-signature.csr", block("CERTIFICATE REQUEST", broken), 0, unknown, "pem.csr"),
		file("csr-beside.pem", join(chain(), text), 2, works, "pem.csr", "pem.mixed"),
		file("csr-and-key.pem", join(text, keyPEM()), 0, fails, "pem.csr").withKeys(1),
		file("cut-off.csr", text[:len(text)/2], 0, fails, "pem.truncated"),
	}
}

// keys are private keys in every form that people have.
func keys() []File {
	rsaKey := x509.MarshalPKCS1PrivateKey(testpki.CommittedRSA("rsa2048"))
	openSSH := pem.EncodeToMemory(must(ssh.MarshalPrivateKey(key(), "me@host")))
	old := "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,CC579FE530DAF03BBE93110A100AEC36\n\n" +
		strings.SplitN(string(block("X", sec1())), "\n", 2)[1]
	d := base64.RawURLEncoding.EncodeToString(key().D.FillBytes(make([]byte, 32)))
	putty := "PuTTY-User-Key-File-3: ecdsa-sha2-nistp256\nEncryption: none\nPrivate-Lines: 1\n" + base64.StdEncoding.EncodeToString(sec1()) + "\n"
	refused := func(name string, data []byte) File { return file(name, data, 0, fails).withKeys(1) }
	return []File{
		refused("pkcs8.key", keyPEM()),
		refused("sec1.key", block("EC PRIVATE KEY", sec1())),
		refused("sec1-with-parameters.key", join(block("EC PARAMETERS", []byte{6, 1, 0}), block("EC PRIVATE KEY", sec1()))),
		refused("pkcs1.key", block("RSA PRIVATE KEY", rsaKey)),
		refused("encrypted.key", block("ENCRYPTED PRIVATE KEY", sec1())),
		refused("encrypted-the-old-way.key", []byte(old)),
		refused("openssh.key", openSSH),
		refused("putty.ppk", []byte(putty)),
		refused("ssh2.key", []byte("---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\n"+base64.StdEncoding.EncodeToString(sec1())+"\n---- END SSH2 ENCRYPTED PRIVATE KEY ----\n")),
		refused("pgp.asc", block("PGP PRIVATE KEY BLOCK", sec1())),
		refused("pgp.gpg", join([]byte{0x95, 1, 0, 4}, sec1())),
		refused("pkcs8.der", pkcs8()),
		refused("sec1.der", sec1()),
		refused("pkcs1.der", rsaKey),
		refused("pkcs1-cut-off.der", rsaKey[:900]),
		refused("jwk.json", []byte(`{"kty":"EC","crv":"P-256","x":"AA","y":"AA","d":"`+d+`"}`)),
		refused("jwks.json", []byte(`{"keys":[{"kty":"EC","d":"`+d+`"}]}`)),
		refused("private.pvk", join([]byte{0x1e, 0xf1, 0xb5, 0xb0, 0, 0, 0, 0}, sec1())),
		refused("named-certificate.key", block("CERTIFICATE", pkcs8())),
		refused("misspelt.key", block("PRIVAT KEY", pkcs8())),
		refused("typographic-dashes.key", replace(keyPEM(), "-----", "—")),
		refused("cut-off.key", keyPEM()[:150]),
		refused("quoted-mail.key", []byte("> "+strings.ReplaceAll(string(keyPEM()), "\n", "\n> "))),
		refused("utf16.key", UTF16(keyPEM(), binary.LittleEndian, true)),
		refused("bare-base64.key", []byte(base64.StdEncoding.EncodeToString(pkcs8()))),
		refused("environment.key", []byte(`KEY="`+strings.ReplaceAll(string(keyPEM()), "\n", `\n`)+`"`)),
		refused("base64-of-pem.key", []byte(base64.StdEncoding.EncodeToString(keyPEM()))),
		refused("begin-lost.key", keyPEM()[len("-----BEGIN PRIVATE KEY-----\n"):]),
		refused("hexadecimal.key", []byte(hex.EncodeToString(pkcs8()))),
		refused("url-encoded.key", []byte(url.PathEscape(string(keyPEM())))),
		refused("described.txt", []byte("Private-Key: (256 bit)\npriv:\n    "+strings.TrimSpace(fmt.Sprintf("% x", key().D.Bytes()))+"\npub:\n    04:00\n")),
		refused("blank-before.ppk", []byte("\r\n"+putty)),
		refused("account.json", []byte(`{"account":{"key":{"kty":"EC","crv":"P-256","d":"`+d+`"}}}`)),
		refused("key.xml", []byte("<RSAKeyValue><Modulus>AQAB</Modulus><D>"+base64.StdEncoding.EncodeToString(key().D.FillBytes(make([]byte, 32)))+"</D></RSAKeyValue>")),
		refused("oct.jwk", []byte(`{"kty":"oct","k":"`+d+`"}`)),
		refused("wireguard.conf", []byte("[Interface]\nPrivateKey = "+base64.StdEncoding.EncodeToString(key().D.FillBytes(make([]byte, 32)))+"\n")),
		refused("key.pem.gz", gzipped(keyPEM())),
		refused("letter.docx.key", Zip("[Content_Types].xml", []byte("<Types/>"), "word/document.xml", []byte("<w:t>"+strings.ReplaceAll(string(keyPEM()), "\n", "</w:t><w:t>")+"</w:t>"))),
		file("haproxy.pem", join(chain(), keyPEM()), 2, fails).withKeys(1),
		file("key-first.pem", join(keyPEM(), chain()), 2, fails).withKeys(1),
		file("key-within.pem", join(leaf().PEM(), block("RSA PRIVATE KEY", rsaKey), ca().PEM()), 2, fails).withKeys(1),
		file("two-keys.pem", join(chain(), keyPEM(), block("EC PRIVATE KEY", sec1())), 2, fails).withKeys(2),
		file("openssh-beside.pem", join(chain(), openSSH), 2, fails).withKeys(1),
	}
}

// strangers hold nothing of use.
func strangers() []File {
	nothing := func(name string, data string) File { return file(name, []byte(data), 0, unknown, "pem.unknown_format") }
	return []File{
		nothing("page.pem", "<!DOCTYPE html><html><body>404</body></html>"),
		nothing("object.pem", `{"ok":false}`),
		nothing("text.pem", "hello, world"),
		nothing("binary.pem", "\x00\x01\x02\x03\xff"),
		nothing("empty.pem", ""),
		nothing("blank.pem", " \r\n\t"),
		nothing("id_ed25519.pub", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ me@host\n"),
		nothing("public.asc", string(block("PGP PUBLIC KEY BLOCK", []byte("x")))),
		nothing("chain.7z", "7z\xbc\xaf\x27\x1c\x00\x04 and more"),
		nothing("chain.rar", "Rar!\x1a\x07\x01\x00 and more"),
		nothing("chain.bz2", "BZh91AY&SY"),
		nothing("chain.xz", "\xfd7zXZ\x00\x00"),
		nothing("chain.zst", "\x28\xb5\x2f\xfd\x00"),
		nothing("scan.pdf", "%PDF-1.7\n"),
		nothing("screenshot.png", "\x89PNG\r\n\x1a\n"),
		nothing("error.xml", `<?xml version="1.0"?><Error/>`),
		nothing("description.txt", "Certificate:\n    Data:\n        Version: 3 (0x2)\n"),
		nothing("mark-alone.pem", "\xef\xbb\xbf"),
		nothing("ocsp.der", "\x30\x03\x0a\x01\x06"),
		nothing("public.gpg", "\x99\x01\x0d\x04 and more"),
		nothing("parameters.pem", string(block("DH PARAMETERS", []byte{0x30, 0}))),
		nothing("instructions.txt", "Paste everything from BEGIN PRIVATE KEY to END PRIVATE KEY nowhere."),
		nothing("nulls.bin", string(bytes.Repeat([]byte{0}, 5000))),
	}
}
