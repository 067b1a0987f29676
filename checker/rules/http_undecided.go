package rules

import (
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type httpUndecidedArgs struct {
	Path    string `json:"path"`
	Outcome string `json:"outcome,omitempty"`
	Alert   int    `json:"alert,omitempty"`
}

func ruleHTTPUndecided() Rule {
	return Rule{
		ID: "http.undecided", Stage: StageHTTP, Rank: 900, Severity: Blocker, Basis: FromSource,
		Vantage: true, Undecided: true, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp")},
		Title: lang.Text{
			EN: `The test update could not be delivered`,
			RU: `Доставить тестовое обновление не удалось`,
		},
		Detail: lang.Text{
			EN: `TLS and certificates are as Telegram wants them, but the update to {{.Path}} {{if .Alert}}was answered with TLS alert {{.Alert}}{{else}}did not get out: the connection for it failed, or the time of this check ran out{{end}}. How the bot answers stays open; try again with a longer --timeout.{{if not .Alert}} A server or a firewall that limits connections from one address looks like this too.{{end}}`,
			RU: `TLS и сертификаты Telegram устроят, но {{if .Alert}}на обновление, отправленное на {{.Path}}, пришло оповещение TLS {{.Alert}}{{else}}отправить обновление на {{.Path}} не получилось: не удалось соединение или вышло время проверки{{end}}. Как ответит бот, неизвестно; повторите проверку с большим --timeout.{{if not .Alert}} Так выглядит и ограничение числа соединений с одного адреса на сервере или в межсетевом экране.{{end}}`,
		},
		Meaning: lang.Text{
			EN: `A test update was asked for and there is neither an answer nor a fault that explains why. The result speaks of TLS alone.`,
			RU: `Тестовое обновление запрошено, но нет ни ответа, ни ошибки, которая это объясняет. Результат говорит только о TLS.`,
		},
		Example: httpUndecidedArgs{Path: "/webhook", Outcome: evidence.HTTPNotReached},
		Check: func(f *facts.Facts) *Hit {
			due := f.Ev.Request.Post && f.TLS.Problem == facts.TLSFine && !f.TLS.Unfinished && !f.TLS.NoChain && f.Chain.Trusted
			if !due || f.HTTP.Tried || f.Ev.HTTP != nil && f.Ev.HTTP.Outcome == evidence.HTTPNotSent {
				return nil // or withheld, because of what another finding tells
			}
			args := httpUndecidedArgs{Path: pathOf(f)}
			if h := f.Ev.HTTP; h != nil {
				args.Outcome = h.Outcome
				if h.Alert != nil {
					args.Alert = h.Alert.Code
				}
			}
			return &Hit{Args: args}
		},
		Remedies: remedy.List(remedy.OtherTestFromServer),
	}
}
