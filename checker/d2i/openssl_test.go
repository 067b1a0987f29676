package d2i_test

import (
	"encoding/pem"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"hookcheck/checker/d2i"
	"hookcheck/internal/testpki"
)

const (
	openSSLSeed  = 20260501
	openSSLCases = 400
)

// TestSameErrorsAsOpenSSL puts damaged certificates before the openssl command
// as trust anchors: that is read by d2i_X509 too, and its errors are printed
// with all that is known of each.
func TestSameErrorsAsOpenSSL(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Fatal("the openssl command is needed: apt-get install openssl")
	}
	file := filepath.Join(t.TempDir(), "damaged.pem")
	seen := map[string]int{}
	r := rand.New(rand.NewSource(openSSLSeed))
	for n := range openSSLCases {
		der := damage(r, sound()[n%len(sound())])
		block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
		if err := os.WriteFile(file, block, 0o600); err != nil {
			t.Fatal(err)
		}
		out, _ := exec.Command(openssl, "verify", "-no-CApath", "-no-CAstore", "-CAfile", file, file).CombinedOutput()
		want, got := printed(string(out)), d2i.Certificate(der)
		if got != want && len(der) > 0 {
			t.Errorf("seed %d, case %d: %x\n got %s\nwant %s", openSSLSeed, n, der, got, want)
		}
		seen[want]++
	}
	if len(seen) < 25 || seen[""] == openSSLCases {
		t.Errorf("only %d different outcomes", len(seen))
	}
	t.Logf("%d cases, %d different outcomes, %d read", openSSLCases, len(seen), seen[""])
}

var errorLine = regexp.MustCompile(`(?m)^[0-9A-F]+:error:([0-9A-F]+):asn1 encoding routines:[^:]*:([^:]*):`)

// printed turns the command's output into what Telegram's client makes of the
// same errors.
func printed(out string) string {
	if i := strings.Index(out, "Error loading file"); i >= 0 {
		out = out[i:]
	} else {
		return ""
	}
	var b strings.Builder
	for _, m := range errorLine.FindAllStringSubmatch(out, -1) {
		fmt.Fprintf(&b, "{error:%s:asn1 encoding routines::%s}", m[1], m[2])
	}
	return b.String()
}

func sound() [][]byte {
	ca := testpki.PublicCA()
	return [][]byte{ca.Leaf(testpki.Host).DER, ca.DER, testpki.SelfSigned([]string{testpki.Host}, testpki.NoSAN()).DER}
}

// damage changes up to three bytes, the structure before the contents.
func damage(r *rand.Rand, der []byte) []byte {
	b := append([]byte(nil), der...)
	telling := []byte{0, 1, 2, 3, 4, 5, 6, 12, 19, 30, 28, 23, 24, 0x30, 0x31, 0xa0, 0xa3, 0x80, 0x81, 0x82, 0xff, 0x24, 0x23, 0x2c, 0x1f}
	for range 1 + r.Intn(3) {
		at := r.Intn(max(1, min(len(b), 120<<r.Intn(3))))
		if at >= len(b) {
			continue
		}
		switch r.Intn(6) {
		case 0:
			b[at] = byte(r.Intn(256))
		case 1:
			b[at] = telling[r.Intn(len(telling))]
		case 2:
			b = append(b[:at], b[at+1:]...)
		case 3:
			b = append(b[:at], append([]byte{byte(r.Intn(256))}, b[at:]...)...)
		case 4:
			if r.Intn(4) == 0 {
				b = b[:at]
			}
		default:
			b[at]++
		}
	}
	return b
}
