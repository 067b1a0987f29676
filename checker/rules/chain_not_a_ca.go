package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type chainNotACAArgs struct {
	Cert   certRef `json:"certificate"`
	Reason string  `json:"reason"` // "basicConstraints absent", "CA:FALSE", "keyCertSign"
	Anchor bool    `json:"anchor"` // it is the end of the chain, such as an uploaded root
}

func ruleChainNotACA() Rule {
	return Rule{
		ID: "chain.not_a_ca", Stage: StageChain, Rank: 620,
		Severity: Blocker, Basis: Observed,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeRFC(5280, "4.2.1.9"), citeRFC(5280, "4.2.1.3"), citeOpenSSL()},
		Title: lang.Text{
			EN: `The certificate {{quote .Cert.Subject}} may not sign others`,
			RU: `Сертификату {{quote .Cert.Subject}} не разрешено подписывать другие`,
		},
		Detail: lang.Text{
			EN: `{{which .Cert}} stands in the chain as the issuer of the certificate below it, but {{if eq .Reason "CA:FALSE"}}its basicConstraints say CA:FALSE{{else if eq .Reason "keyCertSign"}}its keyUsage lacks keyCertSign{{else}}it has no basicConstraints extension and so is no CA{{end}}. Telegram's client accepts a signature only of a certificate that is a CA and may sign certificates. ` +
				`{{if .Anchor}}Make this CA certificate anew with basicConstraints CA:TRUE and keyUsage keyCertSign, same key and name.{{else}}Have the server's certificate issued by a proper CA certificate; a server certificate cannot vouch for another.{{end}}`,
			RU: `{{which .Cert}} стоит в цепочке как издатель сертификата под ним, но {{if eq .Reason "CA:FALSE"}}в его basicConstraints записано CA:FALSE{{else if eq .Reason "keyCertSign"}}в его keyUsage нет keyCertSign{{else}}расширения basicConstraints в нём нет, то есть он не принадлежит УЦ{{end}}. Клиент Telegram принимает подпись только того сертификата, который принадлежит УЦ и вправе подписывать другие. ` +
				`{{if .Anchor}}Перевыпустите этот сертификат УЦ с basicConstraints CA:TRUE и keyUsage keyCertSign, с тем же ключом и именем.{{else}}Сертификат сервера должен быть выпущен настоящим сертификатом УЦ; один серверный сертификат не может заверять другой.{{end}}`,
		},
		Meaning: lang.Text{
			EN: "A certificate in the chain has signed the one below it without being entitled to: its extensions do not make it a CA, or do not let it sign certificates.",
			RU: "Один из сертификатов цепочки подписал нижестоящий, не имея на это права: его расширения не делают его сертификатом УЦ или не разрешают подписывать сертификаты.",
		},
		Example:  chainNotACAArgs{Cert: exampleAt(exampleIntermediate(), 1), Reason: "CA:FALSE"},
		Check:    checkChainNotACA,
		Remedies: remedy.List(remedy.OtherAskCA, remedy.CertbotPublicCA),
	}
}

func checkChainNotACA(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.NotACA)
	if ft == nil {
		return nil
	}
	anchor := f.Chain.Root != nil && ft.Cert != nil && f.Chain.Root.SHA256 == ft.Cert.SHA256
	return &Hit{Args: chainNotACAArgs{Cert: refOf(ft), Reason: shown(ft.Detail), Anchor: anchor}}
}
