package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"
	"strings"

	"hookcheck/internal/lang"
)

// usage says what each flag does; what stands between backticks is the name of
// its value.
var usage = map[string]lang.Text{
	"listen":          {EN: "`address` to serve pages and API on", RU: "`адрес`, на котором доступны страницы и API"},
	"allow-private":   {EN: "check private and reserved addresses too; refused on a public listener", RU: "проверять и частные, и зарезервированные адреса; на публичном адресе не допускается"},
	"any-port":        {EN: "connect to ports that setWebhook refuses too", RU: "подключаться и к портам, которых setWebhook не принимает"},
	"dns":             {EN: "`address` of the DNS server; by default those of resolv.conf", RU: "`адрес` сервера имён; по умолчанию — из resolv.conf"},
	"roots":           {EN: "PEM `file` to use in place of the embedded root lists", RU: "`файл` PEM вместо встроенных списков корневых сертификатов"},
	"rate":            {EN: "`number` of checks a minute for each client address, 0 for no limit", RU: "`число` проверок в минуту с одного адреса, 0 — без ограничения"},
	"max-checks":      {EN: "`number` of checks that may run at once", RU: "`число` проверок, которые идут одновременно"},
	"timeout":         {EN: "longest `duration` of one check", RU: "самое большое `время` одной проверки"},
	"trusted-proxies": {EN: "comma-separated `networks` whose X-Forwarded-For is believed", RU: "`сети` через запятую, чьему X-Forwarded-For верить"},
	"gallery":         {EN: "show every page in every state at /gallery, for development; refused on a public listener", RU: "показывать на /gallery все страницы во всех состояниях, для разработки; на публичном адресе не допускается"},
	"version":         {EN: "print the version", RU: "показать версию"},
}

// usageError is a mistake in the settings, with what to do about it.
type usageError struct{ problem, hint lang.Text }

func (e *usageError) Error() string { return e.problem.EN }

func mistake(problem, hint lang.Text) error { return &usageError{problem, hint} }

func text(en, ru string) lang.Text { return lang.Text{EN: en, RU: ru} }

func textf(en, ru string, args ...any) lang.Text {
	return text(fmt.Sprintf(en, args...), fmt.Sprintf(ru, args...))
}

// flagError is a mistake that the flag package found, told in our words.
func flagError(err error) error {
	s := err.Error()
	help := text("see server --help", "см. server --help")
	if name, ok := strings.CutPrefix(s, "flag provided but not defined: -"); ok {
		return mistake(textf("there is no flag --%s", "флага --%s нет", name), help)
	}
	if name, ok := strings.CutPrefix(s, "flag needs an argument: -"); ok {
		return mistake(textf("--%s: it wants a value", "--%s: нужно значение", name), help)
	}
	if m := regexp.MustCompile(`^invalid (?:boolean )?value (".*") for (?:flag )?-([a-z-]+): `).FindStringSubmatch(s); m != nil {
		return mistake(textf("--%s: %s is not a value for it", "--%s: недопустимое значение %s", m[2], m[1]), help)
	}
	return err
}

func fail(w io.Writer, err error, l lang.Lang) {
	var u *usageError
	if !errors.As(err, &u) {
		fmt.Fprintf(w, "%s: %v\n", text("error", "ошибка").In(l), err)
		return
	}
	fmt.Fprintf(w, "%s: %s\n", text("error", "ошибка").In(l), u.problem.In(l))
	if !u.hint.IsZero() {
		fmt.Fprintf(w, "%s: %s\n", text("hint", "подсказка").In(l), u.hint.In(l))
	}
}

func help(w io.Writer, fs *flag.FlagSet, l lang.Lang) {
	fmt.Fprint(w, text("Usage: server [flags]\n\nServes hookcheck's pages and API. Each flag can be given as HOOKCHECK_NAME\nin the environment, for example HOOKCHECK_LISTEN=0.0.0.0:8080.\n\n",
		"Запуск: server [флаги]\n\nСтраницы и API программы hookcheck. Каждый флаг можно задать и переменной\nHOOKCHECK_ИМЯ, например HOOKCHECK_LISTEN=0.0.0.0:8080.\n\n").In(l))
	var b strings.Builder
	fs.SetOutput(&b)
	fs.PrintDefaults()
	fmt.Fprint(w, strings.ReplaceAll(b.String(), "(default ", text("(default ", "(по умолчанию ").In(l)))
}
