package main

import (
	"errors"
	"reflect"
	"regexp"
	"strings"

	"github.com/alecthomas/kong"

	"hookcheck/internal/lang"
)

// cli is the command line as kong reads it.
type cli struct {
	Check   checkCommand   `cmd:"" help:"Check a live endpoint."`
	Pem     pemCommand     `cmd:"" help:"Check certificate files, as if a server presented them."`
	Replay  replayCommand  `cmd:"" help:"Make the report again from saved evidence, without a network."`
	Explain explainCommand `cmd:"" help:"Explain getWebhookInfo JSON, an error text or a line of a server's log."`
	Rules   rulesCommand   `cmd:"" help:"List the catalogue of findings, or show one in full."`
	Roots   rootsCommand   `cmd:"" help:"List the root lists, or the roots that match a name or fingerprint."`
	Version versionCommand `cmd:"" help:"Show the version."`
}

// languageFlag is common to all that writes for people.
type languageFlag struct {
	Lang string `placeholder:"en|ru" help:"Language of texts. Default: from the locale."`
}

// choose sets the language of the rest of the run.
func (f languageFlag) choose(a *app) error {
	if f.Lang == "" {
		return nil
	}
	l, ok := lang.Parse(f.Lang)
	if !ok {
		return usage("expected en or ru", "--lang: no such language: %s", quoted(f.Lang))
	}
	a.lang = l
	return nil
}

// finished is how kong's own exits, such as --help, come back to run.
type finished struct{}

// parse reads the command line. done is true where --help has answered.
func parse(args []string, a *app) (cmd command, done bool, err error) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(finished); !ok {
				panic(r)
			}
			cmd, done, err = nil, true, nil
		}
	}()
	a.lang = askedFor(args, a.lang)
	var c cli
	parser, err := kong.New(&c,
		kong.Name("hookcheck"),
		kong.Description("Tells whether Telegram can deliver updates to a bot's webhook, why not where it cannot, and how to mend it."),
		kong.Writers(a.out, a.err),
		kong.Exit(func(int) { panic(finished{}) }),
		kong.Help(a.help),
		kong.ConfigureHelp(kong.HelpOptions{NoExpandSubcommands: true, WrapUpperBound: 90}),
		kong.ExplicitGroups([]kong.Group{{Key: "output", Title: "Output:"}}),
	)
	if err != nil {
		return nil, false, usage("", "building the command line: %v", err)
	}
	a.translate(parser.Model.Node)
	if len(args) == 0 {
		return nil, false, usage("hookcheck --help lists the commands; try: hookcheck check bot.example.org:8443", "no command given")
	}
	read, err := parser.Parse(args)
	if err != nil {
		return nil, false, wrongUsage(err)
	}
	if err := noneEmpty(read.Path); err != nil {
		return nil, false, err
	}
	cmd, ok := read.Selected().Target.Addr().Interface().(command)
	if !ok {
		return nil, false, usage("hookcheck --help lists the commands", "no such command")
	}
	return cmd, false, nil
}

// noneEmpty refuses a flag with an empty value: it comes of a variable that
// was not set, and the check would be another one than was meant.
func noneEmpty(path []*kong.Path) error {
	for _, p := range path {
		if p.Flag != nil && p.Flag.Target.Kind() == reflect.String && p.Flag.Target.Len() == 0 {
			return usage("expected a value or no such flag", "--%s: it is empty", p.Flag.Name)
		}
	}
	return nil
}

// Kong's words for values of the wrong kind.
var (
	noDuration = regexp.MustCompile(`^(--[a-z-]+): expected duration but got (".*"): time: `)
	noBool     = regexp.MustCompile(`^(--[a-z-]+): bool value must be .* but got (".*")$`)
)

// wrongUsage says what is expected, or adds to kong's words where to look.
func wrongUsage(err error) error {
	if m := noDuration.FindStringSubmatch(err.Error()); m != nil {
		return usage("expected a duration such as 5s or 1m, at most 10m", "%s: no duration: %s", m[1], m[2])
	}
	if m := noBool.FindStringSubmatch(err.Error()); m != nil {
		return usage("expected true or false", "%s: neither true nor false: %s", m[1], m[2])
	}
	if strings.Contains(err.Error(), " must be one of ") {
		return usage("", "%s", problem(err.Error()))
	}
	hint := "hookcheck --help lists the commands"
	var p *kong.ParseError
	if errors.As(err, &p) && p.Context != nil && p.Context.Selected() != nil {
		name, _, _ := strings.Cut(p.Context.Command(), " ")
		hint = "hookcheck " + name + " --help shows arguments and flags"
	}
	return usage(hint, "%s", problem(err.Error()))
}
