package certfolder

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"crypto/rand"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"time"
	"unicode/utf16"

	keystore "github.com/pavlo-v-chernykh/keystore-go/v4"
	"github.com/smallstep/pkcs7"
	pkcs12 "software.sslmate.com/src/go-pkcs12"

	"hookcheck/internal/testpki"
)

// must stops the generator: a file that cannot be made is a fault of the test.
func must[T any](v T, err error) T {
	if err != nil {
		panic(fmt.Sprintf("certfolder: making a file: %v", err))
	}
	return v
}

// UTF16 writes a text as PowerShell does.
func UTF16(data []byte, order binary.AppendByteOrder, mark bool) []byte {
	var out []byte
	if mark {
		out = order.AppendUint16(out, 0xfeff)
	}
	for _, u := range utf16.Encode([]rune(string(data))) {
		out = order.AppendUint16(out, u)
	}
	return out
}

func otherText() []File {
	return []File{
		file("utf16.pem", UTF16(chain(), binary.LittleEndian, true), 2, works, "pem.converted"),
		file("utf16-big-endian.pem", UTF16(chain(), binary.BigEndian, true), 2, works, "pem.converted"),
		file("utf16-without-mark.pem", UTF16(chain(), binary.LittleEndian, false), 2, works, "pem.converted"),
		file("bare-base64.txt", []byte(base64.StdEncoding.EncodeToString(leaf().DER)), 1, fails, "chain.intermediate_missing", "pem.converted"),
		file("bare-base64-wrapped.txt", bytes.Join(bytes.Split(leaf().PEM(), []byte("\n"))[1:5], []byte("\n")), 1, fails, "pem.truncated"),
		file("bare-base64.p7b", []byte(base64.StdEncoding.EncodeToString(p7b(leaf(), ca()))), 2, works, "pem.converted"),
	}
}

func plainBinary() []File {
	l, c := leaf(), ca()
	return []File{
		file("leaf.der", l.DER, 1, fails, "chain.intermediate_missing", "pem.converted"),
		file("chain.der", join(l.DER, c.DER), 2, works, "pem.converted"),
		file("cut-off.der", l.DER[:300], 1, fails, "pem.truncated"),
		file("junk-behind.der", join(l.DER, c.DER, []byte("\x00junk")), 2, works, "pem.mixed", "pem.converted"),
		file("key-behind.der", join(l.DER, c.DER, pkcs8()), 2, fails, "pem.converted").withKeys(1),
		file("junk-before.der", join([]byte("\x01\x02junk"), l.DER, c.DER), 2, works, "pem.converted"),
		file("crl.der", crl(), 0, unknown, "pem.unknown_format"),
		file("crl.pem", block("X509 CRL", crl()), 0, unknown, "pem.unknown_format"),
		file("public-key.der", l.Cert.RawSubjectPublicKeyInfo, 0, unknown, "pem.unknown_format"),
		file("public-key.pem", block("PUBLIC KEY", l.Cert.RawSubjectPublicKeyInfo), 0, unknown, "pem.unknown_format"),
		file("crl-beside.pem", join(chain(), block("X509 CRL", crl())), 2, works, "pem.mixed"),
	}
}

func crl() []byte {
	c := ca()
	return must(x509.CreateRevocationList(rand.Reader, &x509.RevocationList{Number: c.Cert.SerialNumber, ThisUpdate: testpki.Epoch, NextUpdate: testpki.Epoch.AddDate(0, 0, 9)}, c.Cert, c.Key))
}

func p7b(nodes ...*testpki.Node) []byte {
	return must(pkcs7.DegenerateCertificate(bytes.Join(testpki.DERs(nodes...), nil)))
}

// indefinite writes the outer two levels of a PKCS#7 with indefinite lengths.
func indefinite(der []byte) []byte {
	_, body := header(der)   // ContentInfo
	oid, rest := first(body) // type
	_, inner := header(rest) // [0]
	out := join([]byte{0x30, 0x80}, oid, []byte{0xa0, 0x80}, inner)
	return append(out, 0, 0, 0, 0)
}

func header(der []byte) (head, body []byte) {
	n := 2
	if der[1] > 0x80 {
		n += int(der[1] - 0x80)
	}
	return der[:n], der[n:]
}

func first(der []byte) (value, rest []byte) {
	n := 2 + int(der[1])
	return der[:n], der[n:]
}

func bundles() []File {
	l, c := leaf(), ca()
	der := p7b(l, c)
	return []File{
		file("bundle.p7b", der, 2, works, "pem.converted"),
		file("bundle-pem.p7b", block("PKCS7", der), 2, works, "pem.converted"),
		file("root-first.p7b", p7b(testpki.PublicRoot(), c, l), 3, works, "chain.root_included", "pem.converted"),
		file("indefinite.p7b", indefinite(der), 2, works, "pem.converted"),
		file("named-certificate.p7b", block("CERTIFICATE", der), 2, fails, "pem.truncated", "pem.converted"),
		file("cut-off.p7b", der[:len(der)-40], 1, fails, "pem.truncated", "pem.converted"),
		file("no-certificates.p7b", p7b(), 0, unknown, "pem.unknown_format"),
		file("beside.p7b.pem", join(chain(), block("PKCS7", der)), 2, works, "pem.mixed"),
	}
}

// Pair is a PKCS#12 container with the chain and its key.
func Pair(encoder *pkcs12.Encoder, password string) []byte {
	return must(encoder.Encode(key(), leaf().Cert, []*x509.Certificate{ca().Cert}, password))
}

func containers() []File {
	trust := func(e *pkcs12.Encoder, password string) []byte {
		return must(e.EncodeTrustStore([]*x509.Certificate{ca().Cert, leaf().Cert}, password))
	}
	costly := pkcs12.Modern2023.WithIterations(cheap)
	whole := Pair(pkcs12.Modern2023, "sesame")
	return []File{
		file("empty-password.p12", Pair(pkcs12.Modern2023, ""), 2, fails, "pem.converted").withKeys(1),
		file("modern.p12", whole, 2, fails, "pem.converted").withKeys(1).locked("sesame"),
		file("pbmac1.p12", Pair(pkcs12.Modern2026, "sesame"), 2, fails, "pem.converted").withKeys(1).locked("sesame"),
		file("rc2.p12", Pair(pkcs12.LegacyRC2, "sesame"), 2, fails, "pem.converted").withKeys(1).locked("sesame"),
		file("des.pfx", Pair(pkcs12.LegacyDES, "sesame"), 2, fails, "pem.converted").withKeys(1).locked("sesame"),
		file("passwordless.p12", Pair(pkcs12.Passwordless, ""), 2, fails, "pem.converted").withKeys(1),
		file("password-missing.p12", whole, 0, fails, "pem.password").withKeys(1),
		file("password-wrong.p12", whole, 0, fails, "pem.password").withKeys(1).locked("wrong-horse"),
		file("without-key.p12", trust(pkcs12.Modern2023, "sesame"), 2, works, "pem.converted").locked("sesame"),
		file("without-key-locked.p12", trust(pkcs12.LegacyDES, "sesame"), 0, unknown, "pem.password"),
		file("in-pem.p12", block("PKCS12", whole), 2, fails, "pem.converted").withKeys(1).locked("sesame"),
		file("costly.p12", asking(2_100_000, must(costly.EncodeTrustStore([]*x509.Certificate{ca().Cert}, ""))), 0, unknown, "pem.too_much"),
		file("ten-million-rounds.p12", TenMillion(), 0, fails, "pem.too_much").withKeys(1),
		file("cut-off.p12", whole[:len(whole)-200], 0, fails, "pem.truncated").withKeys(1).locked("sesame"),
	}
}

// TenMillion is a container that asks for ten million rounds; they are written
// into it, not spent.
func TenMillion() []byte { return asking(10_000_000, Pair(pkcs12.LegacyDES.WithIterations(cheap), "")) }

// cheap is a number of rounds that is found again.
const cheap = 0x1234

// asking replaces the number of rounds.
func asking(rounds int, der []byte) []byte {
	var out []byte
	for rest := der; len(rest) > 0; {
		var v asn1.RawValue
		rest = must(asn1.Unmarshal(rest, &v))
		v.FullBytes = nil
		switch {
		case v.IsCompound, v.Tag == asn1.TagOctetString && v.Class == 0 && whole(v.Bytes):
			v.Bytes = asking(rounds, v.Bytes)
		case v.Tag == asn1.TagInteger && bytes.Equal(v.Bytes, []byte{cheap >> 8, cheap & 0xff}):
			out = append(out, must(asn1.Marshal(rounds))...)
			continue
		}
		out = append(out, must(asn1.Marshal(v))...)
	}
	return out
}

// whole tells structures from salts, sums and ciphertext.
func whole(b []byte) bool {
	const longestSum = 64
	if len(b) <= longestSum || b[0] != 0x30 {
		return false
	}
	var v asn1.RawValue
	rest, err := asn1.Unmarshal(b, &v)
	return err == nil && len(rest) == 0 && v.IsCompound
}

func keystores() []File {
	l, c := leaf(), ca()
	cert := func(n *testpki.Node) keystore.Certificate { return keystore.Certificate{Type: "X.509", Content: n.DER} }
	trust := Store("sesame", func(ks *keystore.KeyStore) {
		for alias, n := range map[string]*testpki.Node{"b": c, "a": l} {
			if err := ks.SetTrustedCertificateEntry(alias, keystore.TrustedCertificateEntry{CreationTime: testpki.Epoch, Certificate: cert(n)}); err != nil {
				panic(err)
			}
		}
	})
	pair := Store("sesame", func(ks *keystore.KeyStore) {
		entry := keystore.PrivateKeyEntry{CreationTime: time.Unix(0, 0), PrivateKey: pkcs8(), CertificateChain: []keystore.Certificate{cert(l), cert(c)}}
		if err := ks.SetPrivateKeyEntry("bot", entry, []byte("sesame")); err != nil {
			panic(err)
		}
	})
	lying := bytes.Clone(trust)
	binaryPut(lying[8:], 0xffffffff)
	return []File{
		file("trust.jks", trust, 2, works, "pem.converted"),
		file("pair.jks", pair, 2, fails, "pem.converted").withKeys(1),
		file("pair-opened.jks", pair, 2, fails, "pem.converted").withKeys(1).locked("sesame"),
		file("password-wrong.jks", trust, 2, works, "pem.converted", "pem.password").locked("wrong-horse"),
		file("trust.jceks", join([]byte("\xce\xce\xce\xce"), trust[4:]), 2, works, "pem.converted"),
		file("cut-off.jks", pair[:len(pair)-30], 1, fails, "pem.truncated", "pem.converted").withKeys(1),
		file("lying-count.jks", lying, 2, fails, "pem.truncated", "pem.converted"),
		file("trust.bks", bks(bksEntry(1, "a", l), bksEntry(1, "b", c)), 2, works, "pem.converted"),
		file("pair.bks", bks(bksEntry(4, "bot", l, c)), 2, fails, "pem.converted").withKeys(1),
		file("cut-off.bks", bks(bksEntry(1, "a", l))[:200], 0, fails, "pem.truncated"),
		file("head-alone.jks", trust[:12], 0, fails, "pem.truncated"),
	}
}

// bks is a keystore of Bouncy Castle.
func bks(entries ...[]byte) []byte {
	head := join(number32(2), number32(20), make([]byte, 20), number32(1024))
	return join(head, join(entries...), []byte{0}, make([]byte, 20))
}

// bksEntry is a certificate, or a sealed key with its chain.
func bksEntry(kind byte, alias string, nodes ...*testpki.Node) []byte {
	name := func(s string) []byte { return append([]byte{0, byte(len(s))}, s...) }
	cert := func(n *testpki.Node) []byte { return join(name("X.509"), number32(uint32(len(n.DER))), n.DER) }
	out := join([]byte{kind}, name(alias), make([]byte, 8))
	if kind == 1 {
		return join(out, number32(0), cert(nodes[0]))
	}
	out = join(out, number32(uint32(len(nodes))))
	for _, n := range nodes {
		out = join(out, cert(n))
	}
	sealed := make([]byte, 300)
	return join(out, number32(uint32(len(sealed))), sealed)
}

func number32(n uint32) []byte { return binary.BigEndian.AppendUint32(nil, n) }

// Store is a Java keystore.
func Store(password string, fill func(*keystore.KeyStore)) []byte {
	ks := keystore.New(keystore.WithOrderedAliases())
	fill(&ks)
	var b bytes.Buffer
	if err := ks.Store(&b, []byte(password)); err != nil {
		panic(fmt.Sprintf("certfolder: writing a keystore: %v", err))
	}
	return b.Bytes()
}

func binaryPut(b []byte, n uint32) {
	b[0], b[1], b[2], b[3] = byte(n>>24), byte(n>>16), byte(n>>8), byte(n)
}

// Zip packs files, given as name and content in turn.
func Zip(parts ...any) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		w := must(z.Create(parts[i].(string)))
		must(w.Write(parts[i+1].([]byte)))
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// tarred packs files, given as name and content in turn.
func tarred(parts ...any) []byte {
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i+1 < len(parts); i += 2 {
		data := parts[i+1].([]byte)
		if err := w.WriteHeader(&tar.Header{Name: parts[i].(string), Mode: 0o644, Size: int64(len(data)), Format: tar.FormatUSTAR}); err != nil {
			panic(err)
		}
		must(w.Write(data))
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

func gzipped(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	must(w.Write(data))
	if err := w.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// spoilt changes what the first file of an archive unpacks to.
func spoilt(archive []byte) []byte {
	const header, nameLength = 30, 26
	out := bytes.Clone(archive)
	at := header + int(out[nameLength]) + 100
	out[at], out[at+1] = ^out[at], ^out[at+1]
	return out
}

func archives() []File {
	l, c := leaf(), ca()
	whole := Zip("ca-bundle.crt", c.PEM(), "bot.crt", l.PEM())
	encrypted := bytes.Clone(whole)
	for at := 0; ; { // the flag stands in both headers of a file
		i := bytes.Index(encrypted[at:], []byte("PK\x01\x02"))
		if i < 0 {
			break
		}
		at += i + 8
		encrypted[at] |= 1
	}
	return []File{
		file("from-the-ca.zip", whole, 2, works, "pem.converted"),
		file("folders.zip", Zip("bot/", []byte{}, "bot/bot.p7b", p7b(c, l), "bot/README.txt", []byte("read me"), "__MACOSX/._bot", []byte("x")), 2, works, "pem.converted"),
		file("all-forms.zip", Zip("a.pem", chain(), "a.der", l.DER, "a.p7b", p7b(l, c)), 2, works, "pem.converted"),
		file("with-key.zip", Zip("bot.crt", chain(), "bot.key", keyPEM()), 2, fails, "pem.converted").withKeys(1),
		file("with-request.zip", Zip("bot.crt", chain(), "bot.csr", block("CERTIFICATE REQUEST", csr())), 2, works, "pem.csr", "pem.converted"),
		file("one-part-damaged.zip", Zip("bot.crt", chain(), "b.crt", c.PEM()[:200]), 2, fails, "pem.truncated", "pem.converted"),
		file("bomb.zip", Zip("a.pem", make([]byte, 2<<20)), 0, unknown, "pem.too_much"),
		file("zip.zip", Zip("inner.zip", whole), 0, unknown, "pem.too_much"),
		file("cut-off.zip", whole[:len(whole)-60], 2, fails, "pem.truncated", "pem.converted"),
		file("chain.tar", tarred("bot.crt", l.PEM(), "ca.crt", c.PEM()), 2, works, "pem.converted"),
		file("chain.tar.gz", gzipped(tarred("ca.crt", c.PEM(), "bot.crt", l.PEM())), 2, works, "pem.converted"),
		file("chain.pem.gz", gzipped(chain()), 2, works, "pem.converted"),
		file("cut-off.gz", gzipped(chain())[:20], 0, fails, "pem.truncated"),
		file("bomb.gz", gzipped(make([]byte, 20<<20)), 0, unknown, "pem.too_much"),
		file("key.tar", tarred("bot.key", keyPEM()), 0, fails).withKeys(1),
		file("of-a-mac.zip", Zip("bot.crt", l.PEM(), "__MACOSX/._bot.crt", []byte("\x00\x05"), ".DS_Store", []byte("\x00\x01Bud1"), "ca.crt", c.PEM()), 2, works, "pem.converted"),
		file("leaf-damaged.zip", Zip("bot.crt", l.PEM()[:200], "ca.crt", c.PEM()), 2, fails, "pem.truncated", "pem.converted"),
		file("spoilt-inside.zip", spoilt(Zip("bot.crt", l.PEM(), "ca.crt", c.PEM())), 2, fails, "pem.truncated", "pem.converted"),
		file("locked-inside.zip", Zip("bot.pfx", Pair(pkcs12.Modern2023, "sesame"), "ca.crt", c.PEM()), 2, fails, "pem.password", "pem.converted").withKeys(1),
		file("empty.zip", Zip(), 0, unknown, "pem.unknown_format"),
		file("locked.zip", encrypted, 0, unknown, "pem.password"),
	}
}
