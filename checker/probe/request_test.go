package probe

import (
	"strings"
	"testing"

	"hookcheck/checker/target"
)

func parsed(t testing.TB, s string) target.Target {
	t.Helper()
	out, err := target.Parse(s)
	if err != nil {
		t.Fatalf("reading the target %q: %v", s, err)
	}
	return out
}

func TestUpdateRequest(t *testing.T) {
	for _, c := range []struct{ url, secret, want string }{
		{
			"https://user:pass@Bot.Example.org:8443/hook/a b?x=1#f", "sec_RET-1",
			"POST /hook/a%20b?x=1#f HTTP/1.1\r\n" +
				"Host: bot.example.org:8443\r\n" +
				"Authorization: Basic dXNlcjpwYXNz\r\n" +
				"X-Telegram-Bot-Api-Secret-Token: sec_RET-1\r\n" +
				"Content-Type: application/json\r\n" +
				"Content-Length: 15\r\n" +
				"Connection: keep-alive\r\n" +
				"Accept-Encoding: gzip, deflate\r\n" +
				"\r\n" +
				`{"update_id":0}`,
		},
		{
			"https://bot.example.org", "",
			"POST / HTTP/1.1\r\n" +
				"Host: bot.example.org\r\n" +
				"Content-Type: application/json\r\n" +
				"Content-Length: 15\r\n" +
				"Connection: keep-alive\r\n" +
				"Accept-Encoding: gzip, deflate\r\n" +
				"\r\n" +
				`{"update_id":0}`,
		},
		{
			"bot.example.org:88", "",
			"POST / HTTP/1.1\r\n" +
				"Host: bot.example.org:88\r\n" +
				"Content-Type: application/json\r\n" +
				"Content-Length: 15\r\n" +
				"Connection: keep-alive\r\n" +
				"Accept-Encoding: gzip, deflate\r\n" +
				"\r\n" +
				`{"update_id":0}`,
		},
	} {
		pl := &plan{Request: Request{Target: parsed(t, c.url), SecretToken: c.secret}}
		if got, ok := pl.updateRequest(); !ok || string(got) != c.want {
			t.Errorf("%s\n got %q\nwant %q", c.url, got, c.want)
		}
	}
}

func TestUpdateRequestTooLong(t *testing.T) {
	make := func(n int) (int, bool) {
		pl := &plan{Request: Request{Target: parsed(t, "https://bot.example.org/"+strings.Repeat("a", n))}}
		got, ok := pl.updateRequest()
		return len(got) - len(testUpdate), ok
	}
	shortest, _ := make(0)
	if n, ok := make(4068 - shortest); !ok || n != 4068 {
		t.Errorf("a head of 4068 bytes: %d, %t", n, ok)
	}
	if _, ok := make(4069 - shortest); ok {
		t.Error("a head of 4069 bytes was made")
	}
}
