package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type chainIntermediateUsageArgs struct {
	Cert        certRef  `json:"certificate"`
	Extension   string   `json:"extension"` // extendedKeyUsage or keyUsage
	ExtKeyUsage []string `json:"extended_key_usage"`
	KeyUsage    []string `json:"key_usage"`
}

func ruleChainIntermediateUsage() Rule {
	return Rule{
		ID: "chain.intermediate_usage", Stage: StageChain, Rank: 660,
		Severity: Blocker, Basis: Observed,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeOpenSSL(), citeRFC(5280, "4.2.1.12")},
		Title: lang.Text{
			EN: `The CA certificate {{quote .Cert.Subject}} is not meant for servers`,
			RU: `Сертификат УЦ {{quote .Cert.Subject}} не предназначен для серверов`,
		},
		Detail: lang.Text{
			EN: `{{which .Cert}} {{if eq .Extension "keyUsage"}}has the keyUsage {{with .KeyUsage}}{{list .}}{{else}}extension without a bit set{{end}}, which does not let it issue certificates{{else}}limits what its certificates may be used for: its extendedKeyUsage holds {{with .ExtKeyUsage}}{{list .}}{{else}}nothing{{end}}, and not serverAuth{{end}}. Telegram's client demands of every CA on the path that it allow TLS servers, where the extension is present at all; anyExtendedKeyUsage does not stand in for serverAuth. Such a CA is meant for e-mail, clients or code: have the server's certificate issued by the CA's branch for TLS servers.`,
			RU: `{{if eq .Extension "keyUsage"}}В keyUsage сертификата {{which .Cert}} {{with .KeyUsage}}записано {{list .}}{{else}}не задан ни один бит{{end}}, поэтому выпускать сертификаты он не вправе{{else}}{{which .Cert}} ограничивает назначение своих сертификатов: в его extendedKeyUsage {{with .ExtKeyUsage}}записано {{list .}}{{else}}пусто{{end}}, а serverAuth нет{{end}}. Если это расширение в сертификате УЦ есть, клиент Telegram требует, чтобы оно разрешало серверы TLS; anyExtendedKeyUsage вместо serverAuth не годится. Такой УЦ предназначен для почты, клиентов или подписи кода: выпустите сертификат сервера в той ветви УЦ, что предназначена для серверов TLS.`,
		},
		Meaning: lang.Text{
			EN: "An intermediate certificate restricts the use of what it issues, and TLS servers are not among the permitted uses. OpenSSL applies the restriction to the whole path.",
			RU: "Промежуточный сертификат ограничивает назначение выпускаемых им сертификатов, и серверов TLS среди разрешённого нет. OpenSSL применяет ограничение ко всему пути.",
		},
		Example: chainIntermediateUsageArgs{
			Cert: exampleAt(exampleIntermediate(), 1), Extension: "extendedKeyUsage",
			ExtKeyUsage: []string{"clientAuth (1.3.6.1.5.5.7.3.2)"}, KeyUsage: []string{"keyCertSign"},
		},
		Check:    checkChainIntermediateUsage,
		Remedies: remedy.List(remedy.OtherAskCA, remedy.CertbotPublicCA),
	}
}

func checkChainIntermediateUsage(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.IntermediateUsage)
	if ft == nil {
		return nil
	}
	a := chainIntermediateUsageArgs{Cert: refOf(ft), Extension: shown(ft.Detail), ExtKeyUsage: []string{}, KeyUsage: []string{}}
	if ft.Cert != nil {
		a.ExtKeyUsage, a.KeyUsage = namedOIDs(ft.Cert.ExtKeyUsage), keyUsageBits(ft.Cert.KeyUsage)
	}
	return &Hit{Args: a}
}
