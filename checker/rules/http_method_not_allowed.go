package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleHTTPMethodNotAllowed() Rule {
	return Rule{
		ID: "http.method_not_allowed", Stage: StageHTTP, Rank: 925, Severity: Blocker, Basis: Documented,
		Predicted: wrongResponse("405 Method Not Allowed"), Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp"), citeRFC(9110, "15")},
		Title: lang.Text{
			EN: `The path {{.Path}} does not take POST`,
			RU: `Путь {{.Path}} не принимает POST`,
		},
		Detail: answered(lang.Text{
			EN: `Telegram delivers every update as a POST with a JSON body. Opening the URL in a browser sends GET and proves nothing. Register the handler for POST; a static site or a GET-only route cannot serve.`,
			RU: `Telegram доставляет каждое обновление методом POST с телом JSON. Браузер открывает адрес методом GET, и такая проверка ничего не доказывает. Зарегистрируйте обработчик для POST; статический сайт или маршрут только для GET не подойдёт.`,
		}),
		Meaning: lang.Text{
			EN: `405: there is a route at that path and it is not registered for POST, or the path belongs to static files, for which web servers refuse POST.`,
			RU: `405: маршрут по этому пути есть, но не для POST, либо путь ведёт к статическим файлам, для которых веб-серверы POST запрещают.`,
		},
		Example:  exampleAnswer(405, "Method Not Allowed"),
		Check:    func(f *facts.Facts) *Hit { return answerHit(f, facts.HTTPMethod) },
		Remedies: remedy.List(remedy.OtherPostRoute),
	}
}
