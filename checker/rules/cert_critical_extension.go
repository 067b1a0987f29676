package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

type certCriticalExtensionArgs struct {
	Cert certRef  `json:"certificate"`
	OIDs []string `json:"oids"` // with names where known
}

func ruleCertCriticalExtension() Rule {
	return Rule{
		ID: "cert.critical_extension", Stage: StageCertificate, Rank: 740,
		Severity: Blocker, Basis: Observed,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeRFC(5280, "4.2"), citeOpenSSL()},
		Title: lang.Text{
			EN: `The certificate has a critical extension that OpenSSL does not know`,
			RU: `В сертификате есть критическое расширение, неизвестное OpenSSL`,
		},
		Detail: lang.Text{
			EN: `{{which .Cert}}: {{with .OIDs}}{{list .}} {{plural (len .) "is" "are" "are"}} marked critical{{else}}an extension is marked critical{{end}}. Critical means that whoever does not understand an extension must refuse the certificate, and OpenSSL, which Telegram's client verifies with, does not understand {{plural (len .OIDs) "this one" "these" "these"}}. Have the certificate issued without {{plural (len .OIDs) "it, or with it" "them, or with them" "them, or with them"}} not critical.`,
			RU: `{{which .Cert}}: {{with .OIDs}}{{list .}} — {{plural (len .) "расширение помечено как критическое" "расширения помечены как критические" "расширения помечены как критические"}}{{else}}одно из расширений помечено как критическое{{end}}. Критическое значит, что кто расширения не понимает, обязан сертификат отвергнуть, а OpenSSL, которым проверяет клиент Telegram, {{plural (len .OIDs) "его" "их" "их"}} не понимает. Выпустите сертификат без {{plural (len .OIDs) "него" "них" "них"}} или снимите пометку «критическое».`,
		},
		Meaning: lang.Text{
			EN: "A certificate on the path carries an extension that is marked critical and that OpenSSL cannot process. RFC 5280 demands refusal then. A certificate transparency poison (a precertificate installed by mistake) is one case.",
			RU: "В сертификате на пути есть расширение, помеченное как критическое, которое OpenSSL не умеет обрабатывать. RFC 5280 требует в таком случае отказа. Один из примеров — предсертификат с «ядом» certificate transparency, установленный по ошибке.",
		},
		Example:  certCriticalExtensionArgs{Cert: exampleLeaf(), OIDs: []string{"1.3.6.1.4.1.99999.1"}},
		Check:    checkCertCriticalExtension,
		Remedies: remakeRemedies,
	}
}

func checkCertCriticalExtension(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.CriticalExtension)
	if ft == nil {
		return nil
	}
	oids := splitList(ft.Detail)
	if ft.Cert != nil && len(oids) == 0 {
		oids = ft.Cert.CriticalUnknown
	}
	return &Hit{Args: certCriticalExtensionArgs{Cert: refOf(ft), OIDs: namedOIDs(oids)}}
}
