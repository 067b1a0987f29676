package main

import (
	"context"
	"errors"
	"time"

	"hookcheck/checker"
	"hookcheck/checker/target"
)

type checkCommand struct {
	Target string `arg:"" help:"host, host:port, ip:port, [v6]:port, or a webhook URL. A URL means: deliver a test update too."`

	Certificate string        `placeholder:"FILE" help:"The file handed to setWebhook as certificate: it becomes the whole trust store."`
	Roots       string        `placeholder:"FILE" help:"Use this PEM bundle in place of the embedded root lists."`
	ConnectTo   string        `placeholder:"ADDR[:PORT]" help:"Dial this address instead of resolving the host."`
	DNS         string        `name:"dns" placeholder:"ADDR[:PORT]" help:"Ask this DNS server. Default: those of resolv.conf."`
	SecretToken *string       `placeholder:"TOKEN" help:"Sent with the test update, as Telegram does."`
	Post        *bool         `placeholder:"true|false" help:"Deliver a test update, or with --post=false none. Default: only where TARGET is a URL."`
	Timeout     time.Duration `default:"15s" placeholder:"D" help:"For the whole check; none outlives it. Default: 15s."`
	outputFlags
	lintFlag
}

// Help is shown under the flags.
func (*checkCommand) Help() string {
	return `Examples:

  hookcheck check bot.example.org:8443
  hookcheck check https://bot.example.org/webhook
  hookcheck check --certificate bot.pem 198.51.100.7:8443
  hookcheck check --format json --save-evidence case.json bot.example.org

Exit status: 0 works, 1 Telegram would not deliver as things stand, 2 wrong usage,
3 could not be decided.`
}

func (c *checkCommand) run(ctx context.Context, a *app) (int, error) {
	if err := c.prepare(a); err != nil {
		return exitUsage, err
	}
	req, err := c.request()
	if err != nil {
		return exitUsage, err
	}
	engine, err := newChecker(c.Roots)
	if err != nil {
		return exitUsage, err
	}
	c.apply(engine)
	show := newProgress(a, &c.outputFlags)
	req.OnStage = show.stage
	result, err := engine.Check(ctx, req)
	show.done()
	var unusable *target.Error
	if errors.As(err, &unusable) {
		return exitUsage, err
	}
	if err != nil {
		return exitUnknown, err
	}
	return c.outputFlags.write(a, result)
}

// longestTimeout keeps a mistyped unit from hanging a script for days.
const longestTimeout = 10 * time.Minute

// request reads the flags into a request, field by field.
func (c *checkCommand) request() (req checker.CheckRequest, err error) {
	if req.Target, err = target.Parse(c.Target); err != nil {
		return req, err
	}
	if c.Timeout <= 0 || c.Timeout > longestTimeout {
		return req, usage("expected a duration such as 5s or 1m, at most 10m", "--timeout: out of range: %s", c.Timeout)
	}
	if req.ConnectTo, err = addressFlag("--connect-to", c.ConnectTo); err != nil {
		return req, err
	}
	if req.DNS, err = addressFlag("--dns", c.DNS); err != nil {
		return req, err
	}
	if c.SecretToken != nil {
		if err := checkSecret(*c.SecretToken); err != nil {
			return req, err
		}
		req.SecretToken = *c.SecretToken
	}
	if c.Certificate != "" {
		f, err := readPart("--certificate", c.Certificate)
		if err != nil {
			return req, err
		}
		req.Certificate = f
	}
	// The command line tells of a port that setWebhook refuses and looks at
	// what answers there all the same.
	req.Post, req.Timeout, req.AnyPort = c.Post, c.Timeout, true
	return req, nil
}

// checkSecret applies the rule of the Bot API and never repeats the value.
func checkSecret(s string) error {
	hint := "expected 1 to 256 of A-Z a-z 0-9 _ -"
	if s == "" || len(s) > 256 {
		return usage(hint, "--secret-token: %d characters", len(s))
	}
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_', r == '-':
		default:
			return usage(hint, "--secret-token: contains a character that Telegram does not allow")
		}
	}
	return nil
}
