package rules

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// allowedImports keep the catalogue pure: nothing here opens a connection,
// reads a file or asks the clock.
var allowedImports = map[string]bool{
	"cmp": true, "encoding/hex": true, "errors": true, "fmt": true, "maps": true, "slices": true, "sort": true,
	"strconv": true, "strings": true, "text/template": true, "time": true, "unicode": true,
	"net": true, "net/netip": true, // JoinHostPort and ParseAddr
	"hookcheck/checker/cert": true, "hookcheck/checker/certfile": true, "hookcheck/checker/evidence": true, "hookcheck/checker/facts": true,
	"hookcheck/checker/remedy": true, "hookcheck/checker/target": true, "hookcheck/internal/lang": true,
}

// impure are functions of allowed packages that reach outside.
var impure = regexp.MustCompile(`^(net\.(Dial|Listen|Lookup|Resolve|Interface)|time\.(Now|Since|Until|Sleep|After|Tick|New))`)

var ruleFile = regexp.MustCompile(`^(url|dns|tcp|tls|chain|cert|upload|http|pem)_[a-z0-9_]+\.go$`)

func TestRulesArePureAndOneToAFile(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, e := range entries {
		name := e.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		checkImports(t, name, file)
		constructors := ruleConstructors(file)
		found += len(constructors)
		if len(constructors) > 1 || len(constructors) == 1 && !ruleFile.MatchString(name) {
			t.Errorf("%s holds the rules %v", name, constructors)
		}
	}
	if found != len(All()) {
		t.Errorf("%d rule functions are written and %d are in the catalogue", found, len(All()))
	}
}

func checkImports(t *testing.T, name string, file *ast.File) {
	t.Helper()
	for _, spec := range file.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil || !allowedImports[path] {
			t.Errorf("%s imports %s", name, spec.Path.Value)
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if sel, ok := n.(*ast.SelectorExpr); ok {
			if pkg, ok := sel.X.(*ast.Ident); ok && impure.MatchString(pkg.Name+"."+sel.Sel.Name) {
				t.Errorf("%s uses %s.%s", name, pkg.Name, sel.Sel.Name)
			}
		}
		return true
	})
}

// ruleConstructors are the functions of a file that return one Rule.
func ruleConstructors(file *ast.File) []string {
	var names []string
	for _, d := range file.Decls {
		fn, ok := d.(*ast.FuncDecl)
		if !ok || fn.Recv != nil || !strings.HasPrefix(fn.Name.Name, "rule") || fn.Type.Params.NumFields() != 0 {
			continue
		}
		if res := fn.Type.Results; res != nil && len(res.List) == 1 {
			if id, ok := res.List[0].Type.(*ast.Ident); ok && id.Name == "Rule" {
				names = append(names, fn.Name.Name)
			}
		}
	}
	return names
}
