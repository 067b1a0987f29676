package main

import "context"

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
	return exitUsage, later("roots")
}
