package main

import (
	"context"

	"hookcheck/internal/version"
)

type versionCommand struct{}

func (*versionCommand) run(_ context.Context, a *app) (int, error) {
	_, err := a.out.Write([]byte(version.Tool + "\n"))
	return exitWorks, err
}
