package templates

import "hookcheck/internal/lang"

// Messages are the words of the interface in one language. A field that is
// missing in one of them is a compile error or an empty word that a test finds.
type Messages struct {
	Title, Tagline, Lead                        string
	NavCheck, NavPEM, NavRules, OtherLang       string
	Target, TargetHint, TargetExample           string
	Certificate, CertificateHint                string
	Secret, SecretHint, Submit                  string
	More                                        string
	Works, WorksIfUploaded, Fails, Unknown      string
	TelegramSays, ReportedBy, SetWebhook        string
	Stages, Findings, NoFindings, Chain         string
	Blocker, Warning, Notice                    string
	Why, Fix, Where, Apply, Undo, OtherFixes    string
	Copy, Copied                                string
	Vantage, Basis, Sources, Seen               string
	Position, Subject, Issuer, Valid, Key       string
	Names, Fingerprint, Role, Missing, Root     string
	Bundle, Protocols, Addresses, LooksLike     string
	CheckAgain, CheckedAt                       string
	PEMTitle, PEMLead, PEMFiles, PEMPaste       string
	Hostname, HostnameHint, PEMSubmit           string
	RulesTitle, RulesLead, Severity, Stage      string
	PredictedError, Meaning, Remedies, Open     string
	ErrorTitle, NotFound, TooMany, Busy         string
	TooLarge, Internal, BadRequest, BackToStart string
}

// For returns the words of a language.
func For(l lang.Lang) *Messages {
	if l == lang.RU {
		return &russian
	}
	return &english
}

var english = Messages{
	Title: "hookcheck", Tagline: "Can Telegram deliver updates to your webhook?",
	Lead:     "Give the address of your bot's webhook. hookcheck does what Telegram does, names the one cause where it fails, and hands you the fix.",
	NavCheck: "Check", NavPEM: "Certificate files", NavRules: "Rules", OtherLang: "Русский",
	Target: "Webhook", TargetHint: "A URL also gets a test update. A host, or host and port, stops after TLS.",
	TargetExample: "https://bot.example.org:8443/webhook",
	Certificate:   "File passed to setWebhook as certificate", CertificateHint: "Only if you uploaded one.",
	Secret: "secret_token", SecretHint: "Only if you set one. It is sent with the test update and not kept.",
	Submit: "Check", More: "Uploaded certificate, secret token",
	Works: "works", WorksIfUploaded: "works once uploaded", Fails: "fails", Unknown: "cannot be decided",
	TelegramSays: "What Telegram reports", ReportedBy: "shown by", SetWebhook: "The setWebhook call for this server",
	Stages: "Stages", Findings: "Findings", NoFindings: "Nothing was found that Telegram would mind.", Chain: "Certificates as presented",
	Blocker: "blocker", Warning: "warning", Notice: "notice",
	Why: "Why", Fix: "Fix", Where: "Where", Apply: "Check and reload", Undo: "Undo", OtherFixes: "Other platforms",
	Copy: "Copy", Copied: "Copied",
	Vantage: "May be due to where this check ran from.", Basis: "Basis", Sources: "Sources", Seen: "What was seen",
	Position: "No.", Subject: "Subject", Issuer: "Issuer", Valid: "Valid", Key: "Key",
	Names: "Names", Fingerprint: "SHA-256", Role: "Role", Missing: "Missing", Root: "Root",
	Bundle: "Corrected chain in server order", Protocols: "Protocol versions", Addresses: "Addresses", LooksLike: "Looks like",
	CheckAgain: "Check again", CheckedAt: "Checked at",
	PEMTitle: "Check certificate files", PEMLead: "The files are judged in the order given, as if a server presented them. Never upload a private key.",
	PEMFiles: "Files", PEMPaste: "or paste PEM", Hostname: "Host name", HostnameHint: "Optional: also check that the certificate covers this name.",
	PEMSubmit:  "Check files",
	RulesTitle: "Catalogue of findings", RulesLead: "Every fault that hookcheck can name, with what Telegram reports for it.",
	Severity: "Severity", Stage: "Stage", PredictedError: "Telegram reports", Meaning: "Meaning", Remedies: "Remedies", Open: "leaves the verdict open",
	ErrorTitle: "That did not work", NotFound: "There is no such page.", TooMany: "Too many checks from your address. Try again in a moment.",
	Busy:     "All places for checks are taken. Try again in a few seconds.",
	TooLarge: "That is larger than a webhook certificate can be.", Internal: "An error inside hookcheck. It has been logged.",
	BadRequest: "The request could not be read.", BackToStart: "Back to the start",
}

var russian = Messages{
	Title: "hookcheck", Tagline: "Доставит ли Telegram обновления вашему вебхуку?",
	Lead:     "Укажите адрес вебхука вашего бота. hookcheck проделает то же, что Telegram, назовёт одну причину сбоя и даст готовое исправление.",
	NavCheck: "Проверка", NavPEM: "Файлы сертификатов", NavRules: "Правила", OtherLang: "English",
	Target: "Вебхук", TargetHint: "По URL отправляется и тестовое обновление. Если указаны только хост и порт, проверка заканчивается на TLS.",
	TargetExample: "https://bot.example.org:8443/webhook",
	Certificate:   "Файл, переданный в setWebhook как certificate", CertificateHint: "Только если вы его загружали.",
	Secret: "secret_token", SecretHint: "Только если вы его задали. Отправляется с тестовым обновлением и не сохраняется.",
	Submit: "Проверить", More: "Загруженный сертификат, секретный токен",
	Works: "работает", WorksIfUploaded: "заработает после загрузки", Fails: "не работает", Unknown: "решить нельзя",
	TelegramSays: "Что сообщает Telegram", ReportedBy: "видно в", SetWebhook: "Вызов setWebhook для этого сервера",
	Stages: "Этапы", Findings: "Что найдено", NoFindings: "Не найдено ничего, что помешало бы Telegram.", Chain: "Сертификаты в том виде, как их отдаёт сервер",
	Blocker: "препятствие", Warning: "предупреждение", Notice: "замечание",
	Why: "Почему", Fix: "Исправление", Where: "Где", Apply: "Проверить и применить", Undo: "Отменить", OtherFixes: "Другие платформы",
	Copy: "Копировать", Copied: "Скопировано",
	Vantage: "Возможно, дело в том, откуда велась проверка.", Basis: "Основание", Sources: "Источники", Seen: "Что увидели",
	Position: "№", Subject: "Владелец", Issuer: "Издатель", Valid: "Срок действия", Key: "Ключ",
	Names: "Имена", Fingerprint: "SHA-256", Role: "Роль", Missing: "Не хватает", Root: "Корневой сертификат",
	Bundle: "Исправленная цепочка в порядке для сервера", Protocols: "Версии протокола", Addresses: "Адреса", LooksLike: "Похоже на",
	CheckAgain: "Проверить ещё раз", CheckedAt: "Проверено",
	PEMTitle: "Проверка файлов сертификатов", PEMLead: "Файлы оцениваются в указанном порядке, как если бы их отдал сервер. Никогда не загружайте закрытый ключ.",
	PEMFiles: "Файлы", PEMPaste: "или вставьте PEM", Hostname: "Имя хоста", HostnameHint: "Необязательно: проверить и то, что сертификат выдан на это имя.",
	PEMSubmit:  "Проверить файлы",
	RulesTitle: "Каталог находок", RulesLead: "Все неисправности, которые hookcheck умеет назвать, и что о них сообщает Telegram.",
	Severity: "Важность", Stage: "Этап", PredictedError: "Telegram сообщает", Meaning: "Смысл", Remedies: "Исправления", Open: "оставляет вопрос открытым",
	ErrorTitle: "Не получилось", NotFound: "Такой страницы нет.", TooMany: "Слишком много проверок с вашего адреса. Повторите чуть позже.",
	Busy:     "Все места для проверок заняты. Повторите через несколько секунд.",
	TooLarge: "Это больше, чем может быть сертификат вебхука.", Internal: "Ошибка внутри hookcheck. Она записана в журнал.",
	BadRequest: "Запрос не удалось прочитать.", BackToStart: "В начало",
}
