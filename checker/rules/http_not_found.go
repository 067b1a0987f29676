package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleHTTPNotFound() Rule {
	return Rule{
		ID: "http.not_found", Stage: StageHTTP, Rank: 920, Severity: Blocker, Basis: FromSource,
		Predicted: wrongResponse("404 Not Found"), Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp"), citeRFC(9110, "15")},
		Title: lang.Text{
			EN: `Nothing answers at {{.Path}}: {{.Status}}`,
			RU: `По пути {{.Path}} ничего нет: {{.Status}}`,
		},
		Detail: answered(lang.Text{
			EN: `Certificate and connection are fine; the web server or the bot has no route for this path. Compare it with the bot's, letter for letter: a trailing slash, a prefix that the proxy keeps or strips, a base path of the framework.{{if not .SecretGiven}} Some bots answer 404 where the secret token is missing, and none was given here.{{end}}`,
			RU: `Сертификат и соединение в порядке, но у веб-сервера или бота нет такого маршрута. Сравните путь с тем, что задан в боте, буква в букву: косая черта в конце, префикс, который прокси оставляет или срезает, базовый путь фреймворка.{{if not .SecretGiven}} Некоторые боты отвечают 404, если нет секретного токена, а здесь его не передавали.{{end}}`,
		}),
		Meaning: lang.Text{
			EN: `404: the request reached a web server and no application. Typical: the proxy's location does not match, proxy_pass with or without a trailing slash changes the path, the wrong virtual host answers.`,
			RU: `404: запрос дошёл до веб-сервера, но не до приложения. Обычно не совпадает location на прокси, proxy_pass с косой чертой или без неё меняет путь, либо отвечает не тот виртуальный хост.`,
		},
		Example: exampleAnswer(404, "Not Found"),
		Check: func(f *facts.Facts) *Hit {
			hit := answerHit(f, facts.HTTPNotFound)
			if hit != nil {
				hit.Vantage = !f.Ev.Request.SecretGiven
			}
			return hit
		},
		Remedies: remedy.List(remedy.NginxLocation, remedy.ApacheLocation, remedy.HAProxyRoute, remedy.CaddyRoute, remedy.OtherRoute),
	}
}
