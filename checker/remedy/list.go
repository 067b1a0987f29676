package remedy

import (
	"sort"
	"strings"

	"hookcheck/internal/lang"
)

// Constructor makes one remedy for a situation. A zero Remedy means that it
// does not apply there.
type Constructor func(*Params) Remedy

// List combines constructors for a rule, leaving out what does not apply.
func List(cs ...Constructor) func(*Params) []Remedy {
	return func(p *Params) []Remedy {
		out := make([]Remedy, 0, len(cs))
		for _, c := range cs {
			if r := c(p); r.ID != "" {
				out = append(out, r)
			}
		}
		return out
	}
}

// Sort moves the likely platforms to the front, most likely first, and keeps
// the order otherwise. The argument is not changed.
func Sort(rs []Remedy, likely []string) []Remedy {
	rank := make(map[string]int, len(likely))
	for i, platform := range likely {
		if _, seen := rank[platform]; !seen {
			rank[platform] = i
		}
	}
	out := append([]Remedy(nil), rs...)
	place := func(r Remedy) int {
		if i, ok := rank[r.Platform]; ok {
			return i
		}
		return len(likely)
	}
	sort.SliceStable(out, func(i, j int) bool { return place(out[i]) < place(out[j]) })
	return out
}

// text pairs the two languages.
func text(en, ru string) lang.Text { return lang.Text{EN: en, RU: ru} }

// platformOf is the part of an id before the dot.
func platformOf(id string) string {
	platform, _, _ := strings.Cut(id, ".")
	return platform
}

// command is a remedy that runs on the bot's host.
func command(id string, title lang.Text, body, undo string) Remedy {
	return Remedy{
		ID: id, Platform: platformOf(id), Kind: Command, Title: title,
		Where: text("shell on the bot's host, as root", "командная строка сервера бота, от имени root"),
		Body:  lang.Both(body), Undo: undo,
	}
}

// anywhere is a command that runs on any machine with a shell and curl.
func anywhere(id string, title lang.Text, body, undo string) Remedy {
	r := command(id, title, body, undo)
	r.Where = text("shell of any machine with curl", "командная строка любой машины с curl")
	return r
}

// note is prose.
func note(id string, title, body lang.Text) Remedy {
	return Remedy{
		ID: id, Platform: platformOf(id), Kind: Note, Title: title,
		Where: text("by hand", "вручную"), Body: body,
	}
}

// fill replaces @NAME@ marks in one pass, so that a value which looks like a
// mark is left alone.
func fill(template string, pairs ...string) string {
	return strings.NewReplacer(pairs...).Replace(template)
}

// fillText fills both languages.
func fillText(t lang.Text, pairs ...string) lang.Text {
	return lang.Text{EN: fill(t.EN, pairs...), RU: fill(t.RU, pairs...)}
}
