package conformance

import (
	"bytes"
	"encoding/pem"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"hookcheck/checker/cert"
	"hookcheck/checker/verify"
)

// question is a chain to be judged.
type question struct {
	leaf, presented, trusted []*node // of the leaves each one is judged
	host, ip                 string
	at                       time.Time
	depth                    int // 10 where 0
}

func (q *question) moment() time.Time {
	if q.at.IsZero() {
		return now
	}
	return q.at
}

// ask puts one question before us; the code is "" where the chain is accepted.
func (q *question) ask(leaf *node) string {
	c, err := cert.Parse(leaf.der)
	if err != nil {
		return unreadable
	}
	in := verify.Input{Leaf: c, Now: q.moment(), Host: q.host, Depth: q.depth}
	if q.ip != "" {
		in.IP = net.ParseIP(q.ip)
	}
	var trusted []*cert.Cert
	for _, n := range q.trusted {
		if c, err = cert.Parse(n.der); err != nil {
			return unreadable
		}
		trusted = append(trusted, c)
	}
	in.Trusted = verify.NewStore(trusted)
	for _, n := range q.presented {
		if c, err = cert.Parse(n.der); err != nil {
			return unreadable
		}
		in.Untrusted = append(in.Untrusted, c)
	}
	if r := verify.Run(in); !r.OK() {
		return r.Problems[0].Code
	}
	return ""
}

// unreadable is a certificate that cannot even be loaded.
const unreadable = "UNREADABLE"

// askOpenSSL puts the same question before the openssl command, for all leaves
// in one run, and gives the number of its first error for each; 0 is accepted.
func (q *question) askOpenSSL(t *testing.T, dir string) []int {
	t.Helper()
	depth := q.depth
	if depth == 0 {
		depth = 10
	}
	args := []string{"verify", "-purpose", "sslserver", "-verify_depth", strconv.Itoa(depth), "-auth_level", "2",
		"-no-CApath", "-no-CAstore", "-attime", strconv.FormatInt(q.moment().Unix(), 10), "-CAfile", write(t, dir, "ca.pem", q.trusted...)}
	if len(q.presented) > 0 {
		args = append(args, "-untrusted", write(t, dir, "untrusted.pem", q.presented...))
	}
	if q.host != "" {
		args = append(args, "-verify_hostname", q.host)
	}
	if q.ip != "" {
		args = append(args, "-verify_ip", q.ip)
	}
	for i, l := range q.leaf {
		args = append(args, write(t, dir, fmt.Sprintf("leaf%d.pem", i), l))
	}
	out, _ := exec.Command("openssl", args...).CombinedOutput() // its exit status is that of the last leaf
	return readAnswers(t, out, len(q.leaf))
}

var (
	errorLine = regexp.MustCompile(`^error (\d+) at \d+ depth lookup`)
	leafLine  = regexp.MustCompile(`leaf(\d+)\.pem`)
)

// readAnswers reads lines of three kinds: an error, the end of a leaf that
// failed, and a leaf that is good.
func readAnswers(t *testing.T, out []byte, leaves int) []int {
	t.Helper()
	answers := make([]int, leaves)
	seen := make([]bool, leaves)
	first := 0
	for _, line := range strings.Split(string(out), "\n") {
		if m := errorLine.FindStringSubmatch(line); m != nil {
			if n, _ := strconv.Atoi(m[1]); first == 0 {
				first = n
			}
			continue
		}
		m := leafLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		i, _ := strconv.Atoi(m[1])
		switch {
		case strings.HasSuffix(line, ": OK"):
			seen[i] = true
		case strings.Contains(line, "verification failed"):
			if first == 0 {
				first = outOfMemory // it stopped without a word
			}
			answers[i], seen[i], first = first, true, 0
		default:
			answers[i], seen[i] = cannotLoad, true
		}
	}
	for i := range seen {
		if !seen[i] {
			t.Fatalf("openssl does not judge leaf %d: %s", i, out)
		}
	}
	return answers
}

const (
	outOfMemory = 17
	cannotLoad  = -1
)

// codes are the X509_V_ERR codes that come up (x509_vfy.h).
var codes = map[int]string{
	0: "", 2: "UNABLE_TO_GET_ISSUER_CERT", 6: "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY", 7: "CERT_SIGNATURE_FAILURE",
	9: "CERT_NOT_YET_VALID", 10: "CERT_HAS_EXPIRED", outOfMemory: "OUT_OF_MEM", 18: "DEPTH_ZERO_SELF_SIGNED_CERT",
	19: "SELF_SIGNED_CERT_IN_CHAIN", 20: "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", 21: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
	22: "CERT_CHAIN_TOO_LONG", 25: "PATH_LENGTH_EXCEEDED", 26: "INVALID_PURPOSE", 32: "KEYUSAGE_NO_CERTSIGN",
	34: "UNHANDLED_CRITICAL_EXTENSION", 41: "INVALID_EXTENSION", 47: "PERMITTED_VIOLATION", 48: "EXCLUDED_VIOLATION",
	49: "SUBTREE_MINMAX", 51: "UNSUPPORTED_CONSTRAINT_TYPE", 52: "UNSUPPORTED_CONSTRAINT_SYNTAX", 53: "UNSUPPORTED_NAME_SYNTAX",
	62: "HOSTNAME_MISMATCH", 64: "IP_ADDRESS_MISMATCH", 66: "EE_KEY_TOO_SMALL", 67: "CA_KEY_TOO_SMALL", 68: "CA_MD_TOO_WEAK",
	79: "INVALID_CA", 94: "EC_KEY_EXPLICIT_PARAMS", 1: "UNSPECIFIED", cannotLoad: unreadable,
}

func codeOf(t *testing.T, n int) string {
	t.Helper()
	name, ok := codes[n]
	if !ok {
		t.Fatalf("openssl's error %d has no name here", n)
	}
	return name
}

func write(t *testing.T, dir, name string, nodes ...*node) string {
	t.Helper()
	var b bytes.Buffer
	for _, n := range nodes {
		_ = pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: n.der})
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
