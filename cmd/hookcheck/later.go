package main

import (
	"context"

	"hookcheck/internal/version"
)

// explainCommand is promised and not there yet.
type explainCommand struct {
	Text []string `arg:"" optional:"" passthrough:""`
}

func (*explainCommand) run(context.Context, *app) (int, error) {
	return exitUsage, usage("hookcheck rules lists what is known about each fault", "explain comes with a later release")
}

type versionCommand struct{}

func (*versionCommand) run(_ context.Context, a *app) (int, error) {
	_, err := a.out.Write([]byte(version.Tool + "\n"))
	return exitWorks, err
}
