package main

import (
	"context"

	"hookcheck/checker"
	"hookcheck/checker/target"
)

type pemCommand struct {
	Files []string `arg:"" name:"file" help:"Certificate files in the order in which a server would present them: PEM, DER, PKCS#7, PKCS#12, Java keystores, requests, a zip of them; - is standard input."`

	Hostname    string `placeholder:"NAME" help:"Also check that the certificate covers NAME."`
	Certificate string `placeholder:"FILE" help:"The file handed to setWebhook as certificate: it becomes the whole trust store."`
	Roots       string `placeholder:"FILE" help:"Use this PEM bundle in place of the embedded root lists."`
	Key         string `placeholder:"FILE" help:"Does this private key belong to the certificate? It is read here and sent nowhere."`
	Password    string `placeholder:"P" help:"Password of a container (.p12, .pfx, .jks) or of --key."`
	Offline     bool   `help:"Fetch no missing intermediate. Default: the address in the certificate is asked for it."`
	outputFlags
	lintFlag
}

// Help is shown under the flags.
func (*pemCommand) Help() string {
	return `Examples:

  hookcheck pem fullchain.pem
  hookcheck pem --hostname bot.example.org bot.pem intermediate.pem
  hookcheck pem --password changeit bot.p12
  hookcheck pem --key bot.key fullchain.pem
  hookcheck pem --bundle fullchain.pem bot.pem
  openssl s_client -connect bot.example.org:443 -showcerts </dev/null | hookcheck pem -

What a file is shows from its content. A private key among the files is refused: it is
dropped and never shown. --key alone reads one, to compare it.

Nothing of the files leaves this machine. Where an intermediate is missing it is fetched
from the address that the certificate itself names, unless --offline is given.`
}

func (c *pemCommand) run(ctx context.Context, a *app) (int, error) {
	if err := c.prepare(a); err != nil {
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
	result, err := engine.CheckFiles(ctx, req)
	if err != nil {
		return exitUnknown, err
	}
	return c.outputFlags.write(a, result)
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
			return req, usage("", "--hostname: %v", err) // says what is expected
		}
		req.Hostname = &t
	}
	if c.Certificate != "" {
		if req.Certificate, err = readPart("--certificate", c.Certificate); err != nil {
			return req, err
		}
	}
	if c.Key != "" {
		if req.Key, err = readPart("--key", c.Key); err != nil {
			return req, err
		}
	}
	req.Password, req.Offline = c.Password, c.Offline
	return req, nil
}

// read takes a file of any size: of one that is too big only as much as shows
// that it is.
func (c *pemCommand) read(a *app, name string) (*checker.File, error) {
	if name == "-" {
		data, err := readStart(a.in, 0)
		if err != nil {
			return nil, fileError("FILE", "standard input", err)
		}
		return &checker.File{Name: "standard input", Data: data}, nil
	}
	return readPart("FILE", name)
}
