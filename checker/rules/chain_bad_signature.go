package rules

import (
	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type chainBadSignatureArgs struct {
	Cert       certRef `json:"certificate"`
	Issuer     certRef `json:"issuer_certificate"`
	IssuerSeen bool    `json:"issuer_seen"`
	SelfSigned bool    `json:"self_signed"` // its own signature over itself is the bad one
	Algorithm  string  `json:"algorithm"`
}

func ruleChainBadSignature() Rule {
	return Rule{
		ID: "chain.bad_signature", Stage: StageChain, Rank: 625,
		Severity: Blocker, Basis: Observed,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeRFC(5280, "6.1.3"), citeOpenSSL()},
		Title: lang.Text{
			EN: `The signature of {{quote .Cert.Subject}} does not verify`,
			RU: `Подпись сертификата {{quote .Cert.Subject}} не сходится`,
		},
		Detail: lang.Text{
			EN: `{{which .Cert}}{{with .Algorithm}}, signed with {{.}},{{end}} names {{quote .Cert.Issuer}} as its issuer, but {{if .SelfSigned}}its own key did not make the signature{{else if .IssuerSeen}}the key of {{which .Issuer}}, SHA-256 {{fp .Issuer.SHA256}}, did not make the signature{{else}}the issuer's key did not make the signature{{end}}. Either the certificate is damaged, or the issuer in the chain bears the right name and another key: typical after a CA was made anew. Telegram's client looks the issuer up by name and then refuses. Install the intermediate that belongs to this certificate, or have the certificate issued again.`,
			RU: `{{which .Cert}}{{with .Algorithm}}, алгоритм подписи {{.}},{{end}} называет издателем {{quote .Cert.Issuer}}, но {{if .SelfSigned}}подпись сделана не его собственным ключом{{else if .IssuerSeen}}подпись сделана не ключом {{which .Issuer}}, SHA-256 {{fp .Issuer.SHA256}}{{else}}подпись сделана не ключом этого издателя{{end}}. Либо сертификат повреждён, либо у издателя в цепочке то же имя, но другой ключ: так бывает, когда УЦ создали заново. Клиент Telegram находит издателя по имени, и подпись не сходится. Установите промежуточный сертификат, который относится именно к этому сертификату, или выпустите сертификат заново.`,
		},
		Meaning: lang.Text{
			EN: "A signature in the chain was not made with the key of the issuer that the chain offers: a damaged certificate, or a CA that kept its name and changed its key.",
			RU: "Одна из подписей в цепочке сделана не ключом того издателя, который в ней предъявлен: сертификат повреждён или УЦ сохранил имя, но сменил ключ.",
		},
		Example: chainBadSignatureArgs{
			Cert: exampleLeaf(), Issuer: exampleAt(exampleIntermediate(), 1), IssuerSeen: true, Algorithm: "SHA256-RSA",
		},
		Check:    checkChainBadSignature,
		Remedies: remedy.List(remedy.OtherAskCA, remedy.CertbotPublicCA),
	}
}

func checkChainBadSignature(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.BadSignature)
	if ft == nil {
		return nil
	}
	a := chainBadSignatureArgs{Cert: refOf(ft), SelfSigned: namesItself(ft.Cert)}
	if ft.Cert == nil {
		return &Hit{Args: a}
	}
	a.Algorithm = shown(ft.Cert.Signature.Name)
	for i, c := range f.Chain.Path {
		if c.SHA256 == ft.Cert.SHA256 && i+1 < len(f.Chain.Path) {
			issuer := f.Chain.Path[i+1]
			a.Issuer, a.IssuerSeen = refTo(issuer, positionOf(f, issuer)), true
		}
	}
	return &Hit{Args: a, Predicted: f.Chain.Predicted(ft)}
}
