package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type wrongSiteArgs struct {
	endpoint
	Names []string `json:"names"`
}

func ruleTLSWrongSite() Rule {
	return Rule{
		ID: "tls.wrong_site", Stage: StageTLS, Rank: 570, Severity: Blocker, Basis: FromSource,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeGuide(""), citeNetwork("SslStream.cpp"), citeRFC(6066, "3")},
		// Whatever else is wrong with another site's certificate is no news
		// about this one. A file that cannot be loaded stays a fault of its own.
		Silences: []string{"chain.*", "cert.*", "upload.not_needed", "upload.not_an_anchor", "upload.trust_settings", "upload.different_certificate"},
		Title: lang.Text{
			EN: `The server shows another site's certificate: {{.Host}} is not set up there`,
			RU: `Сервер показывает сертификат чужого сайта: {{.Host}} на нём не настроен`,
		},
		Detail: lang.Text{
			EN: `Asked for {{.Host}}, {{.Addr}} presents its default certificate{{with .Names}}, valid for {{list .}}{{end}}. The same one comes without any name in the hello, so no TLS site of the web server answers to {{.Host}} on port {{.Port}}. Telegram compares the names and refuses.`,
			RU: `На запрос {{.Host}} {{.Addr}} показывает сертификат по умолчанию{{with .Names}}, действительный для {{list .}}{{end}}. Тот же сертификат приходит и вовсе без имени в приветствии, то есть ни один TLS-сайт этого веб-сервера не отвечает за {{.Host}} на порту {{.Port}}. Telegram сравнит имена и откажется.`,
		},
		Meaning: lang.Text{
			EN: `The web server falls back to its default site, since no server_name, ServerName or ServerAlias with TLS on this port matches the host. The certificate that you meant may be all right: it is not the one that is shown. DNS that points to another machine looks the same.`,
			RU: `Веб-сервер отдаёт сайт по умолчанию: ни один server_name, ServerName или ServerAlias с TLS на этом порту не совпал с хостом. Нужный сертификат может быть в полном порядке — просто показан не он. Так же выглядит запись DNS, указывающая на чужую машину.`,
		},
		Example: wrongSiteArgs{endpoint: exampleEndpoint(), Names: []string{"shop.example.net", "www.shop.example.net"}},
		Check: func(f *facts.Facts) *Hit {
			if !f.TLS.WrongSite {
				return nil
			}
			return &Hit{Args: wrongSiteArgs{endpoint: endpointOf(f), Names: allShown(f.Names.All)}}
		},
		Remedies: remedy.List(remedy.NginxServerName, remedy.ApacheServerName, remedy.HAProxyCrtList, remedy.CaddySite, remedy.CertbotReissue),
	}
}
