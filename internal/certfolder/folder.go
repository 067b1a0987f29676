// Package certfolder makes the files that people hand over in place of "a
// PEM": every format, damaged in many ways, keys among them, each with the
// answer that is expected. For tests only.
package certfolder

import (
	"bytes"
	"crypto/ecdsa"
	"encoding/base64"
	"encoding/hex"
	"encoding/pem"
	"slices"
	"strings"

	"hookcheck/internal/testpki"
)

// File is one file of the folder and what is expected of it.
type File struct {
	Name     string
	Data     []byte
	Password string
	Verdict  string
	Findings []string // ids, sorted
	Certs    int      // that are presented
	Keys     int      // that are refused
}

// The verdicts, as the report spells them.
const (
	works   = "works"
	fails   = "fails"
	unknown = "unknown"
)

// Files is the whole folder.
func Files() []File {
	var out []File
	for _, group := range [][]File{
		soundPEM(), damagedPEM(), misspelt(), traces(), otherText(), plainBinary(), bundles(), containers(), keystores(), archives(), requests(), keys(), strangers(),
	} {
		for _, f := range group {
			slices.Sort(f.Findings)
			out = append(out, f)
		}
	}
	return out
}

// file states what is expected; the verdict comes first.
func file(name string, data []byte, certs int, verdict string, findings ...string) File {
	return File{Name: name, Data: data, Certs: certs, Verdict: verdict, Findings: findings}
}

func (f File) locked(password string) File { f.Password = password; return f }

func (f File) withKeys(n int) File {
	f.Keys = n
	f.Findings = append(f.Findings, "pem.private_key")
	return f
}

// The chain that the folder is about.
func ca() *testpki.Node { return testpki.PublicCA() }

func leaf() *testpki.Node {
	return ca().LeafWith([]string{testpki.Host}, testpki.WithKey(key()))
}

func key() *ecdsa.PrivateKey { return testpki.ECKey("the secret of the folder") }

func chain() []byte { return testpki.Bundle(leaf(), ca()) }

// Secrets are pieces of the folder's private keys in every notation; no output
// may hold one.
func Secrets() [][]byte {
	var out [][]byte
	d := key().D.FillBytes(make([]byte, 32))
	rsaKey := testpki.CommittedRSA("rsa2048")
	for _, raw := range [][]byte{d, rsaKey.D.Bytes()[:48], rsaKey.Primes[0].Bytes()[:48], rsaKey.Primes[1].Bytes()[:48]} {
		out = append(out, raw[:16], raw[len(raw)-16:])
		for shift := range 3 { // base64 depends on what stands before
			text := base64.RawStdEncoding.EncodeToString(append(make([]byte, shift), raw...))
			out = append(out, []byte(text[4:24]), []byte(base64.RawURLEncoding.EncodeToString(append(make([]byte, shift), raw...))[4:24]))
		}
		text := hex.EncodeToString(raw)
		out = append(out, []byte(text[:32]), []byte(strings.ToUpper(text[:32])))
	}
	return out
}

func block(label string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der})
}

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

func replace(data []byte, old, by string) []byte {
	return bytes.ReplaceAll(data, []byte(old), []byte(by))
}

// wrapped is a block with lines of another length.
func wrapped(der []byte, width int) []byte {
	text := base64.StdEncoding.EncodeToString(der)
	var b bytes.Buffer
	b.WriteString("-----BEGIN CERTIFICATE-----\n")
	for len(text) > 0 {
		n := min(width, len(text))
		b.WriteString(text[:n] + "\n")
		text = text[n:]
	}
	b.WriteString("-----END CERTIFICATE-----\n")
	return b.Bytes()
}

func soundPEM() []File {
	l, c := leaf(), ca()
	return []File{
		file("chain.pem", chain(), 2, works),
		file("crlf.pem", replace(chain(), "\n", "\r\n"), 2, works),
		file("bom.pem", join([]byte("\xef\xbb\xbf"), chain()), 2, works),
		file("s_client.txt", join([]byte("CONNECTED(00000003)\n---\nCertificate chain\n 0 s:CN = bot\n"), l.PEM(), []byte(" 1 s:CN = ca\n"), c.PEM(), []byte("---\nDONE\n")), 2, works),
		file("no-final-newline.pem", bytes.TrimSpace(chain()), 2, works),
		file("trusted.pem", join(block("TRUSTED CERTIFICATE", append(bytes.Clone(l.DER), 0x30, 0)), c.PEM()), 2, works),
		file("old-name.pem", join(block("X509 CERTIFICATE", l.DER), c.PEM()), 2, works),
		file("lines-of-76.pem", join(wrapped(l.DER, 76), wrapped(c.DER, 76)), 2, works),
		file("short-lines.pem", join(wrapped(l.DER, 10), wrapped(c.DER, 10)), 2, works),
		file("one-long-line.pem", join(wrapped(l.DER, 1<<20), wrapped(c.DER, 1<<20)), 2, works),
		file("trailing-spaces.pem", replace(chain(), "\n", "  \t\n"), 2, works),
		file("no-name-to-go-by", chain(), 2, works),
		file("named-like-an-image.png", chain(), 2, works),
		file("leaf-alone.pem", l.PEM(), 1, fails, "chain.intermediate_missing"),
		file("wrong-order.pem", testpki.Bundle(c, l), 2, fails, "chain.leaf_not_first"),
		file("chain-without-leaf.pem", testpki.Bundle(c, testpki.PublicRoot()), 2, fails, "pem.no_server_certificate"),
		file("root-alone.pem", testpki.PublicRoot().PEM(), 1, fails, "pem.no_server_certificate"),
		file("intermediate-alone.pem", c.PEM(), 1, fails, "pem.no_server_certificate"),
		file("with-root.pem", testpki.Bundle(l, c, testpki.PublicRoot()), 3, works, "chain.root_included"),
		file("twice.pem", testpki.Bundle(l, c, c), 3, works, "chain.duplicate"),
		file("parameters-beside.pem", join(chain(), block("DH PARAMETERS", []byte{0x30, 0})), 2, works),
	}
}

func damagedPEM() []File {
	l, c := leaf(), ca()
	text := string(c.PEM())
	lines := strings.SplitAfter(string(l.PEM()), "\n")
	lost := strings.Join(slices.Concat(lines[:4], lines[5:]), "")
	return []File{
		file("cut-off.pem", join(l.PEM(), []byte(text[:len(text)/2])), 1, fails, "pem.truncated"),
		file("last-end-missing.pem", join(l.PEM(), []byte(strings.Split(text, "-----END")[0])), 2, fails, "pem.truncated"),
		file("wrong-end.pem", join(l.PEM(), replace(c.PEM(), "END CERTIFICATE", "END CERTIFICAT")), 2, fails, "pem.truncated"),
		file("bad-digit.pem", join(l.PEM(), []byte(strings.Replace(text, "\nM", "\n?", 1))), 1, fails, "pem.truncated"),
		file("indented.pem", []byte("  "+strings.ReplaceAll(string(chain()), "\n", "\n  ")), 2, fails, "pem.truncated"),
		file("quoted-mail.pem", []byte("> "+strings.ReplaceAll(string(chain()), "\n-----BEGIN", "\n> -----BEGIN")), 2, fails, "pem.truncated"),
		file("one-line.pem", join(replace(l.PEM(), "\n", " "), []byte("\n"), c.PEM()), 2, fails, "pem.truncated"),
		file("environment.env", []byte(`CERT="`+strings.ReplaceAll(string(chain()), "\n", `\n`)+`"`), 2, fails, "pem.truncated"),
		file("joined.pem", join(bytes.TrimSpace(l.PEM()), c.PEM()), 2, fails, "pem.truncated"),
		file("empty-block.pem", join(chain(), []byte("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n")), 2, fails, "pem.truncated"),
		file("junk-inside.pem", join(chain(), block("CERTIFICATE", []byte("no certificate"))), 2, fails, "pem.truncated"),
		file("line-lost.pem", join([]byte(lost), c.PEM()), 2, fails, "pem.truncated"),
		file("shortened-inside.pem", join(block("CERTIFICATE", l.DER[:200]), c.PEM()), 2, fails, "pem.truncated"),
	}
}
