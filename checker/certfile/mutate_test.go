package certfile

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"testing"
	"time"

	"hookcheck/checker/cert"
	"hookcheck/internal/certfolder"
)

// TestMutations: ten thousand damaged files end in an answer, in little
// memory, and no byte of a key comes out of any.
func TestMutations(t *testing.T) {
	files := certfolder.Files()
	secrets := certfolder.Secrets()
	const workers, each = 4, 2500
	var dear costliest
	t.Cleanup(func() { dear.check(t) })
	for w := range workers {
		t.Run(fmt.Sprint(w), func(t *testing.T) {
			t.Parallel()
			rnd := rand.New(rand.NewPCG(1, uint64(w)))
			for i := range each {
				from := files[(w*each+i)%len(files)]
				data := mutate(rnd, from.Data, files[rnd.IntN(len(files))].Data)
				start := time.Now()
				secret := leaks(t, data, from.Password, secrets)
				dear.add(mutant{from.Name, from.Password, data, time.Since(start)})
				if secret != nil {
					t.Fatalf("mutation %d of %s gives %q away:\n%q", i, from.Name, secret, data)
				}
			}
		})
	}
}

// mutant is a damaged file and how long it took to read.
type mutant struct {
	name, password string
	data           []byte
	took           time.Duration
}

// costliest keeps the files that took longest.
type costliest struct {
	mu  sync.Mutex
	all []mutant
}

func (c *costliest) add(m mutant) {
	const kept = 20
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = append(c.all, m)
	slices.SortFunc(c.all, func(a, b mutant) int { return int(b.took - a.took) })
	c.all = c.all[:min(len(c.all), kept)]
}

// check reads them once more by the clock of the processor: what took long for
// the machine's sake is quick now.
func (c *costliest) check(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	const most, memory = 100 * time.Millisecond, 64 << 20
	for _, m := range c.all {
		best, grew := time.Hour, uint64(0)
		for range 5 {
			before, start := allocated(), threadTime(t)
			NewReader(Options{Password: m.password}).Read("x", m.data)
			best, grew = min(best, threadTime(t)-start), allocated()-before
		}
		if best > most*slower || grew > memory {
			t.Errorf("a mutation of %s takes %v and %d MiB", m.name, best, grew>>20)
		}
	}
}

// threadTime is what this thread has computed so far, which other work on the
// machine does not add to.
func threadTime(t *testing.T) time.Duration {
	t.Helper()
	const thisThread = 1 // RUSAGE_THREAD of getrusage(2)
	var used syscall.Rusage
	if err := syscall.Getrusage(thisThread, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// leaks reads a file and looks for secrets in all that comes out. What damage
// has spliced into the bits of a certificate that still parses, such as its
// signature, cannot be told from them and stays in it.
func leaks(t testing.TB, data []byte, password string, secrets [][]byte) []byte {
	t.Helper()
	f := NewReader(Options{Password: password}).Read("x", data)
	kept := slices.Concat(f.Certificates, f.Presented, f.Requests)
	spliced := func(s []byte) bool {
		return slices.ContainsFunc(kept, func(raw []byte) bool { return len(raw) > len(outline(raw)) && bytes.Contains(raw, s) })
	}
	read := f.Read()
	f.Certificates, f.Presented, f.Requests = nil, nil, nil
	out, err := json.Marshal([]any{read, f.Upload(), f})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range secrets {
		if bytes.Contains(out, s) && !spliced(s) {
			return s
		}
	}
	for _, raw := range kept {
		if _, err := cert.Parse(raw); err != nil && len(raw) > 16 && !isRequest(raw) {
			t.Fatalf("%d bytes of something unreadable are kept", len(raw))
		}
	}
	return nil
}

func isRequest(raw []byte) bool {
	format, _ := derFormat(raw)
	return format == DERCSR
}

// mutate damages a file in one to three ways.
func mutate(rnd *rand.Rand, data, other []byte) []byte {
	out := bytes.Clone(data)
	for range 1 + rnd.IntN(3) {
		if len(out) == 0 {
			return bytes.Clone(other)
		}
		at := rnd.IntN(len(out))
		n := min(len(out)-at, 1+rnd.IntN(1+rnd.IntN(200)))
		switch rnd.IntN(8) {
		case 0:
			out[at] ^= 1 << rnd.IntN(8)
		case 1:
			out[at] = byte(rnd.IntN(256))
		case 2:
			out = slices.Delete(out, at, at+n)
		case 3:
			out = slices.Insert(out, at, out[at:at+n]...)
		case 4:
			out = out[:at]
		case 5:
			if len(other) > 0 {
				from := rnd.IntN(len(other))
				out = append(out[:at:at], other[from:]...)
			}
		case 6:
			out = slices.Insert(out, at, other...)
		case 7:
			out[at] = []byte{0, 0x7f, 0x80, 0x84, 0xff, '\n', '-', 0x30}[rnd.IntN(8)]
		}
	}
	return out
}

func FuzzReader(f *testing.F) {
	for _, x := range certfolder.Files() {
		f.Add(x.Data, x.Password)
	}
	secrets := certfolder.Secrets()
	f.Fuzz(func(t *testing.T, data []byte, password string) {
		if s := leaks(t, data, password, secrets); s != nil {
			t.Fatalf("%q comes out", s)
		}
	})
}

func FuzzPKCS7(f *testing.F) {
	seed(f, PKCS7, DERPKCS7)
	f.Fuzz(func(t *testing.T, data []byte) {
		certs, problem := openPKCS7(data)
		if problem != "" && len(certs) > 0 {
			t.Fatal("certificates beside a problem")
		}
	})
}

func FuzzPKCS12(f *testing.F) {
	seed(f, PKCS12)
	f.Fuzz(func(_ *testing.T, data []byte) {
		for _, password := range []string{"", "sesame"} {
			x := &File{from: NewReader(Options{Password: password})}
			x.addPKCS12(data, Item{})
		}
	})
}

func FuzzKeystore(f *testing.F) {
	seed(f, JKS, JCEKS)
	f.Fuzz(func(_ *testing.T, data []byte) {
		x := &File{from: NewReader(Options{Password: "sesame"})}
		x.addKeystore(data, Item{})
	})
}

func FuzzBouncyCastle(f *testing.F) {
	seed(f, BKS)
	f.Fuzz(func(_ *testing.T, data []byte) {
		x := &File{from: NewReader(Options{})}
		x.addBKS(data)
	})
}

// FuzzBER: what is rewritten is definite, and stays as it is from then on.
func FuzzBER(f *testing.F) {
	seed(f, PKCS12, DERPKCS7)
	f.Add([]byte{0x3f, 0x80, 0, 0})
	f.Add([]byte{0x30, 0x80, 0x24, 0x80, 4, 1, 1, 4, 1, 2, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		out, ok := derOf(data)
		if !ok {
			return
		}
		if again, ok := derOf(out); !ok || !bytes.Equal(again, out) {
			t.Fatalf("%x becomes %x, and that %x", data, out, again)
		}
	})
}

// FuzzText looks into texts that hold something encoded.
func FuzzText(f *testing.F) {
	seed(f, Encoded, Base64, JSON, XML, Mangled, Text)
	secrets := certfolder.Secrets()
	f.Fuzz(func(t *testing.T, data []byte) {
		if s := leaks(t, data, "", secrets); s != nil {
			t.Fatalf("%q comes out", s)
		}
	})
}

func FuzzUnpack(f *testing.F) {
	seed(f, Gzip, Tar)
	f.Fuzz(func(_ *testing.T, data []byte) {
		x := &File{from: NewReader(Options{})}
		x.addGzip(data)
		x.addTar(data)
	})
}

func FuzzArchive(f *testing.F) {
	seed(f, Zip)
	f.Fuzz(func(_ *testing.T, data []byte) {
		x := &File{from: NewReader(Options{})}
		x.addArchive(data)
	})
}

func FuzzRequest(f *testing.F) {
	seed(f, DERCSR)
	f.Fuzz(func(_ *testing.T, data []byte) { readRequest(data) })
}

func FuzzKey(f *testing.F) {
	seed(f, PrivateKey, DERPrivateKey, SSHPrivateKey, PKCS12, JKS)
	f.Fuzz(func(t *testing.T, data []byte) {
		key := ReadKey(bytes.Clone(data), "sesame")
		if out, err := json.Marshal(key); err != nil || key.Outcome == "" {
			t.Fatalf("%s, %v", out, err)
		}
	})
}

// seed adds the files of the folder that are of a format.
func seed(f *testing.F, formats ...Format) {
	f.Helper()
	added := 0
	for _, x := range certfolder.Files() {
		if got := NewReader(Options{}).Read(x.Name, x.Data); slices.Contains(formats, got.Format) {
			f.Add(x.Data)
			added++
		}
	}
	if added == 0 {
		f.Fatal("no seeds")
	}
}
