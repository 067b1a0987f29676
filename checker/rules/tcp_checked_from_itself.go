package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleTCPCheckedFromItself() Rule {
	return Rule{
		ID: "tcp.checked_from_itself", Stage: StageTCP, Rank: 490, Severity: Warning, Basis: Documented,
		Vantage: true, Undecided: true,
		Sources: []Source{citeGuide("")},
		Title: lang.Text{
			EN: `{{.IP}} is this very machine: the way in from outside was not tried`,
			RU: `{{.IP}} — это сама проверяющая машина: путь снаружи не проверен`,
		},
		Detail: lang.Text{
			EN: `{{if eq .Host .IP}}{{.IP}} is{{else}}{{.Host}} resolves to {{.IP}},{{end}} an address of one of this machine's own interfaces. The connection never left it, so neither a local firewall nor the provider's was passed. What was seen of TLS and HTTP holds; whether Telegram reaches port {{.Port}} stays open. Check from another machine, or use --connect-to to ask about TLS and HTTP alone.`,
			RU: `{{if eq .Host .IP}}{{.IP}}{{else}}{{.Host}} указывает на {{.IP}}{{end}} — адрес одного из интерфейсов этой же машины. Соединение не покидало её и не проходило ни через местный межсетевой экран, ни через экран провайдера. Увиденное в TLS и HTTP верно, но доберётся ли Telegram до порта {{.Port}}, неизвестно. Проверьте с другой машины или укажите --connect-to, если нужны только TLS и HTTP.`,
		},
		Meaning: lang.Text{
			EN: `The check runs on the bot's own host. That is fine for certificate and application, and says nothing about firewalls, since packets from outside take another way.`,
			RU: `Проверка запущена на той же машине, где работает бот. Для сертификата и приложения этого достаточно, но о межсетевых экранах она ничего не скажет: пакеты снаружи идут другим путём.`,
		},
		Example: exampleEndpoint(),
		Check: func(f *facts.Facts) *Hit {
			if !f.Net.FromItself {
				return nil
			}
			return &Hit{Args: endpointOf(f)}
		},
		Remedies: remedy.List(remedy.OtherElsewhere, remedy.OtherLookHere, remedy.OtherKnock),
	}
}
