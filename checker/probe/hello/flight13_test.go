package hello

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/binary"
	"io"
	"slices"
	"testing"

	"golang.org/x/crypto/cryptobyte"

	"hookcheck/checker/evidence"
)

// server13 answers a hello with TLS 1.3 records that a test makes up.
type server13 struct {
	hello   []byte
	answer  bytes.Buffer
	started bool
	script  func(s *server13)
	flight  *flight // the key schedule, from the server's side
	keys    *trafficKeys
	session []byte
	peer    []byte
}

// Write takes the client's hello.
func (s *server13) Write(p []byte) (int, error) {
	s.hello = append(s.hello, p...)
	return len(p), nil
}

// Read gives the answer.
func (s *server13) Read(p []byte) (int, error) {
	if !s.started {
		s.started = true
		s.parse()
		s.script(s)
	}
	return s.answer.Read(p)
}

func (s *server13) parse() {
	msg := cryptobyte.String(s.hello[headerLen+4+2+32:])
	var session, skip, exts cryptobyte.String
	msg.ReadUint8LengthPrefixed(&session)
	msg.ReadUint16LengthPrefixed(&skip)
	msg.ReadUint8LengthPrefixed(&skip)
	msg.ReadUint16LengthPrefixed(&exts)
	s.session = session
	for !exts.Empty() {
		var id uint16
		var data cryptobyte.String
		exts.ReadUint16(&id)
		exts.ReadUint16LengthPrefixed(&data)
		if id == extKeyShare {
			s.peer = data[6:]
		}
	}
}

// hi sends a ServerHello and turns encryption on.
func (s *server13) hi() {
	share, err := newKeyShare(groupX25519)
	if err != nil {
		panic(err)
	}
	pub := share.public()
	exts := []byte{0, 43, 0, 2, 3, 4, 0, 51, 0, byte(len(pub) + 4), 0, 0x1d, 0, byte(len(pub))}
	sh := serverHelloMsg(helloSpec{suite: 0x1301, session: s.session, exts: append(exts, pub...)})
	s.answer.Write(recs(TLS12, sh))
	s.flight = &flight{transcript: append(bytes.Clone(s.hello[headerLen:]), sh...)}
	s.flight.suite, _ = suiteByID(0x1301)
	secret, err := share.shared(s.peer)
	if err != nil {
		panic(err)
	}
	if s.keys, err = s.flight.serverKeys(secret); err != nil {
		panic(err)
	}
}

// seal sends one encrypted record with padding.
func (s *server13) seal(kind byte, data []byte, padding int) {
	inner := append(append(bytes.Clone(data), kind), make([]byte, padding)...)
	header := []byte{typeAppData, 3, 3, 0, 0}
	binary.BigEndian.PutUint16(header[3:], uint16(len(inner)+s.keys.aead.Overhead()))
	nonce := bytes.Clone(s.keys.iv)
	tail := nonce[len(nonce)-8:]
	binary.BigEndian.PutUint64(tail, binary.BigEndian.Uint64(tail)^s.keys.seq)
	s.keys.seq++
	s.answer.Write(s.keys.aead.Seal(header, nonce, inner, header))
}

func cert13(ders ...[]byte) []byte {
	var list []byte
	for _, der := range ders {
		list = append(append(append(list, u24(len(der))...), der...), 0, 0)
	}
	return hs(msgCertificate, append(append([]byte{0}, u24(len(list))...), list...)...)
}

var (
	ee13     = hs(msgEncryptedExtensions, 0, 0)
	req13    = hs(msgCertificateRequest, 0, 0, 0)
	verify13 = hs(msgCertificateVerify, 8, 7, 0, 2, 1, 2) // an algorithm that a junk leaf does not contradict
	fin13    = hs(msgFinished, make([]byte, 32)...)
	ccs      = rec(typeCCS, TLS12, []byte{1})
)

func TestFlight13(t *testing.T) {
	leaf, _ := testLeaf(t)
	junk := []byte{0x30, 0}
	tests := []struct {
		name    string
		script  func(s *server13)
		outcome string
		reason  string
		chain   int
	}{
		{"all in one record", func(s *server13) {
			s.seal(typeHandshake, join(ee13, cert13(junk, junk), verify13, fin13), 0)
		}, evidence.HelloOK, "", 2},
		{"one byte a record, padded, with a CCS and a request", func(s *server13) {
			s.answer.Write(ccs)
			for _, b := range join(ee13, req13, cert13(junk), verify13, fin13) {
				s.seal(typeHandshake, []byte{b}, 3)
			}
		}, evidence.HelloOK, "", 1},
		{"ticket behind", func(s *server13) {
			s.seal(typeHandshake, join(ee13, cert13(junk), verify13, fin13, hs(4, make([]byte, 60)...)), 0)
		}, evidence.HelloOK, "", 1},
		{"alert in the flight", func(s *server13) {
			s.seal(typeHandshake, ee13, 0)
			s.seal(typeAlert, []byte{2, 80}, 0)
		}, evidence.HelloAlert, "", 0},
		{"user_cancelled is passed over", func(s *server13) {
			s.seal(typeAlert, []byte{1, 90}, 0)
			s.seal(typeHandshake, join(ee13, cert13(junk), verify13, fin13), 0)
		}, evidence.HelloOK, "", 1},
		{"close_notify", func(s *server13) { s.seal(typeAlert, []byte{2, 0}, 0) }, evidence.HelloClosed, "", 0},
		{"clear alert", func(s *server13) { s.answer.Write(alertRec(2, 40)) }, evidence.HelloMalformed, "bad_record_type", 0},
		{"clear handshake", func(s *server13) { s.answer.Write(recs(TLS12, ee13)) }, evidence.HelloMalformed, "bad_record_type", 0},
		{"broken record", func(s *server13) {
			s.answer.Write(rec(typeAppData, TLS12, make([]byte, 40)))
		}, evidence.HelloMalformed, "decryption_failed_or_bad_record_mac", 0},
		{"record over its size", func(s *server13) {
			s.answer.Write([]byte{typeAppData, 3, 3, 0x41, 0x01})
		}, evidence.HelloMalformed, "encrypted_length_too_long", 0},
		{"nothing but padding", func(s *server13) { s.seal(0, nil, 5) }, evidence.HelloMalformed, "bad_record_type", 0},
		{"empty handshake record", func(s *server13) { s.seal(typeHandshake, nil, 0) }, evidence.HelloMalformed, "bad_length", 0},
		{"application data", func(s *server13) { s.seal(typeAppData, []byte("x"), 0) }, evidence.HelloMalformed, "unexpected_record", 0},
		{"wrong CCS", func(s *server13) {
			s.answer.Write(rec(typeCCS, TLS12, []byte{2}))
		}, evidence.HelloMalformed, "invalid_ccs_message", 0},
		{"too many CCS", func(s *server13) {
			s.answer.Write(bytes.Repeat(ccs, 33))
		}, evidence.HelloMalformed, "unexpected_ccs_message", 0},
		{"certificate first", func(s *server13) { s.seal(typeHandshake, cert13(junk), 0) }, evidence.HelloMalformed, "unexpected_message", 0},
		{"no certificates", func(s *server13) {
			s.seal(typeHandshake, join(ee13, cert13()), 0)
		}, evidence.HelloMalformed, "length_mismatch", 0},
		{"PKCS #1 signature", func(s *server13) {
			s.seal(typeHandshake, join(ee13, cert13(junk), hs(msgCertificateVerify, 4, 1, 0, 1, 1), fin13), 0)
		}, evidence.HelloMalformed, "wrong_signature_type", 1},
		{"wrong signature", func(s *server13) {
			s.seal(typeHandshake, join(ee13, cert13(leaf), hs(msgCertificateVerify, 4, 3, 0, 2, 1, 2), fin13), 0)
		}, evidence.HelloMalformed, "bad_signature", 1},
		{"ALPN unasked", func(s *server13) {
			s.seal(typeHandshake, hs(msgEncryptedExtensions, 0, 9, 0, 16, 0, 5, 0, 3, 2, 'h', '2'), 0)
		}, evidence.HelloMalformed, "unsolicited_extension", 0},
		{"end before Finished", func(s *server13) {
			s.seal(typeHandshake, join(ee13, cert13(junk), verify13), 0)
		}, evidence.HelloClosed, "", 1},
		{"more certificates than are kept", func(s *server13) {
			s.seal(typeHandshake, join(ee13, cert13(slices.Repeat([][]byte{junk}, evidence.MaxPresented+20)...), verify13, fin13), 0)
		}, evidence.HelloOK, "", evidence.MaxPresented},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := &server13{script: func(s *server13) { s.hi(); test.script(s) }}
			got := readFlight(s, s, Hello{SNI: "bot.example.org"})
			if got.Outcome != test.outcome || got.Error != test.reason {
				t.Errorf("outcome %q (%s), want %q (%s)", got.Outcome, got.Error, test.outcome, test.reason)
			}
			if len(got.Chain) != test.chain || got.ChainTruncated != (test.chain == evidence.MaxPresented) {
				t.Errorf("%d certificates, truncated %v; want %d", len(got.Chain), got.ChainTruncated, test.chain)
			}
			if got.Version != "tls1.3" || got.Group != "X25519" || got.Cipher != "TLS_AES_128_GCM_SHA256" {
				t.Errorf("got %s %s %s", got.Version, got.Cipher, got.Group)
			}
		})
	}
}

// TestBoundsOfAFlight: a server that never ends is left.
func TestBoundsOfAFlight(t *testing.T) {
	endless := func(record []byte) io.Reader { return &repeater{record: record} }
	for name, in := range map[string]io.Reader{
		"bytes":   endless(rec(typeHandshake, TLS12, append(hs(0), make([]byte, 16380)...))),
		"records": endless(rec(typeHandshake, TLS12, hs(0))),
	} {
		got := readFlight(in, io.Discard, Hello{})
		if got.Outcome != evidence.HelloMalformed || got.Error != string(refTooMuch) {
			t.Errorf("%s: %q (%s)", name, got.Outcome, got.Error)
		}
	}
}

type repeater struct {
	record []byte
	at     int
}

// Read gives the record over and over.
func (r *repeater) Read(p []byte) (int, error) {
	n := copy(p, r.record[r.at:])
	r.at = (r.at + n) % len(r.record)
	return n, nil
}

// FuzzFlight reads hostile answers, in the clear and behind the keys.
func FuzzFlight(f *testing.F) {
	leaf, _ := testLeaf(f)
	f.Add(recs(TLS12, serverHelloMsg(helloSpec{}), certMsg(leaf), done), false)
	f.Add(recs(TLS12, serverHelloMsg(helloSpec{suite: 0x9e}), certMsg([]byte{0x30, 0}), dhParams(2048), done), false)
	f.Add(recs(TLS12, serverHelloMsg(helloSpec{suite: 0xc02b}), certMsg(leaf), ecParams(0x17, 0x0403, make([]byte, 65))), false)
	f.Add(alertRec(1, 112), false)
	f.Add(join(ee13, req13, cert13(leaf), verify13, fin13), true)
	f.Add([]byte("HTTP/1.1 400 Bad Request\r\n"), false)
	f.Fuzz(func(t *testing.T, data []byte, inside bool) {
		var got evidence.Handshake
		if inside {
			s := &server13{}
			s.script = func(s *server13) {
				s.hi()
				for len(data) > 0 {
					n := min(len(data), maxPlaintext)
					s.seal(typeHandshake, data[:n], 0)
					data = data[n:]
				}
			}
			got = readFlight(s, s, Hello{SNI: "bot.example.org"})
		} else {
			got = readFlight(bytes.NewReader(data), io.Discard, Hello{SNI: "bot.example.org"})
		}
		if got.Outcome == "" || got.Outcome == evidence.HelloDial || got.Error == string(refInternal) {
			t.Errorf("outcome %q (%s)", got.Outcome, got.Error)
		}
		if len(got.Chain) > evidence.MaxPresented || len(got.FirstBytes) > maxFirstBytes {
			t.Errorf("%d certificates, %d first bytes", len(got.Chain), len(got.FirstBytes))
		}
		if got.Outcome == evidence.HelloOK && (len(got.Chain) == 0 || got.Version == "" || got.Cipher == "") {
			t.Errorf("a whole flight without its parts: %+v", got)
		}
	})
}

// TestTrafficKeys opens what the other side sealed, once and in order only.
func TestTrafficKeys(t *testing.T) {
	block, err := aes.NewCipher(make([]byte, 16))
	if err != nil {
		t.Fatal(err)
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		t.Fatal(err)
	}
	s := &server13{keys: &trafficKeys{aead: gcm, iv: make([]byte, 12)}}
	s.seal(typeHandshake, []byte("first"), 0)
	record := bytes.Clone(s.answer.Bytes())
	keys := &trafficKeys{aead: gcm, iv: make([]byte, 12)}
	if data, err := keys.open(record[:headerLen], record[headerLen:]); err != nil || string(data) != "first\x16" {
		t.Errorf("%q, %v", data, err)
	}
	if _, err := keys.open(record[:headerLen], record[headerLen:]); err == nil {
		t.Error("a replayed record was opened")
	}
}
