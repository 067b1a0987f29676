package rules

import (
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleTCPUndecided() Rule {
	return Rule{
		ID: "tcp.undecided", Stage: StageTCP, Rank: 405, Severity: Blocker, Basis: FromSource,
		Vantage: true, Undecided: true, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp")},
		Title: lang.Text{
			EN: `No connection to {{.Addr}} was tried`,
			RU: `Подключиться к {{.Addr}} не пробовали`,
		},
		Detail: lang.Text{
			EN: `The time of this check was over before it could connect to {{.Addr}}. That says nothing about the server: try again, with a longer --timeout if DNS is slow.`,
			RU: `Время проверки вышло раньше, чем дошло до подключения к {{.Addr}}. О сервере это ничего не говорит: повторите проверку, а если DNS отвечает медленно — увеличьте --timeout.`,
		},
		Meaning: lang.Text{
			EN: `An address is known and nothing was learnt about it, because the check's own deadline passed first.`,
			RU: `Адрес известен, но узнать о нём ничего не удалось: раньше истёк срок самой проверки.`,
		},
		Example: exampleEndpoint(),
		Check: func(f *facts.Facts) *Hit {
			if f.Net.FirstIP == "" || !askedToDial(f) {
				return nil
			}
			if f.Net.First != nil && f.Net.First.TCP != "" {
				return nil
			}
			return &Hit{Args: endpointOf(f)}
		},
		Remedies: remedy.List(remedy.OtherTestFromServer),
	}
}

// askedToDial tells that no earlier refusal kept the check from connecting.
func askedToDial(f *facts.Facts) bool {
	return f.Ev.Kind == evidence.Live && !notHTTPS(f) && (portSupported(f.Port) || f.Ev.Request.AnyPort || f.Ev.Request.ConnectTo != "")
}
