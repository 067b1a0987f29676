package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleHTTPOddStatus() Rule {
	return Rule{
		ID: "http.odd_status", Stage: StageHTTP, Rank: 940, Severity: Blocker, Basis: FromSource,
		Predicted: wrongResponse("600 Unknown"), Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp"), citeRFC(9110, "15")},
		Title: lang.Text{
			EN: `The status {{.Status}} is none that HTTP knows as an answer`,
			RU: `Код {{.Status}} в HTTP не бывает окончательным ответом`,
		},
		Detail: answered(lang.Text{
			EN: `Telegram takes 200 to 299 as success and everything else as an error. An interim status (1xx) ends the exchange for its client, which does not wait for another.`,
			RU: `Telegram считает успехом коды от 200 до 299, всё остальное — ошибкой. На промежуточном коде (1xx) обмен для его клиента закончен: другого ответа он не ждёт.`,
		}),
		Meaning: lang.Text{
			EN: `The status is below 200 or above 599. It comes from home-made servers, or from one that sends 100 Continue unasked.`,
			RU: `Код меньше 200 или больше 599. Так отвечают самодельные серверы или те, что без запроса присылают 100 Continue.`,
		},
		Example:  exampleAnswer(600, ""),
		Check:    func(f *facts.Facts) *Hit { return answerHit(f, facts.HTTPOddStatus) },
		Remedies: remedy.List(remedy.OtherServerLog),
	}
}
