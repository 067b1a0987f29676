package facts

import "testing"

func TestNearKind(t *testing.T) {
	for name, want := range map[string]string{
		"www.bot.example.org": NearWWW,
		"example.org":         NearApex,
		"*.bot.example.org":   NearWildcard,
		"a.*.example.org":     NearWildcard,
		"*.org":               NearWildcard,
		"shop.example.org":    NearSibling,
		"bot.exampel.org":     NearTypo,
		"other.test":          "",
	} {
		if got := nearKind("bot.example.org", name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
