package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleHTTPClientError() Rule {
	return Rule{
		ID: "http.client_error", Stage: StageHTTP, Rank: 935, Severity: Blocker, Basis: FromSource,
		Predicted: wrongResponse("400 Bad Request"), Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp"), citeRFC(9110, "15")},
		Title: lang.Text{
			EN: `The webhook rejects the update: {{.Status}}{{with .Reason}} {{.}}{{end}}`,
			RU: `Вебхук отклоняет обновление: {{.Status}}{{with .Reason}} {{.}}{{end}}`,
		},
		Detail: answered(lang.Text{
			EN: `The server calls the request faulty. It is the very one that Telegram sends: JSON, HTTP/1.1, no User-Agent, no Accept; only the update is empty. A web application firewall, a rate limit (429), a body limit (413) or a check of the content type (415) are usual.`,
			RU: `Сервер считает запрос ошибочным, а он точно такой, как у Telegram: JSON, HTTP/1.1, без User-Agent и Accept; только само обновление пустое. Обычно виноваты WAF, ограничение частоты (429) или размера тела (413), проверка типа содержимого (415).`,
		}),
		Meaning: lang.Text{
			EN: `A 4xx other than 401, 403, 404, 405 and 410. Telegram takes any 2xx as success and everything else as an error, keeps the update and tries again, up to 24 hours.`,
			RU: `Ответ 4xx, кроме 401, 403, 404, 405 и 410. Telegram считает успехом любой 2xx, всё остальное — ошибкой: обновление остаётся в очереди, попытки повторяются до 24 часов.`,
		},
		Example:  exampleAnswer(400, "Bad Request"),
		Check:    func(f *facts.Facts) *Hit { return answerHit(f, facts.HTTPClientError) },
		Remedies: remedy.List(remedy.OtherClientError, remedy.OtherWAF, remedy.PanelModSecurity),
	}
}
