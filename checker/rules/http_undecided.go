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
	Endless bool   `json:"endless,omitempty"` // more of an answer came than is read here
}

func ruleHTTPUndecided() Rule {
	return Rule{
		ID: "http.undecided", Stage: StageHTTP, Rank: 900, Severity: Blocker, Basis: FromSource,
		Vantage: true, Undecided: true, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp")},
		Title: lang.Text{
			EN: `{{if .Endless}}The answer to the test update is too long to be read to its end{{else}}The test update could not be delivered{{end}}`,
			RU: `{{if .Endless}}Ответ на тестовое обновление слишком длинный: дочитать его не удалось{{else}}Доставить тестовое обновление не удалось{{end}}`,
		},
		Detail: lang.Text{
			EN: `{{if .Endless}}TLS and certificates are as Telegram wants them, and the update to {{.Path}} was delivered, but after 36 MiB the end of the answer had not come, and no more is read here. Telegram's client takes an answer only when it has come whole, within 60 seconds; how it ends stays open. Let the bot answer an update with a few bytes.{{else}}TLS and certificates are as Telegram wants them, but the update to {{.Path}} {{if .Alert}}was answered with TLS alert {{.Alert}}{{else}}did not get out: the connection for it failed, or the time of this check ran out{{end}}. How the bot answers stays open; try again with a longer --timeout.{{if not .Alert}} A server or a firewall that limits connections from one address looks like this too.{{end}}{{end}}`,
			RU: `{{if .Endless}}TLS и сертификаты Telegram устроят, обновление на {{.Path}} доставлено, но и после 36 МиБ ответ не закончился, а больше здесь не читается. Клиент Telegram принимает ответ, только если тот пришёл целиком за 60 секунд; чем всё кончится, неизвестно. Пусть бот отвечает на обновление несколькими байтами.{{else}}TLS и сертификаты Telegram устроят, но {{if .Alert}}на обновление, отправленное на {{.Path}}, пришло оповещение TLS {{.Alert}}{{else}}отправить обновление на {{.Path}} не получилось: не удалось соединение или вышло время проверки{{end}}. Как ответит бот, неизвестно; повторите проверку с большим --timeout.{{if not .Alert}} Так выглядит и ограничение числа соединений с одного адреса на сервере или в межсетевом экране.{{end}}{{end}}`,
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
				args.Outcome, args.Endless = h.Outcome, h.Outcome == evidence.HTTPEndless
				if h.Alert != nil {
					args.Alert = h.Alert.Code
				}
			}
			return &Hit{Args: args}
		},
		Remedies: remedy.List(remedy.OtherTestFromServer),
	}
}
