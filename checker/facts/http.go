package facts

import (
	"fmt"
	"strings"

	"hookcheck/checker/evidence"
)

// slowAfterMS is when an answer is called slow, in milliseconds.
const slowAfterMS = 5000

func deriveHTTP(ev *evidence.Evidence, tls *TLS) HTTP {
	h := ev.HTTP
	if h == nil {
		return HTTP{}
	}
	out := HTTP{
		Status: h.Status, Reason: h.Reason, Location: h.Location,
		Seconds: float64(h.DurationMS) / 1000, BodyHint: bodyHint(h),
	}
	switch h.Outcome {
	case evidence.HTTPNotSent, evidence.HTTPNotReached, evidence.HTTPClientAlert, evidence.HTTPEndless:
		return out
	case evidence.HTTPRequestTooLong:
		out.Tried, out.Problem = true, HTTPRequestLong
		return out
	}
	out.Tried = true
	if tls.Problem != TLSFine {
		return out
	}
	out.Problem, out.Predicted = httpProblem(h)
	out.Predicted, _, _ = strings.Cut(out.Predicted, "\x00") // the client keeps it as a C string
	out.Slow = out.Problem == HTTPFine && h.DurationMS > slowAfterMS
	return out
}

// httpProblem names the fault and what Telegram's client reports for it
// (td/net/HttpReader.cpp, HttpConnectionBase.cpp; WebhookActor::handle).
func httpProblem(h *evidence.HTTP) (HTTPProblem, string) {
	switch h.Outcome {
	case evidence.HTTPResponse:
		return statusProblem(h)
	case evidence.HTTPTimeout:
		return HTTPTimeout, "Read timeout expired"
	case evidence.HTTPReset:
		return HTTPReset, "Connection reset by peer"
	case evidence.HTTPNotHTTP:
		return HTTPNotHTTP, "Not Implemented"
	case evidence.HTTPVersion:
		return HTTPNotHTTP, "HTTP Version Not Supported"
	case evidence.HTTPHeadTooLarge:
		return HTTPNotHTTP, "Request Header Fields Too Large: total headers size exceeded"
	case evidence.HTTPBadHead:
		return HTTPNotHTTP, orElse(h.Error, "Bad Request")
	case evidence.HTTPBadBody:
		return HTTPEncoding, orElse(h.Error, "Bad Request")
	case evidence.HTTPBadEncoding:
		return HTTPEncoding, orElse(h.Error, "Unsupported Media Type: unsupported content-encoding")
	case evidence.HTTPBadTransfer:
		return HTTPEncoding, orElse(h.Error, "Unimplemented: unsupported transfer-encoding")
	}
	return HTTPClosed, "Webhook connection closed"
}

func orElse(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}

func statusProblem(h *evidence.HTTP) (HTTPProblem, string) {
	if h.Status >= 200 && h.Status <= 299 {
		return HTTPFine, ""
	}
	predicted := fmt.Sprintf("Wrong response from the webhook: %d %s", h.Status, h.Reason)
	switch s := h.Status; {
	case s >= 300 && s <= 399:
		return HTTPRedirect, predicted
	case s == 401 || s == 403:
		return HTTPUnauthorized, predicted
	case s == 404:
		return HTTPNotFound, predicted
	case s == 405:
		return HTTPMethod, predicted
	case s == 410:
		return HTTPGone, predicted
	case s >= 400 && s <= 499:
		return HTTPClientError, predicted
	case s == 502 || s == 503 || s == 504 || s >= 520 && s <= 530:
		return HTTPBadGateway, predicted
	case s >= 500 && s <= 599:
		return HTTPServerError, predicted
	}
	return HTTPOddStatus, predicted
}

// bodyHint names the product whose error page the answer looks like. It is a
// hint for the order of fixes, never a fact.
func bodyHint(h *evidence.HTTP) string {
	text := strings.ToLower(h.Server + " " + h.Headers["via"] + " " + h.BodyStart)
	switch {
	case h.Headers["cf-ray"] != "" || strings.Contains(text, "cloudflare"):
		return "cloudflare"
	case strings.Contains(text, "openresty") || strings.Contains(text, "nginx"):
		return "nginx"
	case strings.Contains(text, "apache"):
		return "apache"
	case strings.Contains(text, "caddy"):
		return "caddy"
	case strings.Contains(text, "haproxy"):
		return "haproxy"
	}
	return ""
}
