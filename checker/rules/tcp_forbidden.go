package rules

import (
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

func ruleTCPForbidden() Rule {
	return Rule{
		ID: "tcp.forbidden", Stage: StageTCP, Rank: 400, Severity: Blocker, Basis: FromSource,
		Vantage: true, Undecided: true, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp"), citeRFC(6890, "2.2.2")},
		Title: lang.Text{
			EN: `This checker does not connect to {{.IP}}`,
			RU: `Эта проверка не подключается к {{.IP}}`,
		},
		Detail: lang.Text{
			EN: `{{.IP}} is an address that this service is not allowed to dial, so that nobody can turn it on other people's internal networks. Telegram itself would try {{.Addr}}; what it would meet there stays open.`,
			RU: `К {{.IP}} этому сервису подключаться запрещено, чтобы через него нельзя было обращаться к чужим внутренним сетям. Сам Telegram попробовал бы {{.Addr}}; что он там встретит, неизвестно.`,
		},
		Meaning: lang.Text{
			EN: `The address guard of the service refused the address although setWebhook would take it. Run the command line on a machine of your own: it has no guard.`,
			RU: `Защита сервиса не пропустила адрес, хотя setWebhook его примет. Запустите программу командной строки на своей машине: в ней такой защиты нет.`,
		},
		Example: exampleEndpoint(),
		Check: func(f *facts.Facts) *Hit {
			return tcpHit(f, evidence.TCPForbidden)
		},
		Remedies: remedy.List(remedy.OtherElsewhere, remedy.OtherTestFromServer),
	}
}

// tcpHit tells that the connection to Telegram's address ended in an outcome.
func tcpHit(f *facts.Facts, outcome string) *Hit {
	if f.Net.First == nil || f.Net.First.TCP != outcome {
		return nil
	}
	return &Hit{Args: endpointOf(f)}
}
