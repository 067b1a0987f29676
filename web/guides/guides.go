// Package guides holds the short pages about what comes before and after a
// check, in every language.
package guides

import "hookcheck/internal/lang"

// Guide is one page.
type Guide struct {
	ID    string
	Title lang.Text
	Lead  lang.Text
	Parts []Part
}

// Part is one section of a guide.
type Part struct {
	Heading lang.Text
	Blocks  []Block
}

// Block is a paragraph, a list, claims or code, whichever is filled in. What
// stands between backticks is code.
type Block struct {
	Text   lang.Text
	Items  []lang.Text
	Claims []Claim
	Code   string
}

// Claim is what is often read, and what is true.
type Claim struct {
	Said, True lang.Text
}

// All lists the guides in the order in which they are offered.
func All() []Guide {
	return []Guide{needs(), selfSigned(), polling(), severalBots(), hosting(), myths()}
}

// Get finds a guide.
func Get(id string) (Guide, bool) {
	for _, g := range All() {
		if g.ID == id {
			return g, true
		}
	}
	return Guide{}, false
}

func part(en, ru string, blocks ...Block) Part {
	return Part{Heading: lang.Text{EN: en, RU: ru}, Blocks: blocks}
}

func text(en, ru string) Block { return Block{Text: lang.Text{EN: en, RU: ru}} }

// list takes its items as pairs of English and Russian.
func list(pairs ...string) Block {
	var b Block
	for i := 0; i+1 < len(pairs); i += 2 {
		b.Items = append(b.Items, lang.Text{EN: pairs[i], RU: pairs[i+1]})
	}
	return b
}

func claim(said, truth lang.Text) Claim { return Claim{Said: said, True: truth} }

func code(s string) Block { return Block{Code: s} }
