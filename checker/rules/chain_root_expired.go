package rules

import (
	"time"

	"hookcheck/checker/facts"
	"hookcheck/checker/remedy"
	"hookcheck/internal/lang"
)

type chainRootExpiredArgs struct {
	Root      certRef   `json:"root"`
	Uploaded  bool      `json:"uploaded"` // it is trusted because it was uploaded
	CheckedAt time.Time `json:"checked_at"`
}

func ruleChainRootExpired() Rule {
	return Rule{
		ID: "chain.root_expired", Stage: StageChain, Rank: 640,
		Severity: Blocker, Basis: Observed,
		Predicted: VerifyFailed, Reporter: ByGetWebhookInfo,
		Sources: []Source{citeOpenSSL(), citeRFC(5280, "6.1")},
		Title: lang.Text{
			EN: `The root certificate {{quote .Root.Subject}} expired {{rel .Root.NotAfter .CheckedAt}}`,
			RU: `Срок действия корневого сертификата {{quote .Root.Subject}} истёк {{rel .Root.NotAfter .CheckedAt}}`,
		},
		Detail: lang.Text{
			EN: `The chain ends at {{quote .Root.Subject}}, valid until {{date .Root.NotAfter}} ({{rel .Root.NotAfter .CheckedAt}}), SHA-256 {{fp .Root.SHA256}}. OpenSSL, which Telegram's client verifies with, checks the dates of the root too, though RFC 5280 leaves them out. {{if .Uploaded}}Make the root anew with the same key and name, and upload the new one; the certificates under it stay valid.{{else}}Have the chain lead to a root that is still valid: ask the CA for its current intermediate or cross-signed certificate.{{end}}`,
			RU: `Цепочка заканчивается сертификатом {{quote .Root.Subject}}, он действовал до {{date .Root.NotAfter}} ({{rel .Root.NotAfter .CheckedAt}}), SHA-256 {{fp .Root.SHA256}}. OpenSSL, которым проверяет клиент Telegram, смотрит и на срок действия корневого, хотя RFC 5280 этого не требует. {{if .Uploaded}}Перевыпустите корневой сертификат с тем же ключом и именем и загрузите новый; выпущенные под ним сертификаты останутся действительны.{{else}}Цепочка должна вести к действующему корневому: возьмите у УЦ нынешний промежуточный или кросс-подписанный сертификат.{{end}}`,
		},
		Meaning: lang.Text{
			EN: "The trust anchor of the only path has expired. OpenSSL judges it like any other certificate of the path.",
			RU: "Срок действия корневого сертификата единственного пути истёк. OpenSSL судит его так же, как любой другой сертификат пути.",
		},
		Example: chainRootExpiredArgs{
			Root: exampleRef("O = Example CA, CN = Example Root", "O = Example CA, CN = Example Root", "0b", -3650, -9), Uploaded: true, CheckedAt: exampleNow(),
		},
		Check:    checkChainRootExpired,
		Remedies: remedy.List(remedy.OtherAskCA, remedy.CertbotPublicCA),
	}
}

func checkChainRootExpired(f *facts.Facts) *Hit {
	ft := f.Chain.Fault(facts.RootExpired)
	if ft == nil {
		return nil
	}
	return &Hit{Args: chainRootExpiredArgs{Root: refOf(ft), Uploaded: f.Upload.Usable, CheckedAt: f.Now.UTC()}}
}
