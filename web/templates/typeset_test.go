package templates

import (
	"strings"
	"testing"

	"hookcheck/internal/lang"
)

func TestTypeset(t *testing.T) {
	for in, want := range map[string]string{
		"в порту и на хосте": "в порту и на хосте", "Telegram — клиент": "Telegram — клиент", "№ 1 из присланных": "№ 1 из присланных",
		"«О сертификатах» и о них": "«О сертификатах» и о них", "a chain of I do not know": "a chain of I do not know", "выбор": "выбор", "за 12,5 с не": "за 12,5\u00a0с\u00a0не", "256 КиБ, а": "256\u00a0КиБ, а", "5 секунд": "5 секунд", "": "",
	} {
		if got := typeset(in); got != want {
			t.Errorf("%q becomes %q", in, got)
		}
	}
	if m := For(lang.RU); !strings.Contains(m.Lead, "и даст") || strings.Contains(russian.Lead, " ") {
		t.Errorf("the words of the pages are not typeset: %q", m.Lead)
	}
}
