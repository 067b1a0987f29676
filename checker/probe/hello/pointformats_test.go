package hello

import "testing"

// TestPointFormats: what OpenSSL 3.0 says of the point formats in a
// ServerHello of TLS 1.2. Only a suite that uses a curve needs the
// uncompressed one.
func TestPointFormats(t *testing.T) {
	const ecdhe, rsa = 0xc02f, 0x009c
	for _, tc := range []struct {
		name  string
		data  []byte
		suite uint16
		want  error
	}{
		{"nothing in it", nil, ecdhe, refBadExtension},
		{"an empty list", []byte{0}, ecdhe, refBadLength},
		{"an empty list, no curve in use", []byte{0}, rsa, refBadLength},
		{"a list cut short", []byte{2, 0}, ecdhe, refBadExtension},
		{"bytes behind the list", []byte{1, 0, 0}, rsa, refBadExtension},
		{"compressed alone", []byte{2, 1, 2}, ecdhe, refPointFormat},
		{"compressed alone, no curve in use", []byte{2, 1, 2}, rsa, nil},
		{"all", []byte{3, 1, 2, 0}, ecdhe, nil},
	} {
		ext := join([]byte{0, byte(extPointFormats), 0, byte(len(tc.data))}, tc.data)
		sh, err := parseServerHello(message{body: serverHelloMsg(helloSpec{suite: tc.suite, exts: join(extReneg, ext)})[4:]})
		if err != nil {
			t.Fatal(err)
		}
		f := &flight{hello: &clientHello{min: TLS10, max: TLS13}}
		if sh.found, err = f.hello.parseExtensions(sh.extensions, inServerHello12); err != nil {
			t.Fatal(err)
		}
		if err := f.chooseSuite(sh); err != tc.want {
			t.Errorf("%s: got %v, want %v", tc.name, err, tc.want)
		}
	}
}
