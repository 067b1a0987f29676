package web

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"hookcheck/checker"
	"hookcheck/checker/target"
	"hookcheck/internal/lang"
)

// checkInput is a check as the form and the API ask for it.
type checkInput struct {
	target      string
	certificate *checker.File
	secret      string
	post        *bool
	timeout     time.Duration // 0: the server's
	onStage     func(checker.StageEnd)
}

// run validates the input, takes a place and checks.
func (s *server) run(c echo.Context, in checkInput) (*checker.Result, error) {
	t, p := parseTarget(in.target)
	if p != nil {
		return nil, p
	}
	if p := checkSecret(in.secret); p != nil {
		return nil, p
	}
	if p := s.admit(c); p != nil {
		return nil, p
	}
	defer s.slots.free()
	timeout := s.Timeout
	if in.timeout > 0 {
		timeout = min(in.timeout, s.Timeout)
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), timeout+2*time.Second)
	defer cancel()
	return s.Checker.Check(ctx, checker.CheckRequest{
		Target: t, Certificate: in.certificate, SecretToken: in.secret, Post: in.post,
		DNS: s.DNS, Timeout: timeout, AnyPort: s.AnyPort, OnStage: in.onStage,
	})
}

// parseTarget answers 422 with the field for a target that cannot be used.
func parseTarget(s string) (target.Target, *problem) {
	if len(s) > maxTarget {
		return target.Target{}, newProblem(http.StatusUnprocessableEntity,
			"target: longer than 4096 characters; expected host, host:port or an https URL", "target: больше 4096 знаков; нужны хост, хост:порт или URL с https").at("target")
	}
	t, err := target.Parse(s)
	if err != nil {
		var te *target.Error
		if errors.As(err, &te) {
			return t, newProblem(http.StatusUnprocessableEntity, te.Error(), te.In(lang.RU)).at("target")
		}
		return t, newProblem(http.StatusUnprocessableEntity, "target: expected host, host:port or an https URL", "target: нужны хост, хост:порт или URL с https").at("target")
	}
	return t, nil
}

// checkSecret applies setWebhook's rule: 1 to 256 of A-Z a-z 0-9 _ -.
func checkSecret(s string) *problem {
	const allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
	if len(s) > maxSecret || strings.Trim(s, allowed) != "" {
		return newProblem(http.StatusUnprocessableEntity,
			"secret_token: expected 1 to 256 characters of A-Z a-z 0-9 _ -, as setWebhook takes them", "secret_token: нужно от 1 до 256 символов A-Z a-z 0-9 _ -, как принимает setWebhook").at("secret_token")
	}
	return nil
}

func prefixNet(p netip.Prefix) *net.IPNet {
	p = p.Masked()
	return &net.IPNet{IP: p.Addr().AsSlice(), Mask: net.CIDRMask(p.Bits(), p.Addr().BitLen())}
}
