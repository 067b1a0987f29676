package hello

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/binary"
	"math/big"
	"testing"
	"time"
)

// The bytes of a server, made by hand so that they can be wrong.

func rec(kind byte, version uint16, data []byte) []byte {
	b := binary.BigEndian.AppendUint16([]byte{kind}, version)
	b = binary.BigEndian.AppendUint16(b, uint16(len(data)))
	return append(b, data...)
}

// recs splits messages into handshake records of full size.
func recs(version uint16, msgs ...[]byte) []byte {
	var out []byte
	for all := join(msgs...); len(all) > 0; {
		n := min(len(all), maxPlaintext)
		out = append(out, rec(typeHandshake, version, all[:n])...)
		all = all[n:]
	}
	return out
}

func join(parts ...[]byte) []byte {
	var all []byte
	for _, p := range parts {
		all = append(all, p...)
	}
	return all
}

func alertRec(level, code byte) []byte { return rec(typeAlert, TLS12, []byte{level, code}) }

func hs(kind byte, body ...byte) []byte {
	return append([]byte{kind, byte(len(body) >> 16), byte(len(body) >> 8), byte(len(body))}, body...)
}

var (
	extReneg = []byte{0xff, 1, 0, 1, 0}
	done     = hs(msgServerHelloDone)
)

// helloSpec is a ServerHello; zero values make a good one of TLS 1.2.
type helloSpec struct {
	version uint16
	suite   uint16
	random  []byte
	session []byte
	comp    byte
	exts    []byte
	bare    bool // no extensions at all
}

func serverHelloMsg(s helloSpec) []byte {
	if s.version == 0 {
		s.version = TLS12
	}
	if s.suite == 0 {
		s.suite = 0x009c // AES128-GCM-SHA256, RSA key exchange
	}
	if s.random == nil {
		s.random = make([]byte, 32)
	}
	if s.exts == nil {
		s.exts = extReneg
	}
	b := binary.BigEndian.AppendUint16(nil, s.version)
	b = append(b, s.random...)
	b = append(append(b, byte(len(s.session))), s.session...)
	b = append(binary.BigEndian.AppendUint16(b, s.suite), s.comp)
	if !s.bare {
		b = append(binary.BigEndian.AppendUint16(b, uint16(len(s.exts))), s.exts...)
	}
	return hs(msgServerHello, b...)
}

func u24(n int) []byte { return []byte{byte(n >> 16), byte(n >> 8), byte(n)} }

func certMsg(ders ...[]byte) []byte {
	var list []byte
	for _, der := range ders {
		list = append(append(list, u24(len(der))...), der...)
	}
	return hs(msgCertificate, append(u24(len(list)), list...)...)
}

func ecParams(group uint16, alg uint16, point []byte) []byte {
	b := binary.BigEndian.AppendUint16([]byte{3}, group)
	b = append(append(b, byte(len(point))), point...)
	b = binary.BigEndian.AppendUint16(b, alg)
	return hs(msgServerKeyExchange, append(b, 0, 4, 1, 2, 3, 4)...)
}

func dhParams(bits int) []byte {
	p := make([]byte, bits/8)
	for i := range p {
		p[i] = 0xff
	}
	var b []byte
	for _, v := range [][]byte{p, {2}, {5}} {
		b = append(binary.BigEndian.AppendUint16(b, uint16(len(v))), v...)
	}
	return hs(msgServerKeyExchange, append(b, 8, 4, 0, 4, 1, 2, 3, 4)...)
}

// testLeaf is a self-signed certificate for bot.example.org.
func testLeaf(t testing.TB) (der []byte, key *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: "bot.example.org"},
		DNSNames:     []string{"bot.example.org"},
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(time.Hour),
	}
	der, err = x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return der, key
}
