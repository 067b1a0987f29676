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

// askedLang keeps the language that a request's document asks for, so that an
// error found later is told in it too.
const askedLang = "hookcheck.lang"

// answerLang is the language of an answer to a program: the one asked for,
// else the browser's; the page's own, where its script asks.
func answerLang(c echo.Context) lang.Lang {
	if !isAPI(c) {
		return pageLang(c)
	}
	if l, ok := c.Get(askedLang).(lang.Lang); ok {
		return l
	}
	if l, ok := lang.Parse(c.QueryParam("lang")); ok {
		return l
	}
	return lang.FromAcceptLanguage(c.Request().Header.Get("Accept-Language"))
}

// apiLang is answerLang where a request names a language itself.
func apiLang(c echo.Context, asked string) (lang.Lang, *problem) {
	if asked == "" {
		return answerLang(c), nil
	}
	l, ok := lang.Parse(asked)
	if !ok {
		return "", newProblem(http.StatusUnprocessableEntity, "lang: expected en or ru", "lang: нужно en или ru").at("lang")
	}
	c.Set(askedLang, l)
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
