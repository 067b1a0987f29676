package render

import (
	"io"
	"strconv"
	"strings"

	"hookcheck/checker/evidence"
	"hookcheck/checker/remedy"
	"hookcheck/checker/report"
)

// Text writes the report for people: the verdict, the root cause, the fix
// under it, then the rest.
func Text(out io.Writer, r *report.Report, o Options) error {
	w := newWriter(out, o)
	t := &text{writer: w, words: wordsFor(r), verbose: o.Verbose, shown: map[string]bool{}}
	if o.Quiet {
		t.quiet(r)
	} else {
		t.report(r)
	}
	return flush(w)
}

type text struct {
	*writer
	*words
	verbose bool
	shown   map[string]bool // fixes that stand in full above
}

// quiet is one line: verdict, endpoint, root cause.
func (t *text) quiet(r *report.Report) {
	parts := []string{t.paint(verdictColor(r.Verdict), string(r.Verdict))}
	if p := endpoint(r); p != "" {
		parts = append(parts, p)
	}
	if f := rootCause(r); f != nil {
		parts = append(parts, f.ID)
	}
	t.line(strings.Join(parts, " "), ": ", oneLine(r.Summary))
}

func (t *text) report(r *report.Report) {
	head := t.paint(bold+verdictColor(r.Verdict), t.verdict(r.Verdict))
	if p := endpoint(r); p != "" {
		head += "  " + t.paint(bold, p)
	}
	t.line(head)
	t.prose("", r.Summary)
	if e := r.Telegram.PredictedError; e != "" {
		t.line()
		t.line(t.reported(r), ":")
		t.code("  ", e)
	}
	for i := range r.Findings {
		t.line()
		t.finding(&r.Findings[i], r)
	}
	t.stageTable(r)
	t.lintList(r)
	if t.verbose {
		t.everything(r)
	}
}

func (t *text) reported(r *report.Report) string {
	label := t.telegramSays
	if r.Verdict == report.Unknown {
		label = t.telegramWouldSay
	}
	if by := r.Telegram.ReportedBy; by != "" {
		return label + " (" + by + ")"
	}
	return label
}

func (t *text) finding(f *report.Finding, r *report.Report) {
	sign, color := mark(f)
	t.hanging(sign+" ", color, f.Title)
	t.line("  ", t.paint(dim, t.severity(f)+" · "+f.ID))
	if f.Severity == "notice" && !t.verbose {
		return
	}
	t.prose("  ", f.Detail)
	if f.Vantage {
		t.prose("  ", "("+t.vantage+")")
	}
	t.remedies(f, r)
	if t.verbose {
		for _, s := range f.Sources {
			t.line("  ", t.paint(dim, oneLine(s.Name+": "+s.URL)))
		}
	}
}

// remedies shows the likeliest fix of a blocker in full and names the others.
// What is not urgent is named alone.
func (t *text) remedies(f *report.Finding, r *report.Report) {
	full := 0
	switch {
	case t.verbose:
		full = len(f.Remedies)
	case f.Severity == "blocker":
		full = min(1, len(f.Remedies))
	}
	for i := range f.Remedies[:full] {
		t.line()
		t.remedy(&f.Remedies[i], r)
	}
	rest := f.Remedies[full:]
	if len(rest) == 0 {
		return
	}
	t.line()
	label := t.moreFixes
	if full == 0 {
		label = t.fixes
	}
	t.prose("  ", label+" ("+t.seeVerbose+"):")
	for i, x := range rest {
		if i == mostTitles && len(rest) > mostTitles+1 {
			t.line("  … +", strconv.Itoa(len(rest)-i))
			return
		}
		title := []rune(oneLine(x.Title))
		if len(title) > longTitle {
			title = append(title[:longTitle-1], '…')
		}
		t.hanging("  – ", dim, string(title))
	}
}

// mostTitles is how many more fixes are named: the list is sorted, the
// likeliest first.
const mostTitles, longTitle = 8, 150

func (t *text) remedy(x *report.Remedy, r *report.Report) {
	key := x.ID + x.Body
	if t.shown[key] {
		t.labelled("  ", t.fix+": ", green, x.Title+" ("+t.above+")")
		return
	}
	t.shown[key] = true
	title := x.Title + hintFor(t.words, x.Platform, r)
	if gist, ok := remedy.Brief(x.Body); ok && !t.verbose {
		t.gist(title, gist, x)
		return
	}
	t.fixBody(fixText{
		title: title, where: x.Where,
		body: x.Body, apply: x.Apply, undo: x.Undo, prose: x.Kind == "note",
	})
}

// gist shows what a long fix comes to.
func (t *text) gist(title, gist string, x *report.Remedy) {
	t.labelled("  ", t.fix+": ", green, title)
	t.prose("  ", t.where+": "+remedy.Place(x.Where))
	t.code("    ", gist)
	if remedy.WritesChain(x.Body) {
		t.prose("  ", t.chainByFlag)
	}
	t.prose("  ", t.wholeElsewhere)
}

// fixText is a fix in one language.
type fixText struct {
	title, where, body, apply, undo string
	prose                           bool // body is for people, not for a machine
}

func (t *text) fixBody(x fixText) {
	t.labelled("  ", t.fix+": ", green, x.title)
	if x.where != "" {
		t.prose("  ", t.where+": "+x.where)
	}
	if x.prose {
		t.prose("    ", x.body)
	} else {
		t.command(x.body)
	}
	t.optional(t.apply, x.apply)
	if !t.verbose && strings.Count(x.undo, "\n") > longUndo {
		t.line("  ", t.undo, ": --verbose")
		return
	}
	t.optional(t.undo, x.undo)
}

// longUndo is how many lines are still looked at by who has not broken
// anything yet.
const longUndo = 4

// command shows what is to be run; the program inside a long one is left to
// those who ask for everything.
func (t *text) command(body string) {
	short := remedy.Outline(body)
	if t.verbose || short == body {
		t.code("    ", body)
		return
	}
	t.code("    ", short)
	t.prose("  ", t.shortened)
}

func (t *text) optional(label, body string) {
	if body == "" {
		return
	}
	t.line("  ", label, ":")
	t.code("    ", body)
}

func (t *text) stageTable(r *report.Report) {
	if r.Kind == string(evidence.Files) && !t.verbose {
		return
	}
	t.heading(t.stages)
	wide := 0
	for _, s := range r.Stages {
		wide = max(wide, len([]rune(t.stageStatus(s.Status))))
	}
	for _, s := range r.Stages {
		label := "  " + pad(s.ID, 13) + pad(t.stageStatus(s.Status), wide) + "  "
		t.hanging(label, stageColor(s.Status), s.Summary)
	}
}

func hintFor(w *words, platform string, r *report.Report) string {
	for _, h := range r.Hints {
		if h.Platform == platform {
			return " (" + strings.ToLower(w.looksLike) + " " + h.Platform + ": " + oneLine(h.Sign) + ")"
		}
	}
	return ""
}
