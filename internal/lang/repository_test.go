package lang

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"hookcheck/internal/langtest"
)

const root = "../.."

// literal is a string of the product, in the place where it stands.
type literal struct {
	where string
	text  string
}

// TestRussianTexts reads every Russian string of the product: it holds no
// English sentence outside code, and no word that the glossary rules out.
func TestRussianTexts(t *testing.T) {
	banned := glossary(t)
	var all []string
	for _, b := range banned {
		all = append(all, b.words.String())
	}
	some := regexp.MustCompile(strings.Join(all, "|"))
	n := 0
	for _, l := range literals(t) {
		if !strings.ContainsFunc(l.text, cyrillic) {
			continue
		}
		n++
		if run := langtest.EnglishRun(l.text); run != "" {
			t.Errorf("%s: English in a Russian text: %q", l.where, run)
		}
		if yo.MatchString(l.text) {
			t.Errorf("%s: ё is missing in %q", l.where, yo.FindString(l.text))
		}
		text := langtest.WithoutCode(l.text)
		if !some.MatchString(text) {
			continue
		}
		for _, b := range banned {
			if found := b.words.FindString(text); found != "" {
				t.Errorf("%s: %q; the glossary says: %s", l.where, strings.TrimSpace(found), b.instead)
			}
		}
	}
	if n < 500 {
		t.Fatalf("only %d Russian strings were found", n)
	}
}

// TestTextsInBothLanguages: each Text literal has both, and Russian is written
// in Russian where English is a sentence.
func TestTextsInBothLanguages(t *testing.T) {
	n := 0
	eachFile(t, func(path string, file *ast.File, set *token.FileSet) {
		ast.Inspect(file, func(node ast.Node) bool {
			en, ru, is := pair(node)
			if !is {
				return true
			}
			n++
			where := filepath.ToSlash(path) + ":" + strconv.Itoa(set.Position(node.Pos()).Line)
			switch {
			case en == nil || ru == nil:
				t.Errorf("%s: a text in one language alone", where)
			case empty(en) || empty(ru):
				t.Errorf("%s: an empty text", where)
			case len(strings.Fields(stringOf(en))) > 3 && !strings.ContainsFunc(stringOf(ru), cyrillic) && stringOf(ru) != "":
				t.Errorf("%s: %q is not translated", where, stringOf(ru))
			}
			return true
		})
	})
	if n < 200 {
		t.Fatalf("only %d texts were found", n)
	}
}

// literals are the strings of the product's own Go files, each concatenation
// as one.
func literals(t *testing.T) []literal {
	t.Helper()
	var out []literal
	eachFile(t, func(path string, file *ast.File, set *token.FileSet) {
		ast.Inspect(file, func(node ast.Node) bool {
			e, ok := node.(ast.Expr)
			if !ok {
				return true
			}
			text := stringOf(e)
			if text == "" {
				return true
			}
			out = append(out, literal{filepath.ToSlash(path) + ":" + strconv.Itoa(set.Position(e.Pos()).Line), text})
			return false
		})
	})
	return out
}

func eachFile(t *testing.T, do func(string, *ast.File, *token.FileSet)) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		name := entry.Name()
		switch {
		case err != nil:
			return err
		case entry.IsDir() && (strings.HasPrefix(name, ".") && name != ".." || name == "testdata" || name == "node_modules"):
			return filepath.SkipDir
		case !strings.HasSuffix(name, ".go"), strings.HasSuffix(name, "_test.go"), strings.HasSuffix(name, "_templ.go"):
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		do(rel, file, set)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// pair reads Text{EN: …, RU: …}, also where the type is left out, and text(…, …)
// as several rooms call it.
func pair(node ast.Node) (en, ru ast.Expr, is bool) {
	if call, ok := node.(*ast.CallExpr); ok {
		if name, ok := call.Fun.(*ast.Ident); ok && name.Name == "text" && len(call.Args) == 2 && stringOf(call.Args[0]) != "" {
			return call.Args[0], call.Args[1], true
		}
	}
	c, ok := node.(*ast.CompositeLit)
	if !ok {
		return nil, nil, false
	}
	for _, e := range c.Elts {
		kv, ok := e.(*ast.KeyValueExpr)
		if !ok {
			return nil, nil, false
		}
		switch key, _ := kv.Key.(*ast.Ident); {
		case key == nil:
		case key.Name == "EN":
			en = kv.Value
		case key.Name == "RU":
			ru = kv.Value
		}
	}
	return en, ru, en != nil || ru != nil
}

func empty(e ast.Expr) bool {
	lit, ok := e.(*ast.BasicLit)
	return ok && (lit.Value == `""` || lit.Value == "``")
}

// stringOf is the text of a literal, or of a sum in which at least one is.
func stringOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BasicLit:
		if s, err := strconv.Unquote(e.Value); err == nil && e.Kind == token.STRING {
			return s
		}
	case *ast.BinaryExpr:
		if e.Op == token.ADD {
			return stringOf(e.X) + stringOf(e.Y)
		}
	}
	return ""
}

// yo finds words that are misread without their dots.
var yo = regexp.MustCompile(`(?i)(?:^|[^\p{L}])(?:еще|истек|прочел|учтен|причем)(?:[^\p{L}]|$)`)

func cyrillic(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }

// rule is a row of the glossary that rules words out.
type rule struct {
	words   *regexp.Regexp
	instead string
}

func glossary(t *testing.T) []rule {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, "docs", "glossary.md"))
	if err != nil {
		t.Fatal(err)
	}
	var out []rule
	for line := range strings.Lines(string(data)) {
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		if len(cells) != 3 || strings.HasPrefix(cells[0], "---") || strings.TrimSpace(cells[2]) == "не пишем" {
			continue
		}
		if strings.TrimSpace(cells[1]) == "" {
			t.Errorf("a row without a Russian word: %s", line)
		}
		for phrase := range strings.SplitSeq(cells[2], ",") {
			if phrase = strings.TrimSpace(phrase); phrase != "" {
				out = append(out, rule{pattern(phrase), strings.TrimSpace(cells[1])})
			}
		}
	}
	if len(out) < 50 {
		t.Fatalf("only %d words are ruled out", len(out))
	}
	return out
}

// pattern makes a phrase a pattern over whole words; a hyphen at the end of a
// word stands for any ending.
func pattern(phrase string) *regexp.Regexp {
	var parts []string
	for _, w := range strings.Fields(phrase) {
		stem, open := strings.CutSuffix(w, "-")
		p := regexp.QuoteMeta(stem)
		if open {
			p += `\p{L}*`
		}
		parts = append(parts, p)
	}
	return regexp.MustCompile(`(?i)(?:^|[^\p{L}])` + strings.Join(parts, `\s+`) + `(?:[^\p{L}]|$)`)
}
