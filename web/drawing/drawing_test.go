package drawing_test

import (
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hookcheck/web/drawing"
)

var update = flag.Bool("update", false, "write the golden drawings anew")

func life(elapsed float64, state, text string) *drawing.Life {
	return &drawing.Life{Elapsed: elapsed, State: state, Text: text}
}

func sent(label, name string) drawing.Row {
	return drawing.Row{Kind: drawing.Sent, Label: label, Name: name, Life: life(0.4, "ok", "61 days left")}
}

func anchor(name string) drawing.Row {
	return drawing.Row{Kind: drawing.Anchor, Label: "root, need not be sent", Name: name, Note: "in: today's Mozilla list"}
}

func extra(row drawing.Row) drawing.Row { row.Kind = drawing.Extra; return row }

// drawings are the shapes that chains come in.
func drawings() map[string][]drawing.Row {
	leaf, ca, root := sent("1 · server's certificate", "bot.example.org"), sent("2 · intermediate", "Example CA 1"), anchor("Example Root")
	gap := drawing.Row{Kind: drawing.Missing, Label: "not sent", Name: "Example CA 1", Note: "offered at http://ca.example.net/ca1.der"}
	unsure := drawing.Row{Kind: drawing.Unknown, Label: "root", Name: "what belongs here is not known"}
	self := sent("1 · server's certificate", "bot.example.org")
	self.Loop, self.Bad = true, true
	uploaded := anchor("Somebody's Root")
	uploaded.Note = "in: given by you"
	expired := sent("2 · intermediate", "Example CA 1")
	expired.Bad, expired.Life = true, life(1.4, "over", "expired 40 days ago")
	future := sent("1 · server's certificate", "bot.example.org")
	future.Bad, future.Life = true, life(-2, "future", "becomes valid in 3 days")
	lists := anchor("Example Root")
	lists.Note = "in: today's Mozilla list, the older list that Telegram's guide links, this system's list, given by you"
	deep := []drawing.Row{leaf}
	for i := range 10 {
		deep = append(deep, sent("intermediate", "Intermediate number "+string(rune('0'+i))+" of a long way down to the root"))
	}
	return map[string][]drawing.Row{
		"missing_one_of_two":   {leaf, gap, sent("2 · intermediate", "Example CA 2"), root},
		"missing_and_unknown":  {leaf, gap, unsure},
		"cross_signed_twins":   {leaf, ca, root, extra(sent("3 · intermediate", "Example CA 1"))},
		"two_valid_paths":      {leaf, ca, root, extra(sent("3 · intermediate", "Example Root")), extra(sent("4 · root", "Old Root"))},
		"unrelated":            {leaf, ca, root, extra(sent("3 · unrelated", "Somebody Else's CA"))},
		"self_signed":          {self},
		"uploaded_root":        {leaf, ca, uploaded},
		"ten_deep":             append(deep, root),
		"expired_intermediate": {leaf, expired, root},
		"not_yet_valid":        {future, ca, root},
		"wide":                 {sent("1 · server's certificate", strings.Repeat("Щ", 64)), sent("2 · intermediate", strings.Repeat("W", 64)), sent("3 · intermediate", strings.Repeat("證", 64)), lists},
		"hostile":              {sent("0 · <b>", "\"'&<script>\x01\ufffe"+strings.Repeat("ж", 3000))},
		"nothing":              {},
	}
}

func TestGolden(t *testing.T) {
	for name, rows := range drawings() {
		got := drawing.SVG(drawing.Chain{ID: "d", Title: "The chain", Text: "All that it shows.", AlsoSent: "Also sent:", Rows: rows})
		wellFormed(t, name, got)
		file := filepath.Join("testdata", name+".svg")
		if *update {
			if err := os.WriteFile(file, []byte(got+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got+"\n" != string(want) {
			t.Errorf("%s differs from its golden file: look at it, then run with -update", name)
		}
	}
}

func wellFormed(t *testing.T, name, svg string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(svg))
	for {
		_, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("%s is no XML: %v", name, err)
		}
	}
}

func TestManyRowsAreBounded(t *testing.T) {
	rows := make([]drawing.Row, 5000)
	if svg := drawing.SVG(drawing.Chain{ID: "d", Rows: rows}); len(svg) > 100<<10 {
		t.Errorf("%d bytes", len(svg))
	}
}

// TestLettersFit: whatever the letters, a line ends within the picture.
func TestLettersFit(t *testing.T) {
	for name, svg := range map[string]string{
		"Latin": strings.Repeat("W", 300), "Cyrillic": strings.Repeat("Щ", 300), "Han": strings.Repeat("證", 300), "narrow": strings.Repeat("i", 300),
	} {
		drawn := drawing.SVG(drawing.Chain{ID: "d", Rows: []drawing.Row{{Kind: drawing.Sent, Name: svg}}})
		n := strings.Count(drawn, svg[:len(svg)/300])
		if want := map[string]int{"Latin": 24, "Cyrillic": 23, "Han": 24, "narrow": 76}[name]; n > want || n < want/2 {
			t.Errorf("%s: %d letters", name, n)
		}
	}
}

func TestShorten(t *testing.T) {
	for in, want := range map[string]string{"short": "short", "abcdefghijkl": "abcdef…jkl", "жжжжжжжжжжжж": "жжжжжж…жжж"} {
		if got := drawing.Shorten(in, 10); got != want {
			t.Errorf("%q becomes %q, not %q", in, got, want)
		}
	}
}
