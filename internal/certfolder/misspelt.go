package certfolder

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"html"
	"mime/quotedprintable"
	"net/url"
	"strings"
)

// misspelt are PEM files whose BEGIN and END lines went wrong.
func misspelt() []File {
	l, c := leaf(), ca()
	text := string(chain())
	damaged := func(name, data string) File { return file(name, []byte(data), 2, fails, "pem.truncated") }
	leafText := string(l.PEM())
	body := strings.Join(strings.SplitAfter(leafText, "\n")[1:], "")
	swapped := strings.NewReplacer("BEGIN", "END", "END", "BEGIN").Replace(leafText)
	return []File{
		damaged("typographic-dashes.pem", strings.ReplaceAll(text, "-----", "—")),
		damaged("en-dashes.pem", strings.ReplaceAll(text, "-----", "–––––")),
		damaged("minus-signs.pem", strings.ReplaceAll(text, "-----", "−−−−−")),
		damaged("dashes-mixed.pem", strings.ReplaceAll(text, "-----", "—–—")),
		damaged("four-hyphens.pem", strings.ReplaceAll(text, "-----", "----")),
		damaged("six-hyphens.pem", strings.ReplaceAll(text, "-----", "------")),
		damaged("small-letters.pem", strings.ReplaceAll(strings.ReplaceAll(text, "BEGIN CERTIFICATE", "begin certificate"), "END CERTIFICATE", "end certificate")),
		damaged("space-lost.pem", strings.ReplaceAll(strings.ReplaceAll(text, "BEGIN CERT", "BEGINCERT"), "END CERT", "ENDCERT")),
		damaged("space-added.pem", strings.ReplaceAll(text, "CERTIFICATE-----", "CERTIFICATE -----")),
		damaged("begin-lost.pem", body+string(c.PEM())),
		damaged("swapped.pem", swapped+string(c.PEM())),
		damaged("all-in-one-line.pem", strings.ReplaceAll(text, "\n", "")),
		damaged("carriage-returns.pem", strings.ReplaceAll(text, "\n", "\r")),
		damaged("blank-lines.pem", strings.ReplaceAll(text, "\n", "\n\n")),
		damaged("first-cut-off.pem", leafText[:300]+"\n"+string(c.PEM())),
		damaged("first-bad-digit.pem", strings.Replace(leafText, "\nM", "\n?", 1)+string(c.PEM())),
	}
}

// traces are certificates in what other programs made of them.
func traces() []File {
	l, c := leaf(), ca()
	text, leafText := string(chain()), string(l.PEM())
	lines := strings.Split(strings.TrimSpace(text), "\n")
	each := func(form string) string {
		var b strings.Builder
		for i, line := range lines {
			if strings.Contains(form, "[1]") {
				fmt.Fprintf(&b, form, i+1, line)
			} else {
				fmt.Fprintf(&b, form, line)
			}
		}
		return b.String()
	}
	var printable bytes.Buffer
	w := quotedprintable.NewWriter(&printable)
	_, _ = w.Write(chain())
	_ = w.Close()
	damaged := func(name, data string) File { return file(name, []byte(data), 2, fails, "pem.truncated") }
	encoded := func(name, data string) File { return file(name, []byte(data), 2, works, "pem.converted") }
	b64 := base64.StdEncoding.EncodeToString
	return []File{
		damaged("mail-quoted.txt", each("> %s\n")),
		damaged("patch.diff", each("+%s\n")),
		damaged("listing.txt", each("%4[1]d  %[2]s\n")),
		damaged("page.html", each("%s<br>\n")),
		damaged("entities.txt", strings.ReplaceAll(strings.ReplaceAll(html.EscapeString(text), "/", "&#x2F;"), "+", "&#43;")),
		damaged("zero-width-space.pem", text[:100]+"\u200b"+text[100:]),
		damaged("request-by-name.pem", strings.ReplaceAll(leafText, "CERTIFICATE", "CERTIFICATE REQUEST")+string(c.PEM())),
		damaged("bundle-by-name.pem", string(block("CERTIFICATE", p7b(l, c)))).with("pem.converted"),
		file("certificate-by-name.csr", block("CERTIFICATE", csr()), 0, fails, "pem.truncated", "pem.csr"),
		encoded("all-entities.html", "<pre>"+strings.ReplaceAll(text, "-", "&#45;")+"</pre>"),
		damaged("source.php", "<?php $c = \""+strings.ReplaceAll(strings.TrimSpace(text), "\n", "\" . \"\\n\" .\n\"")+"\";"),
		encoded("zip-in-base64.txt", b64(Zip("bot.crt", l.PEM(), "ca.crt", c.PEM()))),
		damaged("letter.rtf", `{\rtf1 `+each("%s\\\n")+"}"),
		damaged("header-inside.pem", strings.ReplaceAll(text, "BEGIN CERTIFICATE-----\n", "BEGIN CERTIFICATE-----\nComment: by hand\n\n")),
		damaged("letter.docx", string(Zip("[Content_Types].xml", []byte("<Types/>"), "word/document.xml", []byte(each("<w:t>%s</w:t>"))))).with("pem.converted"),
		file("no-break-spaces.pem", []byte(strings.ReplaceAll(text, "\n", "\u00a0\n")), 2, works),
		encoded("secret.yaml", "kind: Secret\ndata:\n  tls.crt: "+b64(chain())+"\n"),
		encoded("traefik.json", `{"certificate":"`+b64(chain())+`"}`),
		encoded("x5c.json", `{"kty":"EC","x5c":["`+b64(l.DER)+`","`+b64(c.DER)+`"]}`),
		encoded("metadata.xml", `<?xml version="1.0"?><X509Certificate>`+b64(l.DER)+"</X509Certificate><X509Certificate>"+b64(c.DER)+"</X509Certificate>"),
		encoded("url-safe.txt", base64.RawURLEncoding.EncodeToString(l.DER)+"\n.\n"+base64.RawURLEncoding.EncodeToString(c.DER)),
		encoded("url-encoded.txt", url.PathEscape(text)),
		encoded("form-encoded.txt", "cert="+url.QueryEscape(text)),
		encoded("hexadecimal.txt", fmt.Sprintf("%x\n%X\n", l.DER, c.DER)),
		encoded("with-colons.txt", strings.ReplaceAll(fmt.Sprintf("% X", append(bytes.Clone(l.DER), c.DER...)), " ", ":")),
		encoded("utf32.pem", utf32(text)),
		file("saved-as-text.der", []byte(string(runes(l.DER))), 1, fails, "pem.truncated", "chain.intermediate_missing", "pem.converted"),
		file("ftp-in-ascii-mode.der", replace(l.DER, "\n", "\r\n"), 1, fails, "pem.truncated", "chain.intermediate_missing", "pem.converted"),
		file("saved-as-ascii.der", []byte(strings.ToValidUTF8(string(l.DER), "\ufffd")), 1, fails, "pem.truncated"),
		file("key-in-secret.yaml", []byte("kind: Secret\ndata:\n  tls.crt: "+b64(chain())+"\n  tls.key: "+b64(keyPEM())+"\n"), 2, fails, "pem.converted").withKeys(1),
	}
}

func (f File) with(finding string) File { f.Findings = append(f.Findings, finding); return f }

// utf32 writes a text with four bytes a letter, least first, and its mark.
func utf32(text string) string {
	out := []byte{0xff, 0xfe, 0, 0}
	for _, r := range text {
		out = append(out, byte(r), byte(r>>8), byte(r>>16), 0)
	}
	return string(out)
}

// runes takes each byte for a letter, as a program does that reads Latin-1.
func runes(data []byte) []rune {
	out := make([]rune, len(data))
	for i, b := range data {
		out[i] = rune(b)
	}
	return out
}
