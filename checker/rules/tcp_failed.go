package rules

import (
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type connectFailedArgs struct {
	endpoint
	Error string `json:"error,omitempty"`
}

func ruleTCPFailed() Rule {
	return Rule{
		ID: "tcp.failed", Stage: StageTCP, Rank: 450, Severity: Blocker, Basis: FromSource,
		Vantage: true, Undecided: true, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp")},
		Title: lang.Text{
			EN: `Connecting to {{.Addr}} failed for a reason of our own network`,
			RU: `Подключиться к {{.Addr}} не удалось из-за нашей сети`,
		},
		Detail: lang.Text{
			EN: `The operating system gave up on the connection{{with .Error}} ({{.}}){{end}}. It is none of the answers that a server or a firewall gives, so it says more about the machine that checks than about yours.`,
			RU: `Операционная система прервала подключение{{with .Error}} ({{quote .}}){{end}}. Ни сервер, ни межсетевой экран так не отвечают, поэтому причина скорее в машине, с которой идёт проверка, а не в вашей.`,
		},
		Meaning: lang.Text{
			EN: `The connection failed in a way that has no name here: no refusal, no silence, no reset. Check again from another machine.`,
			RU: `Подключение не удалось по причине, для которой здесь нет названия: не отказ, не молчание и не сброс. Повторите проверку с другой машины.`,
		},
		Example: connectFailedArgs{endpoint: exampleEndpoint(), Error: "cannot assign requested address"},
		Check: func(f *facts.Facts) *Hit {
			if tcpHit(f, evidence.TCPError) == nil {
				return nil
			}
			return &Hit{Args: connectFailedArgs{endpoint: endpointOf(f), Error: shown(f.Net.First.Error)}}
		},
		Remedies: remedy.List(remedy.OtherElsewhere, remedy.OtherTestFromServer),
	}
}
