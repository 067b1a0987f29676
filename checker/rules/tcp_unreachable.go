package rules

import (
	"slices"

	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type unreachableArgs struct {
	endpoint
	Outcome string `json:"outcome"` // no_route, net_unreachable, no_protocol, host_down
}

// unreachableTexts are the errors of the operating system, as the client
// reports them.
var unreachableTexts = map[string]string{
	evidence.TCPNoRoute:        "No route to host",
	evidence.TCPNetUnreachable: "Network is unreachable",
	evidence.TCPNoProtocol:     "Protocol not available",
	evidence.TCPHostDown:       "Host is down",
}

// Said is the error's text.
func (a unreachableArgs) Said() string { return unreachableTexts[a.Outcome] }

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
			EN: `Connecting to {{.Addr}} ended with "{{.Said}}": a router on the way says that there is no way on, the host is off, or a firewall rejects with an ICMP message (firewalld does, and REJECT --reject-with icmp-host-prohibited).`,
			RU: `Подключение к {{.Addr}} завершилось ошибкой «{{.Said}}»: маршрутизатор по пути сообщает, что дальше дороги нет, машина выключена либо межсетевой экран отвечает сообщением ICMP (так делает firewalld, а также REJECT --reject-with icmp-host-prohibited).`,
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
			if args.Said() == "" {
				return nil
			}
			return &Hit{Args: args, Predicted: args.Said()}
		},
		Remedies: remedy.List(slices.Concat([]remedy.Constructor{remedy.OtherRouting, remedy.FirewalldOpen, remedy.IPTablesOpen, remedy.NFTablesOpen, remedy.UFWOpen, remedy.OtherCGNAT}, narrowPort())...),
	}
}
