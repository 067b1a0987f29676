package remedy

import (
	"regexp"
	"strings"
	"sync"
)

var (
	perlSub    = regexp.MustCompile(`^sub ([a-z_]+)`)
	perlBranch = regexp.MustCompile(`^(?:els)?if \(\$task eq '([a-z-]+)'\)`)
	perlWord   = regexp.MustCompile(`[a-z_]+`)
)

// prunedKey is a server, told by its first program, and a task.
type prunedKey struct {
	program *string
	task    string
}

// pruned holds what prune has made: it follows from the programs alone, and a
// report has many fixes.
var pruned sync.Map // of prunedKey to string

// programFor is what a task needs of the server's program.
func (s server) programFor(task string) string {
	key := prunedKey{s.programs[0], task}
	if program, ok := pruned.Load(key); ok {
		return program.(string)
	}
	program := prune(s.program(), task)
	pruned.Store(key, program)
	return program
}

// prune leaves of a program what its task needs, since people read what they
// are to run as root: of the choice at its end the one branch, and of the
// functions those that the rest names. The programs are written for it: what
// begins at the margin goes on with indented lines up to a brace.
func prune(program, task string) string {
	pieces := pieces(program, task)
	needed := map[string]bool{}
	functions := map[string]string{}
	var visit func(code string)
	visit = func(code string) {
		for _, word := range perlWord.FindAllString(code, -1) {
			if f, ok := functions[word]; ok && !needed[word] {
				needed[word] = true
				visit(f)
			}
		}
	}
	for _, p := range pieces {
		if p.function != "" {
			functions[p.function] = p.code
		}
	}
	for _, p := range pieces {
		if p.function == "" {
			visit(p.code)
		}
	}
	var b strings.Builder
	for _, p := range pieces {
		if p.function == "" || needed[p.function] {
			b.WriteString(p.comment + p.code)
		}
	}
	return b.String()
}

// piece is a part of a program that stands or falls as one.
type piece struct{ comment, code, function string }

// pieces are those of a program but for the branches of other tasks.
func pieces(program, task string) []piece {
	var out []piece
	var next piece
	skipping := false
	for line := range strings.Lines(program) {
		goesOn := strings.HasPrefix(line, " ") || strings.HasPrefix(line, "}")
		switch branch := perlBranch.FindStringSubmatch(line); {
		case goesOn && !skipping:
			out[len(out)-1].code += line
			continue
		case goesOn:
			continue
		case strings.HasPrefix(line, "#"):
			next.comment += line
			continue
		case branch != nil && branch[1] != task || strings.HasPrefix(line, "else "):
			skipping = true
			continue
		case branch != nil:
			next.code = strings.TrimPrefix(line, "els")
		case perlSub.MatchString(line):
			next.code, next.function = line, perlSub.FindStringSubmatch(line)[1]
		case line == "\n" && len(out) > 0 && out[len(out)-1].function != "":
			out[len(out)-1].code += line // the empty line behind a function goes with it
			skipping, next = false, piece{}
			continue
		default:
			next.code = line
		}
		skipping = false
		out, next = append(out, next), piece{}
	}
	return out
}
