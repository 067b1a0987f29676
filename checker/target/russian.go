package target

import (
	"cmp"
	"strings"

	"hookcheck/internal/lang"
)

// In is the error as one line in a language.
func (e *Error) In(l lang.Lang) string {
	if l != lang.RU {
		return e.Error()
	}
	field := map[string]string{"host": "хост", "port": "порт", "scheme": "схема", "path": "путь", "user": "имя пользователя"}[e.Field]
	return cmp.Or(field, e.Field) + ": " + inRussian(e.Problem) + "; ожидается " + inRussian(e.Expected)
}

// inRussian translates a problem or an expectation. A value between a
// beginning and an end that are known stays as it is.
func inRussian(s string) string {
	if ru, ok := russian[s]; ok {
		return ru
	}
	for _, t := range russianAround {
		if middle, ok := strings.CutPrefix(s, t.begin); ok {
			if middle, ok = strings.CutSuffix(middle, t.end); ok {
				return t.ruBegin + middle + t.ruEnd
			}
		}
	}
	return s
}

var russianAround = []struct{ begin, end, ruBegin, ruEnd string }{
	{"it holds a control character (", ")", "есть управляющий символ (", ")"},
	{"two slashes must follow ", ":", "после ", ": нужны две косые черты"},
	{"the character ", " is not allowed in it", "символ ", " здесь не допускается"},
}

var russian = map[string]string{
	"it is longer than 4096 characters":                    "длиннее 4096 символов",
	"it is empty":                                          "пусто",
	"it holds nothing but white space":                     "одни пробелы",
	"it is not valid UTF-8":                                "не UTF-8",
	"this is a bot token, not an address":                  "это токен бота, а не адрес",
	"it is not a URL scheme":                               "это не схема URL",
	"it is missing":                                        "отсутствует",
	"it is missing after the colon":                        "после двоеточия его нет",
	"it is not a number":                                   "это не число",
	"it is 0":                                              "это 0",
	"it is over 65535":                                     "больше 65535",
	"it is more than a host name":                          "здесь не только имя хоста",
	"it is longer than 253 characters":                     "длиннее 253 символов",
	"it cannot be written in ASCII (IDNA)":                 "его нельзя записать в ASCII (IDNA)",
	"its brackets do not enclose it":                       "скобки стоят не вокруг него",
	"there is no IPv6 address in the brackets":             "в скобках нет адреса IPv6",
	"there is a space in it":                               "в нём пробел",
	"there is a bot token in it":                           "в нём токен бота",
	"there is a colon in it":                               "в нём двоеточие",
	"a percent sign stands without two hexadecimal digits": "за знаком процента нет двух шестнадцатеричных цифр",
	"a part between dots is empty":                         "часть между точками пуста",
	"a part between dots is longer than 63 characters":     "часть между точками длиннее 63 символов",

	expectTarget:                          "хост, хост:порт или https://хост/путь",
	"https://":                            "https://",
	"https://HOST":                        "https://хост",
	"http://HOST":                         "http://хост",
	"at most 4096 characters":             "не больше 4096 символов",
	"one line without control characters": "одна строка без управляющих символов",
	"a number from 1 to 65535":            "число от 1 до 65535",
	"a name such as bot.example.org, or an address": "имя вида bot.example.org или адрес",
	expectLabels:                                      "имя из частей от 1 до 63 символов, всего не больше 253",
	"a domain name that can be registered":            "доменное имя, которое можно зарегистрировать",
	"an IPv6 address such as [2001:db8::1]":           "адрес IPv6 вида [2001:db8::1]",
	"one name such as bot.example.org, or an address": "одно имя вида bot.example.org или адрес",
	"HOST:PORT, or an IPv6 address in brackets":       "хост:порт или адрес IPv6 в скобках",
	"%XX, or no percent sign":                         "%XX или никакого знака процента",
	"letters, digits, dots, hyphens and underscores":  "имя из букв, цифр, точек, дефисов и подчёркиваний",
}
