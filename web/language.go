package web

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"hookcheck/internal/lang"
)

// langCookie remembers a choice made by the switch.
const langCookie = "lang"

// pageLang chooses by path, then cookie, then browser.
func pageLang(c echo.Context) lang.Lang {
	if p := c.Request().URL.Path; p == "/ru" || strings.HasPrefix(p, "/ru/") {
		return lang.RU
	}
	if cookie, err := c.Cookie(langCookie); err == nil {
		if l, ok := lang.Parse(cookie.Value); ok {
			return l
		}
	}
	return lang.FromAcceptLanguage(c.Request().Header.Get("Accept-Language"))
}

// apiLang is the language asked for in a request, else the browser's.
func apiLang(c echo.Context, asked string) (lang.Lang, *problem) {
	if asked == "" {
		return lang.FromAcceptLanguage(c.Request().Header.Get("Accept-Language")), nil
	}
	l, ok := lang.Parse(asked)
	if !ok {
		return "", newProblem(http.StatusUnprocessableEntity, "lang: expected en or ru").at("lang")
	}
	return l, nil
}

// otherLang is where the language switch leads: the same page, by a link that
// sets the cookie.
func otherLang(l lang.Lang, path string) (href string, other lang.Lang) {
	bare := barePath(path)
	if l == lang.RU {
		return "/lang/en?to=" + bare, lang.EN
	}
	return "/lang/ru?to=" + bare, lang.RU
}

// switchLang remembers the language and goes back to the page, which is always
// one of this server.
func switchLang(c echo.Context) error {
	l, ok := lang.Parse(c.Param("lang"))
	if !ok {
		return echo.ErrNotFound
	}
	to := ownPath(c.QueryParam("to"))
	c.SetCookie(&http.Cookie{Name: langCookie, Value: string(l), Path: "/", MaxAge: 31536000, SameSite: http.SameSiteLaxMode, HttpOnly: true})
	if l == lang.RU {
		to = strings.TrimSuffix("/ru"+to, "/")
	}
	return c.Redirect(http.StatusSeeOther, to)
}
