package rules

import (
	"slices"
	"testing"
	"time"

	"hookcheck/internal/lang"
)

func TestRelative(t *testing.T) {
	now := trustNow()
	for _, tc := range []struct {
		d      time.Duration
		en, ru string
	}{
		{-9 * 24 * time.Hour, "9 days ago", "9 дней назад"},
		{-21 * 24 * time.Hour, "21 days ago", "21 день назад"},
		{3*24*time.Hour + time.Hour, "in 3 days", "через 3 дня"},
		{-30 * time.Second, "just now", "только что"},
		{-time.Minute, "1 minute ago", "1 минуту назад"},
		{119 * time.Minute, "in 119 minutes", "через 119 минут"},
		{-25 * time.Hour, "25 hours ago", "25 часов назад"},
		{-47*time.Hour - 59*time.Minute, "47 hours ago", "47 часов назад"},
		{-48 * time.Hour, "2 days ago", "2 дня назад"},
		{-5 * 365 * 24 * time.Hour, "5 years ago", "5 лет назад"},
	} {
		if got := relative(lang.EN, now.Add(tc.d), now); got != tc.en {
			t.Errorf("%v: %q, want %q", tc.d, got, tc.en)
		}
		if got := relative(lang.RU, now.Add(tc.d), now); got != tc.ru {
			t.Errorf("%v: %q, want %q", tc.d, got, tc.ru)
		}
	}
}

func TestListing(t *testing.T) {
	ten := []string{"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}
	if got, want := listing(lang.EN, ten, 8), "0, 1, 2, 3, 4, 5, 6, 7 and 2 more"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := listing(lang.RU, ten, 8), "0, 1, 2, 3, 4, 5, 6, 7 и ещё 2"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := listing(lang.EN, ten[:8], 8), "0, 1, 2, 3, 4, 5, 6, 7"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestFingerprint(t *testing.T) {
	if got, want := fingerprint("00ff10abcdef01234567"), "00:FF:10:AB…01:23:45:67"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := fingerprint("zz"); got != "zz" {
		t.Errorf("%q", got)
	}
}

func TestWhich(t *testing.T) {
	for _, tc := range []struct {
		c      certRef
		en, ru string
	}{
		{certRef{Subject: "CN = a", Position: 1}, `"CN = a" (no. 2 as sent)`, `«CN = a» (№ 2 из присланных)`},
		{certRef{Subject: "CN = a", Position: -1}, `"CN = a"`, `«CN = a»`},
		{certRef{Position: 0}, `(empty subject) (no. 1 as sent)`, `(пустой subject) (№ 1 из присланных)`},
	} {
		if en, ru := which(lang.EN, tc.c), which(lang.RU, tc.c); en != tc.en || ru != tc.ru {
			t.Errorf("%q, %q", en, ru)
		}
	}
}

func TestNamedOIDs(t *testing.T) {
	got := namedOIDs([]string{"2.5.29.37.0", "1.2.3"})
	if want := []string{"anyExtendedKeyUsage (2.5.29.37.0)", "1.2.3"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
