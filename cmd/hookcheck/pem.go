package main

import (
	"context"

	"hookcheck/checker"
	"hookcheck/checker/target"
)

type pemCommand struct {
	Files []string `arg:"" name:"file" help:"Certificate files in the order in which a server would present them; - is standard input."`

	Hostname    string  `placeholder:"NAME" help:"Also check that the certificate covers NAME."`
	Certificate string  `placeholder:"FILE" help:"The file handed to setWebhook as certificate: it becomes the whole trust store."`
	Roots       string  `placeholder:"FILE" help:"Use this PEM bundle in place of the embedded root lists."`
	Key         string  `hidden:"" help:"Does this local key belong to it (comes with a later release)."`
	Password    *string `hidden:"" help:"Password of a container (comes with a later release)."`
	outputFlags
	lintFlag
}

// Help is shown under the flags.
func (*pemCommand) Help() string {
	return `Examples:

  hookcheck pem fullchain.pem
  hookcheck pem --hostname bot.example.org bot.pem intermediate.pem
  openssl s_client -connect bot.example.org:443 -showcerts </dev/null | hookcheck pem -

A private key in the input is refused: it is dropped and never shown.`
}

func (c *pemCommand) run(_ context.Context, a *app) (int, error) {
	if err := c.prepare(a); err != nil {
		return exitUsage, err
	}
	if err := c.refuse(); err != nil {
		return exitUsage, err
	}
	req, err := c.request(a)
	if err != nil {
		return exitUsage, err
	}
	engine, err := newChecker(c.Roots)
	if err != nil {
		return exitUsage, err
	}
	c.apply(engine)
	result, err := engine.CheckFiles(req)
	if err != nil {
		return exitUnknown, err
	}
	c.remarks(a, result)
	return c.outputFlags.write(a, result)
}

func (c *pemCommand) refuse() error {
	switch {
	case c.Key != "":
		return later("--key")
	case c.Password != nil:
		return later("--password")
	}
	return nil
}

func (c *pemCommand) request(a *app) (req checker.FilesRequest, err error) {
	for _, name := range c.Files {
		f, err := c.read(a, name)
		if err != nil {
			return req, err
		}
		req.Files = append(req.Files, *f)
	}
	if c.Hostname != "" {
		t, err := target.Parse(c.Hostname)
		if err != nil {
			return req, usage("a host name or an IP address, such as bot.example.org", "--hostname: %v", err)
		}
		req.Hostname = &t
	}
	if c.Certificate != "" {
		if req.Certificate, err = readFile("--certificate", c.Certificate); err != nil {
			return req, err
		}
	}
	return req, nil
}

func (c *pemCommand) read(a *app, name string) (*checker.File, error) {
	if name != "-" {
		return readFile("FILE", name)
	}
	data, err := readAll(a.in)
	if err != nil {
		return nil, fileError("FILE", "standard input", err)
	}
	return &checker.File{Name: "standard input", Data: data}, nil
}

// remarks tells what the files held besides certificates.
func (c *pemCommand) remarks(a *app, result *checker.Result) {
	in := result.Evidence.Files
	if in.PrivateKeys > 0 {
		a.warn("a private key was in the input: it was dropped, and nothing of it is kept; hand over certificates alone")
	}
	for _, p := range in.Problems {
		a.warn("%s", p)
	}
}
