package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type redirectArgs struct {
	answerArgs
	Location string `json:"location,omitempty"`
}

func ruleHTTPRedirect() Rule {
	return Rule{
		ID: "http.redirect", Stage: StageHTTP, Rank: 910, Severity: Blocker, Basis: Documented,
		Predicted: wrongResponse("302 Found"), Reporter: ByGetWebhookInfo,
		Sources: []Source{citeGuide(""), citeServer("WebhookActor.cpp"), citeRFC(9110, "15.4")},
		Title: lang.Text{
			EN: `The webhook redirects ({{.Status}}){{with .Location}} to {{.}}{{end}}, and Telegram does not follow`,
			RU: `Вебхук перенаправляет ({{.Status}}){{with .Location}} на {{.}}{{end}}, а Telegram за перенаправлением не идёт`,
		},
		Detail: answered(lang.Text{
			EN: `{{with .Location}}It points to {{.}}. {{end}}Telegram takes a redirect for an error. Give setWebhook the final URL, or exempt the path from the rule that redirects: a trailing slash, www, a login page, http to https behind a proxy that hides the TLS.`,
			RU: `{{with .Location}}Он указывает на {{.}}. {{end}}Для Telegram перенаправление — ошибка. Передайте в setWebhook конечный URL или исключите этот путь из правила: косая черта в конце, www, страница входа, http → https за прокси, который скрывает TLS.`,
		}),
		Meaning: lang.Text{
			EN: `Any 3xx. A browser and curl -L follow it and hide the fault; Telegram's client never does, and a POST would turn into a GET on the way besides.`,
			RU: `Любой ответ 3xx. Браузер и curl -L идут дальше и скрывают ошибку; клиент Telegram этого не делает никогда, да и POST по дороге превратился бы в GET.`,
		},
		Example: redirectArgs{answerArgs: exampleAnswer(302, "Found"), Location: "https://www.example.org/webhook"},
		Check: func(f *facts.Facts) *Hit {
			hit := answerHit(f, facts.HTTPRedirect)
			if hit != nil {
				hit.Args = redirectArgs{answerArgs: answerOf(f), Location: shown(f.HTTP.Location)}
			}
			return hit
		},
		Remedies: remedy.List(remedy.TelegramFinalURL, remedy.NginxRedirect, remedy.ApacheRedirect, remedy.CaddyRedirect, remedy.HAProxyRedirect, remedy.PanelRedirect),
	}
}
