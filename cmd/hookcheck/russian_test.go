package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"hookcheck/internal/langtest"
)

// TestEverythingIsTranslated reads the source: each text that goes to people
// has Russian, and no Russian is left over.
func TestEverythingIsTranslated(t *testing.T) {
	used := map[string]bool{"Show context-sensitive help.": true, "Output:": true} // kong's own, and the title of a group
	for _, text := range commandLineTexts(t) {
		used[text] = true
		if inRussian(text) == text && strings.ContainsFunc(strings.NewReplacer("%s", "", "%v", "", "--roots", "", "--hostname", "").Replace(text), isLetter) {
			t.Errorf("%q has no Russian", text)
		}
	}
	if len(used) < 60 {
		t.Fatalf("only %d texts were found", len(used))
	}
	for en, ru := range russianTexts {
		if !used[en] {
			t.Errorf("%q is used nowhere", en)
		}
		if run := langtest.EnglishRun(ru); run != "" && !strings.Contains(ru, "hookcheck ") {
			t.Errorf("English in %q: %q", ru, run)
		}
		if a, b := strings.Count(en, "%"), strings.Count(ru, "%"); a != b {
			t.Errorf("%q has %d values, %q %d", en, a, ru, b)
		}
	}
}

func isLetter(r rune) bool { return r >= 'a' && r <= 'z' }

// commandLineTexts are formats, hints and the help of flags.
func commandLineTexts(t *testing.T) []string {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		if name := e.Name(); !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), e.Name(), nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(node ast.Node) bool {
			out = append(out, textsAt(node)...)
			return true
		})
	}
	return out
}

func textsAt(node ast.Node) []string {
	var found []ast.Expr
	switch n := node.(type) {
	case *ast.CallExpr:
		switch name := called(n); {
		case name == "usage" && len(n.Args) > 1:
			found = n.Args[:2]
		case name == "warn" && len(n.Args) > 0, name == "Description":
			found = n.Args[:1]
		}
	case *ast.AssignStmt:
		if id, ok := n.Lhs[0].(*ast.Ident); ok && id.Name == "hint" {
			found = n.Rhs
		}
	case *ast.ReturnStmt: // likeIt
		found = n.Results
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && key.Name == "Title" {
			found = []ast.Expr{n.Value}
		}
	case *ast.Field:
		if n.Tag != nil {
			tag, _ := strconv.Unquote(n.Tag.Value)
			if help := reflect.StructTag(tag).Get("help"); help != "" {
				return []string{help}
			}
		}
	}
	var out []string
	for _, e := range found {
		if lit, ok := e.(*ast.BasicLit); ok && lit.Kind == token.STRING {
			if s, err := strconv.Unquote(lit.Value); err == nil && strings.Contains(s, " ") && !strings.Contains(s, "\n") {
				out = append(out, s)
			}
		}
	}
	return out
}

func called(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}
