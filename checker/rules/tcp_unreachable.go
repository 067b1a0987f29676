package rules

import (
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type unreachableArgs struct {
	endpoint
	Outcome string `json:"outcome"` // no_route, net_unreachable
}

func ruleTCPUnreachable() Rule {
	return Rule{
		ID: "tcp.unreachable", Stage: StageTCP, Rank: 420, Severity: Blocker, Basis: FromSource, Vantage: true,
		Predicted: "No route to host", Reporter: ByGetWebhookInfo,
		Sources: []Source{citeServer("WebhookActor.cpp"), citeRFC(1812, "5.2.7.1")},
		Title: lang.Text{
			EN: `{{.IP}} cannot be reached`,
			RU: `{{.IP}} недоступен`,
		},
		Detail: lang.Text{
			EN: `Connecting to {{.Addr}} ended with "{{if eq .Outcome "net_unreachable"}}Network is unreachable{{else}}No route to host{{end}}": a router on the way says that there is no way on, the host is off, or a firewall rejects with an ICMP message (REJECT --reject-with icmp-host-prohibited looks like this).`,
			RU: `Подключение к {{.Addr}} завершилось ошибкой «{{if eq .Outcome "net_unreachable"}}Network is unreachable{{else}}No route to host{{end}}»: маршрутизатор по пути сообщает, что дальше дороги нет, машина выключена либо межсетевой экран отвечает сообщением ICMP (так выглядит REJECT --reject-with icmp-host-prohibited).`,
		},
		Meaning: lang.Text{
			EN: `The network reports that the address cannot be reached. Either the address is wrong or not announced, the machine is down, or a REJECT rule answers with ICMP.`,
			RU: `Сеть сообщает, что до адреса нельзя добраться: адрес неверен или не анонсируется, машина выключена либо правило REJECT отвечает сообщением ICMP.`,
		},
		Example: unreachableArgs{endpoint: exampleEndpoint(), Outcome: evidence.TCPNoRoute},
		Check: func(f *facts.Facts) *Hit {
			if f.Net.First == nil {
				return nil
			}
			args := unreachableArgs{endpoint: endpointOf(f), Outcome: f.Net.First.TCP}
			switch f.Net.First.TCP {
			case evidence.TCPNoRoute:
				return &Hit{Args: args}
			case evidence.TCPNetUnreachable:
				return &Hit{Args: args, Predicted: "Network is unreachable"}
			}
			return nil
		},
		Remedies: remedy.List(remedy.OtherRouting, remedy.UFWOpen, remedy.IPTablesOpen, remedy.NFTablesOpen, remedy.FirewalldOpen, remedy.OtherCGNAT),
	}
}
