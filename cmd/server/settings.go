package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"strings"
	"time"

	"hookcheck/checker/target"
	"hookcheck/internal/version"
)

// settings are the flags; each has an environment variable HOOKCHECK_NAME that
// stands in for it where it is not given.
type settings struct {
	listen       string
	allowPrivate bool
	anyPort      bool
	dns          string
	roots        string
	rate         int
	maxChecks    int
	timeout      time.Duration
	gallery      bool
	proxies      []netip.Prefix
}

// usageError is a mistake in the settings, with what to do about it.
type usageError struct{ problem, hint string }

func (e *usageError) Error() string { return e.problem }

func fail(w io.Writer, err error) {
	fmt.Fprintf(w, "error: %v\n", err)
	var u *usageError
	if errors.As(err, &u) && u.hint != "" {
		fmt.Fprintf(w, "hint: %s\n", u.hint)
	}
}

// parse reads flags and environment. done means that the program ends here.
func parse(args []string, getenv func(string) string, stdout, stderr io.Writer) (s settings, code int, done bool) {
	fs := flag.NewFlagSet("server", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	var proxies string
	var showVersion bool
	fs.StringVar(&s.listen, "listen", "127.0.0.1:8080", "`address` to serve pages and API on")
	fs.BoolVar(&s.allowPrivate, "allow-private", false, "check private and reserved addresses too; refused on a public listener")
	fs.BoolVar(&s.anyPort, "any-port", false, "connect to ports that setWebhook refuses too")
	fs.StringVar(&s.dns, "dns", "", "`address` of the DNS server; by default those of resolv.conf")
	fs.StringVar(&s.roots, "roots", "", "PEM `file` to use in place of the embedded root lists")
	fs.IntVar(&s.rate, "rate", 30, "checks a minute for each client address, 0 for no limit")
	fs.IntVar(&s.maxChecks, "max-checks", 64, "checks that may run at once")
	fs.DurationVar(&s.timeout, "timeout", 15*time.Second, "longest `duration` of one check")
	fs.StringVar(&proxies, "trusted-proxies", "", "comma-separated networks whose X-Forwarded-For is believed")
	fs.BoolVar(&s.gallery, "gallery", false, "show made-up reports at /gallery, for development; refused on a public listener")
	fs.BoolVar(&showVersion, "version", false, "print the version")
	err := fs.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		help(stdout, fs)
		return s, exitOK, true
	}
	if err == nil {
		err = fromEnv(fs, getenv)
	}
	if err == nil && fs.NArg() > 0 {
		err = &usageError{fmt.Sprintf("unexpected argument %q", fs.Arg(0)), "the server takes flags only: server --help"}
	}
	if err == nil {
		s.proxies, err = parseProxies(proxies)
	}
	if err == nil {
		err = s.check()
	}
	if err != nil {
		fail(stderr, err)
		return s, exitUsage, true
	}
	if showVersion {
		fmt.Fprintln(stdout, version.Tool)
		return s, exitOK, true
	}
	return s, exitOK, false
}

func help(w io.Writer, fs *flag.FlagSet) {
	fmt.Fprint(w, "Usage: server [flags]\n\nServes hookcheck's pages and API. Each flag can be given as HOOKCHECK_NAME\nin the environment, for example HOOKCHECK_LISTEN=0.0.0.0:8080.\n\n")
	fs.SetOutput(w)
	fs.PrintDefaults()
}

// fromEnv sets the flags that were not given from the environment.
func fromEnv(fs *flag.FlagSet, getenv func(string) string) error {
	given := map[string]bool{}
	fs.Visit(func(f *flag.Flag) { given[f.Name] = true })
	var err error
	fs.VisitAll(func(f *flag.Flag) {
		name := "HOOKCHECK_" + strings.ToUpper(strings.ReplaceAll(f.Name, "-", "_"))
		if v := getenv(name); v != "" && !given[f.Name] && err == nil {
			if e := fs.Set(f.Name, v); e != nil {
				err = &usageError{fmt.Sprintf("%s=%q: %v", name, v, e), "see server --help"}
			}
		}
	})
	return err
}

func parseProxies(list string) ([]netip.Prefix, error) {
	var out []netip.Prefix
	for _, part := range strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' }) {
		p, err := netip.ParsePrefix(part)
		if err != nil {
			a, errAddr := netip.ParseAddr(part)
			if errAddr != nil {
				return nil, &usageError{fmt.Sprintf("--trusted-proxies: %q is no network", part), "expected for example 10.0.0.0/8,192.0.2.7"}
			}
			p = netip.PrefixFrom(a, a.BitLen())
		}
		out = append(out, p)
	}
	return out, nil
}

// check refuses settings that would open the guard to strangers.
func (s settings) check() error {
	host, port, err := net.SplitHostPort(s.listen)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		return &usageError{fmt.Sprintf("--listen: %q is no address", s.listen), "expected host:port, for example 127.0.0.1:8080"}
	}
	if s.allowPrivate && !inside(host) {
		return &usageError{"--allow-private on a public listener would let strangers scan your network",
			"listen on 127.0.0.1 or a private address, or leave --allow-private out"}
	}
	if s.gallery && !inside(host) {
		return &usageError{"--gallery is for development, not for a public listener", "listen on 127.0.0.1"}
	}
	if _, _, ok := target.ParseAddress(s.dns); s.dns != "" && !ok {
		return &usageError{fmt.Sprintf("--dns: %q is no address", s.dns), "expected an IP address, with :port where it is not 53"}
	}
	if s.timeout <= 0 || s.timeout > time.Minute {
		return &usageError{"--timeout: expected more than 0 and at most 1m", ""}
	}
	if s.rate < 0 || s.maxChecks < 1 {
		return &usageError{"--rate must not be negative, --max-checks must be at least 1", ""}
	}
	if s.roots != "" {
		if st, err := os.Stat(s.roots); err != nil || st.IsDir() {
			return &usageError{fmt.Sprintf("--roots: %s cannot be read as a file", s.roots), "expected a PEM bundle"}
		}
	}
	return nil
}

// inside tells whether strangers cannot reach a listener on this address.
func inside(host string) bool {
	if host == "localhost" {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && (a.IsLoopback() || a.IsPrivate() || a.IsLinkLocalUnicast())
}
