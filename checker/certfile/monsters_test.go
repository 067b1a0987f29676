//go:build !race

// The race detector makes minutes of these seconds and there is nothing for it
// to find: scripts/test.sh runs them without.

package certfile

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"hookcheck/internal/certfolder"
)

// monster is a file that is made to cost more than it is worth.
type monster struct {
	name    string
	make    func() []byte
	problem Problem // that is told, "" for none
}

func monsters(t testing.TB) []monster {
	m := testMaterial(t)
	repeat := func(unit string, size int) func() []byte {
		return func() []byte { return bytes.Repeat([]byte(unit), size/len(unit)) }
	}
	cert := block64("CERTIFICATE", m.cert)
	return []monster{
		{"50 MB of text", repeat("all work and no play makes a dull file\n", 50<<20), ProblemTooBig},
		{"50 MB of one certificate after the other", repeat(cert, 50<<20), ProblemTooMany},
		{"100,000 certificates", func() []byte { return bytes.Repeat([]byte(cert), 100_000) }, ProblemTooMany},
		{"50 MB of BEGIN", repeat("-----BEGIN CERTIFICATE-----\n", 50<<20), ProblemTooMany},
		{"3 MB of hyphens", repeat("-----BEGIN ", 3<<20), ""},
		{"one block without end", func() []byte {
			return append([]byte("-----BEGIN CERTIFICATE-----\n"), bytes.Repeat([]byte("AAAA"), 750_000)...)
		}, ProblemNoEnd},
		{"ten million rounds", certfolder.TenMillion, ProblemWork},
		{"zip bomb", func() []byte { return certfolder.Zip("a", make([]byte, 40<<20)) }, ProblemTooBig},
		{"zip of many small bombs", func() []byte {
			var parts []any
			for i := range 70 {
				parts = append(parts, string(rune('a'+i)), make([]byte, 250<<10))
			}
			return certfolder.Zip(parts...)
		}, ProblemTooBig},
		{"zip of many empty files", func() []byte {
			var parts []any
			for range 5000 {
				parts = append(parts, "a", []byte{})
			}
			return certfolder.Zip(parts...)
		}, ProblemTooMany},
		{"zip of costly containers", func() []byte {
			var parts []any
			costly := certfolder.Costly(500_000)
			for range 150 {
				parts = append(parts, "a.p12", costly)
			}
			return certfolder.Zip(parts...)
		}, ProblemWork},
		{"gzip bomb", func() []byte { return gzipOf(make([]byte, 100<<20)) }, ProblemTooBig},
		{"gzip in gzip in gzip", func() []byte { return gzipOf(gzipOf(gzipOf([]byte(cert)))) }, ProblemNested},
		{"base64 in base64", func() []byte {
			text := []byte(cert)
			for range 12 {
				text = []byte(base64.StdEncoding.EncodeToString(append([]byte("-----BEGIN X-----\n"), text...)))
			}
			return text
		}, ""},
		{"many runs of base64", repeat("M"+strings.Repeat("A", 60)+"\n.\n", 3<<20), ""},
		{"hexadecimal without end", repeat("30820", 3<<20), ""},
		{"dashes and words", repeat("\u2014begin a\u2014", 3<<20), ""},
		{"ends without beginning", repeat("AAAA\n-----END CERTIFICATE-----\n", 3<<20), ""},
		{"markup in every block", repeat("-----BEGIN CERTIFICATE-----\n<b>&lt;</b>\n-----END CERTIFICATE-----\n", 3<<20), ""},
		{"NSS without end", repeat("\x30\x80\x02\x01\x03\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\xa0\x80\x24\x80", 200<<10), ""},
		{"deep sequences", repeat("\x30\x80", 3<<20), ""},
		{"deep PKCS#7", func() []byte {
			return append([]byte{0x30, 0x80, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02}, bytes.Repeat([]byte{0xa0, 0x80}, 1<<20)...)
		}, ProblemTooBig},
		{"wide PKCS#7", func() []byte {
			return sequenceIn(append([]byte{6, 9}, oidSignedData...), encode(tagContext0, bytes.Repeat([]byte{5, 0}, 1<<20)))
		}, ProblemTooBig},
		{"wide PKCS#12", func() []byte {
			return sequenceIn([]byte{2, 1, 3}, dataInfo(encode(tagSequence, bytes.Repeat([]byte{0x30, 0}, 1<<20))))
		}, ProblemTooMany},
		{"keystore that lies", func() []byte {
			return []byte("\xfe\xed\xfe\xed\x00\x00\x00\x02\xff\xff\xff\xff\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\xf0")
		}, ProblemTruncated},
		{"sequences that look like certificates", repeat("\x30\x82\x01\x00\x30\x82\x00\x80\x02\x01\x01", 3<<20), ""},
		{"Ed25519 key that is too short", certfolder.ShortEd25519, ""},
		{"RSA exponent without end", certfolder.GiantExponent, ""},
	}
}

func gzipOf(data []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(data)
	_ = w.Close()
	return b.Bytes()
}

// TestMonsters: each ends in an answer, within memory that is small beside the
// file. A deadline far beyond what is needed keeps a hang from hiding.
func TestMonsters(t *testing.T) {
	for _, m := range monsters(t) {
		t.Run(m.name, func(t *testing.T) {
			data := m.make()
			done := make(chan *File, 1)
			peak := watchHeap(t)
			go func() { done <- NewReader(Options{Password: "sesame"}).Read("x", data) }()
			select {
			case f := <-done:
				const most = 128 << 20
				if grew := peak(); grew > most {
					t.Errorf("%d MiB are held at once", grew>>20)
				}
				if m.problem != "" && !has(f, m.problem) {
					t.Errorf("%s: no %s among %d items", f.Format, m.problem, len(f.Items))
				}
				f.Read()
			case <-time.After(2 * time.Minute):
				t.Fatal("does not end")
			}
		})
	}
}

// watchHeap samples what the heap holds, collected often so that little of it
// is garbage; the function that it returns ends that, and tells how many bytes
// there were at most beyond what stood there before.
func watchHeap(t *testing.T) (peak func() uint64) {
	old := debug.SetGCPercent(10)
	t.Cleanup(func() { debug.SetGCPercent(old) })
	runtime.GC()
	before, most := held(), uint64(0)
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			most = max(most, held())
			select {
			case <-stop:
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	return func() uint64 {
		close(stop)
		<-stopped
		return most - min(most, before)
	}
}

func has(f *File, p Problem) bool {
	for _, i := range f.Items {
		if i.Problem == p {
			return true
		}
	}
	return false
}
