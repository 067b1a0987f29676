package rules

import (
	"net/netip"

	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type addressesDifferArgs struct {
	Host  string         `json:"host"`
	First addressAnswer  `json:"first"`
	Other []addressReply `json:"other"`
}

type addressAnswer struct {
	IP  string `json:"ip"`
	TCP string `json:"tcp"`
	TLS string `json:"tls,omitempty"`
}

type addressReply struct {
	addressAnswer
	OtherCertificate bool `json:"other_certificate"`
}

func ruleDNSAddressesDiffer() Rule {
	return Rule{
		ID: "dns.addresses_differ", Stage: StageDNS, Rank: 380, Severity: Warning, Basis: FromSource,
		Vantage: true,
		Sources: []Source{citeServer("WebhookActor.cpp"), citeUtils("port/IPAddress.cpp"), citeSetWebhook()},
		Title: lang.Text{
			EN: `The addresses of {{.Host}} do not answer alike`,
			RU: `Адреса {{.Host}} отвечают по-разному`,
		},
		Detail: lang.Text{
			EN: `{{.First.IP}} (the first, judged here): TCP {{.First.TCP}}{{with .First.TLS}}, TLS {{.}}{{end}}.{{range .Other}} {{.IP}}: TCP {{.TCP}}{{with .TLS}}, TLS {{.}}{{end}}{{if .OtherCertificate}}, another certificate{{end}}.{{end}} Telegram takes the first IPv4 address of an answer and keeps it for about half an hour. Name servers rotate that order, so the webhook works or fails by turns.`,
			RU: `{{.First.IP}} (первый, его и проверяли): TCP {{.First.TCP}}{{with .First.TLS}}, TLS {{.}}{{end}}.{{range .Other}} {{.IP}}: TCP {{.TCP}}{{with .TLS}}, TLS {{.}}{{end}}{{if .OtherCertificate}}, другой сертификат{{end}}.{{end}} Telegram берёт первый адрес IPv4 из ответа и держит его около получаса. Серверы имён меняют порядок адресов, поэтому вебхук будет то работать, то нет.`,
		},
		Meaning: lang.Text{
			EN: `The name has several A records and one of them connects, shakes hands or identifies itself differently. Often it is an old server, or one that was forgotten when the certificate was renewed.`,
			RU: `У имени несколько записей A, и один из адресов иначе отвечает на соединение или рукопожатие либо показывает другой сертификат. Обычно это старый сервер или тот, который забыли при продлении сертификата.`,
		},
		Example: addressesDifferArgs{
			Host:  "bot.example.org",
			First: addressAnswer{IP: "198.51.100.7", TCP: evidence.TCPOpen, TLS: evidence.HelloOK},
			Other: []addressReply{{addressAnswer: addressAnswer{IP: "198.51.100.8", TCP: evidence.TCPRefused}}},
		},
		Check: func(f *facts.Facts) *Hit {
			first := f.Net.First
			if first == nil || len(f.Net.Differ) == 0 {
				return nil
			}
			args := addressesDifferArgs{Host: f.Host, First: addressAnswer{first.IP, first.TCP, first.TLS}}
			for _, a := range f.Net.Differ {
				if ip, err := netip.ParseAddr(a.IP); err != nil || !ip.Unmap().Is4() {
					continue // Telegram takes no notice of an AAAA record beside an A record
				}
				args.Other = append(args.Other, addressReply{
					addressAnswer:    addressAnswer{a.IP, a.TCP, a.TLS},
					OtherCertificate: a.LeafSHA256 != "" && first.LeafSHA256 != "" && a.LeafSHA256 != first.LeafSHA256,
				})
			}
			if len(args.Other) == 0 {
				return nil
			}
			return &Hit{Args: args}
		},
		Remedies: remedy.List(remedy.DNSRemoveOdd, remedy.TelegramPinAddress),
	}
}
