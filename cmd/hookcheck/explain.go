package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"hookcheck/checker"
	"hookcheck/checker/explain"
	"hookcheck/checker/probe"
	"hookcheck/internal/version"
	"hookcheck/render"
)

type explainCommand struct {
	Text []string `arg:"" optional:"" name:"TEXT" help:"getWebhookInfo JSON, an error text, or a line of a server's log. Default: standard input."`
	languageFlag
	Format string `enum:"text,json,markdown" default:"text" placeholder:"text|json|markdown" help:"Form of the explanation. Default: text."`
}

// Help is shown under the flags.
func (*explainCommand) Help() string {
	return `Examples:

  hookcheck explain 'SSL error {error:0A000086:SSL routines::certificate verify failed}'
  curl -s "https://api.telegram.org/bot$TOKEN/getWebhookInfo" | hookcheck explain
  grep 'SSL alert' /var/log/nginx/error.log | hookcheck explain --lang ru

Bot tokens are hidden before anything is shown. Nothing is sent anywhere; the
name of a webhook's host is asked of DNS where getWebhookInfo gave its address.
Exit status: 0 the text was recognised, 2 there was none, 3 it is not known.`
}

func (c *explainCommand) run(ctx context.Context, a *app) (int, error) {
	if err := c.choose(a); err != nil {
		return exitUsage, err
	}
	text := strings.Join(c.Text, " ")
	if len(c.Text) == 0 || text == "-" {
		if isTerminal(a.in) {
			a.warn("reading standard input; end it with Ctrl-D")
		}
		// One byte over, so that Decode can tell that the text was cut.
		data, err := io.ReadAll(io.LimitReader(a.in, explain.MaxInput+1))
		if err != nil {
			return exitUsage, fmt.Errorf("reading standard input: %w", err)
		}
		text = string(data)
	}
	answer := (&checker.Checker{Prober: probe.New(probe.Options{Tool: version.Tool})}).Explain(ctx, text, "", time.Now())
	if answer.Kind == explain.Empty {
		return exitUsage, usage(answer.Hint.In(a.lang), "TEXT: it is empty")
	}
	if err := c.print(a, answer.In(a.lang)); err != nil {
		return exitUnknown, err
	}
	if !answer.Recognised() {
		return exitUnknown, nil
	}
	return exitWorks, nil
}

func (c *explainCommand) print(a *app, d explain.Document) error {
	switch c.Format {
	case "json":
		return render.ExplainJSON(a.out, d)
	case "markdown":
		return render.ExplainMarkdown(a.out, d)
	}
	return render.ExplainText(a.out, d, render.Options{
		Color: a.env("NO_COLOR") == "" && a.env("TERM") != "dumb" && isTerminal(a.out), Width: columns(a.out),
	})
}
