package verify_test

import (
	"bytes"
	"encoding/pem"
	"flag"
	"fmt"
	"math/rand"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"
	"text/tabwriter"
	"time"

	"hookcheck/checker/cert"
	"hookcheck/checker/verify"
	"hookcheck/internal/testtable"
)

var seedFlag = flag.Int64("seed", 20260501, "seed of the generated chains")

// question is one case of the differential test: what is presented, what is
// trusted, which host is meant, and when.
type question struct {
	family    string
	note      string // how to tell the case from its neighbours
	leaf      []byte
	presented [][]byte // besides the leaf
	trusted   [][]byte
	host      string
	ip        string
	at        time.Time
}

// answer is a verdict: accepted, or the first error and its depth.
type answer struct {
	ok    bool
	code  string // "" where it is accepted or a file could not be read
	depth int
}

func (a answer) String() string {
	if a.ok {
		return "accepted"
	}
	return fmt.Sprintf("rejected (%s at %d)", a.code, a.depth)
}

// TestSameVerdictAsOpenSSL asks the openssl command about every generated
// case, and demands the same verdict and the same first error. The command
// differs from a handshake in two things: the leaf is not among the untrusted
// certificates (see buildChain), and a key that no cipher suite can use is
// fine with it.
func TestSameVerdictAsOpenSSL(t *testing.T) {
	openssl, err := exec.LookPath("openssl")
	if err != nil {
		t.Fatalf("the openssl command is needed: %v", err)
	}
	version, err := exec.Command(openssl, "version").Output()
	if err != nil {
		t.Fatal(err)
	}
	seed := seedOf(t)
	questions := generate(rand.New(rand.NewSource(seed)))
	if len(questions) < 1000 {
		t.Fatalf("%d cases, want 1000 at least", len(questions))
	}
	theirs := askOpenSSL(t, openssl, questions)
	head := fmt.Sprintf("Chains judged by us and by openssl verify: seed %d, %s\n", seed, bytes.TrimSpace(version))
	newScore().judge(t, head, questions, theirs)
	judgeByRules(t, openssl, questions, theirs)
}

func seedOf(t *testing.T) int64 {
	if s := os.Getenv("HOOKCHECK_SEED"); s != "" {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			t.Fatalf("HOOKCHECK_SEED: %v", err)
		}
		return n
	}
	return *seedFlag
}

// score counts agreement by family, and how often each kind of problem came.
type score struct {
	families           map[string]*tally
	kinds              map[verify.Kind]int
	accepted, rejected int
}

type tally struct{ cases, accepted, verdicts, errors int }

func newScore() *score {
	return &score{families: map[string]*tally{}, kinds: map[verify.Kind]int{}}
}

func (s *score) judge(t *testing.T, head string, questions []question, theirs []answer) {
	shown := 0
	for i, q := range questions {
		ours, problems := askUs(q)
		f := s.families[q.family]
		if f == nil {
			f = &tally{}
			s.families[q.family] = f
		}
		s.count(f, ours, theirs[i], problems)
		if ours.ok != theirs[i].ok || ours != theirs[i] {
			if shown++; shown <= 30 {
				t.Errorf("%s (%s): we say %s, openssl says %s", q.family, q.note, ours, theirs[i])
				keep(t, q)
			}
		}
	}
	if shown > 30 {
		t.Errorf("… and %d more", shown-30)
	}
	testtable.Publish(t, "openssl-verify", head+s.table())
	s.demand(t)
}

func (s *score) count(f *tally, ours, theirs answer, problems []verify.Problem) {
	f.cases++
	if theirs.ok {
		f.accepted++
		s.accepted++
	} else {
		s.rejected++
	}
	if ours.ok == theirs.ok {
		f.verdicts++
	}
	if ours == theirs {
		f.errors++
	}
	seen := map[verify.Kind]bool{}
	for _, p := range problems {
		if !seen[p.Kind] {
			seen[p.Kind] = true
			s.kinds[p.Kind]++
		}
	}
}

func (s *score) table() string {
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 2, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "family\tcases\taccepted\tsame verdict\tsame first error\t")
	var names []string
	for name := range s.families {
		names = append(names, name)
	}
	sort.Strings(names)
	var sum tally
	for _, name := range names {
		f := s.families[name]
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t\n", name, f.cases, f.accepted, f.verdicts, f.errors)
		sum.cases, sum.accepted = sum.cases+f.cases, sum.accepted+f.accepted
		sum.verdicts, sum.errors = sum.verdicts+f.verdicts, sum.errors+f.errors
	}
	fmt.Fprintf(w, "all\t%d\t%d\t%d\t%d\t\n\t\t\t\t\t\n", sum.cases, sum.accepted, sum.verdicts, sum.errors)
	fmt.Fprintln(w, "problem\tcases\t\t\t\t")
	for _, k := range allKinds {
		fmt.Fprintf(w, "%s\t%d\t\t\t\t\n", k, s.kinds[k])
	}
	_ = w.Flush()
	return out.String()
}

// allKinds are the problems that OpenSSL itself has.
var allKinds = []verify.Kind{
	verify.NoIssuer, verify.SelfSignedLeaf, verify.SelfSignedInChain, verify.ChainTooLong,
	verify.BadSignature, verify.BadKey, verify.NotYetValid, verify.Expired, verify.BadValidity,
	verify.InvalidCA, verify.NoCertSign, verify.PathLength, verify.InvalidPurpose,
	verify.CriticalExtension, verify.InvalidExtension, verify.WeakKey, verify.WeakSignature,
	verify.NameConstraint, verify.BadNameConstraint, verify.HostMismatch, verify.IPMismatch,
}

func (s *score) demand(t *testing.T) {
	for _, k := range allKinds {
		if s.kinds[k] < 5 {
			t.Errorf("%s came up %d times, want 5 at least", k, s.kinds[k])
		}
	}
	if s.accepted < 60 || s.rejected < 60 {
		t.Errorf("%d accepted and %d rejected, want 60 of each", s.accepted, s.rejected)
	}
}

// askUs gives our own answer. A certificate that does not parse stops
// OpenSSL's command before it verifies anything.
func askUs(q question) (answer, []verify.Problem) {
	leaf, err := cert.Parse(q.leaf)
	if err != nil {
		return answer{}, nil
	}
	in := verify.Input{Leaf: leaf, Now: q.at, Host: q.host}
	if q.ip != "" {
		in.IP = net.ParseIP(q.ip)
	}
	var trusted []*cert.Cert
	for _, der := range q.trusted {
		c, err := cert.Parse(der)
		if err != nil {
			return answer{}, nil
		}
		trusted = append(trusted, c)
	}
	for _, der := range q.presented {
		c, err := cert.Parse(der)
		if err != nil {
			return answer{}, nil
		}
		in.Untrusted = append(in.Untrusted, c)
	}
	in.Trusted = verify.NewStore(trusted)
	r := verify.Run(in)
	if r.OK() {
		return answer{ok: true}, nil
	}
	first := r.Problems[0]
	return answer{code: first.Code, depth: first.Depth}, r.Problems
}

// askOpenSSL runs the command for every question, two at a time.
func askOpenSSL(t *testing.T, openssl string, questions []question) []answer {
	answers := make([]answer, len(questions))
	dir := t.TempDir()
	work := make(chan int)
	var wg sync.WaitGroup
	for worker := range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			home := filepath.Join(dir, strconv.Itoa(worker))
			if err := os.Mkdir(home, 0o700); err != nil {
				t.Error(err)
				return
			}
			for i := range work {
				a, err := runOpenSSL(openssl, home, questions[i])
				if err != nil {
					t.Errorf("%s (%s): %v", questions[i].family, questions[i].note, err)
				}
				answers[i] = a
			}
		}()
	}
	for i := range questions {
		work <- i
	}
	close(work)
	wg.Wait()
	return answers
}

var errorLine = regexp.MustCompile(`(?m)^error (\d+) at (\d+) depth lookup`)

func runOpenSSL(openssl, home string, q question) (answer, error) {
	args := []string{"verify", "-purpose", "sslserver", "-verify_depth", "10", "-auth_level", "2",
		"-no-CApath", "-no-CAstore", "-attime", strconv.FormatInt(q.at.Unix(), 10)}
	file := func(name string, ders ...[]byte) string {
		path := filepath.Join(home, name)
		var b bytes.Buffer
		for _, der := range ders {
			_ = pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: der})
		}
		if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
			panic(err)
		}
		return path
	}
	if len(q.trusted) > 0 {
		args = append(args, "-CAfile", file("ca.pem", q.trusted...))
	} else {
		args = append(args, "-no-CAfile")
	}
	if len(q.presented) > 0 {
		args = append(args, "-untrusted", file("untrusted.pem", q.presented...))
	}
	if q.host != "" {
		args = append(args, "-verify_hostname", q.host)
	}
	if q.ip != "" {
		args = append(args, "-verify_ip", q.ip)
	}
	args = append(args, file("leaf.pem", q.leaf))
	out, err := exec.Command(openssl, args...).CombinedOutput()
	if err == nil {
		return answer{ok: true}, nil
	}
	if _, exited := err.(*exec.ExitError); !exited {
		return answer{}, err
	}
	m := errorLine.FindSubmatch(out)
	if m == nil {
		if bytes.Contains(out, []byte("ould not")) || bytes.Contains(out, []byte("rror loading")) || bytes.Contains(out, []byte("nable to load")) {
			return answer{}, nil
		}
		if bytes.Contains(out, []byte("verification failed")) {
			return answer{code: "OUT_OF_MEM"}, nil // it stopped without a word
		}
		return answer{}, fmt.Errorf("openssl says %q", out)
	}
	number, _ := strconv.Atoi(string(m[1]))
	depth, _ := strconv.Atoi(string(m[2]))
	name, ok := verifyErrors[number]
	if !ok {
		return answer{}, fmt.Errorf("openssl's error %d has no name here", number)
	}
	return answer{code: name, depth: depth}, nil
}

// verifyErrors are the X509_V_ERR codes that can come up (x509_vfy.h).
var verifyErrors = map[int]string{
	1: "UNSPECIFIED", 2: "UNABLE_TO_GET_ISSUER_CERT", 6: "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY",
	7: "CERT_SIGNATURE_FAILURE", 9: "CERT_NOT_YET_VALID", 10: "CERT_HAS_EXPIRED",
	13: "ERROR_IN_CERT_NOT_BEFORE_FIELD", 14: "ERROR_IN_CERT_NOT_AFTER_FIELD", 17: "OUT_OF_MEM",
	18: "DEPTH_ZERO_SELF_SIGNED_CERT", 19: "SELF_SIGNED_CERT_IN_CHAIN",
	20: "UNABLE_TO_GET_ISSUER_CERT_LOCALLY", 21: "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
	22: "CERT_CHAIN_TOO_LONG", 25: "PATH_LENGTH_EXCEEDED", 26: "INVALID_PURPOSE",
	32: "KEYUSAGE_NO_CERTSIGN", 34: "UNHANDLED_CRITICAL_EXTENSION", 37: "INVALID_NON_CA",
	38: "PROXY_PATH_LENGTH_EXCEEDED", 39: "KEYUSAGE_NO_DIGITAL_SIGNATURE",
	40: "PROXY_CERTIFICATES_NOT_ALLOWED", 41: "INVALID_EXTENSION", 46: "UNNESTED_RESOURCE",
	47: "PERMITTED_VIOLATION", 48: "EXCLUDED_VIOLATION", 49: "SUBTREE_MINMAX",
	51: "UNSUPPORTED_CONSTRAINT_TYPE", 52: "UNSUPPORTED_CONSTRAINT_SYNTAX",
	53: "UNSUPPORTED_NAME_SYNTAX", 62: "HOSTNAME_MISMATCH", 64: "IP_ADDRESS_MISMATCH",
	66: "EE_KEY_TOO_SMALL", 67: "CA_KEY_TOO_SMALL", 68: "CA_MD_TOO_WEAK", 79: "INVALID_CA",
	94: "EC_KEY_EXPLICIT_PARAMS", 72: "PROXY_SUBJECT_NAME_VIOLATION",
}

// keep writes a failing case where HOOKCHECK_KEEP points, to look at by hand.
func keep(t *testing.T, q question) {
	dir := os.Getenv("HOOKCHECK_KEEP")
	if dir == "" {
		return
	}
	name := regexp.MustCompile(`[^a-zA-Z0-9]+`).ReplaceAllString(q.family+"-"+q.note, "-")
	for kind, ders := range map[string][][]byte{"leaf": {q.leaf}, "presented": q.presented, "trusted": q.trusted} {
		var b bytes.Buffer
		for _, der := range ders {
			_ = pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: der})
		}
		if err := os.WriteFile(filepath.Join(dir, name+"."+kind+".pem"), b.Bytes(), 0o600); err != nil {
			t.Log(err)
		}
	}
}
