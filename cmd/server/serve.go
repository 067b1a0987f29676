package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"hookcheck/checker"
	"hookcheck/checker/lint"
	"hookcheck/checker/probe"
	"hookcheck/internal/version"
	"hookcheck/rootstore"
	"hookcheck/web"
)

// drainTime is how long checks under way may go on after SIGTERM.
const drainTime = 20 * time.Second

// serve wires everything and runs until the context ends.
func serve(ctx context.Context, s settings, roots *rootstore.Store, stdout, stderr io.Writer) error {
	log := slog.New(slog.NewTextHandler(stderr, nil))
	handler, err := web.New(web.Options{
		Checker: &checker.Checker{
			Prober:     probe.New(probe.Options{Guard: probe.Guard{AllowPrivate: s.allowPrivate}, Tool: version.Tool}),
			Roots:      roots,
			GivenRoots: s.roots != "",
			Clock:      time.Now,
			Linter:     lint.New(),
		},
		AnyPort: s.anyPort, DNS: s.dns, Rate: s.rate, MaxChecks: s.maxChecks, Timeout: s.timeout,
		TrustedProxies: s.proxies, Gallery: s.gallery, Log: log, Now: time.Now,
	})
	if err != nil {
		return fmt.Errorf("wiring the server: %w", err)
	}
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", s.listen)
	if err != nil {
		return mistake(textf("listening on %s: %v", "прослушивание %s: %v", s.listen, err), text("is another program on that port? choose one with --listen", "этот порт занят другой программой? выберите другой флагом --listen"))
	}
	srv := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 60 * time.Second,
		WriteTimeout: s.timeout + time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 32 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	fmt.Fprintf(stdout, "hookcheck is at http://%s/\n", ln.Addr())
	return runServer(ctx, srv, ln)
}

func runServer(ctx context.Context, srv *http.Server, ln net.Listener) error {
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(ln) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainTime)
	defer cancel()
	if err := srv.Shutdown(drain); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("draining: %w", err)
	}
	return nil
}

func loadRoots(file string) (*rootstore.Store, error) {
	if file == "" {
		roots, err := rootstore.Embedded()
		if err != nil {
			return nil, fmt.Errorf("loading the embedded root lists: %w", err)
		}
		return roots, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading --roots: %w", err)
	}
	roots, err := rootstore.FromPEM(file, data)
	if err != nil {
		return nil, fmt.Errorf("--roots: %w", err)
	}
	return roots, nil
}
