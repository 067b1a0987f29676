// Package web serves the pages and the HTTP API. It knows the checker and the
// report, and nothing of how evidence is gathered.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"runtime"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"hookcheck/checker"
	"hookcheck/checker/explain"
	"hookcheck/internal/lang"
	"hookcheck/web/static"
)

// Bounds of what a request may hold, in bytes.
const (
	maxBody    = 6 << 20 // a form or a JSON document; a webhook certificate is at most 3 MiB, a third more in base64
	maxTarget  = 4096
	maxSecret  = 256
	maxTimeout = 60 * time.Second
)

// Checker is what the server needs of checker.Checker.
type Checker interface {
	Check(context.Context, checker.CheckRequest) (*checker.Result, error)
	CheckFiles(context.Context, checker.FilesRequest) (*checker.Result, error)
	Explain(ctx context.Context, text, dns string, now time.Time) *explain.Answer
}

// Options are the settings of a server.
type Options struct {
	Checker        Checker
	AnyPort        bool           // dial ports that setWebhook refuses too
	DNS            string         // ADDR[:PORT] of the DNS server, "" for the system's
	Rate           int            // checks a minute and client, 0 for no limit
	MaxChecks      int            // checks at once, 0 for 64
	Timeout        time.Duration  // of one check, 0 for 15 s
	TrustedProxies []netip.Prefix // whose X-Forwarded-For is believed
	Gallery        bool           // show /gallery, for development
	Log            *slog.Logger
	Now            func() time.Time
}

type server struct {
	Options
	assets *static.Assets
	limit  *limiter
	slots  slots
	kept   *kept
}

// New wires the routes. The handler is safe to serve on a public address as
// far as the checker's guard is.
func New(o Options) (http.Handler, error) {
	assets, err := static.Load()
	if err != nil {
		return nil, err
	}
	if o.MaxChecks <= 0 {
		o.MaxChecks = 64
	}
	if o.Timeout <= 0 {
		o.Timeout = 15 * time.Second
	}
	s := &server{Options: o, assets: assets, limit: newLimiter(o.Rate, o.Now), slots: make(slots, o.MaxChecks), kept: newKept(o.Now)}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = ipExtractor(o.TrustedProxies)
	e.HTTPErrorHandler = s.handleError
	e.Use(s.recoverPanics, securityHeaders, compress(), hearOut, middleware.BodyLimit(fmt.Sprintf("%dB", maxBody)), forgetBody)
	s.routes(e)
	return answerHead(e), nil
}

// answerHead makes HEAD of whatever answers GET: the routes are asked for GET,
// and net/http keeps the body back.
func answerHead(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			get := *r
			get.Method = http.MethodGet
			r = &get
		}
		h.ServeHTTP(w, r)
	})
}

func (s *server) routes(e *echo.Echo) {
	for _, root := range []string{"", "/ru"} {
		e.GET(root+"/", s.home)
		e.POST(root+"/checks", s.checks)
		e.GET(root+"/checks", toForm) // the address that a report shows without a script
		e.GET(root+"/checks/:id", s.report)
		e.GET(root+"/checks/:id/:form", s.download)
		e.GET(root+"/pem", s.pemForm)
		e.POST(root+"/pem", s.pem)
		e.GET(root+"/explain", s.explainForm)
		e.POST(root+"/explain", s.explain)
		e.GET(root+"/silent", s.silent)
		e.GET(root+"/rules", s.rules)
		e.GET(root+"/rules/:id", s.rule)
		e.GET(root+"/guides", s.guideList)
		e.GET(root+"/guides/:id", s.guide)
	}
	if s.Gallery {
		for _, root := range []string{"", "/ru"} {
			e.GET(root+"/gallery", s.gallery)
			e.GET(root+"/gallery/:state", s.galleryState)
		}
	}
	e.GET("/ru", s.home)
	e.GET("/lang/:lang", switchLang)
	e.POST("/platform", s.choosePlatform)
	e.GET("/static/:name", s.asset)
	e.GET("/favicon.ico", func(c echo.Context) error { return c.Redirect(http.StatusMovedPermanently, "/static/favicon.svg") })
	e.GET("/robots.txt", s.robots)
	e.GET("/sitemap.xml", s.sitemap)
	e.GET("/healthz", func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") })

	api := e.Group("/api/v1")
	api.POST("/checks", s.apiCheck)
	api.GET("/checks/:id", s.apiReport)
	api.GET("/checks/:id/:form", s.download)
	api.POST("/pem", s.apiPEM)
	api.POST("/explain", s.apiExplain)
	api.GET("/rules", s.apiRules)
	api.GET("/rules/:id", s.apiRule)
}

// toForm leads to the form that a path belongs to.
func toForm(c echo.Context) error {
	return c.Redirect(http.StatusSeeOther, strings.TrimSuffix(c.Request().URL.Path, "checks"))
}

// compress makes answers small, but for streams and what is small already.
func compress() echo.MiddlewareFunc {
	return middleware.GzipWithConfig(middleware.GzipConfig{MinLength: 1024, Skipper: wantsEvents})
}

// ipExtractor finds the client's address: the peer, or what trusted proxies
// say of it.
func ipExtractor(trusted []netip.Prefix) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	opts := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, p := range trusted {
		opts = append(opts, echo.TrustIPRange(prefixNet(p)))
	}
	return echo.ExtractIPFromXFFHeader(opts...)
}

// recoverPanics turns a panic into an error: the log gets where it happened,
// the user that something did.
func (s *server) recoverPanics(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) (err error) {
		defer func() {
			r := recover()
			if r == http.ErrAbortHandler {
				panic(r)
			}
			if r != nil {
				stack := make([]byte, 4<<10)
				err = fmt.Errorf("panic: %v\n%s", r, stack[:runtime.Stack(stack, false)])
			}
		}()
		return next(c)
	}
}

// securityHeaders keep scripts, frames and referrers to this server's own.
func securityHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		return next(c)
	}
}

func (s *server) asset(c echo.Context) error {
	f, ok := s.assets.Get(c.Param("name"))
	if !ok {
		return echo.ErrNotFound
	}
	cache := "public, max-age=3600"
	if f.Hashed {
		cache = "public, max-age=31536000, immutable"
	}
	c.Response().Header().Set("Cache-Control", cache)
	return c.Blob(http.StatusOK, f.ContentType, f.Data)
}

// admit takes a place for one check, or says why there is none. The caller
// frees the place.
func (s *server) admit(c echo.Context) *problem {
	if ok, retry := s.limit.allow(network(c.RealIP())); !ok {
		return newProblem(http.StatusTooManyRequests, "too many checks from this address", "слишком много проверок с этого адреса").retry(retry)
	}
	if !s.slots.take() {
		return newProblem(http.StatusServiceUnavailable, "all places for checks are taken", "все места для проверок заняты").retry(5)
	}
	return nil
}

// handleError turns whatever a handler returned into an answer; the cause of
// what is not the client's fault goes to the log alone.
func (s *server) handleError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	p := s.asProblem(err, c)
	h := c.Response().Header()
	if allow := h.Get(echo.HeaderAllow); strings.Contains(allow, http.MethodGet) {
		h.Set(echo.HeaderAllow, allow+", "+http.MethodHead)
	}
	write := p.write
	switch {
	case isAPI(c):
	case wantsEvents(c): // for the script of a page
		write = p.saying(failureText(s.page(c, ""), p)).write
	default:
		write = func(c echo.Context) error { return s.failurePage(c, p) }
	}
	if err := write(c); err != nil {
		s.Log.Error("writing an error answer", "error", err)
	}
}

func (s *server) asProblem(err error, c echo.Context) *problem {
	var p *problem
	if errors.As(err, &p) {
		return p
	}
	var he *echo.HTTPError
	if errors.As(err, &he) && he.Code < 500 {
		return newProblem(he.Code, statusDetail(he.Code).EN, statusDetail(he.Code).RU)
	}
	if errors.Is(err, context.Canceled) {
		return newProblem(http.StatusServiceUnavailable, "the check was cancelled", "проверка отменена")
	}
	s.Log.Error("serving a request", "method", c.Request().Method, "route", c.Path(), "error", err)
	return newProblem(http.StatusInternalServerError, "", "")
}

// statusDetail says what is wrong with a request that no handler saw.
func statusDetail(code int) lang.Text {
	switch code {
	case http.StatusNotFound:
		return lang.Text{EN: "there is nothing at this path", RU: "по этому пути ничего нет"}
	case http.StatusMethodNotAllowed:
		return lang.Text{EN: "this path does not take the method; Allow names those that it takes", RU: "этот путь такой метод не принимает; принимаемые названы в Allow"}
	case http.StatusRequestEntityTooLarge:
		return tooLarge
	}
	return lang.Text{}
}
