package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"hookcheck/checker/remedy"
	"hookcheck/checker/report"
	"hookcheck/web/templates"
)

// platformName is the cookie that remembers whose fixes come first.
const platformName = "platform"

// platforms are those that a user may choose, in the order offered.
var platforms = []string{
	remedy.Nginx, remedy.Apache, remedy.HAProxy, remedy.Caddy, remedy.Panel, remedy.Certbot, remedy.Node, remedy.Python,
	remedy.Java, remedy.PHP, remedy.Windows, remedy.UFW, remedy.IPTables, remedy.NFTables, remedy.Firewalld,
	remedy.OpenSSL, remedy.Keytool, remedy.DNS, remedy.Telegram, remedy.Other,
}

func platformCookie(c echo.Context) string {
	cookie, err := c.Cookie(platformName)
	if err != nil || !slices.Contains(platforms, cookie.Value) {
		return ""
	}
	return cookie.Value
}

// choosePlatform remembers the choice and goes back to the report.
func (s *server) choosePlatform(c echo.Context) error {
	p := c.FormValue("platform")
	if !slices.Contains(platforms, p) {
		return newProblem(http.StatusUnprocessableEntity, "platform: expected one of the list", "platform: нужно значение из списка").at("platform")
	}
	c.SetCookie(&http.Cookie{Name: platformName, Value: p, Path: "/", MaxAge: 31536000, SameSite: http.SameSiteLaxMode, HttpOnly: true})
	return c.Redirect(http.StatusSeeOther, ownPath(c.FormValue("to")))
}

// ownPath is a path of this server, whatever was asked for.
func ownPath(to string) string {
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") || strings.ContainsAny(to, "\\\r\n\t") || len(to) > 200 {
		return "/"
	}
	return to
}

// platformText is a platform's name for people.
func platformText(m *templates.Messages, p string) string {
	names := map[string]string{
		remedy.Apache: "Apache", remedy.HAProxy: "HAProxy", remedy.Caddy: "Caddy", remedy.Certbot: "Certbot", remedy.Node: "Node.js",
		remedy.Python: "Python", remedy.Java: "Java", remedy.PHP: "PHP", remedy.Windows: "Windows, IIS", remedy.OpenSSL: "OpenSSL",
		remedy.Panel: m.PlatformPanel, remedy.Other: m.PlatformOther, remedy.DNS: m.PlatformDNS, remedy.Telegram: "Telegram",
	}
	if name := names[p]; name != "" {
		return name
	}
	return p
}

// chosenFirst orders fixes so that those of one platform lead.
func chosenFirst(in []report.Remedy, platform string) []report.Remedy {
	out := slices.Clone(in)
	slices.SortStableFunc(out, func(a, b report.Remedy) int {
		switch {
		case a.Platform == platform && b.Platform != platform:
			return -1
		case b.Platform == platform && a.Platform != platform:
			return 1
		}
		return 0
	})
	return out
}

// choices lists the platforms that the fixes are for.
func choices(m *templates.Messages, fixes []report.Remedy) []templates.Choice {
	var out []templates.Choice
	for i, f := range fixes {
		seen := slices.ContainsFunc(out, func(c templates.Choice) bool { return c.Value == f.Platform })
		if !seen {
			out = append(out, templates.Choice{Value: f.Platform, Text: platformText(m, f.Platform), Chosen: i == 0})
		}
	}
	return out
}
