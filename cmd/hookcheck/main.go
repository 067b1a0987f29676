// Command hookcheck tells whether Telegram can deliver updates to a bot's
// webhook, why not where it cannot, and how to mend it.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"hookcheck/internal/lang"
)

// Exit statuses, as the contract fixes them.
const (
	exitWorks   = 0
	exitFails   = 1 // Telegram would not deliver as things stand
	exitUsage   = 2 // wrong usage, or a file that cannot be opened
	exitUnknown = 3 // could not be decided
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv)
	stop()
	os.Exit(status)
}

// run is the whole program but for the process around it.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, env func(string) string) int {
	a := &app{in: stdin, out: stdout, err: stderr, env: env, lang: lang.FromLocale(env)}
	cmd, done, err := parse(args, a)
	if done {
		return exitWorks
	}
	status := exitUsage
	if err == nil {
		status, err = cmd.run(ctx, a)
	}
	if err != nil {
		a.complain(err)
	}
	return status
}

// app is the surroundings of a command.
type app struct {
	in   io.Reader
	out  io.Writer
	err  io.Writer
	env  func(string) string
	lang lang.Lang
}

// command is one subcommand after its flags were read.
type command interface {
	run(ctx context.Context, a *app) (status int, err error)
}

// warn writes a remark that leaves the exit status alone.
func (a *app) warn(format string, args ...any) {
	label := lang.Text{EN: "warning: %s\n", RU: "предупреждение: %s\n"}
	fmt.Fprintf(a.err, label.In(a.lang), printable(a.say(format, args...)))
}
