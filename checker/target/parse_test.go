package target

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

const testToken = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"

func TestParse(t *testing.T) {
	for _, tc := range []struct {
		in, scheme, host, ascii string
		port                    int
		url, path               string
		ip, isURL               bool
	}{
		{in: "bot.example.org", host: "bot.example.org", port: 443},
		{in: "  Bot.Example.ORG:8443\n", host: "bot.example.org", port: 8443},
		{in: "bot.example.org.", host: "bot.example.org.", port: 443},
		{in: "my_bot.example.org:000088", host: "my_bot.example.org", port: 88},
		{in: "localhost", host: "localhost", port: 443},
		{in: "192.0.2.7:80", host: "192.0.2.7", port: 80, ip: true},
		{in: "127.1", host: "127.1", ascii: "127.0.0.1", port: 443, ip: true},
		{in: "0x7f.1:88", host: "0x7f.1", ascii: "127.0.0.1", port: 88, ip: true},
		{in: "2130706433", host: "2130706433", ascii: "127.0.0.1", port: 443, ip: true},
		{in: "010.0.0.1", host: "010.0.0.1", ascii: "8.0.0.1", port: 443, ip: true},
		{in: "255.255.255.255", host: "255.255.255.255", port: 443, ip: true},
		{in: "1.2.3.4.", host: "1.2.3.4.", port: 443},
		{in: "08.1.1.1", host: "08.1.1.1", port: 443},
		{in: "256.1.1.1", host: "256.1.1.1", port: 443},
		{in: "1.2.3.4.5", host: "1.2.3.4.5", port: 443},
		{in: "4294967296", host: "4294967296", port: 443},
		{in: "[2001:DB8::1]:8443", host: "2001:db8::1", port: 8443, ip: true},
		{in: "[2001:db8:0::1]", host: "2001:db8:0::1", ascii: "2001:db8::1", port: 443, ip: true},
		{in: "2001:db8::1", host: "2001:db8::1", port: 443, ip: true},
		{in: "https://[2001:db8::1]/x", host: "2001:db8::1", port: 443, ip: true, isURL: true, url: "https://[2001:db8::1]/x", path: "/x"},
		{in: "https://bot.example.org", host: "bot.example.org", port: 443, isURL: true, url: "https://bot.example.org/", path: "/"},
		{in: "HTTPS://Bot.Example.org:443/Hook", host: "bot.example.org", port: 443, isURL: true, url: "https://bot.example.org/Hook", path: "/Hook"},
		{in: "http://bot.example.org/x", scheme: "http", host: "bot.example.org", port: 80, isURL: true, url: "http://bot.example.org/x", path: "/x"},
		{in: "ftp://bot.example.org:21", scheme: "ftp", host: "bot.example.org", port: 21, isURL: true, url: "ftp://bot.example.org:21/", path: "/"},
		{in: "bot.example.org/hook", host: "bot.example.org", port: 443, isURL: true, url: "https://bot.example.org/hook", path: "/hook"},
		{in: "bot.example.org:88?x=1#y", host: "bot.example.org", port: 88, isURL: true, url: "https://bot.example.org:88/?x=1#y", path: "/?x=1#y"},
		{in: "https://bot.example.org/a b?q=c d#e f ", host: "bot.example.org", port: 443, isURL: true, url: "https://bot.example.org/a%20b?q=c%20d#e%20f", path: "/a%20b?q=c%20d#e%20f"},
		{in: "https://u:p@bot.example.org/x", host: "bot.example.org", port: 443, isURL: true, url: "https://***@bot.example.org/x", path: "/x"},
		{in: "https://bot.example.org/путь", host: "bot.example.org", port: 443, isURL: true, url: "https://bot.example.org/путь", path: "/путь"},
		{in: "https://бот.example/x", host: "бот.example", ascii: "xn--90a0am.example", port: 443, isURL: true, url: "https://xn--90a0am.example/x", path: "/x"},
		{in: "my_бот.example", host: "my_бот.example", ascii: "xn--my_-ddd9dya.example", port: 443},
		{in: "ex%41mple.org", host: "ex%41mple.org", port: 443},
		{in: "https:443", host: "https", port: 443},
		{in: "http:8080/x", host: "http", port: 8080, isURL: true, url: "https://http:8080/x", path: "/x"},
		{in: "bot.example.org/u:p@x", host: "bot.example.org", port: 443, isURL: true, url: "https://bot.example.org/u:p@x", path: "/u:p@x"},
	} {
		got, err := Parse(tc.in)
		if err != nil {
			t.Errorf("Parse(%q): %v", tc.in, err)
			continue
		}
		if tc.scheme == "" {
			tc.scheme = "https"
		}
		if tc.ascii == "" {
			tc.ascii = tc.host
		}
		if got.Scheme != tc.scheme || got.Host != tc.host || got.ASCIIHost != tc.ascii || got.Port != tc.port ||
			got.URL != tc.url || got.Path != tc.path || got.IsIP != tc.ip || got.IsURL != tc.isURL {
			t.Errorf("Parse(%q) = %+v", tc.in, got)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	long := strings.Repeat("a", 64)
	for _, tc := range []struct{ in, field, says string }{
		{"", "target", "empty"},
		{" \t\n", "target", "white space"},
		{"http://", "host", "missing"},
		{"https://", "host", "missing"},
		{"https:///path", "host", "missing"},
		{"https://u@/x", "host", "missing"},
		{":443", "host", "missing"},
		{"/path", "host", "missing"},
		{"://bot.example.org", "scheme", "not a URL scheme"},
		{"1https://bot.example.org", "scheme", "not a URL scheme"},
		{"https:/bot.example.org", "scheme", "two slashes"},
		{"https:bot.example.org", "scheme", "two slashes"},
		{"bot.example.org:", "port", "missing"},
		{"bot.example.org:0", "port", "it is 0"},
		{"bot.example.org:000", "port", "it is 0"},
		{"bot.example.org:99999", "port", "over 65535"},
		{"bot.example.org:99999999999999999999999", "port", "over 65535"},
		{"bot.example.org:https", "port", "not a number"},
		{"bot.example.org:+443", "port", "not a number"},
		{"bot.example.org:-1", "port", "not a number"},
		{"https://bot.example.org:44x/", "port", "not a number"},
		{strings.Repeat("a", 4097), "target", "4096"},
		{strings.Repeat("я", 4097), "target", "4096"},
		{"bot.example.org\x00", "target", "control character"},
		{"bot.exa\nmple.org", "target", "control character"},
		{"https://bot.example.org/a\tb", "target", "control character"},
		{"https://bot.example.org/a\u2028b", "target", "control character"},
		{"bot.\xff.org", "target", "UTF-8"},
		{"bot example.org", "host", "space"},
		{"check bot.example.org please", "host", "space"},
		{"bot.example.org other.example.org/x", "host", "space"},
		{"bot%zz.example.org", "host", "percent"},
		{"bot%4", "host", "percent"},
		{"bot<x>.example.org", "host", "'<'"},
		{"bot\u00a0x.example.org", "host", "IDNA"},
		{"bot／x.example.org", "host", "IDNA"},
		{"a..b", "host", "empty"},
		{".example.org", "host", "empty"},
		{".", "host", "empty"},
		{"бот..example", "host", "empty"},
		{long + ".example.org", "host", "63"},
		{strings.Repeat("я", 63) + ".example", "host", "63"},
		{strings.Repeat("abcdefg.", 32) + "org", "host", "253"},
		{strings.Repeat("я.", 1000) + "org", "host", "253"},
		{"[2001:db8::1", "host", "brackets"},
		{"2001:db8::1]", "host", "brackets"},
		{"[2001:db8::1]x", "host", "brackets"},
		{"[[::1]]", "host", "brackets"},
		{"[fe80::1%eth0]", "host", "no IPv6"},
		{"[192.0.2.1]", "host", "no IPv6"},
		{"[]", "host", "no IPv6"},
		{"1:2:3", "host", "colon"},
		{"https://a@b@bot.example.org/", "userinfo", "'@'"},
		{"https://a b@bot.example.org/", "userinfo", "' '"},
		{testToken, "target", "bot token"},
		{"bot" + testToken, "target", "bot token"},
		{strings.Replace(testToken, ":", "%3A", 1) + ".example.org", "host", "bot token"},
	} {
		got, err := Parse(tc.in)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("Parse(%q) = %+v, %v", tc.in, got, err)
			continue
		}
		if e.Field != tc.field || !strings.Contains(e.Problem, tc.says) {
			t.Errorf("Parse(%q): %v", tc.in, err)
		}
		if s := err.Error(); strings.ContainsAny(s, "\r\n") || len(s) > 200 || e.Expected == "" || strings.Contains(s, testToken) {
			t.Errorf("Parse(%q): bad message %q", tc.in, s)
		}
	}
}

func TestSecretsStayHidden(t *testing.T) {
	encoded := strings.Replace(testToken, ":", "%3a", 1)
	for _, in := range []string{
		"https://bot.example.org/" + testToken,
		"https://bot.example.org/bot" + testToken + "/x",
		"bot.example.org/?t=" + encoded + "#y",
		"https://admin:" + testToken + "@bot.example.org/x",
		"admin:hunter2@bot.example.org/" + testToken,
		"https://hunter2@bot.example.org/" + testToken,
	} {
		got, err := Parse(in)
		if err != nil {
			t.Fatalf("Parse(%q): %v", in, err)
		}
		if !got.TokenInPath {
			t.Errorf("Parse(%q): token not noticed", in)
		}
		shown, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{testToken, encoded, "hunter2", "admin"} {
			if strings.Contains(string(shown), secret) {
				t.Errorf("Parse(%q) shows %q: %s", in, secret, shown)
			}
		}
	}
	got, err := Parse("https://a:hunter2@bot.example.org/" + testToken + "?x y")
	if err != nil {
		t.Fatal(err)
	}
	if got.Secret.Path != "/"+testToken+"?x%20y" || got.Secret.Userinfo != "a:hunter2" || !got.HasUserinfo {
		t.Errorf("the test request would lack its secrets: %q %q", got.Secret.Path, got.Secret.Userinfo)
	}
	if got.URL != "https://***@bot.example.org/<TOKEN>?x%20y" || got.Input != "https://***@bot.example.org/<TOKEN>?x y" {
		t.Errorf("shown as %q, %q", got.URL, got.Input)
	}
}

func TestClientHost(t *testing.T) {
	for in, want := range map[string]string{
		"бот.example":            "",
		"БОТ.example":            "xn--d0a0am.example",
		"bot.example":            "",
		"BOT.example":            "",
		"straße.example":         "",
		"xn--90a0am.example":     "",
		"cafe\u0301.example":     "xn--cafe-yvc.example",
		"бот.EXAMPLE":            "",
		"１２７.0.0.1":              "xn--8g7ccp.0.0.1",
		"xn--90a0am.бот.EXAMPLE": "",
	} {
		got, err := Parse(in)
		if err != nil {
			t.Errorf("Parse(%q): %v", in, err)
		} else if got.ClientHost != want {
			t.Errorf("Parse(%q).ClientHost = %q (ASCIIHost %q)", in, got.ClientHost, got.ASCIIHost)
		}
	}
}

func TestHostHeader(t *testing.T) {
	for in, want := range map[string][2]string{
		"bot.example.org":            {"bot.example.org", "bot.example.org:443"},
		"bot.example.org:8443":       {"bot.example.org:8443", "bot.example.org:8443"},
		"bot.example.org:80":         {"bot.example.org:80", "bot.example.org:80"},
		"http://bot.example.org":     {"bot.example.org", "bot.example.org:80"},
		"http://bot.example.org:443": {"bot.example.org:443", "bot.example.org:443"},
		"[2001:db8::1]:88":           {"[2001:db8::1]:88", "[2001:db8::1]:88"},
		"бот.example":                {"xn--90a0am.example", "xn--90a0am.example:443"},
		"127.1:88":                   {"127.1:88", "127.0.0.1:88"},
	} {
		got, err := Parse(in)
		if err != nil {
			t.Fatal(err)
		}
		if got.HostHeader() != want[0] || got.HostPort() != want[1] {
			t.Errorf("%q: Host: %s, dial %s", in, got.HostHeader(), got.HostPort())
		}
	}
}

func TestValidHostname(t *testing.T) {
	for _, ok := range []string{"bot.example.org", "192.0.2.1", "2001:db8::1", "[2001:db8::1]", "бот.example", "my_bot.example"} {
		if err := ValidHostname(ok); err != nil {
			t.Errorf("ValidHostname(%q): %v", ok, err)
		}
	}
	for _, bad := range []string{"", " ", "bot.example.org:443", "https://bot.example.org", "a b", "a..b", "bot.example.org/x", "x\ny", "u@h"} {
		if err := ValidHostname(bad); err == nil {
			t.Errorf("ValidHostname(%q) passes", bad)
		}
	}
}

func TestRedact(t *testing.T) {
	for in, want := range map[string]string{
		"nothing here":                              "nothing here",
		"x " + testToken + " y":                     "x <TOKEN> y",
		"/bot" + testToken + "/getMe":               "/bot<TOKEN>/getMe",
		strings.Replace(testToken, ":", "%253A", 1): "<TOKEN>",
		"https://a:b@c@h/p":                         "https://***@h/p",
		"see https://a:b@h/p, http://c@h":           "see https://***@h/p, http://***@h",
		"a:b@h":                                     "***@h",
		"me@example.org":                            "me@example.org",
		"12345:short":                               "12345:short",
		"2026:11:24":                                "2026:11:24",
	} {
		if got := Redact(in); got != want {
			t.Errorf("Redact(%q) = %q", in, got)
		}
	}
}
