package rules

import (
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"text/template"
	"time"

	"hookcheck/internal/lang"
)

// textFuncs are the functions that titles and details may use: what differs
// between languages, and the forms in which observed values are shown.
func textFuncs(l lang.Lang) template.FuncMap {
	say := func(en, ru string) string { return lang.Text{EN: en, RU: ru}.In(l) }
	return template.FuncMap{
		"plural": func(n int, one, few, many string) string { return lang.Plural(l, n, one, few, many) },
		"date":   func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
		"rel":    func(when, now time.Time) string { return relative(l, when, now) },
		"days":   func(n int) string { return count(l, n, unitDay) },
		"nth":    func(position int) string { return say("no. ", "№ ") + strconv.Itoa(position+1) },
		"nths":   func(positions []int) string { return say("no. ", "№ ") + ordinals(positions) },
		"fp":     fingerprint,
		"bytes":  func(n int64) string { return count(l, int(n), unitByte) },
		"list":   func(items []string) string { return listing(l, items, maxListed) },
		"few":    func(items []string) string { return listing(l, items, maxInTitle) },
		"literal": func(s string) string { // what a server sent, with its control characters escaped
			q := strconv.Quote(s)
			return say(`"`, "«") + q[1:len(q)-1] + say(`"`, "»")
		},
		"decimal": func(x float64) string {
			return strings.Replace(strconv.FormatFloat(x, 'f', 1, 64), ".", say(".", ","), 1)
		},
		"quote": func(s string) string { return say(`"`, "«") + s + say(`"`, "»") },
		"which": func(c certRef) string { return which(l, c) },
		"whiches": func(cs []certRef) string {
			items := make([]string, len(cs))
			for i, c := range cs {
				items[i] = which(l, c)
			}
			return listing(l, items, maxListed)
		},
		"faults":       func(ids []string) string { return faultPhrases(l, ids) },
		"lints":        func(groups []lintGroup) string { return lintPhrases(l, groups) },
		"format":       func(name string) string { return formatPhrase(l, name) },
		"pemplaces":    func(items []pemItem) string { return pemPlaces(l, items) },
		"pemplace":     func(items []pemItem) string { return pemPlace(l, items) },
		"fetchtrouble": func(code string) string { return fetchTrouble(l, code) },
		"pemproblem":   func(items []pemItem) string { return pemProblem(l, items) },
		"pemformat": func(items []pemItem) string {
			if len(items) == 0 {
				return ""
			}
			return formatPhrase(l, items[0].Format)
		},
	}
}

// unit is a noun that is counted: English one and many, Russian one, few, many.
type unit struct{ en, ens, one, few, many string }

var (
	unitByte   = unit{"byte", "bytes", "байт", "байта", "байт"}
	unitMinute = unit{"minute", "minutes", "минуту", "минуты", "минут"}
	unitHour   = unit{"hour", "hours", "час", "часа", "часов"}
	unitDay    = unit{"day", "days", "день", "дня", "дней"}
	unitYear   = unit{"year", "years", "год", "года", "лет"}
)

func count(l lang.Lang, n int, u unit) string {
	if l == lang.RU {
		return strconv.Itoa(n) + " " + lang.Plural(l, n, u.one, u.few, u.many)
	}
	return strconv.Itoa(n) + " " + lang.Plural(l, n, u.en, u.ens, u.ens)
}

// relative says how far a moment lies from now: "9 days ago", "in 3 hours".
func relative(l lang.Lang, when, now time.Time) string {
	d := when.Sub(now)
	past := d < 0
	if past {
		d = -d
	}
	const day = 24 * time.Hour
	var span string
	switch {
	case d < time.Minute:
		return lang.Text{EN: "just now", RU: "только что"}.In(l)
	case d < 2*time.Hour:
		span = count(l, int(d/time.Minute), unitMinute)
	case d < 2*day:
		span = count(l, int(d/time.Hour), unitHour)
	case d < 730*day:
		span = count(l, int(d/day), unitDay)
	default:
		span = count(l, int(d/(365*day)), unitYear)
	}
	switch {
	case l == lang.RU && past:
		return span + " назад"
	case l == lang.RU:
		return "через " + span
	case past:
		return span + " ago"
	}
	return "in " + span
}

// How many items of a list a detail and a title show.
const (
	maxListed  = 8
	maxInTitle = 3
)

func listing(l lang.Lang, items []string, most int) string {
	if len(items) <= most {
		return strings.Join(items, ", ")
	}
	more := lang.Text{EN: " and %d more", RU: " и ещё %d"}.In(l)
	return strings.Join(items[:most], ", ") + fmt.Sprintf(more, len(items)-most)
}

func ordinals(positions []int) string {
	items := make([]string, len(positions))
	for i, p := range positions {
		items[i] = strconv.Itoa(p + 1)
	}
	return strings.Join(items, ", ")
}

// fingerprint shows both ends of a SHA-256 as openssl x509 prints it; the whole
// of it is in the finding's evidence.
func fingerprint(sum string) string {
	raw, err := hex.DecodeString(sum)
	if err != nil || len(raw) < 8 {
		return sum
	}
	return colons(raw[:4]) + "…" + colons(raw[len(raw)-4:])
}

func colons(raw []byte) string {
	return strings.ToUpper(strings.ReplaceAll(fmt.Sprintf("% x", raw), " ", ":"))
}

// which names a certificate in a sentence by its subject and its place.
func which(l lang.Lang, c certRef) string {
	name := `"` + c.Subject + `"`
	if l == lang.RU {
		name = "«" + c.Subject + "»"
	}
	if c.Subject == "" {
		name = lang.Text{EN: "(empty subject)", RU: "(пустой subject)"}.In(l)
	}
	if c.Position < 0 {
		return name
	}
	return name + fmt.Sprintf(lang.Text{EN: " (no. %d as sent)", RU: " (№ %d из присланных)"}.In(l), c.Position+1)
}
