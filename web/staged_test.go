package web_test

import (
	"context"
	"errors"

	"hookcheck/checker"
	"hookcheck/web"
)

// staged ends one stage and waits.
type staged struct {
	web.Checker
	release chan struct{}
}

func (s staged) Check(ctx context.Context, r checker.CheckRequest) (*checker.Result, error) {
	r.OnStage(checker.StageEnd{ID: "url"})
	select {
	case <-s.release:
	case <-ctx.Done():
	}
	return nil, errors.New("ended")
}
