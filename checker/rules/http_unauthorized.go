package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleHTTPUnauthorized() Rule {
	return Rule{
		ID: "http.unauthorized", Stage: StageHTTP, Rank: 915, Severity: Blocker, Basis: Documented, Vantage: true,
		Predicted: wrongResponse("403 Forbidden"), Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp"), citeRFC(9110, "15")},
		Title: lang.Text{
			EN: `The webhook turns the update away: {{.Status}}{{with .Reason}} {{.}}{{end}}`,
			RU: `Вебхук не пускает обновление: {{.Status}}{{with .Reason}} {{.}}{{end}}`,
		},
		Detail: answered(lang.Text{
			EN: `{{if .SecretGiven}}The secret token was sent along, so either it is another one than the bot expects, or something before the bot refuses{{else}}No secret token was given to this check; a bot that compares X-Telegram-Bot-Api-Secret-Token rightly refuses without it, hence the verdict stays open: check again with --secret-token{{end}}. A firewall for web applications may object to a request without User-Agent and Accept, as Telegram sends it, or to addresses abroad.`,
			RU: `{{if .SecretGiven}}Секретный токен был передан: либо бот ждёт другой, либо запрос отклонил кто-то перед ботом{{else}}Секретный токен этой проверке не сообщили; бот, который сверяет X-Telegram-Bot-Api-Secret-Token, отказывает правильно, поэтому вердикт остаётся открытым: повторите с --secret-token{{end}}. WAF может не понравиться запрос без User-Agent и Accept — именно такие шлёт Telegram — или иностранный адрес.`,
		}),
		Meaning: lang.Text{
			EN: `401 or 403. The usual causes: setWebhook was called without the secret_token that the bot checks (leaving the parameter out resets it), Basic authorization before the bot, a list of allowed addresses without Telegram's ranges, a web application firewall, CSRF protection of the framework, with TLS 1.3 a client certificate that a section of Apache demands.`,
			RU: `401 или 403. Обычные причины: setWebhook вызвали без secret_token, который проверяет бот (если параметр не указать, он сбрасывается), перед ботом стоит Basic-авторизация, в списке разрешённых адресов нет сетей Telegram, вмешался WAF или CSRF-защита фреймворка; при TLS 1.3 так отвечает и Apache, если секция требует клиентский сертификат.`,
		},
		Example: exampleAnswer(403, "Forbidden"),
		Check: func(f *facts.Facts) *Hit {
			hit := answerHit(f, facts.HTTPUnauthorized)
			if hit != nil {
				hit.Undecided = !f.Ev.Request.SecretGiven
			}
			return hit
		},
		Remedies: remedy.List(remedy.TelegramSendSecret, remedy.OtherSecretCompare, remedy.NginxAllowTelegram, remedy.ApacheAllowTelegram, remedy.OtherWAF, remedy.PanelModSecurity),
	}
}
