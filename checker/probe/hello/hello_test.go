package hello

import (
	"bytes"
	"encoding/binary"
	"net"
	"os/exec"
	"testing"
	"time"

	"golang.org/x/crypto/cryptobyte"
)

// openSSL is the command that the hello is compared with. It is a fault of
// the machine where it is missing, not a reason to skip.
func openSSL(t testing.TB) string {
	t.Helper()
	path, err := exec.LookPath("openssl")
	if err != nil {
		t.Fatal("the openssl command is needed: ", err)
	}
	return path
}

// TestHelloIsOpenSSLs compares the hello with the one that `openssl s_client`
// sends at this moment, random bytes apart.
func TestHelloIsOpenSSLs(t *testing.T) {
	tests := []struct {
		name  string
		hello Hello
		args  []string
	}{
		{"name", Hello{SNI: "bot.example.org"}, []string{"-servername", "bot.example.org"}},
		{"address", Hello{SNI: "192.0.2.1"}, []string{"-noservername"}},
		{"address of six", Hello{SNI: "2001:db8::1"}, []string{"-noservername"}},
		{"no name", Hello{}, []string{"-noservername"}},
		{"1.3", Hello{SNI: "a.example", Min: TLS13, Max: TLS13}, []string{"-servername", "a.example", "-tls1_3"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			want := captureHello(t, test.args)
			c, err := newClientHello(test.hello)
			if err != nil {
				t.Fatal(err)
			}
			got := recs(TLS10, c.message())
			if a, b := withoutRandom(t, got), withoutRandom(t, want); !bytes.Equal(a, b) {
				t.Errorf("ours   %x\ns_client %x", a, b)
			}
		})
	}
}

// TestProbesOfOneVersion: OpenSSL's own hello with the suites it lacks added.
func TestProbesOfOneVersion(t *testing.T) {
	args := map[uint16][]string{
		TLS10: {"-tls1", "-cipher", "DEFAULT@SECLEVEL=0"},
		TLS11: {"-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"},
		TLS12: {"-tls1_2"},
	}
	for version, args := range args {
		want := captureHello(t, append(args, "-servername", "a.example"))
		c, err := newClientHello(Hello{SNI: "a.example", Min: version, Max: version})
		if err != nil {
			t.Fatal(err)
		}
		ours, theirs := parseHello(t, recs(TLS10, c.message())), parseHello(t, want)
		if !bytes.Equal(ours.extensions, theirs.extensions) || ours.version != theirs.version {
			t.Errorf("%s: ours %x\ns_client %x", VersionName(version), ours.extensions, theirs.extensions)
		}
		const scsv = 2
		if list := theirs.suites[:len(theirs.suites)-scsv]; !bytes.HasPrefix(ours.suites, list) {
			t.Errorf("%s: suites %x do not begin with %x", VersionName(version), ours.suites, list)
		}
	}
}

func TestHelloRefusesImpossibleVersions(t *testing.T) {
	for _, h := range []Hello{{Min: TLS13, Max: TLS12}, {Min: SSL30, Max: TLS12}, {Min: TLS10, Max: 0x0305}} {
		if _, err := newClientHello(h); err == nil {
			t.Errorf("%+v was taken", h)
		}
	}
}

func captureHello(t *testing.T, args []string) []byte {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	client := exec.Command(openSSL(t), append([]string{"s_client", "-connect", l.Addr().String()}, args...)...)
	if err := client.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = client.Wait() }() // it fails: nobody answers it
	conn, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	buf := make([]byte, 4096)
	n, err := conn.Read(buf)
	if err != nil {
		t.Fatal(err)
	}
	return buf[:n]
}

type parsedHello struct {
	version            uint16
	suites, extensions []byte
}

func parseHello(t *testing.T, record []byte) parsedHello {
	t.Helper()
	var p parsedHello
	var random []byte
	var session, suites, compression, exts cryptobyte.String
	s := cryptobyte.String(record[headerLen+4:])
	if !s.ReadUint16(&p.version) || !s.ReadBytes(&random, 32) || !s.ReadUint8LengthPrefixed(&session) ||
		!s.ReadUint16LengthPrefixed(&suites) || !s.ReadUint8LengthPrefixed(&compression) ||
		!s.ReadUint16LengthPrefixed(&exts) || !s.Empty() {
		t.Fatalf("no hello: %x", record)
	}
	p.suites, p.extensions = suites, exts
	return p
}

// withoutRandom blanks the random, the session and the key share.
func withoutRandom(t *testing.T, record []byte) []byte {
	t.Helper()
	b := bytes.Clone(record)
	const randomAt = headerLen + 4 + 2
	clear(b[randomAt : randomAt+32])
	if n := int(b[randomAt+32]); n > 0 {
		clear(b[randomAt+33 : randomAt+33+n])
	}
	exts := parseHello(t, b).extensions
	for len(exts) > 4 {
		id, size := binary.BigEndian.Uint16(exts), int(binary.BigEndian.Uint16(exts[2:]))
		if id == extKeyShare {
			clear(exts[4+6 : 4+size])
		}
		exts = exts[4+size:]
	}
	return b
}
