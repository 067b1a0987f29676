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
	"hookcheck/internal/lang"
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

// parse reads flags and environment. done means that the program ends here.
func parse(args []string, getenv func(string) string, stdout, stderr io.Writer) (s settings, code int, done bool) {
	fs := flag.NewFlagSet("server", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	var proxies string
	var showVersion bool
	l := lang.FromLocale(getenv)
	fs.StringVar(&s.listen, "listen", "127.0.0.1:8080", usage["listen"].In(l))
	fs.BoolVar(&s.allowPrivate, "allow-private", false, usage["allow-private"].In(l))
	fs.BoolVar(&s.anyPort, "any-port", false, usage["any-port"].In(l))
	fs.StringVar(&s.dns, "dns", "", usage["dns"].In(l))
	fs.StringVar(&s.roots, "roots", "", usage["roots"].In(l))
	fs.IntVar(&s.rate, "rate", 30, usage["rate"].In(l))
	fs.IntVar(&s.maxChecks, "max-checks", 64, usage["max-checks"].In(l))
	fs.DurationVar(&s.timeout, "timeout", 15*time.Second, usage["timeout"].In(l))
	fs.StringVar(&proxies, "trusted-proxies", "", usage["trusted-proxies"].In(l))
	fs.BoolVar(&s.gallery, "gallery", false, usage["gallery"].In(l))
	fs.BoolVar(&showVersion, "version", false, usage["version"].In(l))
	err := fs.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		help(stdout, fs, l)
		return s, exitOK, true
	}
	if err != nil {
		err = flagError(err)
	} else {
		err = fromEnv(fs, getenv)
	}
	if err == nil && fs.NArg() > 0 {
		err = mistake(textf("unexpected argument %q", "лишний аргумент %q", fs.Arg(0)), text("the server takes flags only: server --help", "сервер принимает только флаги: server --help"))
	}
	if err == nil {
		s.proxies, err = parseProxies(proxies)
	}
	if err == nil {
		err = s.check()
	}
	if err != nil {
		fail(stderr, err, l)
		return s, exitUsage, true
	}
	if showVersion {
		fmt.Fprintln(stdout, version.Tool)
		return s, exitOK, true
	}
	return s, exitOK, false
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
				err = mistake(textf("%s=%q: %v", "%s=%q: недопустимое значение (%v)", name, v, e), text("see server --help", "см. server --help"))
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
				return nil, mistake(textf("--trusted-proxies: %q is no network", "--trusted-proxies: %q — не сеть", part), text("expected for example 10.0.0.0/8,192.0.2.7", "нужно, например, 10.0.0.0/8,192.0.2.7"))
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
		return mistake(textf("--listen: %q is no address", "--listen: %q — не адрес", s.listen), text("expected host:port, for example 127.0.0.1:8080", "нужно хост:порт, например 127.0.0.1:8080"))
	}
	if s.allowPrivate && !inside(host) {
		return mistake(text("--allow-private on a public listener would let strangers scan your network", "с --allow-private на публичном адресе чужие смогут сканировать вашу сеть"),
			text("listen on 127.0.0.1 or a private address, or leave --allow-private out", "слушайте 127.0.0.1 или частный адрес либо уберите --allow-private"))
	}
	if s.gallery && !inside(host) {
		return mistake(text("--gallery is for development, not for a public listener", "--gallery нужен для разработки, на публичном адресе ему не место"), text("listen on 127.0.0.1", "слушайте 127.0.0.1"))
	}
	if _, _, ok := target.ParseAddress(s.dns); s.dns != "" && !ok {
		return mistake(textf("--dns: %q is no address", "--dns: %q — не адрес", s.dns), text("expected an IP address, with :port where it is not 53", "нужен IP-адрес, с :порт, если это не 53"))
	}
	if s.timeout <= 0 || s.timeout > time.Minute {
		return mistake(text("--timeout: expected more than 0 and at most 1m", "--timeout: нужно больше 0 и не больше 1m"), lang.Text{})
	}
	if s.rate < 0 || s.maxChecks < 1 {
		return mistake(text("--rate must not be negative, --max-checks must be at least 1", "--rate не может быть отрицательным, --max-checks — меньше 1"), lang.Text{})
	}
	if s.roots != "" {
		if st, err := os.Stat(s.roots); err != nil || st.IsDir() {
			return mistake(textf("--roots: %s cannot be read as a file", "--roots: %s не читается как файл", s.roots), text("expected a PEM bundle", "нужен файл PEM с сертификатами"))
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
