package rules

import (
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type unresolvableArgs struct {
	Host    string `json:"host"`
	Outcome string `json:"outcome"` // nxdomain, nodata
	Server  string `json:"server,omitempty"`
}

// What glibc's resolver says (gai_strerror), which the client hands on.
const (
	noSuchName = badWebhook + "Failed to resolve host: Name or service not known"
	noAddress  = badWebhook + "Failed to resolve host: No address associated with hostname"
)

func ruleDNSUnresolvable() Rule {
	return Rule{
		ID: "dns.unresolvable", Stage: StageDNS, Rank: 300, Severity: Blocker, Basis: FromSource,
		Predicted: noSuchName, Reporter: BySetWebhook,
		Sources: []Source{citeUtils("port/IPAddress.cpp"), citeServer("WebhookActor.cpp"), citeRFC(2308, "2")},
		Title: lang.Text{
			EN: `{{.Host}} has no IP address in DNS`,
			RU: `У {{.Host}} нет IP-адреса в DNS`,
		},
		Detail: lang.Text{
			EN: `{{if eq .Outcome "nodata"}}The name exists, but it has neither an A nor an AAAA record{{else}}The name does not exist (NXDOMAIN){{end}}{{with .Server}}; asked was {{.}}{{end}}. Telegram cannot know where to connect. It sees public DNS alone: an entry in /etc/hosts or in a company's own DNS does not count, and a record made a moment ago may take as long to appear as the earlier negative answer is cached.`,
			RU: `{{if eq .Outcome "nodata"}}Имя существует, но у него нет ни записи A, ни AAAA{{else}}Такого имени не существует (NXDOMAIN){{end}}{{with .Server}}; отвечал сервер {{.}}{{end}}. Telegram не узнает, куда подключаться. Ему виден только публичный DNS: строка в /etc/hosts или во внутреннем DNS компании не поможет, а только что созданная запись появится не раньше, чем истечёт срок кэширования прежнего отрицательного ответа.`,
		},
		Meaning: lang.Text{
			EN: `Public DNS gives no address for the host: a typing error, an expired domain, a missing A record, or one that has not spread yet. setWebhook resolves the name before it answers and fails at once.`,
			RU: `Публичный DNS не даёт адреса для этого имени: опечатка, истёкший домен, забытая запись A или запись, которая ещё не разошлась. setWebhook разрешает имя до ответа и сразу возвращает ошибку.`,
		},
		Example: unresolvableArgs{Host: "bot.example.org", Outcome: evidence.DNSNoName, Server: "192.0.2.53:53"},
		Check: func(f *facts.Facts) *Hit {
			d := f.Ev.DNS
			if d == nil || d.Outcome != evidence.DNSNoName && d.Outcome != evidence.DNSNoData {
				return nil
			}
			hit := &Hit{Args: unresolvableArgs{Host: f.Host, Outcome: d.Outcome, Server: d.Server}}
			if d.Outcome == evidence.DNSNoData {
				hit.Predicted = noAddress
			}
			return hit
		},
		Remedies: remedy.List(remedy.DNSARecord, remedy.DNSWait, remedy.TelegramPinAddress),
	}
}
