package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"golang.org/x/term"

	"hookcheck/checker"
	"hookcheck/checker/report"
	"hookcheck/internal/lang"
	"hookcheck/render"
)

// outputFlags are common to all commands that make a report.
type outputFlags struct {
	languageFlag
	Format       string `group:"output" enum:"text,json,markdown" default:"text" placeholder:"text|json|markdown" help:"Form of the report. Default: text."`
	Color        string `group:"output" enum:"auto,always,never" default:"auto" placeholder:"auto|always|never" help:"Colours in text. Default: auto."`
	Quiet        bool   `group:"output" help:"One line."`
	Verbose      bool   `group:"output" help:"Everything: each fix in full, certificates, protocols, addresses."`
	SaveEvidence string `group:"output" placeholder:"FILE" help:"Write what was observed, secrets redacted: the file for a bug report."`
	Bundle       string `group:"output" placeholder:"FILE" help:"Write the corrected chain in server order."`
}

// prepare checks what can be checked before the work.
func (f *outputFlags) prepare(a *app) error {
	if err := f.choose(a); err != nil {
		return err
	}
	if f.Quiet && f.Verbose {
		return usage("choose one", "--quiet and --verbose exclude each other")
	}
	if err := writable("--save-evidence", f.SaveEvidence); err != nil {
		return err
	}
	if err := writable("--bundle", f.Bundle); err != nil {
		return err
	}
	if f.Bundle != "" && keyInside(f.Bundle) {
		return usage("expected another file", "--bundle: %s holds a private key and is not written over", quoted(f.Bundle))
	}
	return nil
}

// write hands over the result in every form that was asked for.
func (f *outputFlags) write(a *app, result *checker.Result) (int, error) {
	r, err := result.Report(a.lang)
	if err != nil {
		return exitUnknown, fmt.Errorf("making the report: %w", err)
	}
	if f.SaveEvidence != "" {
		data, err := json.MarshalIndent(result.Evidence, "", "  ")
		if err != nil {
			return exitUnknown, fmt.Errorf("encoding evidence: %w", err)
		}
		if err := writeFile("--save-evidence", f.SaveEvidence, append(data, '\n'), true); err != nil {
			return exitUsage, err
		}
	}
	if f.Bundle != "" {
		if r.Chain.CorrectedPEM == "" {
			a.warn("--bundle: no chain could be built, %s was not written%s", quoted(f.Bundle), wanted(a.lang, r))
		} else if err := writeFile("--bundle", f.Bundle, []byte(r.Chain.CorrectedPEM), false); err != nil {
			return exitUsage, err
		}
	}
	if err := f.print(a, r); err != nil {
		return exitUnknown, err
	}
	return exitStatus(r.Verdict), nil
}

// wanted names the certificate that would complete the chain.
func wanted(l lang.Lang, r *report.Report) string {
	if len(r.Chain.Missing) == 0 {
		return ""
	}
	m := r.Chain.Missing[len(r.Chain.Missing)-1]
	s := lang.Text{EN: "; wanted is the certificate of ", RU: "; нужен сертификат "}.In(l) + quoted(m.Subject)
	if m.KeyID != "" {
		s += lang.Text{EN: ", key identifier ", RU: ", идентификатор ключа "}.In(l) + m.KeyID
	}
	if len(m.AIA) > 0 {
		s += lang.Text{EN: ", which lies at ", RU: ", он лежит по адресу "}.In(l) + m.AIA[0]
	}
	return s
}

func (f *outputFlags) print(a *app, r *report.Report) error {
	switch f.Format {
	case "json":
		return render.JSON(a.out, r)
	case "markdown":
		return render.Markdown(a.out, r)
	}
	return render.Text(a.out, r, render.Options{
		Color: f.colored(a), Width: columns(a.out), Quiet: f.Quiet, Verbose: f.Verbose,
	})
}

func exitStatus(v report.Verdict) int {
	switch v {
	case report.Works:
		return exitWorks
	case report.Unknown:
		return exitUnknown
	}
	return exitFails
}

// colored follows --color, then NO_COLOR (no-color.org), then the terminal.
func (f *outputFlags) colored(a *app) bool {
	switch f.Color {
	case "always":
		return true
	case "never":
		return false
	}
	return a.env("NO_COLOR") == "" && a.env("TERM") != "dumb" && isTerminal(a.out)
}

func isTerminal(w any) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// columns is the width to wrap prose at. Lines over 100 columns are hard to
// read, whatever the terminal's width.
func columns(w io.Writer) int {
	if f, ok := w.(*os.File); ok {
		if n, _, err := term.GetSize(int(f.Fd())); err == nil && n > 0 {
			return min(n, 100)
		}
	}
	return 80
}
