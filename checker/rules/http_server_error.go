package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleHTTPServerError() Rule {
	return Rule{
		ID: "http.server_error", Stage: StageHTTP, Rank: 945, Severity: Blocker, Basis: FromSource, Vantage: true, Undecided: true,
		Predicted: wrongResponse("500 Internal Server Error"), Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp"), citeRFC(9110, "15")},
		Title: lang.Text{
			EN: `The bot fails on the test update: {{.Status}}{{with .Reason}} {{.}}{{end}}`,
			RU: `Бот не справился с тестовым обновлением: {{.Status}}{{with .Reason}} {{.}}{{end}}`,
		},
		Detail: answered(lang.Text{
			EN: `An error inside the application. The test update is empty ({{"{"}}"update_id":0}), and a bot that expects a message in it may fail on that alone, so the verdict stays open. See whether getWebhookInfo names the same error, and read the bot's log.`,
			RU: `Это ошибка внутри приложения. Тестовое обновление пустое ({{"{"}}"update_id":0}), и бот, который ждёт в нём сообщение, мог упасть только из-за этого, поэтому вердикт остаётся открытым. Проверьте, есть ли такая же ошибка в getWebhookInfo, и посмотрите журнал бота.`,
		}),
		Meaning: lang.Text{
			EN: `5xx from the application itself. Telegram keeps the update and tries again; an update that always fails holds up those behind it. Catch errors in the handler and answer 200.`,
			RU: `Ответ 5xx от самого приложения. Telegram оставит обновление в очереди и повторит попытку; если обновление падает всегда, за ним стоят остальные. Перехватывайте ошибки в обработчике и отвечайте 200.`,
		},
		Example:  exampleAnswer(500, "Internal Server Error"),
		Check:    func(f *facts.Facts) *Hit { return answerHit(f, facts.HTTPServerError) },
		Remedies: remedy.List(remedy.OtherServerLog),
	}
}
