package target

import (
	"encoding/json"
	"strings"
	"testing"
)

func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"bot.example.org", "https://u:p@bot.example.org:88/x?y#z", "[::1]:443", "0x7f.1", "БОТ.пример",
		"https://h/" + testToken, "a:b@c/d", testToken + "@h", "https://" + testToken + "@h/" + testToken, "／", "%41",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, in string) {
		got, err := Parse(in)
		if err != nil {
			if s := err.Error(); token.MatchString(s) || strings.ContainsAny(s, "\r\n") {
				t.Fatalf("message %q", s)
			}
			return
		}
		shown, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range []string{got.Input, got.URL, got.Path, got.Host, got.ASCIIHost, string(shown)} {
			if token.MatchString(s) {
				t.Fatalf("token in %q", s)
			}
		}
		if got.Port < 1 || got.Port > 65535 || got.ASCIIHost == "" || strings.ContainsAny(got.HostHeader(), " \r\n/@") {
			t.Fatalf("%+v", got)
		}
		if got.Secret.Userinfo != "" && len(got.Secret.Userinfo) > 3 && strings.Contains(got.URL, got.Secret.Userinfo+"@") && got.Secret.Userinfo != hidden {
			t.Fatalf("userinfo in %q", got.URL)
		}
		if got.URL == "" {
			return
		}
		again, err := Parse(got.URL)
		if err != nil {
			t.Fatalf("Parse(%q): %v", got.URL, err)
		}
		if again.URL != got.URL || again.Port != got.Port || again.ASCIIHost != got.ASCIIHost || again.Path != got.Path {
			t.Fatalf("%q became %q", got.URL, again.URL)
		}
	})
}
