package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type ipWithoutUploadArgs struct {
	IP string `json:"ip"`
}

func ruleDNSIPWithoutUpload() Rule {
	return Rule{
		ID: "dns.ip_without_upload", Stage: StageDNS, Rank: 390, Severity: Warning, Basis: Documented,
		Sources: []Source{citeGuide(""), citeSelfSigned()},
		Title: lang.Text{
			EN: `The webhook names an IP address and no certificate is uploaded`,
			RU: `Вебхук указан по IP-адресу, а сертификат не загружен`,
		},
		Detail: lang.Text{
			EN: `The host is {{.IP}}. The guide asks for a domain name, or for a self-signed certificate that is uploaded with setWebhook where there is only an address. A public CA's certificate with that address in its SAN is accepted by Telegram's client today; the guide does not promise it.`,
			RU: `Хост — {{.IP}}. Руководство требует доменное имя, а если есть только адрес — самоподписанный сертификат, загруженный через setWebhook. Сертификат публичного УЦ с этим адресом в SAN клиент Telegram сегодня принимает, но в руководстве это не обещано.`,
		},
		Meaning: lang.Text{
			EN: `An IP host without an upload goes beyond what the guide allows. It works with an iPAddress SAN in a publicly trusted certificate; with an upload the rules are other ones: the address is then compared as a name, so CN must be the address.`,
			RU: `IP-адрес вместо имени без загруженного сертификата выходит за рамки руководства. Это работает, если в публично доверенном сертификате есть SAN типа iPAddress; с загруженным сертификатом правила другие: адрес сравнивается как имя, и он должен стоять в CN.`,
		},
		Example: ipWithoutUploadArgs{IP: "198.51.100.7"},
		Check: func(f *facts.Facts) *Hit {
			if !f.IsIP || f.Upload.Given || ipv6Only(f) {
				return nil
			}
			return &Hit{Args: ipWithoutUploadArgs{IP: f.Host}}
		},
		Remedies: remedy.List(remedy.DNSGetName, remedy.OpenSSLSelfSigned, remedy.TelegramUploadPresented),
	}
}
