package rules

import (
	"strings"

	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type certWildcardArgs struct {
	Host    string `json:"host"`
	Pattern string `json:"pattern"`
	Partial bool   `json:"partial"` // the star is part of a label, as in bot*.example.org
}

func ruleCertWildcard() Rule {
	return Rule{
		ID: "cert.wildcard", Stage: StageCertificate, Rank: 792,
		Severity: Warning, Basis: Documented,
		Sources: []Source{citeFAQ(), citeRFC(6125, "6.4.3"), citeNetwork("SslStream.cpp")},
		Title: lang.Text{
			EN: `The host is covered by a wildcard, {{.Pattern}}`,
			RU: `Имя хоста покрыто только шаблоном {{.Pattern}}`,
		},
		Detail: lang.Text{
			EN: `{{.Host}} matches {{.Pattern}}, and no name in the certificate equals it. Telegram's published client accepts that; its FAQ says that wildcard certificates may not be supported. {{if .Partial}}A star inside a label is accepted by few other clients. {{end}}If getWebhookInfo reports certificate verify failed, have a certificate issued with {{.Host}} itself.`,
			RU: `{{.Host}} подходит под {{.Pattern}}, а точно такого имени в сертификате нет. Опубликованный клиент Telegram это принимает; в FAQ сказано, что сертификаты с шаблоном могут не поддерживаться. {{if .Partial}}Звёздочку внутри метки принимают немногие клиенты. {{end}}Если getWebhookInfo сообщит certificate verify failed, выпустите сертификат именно на {{.Host}}.`,
		},
		Meaning: lang.Text{
			EN: "Only a wildcard in the certificate covers the host. The published client takes it, Telegram's FAQ does not promise that.",
			RU: "Хост покрыт в сертификате только шаблоном со звёздочкой. Опубликованный клиент такие сертификаты принимает, но FAQ Telegram этого не обещает.",
		},
		Example:  certWildcardArgs{Host: "bot.example.org", Pattern: "*.example.org"},
		Check:    checkCertWildcard,
		Remedies: remedy.List(remedy.CertbotReissue, remedy.OtherAcmeshReissue),
	}
}

func checkCertWildcard(f *facts.Facts) *Hit {
	n := &f.Names
	if !n.Match || n.ViaWildcard == "" {
		return nil
	}
	return &Hit{Args: certWildcardArgs{
		Host: f.Host, Pattern: shown(n.ViaWildcard), Partial: !strings.HasPrefix(n.ViaWildcard, "*."),
	}}
}
