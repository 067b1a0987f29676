package web_test

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"crypto/subtle"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"software.sslmate.com/src/go-pkcs12"

	"hookcheck/internal/testpki"
)

// forgetEnv makes a test process serve one request and look for needles in its
// own memory afterwards; the needles come masked, lest it find them there.
const forgetEnv = "HOOKCHECK_TEST_FORGET"

const (
	mask = 0x55
	// shadow is the size, in bytes, of what only the race detector maps: its
	// notes on the memory, which hold none of the program's data.
	shadow = 1 << 30
)

// TestKeysAreForgotten sends a private key in each way there is, and looks for
// it in the memory of the process that answered.
func TestKeysAreForgotten(t *testing.T) {
	if said := os.Getenv(forgetEnv); said != "" {
		serveAndForget(t, strings.Split(said, "|"))
		return
	}
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	armoured := pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der})
	lines := bytes.Split(armoured, []byte("\n"))
	needles := [][]byte{lines[2], lines[12], lines[22], der[300:348], der[800:848]}
	leaf := testpki.PublicCA().Leaf(testpki.Host)
	both := string(leaf.PEM()) + string(armoured)
	p12, err := pkcs12.Modern.WithRand(rand.Reader).Encode(key, leaf.Cert, nil, "")
	if err != nil {
		t.Fatal(err)
	}

	multi := func(fields ...field) [2]string {
		body, kind := form(fields...)
		return [2]string{kind, body}
	}
	document := func(member, value string) [2]string {
		raw, err := json.Marshal(map[string]string{"target": testpki.Host, member: value})
		if err != nil {
			t.Fatal(err)
		}
		return [2]string{"application/json", string(raw)}
	}
	cases := map[string]struct {
		path string
		body [2]string
	}{
		"file":               {"/pem", multi(field{"file", "k.pem", string(armoured)})},
		"file beside others": {"/api/v1/pem", multi(field{"file", "c.pem", string(leaf.PEM())}, field{"file", "k.pem", string(armoured)})},
		"DER":                {"/api/v1/pem", multi(field{"file", "k.der", string(der)})},
		"PKCS#12":            {"/api/v1/pem", multi(field{"file", "k.p12", string(p12)})},
		"the one box":        {"/checks", multi(field{"target", "", both})},
		"base64 alone":       {"/checks", multi(field{"target", "", base64.StdEncoding.EncodeToString(der)})},
		"pasted":             {"/ru/pem", multi(field{"text", "", both})},
		"urlencoded":         {"/pem", [2]string{"application/x-www-form-urlencoded", "text=" + strings.NewReplacer("+", "%2B", "\n", "%0A", " ", "+", "=", "%3D").Replace(both)}},
		"body":               {"/api/v1/pem", [2]string{"application/x-pem-file", both}},
		"upload":             {"/checks", multi(field{"target", "", testpki.Host}, field{"upload", "", "yes"}, field{"certificate", "c.pem", both})},
		"JSON":               {"/api/v1/checks", document("certificate", both)},
		"JSON base64":        {"/api/v1/checks", document("certificate_base64", base64.StdEncoding.EncodeToString([]byte(both)))},
		"explain":            {"/explain", multi(field{"text", "", both})},
		"bad host":           {"/pem", multi(field{"file", "k.pem", string(armoured)}, field{"hostname", "", "a..b"})},
		"bad target":         {"/checks", multi(field{"target", "", "a..b"}, field{"certificate", "k.pem", string(armoured)})},
		"cut short":          {"/pem", [2]string{"multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n" + both}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(os.Args[0], "-test.run=^TestKeysAreForgotten$", "-test.v")
			cmd.Env = append(os.Environ(), forgetEnv+"="+strings.Join([]string{c.path, c.body[0], strconv.Itoa(len(c.body[1])), masked(needles)}, "|"))
			cmd.Stdin = strings.NewReader(c.body[1])
			out, err := cmd.CombinedOutput()
			if err != nil || !bytes.Contains(out, []byte("answered ")) {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

func masked(needles [][]byte) string {
	var out []string
	for _, n := range needles {
		m := make([]byte, len(n))
		subtle.XORBytes(m, n, bytes.Repeat([]byte{mask}, len(n)))
		out = append(out, hex.EncodeToString(m))
	}
	return strings.Join(out, ",")
}

// serveAndForget is the other process of TestKeysAreForgotten: said is the path,
// the type and the size of what comes on its input, and the masked needles.
func serveAndForget(t *testing.T, said []string) {
	s := newSite(t, nil)
	size, err := strconv.Atoi(said[2])
	if err != nil {
		t.Fatal(err)
	}
	body := make([]byte, size)
	if _, err := io.ReadFull(os.Stdin, body); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, said[0], bytes.NewReader(body))
	r.Header.Set("Content-Type", said[1])
	w := s.do(r)
	clear(body)
	fmt.Println("answered", w.Code)
	var needles [][]byte
	for _, encoded := range strings.Split(said[3], ",") {
		needle, err := hex.DecodeString(encoded)
		if err != nil {
			t.Fatal(err)
		}
		needles = append(needles, needle)
	}
	for i, n := range inMemory(t, needles) {
		if n > 0 {
			t.Errorf("needle %d is in memory %d times after answer %d", i, n, w.Code)
		}
	}
}

// inMemory counts where masked needles stand in this process's memory,
// unmasked.
func inMemory(t *testing.T, needles [][]byte) []int {
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		t.Fatal(err)
	}
	mem, err := os.Open("/proc/self/mem")
	if err != nil {
		t.Fatal(err)
	}
	defer mem.Close()
	const longest = 100 // bytes of a needle
	count := make([]int, len(needles))
	piece, masks := make([]byte, 1<<20), bytes.Repeat([]byte{mask}, 1<<20)
	for line := range strings.Lines(string(maps)) {
		var from, to int64
		var rights string
		_, err := fmt.Sscanf(line, "%x-%x %s", &from, &to, &rights)
		if err != nil || !strings.HasPrefix(rights, "rw") || to-from > shadow {
			continue
		}
		for at := from; at < to; at += int64(len(piece) - longest) {
			n, err := mem.ReadAt(piece[:min(int64(len(piece)), to-at)], at)
			if err != nil && n == 0 {
				break // not backed by memory
			}
			subtle.XORBytes(piece[:n], piece[:n], masks)
			for i, needle := range needles {
				count[i] += bytes.Count(piece[:n], needle)
			}
			clear(piece[:n])
		}
	}
	return count
}
