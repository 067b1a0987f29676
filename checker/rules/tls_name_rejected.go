package rules

import (
	"hookcheck/checker/evidence"
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type nameRejectedArgs struct {
	endpoint
	Alert string `json:"alert,omitempty"`
	// WithoutSNI tells that a hello without a server name succeeds.
	WithoutSNI   bool     `json:"without_sni"`
	DefaultNames []string `json:"default_names,omitempty"`
}

func ruleTLSNameRejected() Rule {
	return Rule{
		ID: "tls.name_rejected", Stage: StageTLS, Rank: 525, Severity: Blocker, Basis: FromSource,
		Predicted: sslError("0A000458", "tlsv1 unrecognized name"), Reporter: ByGetWebhookInfo,
		Sources: []Source{citeNetwork("SslStream.cpp"), citeRFC(6066, "3"), citeRFC(8446, "6.2")},
		Title: lang.Text{
			EN: `The server has no TLS site for {{.Host}}`,
			RU: `На сервере нет TLS-сайта для {{.Host}}`,
		},
		Detail: lang.Text{
			EN: `Telegram names {{.Host}} in the TLS hello (SNI), and {{.Addr}} answered with the alert {{.Alert}}. {{if .WithoutSNI}}Without a name the handshake succeeds{{with .DefaultNames}} and shows a certificate for {{list .}}{{end}}, so TLS itself works and only this name is missing.{{else}}Either no site is configured for that name, or it has no certificate yet.{{end}}`,
			RU: `В TLS-приветствии (SNI) Telegram называет {{.Host}}, и {{.Addr}} ответил оповещением {{.Alert}}. {{if .WithoutSNI}}Без имени рукопожатие проходит{{with .DefaultNames}}, и сервер показывает сертификат для {{list .}}{{end}}: сам TLS работает, не хватает только этого имени.{{else}}Либо сайт с таким именем не настроен, либо у него ещё нет сертификата.{{end}}`,
		},
		Meaning: lang.Text{
			EN: `The server is strict about names and does not know this one (unrecognized_name), or its TLS fails for it (internal_error), as Caddy's does while it has no certificate. Add the name to the site, or correct the host in the URL.`,
			RU: `Сервер строго проверяет имена и такого не знает (unrecognized_name) либо не может собрать для него TLS (internal_error) — так ведёт себя Caddy, пока не получил сертификат. Добавьте имя в настройки сайта или исправьте хост в URL.`,
		},
		Example: nameRejectedArgs{
			endpoint: exampleEndpoint(), Alert: "unrecognized_name (112)", WithoutSNI: true, DefaultNames: []string{"www.example.org"},
		},
		Check: func(f *facts.Facts) *Hit {
			if f.TLS.Problem != facts.TLSNameRejected {
				return nil
			}
			args := nameRejectedArgs{endpoint: endpointOf(f), Alert: f.TLS.AlertName}
			if t := f.Ev.TLS; t != nil && t.NoSNI != nil && t.NoSNI.Outcome == evidence.HelloOK {
				args.WithoutSNI, args.DefaultNames = true, allShown(f.TLS.DefaultNames)
			}
			return &Hit{Args: args, Predicted: f.TLS.Predicted}
		},
		Remedies: remedy.List(remedy.NginxServerName, remedy.ApacheServerName, remedy.HAProxyCrtList, remedy.CaddySite, remedy.CertbotReissue),
	}
}
