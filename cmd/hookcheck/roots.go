package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"hookcheck/internal/lang"
	"hookcheck/rootstore"
)

type rootsCommand struct {
	Text  string `arg:"" optional:"" name:"TEXT" help:"Part of a root's name, or the beginning of its SHA-256 fingerprint."`
	Roots string `placeholder:"FILE" help:"Look into this PEM bundle in place of the embedded root lists."`
	languageFlag
}

// Help is shown under the flags.
func (*rootsCommand) Help() string {
	return `Examples:

  hookcheck roots
  hookcheck roots 'ISRG Root X1'
  hookcheck roots 96bcec06`
}

func (c *rootsCommand) run(_ context.Context, a *app) (int, error) {
	if err := c.choose(a); err != nil {
		return exitUsage, err
	}
	engine, err := newChecker(c.Roots)
	if err != nil {
		return exitUsage, err
	}
	if c.Text == "" {
		return exitWorks, listInfos(a, engine.Roots)
	}
	found := engine.Roots.Find(c.Text)
	if len(found) == 0 {
		return exitFails, usage("hookcheck roots names the lists; part of a name or of a SHA-256 fingerprint is enough",
			"no root matches %s", quoted(c.Text))
	}
	return exitWorks, listRoots(a, found)
}

// listInfos tells where the lists come from.
func listInfos(a *app, s *rootstore.Store) error {
	w := tabwriter.NewWriter(a.out, 0, 0, 2, ' ', 0)
	for _, in := range s.Infos() {
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\n\t\t\t%s\n", in.Name, cmp.Or(in.Date, "–"), in.Count,
			printable(in.Title.In(a.lang)), printable(in.Source))
	}
	return w.Flush()
}

func listRoots(a *app, roots []rootstore.Entry) error {
	w := bufio.NewWriter(a.out)
	for _, r := range roots {
		fmt.Fprintf(w, "%s\n  %s\n  %s … %s  %s\n", printable(r.Subject.Text), r.SHA256,
			r.NotBefore.UTC().Format(time.DateOnly), r.NotAfter.UTC().Format(time.DateOnly), strings.Join(r.Lists, ", "))
		if !r.DistrustAfter.IsZero() {
			fmt.Fprintf(w, "  %s: %s\n", distrusted.In(a.lang), r.DistrustAfter.UTC().Format(time.DateOnly))
		}
	}
	return w.Flush()
}

var distrusted = lang.Text{
	EN: "Mozilla distrusts what it issued after this date",
	RU: "Mozilla не доверяет тому, что выпущено им после этой даты",
}
