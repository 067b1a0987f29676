package render

import (
	"hookcheck/checker/report"
	"hookcheck/checker/rules"
	"hookcheck/internal/lang"
)

// words are the interface's own words in one language.
type words struct {
	works, worksIfUploaded, fails, unknown          string
	telegramSays, telegramWouldSay, fix, fixes      string
	moreFixes, seeVerbose, above                    string
	apply, undo, where, shortened                   string
	wholeElsewhere, chainByFlag                     string
	blocker, openQuestion, warning, notice, vantage string
	stages, certificates, addresses, protocols      string
	handshake, missing, root, lists, answer         string
	setWebhook, correctedChain, correctedHint       string
	looksLike, names, valid, key, sources           string
	pass, warn, fail, skip                          string
	sameAsFirst, answersOtherwise                   string
	ms                                              string
	stage, status, result, example                  string
	lint, lintHint, lintError, noSubject            string
	listMozilla, listDocumented, listGiven          string
	documented, source, observed                    string
}

func wordsFor(r *report.Report) *words { return wordsIn(lang.Lang(r.Lang)) }

func wordsIn(l lang.Lang) *words {
	if l == lang.RU {
		return &russian
	}
	return &english
}

var english = words{
	works: "WORKS", worksIfUploaded: "WORKS IF UPLOADED", fails: "FAILS", unknown: "UNKNOWN",
	telegramSays: "Telegram reports", telegramWouldSay: "Telegram would report", fix: "Fix", fixes: "Fixes",
	moreFixes: "Other fixes", seeVerbose: "--verbose shows them in full", above: "see above", apply: "Then", undo: "To undo", where: "Where",
	wholeElsewhere: "That is what changes. The command that does it, tests it and can take it back: --verbose, --format json, or the page's copy button.",
	chainByFlag:    "The chain itself: --bundle FILE writes it.",
	shortened:      "Shortened for reading and not to be run like this: --verbose, --format json and the page's copy button give the whole command.",
	blocker:        "blocker", openQuestion: "undecided", warning: "warning", notice: "notice",
	vantage: "this may be due to where the check was made from",
	stages:  "Stages", certificates: "Certificates presented", addresses: "Addresses", protocols: "Protocols",
	handshake: "Handshake", missing: "Missing", root: "Root", lists: "lists", answer: "Answer",
	setWebhook: "setWebhook call for this set-up", correctedChain: "Corrected chain",
	correctedHint: "--bundle FILE writes it",
	looksLike:     "Looks like", names: "names", valid: "valid", key: "key", sources: "Sources",
	pass: "pass", warn: "warn", fail: "fail", skip: "skip",
	sameAsFirst: "answers like the first", answersOtherwise: "answers otherwise",
	ms: "ms", stage: "Stage", status: "Status", result: "Result", example: "Example",
	lint: "Lint", lintHint: "advice, which Telegram does not mind",
	lintError: "error", noSubject: "(no subject)",
	listMozilla: "today's Mozilla list", listDocumented: "the older list that Telegram's guide links", listGiven: "the file that you gave",
	documented: "documented", source: "source", observed: "observed",
}

var russian = words{
	works: "РАБОТАЕТ", worksIfUploaded: "ЗАРАБОТАЕТ ПОСЛЕ ЗАГРУЗКИ", fails: "НЕ РАБОТАЕТ", unknown: "НЕ ВЫЯСНЕНО",
	telegramSays: "Telegram сообщает", telegramWouldSay: "Telegram сообщит", fix: "Исправление", fixes: "Исправления",
	moreFixes: "Другие исправления", seeVerbose: "целиком их покажет --verbose", above: "см. выше", apply: "Затем", undo: "Чтобы вернуть как было", where: "Где",
	wholeElsewhere: "Это суть изменения. Команду, которая его вносит, проверяет и может отменить, дают --verbose, --format json и кнопка копирования на странице.",
	chainByFlag:    "Саму цепочку запишет --bundle FILE.",
	shortened:      "Сокращено для чтения, в таком виде не запускать: команду целиком дают --verbose, --format json и кнопка копирования на странице.",
	blocker:        "мешает доставке", openQuestion: "не выяснено", warning: "предупреждение", notice: "замечание",
	vantage: "возможно, дело в том, откуда велась проверка",
	stages:  "Этапы", certificates: "Сертификаты от сервера", addresses: "Адреса", protocols: "Протоколы",
	handshake: "Рукопожатие", missing: "Не хватает", root: "Корневой", lists: "списки", answer: "Ответ",
	setWebhook: "Вызов setWebhook для этой настройки", correctedChain: "Исправленная цепочка",
	correctedHint: "--bundle FILE запишет её в файл",
	looksLike:     "Похоже на", names: "имена", valid: "действует", key: "ключ", sources: "Источники",
	pass: "да", warn: "осторожно", fail: "нет", skip: "пропуск",
	sameAsFirst: "отвечает так же, как первый", answersOtherwise: "отвечает иначе",
	ms: "мс", stage: "Этап", status: "Итог", result: "Результат", example: "Пример",
	lint: "Соответствие правилам", lintHint: "советы; Telegram это не мешает",
	lintError: "ошибка", noSubject: "(без subject)",
	listMozilla: "нынешний список Mozilla", listDocumented: "прежний список, на который ссылается руководство Telegram", listGiven: "файл, который указали вы",
	documented: "по документации", source: "по исходному коду клиента", observed: "по наблюдению за клиентом",
}

func (w *words) verdict(v report.Verdict) string {
	switch v {
	case report.Works:
		return w.works
	case report.WorksIfUploaded:
		return w.worksIfUploaded
	case report.Fails:
		return w.fails
	}
	return w.unknown
}

func (w *words) severity(f *report.Finding) string {
	switch {
	case f.Undecided && f.Severity == "blocker":
		return w.openQuestion
	case f.Severity == "blocker":
		return w.blocker
	case f.Severity == "warning":
		return w.warning
	}
	return w.notice
}

// rule is how grave a rule's finding is.
func (w *words) rule(r rules.Rule) string {
	return w.severity(&report.Finding{Severity: string(r.Severity), Undecided: r.Undecided})
}

func (w *words) basis(b rules.Basis) string {
	switch b {
	case rules.Documented:
		return w.documented
	case rules.FromSource:
		return w.source
	}
	return w.observed
}

func (w *words) stageStatus(s report.Status) string {
	switch s {
	case report.Pass:
		return w.pass
	case report.Warn:
		return w.warn
	case report.Fail:
		return w.fail
	case report.Skip:
		return w.skip
	}
	return "?"
}
