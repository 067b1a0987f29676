package lab_test

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"strings"
	"testing"
	"time"

	"hookcheck/internal/lab"
	"hookcheck/internal/testpki"
)

const verifyFailed = "SSL error {error:0A000086:SSL routines::certificate verify failed}"

// labCase is one server, what was uploaded, and what the report has to say.
type labCase struct {
	name      string
	start     func(testing.TB) string // returns the address to connect to
	host      string                  // testpki.Host where empty
	path      string                  // "" stops after TLS
	upload    []byte
	secret    string
	timeout   time.Duration
	verdict   string
	predicted string
	blockers  []string
	others    []string // warnings and notices that must be there; more may be
}

func pki() (ca, leaf *testpki.Node) {
	ca = testpki.PublicCA()
	return ca, ca.Leaf(testpki.Host)
}

func config(key *testpki.Node, presented ...*testpki.Node) *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{testpki.TLSCertificate(key, presented...)}}
}

func healthy() *tls.Config {
	ca, leaf := pki()
	return config(leaf, leaf, ca)
}

func with(c *tls.Config, edit func(*tls.Config)) *tls.Config {
	edit(c)
	return c
}

func tlsServer(c *tls.Config, answer string) func(testing.TB) string {
	return func(t testing.TB) string { return lab.TLS(t, c, answer) }
}

func raw(handle func(net.Conn)) func(testing.TB) string {
	return func(t testing.TB) string { return lab.Serve(t, handle) }
}

func status(line string) string { return "HTTP/1.1 " + line + "\r\nContent-Length: 0\r\n\r\n" }

func wrong(line string) string { return "Wrong response from the webhook: " + line }

func cases() []labCase {
	var all []labCase
	for _, group := range [][]labCase{httpCases(), transportCases(), tlsCases(), certificateCases(), pairCases(),
		answerCases(), nameCases(), addressCases(), fileCases(), byteCases(), oldSuiteCases(), damagedCases(), crowdCases(), oneBlockerCases(), damagedFlightCases()} {
		all = append(all, group...)
	}
	return all
}

func httpCases() []labCase {
	at := func(name, answer, verdict, predicted string, blockers ...string) labCase {
		return labCase{name: name, start: tlsServer(healthy(), answer), path: "/hook", verdict: verdict, predicted: predicted, blockers: blockers}
	}
	withSecret := func(c labCase) labCase { c.secret = "s3cret"; return c }
	return []labCase{
		at("healthy", lab.OK, "works", ""),
		at("204 without a length", "HTTP/1.1 204 No Content\r\n\r\n", "works", ""),
		at("chunked", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", "works", ""),
		at("302", "HTTP/1.1 302 Found\r\nLocation: https://www.example.org/\r\nContent-Length: 0\r\n\r\n", "fails", wrong("302 Found"), "http.redirect"),
		at("301", status("301 Moved Permanently"), "fails", wrong("301 Moved Permanently"), "http.redirect"),
		at("401 without a secret", status("401 Unauthorized"), "unknown", wrong("401 Unauthorized"), "http.unauthorized"),
		withSecret(at("403 with a secret", status("403 Forbidden"), "fails", wrong("403 Forbidden"), "http.unauthorized")),
		at("404", status("404 Not Found"), "fails", wrong("404 Not Found"), "http.not_found"),
		at("405", status("405 Method Not Allowed"), "fails", wrong("405 Method Not Allowed"), "http.method_not_allowed"),
		at("410", status("410 Gone"), "fails", wrong("410 Gone"), "http.gone"),
		at("418", status("418 I'm a teapot"), "fails", wrong("418 I'm a teapot"), "http.client_error"),
		at("500", status("500 Internal Server Error"), "unknown", wrong("500 Internal Server Error"), "http.server_error"),
		at("502", status("502 Bad Gateway"), "fails", wrong("502 Bad Gateway"), "http.bad_gateway"),
		at("522", status("522 Origin Connection Time-out"), "fails", wrong("522 Origin Connection Time-out"), "http.bad_gateway"),
		at("closed unanswered", "", "fails", "Webhook connection closed", "http.closed"),
		at("closed in the body", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nok", "fails", "Webhook connection closed", "http.closed"),
		at("bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 0\n\n", "fails", "Webhook connection closed", "http.closed"),
		at("not HTTP", "HELLO there\r\n\r\n", "fails", "Not Implemented", "http.not_http"),
		at("HTTP/2 in clear", "HTTP/2.0 200 OK\r\n\r\n", "fails", "HTTP Version Not Supported", "http.not_http"),
		at("head too large", "HTTP/1.1 200 OK\r\nX-Pad: "+strings.Repeat("a", 300<<10)+"\r\n\r\n", "fails", "Request Header Fields Too Large: total headers size exceeded", "http.not_http"),
		at("brotli", "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\nok", "fails", "Unsupported Media Type: unsupported content-encoding", "http.encoding"),
	}
}

func transportCases() []labCase {
	hold := func(net.Conn) { time.Sleep(3 * time.Second) }
	say := func(s string) func(net.Conn) {
		return func(c net.Conn) { c.Write([]byte(s)); c.Read(make([]byte, 4096)) }
	}
	wrongVersion := "SSL error {error:0A00010B:SSL routines::wrong version number}"
	return []labCase{
		{name: "refused", start: func(t testing.TB) string { return lab.Closed(t) }, verdict: "fails", predicted: "Connection refused", blockers: []string{"tcp.refused"}},
		{name: "plain HTTP", start: raw(func(c net.Conn) {
			c.Read(make([]byte, 4096))
			c.Write([]byte("HTTP/1.1 400 Bad Request\r\nServer: nginx\r\n\r\n"))
		}),
			verdict: "fails", predicted: wrongVersion, blockers: []string{"tls.plaintext_http"}},
		{name: "SSH", start: raw(say("SSH-2.0-OpenSSH_9.2p1\r\n")), verdict: "fails", predicted: wrongVersion, blockers: []string{"tls.not_tls"}},
		{name: "closes", start: raw(func(c net.Conn) { c.Read(make([]byte, 4096)) }), verdict: "fails", predicted: "Webhook connection closed", blockers: []string{"tls.closed"}},
		{name: "resets", start: raw(func(c net.Conn) { c.Read(make([]byte, 4096)); lab.Reset(c) }), verdict: "fails", predicted: "Connection reset by peer", blockers: []string{"tcp.reset"}},
		{name: "silent", start: raw(hold), timeout: 1500 * time.Millisecond, verdict: "fails", predicted: "Read timeout expired", blockers: []string{"tls.timeout"}},
	}
}

func tlsCases() []labCase {
	ca, leaf := pki()
	version := func(lo, hi uint16) *tls.Config {
		return with(healthy(), func(c *tls.Config) { c.MinVersion, c.MaxVersion = lo, hi })
	}
	pool := x509.NewCertPool()
	pool.AddCert(ca.Cert)
	mutual := func(hi uint16) *tls.Config {
		return with(healthy(), func(c *tls.Config) {
			c.ClientAuth, c.ClientCAs, c.MaxVersion = tls.RequireAndVerifyClientCert, pool, hi
		})
	}
	optional := with(healthy(), func(c *tls.Config) { c.ClientAuth, c.ClientCAs = tls.VerifyClientCertIfGiven, pool })
	strict := &tls.Config{GetCertificate: func(h *tls.ClientHelloInfo) (*tls.Certificate, error) { return nil, net.ErrClosed }}
	other := ca.Leaf("shop.example.net")
	sites := config(leaf, leaf, ca)
	sites.GetCertificate = func(h *tls.ClientHelloInfo) (*tls.Certificate, error) {
		if h.ServerName == testpki.Host {
			c := testpki.TLSCertificate(leaf, leaf, ca)
			return &c, nil
		}
		c := testpki.TLSCertificate(other, other, ca)
		return &c, nil
	}
	sites.Certificates = nil
	return []labCase{
		{name: "TLS 1.3 alone", start: tlsServer(version(tls.VersionTLS13, tls.VersionTLS13), lab.OK), path: "/", verdict: "works"},
		{name: "TLS 1.2 alone", start: tlsServer(version(tls.VersionTLS12, tls.VersionTLS12), lab.OK), path: "/", verdict: "works"},
		{name: "old versions besides", start: tlsServer(version(tls.VersionTLS10, tls.VersionTLS13), lab.OK), path: "/", verdict: "works", others: []string{"tls.old_versions_enabled"}},
		{name: "TLS 1.1 alone", start: tlsServer(version(tls.VersionTLS10, tls.VersionTLS11), lab.OK), verdict: "fails",
			predicted: "SSL error {error:0A00014D:SSL routines::legacy sigalg disallowed or unsupported}", blockers: []string{"tls.version_too_old"}},
		{name: "client certificate, TLS 1.3", start: tlsServer(mutual(tls.VersionTLS13), lab.OK), verdict: "fails",
			predicted: "SSL error {error:0A00045C:SSL routines::tlsv13 alert certificate required}", blockers: []string{"tls.client_certificate_required"}},
		{name: "client certificate, TLS 1.2", start: tlsServer(mutual(tls.VersionTLS12), lab.OK), verdict: "fails",
			predicted: "SSL error {error:0A000410:SSL routines::sslv3 alert handshake failure}", blockers: []string{"tls.client_certificate_required"}},
		{name: "client certificate optional", start: tlsServer(optional, lab.OK), path: "/", verdict: "works"},
		{name: "no certificate for the name", start: tlsServer(strict, lab.OK), verdict: "fails",
			predicted: "SSL error {error:0A000438:SSL routines::tlsv1 alert internal error}", blockers: []string{"tls.name_rejected"}},
		{name: "another site by default", start: tlsServer(sites, lab.OK), path: "/", verdict: "works", others: []string{"tls.default_certificate_differs"}},
		{name: "wrong site", start: tlsServer(config(other, other, ca), lab.OK), verdict: "fails", predicted: verifyFailed, blockers: []string{"tls.wrong_site"}},
	}
}

func certificateCases() []labCase {
	ca, leaf := pki()
	own := testpki.SelfSigned([]string{testpki.Host})
	private := testpki.PrivateRoot()
	below := private.Leaf(testpki.Host)
	byIP := testpki.SelfSigned([]string{"127.0.0.1"}, testpki.NoSAN())
	return []labCase{
		{name: "leaf alone", start: tlsServer(config(leaf, leaf), lab.OK), path: "/", verdict: "fails", predicted: verifyFailed, blockers: []string{"chain.intermediate_missing"}},
		{name: "leaf not first", start: tlsServer(config(leaf, ca, leaf), lab.OK), verdict: "fails", predicted: verifyFailed, blockers: []string{"chain.leaf_not_first"}},
		{name: "self-signed", start: tlsServer(config(own, own), lab.OK), verdict: "works_if_uploaded", predicted: verifyFailed, blockers: []string{"cert.self_signed"}},
		{name: "self-signed and uploaded", start: tlsServer(config(own, own), lab.OK), path: "/", upload: own.PEM(), verdict: "works"},
		{name: "self-signed, another uploaded", start: tlsServer(config(own, own), lab.OK), upload: private.PEM(), verdict: "fails", predicted: verifyFailed, blockers: []string{"upload.different_certificate"}},
		{name: "private root sent", start: tlsServer(config(below, below, private), lab.OK), verdict: "works_if_uploaded", predicted: verifyFailed, blockers: []string{"chain.untrusted_root"}},
		{name: "needless upload", start: tlsServer(healthy(), lab.OK), upload: leaf.PEM(), verdict: "fails", predicted: verifyFailed, blockers: []string{"upload.not_needed"}},
		{name: "junk uploaded", start: tlsServer(healthy(), lab.OK), upload: []byte("junk"), verdict: "fails", blockers: []string{"upload.not_pem"},
			predicted: "Bad Request: bad webhook: Failed to set custom certificate file{error:05800088:x509 certificate routines::no certificate or crl found}"},
		{name: "IP host, CN, uploaded", host: "198.51.100.7", start: tlsServer(config(byIP, byIP), lab.OK), upload: byIP.PEM(), verdict: "fails", predicted: verifyFailed, blockers: []string{"cert.ip_needs_common_name"}},
	}
}
