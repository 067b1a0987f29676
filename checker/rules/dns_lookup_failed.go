package rules

import (
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type lookupFailedArgs struct {
	Host    string `json:"host"`
	Outcome string `json:"outcome"` // servfail, timeout
	Rcode   string `json:"rcode,omitempty"`
	Server  string `json:"server,omitempty"`
}

func ruleDNSLookupFailed() Rule {
	return Rule{
		ID: "dns.lookup_failed", Stage: StageDNS, Rank: 310, Severity: Blocker, Basis: FromSource,
		Vantage: true, Undecided: true, Reporter: BySetWebhook,
		Sources: []Source{citeUtils("port/IPAddress.cpp"), citeRFC(1035, "4.1.1"), citeRFC(8914, "")},
		Title: lang.Text{
			EN: `DNS gave no answer for {{.Host}}`,
			RU: `DNS не дал ответа для {{.Host}}`,
		},
		Detail: lang.Text{
			EN: `{{if eq .Outcome "timeout"}}No name server answered in time{{else}}The name server answered with {{or .Rcode "SERVFAIL"}}{{end}}{{with .Server}} ({{.}}){{end}}. Nothing is known about the address, so the rest could not be checked. {{if eq .Outcome "timeout"}}The resolver used here may be out of reach; Telegram has its own.{{else}}Often the domain's own name servers are down or its DNSSEC signatures are broken; Telegram's resolver then fails likewise.{{end}}`,
			RU: `{{if eq .Outcome "timeout"}}Ни один сервер имён не ответил вовремя{{else}}Сервер имён вернул {{or .Rcode "SERVFAIL"}}{{end}}{{with .Server}} ({{.}}){{end}}. Адрес неизвестен, поэтому остальное проверить не удалось. {{if eq .Outcome "timeout"}}Возможно, недоступен только резолвер, к которому обращались отсюда; у Telegram он свой.{{else}}Чаще всего не работают серверы имён самого домена или сломаны подписи DNSSEC — тогда и резолвер Telegram не справится.{{end}}`,
		},
		Meaning: lang.Text{
			EN: `The question for the address ended in an error or in silence, which is neither "there is such a name" nor "there is none". The fault may lie with the domain's name servers or with the resolver asked here, so the verdict stays open.`,
			RU: `Запрос адреса завершился ошибкой или остался без ответа: неизвестно, есть такое имя или нет. Виноваты могут быть и серверы имён домена, и резолвер, к которому обращались отсюда, поэтому вердикт остаётся открытым.`,
		},
		Example: lookupFailedArgs{Host: "bot.example.org", Outcome: evidence.DNSServFail, Rcode: "SERVFAIL", Server: "192.0.2.53:53"},
		Check: func(f *facts.Facts) *Hit {
			d := f.Ev.DNS
			if d == nil {
				return nil
			}
			args := lookupFailedArgs{Host: f.Host, Outcome: d.Outcome, Rcode: d.Rcode, Server: d.Server}
			switch d.Outcome {
			case evidence.DNSServFail:
				return &Hit{Args: args, Predicted: badWebhook + "Failed to resolve host: Temporary failure in name resolution"}
			case evidence.DNSTimeout:
				return &Hit{Args: args}
			}
			return nil
		},
		Remedies: remedy.List(remedy.DNSWait, remedy.TelegramPinAddress),
	}
}
