package remedy

import (
	"encoding/json"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// hostile values that try to end a quote, a line or a block in some language.
var hostile = []string{
	"", "-n", "--", "a b", "a'b", `a"b`, "a`id`b", "$(id)", "${HOME}", "$HOME", "a;b", "a}b{", "a\nb", "a\r\nb", "a\x00b",
	`a\`, `a\"b`, `a\'b`, "a#b", "<TOKEN>", "a<b>c", "a|b&c", "*?[x]", "!!", "%{HTTP_HOST}", "{$HOME}", "{env.HOME}", "%0a",
	"привет", "\u2028x", "\u202ex", "\xff\xfe", "'; rm -rf / #", `"; return 200 x; #`, "'\\''", strings.Repeat("x", 500), "?>", "*/", "</script>",
}

func addHostile(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
}

// shellWord reads one POSIX word made of plain characters, single quotes and
// escaped quotes; ok is false where anything else would be left to the shell.
func shellWord(s string) (word string, ok bool) {
	var b strings.Builder
	for i := 0; i < len(s); {
		switch {
		case s[i] == '\'':
			end := strings.IndexByte(s[i+1:], '\'')
			if end < 0 {
				return "", false
			}
			b.WriteString(s[i+1 : i+1+end])
			i += end + 2
		case strings.HasPrefix(s[i:], `\'`):
			b.WriteByte('\'')
			i += 2
		case strings.IndexByte(" \t\n|&;<>()$`\\\"*?[#~=%{}!", s[i]) >= 0:
			return "", false
		default:
			b.WriteByte(s[i])
			i++
		}
	}
	return b.String(), s != ""
}

// doubleQuoted reads one word in double quotes with backslash escapes, or one
// without quotes that needs none.
func doubleQuoted(s string) (word string, ok bool) {
	if !strings.HasPrefix(s, `"`) {
		return s, plain(s)
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			if i++; i == len(s) {
				return "", false
			}
			b.WriteByte(s[i])
		case '"':
			return b.String(), i == len(s)-1
		default:
			b.WriteByte(s[i])
		}
	}
	return "", false
}

func FuzzShell(f *testing.F) {
	addHostile(f)
	f.Fuzz(func(t *testing.T, s string) {
		for _, q := range []string{shell(s), shellAlways(s), haproxyWord(s)} {
			if got, ok := shellWord(q); !ok || got != printable(s) {
				t.Errorf("%q quoted as %s reads as %q, %v", s, q, got, ok)
			}
		}
	})
}

func FuzzServerStrings(f *testing.F) {
	addHostile(f)
	f.Fuzz(func(t *testing.T, s string) {
		for name, quote := range map[string]func(string) string{"nginx": nginxString, "apache": apacheArgument, "caddy": caddyToken} {
			q := quote(s)
			got, ok := doubleQuoted(q)
			if !ok || strings.ContainsAny(q, "\r\n\x00") {
				t.Errorf("%s: %q quoted as %s is no single word", name, s, q)
			}
			want := strings.ReplaceAll(printable(s), "$", "")
			if name == "caddy" {
				want = strings.NewReplacer("{", "?", "}", "?").Replace(printable(s))
			}
			if got != want {
				t.Errorf("%s: %q quoted as %s reads as %q", name, s, q, got)
			}
		}
	})
}

func FuzzApachePattern(f *testing.F) {
	addHostile(f)
	f.Fuzz(func(t *testing.T, s string) {
		q := apachePattern(s)
		if strings.Trim(q, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-/:\\") != "" {
			t.Errorf("%q as a pattern is %s", s, q)
		}
		// Apache's PCRE matches bytes: so does this, one rune a byte.
		var bytes []rune
		for _, c := range []byte(printable(s)) {
			bytes = append(bytes, rune(c))
		}
		if re, err := regexp.Compile("^" + q + "$"); err != nil || !re.MatchString(string(bytes)) {
			t.Errorf("%q does not match its pattern %s: %v", s, q, err)
		}
	})
}

func FuzzPrograms(f *testing.F) {
	addHostile(f)
	f.Fuzz(func(t *testing.T, s string) {
		var got string
		if err := json.Unmarshal([]byte(jsString(s)), &got); err != nil || got != printable(s) {
			t.Errorf("js: %q quoted as %s reads as %q: %v", s, jsString(s), got, err)
		}
		if q := pythonString(s); strings.ContainsAny(q, "\r\n") || strings.Count(strings.ReplaceAll(strings.ReplaceAll(q, `\\`, ""), `\"`, ""), `"`) != 2 {
			t.Errorf("python: %q quoted as %s", s, q)
		}
		q := phpString(s)
		inner := strings.ReplaceAll(strings.ReplaceAll(q[1:len(q)-1], `\\`, ""), `\'`, "")
		if strings.ContainsAny(inner, `'\`+"\n") {
			t.Errorf("php: %q quoted as %s", s, q)
		}
		w := windowsString(s)
		if strings.ContainsAny(w[1:len(w)-1], "\"`$\\!^\r\n") {
			t.Errorf("windows: %q quoted as %s", s, w)
		}
	})
}

func FuzzNames(f *testing.F) {
	addHostile(f)
	f.Fuzz(func(t *testing.T, s string) {
		for _, n := range []string{fileName(s), hostName(s)} {
			if n == "" || n[0] == '.' || n[0] == '-' || strings.ContainsAny(n, "/\\ '\"`$(){};<>|&*?[]#\n") {
				t.Errorf("%q became the name %q", s, n)
			}
		}
		if p := prose(s); strings.ContainsAny(p, "`\n\r") {
			t.Errorf("%q became the prose %q", s, p)
		}
	})
}

// TestInterpreters asks the real languages to read the values back.
func TestInterpreters(t *testing.T) {
	cases := []struct {
		program string
		args    func(q string) []string
		quote   func(string) string
	}{
		{"bash", func(q string) []string { return []string{"-c", "printf %s " + q} }, shell},
		{"node", func(q string) []string { return []string{"-e", "process.stdout.write(" + q + ")"} }, jsString},
		{"python3", func(q string) []string {
			return []string{"-c", "import sys; sys.stdout.buffer.write(" + q + ".encode())"}
		}, pythonString},
		{"php", func(q string) []string { return []string{"-r", "echo " + q + ";"} }, phpString},
	}
	for _, c := range cases {
		path, err := exec.LookPath(c.program)
		if err != nil {
			t.Logf("%s is not installed", c.program)
			continue
		}
		for _, s := range hostile {
			out, err := exec.Command(path, c.args(c.quote(s))...).CombinedOutput()
			if err != nil || string(out) != printable(s) {
				t.Errorf("%s reads %s as %q, want %q: %v", c.program, c.quote(s), out, printable(s), err)
			}
		}
	}
}
