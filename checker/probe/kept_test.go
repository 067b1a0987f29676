package probe

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestKeepHidesSecrets(t *testing.T) {
	const token = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw_"
	pl := &plan{Request: Request{Target: parsed(t, "https://user:hunter22@bot.example.org/"+token), SecretToken: "s3cretToken"}}
	echo := "/" + token + " user:hunter22 hunter22 dXNlcjpodW50ZXIyMg== s3cretToken"
	in := "HTTP/1.1 404 Not Found " + echo + "\r\nLocation: https://x.example" + echo + "\r\nServer: " + echo +
		"\r\nSet-Cookie: session=1\r\nTransfer-Encoding: chunked\r\n\r\nfff;" + "\r\n"
	a, _, _ := read(in, len(in))
	a.content = []byte(strings.Repeat(echo, 20))
	text, err := json.Marshal(a.keep(newScrubber(pl)))
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"AAHdqTcvCH1vGWJx", "hunter22", "dXNlcjpodW50", "s3cretToken", "session"} {
		if strings.Contains(string(text), secret) {
			t.Errorf("%s is kept: %s", secret, text)
		}
	}
	if !strings.Contains(string(text), "404") || !strings.Contains(string(text), "Not Found") {
		t.Errorf("too much is hidden: %s", text)
	}
}

func TestKeepIsBounded(t *testing.T) {
	long := strings.Repeat("я", 5000)
	in := "HTTP/1.1 500 " + long + "\r\nLocation: " + long + "\r\nServer: " + long + "\r\nRetry-After: 7\r\nVia: a\r\nX-Other: b\r\n" +
		"Content-Length: 20000\r\n\r\n" + strings.Repeat("\xff\xd1", 10000)
	a, _, _ := read(in, len(in))
	got := a.keep(newScrubber(&plan{}))
	for name, c := range map[string]struct {
		text string
		most int
	}{
		"reason": {got.Reason, maxReason}, "location": {got.Location, maxLocation},
		"server": {got.Server, maxField}, "body": {got.BodyStart, maxBodyStart},
	} {
		if len(c.text) == 0 || len(c.text) > c.most || !utf8.ValidString(c.text) {
			t.Errorf("%s: %d bytes, at most %d", name, len(c.text), c.most)
		}
	}
	if got.RetryAfter != "7" || got.Headers["via"] != "a" || got.Headers["x-other"] != "" || len(got.Headers) != 3 {
		t.Errorf("%+v", got.Headers)
	}
}

// Whoever reads getWebhookInfo sees each byte that is no UTF-8 as one sign.
func TestKeepCountsBytesThatAreNoText(t *testing.T) {
	const in = "HTTP/1.1 404 \xcd\xe5 \xff\xfe\xd0\x96\r\n\r\n"
	a, _, _ := read(in, len(in))
	if got := a.keep(newScrubber(&plan{})).Reason; got != "\ufffd\ufffd \ufffd\ufffdЖ" {
		t.Errorf("%q", got)
	}
}
