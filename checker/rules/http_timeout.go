package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type durationArgs struct {
	Path    string  `json:"path"`
	Seconds float64 `json:"seconds"`
}

func durationOf(f *facts.Facts) durationArgs {
	return durationArgs{Path: pathOf(f), Seconds: f.HTTP.Seconds}
}

func ruleHTTPTimeout() Rule {
	return Rule{
		ID: "http.timeout", Stage: StageHTTP, Rank: 955, Severity: Blocker, Basis: FromSource,
		Predicted: "Read timeout expired", Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp"), citeNetwork("HttpConnectionBase.cpp")},
		Title: lang.Text{
			EN: `The bot took the update and sent no whole answer in {{decimal .Seconds}} s`,
			RU: `Бот принял обновление и за {{decimal .Seconds}} с не прислал полного ответа`,
		},
		Detail: lang.Text{
			EN: `The request to {{.Path}} was delivered; after {{decimal .Seconds}} s the answer was still not complete. Telegram waits 60 seconds for the whole answer, then gives up and delivers the same update again. Answer 200 first and work afterwards; see also that Content-Length is not larger than the body.`,
			RU: `Запрос на {{.Path}} доставлен, но через {{decimal .Seconds}} с ответ всё ещё не был полным. Telegram ждёт весь ответ 60 секунд, потом сдаётся и доставляет то же обновление снова. Сначала отвечайте 200, потом работайте; проверьте и то, что Content-Length не больше тела.`,
		},
		Meaning: lang.Text{
			EN: `No complete answer came while the check lasted. The handler waits for something slow (a database, another API, a language model), hangs, or promises a longer body than it sends.`,
			RU: `За время проверки полный ответ не пришёл. Обработчик ждёт чего-то медленного (базу, чужой API, языковую модель), завис или обещает тело длиннее, чем присылает.`,
		},
		Example: durationArgs{Path: "/webhook", Seconds: 12.5},
		Check: func(f *facts.Facts) *Hit {
			if f.HTTP.Problem != facts.HTTPTimeout {
				return nil
			}
			return &Hit{Args: durationOf(f), Predicted: f.HTTP.Predicted}
		},
		Remedies: remedy.List(remedy.OtherAnswerFirst),
	}
}
