package lab_test

import (
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"net"
	"strings"
	"testing"

	"hookcheck/internal/lab"
	"hookcheck/internal/testpki"
)

// The cases here are those on which other clients answer otherwise than
// Telegram's: names, addresses, uploads, first bytes.

const noCertificate = "Bad Request: bad webhook: Failed to set custom certificate file{error:05800088:x509 certificate routines::no certificate or crl found}"

// verified is a case of trust: how it ends, and the blockers.
func verified(name string, start func(testing.TB) string, ids ...string) labCase {
	c := labCase{name: name, start: start, path: "/", verdict: "works"}
	if len(ids) > 0 {
		c.verdict, c.predicted, c.blockers = "fails", verifyFailed, ids
	}
	return c
}

func serve(nodes ...*testpki.Node) func(testing.TB) string {
	return tlsServer(config(nodes[0], nodes...), lab.OK)
}

func (c labCase) at(host string) labCase         { c.host = host; return c }
func (c labCase) uploaded(file []byte) labCase   { c.upload = file; return c }
func (c labCase) remarked(ids ...string) labCase { c.others = ids; return c }

func nameCases() []labCase {
	ca := testpki.PublicCA()
	sanFor := func(name string) func(testing.TB) string { return serve(ca.Leaf(name), ca) }
	cnFor := func(name string, more ...testpki.Option) func(testing.TB) string {
		return serve(ca.LeafWith([]string{name}, append([]testpki.Option{testpki.NoSAN()}, more...)...), ca)
	}
	mail := testpki.Edit(func(t *x509.Certificate) { t.EmailAddresses = []string{"bot@example.org"} })
	twoNames := testpki.Edit(func(t *x509.Certificate) {
		cn := asn1.ObjectIdentifier{2, 5, 4, 3}
		t.Subject = pkix.Name{ExtraNames: []pkix.AttributeTypeAndValue{{Type: cn, Value: "other.example"}, {Type: cn, Value: testpki.Host}}}
	})
	return []labCase{
		verified("name: upper case", sanFor("BOT.Example.ORG")),
		verified("name: wildcard at the end of a label", sanFor("bo*.example.org")).remarked("cert.wildcard"),
		verified("name: wildcard at the beginning of a label", sanFor("*ot.example.org")).remarked("cert.wildcard"),
		verified("name: wildcard in the middle of a label", sanFor("b*t.example.org"), "cert.name_mismatch"),
		verified("name: two wildcards in a label", sanFor("b**.example.org"), "cert.name_mismatch"),
		verified("name: wildcard below the top", sanFor("*.org"), "cert.name_mismatch"),
		verified("name: wildcard in the second label", sanFor("bot.*.org"), "cert.name_mismatch"),
		verified("name: trailing dot", sanFor(testpki.Host+"."), "cert.name_mismatch"),
		verified("name: trailing space", sanFor(testpki.Host+" "), "cert.name_mismatch"),
		verified("name: wildcard over an A-label", sanFor("*.example.org")).at("bücher.example.org").remarked("cert.wildcard"),
		verified("name: A-label", sanFor("xn--bcher-kva.example.org")).at("bücher.example.org"),
		verified("name: underscore", sanFor("my_bot.example.org")).at("my_bot.example.org"),
		verified("name: wildcard is one label", sanFor("*.example.org"), "cert.name_mismatch").at("a.bot.example.org"),
		verified("name: in the CN", cnFor(testpki.Host)).remarked("cert.common_name_only"),
		verified("name: in the CN, wildcard", cnFor("*.example.org")).remarked("cert.common_name_only"),
		verified("name: in the CN beside a mail SAN", cnFor(testpki.Host, mail)).remarked("cert.common_name_only"),
		verified("name: in the CN beside an IP SAN", serve(ca.LeafWith([]string{testpki.Host}, testpki.IP("192.0.2.1")), ca)).remarked("cert.common_name_only"),
		verified("name: in the second CN", cnFor(testpki.Host, twoNames)).remarked("cert.common_name_only"),
	}
}

func addressCases() []labCase {
	const ip = "198.51.100.7"
	ca := testpki.PublicCA()
	root := testpki.PublicRoot().PEM()
	public := func(opts ...testpki.Option) func(testing.TB) string {
		return serve(ca.LeafWith([]string{ip}, opts...), ca)
	}
	both := testpki.Edit(func(t *x509.Certificate) { t.IPAddresses = []net.IP{net.ParseIP(ip).To4()} })
	nameInCN := testpki.Edit(func(t *x509.Certificate) { t.Subject.CommonName = "bot" })
	own := func(opts ...testpki.Option) *testpki.Node { return testpki.SelfSigned([]string{ip}, opts...) }
	cnAndSAN := own(testpki.IP(ip))
	sanAlone := own(testpki.IP(ip), nameInCN)
	v6 := testpki.SelfSigned([]string{"2001:db8::7"})
	inBrackets := testpki.SelfSigned([]string{"[2001:db8::7]"}, testpki.NoSAN())
	warned := "dns.ip_without_upload"
	return []labCase{
		verified("address: IP SAN, nothing uploaded", public(testpki.IP(ip), nameInCN)).at(ip).remarked(warned),
		verified("address: as DNS name, nothing uploaded", public(), "cert.ip_needs_san").at(ip).remarked(warned),
		verified("address: CN, nothing uploaded", public(testpki.NoSAN()), "cert.ip_needs_san").at(ip).remarked(warned),
		verified("address: IP SAN and DNS name, nothing uploaded", public(both)).at(ip).remarked(warned),
		verified("address: IP SAN and DNS name, root uploaded", public(both)).at(ip).uploaded(root),
		verified("address: IP SAN alone, root uploaded", public(testpki.IP(ip), nameInCN), "cert.ip_needs_common_name").at(ip).uploaded(root),
		verified("address: CN and IP SAN, itself uploaded", serve(cnAndSAN)).at(ip).uploaded(cnAndSAN.PEM()),
		verified("address: IP SAN alone, itself uploaded", serve(sanAlone), "cert.ip_needs_common_name").at(ip).uploaded(sanAlone.PEM()),
		verified("address: IPv6 as DNS name, itself uploaded", serve(v6), "cert.ip_needs_common_name").at("[2001:db8::7]").uploaded(v6.PEM()),
		verified("address: IPv6 in brackets as CN, itself uploaded", serve(inBrackets)).at("[2001:db8::7]").uploaded(inBrackets.PEM()).remarked("cert.common_name_only"),
	}
}

func fileCases() []labCase {
	own := testpki.SelfSigned([]string{testpki.Host})
	text := string(own.PEM())
	der := string(pem.EncodeToMemory(&pem.Block{Type: "X509 CERTIFICATE", Bytes: own.DER}))
	good := func(name, file string) labCase {
		return verified("file: "+name, serve(own)).uploaded([]byte(file))
	}
	refused := func(name, file string) labCase {
		c := verified("file: "+name, serve(own), "upload.not_pem").uploaded([]byte(file))
		c.predicted = noCertificate
		return c
	}
	other := testpki.PublicCA().Leaf("shop.example.net")
	elsewhere := verified("file: junk, and another site", serve(other, testpki.PublicCA()), "upload.not_pem", "tls.wrong_site").uploaded([]byte("junk"))
	elsewhere.predicted = noCertificate
	closed := labCase{name: "file: junk, and nobody listens", start: func(t testing.TB) string { return lab.Closed(t) }, upload: []byte("junk"),
		verdict: "fails", predicted: noCertificate, blockers: []string{"upload.not_pem", "tcp.refused"}}
	return []labCase{
		good("CRLF", strings.ReplaceAll(text, "\n", "\r\n")),
		good("text before", "Bag Attributes\n friendlyName: bot\n"+text),
		good("no newline at the end", strings.TrimRight(text, "\n")),
		good("the older label", der),
		good("after another certificate", string(testpki.PrivateRoot().PEM())+text),
		good("byte order mark", "\ufeff"+text),
		refused("indented", " "+strings.ReplaceAll(text, "\n", "\n ")),
		refused("typographic dashes", strings.ReplaceAll(text, "-----", "—————")),
		refused("a path in place of the file", "/etc/ssl/bot.pem\n"),
		refused("a page in place of the file", "<html>404</html>"),
		elsewhere, closed,
	}
}

func byteCases() []labCase {
	const notTLS = "SSL error {error:0A00010B:SSL routines::wrong version number}"
	first := func(name, bytes, predicted, id string) labCase {
		start := raw(func(c net.Conn) {
			c.Read(make([]byte, 4096))
			c.Write([]byte(bytes))
			c.Read(make([]byte, 1)) // until the client has gone
		})
		return labCase{name: "first bytes: " + name, start: start, verdict: "fails", predicted: predicted, blockers: []string{id}}
	}
	alert := func(name string, code byte, predicted, id string) labCase {
		return first("alert "+name, string([]byte{21, 3, 3, 0, 2, 2, code}), "SSL error {error:"+predicted+"}", id)
	}
	return []labCase{
		first("SMTP", "220 mail.example.org ESMTP\r\n", notTLS, "tls.not_tls"),
		first("MySQL", "J\x00\x00\x00\x0a8.0.36\x00\x01\x02\x03", notTLS, "tls.not_tls"),
		first("RDP", "\x03\x00\x00\x13\x0e\xd0\x00\x00\x124\x00\x02\x0f\x08\x00\x02\x00\x00\x00", notTLS, "tls.not_tls"),
		first("HTTP/1.0", "HTTP/1.0 400 Bad request\r\n\r\n", notTLS, "tls.plaintext_http"),
		first("a request of HTTP", "GET / HTTP/1.1\r\n\r\n", "SSL error {error:0A00009C:SSL routines::http request}", "tls.not_tls"),
		first("settings of HTTP/2", "\x00\x00\x06\x04\x00\x00\x00\x00\x00\x00\x05\x00\x00\x40\x00", notTLS, "tls.not_tls"),
		alert("unrecognized_name", 112, "0A000458:SSL routines::tlsv1 unrecognized name", "tls.name_rejected"),
		alert("internal_error", 80, "0A000438:SSL routines::tlsv1 alert internal error", "tls.name_rejected"),
		alert("handshake_failure", 40, "0A000410:SSL routines::sslv3 alert handshake failure", "tls.no_common_cipher"),
		alert("protocol_version", 70, "0A00042E:SSL routines::tlsv1 alert protocol version", "tls.version_too_old"),
		alert("access_denied", 49, "0A000419:SSL routines::tlsv1 alert access denied", "tls.alert"),
	}
}

func oldSuiteCases() []labCase {
	rsa := testpki.CommittedRSA("rsa2048")
	ca := testpki.PublicCA()
	leaf := ca.LeafWith([]string{testpki.Host}, testpki.WithKey(rsa))
	limited := func(version uint16, suite uint16) *tls.Config {
		return with(config(leaf, leaf, ca), func(c *tls.Config) {
			c.MinVersion, c.MaxVersion, c.CipherSuites = tls.VersionTLS10, version, []uint16{suite}
		})
	}
	return []labCase{
		{name: "RSA key exchange and CBC", start: tlsServer(limited(tls.VersionTLS12, tls.TLS_RSA_WITH_AES_128_CBC_SHA), lab.OK), path: "/", verdict: "works", others: []string{"tls.old_versions_enabled"}},
		{name: "TLS 1.1 with RSA key exchange", start: tlsServer(limited(tls.VersionTLS11, tls.TLS_RSA_WITH_AES_128_CBC_SHA), lab.OK), path: "/", verdict: "works", others: []string{"tls.below_documented"}},
		{name: "3DES alone", start: tlsServer(limited(tls.VersionTLS12, tls.TLS_RSA_WITH_3DES_EDE_CBC_SHA), lab.OK), verdict: "fails",
			predicted: "SSL error {error:0A000410:SSL routines::sslv3 alert handshake failure}", blockers: []string{"tls.no_common_cipher"}},
		{name: "ML-KEM alone", start: tlsServer(with(healthy(), func(c *tls.Config) { c.CurvePreferences = []tls.CurveID{tls.X25519MLKEM768} }), lab.OK), verdict: "fails",
			predicted: "SSL error {error:0A000410:SSL routines::sslv3 alert handshake failure}", blockers: []string{"tls.no_common_cipher"}},
	}
}
