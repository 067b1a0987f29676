package main

import (
	"context"
	"strings"

	"hookcheck/checker/rules"
	"hookcheck/render"
)

type rulesCommand struct {
	ID string `arg:"" optional:"" name:"ID" help:"One rule in full, such as chain.intermediate_missing."`
	languageFlag
}

// Help is shown under the flags.
func (*rulesCommand) Help() string {
	return `Examples:

  hookcheck rules
  hookcheck rules chain.intermediate_missing`
}

func (c *rulesCommand) run(_ context.Context, a *app) (int, error) {
	if err := c.choose(a); err != nil {
		return exitUsage, err
	}
	o := render.Options{Width: columns(a.out)}
	if c.ID == "" {
		return exitWorks, render.Catalogue(a.out, rules.All(), a.lang, o)
	}
	r, ok := rules.Get(c.ID)
	if !ok {
		return exitUsage, usage(likeIt(c.ID), "ID: no such rule: %s", quoted(c.ID))
	}
	return exitWorks, render.Rule(a.out, r, a.lang, o)
}

// likeIt names rules that hold the word that was typed.
func likeIt(id string) string {
	word := id[strings.LastIndexByte(id, '.')+1:]
	var near []string
	for _, r := range rules.All() {
		if word != "" && strings.Contains(r.ID, word) && len(near) < 5 {
			near = append(near, r.ID)
		}
	}
	if len(near) == 0 {
		return "hookcheck rules lists them all"
	}
	return "did you mean " + strings.Join(near, ", ") + "?"
}
