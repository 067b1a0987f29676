package main

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"hookcheck/internal/lang"
)

// say fills in a format of russianTexts in the run's language.
func (a *app) say(format string, args ...any) string {
	if a.lang != lang.RU {
		return fmt.Sprintf(format, args...)
	}
	shown := make([]any, len(args))
	for i, arg := range args {
		shown[i] = arg
		switch arg := arg.(type) {
		case interface{ In(lang.Lang) string }: // of package target or rootstore
			shown[i] = arg.In(a.lang)
		case problem:
			shown[i] = inRussian(string(arg))
		}
	}
	return fmt.Sprintf(inRussian(format), shown...)
}

// inRussian translates a text of the command line. What stands between a
// beginning and an end that are known stays as it is.
func inRussian(s string) string {
	if ru, ok := russianTexts[s]; ok {
		return ru
	}
	for _, t := range russianAround {
		if middle, ok := strings.CutPrefix(s, t.begin); ok {
			if middle, ok = strings.CutSuffix(middle, t.end); ok {
				return t.ruBegin + middle + t.ruEnd
			}
		}
	}
	if flag, rest, ok := strings.Cut(s, " must be one of "); ok { // kong, of an enum
		return flag + ": допустимо одно из " + strings.Replace(rest, " but got ", ", а указано ", 1)
	}
	return s
}

// problem is a text of kong's, which is translated as it is shown.
type problem string

// askedFor finds the language before the command line is parsed, for help and
// for what is wrong with the line itself.
func askedFor(args []string, otherwise lang.Lang) lang.Lang {
	for i, arg := range args {
		value, ok := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			value, ok = args[i+1], true
		}
		if l, known := lang.Parse(value); ok && known {
			return l
		}
	}
	return otherwise
}

// translate puts the model's help into the run's language.
func (a *app) translate(m *kong.Node) {
	if a.lang != lang.RU {
		return
	}
	m.Help, m.Detail = inRussian(m.Help), helpLabels.Replace(m.Detail)
	for _, f := range m.Flags {
		f.Help = inRussian(f.Help)
		if f.Group != nil {
			f.Group.Title = inRussian(f.Group.Title)
		}
	}
	for _, p := range m.Positional {
		p.Help = inRussian(p.Help)
	}
	for _, child := range m.Children {
		a.translate(child)
	}
}

// help prints kong's help with its labels in the run's language.
func (a *app) help(o kong.HelpOptions, ctx *kong.Context) error {
	if a.lang != lang.RU {
		return kong.DefaultHelpPrinter(o, ctx)
	}
	var page bytes.Buffer
	out := ctx.Stdout
	ctx.Stdout = &page
	err := kong.DefaultHelpPrinter(o, ctx)
	ctx.Stdout = out
	if err != nil {
		return fmt.Errorf("printing help: %w", err)
	}
	if _, err = helpLabels.WriteString(out, page.String()); err != nil {
		return fmt.Errorf("printing help: %w", err)
	}
	return nil
}

// helpLabels are kong's own words and the prose under the examples.
var helpLabels = strings.NewReplacer(
	"Usage: ", "Вызов: ", "Arguments:\n", "Аргументы:\n", "Flags:\n", "Флаги:\n", "Commands:\n", "Команды:\n", "Examples:\n", "Примеры:\n",
	"hookcheck <command>\n", "hookcheck <команда>\n", " [flags]", " [флаги]",
	`Run "hookcheck <command> --help" for more information on a command.`, "О каждой команде: hookcheck <команда> --help.",
	"Exit status: 0 works, 1 Telegram would not deliver as things stand, 2 wrong usage,\n3 could not be decided.",
	"Код выхода: 0 — работает, 1 — сейчас Telegram обновления не доставит, 2 — неверный вызов,\n3 — не выяснено.",
	"What a file is shows from its content. A private key among the files is refused: it is\ndropped and never shown. --key alone reads one, to compare it.",
	"Что лежит в файле, видно по содержимому. Закрытый ключ среди файлов не принимается: он\nотбрасывается и не показывается. Ключ читает только --key — чтобы сравнить.",
	"Bot tokens are hidden before anything is shown. Nothing is sent anywhere; the\nname of a webhook's host is asked of DNS where getWebhookInfo gave its address.\nExit status: 0 the text was recognised, 2 there was none, 3 it is not known.",
	"Токены ботов скрываются до показа. Ничего никуда не отправляется; имя хоста вебхука\nзапрашивается в DNS, если getWebhookInfo назвал его адрес.\nКод выхода: 0 — текст распознан, 2 — текста нет, 3 — текст неизвестен.",
)

var russianAround = []struct{ begin, end, ruBegin, ruEnd string }{
	{"hookcheck ", " --help shows arguments and flags", "аргументы и флаги покажет hookcheck ", " --help"},
	{"did you mean ", "?", "возможно, вы имели в виду ", ""},
	{"unknown flag ", "", "неизвестный флаг ", ""},
	{"unexpected argument ", "", "лишний аргумент ", ""},
	{`expected "`, `"`, `не указано "`, `"`},
	{"missing flags: ", "", "не указаны флаги: ", ""},
}
