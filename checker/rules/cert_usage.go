package rules

import (
	"slices"

	"hookcheck/checker/facts"
	"hookcheck/internal/lang"
)

type certUsageArgs struct {
	Cert        certRef  `json:"certificate"`
	Extension   string   `json:"extension"` // extendedKeyUsage, keyUsage or what else forbids it
	ExtKeyUsage []string `json:"extended_key_usage"`
	KeyUsage    []string `json:"key_usage"`
	AnyUsage    bool     `json:"any_usage"` // anyExtendedKeyUsage is there, without serverAuth
}

func ruleCertUsage() Rule {
	return Rule{
		ID: "cert.usage", Stage: StageCertificate, Rank: 730,
		Severity: Blocker, Basis: Observed,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeOpenSSL(), citeRFC(5280, "4.2.1.12"), citeRFC(5280, "4.2.1.3")},
		Title: lang.Text{
			EN: `The certificate may not be used by a TLS server`,
			RU: `Сертификат не разрешено использовать для сервера TLS`,
		},
		Detail: lang.Text{
			EN: `{{if eq .Extension "extendedKeyUsage"}}The extendedKeyUsage of {{which .Cert}} {{with .ExtKeyUsage}}holds {{list .}}{{else}}is empty{{end}}, and not serverAuth (1.3.6.1.5.5.7.3.1){{if .AnyUsage}}; anyExtendedKeyUsage does not stand in for it{{end}}{{else if eq .Extension "keyUsage"}}The keyUsage of {{which .Cert}} {{with .KeyUsage}}holds {{list .}}{{else}}has no bit set{{end}}; a TLS server needs digitalSignature, keyEncipherment or keyAgreement{{else}}{{which .Cert}} is not a server's certificate{{with .Extension}} ({{.}}){{end}}{{end}}. Telegram's client checks the purpose where the extension is present; a certificate without either extension is accepted. It holds for a self-signed and uploaded certificate too. Have it issued anew for a server.`,
			RU: `{{if eq .Extension "extendedKeyUsage"}}В extendedKeyUsage сертификата {{which .Cert}} {{with .ExtKeyUsage}}записано {{list .}}{{else}}пусто{{end}}, а serverAuth (1.3.6.1.5.5.7.3.1) нет{{if .AnyUsage}}; anyExtendedKeyUsage его не заменяет{{end}}{{else if eq .Extension "keyUsage"}}В keyUsage сертификата {{which .Cert}} {{with .KeyUsage}}записано {{list .}}{{else}}не задан ни один бит{{end}}; серверу TLS нужен digitalSignature, keyEncipherment или keyAgreement{{else}}{{which .Cert}} — не сертификат сервера{{with .Extension}} ({{.}}){{end}}{{end}}. Клиент Telegram проверяет назначение, если такое расширение есть; сертификат без обоих расширений принимается. Это относится и к самоподписанному загруженному сертификату. Выпустите сертификат заново, для сервера.`,
		},
		Meaning: lang.Text{
			EN: "The extensions of the certificate limit its use, and serving TLS is not among what they allow. Typical: a client or e-mail certificate, or a CA certificate (keyCertSign alone) used as the server's.",
			RU: "Расширения сертификата ограничивают его назначение, и обслуживание TLS в него не входит. Обычно это клиентский или почтовый сертификат либо сертификат УЦ (только keyCertSign), поставленный на сервер.",
		},
		Example: certUsageArgs{
			Cert: exampleLeaf(), Extension: "extendedKeyUsage",
			ExtKeyUsage: []string{"clientAuth (1.3.6.1.5.5.7.3.2)"}, KeyUsage: []string{"digitalSignature"},
		},
		Check:    checkCertUsage,
		Remedies: remakeRemedies,
	}
}

func checkCertUsage(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.Usage)
	if ft == nil {
		return nil
	}
	a := certUsageArgs{Cert: refOf(ft), Extension: shown(ft.Detail), ExtKeyUsage: []string{}, KeyUsage: []string{}}
	if ft.Cert != nil {
		a.ExtKeyUsage, a.KeyUsage = namedOIDs(ft.Cert.ExtKeyUsage), keyUsageBits(ft.Cert.KeyUsage)
		a.AnyUsage = slices.Contains(ft.Cert.ExtKeyUsage, "2.5.29.37.0")
	}
	return &Hit{Args: a}
}
