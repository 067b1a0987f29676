package hello

import (
	"errors"
	"net"
	"slices"

	ztls "github.com/zmap/zcrypto/tls"
	zx509 "github.com/zmap/zcrypto/x509"

	"hookcheck/checker/evidence"
)

// errPanicked stands for a panic of zcrypto, which some malformed keys cause.
var errPanicked = errors.New("finishing the handshake: the library panicked")

// finishZcrypto makes a session up to TLS 1.2 with zcrypto, which has what
// crypto/tls dropped (DHE suites) or never took (certificates that
// crypto/x509 does not parse). It sees nothing that was not screened.
func finishZcrypto(conn net.Conn, w way, s SessionOptions) (net.Conn, evidence.Session) {
	got := evidence.Session{Client: "zcrypto"}
	groups := make([]ztls.CurveID, len(libraryGroups))
	for i, id := range libraryGroups {
		groups[i] = ztls.CurveID(id)
	}
	screen := &screenedConn{Conn: conn}
	agreed := false
	c := ztls.Client(screen, &ztls.Config{
		ServerName:         s.SNI,
		InsecureSkipVerify: true, // the chain was judged by the caller
		RootCAs:            zx509.NewCertPool(),
		VerifyPeerCertificate: func([][]byte, []zx509.CertificateChain) error {
			agreed = true
			return nil
		},
		MinVersion:               w.min,
		MaxVersion:               w.max,
		CipherSuites:             w.suites,
		ForceSuites:              true,
		CurvePreferences:         groups,
		ExplicitCurvePreferences: true,
	})
	made := &guardedConn{Conn: c}
	if err := made.handshake(c); err != nil {
		exact := w.exact && screen.err == nil && !errors.Is(err, errPanicked)
		return nil, failed(got, err, exact && (agreed || remoteAlert(err) == nil))
	}
	state := c.ConnectionState()
	got.Version = VersionName(state.Version)
	if chosen, ok := suiteByID(state.CipherSuite); ok {
		got.Cipher = chosen.name
	}
	got.Outcome = evidence.SessionOK
	return made, got
}

// guardedConn turns a panic of the library into an error.
type guardedConn struct{ net.Conn }

func (g *guardedConn) handshake(c *ztls.Conn) (err error) {
	defer guard(&err)
	return c.Handshake()
}

// Read is net.Conn's.
func (g *guardedConn) Read(p []byte) (n int, err error) {
	defer guard(&err)
	return g.Conn.Read(p)
}

// Write is net.Conn's.
func (g *guardedConn) Write(p []byte) (n int, err error) {
	defer guard(&err)
	return g.Conn.Write(p)
}

// Close is net.Conn's.
func (g *guardedConn) Close() (err error) {
	defer guard(&err)
	return g.Conn.Close()
}

func guard(err *error) {
	if recover() != nil {
		*err = errPanicked
	}
}

// zcryptoSuites are the suites up to TLS 1.2 that Telegram's client and
// zcrypto share.
func zcryptoSuites() []uint16 {
	var ids []uint16
	for _, s := range suiteTable {
		if s.offered && hasZcryptoSuite(s.id) {
			ids = append(ids, s.id)
		}
	}
	return ids
}

// hasZcryptoSuite: it has no code for ECDHE with AES-256-CBC and SHA-384.
func hasZcryptoSuite(id uint16) bool {
	s, ok := suiteByID(id)
	missing := []uint16{0xc024, 0xc028}
	return ok && s.max < TLS13 && s.offered && !slices.Contains(missing, id)
}
