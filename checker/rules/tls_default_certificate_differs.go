package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type defaultDiffersArgs struct {
	Host         string   `json:"host"`
	DefaultNames []string `json:"default_names"`
}

func ruleTLSDefaultCertificateDiffers() Rule {
	return Rule{
		ID: "tls.default_certificate_differs", Stage: StageTLS, Rank: 586, Severity: Notice, Basis: FromSource,
		Sources: []Source{citeNetwork("SslStream.cpp"), citeRFC(6066, "3")},
		Title: lang.Text{
			EN: `Without SNI the server shows another certificate`,
			RU: `Без SNI сервер показывает другой сертификат`,
		},
		Detail: lang.Text{
			EN: `A hello without a server name gets a certificate{{with .DefaultNames}} for {{list .}}{{else}} of another site{{end}}. Telegram sends {{.Host}} as SNI and so never sees it. A tool that sends none, such as openssl s_client -noservername or an old checker, judges the wrong certificate.`,
			RU: `На приветствие без имени сервер показывает сертификат{{with .DefaultNames}} для {{list .}}{{else}} другого сайта{{end}}. Telegram передаёт {{.Host}} в SNI и его не увидит. Программа, которая имя не передаёт (openssl s_client -noservername, старые проверяющие сервисы), оценит не тот сертификат.`,
		},
		Meaning: lang.Text{
			EN: `Several sites share the address, which is usual. It explains why checkers disagree. Only a webhook by IP address would meet the default certificate, since SNI is never sent for an address.`,
			RU: `На одном адресе несколько сайтов — обычное дело. Этим объясняется, почему проверяющие сервисы расходятся. С сертификатом по умолчанию столкнётся только вебхук по IP-адресу: для адреса SNI не отправляется.`,
		},
		Example: defaultDiffersArgs{Host: "bot.example.org", DefaultNames: []string{"www.example.org"}},
		Check: func(f *facts.Facts) *Hit {
			if !f.TLS.DefaultDiffers || f.IsIP {
				return nil
			}
			return &Hit{Args: defaultDiffersArgs{Host: f.Host, DefaultNames: allShown(f.TLS.DefaultNames)}}
		},
		Remedies: remedy.List(remedy.OtherDefaultCertificate),
	}
}
