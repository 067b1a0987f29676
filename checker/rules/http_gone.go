package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleHTTPGone() Rule {
	return Rule{
		ID: "http.gone", Stage: StageHTTP, Rank: 930, Severity: Blocker, Basis: FromSource,
		Predicted: wrongResponse("410 Gone"), Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp"), citeRFC(9110, "15")},
		Title: lang.Text{
			EN: `The webhook says that it is gone for good: 410`,
			RU: `Вебхук сообщает, что его больше нет: 410`,
		},
		Detail: answered(lang.Text{
			EN: `To Telegram 410 is more than an error: after 23 hours of nothing else it removes the webhook. Answer 404 or 503 for a break, and 410 only to be rid of the webhook.`,
			RU: `Для Telegram 410 — больше, чем ошибка: если 23 часа подряд приходит только он, вебхук будет удалён. Для временного отключения отвечайте 404 или 503, а 410 — только если вебхук больше не нужен.`,
		}),
		Meaning: lang.Text{
			EN: `410 tells the client that the endpoint will not come back. It keeps trying for 23 hours and then deletes the webhook by itself; url in getWebhookInfo is empty from then on.`,
			RU: `410 означает, что адрес не вернётся. Клиент повторяет попытки 23 часа, а затем сам удаляет вебхук; после этого url в getWebhookInfo пуст.`,
		},
		Example:  exampleAnswer(410, "Gone"),
		Check:    func(f *facts.Facts) *Hit { return answerHit(f, facts.HTTPGone) },
		Remedies: remedy.List(remedy.OtherGone),
	}
}
