// Command server runs hookcheck's pages and API.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"syscall"

	"hookcheck/internal/lang"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Getenv, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// exit codes of the server.
const (
	exitOK    = 0
	exitError = 1
	exitUsage = 2
)

func run(ctx context.Context, args []string, getenv func(string) string, stdout, stderr io.Writer) int {
	s, code, done := parse(args, getenv, stdout, stderr)
	if done {
		return code
	}
	roots, err := loadRoots(s.roots)
	if err != nil {
		fail(stderr, err, lang.FromLocale(getenv))
		return exitUsage
	}
	if err := serve(ctx, s, roots, stdout, stderr); err != nil {
		fail(stderr, err, lang.FromLocale(getenv))
		return exitError
	}
	return exitOK
}
