package main

import (
	"bytes"
	"context"
	"encoding/json"

	"hookcheck/checker/evidence"
)

type replayCommand struct {
	Evidence string `arg:"" help:"File written by --save-evidence; - is standard input."`
	outputFlags
}

// Help is shown under the flags.
func (*replayCommand) Help() string {
	return `Examples:

  hookcheck check --save-evidence case.json bot.example.org:8443
  hookcheck replay case.json
  hookcheck replay --format markdown --lang ru case.json`
}

func (c *replayCommand) run(_ context.Context, a *app) (int, error) {
	if err := c.prepare(a); err != nil {
		return exitUsage, err
	}
	ev, err := c.read(a)
	if err != nil {
		return exitUsage, err
	}
	engine, err := newChecker("")
	if err != nil {
		return exitUnknown, err
	}
	result, err := engine.Replay(ev)
	if err != nil {
		return exitUnknown, err
	}
	return c.outputFlags.write(a, result)
}

func (c *replayCommand) read(a *app) (*evidence.Evidence, error) {
	var data []byte
	if c.Evidence == "-" {
		in, err := readAll(a.in)
		if err != nil {
			return nil, fileError("EVIDENCE", "standard input", err)
		}
		data = in
	} else {
		f, err := readFile("EVIDENCE", c.Evidence)
		if err != nil {
			return nil, err
		}
		data = f.Data
	}
	hint := "expected a file that hookcheck check --save-evidence wrote"
	var ev evidence.Evidence
	if err := json.NewDecoder(bytes.NewReader(data)).Decode(&ev); err != nil {
		return nil, usage(hint, "EVIDENCE: %s is not saved evidence: %v", quoted(c.Evidence), err)
	}
	if ev.Schema != evidence.Schema {
		return nil, usage(hint, "EVIDENCE: schema is %s, not %s", quoted(ev.Schema), evidence.Schema)
	}
	if ev.Kind != evidence.Live && ev.Kind != evidence.Files {
		return nil, usage(hint, "EVIDENCE: unknown kind %s", quoted(string(ev.Kind)))
	}
	if ev.Kind == evidence.Files && ev.Files == nil {
		ev.Files = &evidence.FileInput{}
	}
	return &ev, nil
}
